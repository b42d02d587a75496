"""An entry is changed where it stands, and no other line of the files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpbot.content.checks_events import check_events
from kpbot.content.events import load_events
from kpbot.content.events_edit import (
    DESK,
    ByHandOnly,
    ChangedMeanwhile,
    change,
    edited,
    put,
    remove,
    standing,
)
from kpbot.content.events_import import import_events
from kpbot.content.events_text import Entry, entry_text
from kpbot.events import CalendarEvent
from kpbot.model import LANGUAGES

TODAY = date(2027, 1, 11)
AT = datetime(2027, 1, 11, 9, 30, tzinfo=UTC)
HAND = """\
# Kept by the office.

- uid: first@example.org  # the first
  kind: seminar
  title: {de: Eins, fr: Un, ar: واحد, en: One}
  start: 2027-05-04 09:00
  end: 2027-05-04 16:30
  source: Brief
  as_of: 2027-01-10
  # to be confirmed
  description:
    de: |
      Zeile
      # keine Anmerkung
    fr: Ligne
    ar: سطر
    en: Line

# Between two entries.
- uid: second@example.org
  kind: webinar
  title: {de: Zwei, fr: Deux, ar: اثنان, en: Two}
  start: 2027-06-01
  source: Brief
  as_of: 2027-01-10
# At the end.
"""


def texts(word: str) -> dict[str, str]:
    return {language: f"{word} {language}" for language in LANGUAGES}


def entry(uid: str = "new@example.org", **changes: object) -> Entry:
    made = Entry(
        uid=uid,
        kind="conference",
        title=texts('Konferenz: "Wasser" #1'),
        start="2027-09-07 09:00",
        end="2027-09-08 17:00",
        zone="Africa/Tunis",
        source="Jahresplan",
        as_of="2027-01-11",
        status="planned",
    )
    return Entry({**made, **changes})


def held(folder: Path) -> dict[str, CalendarEvent]:
    events, problems = load_events(folder)
    assert problems == ()
    return {event.uid: event for event in events}


def version(folder: Path, uid: str) -> str:
    found = standing(folder, uid)
    assert found is not None
    return found.version


def test_a_new_entry_stands_in_the_desks_own_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HAND, "utf-8")
    assert put(tmp_path, entry(edited=edited("adv1", AT)), today=TODAY) == ()
    assert put(tmp_path, entry("other@example.org"), today=TODAY) == ()
    found = held(tmp_path)
    assert len(found) == 4
    made = found["new@example.org"]
    assert Path(made.file).name == DESK
    assert made.title["ar"] == 'Konferenz: "Wasser" #1 ar'
    assert (tmp_path / "a.yaml").read_text("utf-8") == HAND
    stands = standing(tmp_path, "new@example.org")
    assert stands is not None
    assert (stands.edited_by, stands.edited_at) == ("adv1", "2027-01-11T09:30:00Z")
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".yaml"] == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_entry_of_another_file_is_changed_there_alone(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(HAND.replace("\n", line_end).encode())
    uid = "first@example.org"
    changed = entry(uid, source="Anruf")
    assert put(tmp_path, changed, version=version(tmp_path, uid), today=TODAY) == ()
    assert held(tmp_path)[uid].source == "Anruf"
    before, rest = HAND.split("- uid: first", 1)
    after = rest[rest.index("\n# Between") :]
    expected = before.replace("\n", line_end) + entry_text(changed) + after.replace("\n", line_end)
    assert path.read_bytes().decode() == expected
    assert not (tmp_path / DESK).exists()


def test_what_is_wrong_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HAND, "utf-8")
    wrong = [
        (entry(end="2027-09-06 17:00"), "E01"),
        (entry(zone="Africa/Tuniss"), "E02"),
        (entry(title={"de": "Nur deutsch"}), "E03"),
        (entry(valid_until="2027-01-10", as_of="2027-01-09"), "E04"),
        (entry(source=""), "E05"),
        (entry(repeats="FREQ=HOURLY"), "E07"),
        (entry(repeats="FREQ=DAILY;COUNT=1800", end="2027-09-07 17:00"), "E08"),
        (entry(repeats="FREQ=YEARLY"), "E09"),
        (entry(online="nirgends"), "E10"),
        (entry(status="confirmed"), "E11"),
        (entry(as_of="2027-01-12"), "E12"),
    ]
    for made, code in wrong:
        problems = put(tmp_path, made, today=TODAY)
        assert code in {each.sentence[:3] for each in problems}, (code, problems)
        assert {each.file for each in problems} == {str(tmp_path / DESK)}
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_problems_of_others_keep_nobody_from_their_entry(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HAND.replace("fr: Un, ", ""), "utf-8")
    (tmp_path / "b.yaml").write_text("- uid: [", "utf-8")
    assert put(tmp_path, entry(), today=TODAY) == ()
    assert version(tmp_path, "new@example.org")


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / DESK).write_text("- uid: [\n", "utf-8")
    (problem, *_) = put(tmp_path, entry(), today=TODAY)
    assert "not YAML" in problem.sentence
    assert (tmp_path / DESK).read_text("utf-8") == "- uid: [\n"


def test_a_cancellation_does_not_wait_for_missing_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HAND.replace("fr: Deux, ", ""), "utf-8")
    uid = "second@example.org"
    seen = version(tmp_path, uid)
    change(tmp_path, uid, {"status": "cancelled", "sequence": "1"}, version=seen, today=TODAY)
    (event,) = (each for each in load_events(tmp_path)[0] if each.uid == uid)
    assert (event.status, event.sequence, event.all_day) == ("cancelled", 1, True)
    assert "# At the end." in path.read_text("utf-8")


def test_an_entry_is_taken_out_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HAND, "utf-8")
    for uid in ("second@example.org", "first@example.org"):
        remove(tmp_path, uid, version=version(tmp_path, uid), today=TODAY)
    assert path.read_text("utf-8").splitlines() == [
        *("# Kept by the office.", "", "", "# Between two entries.", "# At the end.", "[]"),
    ]
    assert held(tmp_path) == {}
    put(tmp_path, entry(), today=TODAY)
    remove(tmp_path, "new@example.org", version=version(tmp_path, "new@example.org"), today=TODAY)
    assert not (tmp_path / DESK).exists()


def test_who_was_quicker_is_not_overwritten(tmp_path: Path) -> None:
    put(tmp_path, entry(), today=TODAY)
    seen = version(tmp_path, "new@example.org")
    put(tmp_path, entry(source="Anruf"), version=seen, today=TODAY)
    with pytest.raises(ChangedMeanwhile):
        put(tmp_path, entry(source="Fax"), version=seen, today=TODAY)
    with pytest.raises(ChangedMeanwhile):
        remove(tmp_path, "new@example.org", version=seen, today=TODAY)
    with pytest.raises(ChangedMeanwhile):
        put(tmp_path, entry(source="Fax"), today=TODAY)  # the uid is taken
    with pytest.raises(ChangedMeanwhile):
        put(tmp_path, entry("gone@example.org"), version=seen, today=TODAY)
    assert held(tmp_path)["new@example.org"].source == "Anruf"


IN_BRACES = """\
[{uid: one@example.org, kind: seminar, title: {de: a, fr: a, ar: a, en: a},
  start: 2027-05-04, source: x, as_of: 2027-01-10}]
"""
BELOW_THE_DASH = """\
-
  uid: one@example.org
  kind: seminar
  title: {de: a, fr: a, ar: a, en: a}
  start: 2027-05-04
  source: x
  as_of: 2027-01-10
"""


@pytest.mark.parametrize("text", [IN_BRACES, BELOW_THE_DASH])
def test_unusual_writing_is_left_to_people(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    seen = version(tmp_path, "one@example.org")
    with pytest.raises(ByHandOnly):
        put(tmp_path, entry("one@example.org"), version=seen, today=TODAY)
    assert path.read_text("utf-8") == text


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_text("no folder", "utf-8")  # a rights test would prove nothing to root
    with pytest.raises(OSError, match="exists"):
        put(path, entry(), today=TODAY)


def test_an_import_leaves_what_was_edited_at_the_desk(tmp_path: Path) -> None:
    ics = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@example.org\r\n"
        b"SUMMARY:Seminar\r\nDTSTART;VALUE=DATE:20270504\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    import_events(ics, tmp_path, source="a.ics", today=TODAY)
    uid = "a@example.org"
    changed = entry(uid, sequence="1")
    assert put(tmp_path, changed, version=version(tmp_path, uid), today=TODAY) == ()
    report = import_events(ics, tmp_path, source="a.ics", today=TODAY)
    assert report.kept == [uid]
    assert held(tmp_path)[uid].title["de"].startswith("Konferenz")


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn")), max_size=60)


@given(title=TEXT, place=TEXT, all_day=st.booleans())
def test_whatever_is_written_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, title: str, place: str, all_day: bool
) -> None:
    folder = tmp_path_factory.mktemp("events")
    changes: dict[str, object] = {"title": texts(f"x{title}"), "place": place}
    if all_day:
        changes |= {"start": "2027-09-07", "end": "2027-09-08", "except": ["2027-09-09"]}
    made = entry(**changes)
    assert put(folder, made, today=TODAY) == ()
    (event,) = held(folder).values()
    assert event.title["fr"] == f"x{title} fr".strip()
    assert event.place == place.strip()
    (folder / DESK).write_text(entry_text(Entry.of(event)), "utf-8")
    (again,) = held(folder).values()
    assert again == event
    assert list(check_events([again], TODAY)) == []
