"""Spans: what a phrase means before it is known when it was said, and how spans combine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kpbot.understand.dates_calendar import (
    REST_DAYS,
    Feast,
    Interval,
    Unit,
    feast,
    later,
    months,
    one_day,
    part_of,
    unit_around,
)

# "After Easter" and "before Easter" are the two weeks after and before it.
WINDOW = timedelta(days=14)
_ONE_DAY = timedelta(days=1)
# 29 February may be eight years away (1896 to 1904, 2096 to 2104).
_YEARS_AHEAD = 9
Side = Literal["", "before", "after"]


@dataclass(frozen=True, slots=True)
class Recurring:
    """What comes back every year: a month, a day without its year, a season, a feast."""

    in_year: Callable[[int], tuple[Interval, ...]]  # the occurrences that begin in that year
    rest: int = 0  # days after an occurrence that still belong to it
    side: Side = ""  # of what was named it is the two weeks before or after


@dataclass(frozen=True, slots=True)
class Relative:
    """What depends on today, or on nothing: next week, 3 May 2027."""

    on: Callable[[date], Interval | None]
    side: Side = ""  # of what was named it is the two weeks before or after


Span = Recurring | Relative


def resolve(span: Span, today: date) -> Interval | None:
    """The interval is the span as meant on that day: of what recurs, the one under way or next."""
    return _occurrence(span, today, 0) if isinstance(span, Recurring) else span.on(today)


def _occurrence(span: Recurring, today: date, shift: int) -> Interval | None:
    if shift < 0:
        past = [found for found in _around(span, today) if found.end < today]
        return past[-1] if past else None
    if shift == 0:
        return next((found for found in _around(span, today) if found.end >= today), None)
    later = (found for found in _around(span, today) if found.start > today)
    found = next(later, None)
    return found if shift == 1 else next(later, None)


def _around(span: Recurring, today: date) -> Iterator[Interval]:
    # Calendar years from 1 to 9999 are all there are.
    for year in range(max(today.year - 2, 1), min(today.year + _YEARS_AHEAD, 9998)):
        yield from span.in_year(year)


def fixed(found: Interval | None) -> Relative:
    """The span means these days whenever it is said."""
    return Relative(lambda _today: found)


def yearly(build: Callable[[int], Interval], rest: int = 0) -> Recurring:
    """The span comes once a year, and not at all in a year that lacks such a day."""

    def in_year(year: int) -> tuple[Interval, ...]:
        try:
            return (build(year),)
        except ValueError:
            return ()

    return Recurring(in_year, rest)


def days(first: int, last: int, month: int) -> Recurring:
    """The span is from the first to the last day named, in that month; never for "5 to 3 May"."""
    if last < first:
        return Recurring(lambda _year: ())
    return yearly(lambda year: Interval(date(year, month, first), date(year, month, last)))


def whole_months(month: int, number: int) -> Recurring:
    """The span is so many whole months."""
    return yearly(lambda year: months(year, month, number))


def feast_days(name: int) -> Recurring:
    """The span is a feast."""
    return Recurring(lambda year: feast(name, year), REST_DAYS.get(Feast(name), 0))


def next_day_of_month(day: int) -> Relative:
    """The span is the next such day of a month, today included."""

    def on(today: date) -> Interval | None:
        for ahead in range(62):
            found = today + timedelta(days=ahead)
            if found.day == day:
                return one_day(found)
        return None

    return Relative(on)


def changed(span: Span, change: Callable[[Interval], Interval | None]) -> Span:
    """Every occurrence of the span is changed in the same way."""
    if isinstance(span, Relative):
        return Relative(lambda today: _apply(change, span.on(today)))

    def in_year(year: int) -> tuple[Interval, ...]:
        found = (change(occurrence) for occurrence in span.in_year(year))
        return tuple(interval for interval in found if interval is not None)

    return Recurring(in_year)


def _apply(
    change: Callable[[Interval], Interval | None], found: Interval | None
) -> Interval | None:
    return None if found is None else change(found)


def narrowed(span: Span, part: int) -> Span:
    """The span is only its beginning, middle, end or half."""
    return changed(span, lambda whole: part_of(whole, part))


def after(span: Span) -> Span:
    """The span is the two weeks after the other, once its feast is over."""
    rest = timedelta(days=span.rest if isinstance(span, Recurring) else 0)

    def following(found: Interval) -> Interval:
        end = found.end + rest
        return Interval(end + _ONE_DAY, end + WINDOW, found.approximate)

    return replace(changed(span, following), side="after")


def week_after(span: Span) -> Span:
    """The span is the first seven days after the other."""

    def following(found: Interval) -> Interval:
        start = found.end + _ONE_DAY
        return Interval(start, start + timedelta(days=6), found.approximate)

    return changed(span, following)


def week_of(span: Span) -> Span:
    """The span is the calendar week of the other's first day; a longer run of days is as it was."""

    def around(found: Interval) -> Interval:
        week = unit_around(found.start, Unit.WEEK, 0)
        one = found.start == found.end
        return Interval(week.start, week.end, found.approximate) if one else found

    return changed(span, around)


def moved(span: Span, number: int, unit: int) -> Span:
    """The span is the day so many units after the end of the other, or before its beginning."""

    def away(found: Interval) -> Interval:
        origin = found.end if number > 0 else found.start
        return one_day(later(origin, number, unit), approximate=found.approximate)

    return changed(span, away)


def before(span: Span) -> Span:
    """The span is the two weeks before the other, without the days that are gone."""

    def preceding(found: Interval) -> Interval:
        return Interval(found.start - WINDOW, found.start - _ONE_DAY, found.approximate)

    window = changed(span, preceding)
    left = remaining(window)
    return Relative(lambda today: resolve(left, today) or resolve(window, today), "before")


def until(span: Span) -> Span:
    """The span is today until the last day of the other."""

    def on(today: date) -> Interval | None:
        found = resolve(span, today)
        if found is None or found.end < today:
            return None
        return Interval(today, found.end, found.approximate)

    return Relative(on)


def since(span: Span) -> Span:
    """The span is the first day of the other until today."""

    def on(today: date) -> Interval | None:
        if isinstance(span, Recurring):
            begun = [found for found in _around(span, today) if found.start <= today]
            found = begun[-1] if begun else None
        else:
            found = span.on(today)
            if found is not None and found.start > today:  # since Monday: the one gone by
                found = span.on(today - timedelta(days=7))
        if found is None or found.start > today:
            return found
        return Interval(found.start, today, found.approximate)

    return Relative(on)


def remaining(span: Span) -> Span:
    """The span is what is left of the other from today on."""

    def on(today: date) -> Interval | None:
        found = resolve(span, today)
        if found is None or found.end < today:
            return None
        return Interval(max(found.start, today), found.end, found.approximate)

    return Relative(on)


def shifted(span: Recurring, shift: int) -> Relative:
    """The span is this, the next or the last occurrence."""
    return Relative(lambda today: _occurrence(span, today, shift))


def in_year_of(span: Recurring, year: Span) -> Relative:
    """The span is its occurrence in the year the other one names."""

    def on(today: date) -> Interval | None:
        found = resolve(year, today)
        return None if found is None else next(iter(span.in_year(found.start.year)), None)

    return Relative(on)


def through(first: Span, last: Span) -> Span:
    """The span is from the first day of one to the last day of the other."""
    if isinstance(first, Recurring) and isinstance(last, Recurring):
        return _recurring_range(first, last)
    return Relative(lambda today: _range(first, last, today))


def _recurring_range(first: Recurring, last: Recurring) -> Recurring:
    def in_year(year: int) -> tuple[Interval, ...]:
        ends = (*last.in_year(year), *last.in_year(year + 1))
        hulls = (_hull(begin, end) for begin in first.in_year(year)[:1] for end in ends)
        return tuple(hull for hull in hulls if hull is not None)[:1]

    return Recurring(in_year)


def _range(first: Span, last: Span, today: date) -> Interval | None:
    end = resolve(last, today)
    if isinstance(first, Recurring) and end is not None:
        # The end has its year ("April to June 2027"): the beginning is the last one before it.
        begun = [found for found in _around(first, end.end) if found.start <= end.end]
        return _hull(begun[-1], end) if begun else None
    begin = resolve(first, today)
    if begin is None or end is None:
        return None
    return _hull(begin, end) or _hull(begin, resolve(last, begin.start) or end)


def _hull(first: Interval, last: Interval) -> Interval | None:
    if last.end < first.start or last.start < first.start:
        return None
    return Interval(first.start, last.end, first.approximate or last.approximate)
