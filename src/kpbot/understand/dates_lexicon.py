"""The lexicon of a language: from a plain phrase to its tags, made of our words and Babel's.

Our words stand in `dates_words_xx`. A line gives words and phrases a meaning, a tag or tag=value;
the rules know meanings only. What stands in several lines means all of it; "nothing" takes a
phrase out. Accents, umlauts, Arabic marks, capitals and the hyphens inside a phrase do not matter.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import OSA

from kpbot.model import Language
from kpbot.understand import dates_words_ar, dates_words_de, dates_words_en, dates_words_fr
from kpbot.understand.dates_calendar import Feast, Part, Season, Unit

Tags = dict[str, int]

_WORDS: dict[Language, str] = {
    "de": dates_words_de.WORDS,
    "fr": dates_words_fr.WORDS,
    "ar": dates_words_ar.WORDS,
    "en": dates_words_en.WORDS,
}

# Arabic months bear other names in Algeria and Tunisia, in Morocco and in the Levant.
_LOCALES: dict[Language, tuple[str, ...]] = {
    "de": ("de", "de_AT"),
    "fr": ("fr",),
    "ar": ("ar", "ar_DZ", "ar_MA", "ar_LB"),
    "en": ("en",),
}
# Words that usually mean something else: they count only where their neighbours speak of time.
# Those are: may I, we march, planet Mars, (ar) practised, father, Nissan, one of.
_WEAK = frozenset({"en:may", "en:march", "fr:mars", "ar:مارس", "ar:اب", "ar:نيسان"})
_DAYTIMES = ("morgen", "vormittag", "mittag", "nachmittag", "abend")
_SYMBOLS: dict[str, int] = {
    name: member
    for enumeration in (Unit, Part, Season, Feast)
    for name, member in enumeration.__members__.items()
}
# Shorter names lie one letter from too many other words (Mai, mais).
_LONG_ENOUGH = 5
# Arabic words of five letters are a letter apart too often (what it means, June).
_LONG_ENOUGH_IN_ARABIC = 6
_MARKS = re.compile(r"[\u0640\u200e\u200f\u2066-\u2069]")


def without_marks(text: str) -> str:
    """The text has no accents, vowel signs, hamzas, tatweel, direction marks or foreign digits."""
    bare = _MARKS.sub("", text.translate(_LETTERS))
    if bare.isascii():
        return bare
    decomposed = unicodedata.normalize("NFKD", bare)
    kept = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return kept.translate(_DIGITS)


_LETTERS = {ord("ى"): "ي", ord("ة"): "ه", ord("’"): "'", ord("ʼ"): "'", ord("`"): "'"}
_DIGITS = {
    ord(digit): str(value)
    for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
    for value, digit in enumerate(digits)
}


def key(phrase: str) -> str:
    """The phrase is as the lexicon spells it: plain, lower case, one space between words."""
    return " ".join(re.findall(r"[^\W_]+", without_marks(phrase).casefold()))


@cache
def lexicon(language: Language) -> dict[str, Tags]:
    """Every phrase the language dates with has its tags."""
    found: dict[str, Tags] = {}
    for phrase, tags in _entries(language):
        for spelling in {key(phrase), key(_without_umlauts(phrase))}:
            found.setdefault(spelling, {}).update(tags)
    return found


@cache
def longest_phrase(language: Language) -> int:
    """No phrase of the language has more words than this."""
    return max(phrase.count(" ") for phrase in lexicon(language)) + 1


@cache
def _names(language: Language) -> dict[str, Tags]:
    """Month and day names that may be misspelt by one letter."""
    arabic = language == "ar"
    wanted = {"month"} if arabic else {"month", "weekday"}  # الجمعة is near الجامعة
    shortest = _LONG_ENOUGH_IN_ARABIC if arabic else _LONG_ENOUGH
    return {
        phrase: tags
        for phrase, tags in lexicon(language).items()
        if len(phrase) >= shortest
        and wanted & tags.keys()
        and "weak" not in tags
        and " " not in phrase
    }


@cache
def _misspellable(language: Language, initial: str) -> tuple[str, ...]:
    return tuple(name for name in _names(language) if name[0] == initial)


def misspelt(word: str, language: Language) -> Tags | None:
    """The tags are those of the one name that is a letter away, if there is one."""
    if len(word) < _LONG_ENOUGH:
        return None
    for name in _misspellable(language, word[0]):
        # Among words of five letters the last one must agree as well: Mardi is not Maria.
        if min(len(name), len(word)) == _LONG_ENOUGH and word[-1] != name[-1]:
            continue
        if OSA.distance(word, name, score_cutoff=1) <= 1:
            return _names(language)[name]
    return None


def _without_umlauts(phrase: str) -> str:
    return phrase.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def _entries(language: Language) -> Iterator[tuple[str, Tags]]:
    yield from _babel_months(language)
    yield from _babel_weekdays(language)
    for line in _WORDS[language].strip().splitlines():
        meaning, _, phrases = line.partition(":")
        tags = _tags(meaning)
        for phrase in phrases.split(","):
            yield phrase, tags


def _tags(meaning: str) -> Tags:
    tag, _, symbol = meaning.partition("=")
    if tag == "nothing":
        return {}
    value = 0 if not symbol else _SYMBOLS[symbol] if symbol in _SYMBOLS else int(symbol)
    tags = {tag: value}
    if tag == "unit":
        tags[f"unit_{Unit(value).name.lower()}"] = value
    if tag == "ordinal" and value > 0:
        tags["day"] = value
    # "A May" and "one May" are not the first of May.
    if tag == "number" and value > 1:
        tags["day"] = value
    if tag == "season":
        tags["weak"] = 0
    return tags


def _babel_months(language: Language) -> Iterator[tuple[str, Tags]]:
    from babel import Locale  # noqa: PLC0415  slow to import, needed once

    for name in _LOCALES[language]:
        locale = Locale.parse(name)
        for width in ("abbreviated", "wide"):
            for context in ("format", "stand-alone"):
                for month, word in locale.months[context][width].items():
                    yield word, _month_tags(language, word, month, short=width != "wide")
                    if language == "de" and width == "wide":
                        yield f"{word}hälfte", {"month_half": month}
                        yield f"{word}woche", {"month_week": month}


def _month_tags(language: Language, word: str, month: int, *, short: bool) -> Tags:
    spelling = key(word)
    if f"{language}:{spelling}" in _WEAK:
        return {"month": month, "weak": 0}
    # "Mai" and "mars" are their own abbreviations: a full stop or three letters tell the others.
    if short and (word.endswith(".") or len(spelling) == 3) and spelling != "mai":
        return {"month_short": month}
    return {"month": month}


def _babel_weekdays(language: Language) -> Iterator[tuple[str, Tags]]:
    from babel import Locale  # noqa: PLC0415  slow to import, needed once

    days = Locale.parse(language).days["format"]
    for weekday, word in days["wide"].items():
        yield word, {"weekday": weekday}
        yield from _derived(language, word, weekday)
    # What Babel calls abbreviated is in Arabic the whole name.
    for weekday, word in days["short" if language == "ar" else "abbreviated"].items():
        yield word, {"weekday_short": weekday}


def _derived(language: Language, word: str, weekday: int) -> Iterator[tuple[str, Tags]]:
    if language == "ar":
        return
    # "Montags", "les lundis", "on Mondays" come back every week and name no day.
    for ending in ("s", "e", "en"):
        yield f"{word}{ending}", {}
    if language == "de":
        for daytime in _DAYTIMES:
            yield f"{word}{daytime}", {"weekday": weekday}
