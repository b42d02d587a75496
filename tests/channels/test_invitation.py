"""Invitations are read by calendars as they were meant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from kpbot.channels.invitation import Mailbox, invitation

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
PERSON = Mailbox("s.kern@musterhausen.example.org")
END = datetime(2026, 12, 1, 9, 45, tzinfo=UTC)


def _invited(**changes: Any) -> str:
    return invitation(
        **{
            "reference": "KP-7FQ2M",
            "summary": "Beratung KP-7FQ2M",
            "start": START,
            "end": END,
            "zone": "Europe/Berlin",
            "organiser": Mailbox("desk@example.org", "Beratung"),
            "attendees": (PERSON,),
            "at": AT,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Berlin", 10), ("Africa/Cairo", 11), ("Africa/Tunis", 10)]
)
def test_a_calendar_reads_the_talk_at_the_local_time(zone: str, hour: int) -> None:
    calendar = Calendar.from_ical(_invited(zone=zone))
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    (event,) = calendar.events
    assert event.start == START
    assert event.end == END
    assert event.start.hour == hour
    assert event["DTSTART"].params["TZID"] == zone
    assert [each.tz_name for each in calendar.timezones] == [zone]
    assert event["ORGANIZER"] == "mailto:desk@example.org"
    assert event["ATTENDEE"] == "mailto:s.kern@musterhausen.example.org"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event.stamp == AT


@pytest.mark.usefixtures("forgetful_vobject")
@pytest.mark.filterwarnings("default::DeprecationWarning")
@pytest.mark.parametrize("month", [1, 7, 12])
def test_the_rules_of_the_zone_come_with_it(month: int) -> None:
    """A reader that knows no zones finds the instant by what stands in the file."""
    start, end = START.replace(month=month), END.replace(month=month)
    event = vobject.readOne(_invited(start=start, end=end, zone="Europe/Berlin")).vevent
    assert (
        event.dtstart.value.utcoffset() == start.astimezone(ZoneInfo("Europe/Berlin")).utcoffset()
    )
    assert event.dtstart.value == start
    assert event.dtend.value == end


@pytest.mark.parametrize(
    "words",
    [
        "Größe; Straße, „ja“\nzweite Zeile \\n und \\;",
        "لقاء استشارة مع \u2068Musterhausen\u2069: " + "بلدية المنستير " * 20,
        "x\r\nATTENDEE:mailto:other@example.org\r\nBEGIN:VALARM",
    ],
)
def test_words_come_back_as_they_were(words: str) -> None:
    text = _invited(summary=words, description=words, location=words)
    (event,) = Calendar.from_ical(text).events
    expected = words.replace("\r\n", "\n")
    assert str(event["SUMMARY"]).replace("\r\n", "\n") == expected
    assert str(event["DESCRIPTION"]).replace("\r\n", "\n") == expected
    assert str(event["LOCATION"]).replace("\r\n", "\n") == expected
    assert not isinstance(event["ATTENDEE"], list)
    assert event.subcomponents == []
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Leila Brandt", "Leila Brandt"),
        ("Brandt, Dr. Leila; Beratung: Ägypten", "Brandt, Dr. Leila; Beratung: Ägypten"),
        ("ليلى براندت", "ليلى براندت"),
        ('Leila "Lea"\r\nATTENDEE:mailto:b@example.org', "Leila Lea ATTENDEE:mailto:b@example.org"),
    ],
)
def test_who_invites_and_who_is_invited_have_names(name: str, shown: str) -> None:
    own = Mailbox("leila@example.org", name)
    text = _invited(organiser=own, attendees=(PERSON, own))
    (event,) = Calendar.from_ical(text).events
    person, advisor = event["ATTENDEE"]
    assert (person, advisor) == (f"mailto:{PERSON.address}", "mailto:leila@example.org")
    assert "CN" not in person.params
    assert " ".join(advisor.params["CN"].split()) == shown
    assert " ".join(event["ORGANIZER"].params["CN"].split()) == shown


def test_a_changed_talk_is_the_same_talk() -> None:
    first, changed = (Calendar.from_ical(_invited(sequence=number)).events[0] for number in (0, 1))
    assert first["UID"] == changed["UID"] == "kp-7fq2m@kpbot.invalid"
    assert (first["SEQUENCE"], changed["SEQUENCE"]) == (0, 1)
    (other,) = Calendar.from_ical(_invited(uid="2.kp-7fq2m@example.org")).events
    assert other["UID"] == "2.kp-7fq2m@example.org"


def test_the_same_invitation_is_the_same_text() -> None:
    assert _invited() == _invited()


def test_a_talk_in_universal_time_needs_no_rules() -> None:
    calendar = Calendar.from_ical(_invited(zone="UTC"))
    assert calendar.timezones == []
    assert calendar.events[0].start == START


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": START},
        {"attendees": (Mailbox(""),)},
        {"attendees": (PERSON, Mailbox("nobody"))},
        {"attendees": (Mailbox("a@example.org\r\nATTENDEE:mailto:b@example.org"),)},
        {"organiser": Mailbox("a@example.org,b@example.org")},
    ],
)
def test_what_cannot_be_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must end after|mail address"):
        _invited(**wrong)
