"""What a word means where it stands: whether its neighbours leave it its meaning.

"May" and "mars" are months beside words of time only; "Herr Sonntag" is no day, nor "every Friday".
"""

from dataclasses import dataclass, field

from kpbot.model import Language
from kpbot.understand.dates_lexicon import Tags, key


@dataclass(slots=True)
class Item:
    """A word or phrase with everything it may mean; without tags it means nothing here."""

    word: str  # without marks, lower case
    tags: Tags = field(default_factory=dict)
    capital: bool = False
    is_word: bool = True  # false for punctuation

    @property
    def unknown(self) -> bool:
        """Whether it is a word or figure that does not speak of time."""
        return self.is_word and not self.tags


_NAMES_DAYS = frozenset({"month", "weekday", "season", "feast", "unit", "offset"})
_NAMES_TIME = frozenset({"month", "season", "day", "year", "between"})
_TIME_WORDS = frozenset(
    {"in", "from", "until", "since", "after", "before", "part", "between", "shift", "within"}
    | {"unit_month", "unit_year"}
)
_YEAR_WORDS = frozenset({"from", "to", "until", "since", "after", "before", "between", "and"})
_MONTH_WORDS = frozenset({"in", "part", "until", "from", "since", "shift"})
# Months and feasts that are given names too: with a capital word behind them they are one.
_GIVEN_NAMES = frozenset({"april", "may", "mai", "june", "august", "ramadan"})
# Verbs as well, if an unknown word follows: may, march, (ar) practised.
_VERBS = frozenset({"may", "march", "مارس"})
_MONTH_COMPANY = _TIME_WORDS | {"of", "about"}
# "In summer school" is not in summer.
_AFTER_SEASON = frozenset({"school", "holidays", "vacation", "camp", "break", "service"})
# 2000 is an amount more often than a year.
_LIKELY_YEARS = range(2010, 2061)
_TODAY = key("اليوم")


def tags_here(items: list[Item], position: int, language: Language) -> Tags:
    """The tags are those the item keeps beside its neighbours."""
    item = items[position]
    if not _NAMES_DAYS.isdisjoint(item.tags) and _is_name_or_habit(items, position):
        return {}
    if {"month", "day"} & item.tags.keys() and _in_address(items, position):
        return {}
    if "weekday_short" in item.tags or "month_short" in item.tags:
        return _short_form(items, position, language)
    if "weak" in item.tags:
        return item.tags if _in_context(items, position) else {}
    if language == "ar" and item.word == _TODAY and _is_described(items, position):
        return {}
    if "year" in item.tags and "numeric" not in item.tags and _is_year(items, position):
        return {**item.tags, "bare_year": item.tags["year"]}
    return item.tags


def _is_name_or_habit(items: list[Item], position: int) -> bool:
    """Whether it is Mrs May, August Meier or every Friday."""
    previous = items[position - 1].tags if position else {}
    if "title" in previous or "every" in previous:
        return True
    if "weekday" in items[position].tags and "plural" in previous:
        return True
    if position > 1 and "on" in previous and "every" in items[position - 2].tags:
        return True
    following = _next(items, position)
    named = items[position].word in _GIVEN_NAMES and following is not None
    if not named or following is None or not (following.unknown and following.capital):
        return False
    return items[position].capital and _TIME_WORDS.isdisjoint(
        {*_before(items, position), *previous}
    )


def _in_address(items: list[Item], position: int) -> bool:
    """Whether it is the rue du 20 mars or the Straße des 17. Juni."""
    for item in reversed(items[max(0, position - 3) : position]):
        if "address" in item.tags:
            return True
        linking = "of" in item.tags and not {"on", "article"} <= item.tags.keys()
        if not linking and "day" not in item.tags and not item.word[:1].isdigit():
            return False
    return False


def _is_described(items: list[Item], position: int) -> bool:
    """Whether an adjective with its article follows: "the study day" is not today."""
    following = _next(items, position)
    return following is not None and following.unknown and following.word.startswith("ال")


def _is_year(items: list[Item], position: int) -> bool:
    """Whether the number is a year without any month: in 2028, until 2028, or nothing else."""
    if items[position].tags["year"] not in _LIKELY_YEARS:
        return False
    before = _before(items, position)
    if {"in", "part"} & before or _alone(items, position):
        return True
    following = _next(items, position)
    counted = following is not None and following.unknown
    return not counted and not _YEAR_WORDS.isdisjoint(before)


def _short_form(items: list[Item], position: int, language: Language) -> Tags:
    """The tags of an abbreviation: with those of the name where a date or "on" is beside it."""
    item = items[position]
    before, following = _before(items, position), _next_tags(items, position)
    kept = {
        tag: value
        for tag, value in item.tags.items()
        if tag not in {"month_short", "weekday_short"}
    }
    if "month_short" in item.tags:
        near = {"day", "ordinal"} & before or {"year", "day"} & following
        # French "sept" is seven more often than September.
        inside = not _MONTH_WORDS.isdisjoint(before) and "number" not in item.tags
        if near or inside or _alone(items, position):
            kept["month"] = item.tags["month_short"]
    if "weekday_short" in item.tags:
        # Arabic has no capitals, and "from one of" is no Sunday.
        said = {"on", "shift", "ordinal"} & before
        if (said and language == "ar") or (item.capital and (said or {"until", "from"} & before)):
            kept["weekday"] = item.tags["weekday_short"]
        elif {"day", "comma"} & following:
            kept["weekday_short"] = item.tags["weekday_short"]
    return kept


def _in_context(items: list[Item], position: int) -> bool:
    """Whether something beside a word of many meanings speaks of time."""
    before, following = _before(items, position), _next_tags(items, position)
    if _alone(items, position) or {"year", "shift"} & following:
        return True
    if {"to", "and"} & following and _names_time(items, position + 2):
        return True
    if {"to", "and"} & before and {"in", "at"}.isdisjoint(before):
        earlier = range(max(0, position - 4), position)
        return any(_names_time(items, other) for other in earlier)
    if "month" in items[position].tags:
        return _is_month(items, position)
    next_item = _next(items, position)
    if {"in", "part"} & before or ("at" in before and _after_article(items, position)):
        return next_item is None or next_item.word not in _AFTER_SEASON
    return not _TIME_WORDS.isdisjoint(before) and (next_item is None or not next_item.unknown)


def _is_month(items: list[Item], position: int) -> bool:
    """Whether it is the month: "in may" always, "this may be" never."""
    item, next_item = items[position], _next(items, position)
    before, following = _before(items, position), _next_tags(items, position)
    if {"in", "part"} & before:
        return True
    sure = item.capital or next_item is None or not next_item.unknown
    if "day" in before:
        return sure or item.word != "may"
    if "day" in following:
        return _is_month_before_day(items, position)
    return (sure or item.word not in _VERBS) and not _MONTH_COMPANY.isdisjoint(before)


def _is_month_before_day(items: list[Item], position: int) -> bool:
    """Whether it is "May 3" and not "may 3 people join"."""
    counted = _next(items, position + 1)
    if "on" in _before(items, position):
        return True
    return "ordinal" in items[position + 1].tags or counted is None or not counted.unknown


def _names_time(items: list[Item], position: int) -> bool:
    return position < len(items) and not _NAMES_TIME.isdisjoint(items[position].tags)


def _before(items: list[Item], position: int) -> set[str]:
    """The tags of what stands before the item, stepping over its article: in the spring."""
    for earlier in range(position - 1, max(-1, position - 4), -1):
        tags = items[earlier].tags
        article = "article" in tags and {"in", "from", "part"}.isdisjoint(tags)
        linked = _names_part(items, earlier - 1) and ("dash" in tags or "of" in tags)
        if not article and not linked:
            return set(tags)
    return set()


def _names_part(items: list[Item], position: int) -> bool:
    return position >= 0 and not {"part", "shift"}.isdisjoint(items[position].tags)


def _after_article(items: list[Item], position: int) -> bool:
    """Whether an article is before it: "à l'été" is in summer, "il à été" is a slip."""
    return position > 0 and "article" in items[position - 1].tags


def _next(items: list[Item], position: int) -> Item | None:
    return items[position + 1] if position + 1 < len(items) else None


def _next_tags(items: list[Item], position: int) -> set[str]:
    following = _next(items, position)
    return set(following.tags) if following else set()


def _alone(items: list[Item], position: int) -> bool:
    """Whether the text says nothing else."""
    return all(
        other is items[position] or not other.is_word or "article" in other.tags for other in items
    )
