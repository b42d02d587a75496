"""Working hours: when somebody is there, and clocks that run only then.

Instants are aware; intervals are wall-clock times of the office's zone. A wall-clock time that
comes twice on the night the clocks go back means the first; one that is skipped in spring means
the moment of the change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HORIZON = 800
"""Days without one open minute after which nobody comes back."""

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Minutes after local midnight: from `begin`, which belongs to it, to `end`, which does not."""

    begin: int
    end: int


Week = tuple[tuple[Interval, ...], ...]
"""Seven days, Monday first, each with its intervals in order."""


@dataclass(frozen=True, slots=True)
class SpecialHours:
    """Other hours from one day to another, both included, as in Ramadan."""

    first: date
    last: date
    week: Week


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the advisors of a desk are there."""

    week: Week
    zone: str
    holidays: str = ""
    """Country, or country and subdivision, whose public holidays are free: `DE-NW`, `EG`."""
    closed: frozenset[date] = frozenset()
    special: tuple[SpecialHours, ...] = ()


def is_open(hours: OfficeHours, at: datetime) -> bool:
    """Whether somebody is there at this instant."""
    day = _local_day(hours, at)
    return any(begin <= at < end for begin, end in _openings_of(hours, day))


def next_open(hours: OfficeHours, at: datetime) -> datetime | None:
    """The first open instant from `at` on, in UTC; `at` itself if it is open; None: never."""
    for begin, _ in _openings(hours, at):
        return begin
    return None


def open_until(hours: OfficeHours, at: datetime) -> datetime | None:
    """When the opening that is on at this instant ends, in UTC; None: nobody is there."""
    for begin, end in _openings(hours, at):
        return end if begin == at.astimezone(UTC) else None
    return None


def add_working_time(hours: OfficeHours, at: datetime, duration: timedelta) -> datetime:
    """The instant, in UTC, at which `duration` of open time has gone by since `at`.

    It is open, or the end of an opening. Raises ValueError if the duration is negative or the
    office does not open often enough.
    """
    if duration < timedelta(0):
        raise ValueError("Working time can only be added.")
    rest = duration
    for begin, end in _openings(hours, at):
        if rest <= end - begin:
            return begin + rest
        rest -= end - begin
    raise ValueError("The office never opens again.")


def working_time_between(hours: OfficeHours, begin: datetime, end: datetime) -> timedelta:
    """How much open time lies between the two instants; none where `end` is not later."""
    total = timedelta(0)
    end = end.astimezone(UTC)
    for opens, closes in _openings(hours, begin):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def local_times(instant: datetime, zones: tuple[str, ...]) -> tuple[tuple[str, datetime], ...]:
    """The zones with their wall-clock times, but none that shows the same as an earlier one."""
    shown: dict[datetime, tuple[str, datetime]] = {}
    for zone in zones:
        local = instant.astimezone(ZoneInfo(zone))
        shown.setdefault(local.replace(tzinfo=None), (zone, local))
    return tuple(shown.values())


def _openings(hours: OfficeHours, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The openings from `at` on, in UTC, in order; the first is cut where `at` is within it."""
    at = at.astimezone(UTC)
    day = _local_day(hours, at)
    last = day + HORIZON * _DAY
    while day <= last:
        for begin, end in _openings_of(hours, day):
            if end > at:
                yield max(begin, at), end
                last = day + HORIZON * _DAY
        day += _DAY


def _local_day(hours: OfficeHours, at: datetime) -> date:
    return at.astimezone(ZoneInfo(hours.zone)).date()


def _openings_of(hours: OfficeHours, day: date) -> list[tuple[datetime, datetime]]:
    zone = ZoneInfo(hours.zone)
    openings = [
        (_instant(day, interval.begin, zone), _instant(day, interval.end, zone))
        for interval in _intervals(hours, day)
    ]
    return [(begin, end) for begin, end in openings if begin < end]


def _intervals(hours: OfficeHours, day: date) -> tuple[Interval, ...]:
    if day in hours.closed or day in _holidays(hours.holidays, day.year):
        return ()
    for special in hours.special:
        if special.first <= day <= special.last:
            return special.week[day.weekday()]
    return hours.week[day.weekday()]


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant at which the wall clock shows this, in UTC."""
    wall = datetime.combine(day, time())
    wall += minute * _MINUTE
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    shown = instant.astimezone(zone)
    if shown.replace(tzinfo=None) == wall:
        return instant
    while (instant - _MINUTE).astimezone(zone).utcoffset() == shown.utcoffset():
        instant -= _MINUTE  # the clocks skipped this time: the change is within the last hours
    return instant


@lru_cache(maxsize=64)
def _holidays(calendar: str, year: int) -> frozenset[date]:
    if not calendar:
        return frozenset()
    from holidays import country_holidays  # noqa: PLC0415 (start-up time)

    country, _, subdivision = calendar.partition("-")
    return frozenset(country_holidays(country, subdiv=subdivision or None, years=year))
