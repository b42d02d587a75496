"""The feeds: what we write, others read with the same occurrences."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject

from kpbot.content.events_feed import Feeds, feed, single
from kpbot.events import KINDS, Calendar, CalendarEvent
from kpbot.model import LANGUAGES
from kpbot.understand.schedule_occurrences import calendar_of

local = datetime.fromisoformat
TODAY = date(2027, 1, 11)
FIRST, LAST = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


def event(uid: str, starts: str, **more: object) -> CalendarEvent:
    given = {
        "uid": uid,
        "kind": "seminar",
        "title": {each: f"{uid} {each}, Müll; \\ لقاء" for each in LANGUAGES},
        "starts": local(starts),
        "ends": local(starts) + timedelta(hours=2),
        "zone": "Europe/Berlin",
        "source": "Brief",
        "as_of": date(2027, 1, 1),
        "last_modified": datetime(2027, 1, 1, 12, tzinfo=UTC),
    }
    return CalendarEvent(**(given | more))  # type: ignore[arg-type]


EVENTS = (
    event("once", "2027-06-01T10:00", zone="Africa/Casablanca", place="Haus, 2. Stock"),
    event(
        "weekly",
        "2027-03-16T09:30",
        recurrence="FREQ=WEEKLY;UNTIL=20270504T073000Z",
        exceptions=(local("2027-03-30T09:30"),),
        sequence=4,
    ),
    event("counted", "2027-04-13T09:00", zone="Africa/Cairo", recurrence="FREQ=MONTHLY;COUNT=7"),
    event(
        "days",
        "2027-10-30T00:00",
        ends=local("2027-11-01T00:00"),
        all_day=True,
        recurrence="FREQ=MONTHLY;BYDAY=-1SA;UNTIL=20271130",
    ),
    event("endless", "2027-02-02T23:30", kind="webinar", recurrence="FREQ=MONTHLY;BYDAY=1TU"),
    event("gone", "2027-05-05T09:00", status="cancelled", kind="conference"),
)
CALENDAR = calendar_of(EVENTS, TODAY)


def ours() -> list[tuple[str, datetime, datetime]]:
    found = CALENDAR.between(FIRST, LAST)
    return sorted((each.event.uid, each.from_utc, each.to_utc) for each in found)


def as_utc(when: date) -> datetime:
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(), ZoneInfo("Europe/Berlin"))
    return when.astimezone(UTC)


def test_recurring_ical_events_finds_the_same_occurrences() -> None:
    calendar = icalendar.Calendar.from_ical(feed(CALENDAR, TODAY).body)
    found = [
        (str(each["UID"]).removesuffix("@kpbot"), as_utc(each["DTSTART"].dt),
         as_utc(each["DTEND"].dt))
        for each in recurring_ical_events.of(calendar).between(FIRST, LAST)
    ]  # fmt: skip
    assert len(found) > 20
    assert sorted(found) == ours()


@pytest.mark.usefixtures("forgetful_vobject")
def test_vobject_finds_the_same_occurrences() -> None:
    calendar = vobject.readOne(feed(CALENDAR, TODAY).body.decode())
    found = []
    for part in calendar.vevent_list:
        uid = part.uid.value.removesuffix("@kpbot")
        rules = part.getrruleset(addRDate=True)
        starts = rules if rules is not None else [part.dtstart.value]
        for start in starts:
            moment = as_utc(start if start.tzinfo or uid != "days" else start.date())
            if moment >= LAST:
                break
            found.append((uid, moment))
    assert sorted(found) == [(uid, start) for uid, start, _ in ours()]


def test_the_file_follows_the_rules_of_its_format() -> None:
    raw = feed(CALENDAR, TODAY).body
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(raw)
    assert str(calendar["X-WR-CALNAME"]) == str(calendar["NAME"])
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in raw
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in raw
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    assert zones == {"Europe/Berlin", "Africa/Casablanca", "Africa/Cairo"}
    by_uid = {str(each["UID"]).removesuffix("@kpbot"): each for each in calendar.walk("VEVENT")}
    assert str(by_uid["gone"]["STATUS"]) == "CANCELLED"
    assert str(by_uid["once"]["STATUS"]) == "CONFIRMED"
    assert int(by_uid["weekly"]["SEQUENCE"]) == 4
    assert by_uid["weekly"]["LAST-MODIFIED"].dt == datetime(2027, 1, 1, 12, tzinfo=UTC)
    assert str(by_uid["once"]["SUMMARY"]) == "once de, Müll; \\ لقاء"
    assert str(by_uid["once"]["LOCATION"]) == "Haus, 2. Stock"
    assert b"UNTIL=20271130\r\n" in raw or b"UNTIL=20271130;" in raw


def test_the_zone_written_out_is_that_of_the_law() -> None:
    calendar = icalendar.Calendar.from_ical(feed(CALENDAR, TODAY).body)
    casablanca = next(
        zone for zone in calendar.walk("VTIMEZONE") if zone["TZID"] == "Africa/Casablanca"
    )
    zone = casablanca.to_tz()
    assert local("2027-06-01T10:00").replace(tzinfo=zone).utcoffset() == timedelta(0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_language_and_a_kind(language: str, kind: str) -> None:
    found = feed(CALENDAR, TODAY, language, kind)  # type: ignore[arg-type]
    calendar = icalendar.Calendar.from_ical(found.body)
    parts = calendar.walk("VEVENT")
    assert len(parts) == sum(each.kind == kind for each in EVENTS)
    assert all(each["SUMMARY"].params["LANGUAGE"] == language for each in parts)
    assert calendar.walk("VTIMEZONE")


def test_equal_calendars_give_equal_bytes_and_changed_ones_another_etag() -> None:
    again = calendar_of(reversed(EVENTS), TODAY)
    assert feed(again, TODAY) == feed(CALENDAR, TODAY)
    changed = calendar_of((*EVENTS[1:], event("once", "2027-06-01T11:00")), TODAY)
    assert feed(changed, TODAY).etag != feed(CALENDAR, TODAY).etag


def test_what_was_not_confirmed_lately_is_tentative() -> None:
    doubtful = event("d", "2027-05-01T09:00", valid_until=date(2027, 1, 10))
    found = single(calendar_of([doubtful], TODAY), TODAY, "d", "en")
    assert found is not None
    assert b"STATUS:TENTATIVE" in found.body
    assert b"Not confirmed any more." in found.body.replace(b"\r\n ", b"")
    summary = icalendar.Calendar.from_ical(found.body).walk("VEVENT")[0]["SUMMARY"]
    assert str(summary) == f"Not confirmed any more: {doubtful.title['en']}"
    before = single(calendar_of([doubtful], TODAY), date(2027, 1, 10), "d", "en")
    assert before is not None
    assert b"STATUS:CONFIRMED" in before.body


def test_a_single_event_and_one_that_is_not_there() -> None:
    found = single(CALENDAR, TODAY, "counted")
    assert found is not None
    assert len(icalendar.Calendar.from_ical(found.body).walk("VEVENT")) == 1
    assert single(CALENDAR, TODAY, "nobody") is None


def test_an_empty_calendar_is_a_calendar() -> None:
    calendar = icalendar.Calendar.from_ical(feed(Calendar(), TODAY).body)
    assert calendar.walk("VEVENT") == []
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_feeds_are_made_once_until_calendar_or_day_change() -> None:
    now = {"calendar": CALENDAR, "today": TODAY}
    feeds = Feeds(lambda: now["calendar"], lambda: now["today"])  # type: ignore[arg-type, return-value]
    first = feeds.feed("de")
    assert feeds.feed("de") is first
    now["calendar"] = calendar_of(EVENTS[:1], TODAY)
    second = feeds.feed("de")
    assert second.etag != first.etag
    now["today"] = date(2027, 1, 12)
    assert feeds.feed("de") is not second
    assert feeds.single("once") is not None
