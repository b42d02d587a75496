"""Builds places.json.gz of kpbot.content from packages and curated files; see README.md."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src"), str(HERE)]

import sources  # noqa: E402 - beside this file

from kpbot.understand import places_keys as keys  # noqa: E402
from kpbot.understand.places_words import TOWN, UNION, UPPER  # noqa: E402

TARGET = ROOT / "src/kpbot/content/data/places.json.gz"
COUNTRIES = ("DE", "EG", "DZ", "MA", "TN")
LEVELS = {"municipality": TOWN, "association": UNION}
LEAST_POPULATION_FOR_ALIASES = {"DE": 20_000}
LEAST_ELSEWHERE, LEAST_ELSEWHERE_ALIASES, LEAST_ARABIC_ELSEWHERE = 100_000, 500_000, 1_000_000
LARGE = 20_000
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÝĀĂĄĆČĎĐÉĒĘĚĞĠĢĪĶĹĻĽŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŹŻŽḀ-Ỿ][\w .'’ʼ()/-]+")
_NOT_LATIN = re.compile(r"[^\u0000-\u024f\u1e00-\u1eff’ʼʻ]")
_ARABIC = re.compile(r"[\u0620-\u06d3 ()-]+")
_SHORTEST_ARABIC, _SHORTEST_PART = 3, 5


def useful(alias: str, shortest: int = 4) -> bool:
    """True for a name as people write it: Latin or Arabic letters, no code, no transliteration."""
    if _ARABIC.fullmatch(alias):
        return len(alias) >= _SHORTEST_ARABIC
    is_latin = _LATIN.fullmatch(alias) and not _NOT_LATIN.search(alias)
    return bool(is_latin) and len(alias) >= shortest and not alias.isupper()


def official_keys(draft: sources.Draft) -> list[str]:
    """Keys of the names in the register; a hidden place has only those that say its level."""
    level = LEVELS.get(draft.kind, UPPER)
    names = [name for name in (draft.name, draft.name_ar, *draft.names) if name]
    if level == TOWN:
        return [key for name in names for key in keys.name_keys(name)]
    made = [key for name in names for key in keys.upper_keys(name, level)]
    if not draft.hidden:
        made += [key for name in names for key in keys.name_keys(name)]
    return made


def alias_keys(draft: sources.Draft) -> list[str]:
    """Keys of the other names."""
    level = LEVELS.get(draft.kind, UPPER)
    made = []
    for alias in draft.aliases:
        if level != TOWN:
            made += keys.upper_keys(alias, level)
        if not draft.hidden:
            made += keys.name_keys(alias)
    for alias in draft.said_aliases:
        made += keys.upper_keys(alias, level)
    return made


def share_seats(drafts: list[sources.Draft]) -> None:
    """Gives a wilaya, province or governorate the other names of the town it is named after."""
    seats = {(draft.country, draft.region): draft for draft in drafts if draft.is_seat}
    for draft in drafts:
        seat = seats.get((draft.country, draft.region))
        if seat and draft.kind in {"wilaya", "province", "governorate"}:
            draft.said_aliases = [seat.name, *filter(None, [seat.name_ar]), *seat.aliases]


def add_parts(drafts: list[sources.Draft]) -> None:
    """Halves of German double names where no municipality is called so: "Garmisch"."""
    taken = {
        key
        for draft in drafts
        if draft.kind == "municipality"
        for key in (*keys.name_keys(draft.name), *keys.base_keys(draft.name))
    }
    for draft in drafts:
        if draft.country == "DE" and draft.kind == "municipality" and "-" in draft.name:
            halves = [part.strip() for part in draft.name.split("(")[0].split("-")]
            draft.parts = [
                half
                for half in halves
                if len(half) >= _SHORTEST_PART
                and half[0].isupper()
                and taken.isdisjoint(keys.name_keys(half))
            ]


def row_of(draft: sources.Draft) -> list[Any]:
    """The place and its keys as they stand in the data file."""
    official = list(dict.fromkeys(official_keys(draft)))
    alias = [key for key in dict.fromkeys(alias_keys(draft)) if key not in official]
    base: list[str] = []
    bones: list[str] = []
    if not draft.hidden:
        base = [key for name in (draft.name, *draft.names) for key in keys.base_keys(name)]
        base += [key for part in draft.parts for key in keys.name_keys(part)]
        base = [key for key in dict.fromkeys(base) if key not in official and key not in alias]
    if draft.country != "DE" and not draft.hidden:
        names = [name for name in (draft.name, draft.name_ar) if name]
        bones = list(dict.fromkeys(map(keys.skeleton, names)))
        bones = [bone for bone in bones if len(bone) > keys.SHORTEST_SKELETON]
    return [
        draft.id, draft.name, draft.name_ar, draft.country, draft.region, draft.kind,
        draft.population,
        "|".join(official), "|".join(alias), "|".join(base), "|".join(bones),
    ]  # fmt: skip


class Towns:
    """The municipalities by country and key, to which GeoNames' sizes and other names are added."""

    def __init__(self, drafts: list[sources.Draft]) -> None:
        self.full: dict[tuple[str, str], list[sources.Draft]] = defaultdict(list)
        self.base: dict[tuple[str, str], list[sources.Draft]] = defaultdict(list)
        for draft in drafts:
            if draft.kind != "municipality":
                continue
            names = [draft.name, draft.name_ar, *draft.names]
            if draft.country in {"TN", "EG"}:
                names += draft.aliases
            for key in {key for name in names if name for key in keys.name_keys(name)}:
                self.full[(draft.country, key)].append(draft)
            for key in keys.base_keys(draft.name):
                self.base[(draft.country, key)].append(draft)

    def match(self, city: dict[str, Any]) -> sources.Draft | None:
        """The municipality of this name, if only one can be meant."""
        names = [city["name"], *(name for name in city["alternatenames"] if useful(name))]
        for table, some in ((self.full, names[:1]), (self.base, names[:1]), (self.full, names[1:])):
            for name in some:
                found = self._one(table, name, city)
                if found:
                    return found
        return None

    def _one(self, table: Any, name: str, city: dict[str, Any]) -> sources.Draft | None:
        country = city["countrycode"]
        candidates = {
            id(d): d for key in keys.name_keys(name) for d in table.get((country, key), ())
        }
        drafts = list(candidates.values())
        if country == "DE":
            land = sources.GEONAMES_LAENDER[city["admin1code"]]
            drafts = [draft for draft in drafts if draft.id.startswith(land)]
        if len(drafts) > 1:
            drafts = [d for d in drafts if d.is_seat or (country == "DE" and d.id.endswith("000"))]
        return drafts[0] if len(drafts) == 1 else None


def add_geonames(drafts: list[sources.Draft], cities: list[dict[str, Any]]) -> list[sources.Draft]:
    """Adds sizes and other names; returns Tunisian and Egyptian places not among the drafts."""
    towns = Towns(drafts)
    regions: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    unknown = []
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        draft = towns.match(city)
        if draft is None:
            unknown.append(city)
            continue
        regions[(city["countrycode"], city["admin1code"])][draft.region] += 1
        if city["population"] < draft.population and draft.country == "EG":
            continue
        if draft.country != "MA":
            draft.population = max(draft.population, city["population"])
        if draft.population >= LEAST_POPULATION_FOR_ALIASES.get(draft.country, 0):
            draft.aliases += [
                name for name in (city["name"], *city["alternatenames"]) if useful(name)
            ]
    added = []
    for city in unknown:
        where = regions.get((city["countrycode"], city["admin1code"]))
        if city["countrycode"] in {"TN", "EG"} and where:
            added.append(_from_geonames(city, where.most_common(1)[0][0]))
    return added


def _from_geonames(city: dict[str, Any], region: str) -> sources.Draft:
    aliases = [name for name in city["alternatenames"] if useful(name)]
    arabic = [name for name in aliases if _ARABIC.fullmatch(name)]
    return sources.Draft(
        f"geonames:{city['geonameid']}", city["name"], city["countrycode"], region, "municipality",
        arabic[0] if arabic else "", city["population"], aliases,
    )  # fmt: skip


def all_keys(draft: sources.Draft) -> set[str]:
    """Keys of every name a draft has so far."""
    names = (draft.name, *draft.names, *draft.aliases)
    return {key for name in names for key in keys.name_keys(name)}


def add_curated(drafts: list[sources.Draft]) -> None:
    """The names of aliases.tsv on the largest municipality of each name, which must exist."""
    for row in sources.curated("aliases.tsv"):
        wanted = set(keys.name_keys(row["name"].split(",")[0]))
        fitting = [
            draft
            for draft in drafts
            if draft.country == row["country"] and draft.kind == "municipality"
            and not wanted.isdisjoint(all_keys(draft))
        ]  # fmt: skip
        if not fitting:
            sys.stderr.write(f"no such place: {row['country']} {row['name']}\n")
            continue
        best = max(fitting, key=lambda draft: (draft.is_seat, draft.population))
        best.aliases = [*row["other_names"].split("|"), *best.aliases]


def elsewhere(cities: list[dict[str, Any]], rows: list[list[Any]]) -> list[str]:
    """Keys of large cities in other countries, without those of large places here."""
    ours = {
        key
        for row in rows
        for key in "|".join(row[7:9]).split("|")
        if (row[6] >= LARGE or row[5] != "municipality") and not row[0].startswith("geonames:")
    }
    found = set()
    for city in cities:
        size = city["population"]
        if size < LEAST_ELSEWHERE:
            continue
        names = [city["name"]]
        if size >= LEAST_ELSEWHERE_ALIASES:
            names += [
                n for n in city["alternatenames"] if useful(n, 3) and not _ARABIC.fullmatch(n)
            ]
        if size >= LEAST_ARABIC_ELSEWHERE:
            names += [n for n in city["alternatenames"] if _ARABIC.fullmatch(n)]
        found.update(key for name in names for key in keys.name_keys(name))
    return sorted(key for key in found - ours if len(key) >= _SHORTEST_ARABIC)


def region_keys(drafts: list[sources.Draft]) -> dict[str, list[str]]:
    """Compact key of a region → its names; Länder also by the first digits of their keys."""
    found: dict[str, set[str]] = defaultdict(set)
    for digits, land in sources.LAENDER.items():
        found[digits].add(land)
    for draft in drafts:
        if draft.kind in {"governorate", "wilaya", "province"}:
            for name in (*draft.names, draft.region, draft.name_ar, *draft.aliases):
                for key in keys.name_keys(name) if name else ():
                    found[key].add(draft.region)
    return {key: sorted(names) for key, names in sorted(found.items())}


def main() -> None:
    """Writes the data file; the same sources give the same bytes."""
    drafts = [
        *sources.germany(),
        *sources.morocco(),
        *sources.algeria(),
        *sources.tunisia(),
        *sources.egypt(),
    ]
    cities = list(sources.geonames())
    here = [city for city in cities if city["countrycode"] in COUNTRIES]
    drafts += add_geonames(drafts, here)
    known = Towns(drafts)
    drafts += [
        draft
        for draft in sources.egypt_quarters()
        if not any(
            known.full.get(("EG", key))
            for key in keys.name_keys(draft.name) + keys.name_keys(draft.name_ar)
        )
    ]
    add_curated(drafts)
    share_seats(drafts)
    add_parts(drafts)
    drafts.sort(key=lambda draft: draft.id)
    rows = [row_of(draft) for draft in drafts]
    others = [city for city in cities if city["countrycode"] not in COUNTRIES]
    data = {"rows": rows, "regions": region_keys(drafts), "elsewhere": elsewhere(others, rows)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(gzip.compress(text.encode(), mtime=0))
    counts = Counter((draft.country, draft.kind) for draft in drafts)
    for (country, kind), count in sorted(counts.items()):
        sys.stdout.write(f"{country} {kind}: {count}\n")
    sys.stdout.write(f"{len(rows)} places, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
