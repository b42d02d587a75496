"""The shipped gazetteer, and the official German register an operator may put before it."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from kpbot.understand.places_index import Gazetteer, Place, PlaceRow, build_gazetteer
from kpbot.understand.places_keys import base_keys, name_keys, upper_keys
from kpbot.understand.places_words import TOWN, UNION, UPPER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LAND, _DISTRICT, _ASSOCIATION, _MUNICIPALITY = "10", "40", "50", "60"
_KINDS: Final = {
    _DISTRICT: ("district", UPPER),
    _ASSOCIATION: ("association", UNION),
    _MUNICIPALITY: ("municipality", TOWN),
}
_NO_ASSOCIATION: Final = frozenset({"51", "55", "56"})
"""Kinds of record 50 that stand for one municipality only."""
_CITY_DISTRICTS: Final = frozenset({"41", "42"})
"""Kinds of record 40 that are one city: it is already there as a municipality."""


def load_gazetteer(path: Path | None = None, german: Path | None = None) -> Gazetteer:
    """The gazetteer of a data file (the shipped one if none is named), read once.

    With `german`, a file written by `write_rows`, its rows stand for all German ones.
    """
    return _load(path, german)


@lru_cache(maxsize=4)
def _load(path: Path | None, german: Path | None) -> Gazetteer:
    data = _read(path)
    rows: Iterable[PlaceRow] = map(_row, data["rows"])
    if german is not None:
        others = [row for row in rows if row.place.country != "DE"]
        rows = chain(map(_row, _read(german)["rows"]), others)
    regions = {key: frozenset(names) for key, names in data["regions"].items()}
    return build_gazetteer(rows, regions, frozenset(data["elsewhere"]))


def _read(path: Path | None) -> dict[str, Any]:
    source = path if path is not None else files("kpbot.content").joinpath("data/places.json.gz")
    data: dict[str, Any] = json.loads(gzip.decompress(source.read_bytes()))
    return data


def _row(raw: list[Any]) -> PlaceRow:
    official, alias, base, bones = (tuple(keys.split("|")) if keys else () for keys in raw[7:])
    return PlaceRow(Place(*raw[:7]), official, alias, base, bones)


def write_rows(rows: Iterable[PlaceRow], path: Path) -> int:
    """Writes rows to a data file that `load_gazetteer` takes as `german`; returns how many."""
    raw = [
        [
            row.place.id, row.place.name, row.place.name_ar, row.place.country, row.place.region,
            row.place.kind, row.place.population,
            *("|".join(keys) for keys in (row.official, row.alias, row.base, row.skeleton)),
        ]
        for row in rows
    ]  # fmt: skip
    text = json.dumps({"rows": raw}, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return len(raw)


def import_gv100(file: IO[str]) -> Iterator[PlaceRow]:
    """The German places of a GV100AD file, with the aliases the shipped file knows for them.

    Records: 10 Land, 40 district, 50 association, 60 municipality; key from column 11, name from
    column 23, kind from column 123, inhabitants from column 140 (all counted from one).
    """
    aliases = _shipped_aliases()
    lands: dict[str, str] = {}
    cities: set[str] = set()
    for line in file:
        record, key, name = line[:2], line[10:18].strip(), line[22:72].strip()
        if record == _LAND:
            lands[key[:2]] = name
        elif record == _DISTRICT and line[122:124] in _CITY_DISTRICTS:
            cities.add(name.split(",")[0])
        elif record in _KINDS and not (record == _ASSOCIATION and line[122:124] in _NO_ASSOCIATION):
            kind, level = _KINDS[record]
            if record == _ASSOCIATION:
                key += line[18:22].strip()
            size = line[139:150].strip() if record == _MUNICIPALITY else ""
            place = Place(
                key,
                name.split(",")[0].strip(),
                "",
                "DE",
                lands.get(key[:2], ""),
                kind,
                int(size) if size.isdecimal() else 0,
            )
            yield _german_row(place, level, aliases.get(key, ()), cities)


def _german_row(place: Place, level: str, alias: tuple[str, ...], cities: set[str]) -> PlaceRow:
    """The row with its keys; a district named like a city is found only with its level said."""
    official = name_keys(place.name)
    base = base_keys(place.name)
    if level != TOWN:
        bare = place.name.removeprefix("Landkreis ").removeprefix("Kreis ")
        said = upper_keys(bare, level)
        official = said if bare in cities else [*said, *official, *name_keys(bare)]
        base = [] if bare in cities else base
    return PlaceRow(place, tuple(dict.fromkeys(official)), alias, tuple(base), ())


@lru_cache(maxsize=1)
def _shipped_aliases() -> dict[str, tuple[str, ...]]:
    rows = map(_row, _read(None)["rows"])
    return {row.place.id: row.alias for row in rows if row.alias and row.place.country == "DE"}
