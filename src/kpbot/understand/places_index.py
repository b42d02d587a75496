"""The gazetteer: places and the immutable tables in which `places.find` looks them up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpbot.understand.places_keys import is_arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OFFICIAL: Final = 100.0
ALIAS: Final = 98.0
BASE: Final = 97.0
SKELETON: Final = 70.0
FUZZY_CUT_OFF: Final = 78.0
_LENGTHS_APART: Final = 0.64  # a ratio of 78 cannot be reached beyond this quotient of lengths
_SHORTEST_FUZZY: Final = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, district or other body as its country's register writes it."""

    id: str
    """Official key where there is one; else the source's, prefixed with its name."""
    name: str
    """In Latin script."""
    name_ar: str
    """In Arabic script, "" where unknown."""
    country: str
    """DE, EG, DZ, MA or TN."""
    region: str
    """Land, governorate, wilaya or région."""
    kind: str
    """municipality, district, governorate, wilaya, province, region or association."""
    population: int
    """0 where unknown."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with the keys made for it when the data was built."""

    place: Place
    official: tuple[str, ...]
    """Keys of the official names."""
    alias: tuple[str, ...]
    """Keys of other names: exonyms, older and colloquial forms."""
    base: tuple[str, ...]
    """Weaker keys: the part of a name before its addition."""
    skeleton: tuple[str, ...]
    """Consonants only, "~" first."""


@dataclass(frozen=True, slots=True)
class KeyPool:
    """Unique keys of one script, shortest first: a spelling is compared with a slice of them."""

    keys: tuple[str, ...]
    lengths: tuple[int, ...]

    def near(self, length: int) -> tuple[str, ...]:
        """The keys whose length leaves a ratio of `FUZZY_CUT_OFF` possible."""
        start = bisect_left(self.lengths, int(length * _LENGTHS_APART))
        end = bisect_right(self.lengths, int(length / _LENGTHS_APART))
        return self.keys[start:end]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Built once with `build_gazetteer`; nothing in it changes afterwards."""

    places: tuple[Place, ...]
    exact: Mapping[str, tuple[tuple[int, float], ...]]
    """Key → positions in `places`, each with what this key is worth."""
    latin: KeyPool
    arabic: KeyPool
    regions: Mapping[str, frozenset[str]]
    """Compact key of a region → its names as places carry them."""
    elsewhere: frozenset[str]
    """Compact keys of large cities outside the five countries."""


def _pool(keys: Iterable[str]) -> KeyPool:
    ordered = tuple(sorted(keys, key=lambda key: (len(key), key)))
    return KeyPool(ordered, tuple(map(len, ordered)))


def build_gazetteer(
    rows: Iterable[PlaceRow], regions: Mapping[str, frozenset[str]], elsewhere: frozenset[str]
) -> Gazetteer:
    """All tables for these rows; the first, strongest use of a key by a place counts."""
    places: list[Place] = []
    exact: dict[str, tuple[tuple[int, float], ...]] = {}
    for position, row in enumerate(rows):
        places.append(row.place)
        worth: dict[str, float] = {}
        for keys, score in (
            (row.official, OFFICIAL),
            (row.alias, ALIAS),
            (row.base, BASE),
            (row.skeleton, SKELETON),
        ):
            for key in keys:
                worth.setdefault(key, score)
        for key, score in worth.items():
            exact[key] = (*exact.get(key, ()), (position, score))
    plain = [key for key in exact if key[0] != "~" and len(key) >= _SHORTEST_FUZZY]
    arabic = {key for key in plain if is_arabic(key)}
    return Gazetteer(
        tuple(places),
        exact,
        _pool(key for key in plain if key not in arabic),
        _pool(arabic),
        regions,
        elsewhere,
    )
