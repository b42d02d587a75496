"""What a place that the gazetteer knows tells besides its name: country, region, who writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kpbot.model import Expectation, Field, Part, Value
from kpbot.understand.answers_result import Vocabulary
from kpbot.understand.normalise import normalise
from kpbot.understand.places import PlaceAnswer
from kpbot.understand.places_index import Place
from kpbot.understand.places_keys import tokens
from kpbot.understand.places_words import CONNECTORS, COUNTRY_WORDS, CUES

FindPlace = Callable[[str, str | None], PlaceAnswer]
"""The place a text names; the country makes its places likelier."""


class Words(Protocol):
    """What the readers know that is needed here."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The bot's own words."""

    @property
    def greetings(self) -> Mapping[str, str]:
        """Normalised greetings."""

    @property
    def places(self) -> FindPlace:
        """The gazetteer."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The questions that a place answers besides the one for its name; empty: none."""

    country: str
    region: str = ""
    group: str = ""


BESIDE: Mapping[str, Beside] = {
    "municipality_name": Beside("country", "region", "group"),
    "partner_name": Beside("partner_country"),
}
GROUP_QUESTIONS = frozenset(beside.group for beside in BESIDE.values() if beside.group)
GROUPS: Mapping[str, str] = {
    "DE": "german_municipality",
    **dict.fromkeys(("EG", "DZ", "MA", "TN"), "north_african_municipality"),
}
"""Country of a place → who writes."""


def sure_place(name: str, answer: PlaceAnswer) -> Place | None:
    """The one place of exactly this name; None where more is said than a name."""
    if answer.decision != "found":
        return None
    place = answer.matches[0].place
    said = _bare(tokens(name))
    known = max(len(_bare(tokens(each))) for each in (place.name, place.name_ar or place.name))
    return place if 0 < len(said) <= max(known, 1) else None


def _bare(words: Iterable[str]) -> list[str]:
    dropped = CUES.keys() | CONNECTORS | COUNTRY_WORDS.keys()
    return [word for word in words if word not in dropped]


def place_beside(
    name: Value, field: Field, expected: Expectation, find: FindPlace, said: str | None = None
) -> list[Part]:
    """Country and region of a place the gazetteer knows, where these are open and nothing differs.

    `said` is the country that the same message names.
    """
    beside = BESIDE.get(field.id)
    if beside is None or field.type != "place" or not isinstance(name, str):
        return []
    open_ = {other.id: other for other in open_fields(expected)}
    known = {other.id: other.value for other in expected.answered}
    if beside.country not in open_ and beside.region not in open_:
        return []
    country = said or known.get(beside.country)
    hint = country if isinstance(country, str) and country in GROUPS else None
    place = sure_place(name, find(name, hint))
    if place is None or country not in {None, place.country} or _differs(place, beside, known):
        return []
    return list(_told(place, beside, open_, said))


def _told(
    place: Place, beside: Beside, open_: Mapping[str, Field], said: str | None
) -> Iterator[Part]:
    country = open_.get(beside.country)
    if country is not None and said is None and _has(country, place.country):
        yield Part(country.id, place.country, "")
    region = open_.get(beside.region)
    if region is not None and place.region:
        yield Part(region.id, place.region, "")


def _differs(place: Place, beside: Beside, known: Mapping[str, Value]) -> bool:
    """Whether the answer to who writes speaks of another country."""
    group = known.get(beside.group)
    return group in GROUPS.values() and group != GROUPS.get(place.country)


def group_of(typed: str, kind: str, field: Field, find: FindPlace, said: str | None) -> str | None:
    """Who writes: by the country of the body, or by a word that one country alone uses for it."""
    answer = find(typed, said)
    place = sure_place(typed, answer)
    spoken = {o.id for o in field.options if kind in map(normalise, o.cues)}
    told = {GROUPS[place.country]} if place is not None else spoken
    rivals = {said} if said else {match.place.country for match in answer.matches}
    if (rivals and place is None) or said is not None:
        told = told & {GROUPS.get(country, "") for country in rivals}
    group = next(iter(told)) if len(told) == 1 else None
    return group if group is not None and _has(field, group) else None


def open_fields(expected: Expectation) -> tuple[Field, ...]:
    """The waiting question and the others without an answer."""
    return (expected.field, *expected.open) if expected.field is not None else expected.open


def _has(field: Field, option: str) -> bool:
    return any(each.id == option for each in field.options)
