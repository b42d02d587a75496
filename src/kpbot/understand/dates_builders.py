"""What the rules build: from the values of a few words to a span."""

from collections.abc import Callable
from datetime import date, timedelta

from kpbot.understand.dates_calendar import (
    Interval,
    Part,
    Unit,
    later,
    next_weekday,
    nth_week,
    nth_weekday,
    one_day,
    unit_around,
)
from kpbot.understand.dates_spans import (
    Recurring,
    Relative,
    Span,
    changed,
    days,
    fixed,
    narrowed,
    next_day_of_month,
    through,
    whole_months,
)

# "The next days, weeks, months" without a number: six days, four weeks, three months.
_A_FEW = {Unit.DAY: 6, Unit.WEEK: 4, Unit.MONTH: 3}


def impossible() -> Span:
    """A date no calendar has: the text names no day."""
    return fixed(None)


def _dated(span: Recurring, year: int | None) -> Span:
    return span if year is None else fixed(next(iter(span.in_year(year)), None))


def day(number: int, month: int, year: int | None) -> Span:
    """12 March, 12 March 2027."""
    return _dated(days(number, number, month), year)


def day_range(first: int, last: int, month: int, year: int | None) -> Span:
    """3 to 5 May."""
    return _dated(days(first, last, month), year)


def month_day(month: int, number: int, year: int | None = None) -> Span:
    """March 12."""
    return day(number, month, year)


def month_day_range(month: int, first: int, last: int, year: int | None) -> Span:
    """May 3 to 5."""
    return day_range(first, last, month, year)


def days_of_next_month(first: int, last: int) -> Span:
    """From the 3rd to the 5th."""
    return through(next_day_of_month(first), next_day_of_month(last))


def day_of_month(number: int, shift: int) -> Span:
    """The 5th of next month."""

    def on(today: date) -> Interval:
        return one_day(unit_around(today, Unit.MONTH, shift).start.replace(day=number))

    return Relative(on)


def month(number: int) -> Span | None:
    """May."""
    return whole_months(number, 1) if 1 <= number <= 12 else None


def season(first_month: int) -> Span:
    """Spring."""
    return whole_months(first_month, 3)


def quarter(number: int) -> Span | None:
    """The second quarter."""
    return whole_months(3 * number - 2, 3) if 1 <= number <= 4 else None


def half_year(number: int) -> Span | None:
    """The first half-year."""
    return whole_months(6 * number - 5, 6) if 1 <= number <= 2 else None


def year(number: int) -> Span | None:
    """2028."""
    return fixed(_whole_year(number)) if 1 <= number <= 9999 else None


def _whole_year(number: int) -> Interval:
    return Interval(date(number, 1, 1), date(number, 12, 31))


def week_of_month(number: int, month: int) -> Span | None:
    """The first week of May; -1 is the last one."""
    if not -1 <= number <= 5:
        return None
    return changed(whole_months(month, 1), lambda whole: nth_week(whole, number))


def weekday_of_month(number: int, weekday: int, month: int) -> Span | None:
    """The first Monday in May; -1 is the last one."""
    if not -1 <= number <= 4:
        return None
    return changed(whole_months(month, 1), lambda whole: nth_weekday(whole, number, weekday))


def half_of_month(number: int, month: int) -> Span | None:
    """The second half of May, in one word: die zweite Maihälfte."""
    parts = {1: Part.FIRST_HALF, 2: Part.SECOND_HALF}
    return narrowed(whole_months(month, 1), parts[number]) if number in parts else None


def iso_week(number: int, year: int | None = None) -> Span | None:
    """Calendar week 12."""
    if not 1 <= number <= 53:
        return None

    def in_year(wanted: int) -> tuple[Interval, ...]:
        try:
            monday = date.fromisocalendar(wanted, number, 1)
        except ValueError:
            return ()
        return (Interval(monday, monday + timedelta(days=6)),)

    return _dated(Recurring(in_year), year)


def unit(shift: int, wanted: int) -> Span:
    """This week, next month, last year."""
    return Relative(lambda today: unit_around(today, wanted, shift))


def this_unit(wanted: int) -> Span:
    """The month, in "the end of the month"."""
    return unit(0, wanted)


def unit_shift(wanted: int, shift: int) -> Span:
    """La semaine prochaine."""
    return unit(shift, wanted)


def unit_after_next(wanted: int, shift: int) -> Span | None:
    """The week after next."""
    return unit(2, wanted) if shift == 1 else None


def this_year(shift: int) -> Span:
    """Heuer."""
    return unit(shift, Unit.YEAR)


def this_weekend(shift: int = 0) -> Span:
    """At the weekend."""
    return unit(shift, Unit.WEEKEND)


def part_of_unit(part: Part) -> Callable[[int, int | None], Span]:
    """The rule's span is that part of this month or year: Monatsende, Jahresende 2027."""

    def build(wanted: int, number: int | None) -> Span:
        whole = unit(0, wanted) if number is None else fixed(_whole_year(number))
        return narrowed(whole, part)

    return build


def weekday(wanted: int) -> Span:
    """Friday: the first one after today."""
    return Relative(lambda today: one_day(next_weekday(today, wanted)))


def shifted_weekday(shift: int, wanted: int) -> Span:
    """This, next or last Friday; this may be today, next and last may not."""

    def on(today: date) -> Interval:
        # Counted from yesterday, today is the first; and a week before that one is the last.
        anchor = today if shift > 0 else today - timedelta(days=1)
        weeks = shift - 1 if shift > 0 else shift
        return one_day(next_weekday(anchor, wanted) + timedelta(days=7 * weeks))

    return Relative(on)


def weekday_shift(wanted: int, shift: int) -> Span:
    """Vendredi prochain."""
    return shifted_weekday(shift, wanted)


def weekday_in_week(wanted: int, weeks: int) -> Span:
    """Friday next week: the weekday in the calendar week so many weeks from now."""

    def on(today: date) -> Interval:
        monday = unit_around(today, Unit.WEEK, weeks).start
        return one_day(monday + timedelta(days=wanted))

    return Relative(on)


def week_weekday(weeks: int, wanted: int) -> Span:
    """Nächste Woche Freitag."""
    return weekday_in_week(wanted, weeks)


def offset(number: int) -> Span:
    """Today, tomorrow."""
    return ahead(number, Unit.DAY)


def ahead(number: int, counted: int) -> Span:
    """In two weeks: that one day."""
    return Relative(lambda today: one_day(later(today, number, counted)))


def ahead_between(fewest: int, most: int, counted: int) -> Span | None:
    """In two or three weeks."""
    if fewest > most:
        return None
    return Relative(
        lambda today: Interval(later(today, fewest, counted), later(today, most, counted))
    )


def ago(number: int, counted: int) -> Span:
    """Two weeks ago."""
    return ahead(-number, counted)


def within(number: int, counted: int) -> Span:
    """Within two weeks: from today to that day."""
    return Relative(lambda today: Interval(today, later(today, number, counted)))


def coming(shift: int, number: int, counted: int) -> Span | None:
    """The next two weeks, the last two weeks."""
    if shift < 0:
        return Relative(lambda today: Interval(later(today, -number, counted), today))
    return within(number, counted) if shift == 1 else None


def coming_few(shift: int, counted: int) -> Span | None:
    """The coming weeks."""
    return coming(shift, _A_FEW[Unit(counted)], counted)


def ahead_few(counted: int) -> Span | None:
    """In a few weeks: two to four."""
    if counted not in _A_FEW:
        return None
    most = _A_FEW[Unit(counted)]
    return Relative(lambda today: Interval(later(today, 2, counted), later(today, most, counted)))


def one(build: Callable[[int, int], Span]) -> Callable[[int], Span]:
    """The rule's span has the number one: بعد شهر."""
    return lambda counted: build(1, counted)


def two(build: Callable[[int, int], Span]) -> Callable[[int], Span]:
    """The rule's span has the number two, which Arabic says with the dual: بعد شهرين."""
    return lambda counted: build(2, counted)
