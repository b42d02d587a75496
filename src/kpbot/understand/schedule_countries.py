"""Which of the five countries a question about schedules names as the place or the subject."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpbot.events import Country
from kpbot.model import Language
from kpbot.understand.schedule_lexicon import phrases, without

_NAMES: Mapping[Country, re.Pattern[str]] = {
    "DE": phrases(
        "deutschland, allemagne, germany, ألمانيا, المانيا, almanya, berlin, bonn, برلين, بون",
    ),
    "EG": phrases(
        "ägypten, ägyptisch*, égypte, egypte, égyptien*, egypt, egyptian*, مصر, مصرية, المصرية",
        "misr, masr, kairo, cairo, le caire, caire, القاهرة",
    ),
    "DZ": phrases(
        "algerien, algerisch*, algérie, algérien*, algeria, algerian*, الجزائر, جزائرية, dzayer",
        "algier, alger, algiers, جزائر, الجزائرية, eldjazair",
    ),
    "MA": phrases(
        "marokko, marokkanisch*, maroc, marocain*, morocco, moroccan*, المغرب, مغربية, maghrib",
        "rabat, casablanca, الرباط, المغربية, lmaghrib",
    ),
    "TN": phrases(
        "tunesien, tunesisch*, tunisie, tunisien*, tunisia, tunisian*, تونس, تونسية, tounes, tunes",
        "tunis, التونسية",
    ),
}
_ORIGIN = phrases(
    "aus deutschland, aus ägypten, aus algerien, aus marokko, aus tunesien, aus tunis",
    "from germany, from egypt, from algeria, from morocco, from tunisia, from tunis",
    "venant d allemagne, venant d égypte, depuis l allemagne, depuis la tunisie, depuis le maroc",
    "depuis l algérie, depuis l égypte, commune tunisienne, commune marocaine, commune algérienne",
    "je suis en tunisie, je suis au maroc, je suis en algérie, je suis en égypte",
    "من تونس, من المغرب, من الجزائر, من مصر, من ألمانيا, men tounes, mel maghrib, mel dzayer",
)
"""Where the asker is from says nothing about where they want to go."""
_LANGUAGES: Mapping[Language, re.Pattern[str]] = {
    "de": phrases("auf deutsch, deutschsprachig*, en allemand, in german, بالألمانية"),
    "fr": phrases(
        "auf französisch, französischsprachig*, en français, in french, francophone*",
        "بالفرنسية, bel fransawi, bel francais, b français",
    ),
    "ar": phrases("auf arabisch, arabischsprachig*, en arabe, in arabic, بالعربية, bel 3arbi"),
    "en": phrases("auf englisch, englischsprachig*, en anglais, in english, بالإنجليزية"),
}


def countries_in(plain: str) -> tuple[Country, ...]:
    """The countries the normalised words name, those the asker is from left out."""
    left = without(plain, (_ORIGIN,))
    return tuple(code for code, names in _NAMES.items() if names.search(left))


def without_countries(plain: str) -> str:
    """The words that name no country."""
    return without(plain, _NAMES.values())


def languages_in(plain: str) -> tuple[Language, ...]:
    """The languages the event shall be held in."""
    return tuple(code for code, names in _LANGUAGES.items() if names.search(plain))
