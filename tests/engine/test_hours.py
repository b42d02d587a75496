"""Working hours: when somebody is there, and clocks that run only then."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpbot.engine.hours import (
    OfficeHours,
    add_working_time,
    is_open,
    local_times,
    next_open,
    open_until,
    working_time_between,
)
from kpbot.engine.hours_text import parse_hours
from kpbot.engine.hours_words import spoken_opening
from kpbot.events import ZONE_OF
from kpbot.model import LANGUAGES, Language

OFFICE = parse_hours(
    "Mon-Thu 09:00-12:00,13:00-16:00; Fri 09:00-12:00", zone="Europe/Berlin", holidays="DE-NW"
)
CAIRO = parse_hours(
    "Sun-Thu 09:00-15:00",
    zone="Africa/Cairo",
    holidays="EG",
    closed="2027-02-07, 2027-08-01..2027-08-05",
    special="2027-02-08..2027-03-08 Sun-Thu 10:00-14:00 | 2027-12-26..2027-12-30 Mon 10:00-11:00",
)
NIGHT = parse_hours("Sat-Sun 00:00-24:00", zone="Europe/Berlin")
AROUND_THE_CHANGE = parse_hours("Sun 01:00-02:30,02:30-04:00", zone="Europe/Berlin")
CAIRO_NIGHT = parse_hours("Thu-Fri 00:00-24:00", zone="Africa/Cairo")
RABAT = parse_hours("Mon-Fri 09:00-16:00", zone="Africa/Casablanca")


def _at(text: str, hours: OfficeHours = OFFICE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(hours.zone))


@pytest.mark.parametrize(
    ("hours", "at", "opens"),
    [
        (OFFICE, "2026-11-23T08:59", "2026-11-23T09:00"),
        (OFFICE, "2026-11-23T09:00", "2026-11-23T09:00"),
        (OFFICE, "2026-11-23T11:59", "2026-11-23T11:59"),
        (OFFICE, "2026-11-23T12:00", "2026-11-23T13:00"),
        (OFFICE, "2026-11-23T16:00", "2026-11-24T09:00"),
        (OFFICE, "2026-11-27T12:00", "2026-11-30T09:00"),
        (OFFICE, "2026-11-28T10:00", "2026-11-30T09:00"),
        # Christmas Day is a Friday; the 26th and 27th are a weekend.
        (OFFICE, "2026-12-24T16:00", "2026-12-28T09:00"),
        (OFFICE, "2026-12-31T16:00", "2027-01-04T09:00"),
        # Corpus Christi and All Saints' Day are free in North Rhine-Westphalia.
        (OFFICE, "2027-05-27T10:00", "2027-05-28T09:00"),
        (OFFICE, "2027-11-01T10:00", "2027-11-02T09:00"),
        # Good Friday and Easter Monday.
        (OFFICE, "2027-03-25T16:00", "2027-03-30T09:00"),
        (CAIRO, "2026-11-19T15:00", "2026-11-22T09:00"),
        (CAIRO, "2026-11-20T10:00", "2026-11-22T09:00"),
        (CAIRO, "2027-02-07T10:00", "2027-02-08T10:00"),
        (CAIRO, "2027-02-09T09:30", "2027-02-09T10:00"),
        (CAIRO, "2027-02-09T14:00", "2027-02-10T10:00"),
        # The feast after Ramadan is free; then the usual hours hold again.
        (CAIRO, "2027-03-08T14:00", "2027-03-11T09:00"),
        (CAIRO, "2027-08-01T10:00", "2027-08-08T09:00"),
        (CAIRO, "2027-12-28T10:00", "2028-01-02T09:00"),
    ],
)
def test_the_next_opening_is_known(hours: OfficeHours, at: str, opens: str) -> None:
    assert next_open(hours, _at(at, hours)) == _at(opens, hours)
    assert is_open(hours, _at(at, hours)) is (at == opens)


@pytest.mark.parametrize(
    ("hours", "at", "hours_added", "due"),
    [
        (OFFICE, "2026-11-23T09:00", 0, "2026-11-23T09:00"),
        (OFFICE, "2026-11-23T09:00", 3, "2026-11-23T12:00"),
        (OFFICE, "2026-11-23T09:00", 4, "2026-11-23T14:00"),
        (OFFICE, "2026-11-23T09:00", 6, "2026-11-23T16:00"),
        (OFFICE, "2026-11-23T03:00", 6.5, "2026-11-24T09:30"),
        (OFFICE, "2026-11-26T15:00", 8, "2026-11-30T14:00"),
        (OFFICE, "2026-12-24T15:00", 8, "2026-12-29T10:00"),
        (OFFICE, "2026-12-31T15:30", 1, "2027-01-04T09:30"),
        # Over the nights on which the clocks change: the office's hours stay what they are.
        (OFFICE, "2027-03-25T15:00", 2, "2027-03-30T10:00"),
        (OFFICE, "2026-10-23T11:00", 2, "2026-10-26T10:00"),
        (CAIRO, "2026-11-19T14:00", 2, "2026-11-22T10:00"),
        (CAIRO, "2027-02-04T14:00", 2, "2027-02-08T11:00"),
        # Where the clocks stand at daybreak: a short and a long day round the clock.
        (NIGHT, "2027-03-27T00:00", 25, "2027-03-28T01:00"),
        (NIGHT, "2027-03-28T00:00", 23, "2027-03-29T00:00"),
        (NIGHT, "2026-10-25T00:00", 25, "2026-10-26T00:00"),
        (AROUND_THE_CHANGE, "2027-03-28T00:00", 1, "2027-03-28T03:00"),
        (AROUND_THE_CHANGE, "2027-03-28T00:00", 2, "2027-03-28T04:00"),
        (AROUND_THE_CHANGE, "2026-10-25T00:00", 4, "2026-10-25T04:00"),
        # In Cairo the clocks change at midnight.
        (CAIRO_NIGHT, "2027-04-29T00:00", 24, "2027-04-30T01:00"),
        (CAIRO_NIGHT, "2027-04-30T01:00", 23, "2027-05-01T00:00"),
        (CAIRO_NIGHT, "2026-10-29T00:00", 25, "2026-10-30T00:00"),
        # Morocco is an hour behind in Ramadan.
        (RABAT, "2027-02-05T15:00", 2, "2027-02-08T10:00"),
    ],
)
def test_a_clock_runs_only_in_working_hours(
    hours: OfficeHours, at: str, hours_added: float, due: str
) -> None:
    begin, duration = _at(at, hours), timedelta(hours=hours_added)
    assert add_working_time(hours, begin, duration) == _at(due, hours)
    assert working_time_between(hours, begin, _at(due, hours)) == duration


def test_results_are_in_utc() -> None:
    at = _at("2026-11-21T10:00")
    assert next_open(OFFICE, at) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    for result in (next_open(OFFICE, at), add_working_time(OFFICE, at, timedelta(hours=1))):
        assert result is not None
        assert result.tzinfo is UTC


def test_an_opening_has_an_end() -> None:
    assert open_until(OFFICE, _at("2026-11-23T11:00")) == _at("2026-11-23T12:00")
    assert open_until(OFFICE, _at("2026-11-23T12:00")) is None
    again = _at("2026-10-25T02:30", NIGHT).replace(fold=1)
    assert open_until(NIGHT, again) == _at("2026-10-26T00:00")


def test_an_office_that_never_opens_says_so() -> None:
    never = OfficeHours(week=((),) * 7, zone="Europe/Berlin")
    at = _at("2026-11-23T09:00")
    assert next_open(never, at) is None
    assert open_until(never, at) is None
    assert working_time_between(never, at, at + timedelta(days=30)) == timedelta(0)
    assert spoken_opening(never, at, (), "de") == ""
    with pytest.raises(ValueError, match="never opens"):
        add_working_time(never, at, timedelta(0))


def test_time_is_not_taken_away() -> None:
    at = _at("2026-11-23T09:00")
    with pytest.raises(ValueError, match="only be added"):
        add_working_time(OFFICE, at, timedelta(hours=-1))
    assert working_time_between(OFFICE, at, at - timedelta(days=7)) == timedelta(0)


_INSTANTS = st.integers(0, 5 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
_DURATIONS = st.timedeltas(timedelta(0), timedelta(days=30))
_HOURS = st.sampled_from([OFFICE, CAIRO, NIGHT, AROUND_THE_CHANGE, CAIRO_NIGHT, RABAT])


@given(hours=_HOURS, at=_INSTANTS, duration=_DURATIONS)
@settings(max_examples=60, deadline=None)
def test_what_was_added_is_measured_again(
    hours: OfficeHours, at: datetime, duration: timedelta
) -> None:
    due = add_working_time(hours, at, duration)
    assert due >= at
    assert working_time_between(hours, at, due) == duration
    assert is_open(hours, due) or is_open(hours, due - timedelta(microseconds=1))


@given(hours=_HOURS, at=_INSTANTS, later=_DURATIONS, duration=_DURATIONS, more=_DURATIONS)
@settings(max_examples=60, deadline=None)
def test_a_later_begin_or_more_time_is_never_due_earlier(
    hours: OfficeHours, at: datetime, later: timedelta, duration: timedelta, more: timedelta
) -> None:
    due = add_working_time(hours, at, duration)
    assert add_working_time(hours, at + later, duration) >= due
    assert add_working_time(hours, at, duration + more) >= due


@given(hours=_HOURS, at=_INSTANTS)
@settings(max_examples=100, deadline=None)
def test_the_next_opening_is_open_and_none_is_before_it(hours: OfficeHours, at: datetime) -> None:
    opens = next_open(hours, at)
    assert opens is not None
    assert is_open(hours, opens)
    assert (opens == at) is is_open(hours, at)
    assert working_time_between(hours, at, opens) == timedelta(0)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Sat-Wed 09:00-10:00", "Sat,Sun,Mon,Tue,Wed 09:00-10:00"),
        ("mon-FRI 9:00–10:00", "Mon,Tue,Wed,Thu,Fri 09:00-10:00"),
        ("Mon 13:00-16:00,09:00-12:00;", "Mon 09:00-12:00; Mon 13:00-16:00"),
        ("Mon-Sun 00:00-24:00", "Sun-Sat 0:00-24:00"),
    ],
)
def test_hours_can_be_written_in_several_ways(text: str, same: str) -> None:
    assert parse_hours(text, zone="Africa/Tunis") == parse_hours(same, zone="Africa/Tunis")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "name no time at all"),
        ("Mo-Do 09:00-12:00", "“Mo” in “Mo-Do 09:00-12:00” is no weekday: did you mean “Mon”"),
        ("Thurs 09:00-12:00", "did you mean “Thu”"),
        ("Xyz 09:00-12:00", "one of Mon, Tue"),
        ("Mon", "“Mon” needs days and times"),
        ("Mon 9-12", "“9-12” in “Mon 9-12” is no pair of times: did you mean “09:00-12:00”"),
        ("Mon 09.00-12.00", "did you mean “09:00-12:00”"),
        ("Mon 09:00-25:00", "is no time of day"),
        ("Mon 09:61-10:00", "is no time of day"),
        ("Mon 22:00-02:00", "ends before it begins"),
        ("Mon 09:00-12:00,11:00-13:00", "overlap"),
        ("Mon-Wed 09:00-12:00; Tue 11:00-13:00", "overlap"),
    ],
)
def test_what_is_wrong_is_one_sentence_that_names_the_place(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_hours(text, zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"zone": "Europe/Berln"}, "did you mean “Europe/Berlin”"),
        ({"zone": ""}, "is no time zone"),
        ({"zone": "../etc/passwd"}, "is no time zone"),
        ({"holidays": "DE-NRW"}, "“DE-NRW” is no holiday calendar: did you mean “DE-N"),
        ({"holidays": "de-nw"}, "did you mean “DE-NW”"),
        ({"holidays": "Germany"}, "is no holiday calendar"),
        ({"closed": "24.12.2026"}, "“24.12.2026” in “24.12.2026” is no day"),
        ({"closed": "2026-12-31..2026-12-24"}, "is no range of days"),
        ({"closed": "2026-12-31..9999-12-24"}, "is no range of days"),
        ({"special": "2027-02-08..2027-03-08 Sun-Thu 10-14"}, "is no pair of times"),
        ({"special": "Ramadan Sun-Thu 10:00-14:00"}, "“Ramadan” in “Ramadan” is no day"),
    ],
)
def test_what_is_wrong_beside_the_week_is_told_too(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_hours("Mon 09:00-12:00", **{"zone": "Europe/Berlin", **wrong})


def test_a_range_of_days_without_hours_is_closed() -> None:
    hours = parse_hours("Mon 09:00-12:00", zone="Europe/Berlin", special="2026-11-23")
    assert next_open(hours, _at("2026-11-22T10:00")) == _at("2026-11-30T09:00")
    assert hours.special[0].first == date(2026, 11, 23)


def test_zones_that_show_the_same_are_said_once() -> None:
    zones = tuple(ZONE_OF.values())
    before = [zone for zone, _ in local_times(_at("2026-07-20T09:00"), zones)]
    winter = [zone for zone, _ in local_times(_at("2026-11-23T09:00"), zones)]
    summer = [zone for zone, _ in local_times(_at("2027-07-20T09:00"), zones)]
    assert before == ["Europe/Berlin", "Africa/Cairo", "Africa/Algiers"]
    assert winter == ["Europe/Berlin", "Africa/Cairo", "Africa/Casablanca"]
    assert summer == ["Europe/Berlin", "Africa/Cairo", "Africa/Algiers", "Africa/Casablanca"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "am Montag, 23.11.2026, ab 9:00 Uhr (Berlin), 10:00 Uhr (Kairo)"),
        (
            "fr",
            "le lundi 23/11/2026 à partir de 9\u00a0h (Berlin), 10\u00a0h (Le Caire)",
        ),
        (
            "ar",
            (
                "يوم الاثنين \u206623/11/2026\u2069 ابتداءً من الساعة "
                "\u20669:00\u2069 (برلين)، \u206610:00\u2069 (القاهرة)"
            ),
        ),
        ("en", "on Monday, 23 November 2026, from 9:00 (Berlin), 10:00 (Cairo)"),
    ],
)
def test_the_next_opening_is_said_in_every_language(language: Language, words: str) -> None:
    zones = ("Africa/Cairo", "Europe/Berlin")
    assert spoken_opening(OFFICE, _at("2026-11-21T10:00"), zones, language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "jetzt, bis 12:00 Uhr (Berlin)"),
        ("fr", "maintenant, jusqu’à 12\u00a0h (Berlin)"),
        ("ar", "الآن، حتى الساعة \u206612:00\u2069 (برلين)"),
        ("en", "now, until 12:00 (Berlin)"),
    ],
)
def test_while_somebody_is_there_the_end_is_said(language: Language, words: str) -> None:
    assert spoken_opening(OFFICE, _at("2026-11-23T10:00"), ("Africa/Tunis",), language) == words


def test_another_day_in_another_zone_is_named() -> None:
    early = parse_hours("Mon 00:30-05:30", zone="Africa/Cairo")
    words = spoken_opening(early, _at("2026-11-21T10:00"), ("Europe/Berlin",), "de")
    assert words == "am Montag, 23.11.2026, ab 0:30 Uhr (Kairo), Sonntag 23:30 Uhr (Berlin)"


def test_a_zone_without_a_translation_is_named_by_its_city() -> None:
    for language in LANGUAGES:
        words = spoken_opening(OFFICE, _at("2026-11-21T10:00"), ("America/New_York",), language)
        assert "New York" in words
        assert ("\u2066New York\u2069" in words) is (language == "ar")


def test_minutes_are_said_in_french() -> None:
    half = parse_hours("Mon 09:30-12:05", zone="Europe/Berlin")
    words = spoken_opening(half, _at("2026-11-21T10:00"), (), "fr")
    assert words.endswith("9\u00a0h\u00a030 (Berlin)")
