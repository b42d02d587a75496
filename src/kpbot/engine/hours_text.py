"""Working hours as an operator writes them: `Mon-Thu 09:00-12:00,13:00-16:00; Fri 09:00-12:00`."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from kpbot.engine.hours import Interval, OfficeHours, SpecialHours, Week

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_GERMAN_AND_LONG = {
    **dict(zip(("mo", "di", "mi", "do", "fr", "sa", "so"), WEEKDAYS, strict=True)),
    "tues": "Tue",
    "thur": "Thu",
    "thurs": "Thu",
}
_TIMES = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_MIDNIGHT = 24 * 60


def parse_hours(
    text: str, *, zone: str, holidays: str = "", closed: str = "", special: str = ""
) -> OfficeHours:
    """The hours that are written there. Raises ValueError with a sentence that names the place.

    `text`: days and times, `;` between days. `holidays`: a country, or country and subdivision.
    `closed`: days and ranges of days, `2026-12-24, 2026-12-28..2026-12-31`. `special`: ranges with
    the hours that hold then, `2027-02-08..2027-03-09 Sun-Thu 09:00-14:00`, `|` between ranges.
    """
    week = _week(text)
    if not any(week):
        raise ValueError("The working hours name no time at all; for none, leave them empty.")
    return OfficeHours(
        week=week,
        zone=_zone(zone),
        holidays=_calendar(holidays),
        closed=frozenset(_days(closed)),
        special=tuple(_special(part) for part in special.split("|") if part.strip()),
    )


def _week(text: str) -> Week:
    week: list[tuple[Interval, ...]] = [()] * 7
    for part in text.split(";"):
        if not part.strip():
            continue
        days, intervals = _part(part.strip())
        for day in days:
            week[day] = _in_order((*week[day], *intervals), part.strip())
    return tuple(week)


def _part(part: str) -> tuple[list[int], tuple[Interval, ...]]:
    named, _, times = part.partition(" ")
    if not times.strip():
        raise ValueError(f"“{part}” needs days and times, such as “Mon-Fri 09:00-16:00”.")
    days = [day for each in named.split(",") for day in _weekdays(each, part)]
    return days, tuple(_interval(each.strip(), part) for each in times.split(","))


def _weekdays(named: str, part: str) -> list[int]:
    first, dash, last = named.replace("–", "-").partition("-")
    begin = _weekday(first, part)
    if not dash:
        return [begin]
    length = (_weekday(last, part) - begin) % 7 + 1  # Sat-Wed goes over the end of the week
    return [(begin + step) % 7 for step in range(length)]


def _weekday(name: str, part: str) -> int:
    wanted = name.strip().casefold()
    for number, weekday in enumerate(WEEKDAYS):
        if wanted == weekday.casefold():
            return number
    meant = _GERMAN_AND_LONG.get(wanted) or next(
        (each for each in WEEKDAYS if len(wanted) >= 2 and each.casefold()[:2] == wanted[:2]), None
    )
    hint = f"did you mean “{meant}”?" if meant else f"one of {', '.join(WEEKDAYS)} is needed."
    raise ValueError(f"“{name.strip()}” in “{part}” is no weekday: {hint}")


def _interval(text: str, part: str) -> Interval:
    match = _TIMES.fullmatch(text)
    if match is None:
        suggestion = re.sub(r"[.h]", ":", text)
        hint = f"“{suggestion}”" if _TIMES.fullmatch(suggestion) else "“09:00-12:00”"
        raise ValueError(f"“{text}” in “{part}” is no pair of times: did you mean {hint}?")
    hours_begin, minutes_begin, hours_end, minutes_end = map(int, match.groups())
    begin, end = hours_begin * 60 + minutes_begin, hours_end * 60 + minutes_end
    if minutes_begin > 59 or minutes_end > 59 or max(begin, end) > _MIDNIGHT:
        raise ValueError(f"“{text}” in “{part}” is no time of day: 24:00 is the last.")
    if begin >= end:
        raise ValueError(
            f"“{text}” in “{part}” ends before it begins; "
            "hours past midnight are written as two days, up to 24:00 and from 00:00."
        )
    return Interval(begin, end)


def _in_order(intervals: tuple[Interval, ...], part: str) -> tuple[Interval, ...]:
    ordered = sorted(intervals, key=lambda each: each.begin)
    for earlier, later in pairwise(ordered):
        if later.begin < earlier.end:
            raise ValueError(f"The times in “{part}” overlap others of the same day.")
    return tuple(ordered)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = get_close_matches(name, sorted(available_timezones()), n=1)
        hint = near[0] if near else "Europe/Berlin"
        raise ValueError(f"“{name}” is no time zone: did you mean “{hint}”?") from None
    return name


def _calendar(name: str) -> str:
    if not name:
        return ""
    from holidays import list_supported_countries  # noqa: PLC0415 (start-up time)

    known = list_supported_countries(include_aliases=False)
    country, dash, subdivision = name.partition("-")
    if country in known and (not dash or subdivision in known[country]):
        return name
    names = [*known, *(f"{each}-{part}" for each, parts in known.items() for part in parts)]
    near = get_close_matches(name.upper(), names, n=1)
    hint = near[0] if near else "DE-NW"
    raise ValueError(f"“{name}” is no holiday calendar: did you mean “{hint}”?")


def _days(text: str) -> list[date]:
    days = []
    for part in text.split(","):
        if part.strip():
            first, last = _range(part.strip())
            days += [
                date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1)
            ]
    return days


def _special(part: str) -> SpecialHours:
    named, _, hours = part.strip().partition(" ")
    first, last = _range(named)
    return SpecialHours(first, last, _week(hours))


def _range(text: str) -> tuple[date, date]:
    first, dots, last = text.partition("..")
    begin = _date(first, text)
    end = _date(last, text) if dots else begin
    if end < begin or (end - begin).days > 400:
        raise ValueError(f"“{text}” is no range of days: the first comes first, at most a year.")
    return begin, end


def _date(text: str, part: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            f"“{text.strip()}” in “{part}” is no day: write it like 2026-12-24."
        ) from None
