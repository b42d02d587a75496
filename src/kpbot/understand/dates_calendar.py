"""Days, weeks, months, seasons and feasts as intervals: the arithmetic, without any words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import cache

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from hijridate import Hijri


@dataclass(frozen=True, slots=True)
class Interval:
    """A run of whole days."""

    start: date  # first day, inclusive
    end: date  # last day, inclusive
    approximate: bool = False  # Islamic calendar: plus or minus one day


class Unit(IntEnum):
    """What people count time in."""

    DAY = 0
    WEEK = 1
    FORTNIGHT = 2
    WEEKEND = 3
    MONTH = 4
    QUARTER = 5
    HALF = 6
    YEAR = 7


class Part(IntEnum):
    """Which part of a month, week, season or year is meant."""

    EARLY = 0
    MID = 1
    LATE = 2
    FIRST_HALF = 3
    SECOND_HALF = 4


class Season(IntEnum):
    """The meteorological seasons; the value is the first month."""

    SPRING = 3
    SUMMER = 6
    AUTUMN = 9
    WINTER = 12


class Feast(IntEnum):
    """Feasts people date by."""

    EASTER = 0
    GOOD_FRIDAY = 1
    EASTER_MONDAY = 2
    ASCENSION = 3
    PENTECOST = 4
    CHRISTMAS_EVE = 5
    CHRISTMAS = 6
    CHRISTMAS_DAYS = 7
    NEW_YEARS_EVE = 8
    NEW_YEAR = 9
    LABOUR_DAY = 10
    RAMADAN = 11
    EID_AL_FITR = 12
    EID_AL_ADHA = 13
    EID = 14
    ISLAMIC_NEW_YEAR = 15
    ASHURA = 16
    MAWLID = 17


DAYS_IN_UNIT = {Unit.DAY: 1, Unit.WEEK: 7, Unit.FORTNIGHT: 14, Unit.WEEKEND: 7}
MONTHS_IN_UNIT = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}

# First and last day, counted from Easter Sunday.
_FROM_EASTER = {
    Feast.EASTER: (0, 1),
    Feast.GOOD_FRIDAY: (-2, -2),
    Feast.EASTER_MONDAY: (1, 1),
    Feast.ASCENSION: (39, 39),
    Feast.PENTECOST: (49, 50),
}
# Month, first day, last day.
_FIXED = {
    Feast.CHRISTMAS_EVE: (12, 24, 24),
    Feast.CHRISTMAS: (12, 25, 25),
    Feast.CHRISTMAS_DAYS: (12, 25, 26),
    Feast.NEW_YEARS_EVE: (12, 31, 31),
    Feast.NEW_YEAR: (1, 1, 1),
    Feast.LABOUR_DAY: (5, 1, 1),
}
# Islamic month and day. Ramadan is apart: it lasts until the eve of Eid al-Fitr.
_ISLAMIC = {
    Feast.EID_AL_FITR: (10, 1),
    Feast.EID_AL_ADHA: (12, 10),
    Feast.ISLAMIC_NEW_YEAR: (1, 1),
    Feast.ASHURA: (1, 10),
    Feast.MAWLID: (3, 12),
}
# Days a feast goes on being celebrated after its interval; "after" begins when they are over.
REST_DAYS = {
    Feast.RAMADAN: 2,  # Eid itself, even if the moon is seen a day late
    Feast.EID_AL_FITR: 2,
    Feast.EID: 2,
    Feast.EID_AL_ADHA: 3,
}


def one_day(day: date, *, approximate: bool = False) -> Interval:
    """The interval is that day alone."""
    return Interval(day, day, approximate)


def later(day: date, number: int, unit: int) -> date:
    """The day is so many units after the given one, or before it where the number is negative."""
    if unit in DAYS_IN_UNIT:
        return day + timedelta(days=number * DAYS_IN_UNIT[Unit(unit)])
    return day + relativedelta(months=number * MONTHS_IN_UNIT[Unit(unit)])


def months(year: int, month: int, number: int) -> Interval:
    """The interval is so many whole months from the first of the given one."""
    first = date(year, month, 1)
    return Interval(first, first + relativedelta(months=number, days=-1))


def unit_around(today: date, unit: int, shift: int) -> Interval:
    """The interval is the calendar unit that holds today, moved by so many units."""
    monday = today - timedelta(days=today.weekday())
    if unit == Unit.DAY:
        return one_day(today + timedelta(days=shift))
    if unit == Unit.WEEKEND:
        return _weekend(today, monday, shift)
    if unit in DAYS_IN_UNIT:
        first = monday + timedelta(days=shift * DAYS_IN_UNIT[Unit(unit)])
        return Interval(first, first + timedelta(days=DAYS_IN_UNIT[Unit(unit)] - 1))
    size = MONTHS_IN_UNIT[Unit(unit)]
    first_month = ((today.year * 12 + today.month - 1) // size + shift) * size
    return months(first_month // 12, first_month % 12 + 1, size)


def _weekend(today: date, monday: date, shift: int) -> Interval:
    # "Next weekend" is the next one to begin after today, as "next Friday" is the next Friday.
    began = today >= monday + timedelta(days=5)
    weeks = shift - 1 if shift > 0 and not began else shift
    saturday = monday + timedelta(days=5 + 7 * weeks)
    return Interval(saturday, saturday + timedelta(days=1))


def next_weekday(today: date, weekday: int) -> date:
    """The day is the first such weekday strictly after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def nth_weekday(month: Interval, number: int, weekday: int) -> Interval:
    """The day is the n-th such weekday of the month, or the last one where the number is -1."""
    if number < 0:
        return one_day(month.end - timedelta(days=(month.end.weekday() - weekday) % 7))
    first = next_weekday(month.start - timedelta(days=1), weekday)
    return one_day(first + timedelta(days=7 * (number - 1)))


def nth_week(month: Interval, number: int) -> Interval:
    """The interval is the n-th run of seven days in the month, or the last seven where it is -1."""
    if number < 0:
        return Interval(month.end - timedelta(days=6), month.end)
    first = month.start + timedelta(days=7 * (number - 1))
    return Interval(first, min(first + timedelta(days=6), month.end))


def part_of(whole: Interval, part: int) -> Interval:
    """The interval is the part people mean, on the narrow side: its days belong to it for all."""
    length = (whole.end - whole.start).days + 1
    if length == 7:
        bounds = ((0, 1), (2, 2), (4, 4), (0, 2), (3, 6))
    elif 28 <= length <= 31:
        bounds = ((0, 9), (10, 19), (20, length - 1), (0, 14), (15, length - 1))
    elif length > 300:
        return _part_of_year(whole, part)
    else:
        third, half = length // 3, length // 2
        early, late = max(third - 1, 0), length - 1
        middle = (min(third, late), min(late, max(third, late - third)))
        bounds = ((0, early), middle, (late - early, late), (0, max(half - 1, 0)), (half, late))
    first, last = bounds[part]
    return _slice(whole, first, last)


def _slice(whole: Interval, first: int, last: int) -> Interval:
    begin = whole.start
    return Interval(
        begin + timedelta(days=first), begin + timedelta(days=last), approximate=whole.approximate
    )


def _part_of_year(whole: Interval, part: int) -> Interval:
    month, number = ((1, 2), (6, 2), (11, 2), (1, 6), (7, 6))[part]
    return months(whole.start.year, month, number)


@cache
def feast(name: int, year: int) -> tuple[Interval, ...]:
    """The intervals are every time the feast begins in that year: none, one or two."""
    if name in _FIXED:
        month, first, last = _FIXED[Feast(name)]
        return (Interval(date(year, month, first), date(year, month, last)),)
    if name in _FROM_EASTER:
        sunday = easter(year)
        first, last = _FROM_EASTER[Feast(name)]
        return (Interval(sunday + timedelta(days=first), sunday + timedelta(days=last)),)
    if name == Feast.EID:
        both = feast(Feast.EID_AL_FITR, year) + feast(Feast.EID_AL_ADHA, year)
        return tuple(sorted(both, key=lambda found: found.start))
    build = _ramadan if name == Feast.RAMADAN else _islamic_day(*_ISLAMIC[Feast(name)])
    return _islamic(build, year)


def _islamic(build: Callable[[int], Interval], year: int) -> tuple[Interval, ...]:
    if not 1925 <= year <= 2075:  # the tables of hijridate end there
        return ()
    first = (year - 622) * 33 // 32  # the Islamic year is eleven days shorter
    found = (build(islamic_year) for islamic_year in range(first - 1, first + 3))
    return tuple(feast_days for feast_days in found if feast_days.start.year == year)


def _ramadan(islamic_year: int) -> Interval:
    eid = _gregorian(islamic_year, 10, 1)
    return Interval(_gregorian(islamic_year, 9, 1), eid - timedelta(days=1), approximate=True)


def _islamic_day(month: int, day: int) -> Callable[[int], Interval]:
    return lambda islamic_year: one_day(_gregorian(islamic_year, month, day), approximate=True)


def _gregorian(islamic_year: int, month: int, day: int) -> date:
    found = Hijri(islamic_year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)
