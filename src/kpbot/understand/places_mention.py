"""What of a text may name a place: the name, and the level, country or region said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kpbot.understand.places_keys import compact, cued, is_arabic, spellings, split_cue, tokens
from kpbot.understand.places_words import (
    COMMON_WORDS,
    CONNECTORS,
    COUNTRY_WORDS,
    CUES,
    FILLERS,
    FIRST_NAMES,
    LAENDER,
    LEADS,
    NO_PLACES,
    ORDINARY_WORDS,
    SENTENCE_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpbot.understand.places_index import Gazetteer

_LONGEST_NAME: Final = 6
_LONGEST_MISSPELT: Final = 5
_SHORTEST_MENTION: Final = 4
_SHORTEST_BARE_MENTION: Final = 5
_LARGE: Final = 10_000
_SHORTEST_POSTCODE: Final = 4
_STRONG: Final = 98.0
_SENTENCE: Final = 2
_ARABIC_PREFIXES: Final = "بلوف"


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a text read as a name."""

    forms: tuple[tuple[str, ...], ...]
    """The words without cue, once for each spelling of umlauts."""
    level: str = ""
    country: str | None = None
    region: frozenset[str] = frozenset()
    """Names of the region said beside the name."""
    is_doubtful: bool = False
    """True when nothing around the name says that it is a place."""
    may_be_misspelt: bool = False
    full: str = ""
    """Compact key of all words, cue included."""

    @property
    def is_empty(self) -> bool:
        """True when no word is left for a name, or the words are known to be no place."""
        return not self.forms or not any(self.forms)

    @property
    def keys(self) -> tuple[str, ...]:
        """The compact key of each form."""
        return tuple(dict.fromkeys(compact(list(form)) for form in self.forms))


_NOTHING: Final = Mention(())


def read_mention(text: str, gazetteer: Gazetteer) -> Mention:
    """The whole text as one name, with its cue, country, region and polite words taken off."""
    forms = [_without_postcode(tokens(spelling)) for spelling in spellings(text)]
    words = forms[0]
    full = compact(words)
    if not full or full.isdecimal() or full in NO_PLACES:
        return _NOTHING
    level, rest = split_cue(words)
    if full in gazetteer.exact or (level and cued(level, rest) in gazetteer.exact):
        return _mention(forms, full, gazetteer)
    country, region, stripped = _strip(forms, gazetteer)
    if not any(stripped) or compact(stripped[0]) in NO_PLACES:
        return _NOTHING
    return replace(
        _mention(stripped, full, gazetteer),
        country=country,
        region=region,
        may_be_misspelt=_may_be_misspelt(words, stripped[0], gazetteer),
    )


def _strip(
    forms: list[list[str]], gazetteer: Gazetteer
) -> tuple[str | None, frozenset[str], list[list[str]]]:
    """The country and region said, and the forms without them and without polite words."""
    country, region = None, frozenset[str]()
    stripped = []
    for form in map(_without_fillers, forms):
        country, rest = _take_country(form)
        region, rest = _take_region(rest, gazetteer)
        stripped.append(rest)
    return country, region, stripped


def _mention(forms: list[list[str]], full: str, gazetteer: Gazetteer) -> Mention:
    """The forms split into cue and name; doubtful if a large city elsewhere has the same name."""
    parts = [split_cue(form) for form in forms]
    level = parts[0][0]
    names = tuple(tuple(rest) for _, rest in parts if rest)
    is_elsewhere = any(compact(list(name)) in gazetteer.elsewhere for name in names)
    return Mention(names, level, is_doubtful=is_elsewhere and not level, full=full)


def _without_postcode(words: list[str]) -> list[str]:
    named = [word for word in words if not (word.isdecimal() and len(word) >= _SHORTEST_POSTCODE)]
    return named or words


def _without_fillers(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while start < end and words[start] in FILLERS:
        start += 1
    while end > start and words[end - 1] in FILLERS:
        end -= 1
    return words[start:end]


def _take_country(words: list[str]) -> tuple[str | None, list[str]]:
    """The country named by the last or first word, and the other words."""
    if len(words) > 1:
        if words[-1] in COUNTRY_WORDS:
            return COUNTRY_WORDS[words[-1]], words[:-1]
        if words[0] in COUNTRY_WORDS:
            return COUNTRY_WORDS[words[0]], words[1:]
    return None, words


def _take_region(words: list[str], gazetteer: Gazetteer) -> tuple[frozenset[str], list[str]]:
    """The region named by the last one to three words, if the words before it are a known name."""
    for length in (3, 2, 1):
        if len(words) <= length:
            continue
        key = compact([word for word in words[-length:] if word not in CUES])
        names = gazetteer.regions.get(LAENDER.get(key, key))
        rest = words[:-length]
        if names and _is_known(split_cue(rest)[1], gazetteer):
            return names, rest
    return frozenset(), words


def _is_known(words: list[str], gazetteer: Gazetteer) -> bool:
    return bool(words) and compact(words) in gazetteer.exact


def _may_be_misspelt(words: list[str], rest: list[str], gazetteer: Gazetteer) -> bool:
    """False for sentences, persons and large cities elsewhere: nothing like them is a place."""
    key = compact(split_cue(rest)[1])
    if (
        len(rest) > _LONGEST_MISSPELT
        or key in gazetteer.elsewhere
        or key in NO_PLACES | ORDINARY_WORDS
    ):
        return False
    if key in LAENDER:
        return False
    if sum(word in SENTENCE_WORDS for word in words) >= _SENTENCE:
        return False
    if any(word in ORDINARY_WORDS for word in rest):
        return False
    return not _is_person(words)


def _is_person(words: list[str]) -> bool:
    """True for a text of a few words without cue that starts with a first name or a title."""
    if any(word in CUES for word in words) or len(words) > _LONGEST_MISSPELT:
        return False
    return any(word in FIRST_NAMES for word in words[:2])


def cued_mentions(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Known names inside a longer text that stand beside a cue, longer ones before shorter ones."""
    forms = [tokens(spelling) for spelling in spellings(text)]
    for reader in (_after_cue, _before_cue):
        for words in forms:
            yield from reader(words, gazetteer)


def loose_mentions(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Known names inside a longer text after "from" and its like, then those of larger places."""
    forms = [tokens(spelling) for spelling in spellings(text)]
    if _is_person(forms[0]):
        return
    capitalised = _capitalised(text, len(forms[0]))
    for words in forms:
        yield from _after_lead(words, gazetteer)
    for words in forms:
        yield from _bare(words, capitalised, gazetteer)


def _windows(words: list[str], start: int) -> Iterator[list[str]]:
    for end in range(min(len(words), start + _LONGEST_NAME), start, -1):
        yield words[start:end]


def _known_window(words: list[str], start: int, gazetteer: Gazetteer) -> list[str] | None:
    """The longest exact name that starts at this word and is longer than three letters."""
    if start >= len(words) or words[start] in CONNECTORS or words[start] in COUNTRY_WORDS:
        return None
    for window in _windows(words, start):
        key = compact(window)
        if window[-1] in CONNECTORS or len(key) < _SHORTEST_MENTION or key in NO_PLACES:
            continue
        if key in gazetteer.exact and key not in gazetteer.elsewhere:
            return window
    return None


def _after_cue(words: list[str], gazetteer: Gazetteer) -> Iterator[Mention]:
    for position, word in enumerate(words):
        if word not in CUES:
            continue
        start = position + 1
        while start < len(words) and words[start] in (CONNECTORS | CUES.keys()):
            start += 1
        window = _known_window(words, start, gazetteer)
        if window:
            level = CUES[words[start - 1]] if words[start - 1] in CUES else CUES[word]
            yield Mention((tuple(window),), level, full=compact(window))


def _before_cue(words: list[str], gazetteer: Gazetteer) -> Iterator[Mention]:
    """ "Sohag Governorate", "Sfax municipality", "Sinaï province"."""
    for position, word in enumerate(words):
        if word not in CUES:
            continue
        for start in range(max(0, position - _LONGEST_NAME), position):
            window = words[start:position]
            key = compact(window)
            if window[0] in CONNECTORS or len(key) < _SHORTEST_MENTION or key in COMMON_WORDS:
                continue
            if key in gazetteer.exact and key not in NO_PLACES:
                yield Mention((tuple(window),), CUES[word], full=key)


def _after_lead(words: list[str], gazetteer: Gazetteer) -> Iterator[Mention]:
    for position, word in enumerate(words):
        if word not in LEADS:
            continue
        window = _known_window(words, position + 1, gazetteer)
        if window and compact(window) not in COMMON_WORDS | FIRST_NAMES | SENTENCE_WORDS:
            yield Mention(
                (tuple(window),), is_doubtful=len(words) > _LONGEST_NAME, full=compact(window)
            )


def _capitalised(text: str, count: int) -> list[bool]:
    """For each token, whether it may be a name by its first letter; Arabic letters always may."""
    flags = [
        not part[0].islower() for part in "".join(c if c.isalnum() else " " for c in text).split()
    ]
    return flags if len(flags) == count else [True] * count


def _bare(words: list[str], capitalised: list[bool], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Names of larger places that stand in a text without any cue; always to be confirmed."""
    for position, word in enumerate(words):
        if (
            not capitalised[position]
            or word in COMMON_WORDS | FIRST_NAMES | SENTENCE_WORDS | FILLERS
        ):
            continue
        window = _known_window(words, position, gazetteer)
        if not window and is_arabic(word) and word[0] in _ARABIC_PREFIXES:
            window = _known_window([word[1:]], 0, gazetteer)
        if not window or len(compact(window)) < _SHORTEST_BARE_MENTION:
            continue
        if compact(window) in COMMON_WORDS | ORDINARY_WORDS:
            continue
        largest = max(
            (
                gazetteer.places[place].population
                for place, score in gazetteer.exact[compact(window)]
                if score >= _STRONG
            ),
            default=0,
        )
        if largest >= _LARGE:
            yield Mention((tuple(window),), is_doubtful=True, full=compact(window))
