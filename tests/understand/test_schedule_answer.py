"""Answers from the calendar: exactly what matches, told as what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpbot.events import Calendar, CalendarEvent, DayRange, ScheduleQuestion, occurrence
from kpbot.understand.schedule_answer import MOST_TOLD, answer_to
from kpbot.understand.schedule_occurrences import (
    BadRuleError,
    calendar_of,
    fits_its_rule,
    is_endless,
    occurrences,
)

local = datetime.fromisoformat
NOW = datetime(2027, 1, 11, 8, tzinfo=UTC)
ANY = ScheduleQuestion()


def event(uid: str, starts: str, hours: float = 2, **more: object) -> CalendarEvent:
    given_ = {
        "uid": uid,
        "kind": "seminar",
        "title": {"de": uid},
        "starts": local(starts),
        "ends": local(starts) + timedelta(hours=hours),
        "zone": "Europe/Berlin",
        "source": "Brief",
        "as_of": date(2027, 1, 1),
    }
    return CalendarEvent(**(given_ | more))  # type: ignore[arg-type]


def told(question: ScheduleQuestion, *events: CalendarEvent) -> list[tuple[str, str]]:
    answer = answer_to(question, calendar_of(events, NOW.date()), NOW)
    return [(each.occurrence.event.uid, each.state) for each in answer.told]


# ── zones ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Africa/Casablanca", "2027-06-01T12:00", 0),
        ("Africa/Casablanca", "2027-02-20T12:00", 0),
        ("Africa/Cairo", "2027-07-01T12:00", 3),
        ("Africa/Cairo", "2027-01-15T12:00", 2),
        ("Africa/Tunis", "2027-07-01T12:00", 1),
        ("Africa/Tunis", "2027-01-15T12:00", 1),
        ("Africa/Algiers", "2027-07-01T12:00", 1),
        ("Africa/Algiers", "2027-01-15T12:00", 1),
        ("Europe/Berlin", "2027-07-01T12:00", 2),
    ],
)
def test_the_clocks_are_those_of_the_law(zone: str, day: str, hours: int) -> None:
    found = occurrence(event("a", day, zone=zone), local(day))
    assert found.starts.utcoffset() == timedelta(hours=hours)


def test_a_repeated_event_keeps_its_local_time_over_the_change_of_clocks() -> None:
    weekly = event("w", "2027-03-24T10:00", recurrence="FREQ=WEEKLY;COUNT=2")
    found = list(occurrences(weekly, date(2027, 1, 1), date(2027, 12, 31)))
    assert [each.starts.hour for each in found] == [10, 10]
    assert [each.from_utc.hour for each in found] == [9, 8]


def test_an_event_across_the_change_of_clocks_ends_at_its_local_time() -> None:
    night = event("n", "2027-03-27T22:00", 10)
    found = occurrence(night, night.starts)
    assert (found.ends.hour, found.to_utc - found.from_utc) == (8, timedelta(hours=9))


# ── repetition ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=3", ["01-12", "02-09", "03-09"]),
        ("FREQ=WEEKLY;UNTIL=20270126", ["01-12", "01-19", "01-26"]),
        ("FREQ=WEEKLY;UNTIL=20270126T085959Z", ["01-12", "01-19"]),
        ("FREQ=WEEKLY;UNTIL=20270126T090000Z", ["01-12", "01-19", "01-26"]),
        ("FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=3;COUNT=2", ["01-12", "02-09"]),
        ("FREQ=YEARLY;BYMONTH=1,3;BYMONTHDAY=12;COUNT=2", ["01-12", "03-12"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["01-12", "01-26"]),
    ],
)
def test_rules(rule: str, days: list[str]) -> None:
    found = occurrences(
        event("r", "2027-01-12T10:00", recurrence=rule), date(2027, 1, 1), date(2027, 12, 31)
    )
    assert [f"{each.starts:%m-%d}" for each in found] == days


def test_exceptions_are_left_out() -> None:
    weekly = event(
        "r",
        "2027-01-12T10:00",
        recurrence="FREQ=WEEKLY;COUNT=3",
        exceptions=(local("2027-01-19T10:00"),),
    )
    found = occurrences(weekly, date(2027, 1, 1), date(2027, 12, 31))
    assert [each.starts.day for each in found] == [12, 26]


@pytest.mark.parametrize(
    "rule",
    [
        "every tuesday",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=WEEKLY;UNTIL=20271399",
        "FREQ=WEEKLY;COUNT=-1",
        "FREQ=NEVER",
        "BYDAY=MO",
        # what the library would seek for minutes
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9",
        "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=WEEKLY;" + "BYDAY=MO;" * 50,
    ],
)
def test_rules_nobody_can_follow(rule: str) -> None:
    with pytest.raises(BadRuleError):
        calendar_of([event("r", "2027-01-12T10:00", recurrence=rule)], NOW.date())


def test_a_first_start_that_is_none_of_the_rule() -> None:
    assert not fits_its_rule(event("r", "2027-01-12T10:00", recurrence="FREQ=WEEKLY;BYDAY=WE"))
    assert fits_its_rule(event("r", "2027-01-12T10:00", recurrence="FREQ=WEEKLY;BYDAY=TU,WE"))


def test_endless() -> None:
    assert is_endless(event("r", "2027-01-12T10:00", recurrence="FREQ=WEEKLY"))
    assert not is_endless(event("r", "2027-01-12T10:00", recurrence="FREQ=WEEKLY;COUNT=2"))
    assert not is_endless(event("r", "2027-01-12T10:00"))


# ── answers ──────────────────────────────────────────────────────────────────────────────────


def test_what_is_over_is_never_told_as_coming() -> None:
    over = event("over", "2027-01-11T06:00", 2)  # ended at 08:00 in Berlin, 07:00 UTC
    running = event("running", "2027-01-11T08:00", 2)
    assert told(ANY, over, running) == [("running", "confirmed")]
    assert told(ScheduleQuestion(past=True), over, running) == [("over", "confirmed")]


def test_a_range_that_is_over_is_the_past() -> None:
    old = event("old", "2026-10-06T09:00")
    days = DayRange(date(2026, 10, 1), date(2026, 10, 31))
    answer = answer_to(ScheduleQuestion(days=days), calendar_of([old], NOW.date()), NOW)
    assert answer.past
    assert [each.past for each in answer.told] == [True]


def test_the_last_one_is_the_latest_of_the_past() -> None:
    olds = [event(f"o{month}", f"2026-0{month}-06T09:00") for month in (5, 7, 6)]
    question = ScheduleQuestion(past=True, wanted="next")
    assert told(question, *olds) == [("o7", "confirmed")]


def test_next_is_the_first_that_stands_with_what_is_cancelled_before_it() -> None:
    events = (
        event("later", "2027-05-01T09:00"),
        event("gone", "2027-02-01T09:00", status="cancelled"),
        event("first", "2027-03-01T09:00", status="planned"),
    )
    question = ScheduleQuestion(wanted="next")
    assert told(question, *events) == [("gone", "cancelled"), ("first", "planned")]


def test_an_entry_that_was_not_confirmed_lately_is_no_fact() -> None:
    doubtful = event("d", "2027-05-01T09:00", valid_until=date(2027, 1, 10))
    assert told(ANY, doubtful) == [("d", "outdated")]
    assert told(ANY, replace(doubtful, valid_until=date(2027, 1, 11))) == [("d", "confirmed")]
    answer = answer_to(ANY, calendar_of([doubtful], NOW.date()), NOW)
    assert answer.none_known


def test_what_was_valid_on_its_day_stays_true_afterwards() -> None:
    past = event("p", "2026-12-01T09:00", valid_until=date(2026, 12, 1))
    assert told(ScheduleQuestion(past=True), past) == [("p", "confirmed")]


def test_exactly_the_matching_ones() -> None:
    events = (
        event("online", "2027-02-01T09:00", online="https://example.org/x", languages=("fr",)),
        event("tunis", "2027-02-02T09:00", kind="conference", place="Tunis", countries=("TN",)),
        event("both", "2027-02-03T09:00", place="Bonn", online="https://example.org/y"),
        event("webinar", "2027-02-04T09:00", kind="webinar"),
    )

    def uids(**question: object) -> list[str]:
        return [uid for uid, _ in told(ScheduleQuestion(**question), *events)]  # type: ignore[arg-type]

    assert uids() == ["online", "tunis", "both", "webinar"]
    assert uids(kinds=("conference", "webinar")) == ["tunis", "webinar"]
    assert uids(countries=("TN",)) == ["tunis"]
    assert uids(countries=("MA",)) == []
    assert uids(languages=("fr",)) == ["online"]
    assert uids(online=True) == ["online", "both", "webinar"]
    assert uids(online=False) == ["tunis", "both"]
    assert uids(days=DayRange(date(2027, 2, 2), date(2027, 2, 3))) == ["tunis", "both"]


def test_an_event_that_reaches_into_the_range_is_in_it() -> None:
    long = event("long", "2027-04-30T09:00", 30)
    assert told(ScheduleQuestion(days=DayRange(date(2027, 5, 1), date(2027, 5, 1))), long)
    assert not told(ScheduleQuestion(days=DayRange(date(2027, 5, 2), date(2027, 5, 3))), long)


def test_no_more_than_a_few_are_told_and_the_rest_counted() -> None:
    weekly = event("w", "2027-01-12T10:00", recurrence="FREQ=WEEKLY;COUNT=12")
    answer = answer_to(ANY, calendar_of([weekly], NOW.date()), NOW)
    assert (len(answer.told), answer.more) == (MOST_TOLD, 12 - MOST_TOLD)


def test_an_empty_calendar_knows_none() -> None:
    answer = answer_to(ANY, Calendar(), NOW)
    assert answer.none_known
    assert (answer.told, answer.more) == ((), 0)


def test_a_range_beyond_the_window_is_said_to_be_so() -> None:
    calendar = calendar_of([], NOW.date())
    far = ScheduleQuestion(days=DayRange(date(2040, 1, 1), date(2040, 12, 31)))
    assert answer_to(far, calendar, NOW).window == DayRange(calendar.first, calendar.last)
    assert answer_to(ANY, calendar, NOW).window is None
    onwards = ScheduleQuestion(days=DayRange(date(2027, 3, 1), date.max))
    assert answer_to(onwards, calendar, NOW).window is None


def test_the_past_without_a_range_may_be_older_than_the_window() -> None:
    old = event("old", "2025-03-03T09:00")
    past = ScheduleQuestion(past=True)
    calendar = calendar_of([old], NOW.date())
    assert answer_to(past, calendar, NOW).window == DayRange(calendar.first, calendar.last)
    lately = calendar_of([old, event("new", "2026-12-01T09:00")], NOW.date())
    assert answer_to(replace(past, wanted="next"), lately, NOW).window is None
    assert answer_to(past, calendar_of([], NOW.date()), NOW).window is None


def test_only_those_that_stand_as_asked_for() -> None:
    events = (
        event("gone", "2027-02-01T09:00", status="cancelled"),
        event("sure", "2027-03-01T09:00"),
        event("maybe", "2027-04-01T09:00", status="planned"),
    )
    assert told(ScheduleQuestion(status="cancelled"), *events) == [("gone", "cancelled")]
    assert told(ScheduleQuestion(status="confirmed"), *events) == [("sure", "confirmed")]
    assert told(ScheduleQuestion(status="planned"), *events) == [("maybe", "planned")]
    calendar = calendar_of(events[:1], NOW.date())
    assert not answer_to(ScheduleQuestion(status="cancelled"), calendar, NOW).none_known
    assert answer_to(ANY, calendar, NOW).none_known


@pytest.mark.parametrize("place", ["Haus 3, Tunis", "تونس", "Tunis, Tunesien"])
def test_a_town_is_found_in_whatever_script(place: str) -> None:
    here = event("here", "2027-02-01T09:00", place=place, countries=("TN",))
    there = event("there", "2027-02-02T09:00", place="Sfax", countries=("TN",))
    asked = ScheduleQuestion(town="Tunis", countries=("TN",))
    assert told(asked, here, there) == [("here", "confirmed")]
    assert told(asked, there) == [("there", "confirmed")]
    answer = answer_to(asked, calendar_of([there], NOW.date()), NOW)
    assert answer.elsewhere["de"] == "Tunis"


def test_who_has_been_to_the_town_is_told_of_elsewhere() -> None:
    gone = event("gone", "2026-12-01T09:00", place="Tunis", countries=("TN",))
    there = event("there", "2027-02-02T09:00", place="Sfax", countries=("TN",))
    asked = ScheduleQuestion(town="Tunis", countries=("TN",))
    assert told(asked, gone, there) == [("there", "confirmed")]
    assert told(replace(asked, past=True), gone, there) == [("gone", "confirmed")]


_STARTS = st.datetimes(local("2026-06-01T00:00"), local("2028-06-01T00:00"))
_RULES = st.sampled_from(["", "FREQ=WEEKLY;COUNT=9", "FREQ=MONTHLY", "FREQ=DAILY;INTERVAL=3"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(_STARTS, _RULES, st.integers(1, 90)), max_size=6),
    st.datetimes(local("2026-10-01T00:00"), local("2027-10-01T00:00")),
    st.booleans(),
)
def test_the_quick_search_finds_what_a_plain_one_finds(
    drawn: list[tuple[datetime, str, int]], now_: datetime, past: bool
) -> None:
    now = now_.replace(tzinfo=UTC)
    events = [
        event(f"e{number}", starts.replace(day=min(starts.day, 28)).isoformat(), hours,
              recurrence=rule)
        for number, (starts, rule, hours) in enumerate(drawn)
    ]  # fmt: skip
    calendar = calendar_of(events, date(2027, 4, 1))
    every = [each for series in calendar.series for each in series.occurrences]
    plain = sorted(
        (each for each in every if (each.to_utc <= now) == past),
        key=lambda each: (each.from_utc, each.event.uid),
        reverse=past,
    )
    answer = answer_to(ScheduleQuestion(past=past), calendar, now)
    assert [each.occurrence for each in answer.told] == plain[:MOST_TOLD]
    assert answer.more == max(0, len(plain) - MOST_TOLD)
