"""The larger towns of the five countries: named in a question, and found in an event's place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kpbot.events import Country
from kpbot.model import LANGUAGES, Language
from kpbot.understand.normalise import words_of
from kpbot.understand.schedule_lexicon import phrases


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its names."""

    country: Country
    names: Mapping[Language, str]
    asked: re.Pattern[str]
    """Finds it in a question; what a country is called too means the country there."""
    placed: re.Pattern[str]
    """Finds it in the place of an event."""


# The names in German, French, Arabic and English, then further ones; behind a bar those that are
# also the country's: only in the place of an event do they mean the town.
_ROWS: Mapping[Country, str] = {
    "DE": """
        Berlin, Berlin, برلين, Berlin
        Bonn, Bonn, بون, Bonn
        Köln, Cologne, كولونيا, Cologne, koeln, koln, كولن
        Hamburg, Hambourg, هامبورغ, Hamburg, هامبورج
        München, Munich, ميونخ, Munich, muenchen, munchen, ميونيخ
        Frankfurt, Francfort, فرانكفورت, Frankfurt
        Stuttgart, Stuttgart, شتوتغارت, Stuttgart, شتوتجارت
        Düsseldorf, Düsseldorf, دوسلدورف, Düsseldorf, dusseldorf
        Leipzig, Leipzig, لايبزيغ, Leipzig, لايبزيج
        Dresden, Dresde, دريسدن, Dresden
        Bremen, Brême, بريمن, Bremen
        Hannover, Hanovre, هانوفر, Hanover
        Nürnberg, Nuremberg, نورنبرغ, Nuremberg, nurnberg, نورنبرج
        Dortmund, Dortmund, دورتموند, Dortmund
        Essen, Essen, إيسن, Essen
        Mannheim, Mannheim, مانهايم, Mannheim
        Heidelberg, Heidelberg, هايدلبرغ, Heidelberg
        Freiburg, Fribourg, فرايبورغ, Freiburg
        Potsdam, Potsdam, بوتسدام, Potsdam
        Jena, Iéna, يينا, Jena
    """,
    "EG": """
        Kairo, Le Caire, القاهرة, Cairo, caire, qahira, el qahira, القاهره
        Alexandria, Alexandrie, الإسكندرية, Alexandria, اسكندرية
        Gizeh, Gizeh, الجيزة, Giza
        Port Said, Port-Saïd, بورسعيد, Port Said
        Luxor, Louxor, الأقصر, Luxor
        Assuan, Assouan, أسوان, Aswan
        Mansura, Mansourah, المنصورة, Mansoura
    """,
    "DZ": """
        Algier, Alger, الجزائر العاصمة, Algiers | الجزائر, جزائر
        Oran, Oran, وهران, Oran, wahran
        Constantine, Constantine, قسنطينة, Constantine
        Annaba, Annaba, عنابة, Annaba
        Blida, Blida, البليدة, Blida
        Setif, Sétif, سطيف, Setif
        Tlemcen, Tlemcen, تلمسان, Tlemcen
        Bejaia, Béjaïa, بجاية, Bejaia
    """,
    "MA": """
        Rabat, Rabat, الرباط, Rabat, رباط
        Casablanca, Casablanca, الدار البيضاء, Casablanca, casa, كازا, كازابلانكا
        Marrakesch, Marrakech, مراكش, Marrakesh
        Fes, Fès, فاس, Fez
        Tanger, Tanger, طنجة, Tangier
        Agadir, Agadir, أكادير, Agadir, أغادير
        Meknes, Meknès, مكناس, Meknes
        Oujda, Oujda, وجدة, Oujda
        Tetouan, Tétouan, تطوان, Tetouan
    """,
    "TN": """
        Tunis, Tunis, تونس العاصمة, Tunis | تونس
        Sfax, Sfax, صفاقس, Sfax
        Sousse, Sousse, سوسة, Sousse
        Kairouan, Kairouan, القيروان, Kairouan
        Bizerta, Bizerte, بنزرت, Bizerte
        Gabes, Gabès, قابس, Gabes
        Monastir, Monastir, المنستير, Monastir
        Hammamet, Hammamet, الحمامات, Hammamet
        Mahdia, Mahdia, المهدية, Mahdia
    """,
}


def _town(country: Country, row: str) -> Town:
    asked, _, placed = row.partition("|")
    names = dict(zip(LANGUAGES, map(str.strip, asked.split(",")), strict=False))
    return Town(country, names, phrases(asked), phrases(asked, placed))


TOWNS: Mapping[str, Town] = {
    row.split(",")[0].strip(): _town(country, row)
    for country, rows in _ROWS.items()
    for row in rows.strip().splitlines()
}
"""German name → town."""
_ANY = phrases(*(row.partition("|")[0] for rows in _ROWS.values() for row in rows.splitlines()))
_FROM = phrases(
    "aus, aus der stadt, der stadt, stadt, gemeinde, kommune, from, city of, town of",
    "municipality of, commune de, ville de, mairie de, municipalité de, بلدية, من, من مدينة",
)
_ORIGIN = re.compile(rf"{_FROM.pattern}\s{_ANY.pattern}")
"""Where the asker is from says nothing about where they want to go."""


def town_in(plain: str) -> str:
    """The town of `TOWNS` that the normalised words name as a place of events, or nothing."""
    left = _ORIGIN.sub(" ", plain)
    if _ANY.search(left) is None:
        return ""
    return next((key for key, town in TOWNS.items() if town.asked.search(left)), "")


def without_towns(plain: str) -> str:
    """The words that name no town."""
    return _ANY.sub(" ", plain)


def town_names(town: str) -> Mapping[Language, str]:
    """What the town of `TOWNS` is called."""
    return TOWNS[town].names


def takes_place_in(place: str, town: str) -> bool:
    """Whether the place of an event names the town, in whatever script."""
    return TOWNS[town].placed.search(" ".join(words_of(place))) is not None
