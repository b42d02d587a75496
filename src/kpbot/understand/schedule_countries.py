"""Which of the five countries a question about schedules names as the place or the subject.

Also the languages it wants events to be held in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpbot.events import Country
from kpbot.model import Language
from kpbot.understand.schedule_lexicon import phrases, without
from kpbot.understand.schedule_towns import TOWNS, town_in, without_towns

_NAMES: Mapping[Country, re.Pattern[str]] = {
    "DE": phrases(
        "deutschland, allemagne, germany, ألمانيا, المانيا, almanya",
    ),
    "EG": phrases(
        "ägypten, ägyptisch*, égypte, egypte, égyptien*, egypt, egyptian*, مصر, مصرية, المصرية",
        "misr, masr",
    ),
    "DZ": phrases(
        "algerien, algerisch*, algérie, algérien*, algeria, algerian*, الجزائر, جزائرية, dzayer",
        "جزائر, الجزائرية, eldjazair",
    ),
    "MA": phrases(
        "marokko, marokkanisch*, maroc, marocain*, morocco, moroccan*, المغرب, مغربية, maghrib",
        "المغربية, lmaghrib",
    ),
    "TN": phrases(
        "tunesien, tunesisch*, tunisie, tunisien*, tunisia, tunisian*, تونس, تونسية, tounes, tunes",
        "التونسية",
    ),
}
_ORIGIN = phrases(
    "aus deutschland, aus ägypten, aus algerien, aus marokko, aus tunesien",
    "from germany, from egypt, from algeria, from morocco, from tunisia",
    "venant d allemagne, venant d égypte, depuis l allemagne, depuis la tunisie, depuis le maroc",
    "depuis l algérie, depuis l égypte, commune tunisienne, commune marocaine, commune algérienne",
    "je suis en tunisie, je suis au maroc, je suis en algérie, je suis en égypte",
    "من تونس, من المغرب, من الجزائر, من مصر, من ألمانيا, men tounes, mel maghrib, mel dzayer",
)
"""Where the asker is from says nothing about where they want to go."""
_LANGUAGES: Mapping[Language, re.Pattern[str]] = {
    "de": phrases(
        "auf deutsch, deutschsprachig*, in deutscher sprache, en allemand, in german",
        "بالألمانية, باللغة الألمانية, german language, german speaking",
    ),
    "fr": phrases(
        "auf französisch, französischsprachig*, en français, in french, francophone*",
        "بالفرنسية, bel fransawi, bel francais, b français, باللغة الفرنسية, بالفرنساوي",
        "in französischer sprache, french speaking, en langue française, french language",
    ),
    "ar": phrases(
        "auf arabisch, arabischsprachig*, en arabe, in arabic, بالعربية, bel 3arbi, بالعربي",
        "باللغة العربية, in arabischer sprache, en langue arabe, arabic language, arabophone*",
    ),
    "en": phrases(
        "auf englisch, englischsprachig*, en anglais, in english, بالإنجليزية, anglophone*",
        "باللغة الإنجليزية, بالانجليزي, in englischer sprache, en langue anglaise",
    ),
}


def countries_in(plain: str) -> tuple[Country, ...]:
    """The countries the normalised words name, or a town of them; the asker's own left out."""
    left = without(plain, (_ORIGIN,))
    found = [code for code, names in _NAMES.items() if names.search(left)]
    town = town_in(plain)
    return tuple(dict.fromkeys([*found, TOWNS[town].country] if town else found))


def without_countries(plain: str) -> str:
    """The words that name no country and no town."""
    return without(without_towns(plain), _NAMES.values())


def without_languages(plain: str) -> str:
    """The words that name no language of events."""
    return without(plain, _LANGUAGES.values())


def languages_in(plain: str) -> tuple[Language, ...]:
    """The languages the event shall be held in."""
    return tuple(code for code, names in _LANGUAGES.items() if names.search(plain))
