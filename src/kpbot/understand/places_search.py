"""Candidates for a mention: by exact key, by abbreviation, by likeness; each with its score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpbot.understand.places_index import BASE, FUZZY_CUT_OFF
from kpbot.understand.places_keys import compact, is_arabic, skeleton, tokens
from kpbot.understand.places_words import CONNECTORS, TOWN, UNION, UPPER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpbot.understand.places_index import Gazetteer, Place
    from kpbot.understand.places_mention import Mention

_LEVEL_OF: Final = {"municipality": TOWN, "association": UNION}
_LEVEL_RIGHT, _LEVEL_WRONG = 10.0, -12.0
_COUNTRY_RIGHT, _COUNTRY_WRONG = 8.0, -6.0
_REGION_RIGHT, _REGION_WRONG = 10.0, -15.0
_ASSOCIATION_UNSAID: Final = -5.0
_ABBREVIATED: Final = 96.0
_LONGEST_ABBREVIATION: Final = 5
_SKELETON_EXPECTED, _SKELETON_ANYWHERE, _SKELETON_SHORT = 57.0, 66.0, 74.0
"""Ratio from which equal consonants count: in the country expected, elsewhere, for two only."""
_FEW_CONSONANTS: Final = 4  # with the "~"
_SKELETON_SHARE: Final = 0.25
_UNREGISTERED: Final = ("geonames:", "eg:egydata")
_WELL_KNOWN, _LENIENCE = 50_000, 3.0
"""A large city is likelier to be meant, so it may be spelt worse."""
_KNOWN_ELSEWHERE: Final = 10_000
_NEARLY_EXACT: Final = 95.0
_ENOUGH_NEAR: Final = 12
_ACCEPTED: Final = ((7, 82.0), (5, 86.0), (0, 95.0))
"""Letters of the key, and the ratio from which a likeness is taken at that length."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place with its score for one mention."""

    place: Place
    score: float
    is_guess: bool = False
    """Found by likeness only."""
    is_level_said: bool = False
    is_other_country: bool = False


def search_exact(mention: Mention, country: str | None, gazetteer: Gazetteer) -> list[Candidate]:
    """Places one of whose keys is the mention, or whose name it abbreviates."""
    found: dict[int, float] = {}
    for key in _exact_keys(mention):
        for position, score in gazetteer.exact.get(key, ()):
            found[position] = max(score, found.get(position, 0.0))
    if not found:
        found = _abbreviated(mention, gazetteer)
    if not mention.level and not gazetteer.elsewhere.isdisjoint(mention.keys):
        found = _in_spite_of_elsewhere(found, country, gazetteer)
    return _scored(found, mention, country, gazetteer)


def _in_spite_of_elsewhere(
    found: dict[int, float], country: str | None, gazetteer: Gazetteer
) -> dict[int, float]:
    """What a name shared with a large city elsewhere may still mean: a registered name."""
    return {
        position: worth
        for position, worth in found.items()
        if (place := gazetteer.places[position]) and _is_registered(place) and worth >= BASE
        and (place.country == country or place.population >= _KNOWN_ELSEWHERE)
    }  # fmt: skip


def _is_registered(place: Place) -> bool:
    return not place.id.startswith(_UNREGISTERED)


def _exact_keys(mention: Mention) -> Iterable[str]:
    if mention.level:
        yield mention.full
        for key in mention.keys:
            yield f"@{mention.level}:{key}"
    yield from mention.keys


def _abbreviated(mention: Mention, gazetteer: Gazetteer) -> dict[int, float]:
    """Places whose further words the mention's further words shorten: "Rothenburg o.d.T."."""
    found: dict[int, float] = {}
    for form in mention.forms:
        words = [word for word in form if word not in CONNECTORS]
        for cut in range(1, len(words)):
            for position, _ in gazetteer.exact.get(compact(words[:cut]), ()):
                rest = [w for w in tokens(gazetteer.places[position].name) if w not in CONNECTORS]
                if _shortens(words[cut:], rest[cut:]):
                    found[position] = _ABBREVIATED
    return found


def _shortens(short: list[str], full: list[str]) -> bool:
    """True when each short word starts like its full one and has its letters in the same order."""
    if not short or len(short) != len(full):
        return False
    return all(
        len(one) <= _LONGEST_ABBREVIATION and one[0] == other[0] and _in_order(one, other)
        for one, other in zip(short, full, strict=True)
    )


def _in_order(short: str, full: str) -> bool:
    letters = iter(full)
    return all(letter in letters for letter in short)


def search_near(mention: Mention, country: str | None, gazetteer: Gazetteer) -> list[Candidate]:
    """Places whose key is like the mention; all are guesses."""
    found: dict[int, float] = {}
    for key, form in zip(mention.keys, mention.forms, strict=False):
        wanted = next(least for letters, least in _ACCEPTED if len(key) >= letters)
        _add_skeletons(found, " ".join(form), country, gazetteer)
        for name, ratio in _near(key, mention.level, gazetteer):
            for position, worth in gazetteer.exact[name]:
                if ratio < wanted - _lenience(gazetteer.places[position]):
                    continue
                score = ratio - (100.0 - worth) / 2
                found[position] = max(score, found.get(position, 0.0))
    scored = _scored(found, mention, country, gazetteer)
    return [
        Candidate(
            one.place,
            one.score,
            is_guess=found_score < _NEARLY_EXACT,
            is_level_said=one.is_level_said,
            is_other_country=False,
        )
        for one, found_score in zip(scored, found.values(), strict=True)
    ]


def _lenience(place: Place) -> float:
    return _LENIENCE if place.population >= _WELL_KNOWN else 0.0


def _near(key: str, level: str, gazetteer: Gazetteer) -> list[tuple[str, float]]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - heavy, and most look-ups are exact

    pool = gazetteer.arabic if is_arabic(key) else gazetteer.latin
    queries = [f"@{level}:{key}", key] if level in {UPPER, UNION} else [key]
    hits: list[tuple[str, float]] = []
    for query in queries:
        for name, ratio, _ in process.extract(
            query,
            pool.near(len(query)),
            scorer=fuzz.ratio,
            processor=None,
            score_cutoff=FUZZY_CUT_OFF,
            limit=_ENOUGH_NEAR,
        ):
            if name.startswith("@") == query.startswith("@"):
                hits.append((name, ratio))
    return hits


def _add_skeletons(
    found: dict[int, float], text: str, country: str | None, gazetteer: Gazetteer
) -> None:
    """Adds Maghrebi and Egyptian places with the same consonants, if their names are also alike."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - heavy, and most look-ups are exact

    bones = skeleton(text)
    key = compact(text.split())
    for position, worth in gazetteer.exact.get(bones, ()):
        place = gazetteer.places[position]
        name = place.name_ar if is_arabic(key) else place.name
        ratio = fuzz.ratio(key, compact(tokens(name)))
        wanted = _SKELETON_EXPECTED if place.country == country else _SKELETON_ANYWHERE
        if len(bones) < _FEW_CONSONANTS:
            wanted = _SKELETON_SHORT
        if ratio >= wanted:
            found[position] = max(worth + _SKELETON_SHARE * ratio, found.get(position, 0.0))


def _scored(
    found: dict[int, float], mention: Mention, country: str | None, gazetteer: Gazetteer
) -> list[Candidate]:
    return [
        _score(gazetteer.places[position], worth, mention, country)
        for position, worth in found.items()
    ]


def _score(place: Place, worth: float, mention: Mention, country: str | None) -> Candidate:
    """The worth of the key, moved by the level, the country and the region said or expected."""
    level = _LEVEL_OF.get(place.kind, UPPER)
    expected = mention.country or country
    score = worth
    if mention.level:
        score += _LEVEL_RIGHT if level == mention.level else _LEVEL_WRONG
    elif level == UNION:
        score += _ASSOCIATION_UNSAID
    if expected:
        score += _COUNTRY_RIGHT if place.country == expected else _COUNTRY_WRONG
    if mention.region:
        score += _REGION_RIGHT if place.region in mention.region else _REGION_WRONG
    return Candidate(
        place,
        score,
        is_level_said=bool(mention.level) and level == mention.level,
        is_other_country=bool(expected) and place.country != expected,
    )
