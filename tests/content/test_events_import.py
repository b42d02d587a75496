"""Taking in other people's calendars: what is new, changed, cancelled; what is theirs stays."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpbot.cli.events import import_file, list_events
from kpbot.cli.failing import WrongUse
from kpbot.content.events import load_events
from kpbot.content.events_feed import feed
from kpbot.content.events_ics import LARGEST, MOST_EVENTS
from kpbot.content.events_import import IMPORTED, BadCalendarError, Report, import_events
from kpbot.understand.schedule_occurrences import calendar_of

local = datetime.fromisoformat
TODAY = date(2027, 1, 11)
MEETING = """\
BEGIN:VEVENT
UID:meeting@example.org
SUMMARY:Netzwerktreffen "Müll": Tunis
DESCRIPTION:Erste Zeile\\n- zweite Zeile
DTSTART;TZID=Africa/Tunis:20270504T090000
DTEND;TZID=Africa/Tunis:20270504T163000
LOCATION:Musterhaus
URL:https://example.org/raum
STATUS:CONFIRMED
SEQUENCE:2
LAST-MODIFIED:20270101T120000Z
END:VEVENT
"""


def ics(*parts: str) -> bytes:
    body = "".join(parts).replace("\n", "\r\n")
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def part(uid: str, *lines: str) -> str:
    given_ = "".join(f"{line}\n" for line in lines)
    return f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:Seminar {uid}\n{given_}END:VEVENT\n"


def take(folder: Path, *parts: str, source: str = "a.ics", today: date = TODAY) -> Report:
    return import_events(ics(*parts), folder, source=source, today=today)


def test_an_event_becomes_an_entry(tmp_path: Path) -> None:
    report = take(tmp_path, MEETING)
    assert (report.new, report.problems, report.skipped) == (["meeting@example.org"], (), [])
    (event,), problems = load_events(tmp_path)
    assert problems == ()
    assert event.kind == "network_meeting"
    assert event.title == {"de": 'Netzwerktreffen "Müll": Tunis'}
    assert event.description == {"de": "Erste Zeile\n- zweite Zeile"}
    assert (event.starts, event.ends) == (local("2027-05-04T09:00"), local("2027-05-04T16:30"))
    assert (event.zone, event.place, event.online) == (
        "Africa/Tunis",
        "Musterhaus",
        "https://example.org/raum",
    )
    assert (event.source, event.as_of, event.status) == ("a.ics", TODAY, "confirmed")
    assert event.sequence == 2


def test_the_same_again_is_unchanged_and_confirmed_today(tmp_path: Path) -> None:
    take(tmp_path, MEETING)
    report = take(tmp_path, MEETING, today=date(2027, 1, 12))
    assert (report.new, report.unchanged) == ([], ["meeting@example.org"])
    assert load_events(tmp_path)[0][0].as_of == date(2027, 1, 12)


def test_changes_and_cancellations_are_told_apart(tmp_path: Path) -> None:
    take(tmp_path, MEETING)
    later = MEETING.replace("T163000", "T173000")
    assert take(tmp_path, later).changed == ["meeting@example.org"]
    gone = later.replace("CONFIRMED", "CANCELLED")
    assert take(tmp_path, gone).cancelled == ["meeting@example.org"]
    assert load_events(tmp_path)[0][0].status == "cancelled"
    assert take(tmp_path, gone).unchanged == ["meeting@example.org"]


def test_what_was_edited_by_hand_is_never_overwritten(tmp_path: Path) -> None:
    take(tmp_path, MEETING, part("b-b", "DTSTART;VALUE=DATE:20270601"))
    path = tmp_path / IMPORTED
    edited = path.read_text("utf-8").replace("Musterhaus", "Rathaus")
    path.write_text(edited, "utf-8")
    report = take(tmp_path, MEETING.replace("T163000", "T173000"), part("c-c", "DTSTART:20270601T090000Z", "DURATION:PT1H"))  # fmt: skip  # noqa: E501
    assert report.kept == ["meeting@example.org"]
    assert report.new == ["c-c"]
    assert report.missing == ["b-b"]
    by_uid = {event.uid: event for event in load_events(tmp_path)[0]}
    assert by_uid["meeting@example.org"].place == "Rathaus"
    assert by_uid["meeting@example.org"].ends == local("2027-05-04T16:30")
    assert set(by_uid) == {"meeting@example.org", "b-b", "c-c"}


def test_what_stands_in_another_file_is_kept_there(tmp_path: Path) -> None:
    take(tmp_path, MEETING)
    (tmp_path / IMPORTED).rename(tmp_path / "ours.yaml")
    assert take(tmp_path, MEETING).kept == ["meeting@example.org"]
    assert not (tmp_path / IMPORTED).exists()


def test_another_source_is_not_missed(tmp_path: Path) -> None:
    take(tmp_path, MEETING, source="a.ics")
    report = take(tmp_path, part("b-b", "DTSTART;VALUE=DATE:20270601"), source="b.ics")
    assert report.missing == []


def test_times_of_every_form(tmp_path: Path) -> None:
    report = take(
        tmp_path,
        part("utc", "DTSTART:20270601T090000Z", "DTEND:20270601T100000Z"),
        part("floating", "DTSTART:20270601T090000", "DURATION:PT90M"),
        part("days", "DTSTART;VALUE=DATE:20270601", "DTEND;VALUE=DATE:20270603"),
        part("windows", "DTSTART;TZID=W. Europe Standard Time:20270601T090000", "DURATION:PT1H"),
    )
    assert (report.skipped, report.problems) == ([], ())
    found = {event.uid: event for event in load_events(tmp_path)[0]}
    assert found["utc"].starts == local("2027-06-01T11:00")
    assert found["utc"].zone == "Europe/Berlin"
    assert found["floating"].ends == local("2027-06-01T10:30")
    assert (found["days"].all_day, found["days"].ends) == (True, local("2027-06-03T00:00"))
    assert found["windows"].starts == local("2027-06-01T09:00")


def test_repetition_with_exceptions_and_a_moved_time(tmp_path: Path) -> None:
    rule = ("DTSTART;TZID=Europe/Berlin:20270301T090000", "DURATION:PT1H")
    report = take(
        tmp_path,
        part(
            "r-r", *rule, "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20270308T090000"
        ),
        part(
            "r-r",
            "RECURRENCE-ID;TZID=Europe/Berlin:20270315T090000",
            "DTSTART;TZID=Europe/Berlin:20270316T140000",
            "DURATION:PT1H",
        ),
    )
    assert (report.skipped, report.problems, len(report.new)) == ([], (), 2)
    calendar = calendar_of(load_events(tmp_path)[0], TODAY)
    found = [each.starts for series in calendar.series for each in series.occurrences]
    days = sorted(f"{each:%m-%d %H}" for each in found)
    assert days == ["03-01 09", "03-16 14", "03-22 09", "03-29 09"]


def test_endless_repetition_is_valid_for_half_a_year_only(tmp_path: Path) -> None:
    take(tmp_path, part("e-e", "DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"))
    assert load_events(tmp_path)[0][0].valid_until == date(2027, 7, 13)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("DTSTART:20270301T090000Z",), "no end"),
        (("DTSTART:20270301T090000Z", "DTEND:20270301T080000Z"), "ends before"),
        (("DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"), "E07"),
        (("DTSTART:20270301T090000Z", "DURATION:PT1H", "RDATE:20270401T090000Z"), "RDATE"),
        ((), "cannot be read"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_is_taken(
    tmp_path: Path, lines: tuple[str, ...], reason: str
) -> None:
    report = take(tmp_path, part("bad", *lines), MEETING)
    assert report.new == ["meeting@example.org"]
    assert len(report.skipped) == 1
    assert reason in report.skipped[0]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not a calendar",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\n" + b"x" * LARGEST,
        ics("BEGIN:VEVENT\nEND:VEVENT\n" * (MOST_EVENTS + 1)),
    ],
)
def test_what_is_no_calendar_is_refused(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(BadCalendarError):
        import_events(raw, tmp_path, source="a.ics", today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / IMPORTED
    path.write_text("- uid: [broken\n", "utf-8")
    report = take(tmp_path, MEETING)
    assert report.problems
    assert path.read_text("utf-8") == "- uid: [broken\n"


_NASTY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=_NASTY, uid=_NASTY, place=_NASTY)
def test_nothing_in_a_strangers_text_breaks_out_of_its_place(
    tmp_path: Path, title: str, uid: str, place: str
) -> None:
    def line(text: str) -> str:
        return text.replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n")

    (tmp_path / IMPORTED).unlink(missing_ok=True)
    text = f"BEGIN:VEVENT\nUID:{line(uid)}\nSUMMARY:{line(title)}\nLOCATION:{line(place)}\n"
    try:
        report = take(tmp_path, text + "DTSTART;VALUE=DATE:20270601\nEND:VEVENT\n")
    except BadCalendarError:
        return
    assert report.problems == ()
    if not report.new:
        return
    events, problems = load_events(tmp_path)
    assert problems == ()
    assert len(events) == 1
    assert events[0].source == "a.ics"
    assert len(yaml.safe_load((tmp_path / IMPORTED).read_text("utf-8"))) == 1


def test_our_own_feed_comes_back_the_same(tmp_path: Path) -> None:
    take(tmp_path, MEETING, part("d-d", "DTSTART;VALUE=DATE:20270601"))
    before = load_events(tmp_path)[0]
    raw = feed(calendar_of(before, TODAY), TODAY, "de").body
    other = tmp_path / "other"
    import_events(raw, other, source="a.ics", today=TODAY)
    after = {event.uid: event for event in load_events(other)[0]}
    for event in before:
        again = after[event.uid if "@" in event.uid else f"{event.uid}@kpbot"]
        assert (again.starts, again.ends, again.zone, again.kind, again.title) == (
            *(event.starts, event.ends, event.zone, event.kind, event.title),
        )


# ── the commands ─────────────────────────────────────────────────────────────────────────────


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPBOT_CONTENT_DIR", str(tmp_path))
    for name in ("dialogs", "faq"):
        (tmp_path / name).mkdir()
    assert list_events(as_json=False) == 0
    assert capsys.readouterr().out == "The calendar is empty.\n"
    (tmp_path / "a.ics").write_bytes(ics(MEETING.replace("2027", "2098")))
    assert import_file(tmp_path / "a.ics") == 0
    assert capsys.readouterr().out == "new (1): meeting@example.org\n"
    assert import_file(tmp_path / "a.ics", as_json=True) == 0
    assert '"unchanged": ["meeting@example.org"]' in capsys.readouterr().out
    (tmp_path / "b.ics").write_bytes(b"nothing")
    with pytest.raises(WrongUse, match="not an iCalendar file"):
        import_file(tmp_path / "b.ics")
    with pytest.raises(WrongUse, match="cannot be read"):
        import_file(tmp_path / "c.ics")
