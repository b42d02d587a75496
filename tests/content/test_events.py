"""The calendar's files: strict, every complaint with its line, examples never loaded."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from kpbot.content.checks import check_folder
from kpbot.content.checks_events import check_calendar, check_events
from kpbot.content.events import load_events
from kpbot.content.events_live import LiveCalendar
from kpbot.content.zones import zone_names
from kpbot.events import CalendarEvent, Registration

ROOT = Path(__file__).parents[2]
TODAY = date(2027, 1, 11)
local = datetime.fromisoformat

GOOD = """\
- uid: meeting@example.org
  kind: network_meeting
  title: {de: Treffen, fr: Réunion, ar: لقاء, en: Meeting}
  description: {de: Text, fr: Texte, ar: نص, en: Text}
  start: 2027-05-04 09:00
  end: 2027-05-05 16:30
  zone: Africa/Tunis
  place: Musterhaus
  online: https://example.org/raum
  for: both
  countries: [TN, DE]
  languages: [fr, ar]
  registration:
    url: https://example.org/anmeldung
    mail: events@example.org
    text: {de: Formular, fr: Formulaire, ar: استمارة, en: Form}
    until: 2027-04-20
  source: Brief
  as_of: 2027-01-10
  valid_until: 2027-05-05
  status: confirmed
  repeats: FREQ=YEARLY;COUNT=2
  except: [2028-05-04]
  sequence: 3
  last_modified: 2027-01-10T12:00:00Z
"""


def load(folder: Path, text: str) -> tuple[tuple[CalendarEvent, ...], list[str]]:
    (folder / "a.yaml").write_text(text, "utf-8")
    events, problems = load_events(folder)
    name = str(folder / "a.yaml")
    return events, [str(each).removeprefix(name + ":") for each in problems]


def change(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_whole_entry(tmp_path: Path) -> None:
    events, problems = load(tmp_path, GOOD)
    assert problems == []
    assert events == (
        CalendarEvent(
            uid="meeting@example.org",
            kind="network_meeting",
            title={"de": "Treffen", "fr": "Réunion", "ar": "لقاء", "en": "Meeting"},
            description={"de": "Text", "fr": "Texte", "ar": "نص", "en": "Text"},
            starts=local("2027-05-04T09:00"),
            ends=local("2027-05-05T16:30"),
            zone="Africa/Tunis",
            place="Musterhaus",
            online="https://example.org/raum",
            countries=("TN", "DE"),
            languages=("fr", "ar"),
            registration=Registration(
                "https://example.org/anmeldung",
                "events@example.org",
                {"de": "Formular", "fr": "Formulaire", "ar": "استمارة", "en": "Form"},
                date(2027, 4, 20),
            ),
            source="Brief",
            as_of=date(2027, 1, 10),
            valid_until=date(2027, 5, 5),
            status="confirmed",
            recurrence="FREQ=YEARLY;COUNT=2",
            exceptions=(local("2028-05-04T09:00"),),
            sequence=3,
            last_modified=datetime(2027, 1, 10, 12, tzinfo=UTC),
        ),
    )
    assert list(check_events(events, TODAY)) == []


def test_whole_days_and_what_is_not_given(tmp_path: Path) -> None:
    text = """\
- {uid: a-b, kind: other, title: {de: Tag}, start: 2027-05-04, source: Brief, as_of: 2027-01-10}
"""
    events, problems = load(tmp_path, text)
    assert problems == []
    assert (events[0].all_day, events[0].ends) == (True, local("2027-05-05T00:00"))
    assert (events[0].zone, events[0].status) == ("Europe/Berlin", "planned")
    assert events[0].last_modified == datetime(2027, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("2027-05-05 16:30", "2027-05-04 08:00", "6: E01: the event ends before it begins."),
        (
            "Africa/Tunis",
            "Africa/Tunix",
            '7: E02: there is no time zone "Africa/Tunix". (did you mean "Africa/Tunis"?)',
        ),
        ("  source: Brief\n", "", '1: E05: the source of "meeting@example.org" is missing.'),
        ("source: Brief", 'source: ""', '18: E05: the source of "meeting@example.org" is missing.'),
        ("FREQ=YEARLY;COUNT=2", "FREQ=SOMETIMES", "22: E07: the rule cannot be followed"),
        ("FREQ=YEARLY;COUNT=2", "FREQ=HOURLY", "22: E07: the rule cannot be followed: FREQ must"),
        ("COUNT=2", "BYMONTH=6", "22: E07: the first start does not fit the rule."),
        ("FREQ=YEARLY;COUNT=2", "FREQ=DAILY", "22: E08: the event takes place more than 1500"),
        ("https://example.org/raum", "javascript:alert(1)", '9: E10: "online" must be an address'),
        ("events@example.org", "nobody", '15: E10: "mail" must be a mail address'),
        ("kind: network", "kind: net_work", '2: "kind" must be one of network_meeting'),
        ("[TN, DE]", "[TN, XX]", '11: "countries" must be one of'),
        ("place: M", "plcae: M", '8: Unknown key "plcae" in "event". (did you mean "place"?)'),
        ("as_of: 2027-01-10", "as_of: soon", '19: "as_of" must be a date'),
        ("2027-05-04 09:00", "4 May", '5: "start" must be a day or a local time'),
        ("end: 2027-05-05 16:30", "end: 2027-05-05", '6: "start" and "end" must both be days'),
        ("  end: 2027-05-05 16:30\n", "", '"end" is missing'),
        ("meeting@example.org", "../secret", '1: "uid" must be letters'),
        ("{de: Treffen,", "{dee: Treffen,", '3: Unknown key "dee" in "title".'),
        ("sequence: 3", "sequence: -3", '24: "sequence" counts from 0.'),
        ("12:00:00Z", "12:00:00", '25: "last_modified" must be an instant'),
    ],
)
def test_every_complaint_names_its_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    _, problems = load(tmp_path, change(old, new))
    assert any(complaint in problem for problem in problems), problems


def test_a_uid_stands_once(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(GOOD, "utf-8")
    events, problems = load(tmp_path, GOOD)
    assert len(events) == 1
    first = tmp_path / "a.yaml"
    assert problems == [
        f'{tmp_path / "b.yaml"}:1: E06: the uid "meeting@example.org" stands already in {first}:1.'
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("fr: Réunion, ", "", 'E03: "title" is missing in French.'),
        (", en: Form}", "}", 'E03: "registration.text" is missing in English.'),
        ("valid_until: 2027-05-05", "valid_until: 2027-01-10", "E04"),
        ("  valid_until: 2027-05-05\n", "", "E09"),
        ("  place: Musterhaus\n  online: https://example.org/raum\n", "", "E11"),
        ("valid_until: 2027-05-05", "valid_until: 2027-01-09", 'E12: "valid_until" lies before'),
        ("as_of: 2027-01-10", "as_of: 2027-01-12", 'E12: "as_of" lies in the future.'),
    ],
)
def test_lints(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    events, problems = load(tmp_path, change(old, new).replace(";COUNT=2", ""))
    assert problems == []
    found = [each.sentence for each in check_events(events, TODAY)]
    assert any(complaint in sentence for sentence in found), found


def test_what_has_run_out_needs_a_day(tmp_path: Path) -> None:
    events, _ = load(tmp_path, change("valid_until: 2027-05-05", "valid_until: 2027-01-10"))
    assert list(check_events(events)) == []
    assert len(list(check_events(events, TODAY))) == 1


def test_the_lints_are_part_of_every_check(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    load(tmp_path / "events", change("zone: Africa/Tunis", "zone: Nowhere"))
    assert any("E02" in str(each) for each in check_folder(tmp_path))


def test_every_lint_is_documented() -> None:
    readme = (ROOT / "events/README.md").read_text("utf-8")
    assert [code for code in range(1, 13) if f"| E{code:02} |" not in readme] == []


# ── what is shipped ──────────────────────────────────────────────────────────────────────────


def test_the_shipped_calendar_is_empty_and_its_examples_are_never_loaded() -> None:
    assert load_events(ROOT / "events") == ((), ())
    assert check_calendar(ROOT, TODAY) == ()
    included = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = included["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert wheel["events"] == "kpbot/_content/events"  # with the examples below it: not read either


def test_the_examples_are_sound_and_marked() -> None:
    events, problems = load_events(ROOT / "events/examples")
    assert problems == ()
    assert list(check_events(events, TODAY)) == []
    assert all(each.title["de"].startswith("BEISPIEL ") for each in events)
    assert all(each.uid.endswith("@example.org") for each in events)


def test_the_readme_shows_a_sound_entry(tmp_path: Path) -> None:
    readme = (ROOT / "events/README.md").read_text("utf-8")
    lines = readme.split("## An entry")[1].split("| key |")[0].splitlines()
    entry = "\n".join(line[4:] for line in lines if line.startswith("    "))
    events, problems = load(tmp_path, entry)
    assert (len(events), problems) == (1, [])
    assert isinstance(yaml.safe_load(entry), list)


def test_zones_come_from_the_package() -> None:
    asked = "ZoneInfo('Africa/Casablanca').utcoffset(datetime(2027, 6, 1))"
    program = (
        "from datetime import datetime; from zoneinfo import ZoneInfo; "
        f"{asked}; import kpbot; print({asked})"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "0:00:00\n"
    assert "Africa/Casablanca" in zone_names()


# ── a running server ─────────────────────────────────────────────────────────────────────────


def test_a_changed_file_is_read_and_a_broken_one_changes_nothing(tmp_path: Path) -> None:
    live = LiveCalendar(tmp_path, TODAY)
    assert live().events == ()
    assert not live.refresh(TODAY)
    load(tmp_path, GOOD)
    assert live.refresh(TODAY)
    assert [each.uid for each in live().events] == ["meeting@example.org"]
    load(tmp_path, change("kind: network_meeting", "kind: party"))
    assert live.refresh(TODAY)
    assert live.problems
    assert [each.kind for each in live().events] == ["network_meeting"]
    load(tmp_path, change("kind: network_meeting", "kind: conference"))
    live.refresh(TODAY)
    assert (live.problems, [each.kind for each in live().events]) == ((), ["conference"])


def test_a_new_day_moves_the_window(tmp_path: Path) -> None:
    live = LiveCalendar(tmp_path, TODAY)
    last = live().last
    assert live.refresh(date(2027, 1, 12))
    assert (live().last - last).days == 1
