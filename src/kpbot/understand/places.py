"""Recognises municipalities and districts of five countries by name; asks where it must."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kpbot.understand.places_index import Gazetteer, Place
from kpbot.understand.places_mention import Mention, cued_mentions, loose_mentions, read_mention
from kpbot.understand.places_search import Candidate, search_exact, search_near
from kpbot.understand.places_words import UNION, UPPER

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Gazetteer", "Place", "PlaceAnswer", "PlaceMatch", "find"]

_MOST_MATCHES: Final = 5
_MOST_LETTERS: Final = 400
_RIVAL_WITHIN: Final = 6.5
_SURE: Final = 90.0
_TIMES_LARGER: Final = 30
_SMALLEST_POPULATION: Final = 500  # a place of unknown size counts as this large
_LARGE_ENOUGH: Final = 100_000
_MUNICIPALITY: Final = "municipality"


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """One place that may be meant; 100 is an official name, below 90 a guess."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What a text names: one place, some to choose from, or none we know."""

    decision: Literal["found", "choices", "unknown"]
    matches: tuple[PlaceMatch, ...]
    """At most five, best first."""


_UNKNOWN: Final = PlaceAnswer("unknown", ())


def find(text: str, country: str | None, gazetteer: Gazetteer) -> PlaceAnswer:
    """The place a text names; `country` makes its places likelier and excludes none."""
    text = text[:_MOST_LETTERS]
    whole = read_mention(text, gazetteer)
    near: list[Candidate] = []
    if not whole.is_empty:
        exact = search_exact(whole, country, gazetteer)
        if _says_level_in_vain(whole, exact) and whole.may_be_misspelt:
            exact += search_near(whole, country, gazetteer)
        if exact:
            return _decide(exact, whole, country)
    for mention in cued_mentions(text, gazetteer):
        candidates = search_exact(mention, country, gazetteer)
        if candidates:
            return _decide(candidates, mention, country)
    if whole.may_be_misspelt:
        near = search_near(whole, country, gazetteer)
        if any(not one.is_guess for one in near):
            return _decide(near, whole, country)
    for mention in loose_mentions(text, gazetteer):
        candidates = search_exact(mention, country, gazetteer)
        if candidates:
            return _decide(candidates, mention, country)
    return _decide(near, whole, country)


def _says_level_in_vain(mention: Mention, candidates: Sequence[Candidate]) -> bool:
    """True when a district or association is said and only other places have that very name."""
    is_upper = mention.level in {UPPER, UNION}
    return is_upper and not any(candidate.is_level_said for candidate in candidates)


def _decide(candidates: Sequence[Candidate], mention: Mention, country: str | None) -> PlaceAnswer:
    """Found if one is sure and alone or far larger than its rivals; else some to choose from."""
    if not candidates:
        return _UNKNOWN
    best_score = max(candidate.score for candidate in candidates)
    rivals = [one for one in candidates if one.score >= best_score - _RIVAL_WITHIN]
    rivals.sort(key=_preference)
    others = [one for one in candidates if one.score < best_score - _RIVAL_WITHIN]
    others.sort(key=lambda one: (-one.score, *_preference(one)))
    best = rivals[0]
    sure = (
        best.score >= _SURE
        and not best.is_guess
        and not mention.is_doubtful
        and not _says_level_in_vain(mention, [best])
        and _fits(best, country, mention)
        and all(_is_far_larger(best, rival) for rival in rivals[1:])
    )
    matches = tuple(
        PlaceMatch(one.place, round(min(one.score, 100.0), 1))
        for one in [*rivals, *others][:_MOST_MATCHES]
    )
    return PlaceAnswer("found" if sure else "choices", matches)


def _preference(candidate: Candidate) -> tuple[bool, bool, int, float, str]:
    """Municipalities first, then the larger one; the id only so that the order never changes."""
    place = candidate.place
    return (
        candidate.is_other_country,
        place.kind != _MUNICIPALITY and not candidate.is_level_said,
        -place.population,
        -candidate.score,
        place.id,
    )


def _is_far_larger(best: Candidate, rival: Candidate) -> bool:
    if best.is_level_said and not rival.is_level_said:
        return True
    if rival.place.kind == "association" and best.place.kind == _MUNICIPALITY:
        return True
    if rival.place.kind != _MUNICIPALITY:
        return False
    floor = max(rival.place.population, _SMALLEST_POPULATION)
    return best.place.population >= _TIMES_LARGER * floor


def _fits(best: Candidate, country: str | None, mention: Mention) -> bool:
    """False for a small place of another country than the one expected or said."""
    expected = mention.country or country
    if expected is None or best.place.country == expected:
        return True
    return best.place.population >= _LARGE_ENOUGH
