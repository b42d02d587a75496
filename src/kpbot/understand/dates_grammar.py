"""The grammar above the rules: ranges, before and after, the end of something, years, next.

Every function takes a position and returns what it found there with the position behind it.
"""

from collections.abc import Iterable

from kpbot.understand.dates_calendar import Part
from kpbot.understand.dates_context import Item
from kpbot.understand.dates_rules import BARE_UNIT, RULES, TODAY, YEAR_RULES, Rule, match
from kpbot.understand.dates_spans import (
    Recurring,
    Span,
    after,
    before,
    in_year_of,
    moved,
    narrowed,
    remaining,
    shifted,
    since,
    through,
    until,
    week_after,
    week_of,
)

Found = tuple[Span, int] | None
_LINKS = frozenset({"of", "article", "in", "on", "dash", "at"})
_LEADS = frozenset({"in", "on", "from", "within", "of", "article", "at"})


def first_span(items: list[Item]) -> Span | None:
    """The span is the first one the items name, and the longest that begins there."""
    for position, item in enumerate(items):
        if item.tags:
            found = _longest((_related(items, position), _led(items, position)))
            if found is not None:
                return found[0]
    return None


def _longest(candidates: Iterable[Found]) -> Found:
    found = [candidate for candidate in candidates if candidate is not None]
    return max(found, key=lambda candidate: candidate[1]) if found else None


def _over(items: list[Item], position: int, tags: frozenset[str]) -> int:
    while position < len(items) and not tags.isdisjoint(items[position].tags):
        position += 1
    return position


def _has(items: list[Item], position: int, *tags: str) -> bool:
    return position < len(items) and any(tag in items[position].tags for tag in tags)


def _related(items: list[Item], position: int) -> Found:
    """What stands after "before", "after", "until", "since" or "between"."""
    if _has(items, position, "between"):
        return _range(items, _over(items, position + 1, _LEADS), "and", "to")
    begin = _over(items, position + 1, _LEADS)
    found = _span(items, begin)
    if found is None:
        return None
    span, end = found
    if _has(items, position, "before"):
        # Before the end of May is until May is over.
        ending = items[begin].tags.get("part") == Part.LATE or "unit_end" in items[begin].tags
        return (until if ending else before)(span), end
    relations = (("after", after), ("until", until), ("since", since), ("remaining", remaining))
    for tag, relation in relations:
        if _has(items, position, tag):
            return relation(span), end
    return None


def _led(items: list[Item], position: int) -> Found:
    """A span or a range, with or without "in", "on", "from" or an article before it."""
    begin = _over(items, position, _LEADS)
    starts = sorted({position, begin})
    spans = [_span(items, start) for start in starts]
    # The first of the longest wins: "3 to 5 May" is two days of May before it is a range from 3.
    return _longest([*spans, *(_range(items, start, "to") for start in starts)])


def _range(items: list[Item], position: int, *links: str) -> Found:
    now = _has(items, position, "now")
    first = (TODAY, position + 1) if now else _span(items, position)
    if first is None or not _has(items, first[1], *links):
        return None
    last = _span(items, _over(items, first[1] + 1, _LEADS))
    return None if last is None else (through(first[0], last[0]), last[1])


def _span(items: list[Item], position: int) -> Found:
    """One span, or a time counted from one."""
    if position >= len(items):
        return None
    found = (_plain(items, position), _counted_from(items, position), _week_of(items, position))
    return _longest(found)


def _plain(items: list[Item], position: int) -> Found:
    """One span with all that narrows it: the end of, next, its year.

    Only this is looked for inside a part and behind a count, so that no text nests without end.
    """
    return _longest(
        (
            _in_its_year(items, _best(RULES, items, position)),
            _part(items, position),
            _shift_first(items, position),
            _year_first(items, position),
        )
    )


def _best(rules: Iterable[Rule], items: list[Item], position: int) -> Found:
    return _longest(match(rule, items, position) for rule in rules)


def _part(items: list[Item], position: int) -> Found:
    if not _has(items, position, "part"):
        return None
    begin = _over(items, position + 1, _LINKS)
    if _has(items, begin, "part"):  # "early or mid May" is heard as mid May
        return None
    whole = _longest((_plain(items, begin), match(BARE_UNIT, items, begin)))
    if whole is None:
        return None
    return narrowed(whole[0], items[position].tags["part"]), whole[1]


def _shift_first(items: list[Item], position: int) -> Found:
    """Next May, this spring, last Christmas."""
    if not _has(items, position, "shift"):
        return None
    found = _best(RULES, items, position + 1)
    if found is None or not isinstance(found[0], Recurring):
        return None
    return shifted(found[0], items[position].tags["shift"]), found[1]


def _in_its_year(items: list[Item], found: Found) -> Found:
    """The same, in the year that may follow; or its next or last occurrence."""
    if found is None:
        return None
    span, end = found
    if not isinstance(span, Recurring):
        return found
    year = _best(YEAR_RULES, items, _over(items, end, _LINKS | {"comma"}))
    if year is not None:
        return in_year_of(span, year[0]), year[1]
    if _has(items, end, "shift") and not _has(items, end + 1, "unit", "weekday"):
        return shifted(span, items[end].tags["shift"]), end + 1
    return found


def _year_first(items: list[Item], position: int) -> Found:
    """Next year in May."""
    year = _best(YEAR_RULES, items, position)
    if year is None:
        return None
    begin = _over(items, year[1], _LINKS)
    found = _longest((_best(RULES, items, begin), _part(items, begin)))
    if found is None or not isinstance(found[0], Recurring):
        return None
    return in_year_of(found[0], year[0]), found[1]


def _counted_from(items: list[Item], position: int) -> Found:
    """Two weeks after Easter, three days before Friday; Arabic says: after a week from Ramadan."""
    arabic = _has(items, position, "after", "before")
    counted = _amount(items, position + 1 if arabic else position)
    if counted is None:
        return None
    number, unit, end = counted
    relation = position if arabic else end
    if not _has(items, relation, "after", "before") or (arabic and not _has(items, end, "of")):
        return None
    found = _plain(items, _over(items, end + 1, _LEADS))
    if found is None:
        return None
    return moved(found[0], -number if _has(items, relation, "before") else number, unit), found[1]


def _amount(items: list[Item], position: int) -> tuple[int, int, int] | None:
    """The number, its unit and the position after them: two weeks, أسبوعين."""
    if _has(items, position, "number") and _has(items, position + 1, "unit"):
        return items[position].tags["number"], items[position + 1].tags["unit"], position + 2
    for tag, number in (("single", 1), ("dual", 2)):
        if _has(items, position, tag):
            return number, items[position].tags[tag], position + 1
    return None


def _week_of(items: list[Item], position: int) -> Found:
    """The week of 15 March, the week after Easter."""
    if not _has(items, position, "unit_week"):
        return None
    found = _plain(items, _over(items, position + 1, _LEADS | {"after"}))
    if found is None or found[1] == position + 1:
        return None
    link = position + 1
    if _has(items, link, "after"):
        return week_after(found[0]), found[1]
    # "A week from Ramadan" counts; only "the week of" names one.
    named = _has(items, link, "of", "on", "from") and "single" not in items[position].tags
    return (week_of(found[0]), found[1]) if named else None
