"""The rules: which tags in a row name which days. One table for all four languages."""

from collections.abc import Callable
from dataclasses import dataclass

from kpbot.understand import dates_builders as builders
from kpbot.understand.dates_calendar import Part
from kpbot.understand.dates_context import Item
from kpbot.understand.dates_spans import Span, feast_days, next_day_of_month

Build = Callable[..., Span | None]
# "The 3rd floor", "10-12 o'clock", "12 weeks": a number before these is no day of a month.
_CONTINUES = frozenset({"of", "unit", "number", "month", "ordinal", "amount"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Items with these tags, in this order, build a span, or None where the values do not fit."""

    # In capitals: the value goes to `build`. "a|b": either tag. "?": may be absent (then None).
    # "$": no word that belongs to the item before may follow; "-": no range. Articles and "of"
    # are passed over.
    elements: tuple[tuple[tuple[str, ...], bool, bool], ...]  # tags, captured, optional
    build: Build


def rule(pattern: str, build: Build) -> Rule:
    """The pattern is taken apart once."""
    elements = []
    for element in pattern.split():
        name = element.removesuffix("?")
        elements.append((tuple(name.lower().split("|")), name.isupper(), name != element))
    return Rule(tuple(elements), build)


def match(wanted: Rule, found: list[Item], start: int) -> tuple[Span, int] | None:
    """The span is what the rule builds from the items at start, with the position after them."""
    values: list[int | None] = []
    position = start
    for tags, captured, optional in wanted.elements:
        if tags[0] in _AHEAD:
            if not _AHEAD[tags[0]](found, position):
                return None
            continue
        here = position if position == start else _over_links(found, position, tags)
        tag = _first_tag(found, here, tags)
        if tag is None and not optional:
            return None
        if captured:
            values.append(None if tag is None else found[here].tags[tag])
        if tag is not None:
            position = here + 1
    span = wanted.build(*values)
    return None if span is None else (span, position)


def _first_tag(found: list[Item], position: int, tags: tuple[str, ...]) -> str | None:
    if position >= len(found):
        return None
    present = found[position].tags
    return next((tag for tag in tags if tag in present), None)


def _over_links(found: list[Item], position: int, tags: tuple[str, ...]) -> int:
    while (
        position < len(found)
        and "of" in found[position].tags
        and not any(tag in found[position].tags for tag in tags)
    ):
        position += 1
    return position


def _ends(found: list[Item], position: int) -> bool:
    if position >= len(found):
        return True
    item = found[position]
    return not item.unknown and _CONTINUES.isdisjoint(item.tags)


def _is_single(found: list[Item], position: int) -> bool:
    return position >= len(found) or "to" not in found[position].tags


# Elements that look ahead and take nothing.
_AHEAD: dict[str, Callable[[list[Item], int], bool]] = {"$": _ends, "-": _is_single}

RULES = (
    rule("impossible impossible", builders.impossible),
    # a day
    rule("weekday|weekday_short? comma? on? DAY unit_month? MONTH comma? YEAR?", builders.day),
    rule("weekday|weekday_short? comma? MONTH DAY comma? YEAR", builders.month_day),
    rule("weekday|weekday_short? comma? MONTH ORDINAL", builders.month_day),
    rule("weekday|weekday_short? comma? MONTH DAY $", builders.month_day),
    rule("DAY to|and on? DAY unit_month? MONTH comma? YEAR?", builders.day_range),
    rule("on weekday? comma? MONTH DAY", builders.month_day),
    rule("MONTH DAY to|and DAY comma? YEAR?", builders.month_day_range),
    rule("on DAY $ -", next_day_of_month),
    rule("weekday comma? DAY $ -", next_day_of_month),
    rule("on DAY to|and on? DAY $", builders.days_of_next_month),
    rule("from ORDINAL to|and on? ORDINAL $", builders.days_of_next_month),
    rule("DAY SHIFT unit_month", builders.day_of_month),
    rule("DAY unit_month SHIFT", builders.day_of_month),
    # a month and longer
    rule("unit_month? MONTH", builders.month),
    rule("month_number NUMBER $", builders.month),
    rule("unit_month? FEAST", feast_days),
    rule("SEASON", builders.season),
    rule("ORDINAL unit_quarter", builders.quarter),
    rule("unit_quarter ORDINAL", builders.quarter),
    rule("QUARTER_NAME", builders.quarter),
    rule("ORDINAL unit_half", builders.half_year),
    rule("unit_half ORDINAL", builders.half_year),
    rule("HALF_NAME", builders.half_year),
    rule("unit_year YEAR", builders.year),
    rule("BARE_YEAR", builders.year),
    # a piece of a month
    rule("ORDINAL unit_week in? unit_month? MONTH", builders.week_of_month),
    rule("unit_week ORDINAL in? unit_month? MONTH", builders.week_of_month),
    rule("ORDINAL WEEKDAY in? unit_month? MONTH", builders.weekday_of_month),
    rule("ORDINAL MONTH_WEEK", builders.week_of_month),
    rule("ORDINAL MONTH_HALF", builders.half_of_month),
    # this, next, last
    rule("SHIFT PLURAL", builders.coming_few),
    rule("SHIFT few PLURAL", builders.coming_few),
    rule("few SHIFT PLURAL", builders.coming_few),
    rule("ahead|after few UNIT", builders.ahead_few),
    rule("after PLURAL", builders.ahead_few),
    rule("PLURAL SHIFT", lambda unit, shift: builders.coming_few(shift, unit)),
    rule("PLURAL_AHEAD", lambda unit: builders.coming_few(1, unit)),
    rule("SHIFT UNIT", builders.unit),
    rule("UNIT SHIFT", builders.unit_shift),
    rule("UNIT after SHIFT", builders.unit_after_next),
    rule("YEAR_NOW", builders.this_year),
    rule("UNIT_START YEAR?", builders.part_of_unit(Part.EARLY)),
    rule("UNIT_MID YEAR?", builders.part_of_unit(Part.MID)),
    rule("UNIT_END YEAR?", builders.part_of_unit(Part.LATE)),
    rule("WEEKEND_NOW", builders.this_weekend),
    rule("in|on unit_weekend", builders.this_weekend),
    rule("week_number NUMBER comma? YEAR", builders.iso_week),
    rule("week_number NUMBER $", builders.iso_week),
    rule("week_number ORDINAL $", builders.iso_week),
    # weekdays
    rule("WEEKDAY", builders.weekday),
    rule("SHIFT WEEKDAY", builders.shifted_weekday),
    rule("WEEKDAY SHIFT", builders.weekday_shift),
    rule("WEEKDAY in? SHIFT unit_week", builders.weekday_in_week),
    rule("WEEKDAY in? unit_week SHIFT", builders.weekday_in_week),
    rule("SHIFT unit_week on? WEEKDAY", builders.week_weekday),
    rule("unit_week SHIFT on? WEEKDAY", builders.week_weekday),
    rule("WEEKDAY ahead NUMBER unit_week", builders.weekday_in_week),
    # counted from today
    rule("OFFSET", builders.offset),
    rule("offset ahead NUMBER UNIT", builders.ahead),
    rule("ahead|after NUMBER UNIT", builders.ahead),
    rule("ahead|after NUMBER to|and|comma NUMBER UNIT", builders.ahead_between),
    rule("ahead|after SINGLE", builders.one(builders.ahead)),
    rule("ahead|after DUAL", builders.two(builders.ahead)),
    rule("NUMBER UNIT from_now", builders.ahead),
    rule("ago NUMBER UNIT", builders.ago),
    rule("ago SINGLE", builders.one(builders.ago)),
    rule("ago DUAL", builders.two(builders.ago)),
    rule("NUMBER UNIT ago_after", builders.ago),
    rule("within NUMBER UNIT", builders.within),
    rule("within SINGLE", builders.one(builders.within)),
    rule("within DUAL", builders.two(builders.within)),
    rule("SHIFT NUMBER UNIT", builders.coming),
    rule("NUMBER SHIFT UNIT", lambda number, shift, unit: builders.coming(shift, number, unit)),
    rule("UNIT NUMBER SHIFT", lambda unit, number, shift: builders.coming(shift, number, unit)),
    rule("DUAL SHIFT", lambda unit, shift: builders.coming(shift, 2, unit)),
)
YEAR_RULES = (
    rule("unit_year YEAR", builders.year),
    rule("YEAR", builders.year),
    rule("SHIFT UNIT_YEAR", builders.unit),
    rule("UNIT_YEAR SHIFT", builders.unit_shift),
)
# After "the end of", "the month" is this one.
BARE_UNIT = rule("UNIT", builders.this_unit)
TODAY = builders.offset(0)
