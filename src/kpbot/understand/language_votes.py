"""Which language the words of a message in Latin letters vote for.

Every word gives a weight to the languages it is a word of; what is no known word may still show a
mark of one (an elision, an ending, a digit that stands for an Arabic letter). The weights are those
measured in the design notes: words that make a sentence count 1, words of chats and town halls
1.2, what two languages share .25 for each, names and international words nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from kpbot.understand import language_arabizi as arabizi
from kpbot.understand import language_names as names
from kpbot.understand import language_words as words

#: The languages that are voted for; "other" stands for all we do not speak.
Voted = Literal["de", "fr", "en", "ar", "other"]
VOTED: Final[tuple[Voted, ...]] = ("de", "fr", "en", "ar", "other")

Votes = Mapping[Voted, float]

#: The weight of a word that several languages have.
SHARED: Final = 0.25
_WEAK = 0.4
_MARK = 1.2
_NAMED = 0.6

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_ELISION = re.compile(
    r"^(?:j|l|d|n|c|s|m|t|qu|jusqu|lorsqu|puisqu|quelqu)'(?=[aeiouyhàâéèêëîïôùûœ])"
)
_CONTRACTION = re.compile(r"(?:'(?:m|re|ve|ll|d)|n't)$")
_GENITIVE = re.compile(r"[a-z]{3,}'s$")
_MA_CH = re.compile(r"^ma[a-z0-9]{3,}(?:ch|sh)i?$")
_LETTER_DIGITS = re.compile(r"^(?=(?:.*[^\W\d_]){2})(?:[^\W\d_]|[2356789](?![0-46-9]{2}))+$")
#: What looks like Arabic with digits and is not: hours, ordinals, units, French and English SMS.
_NO_ARABIZI = re.compile(
    r"^(?:\d+[a-zµ°]{1,5}|[a-z]{1,3}\d{1,2}[a-z]?|\d+(?:eme|ème|ième|uhr|jours|mois|ans)|\d?[a-z]\d\w"
    r"|covid\d*|koi\d*|bi1\w*|2m1|a2m1|dem1|\d+(?:day|morrow|nite|gether))$"
)
#: Short Arabizi words that look like a code and are none.
_SHORT_ARABIZI = re.compile(
    r"^(?:[37]na|3la|3nd|9al|9bel|ma3|m3a|m3ak|mn7|sa7|sa7a|nt7|t7eb|n7eb|n3am|na3|b3d|7ay|7aja|3afak"
    r"|(?:[35679]|2)[aeiou][a-z]{1,3}|[a-z]{1,2}[3579][aeiou]?[a-z]?|3[a-z]{2,5}|7[a-z]{2,5}|9[a-z]{3,5}"
    r"|5[aeiou][a-z]{2,3}|2[aei][a-z]{2,3})$"
)
_ARABIC_CLUSTER = re.compile(
    r"^(?:bgh|ghd|nkh|lkh|kt[ei]|tb|td[ie]|lb|lk|ld|lf|lj|mch|mf|mz|mt[aeo]|nh|nsj|nq|bz|bs|bch|kh[aeio]|zw|3)"
)
_ARABIC_Q = re.compile("q(?!u|$)")
_MOROCCAN_VERB = re.compile("^(?:ka[ty]|ta[ty])[bcdfghjklmnqsw][a-z]{2,}")
_ARABIC_LETTERS = re.compile("(?:kh[aeiou]|^gh[aio]|iyy?at?$|^ou[aei]|[bdlmnrst]ou[bdlmnrst]ou$)")
_GERMAN_LETTER = re.compile("[äöüß]")
_FRENCH_LETTER = re.compile("[éèêàçœùûîô]")
_FOREIGN_LETTER = re.compile("[ñ¿¡ğşıåøłąęśżźćńãõřěščžţțɣɛḍṭḥṣẓčǧ]")
_ENGLISH_CLUSTER = re.compile("(?:^wh|^th|ght$)")
_GERMAN_FRONTS = tuple(words.GERMAN_PREFIXES.split())
_GERMAN_ENDINGS = tuple(words.GERMAN_SUFFIXES.split())
_FRENCH_ENDINGS = tuple(words.FRENCH_SUFFIXES.split())
_ENGLISH_ENDINGS = tuple(words.ENGLISH_SUFFIXES.split())
_OFFICES = frozenset(words.OFFICES.split())
_TOWN_ENDING = re.compile(
    "(?:burg|berg|dorf|heim|hausen|ingen|furt|hagen|bach|brück|mann|feld|au)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a message and what it is known as."""

    text: str  # lower case, accents kept, long runs of a letter shortened
    capital: bool
    votes: Votes


@cache
def lexicon() -> Mapping[str, Votes]:
    """Return every known word with its votes; built once, at the first message."""
    found: dict[str, dict[Voted, float]] = {}
    for language, group, weight in _groups():
        for word in group.split():
            for form in _spellings(language, word):
                votes = found.setdefault(form, {})
                votes[language] = max(weight, votes.get(language, 0.0))
    for word in words.TITLES.split():
        found[word] = {language: min(weight, 0.6) for language, weight in found[word].items()}
    for word in arabizi.WEAK.split():
        found.setdefault(word, {})["ar"] = _WEAK
    for word, votes in found.items():
        _share(votes)
        if len(word) == 1:
            votes.update(dict.fromkeys(votes, SHARED))
    for letter in "ru":  # "r u there": the two that stand for whole words
        found[letter]["en"] = 0.6
    for word in words.INTERNATIONAL.split():
        found[word] = {}
    return found


def _groups() -> Iterator[tuple[Voted, str, float]]:
    yield "de", words.GERMAN_CLAUSE, 1.0
    yield "de", words.GERMAN_LINK, 0.8
    yield "de", words.GERMAN_CHAT, _MARK
    yield "de", words.GERMAN_TOPIC, _MARK
    yield "fr", words.FRENCH_CLAUSE, 1.0
    yield "fr", words.FRENCH_LINK, 0.8
    yield "fr", words.FRENCH_CHAT, _MARK
    yield "fr", words.FRENCH_TOPIC, _MARK
    yield "en", words.ENGLISH_CLAUSE, 1.0
    yield "en", words.ENGLISH_LINK, 0.8
    yield "en", words.ENGLISH_CHAT, _MARK
    yield "en", words.ENGLISH_TOPIC, _MARK
    for group in (arabizi.COURTESY, arabizi.FUNCTION, arabizi.VERBS, arabizi.TOPICS):
        yield "ar", group, 1.0
    yield "other", words.OTHER_WORDS, 1.0


def all_spellings(language: Voted, group: str) -> set[str]:
    """Return every spelling the words of a group count in."""
    return {form for word in group.split() for form in _spellings(language, word)}


def _spellings(language: Voted, word: str) -> Iterable[str]:
    if language == "fr":
        return {word, without_accents(word)}
    if language == "de":
        spelled_out = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
        return {word, spelled_out, spelled_out.replace("ß", "ss"), without_accents(word)}
    return {word}


def _share(votes: dict[Voted, float]) -> None:
    """Lower what several languages know; Arabizi yields to the big three, the others to all."""
    ours = [language for language in ("de", "fr", "en") if language in votes]
    if len(ours) > 1:
        votes.update(dict.fromkeys(ours, SHARED))
    if ours and "ar" in votes:
        votes["ar"] = SHARED
    if "other" in votes and len(votes) > 1:
        votes["other"] = SHARED


def without_accents(text: str) -> str:
    """Return the text without accents and other marks above or below its letters."""
    kept = (sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", "".join(kept)).replace("œ", "oe")


def listen(text: str) -> list[Word]:
    """Return the words of a text that have letters, each with its votes."""
    spoken = [match.group() for match in _WORD.finditer(text) if not match.group().isdecimal()]
    heard = [_hear_word(word) for word in spoken]
    if _may_be_a_name(spoken):
        heard = [_as_if_named(word) for word in heard]
    return heard


def _may_be_a_name(spoken: Sequence[str]) -> bool:
    """Tell whether every word has a capital; who writes four in capitals shouts."""
    shouted = all(word.isupper() for word in spoken) and len(spoken) > 3
    return len(spoken) > 1 and all(word[0].isupper() for word in spoken) and not shouted


def tally(heard: Iterable[Word]) -> dict[Voted, float]:
    """Return what each language was given in all."""
    total: dict[Voted, float] = dict.fromkeys(VOTED, 0.0)
    for word in heard:
        for language, weight in word.votes.items():
            total[language] += weight
    return total


def _as_if_named(word: Word) -> Word:
    """Return the word with less weight: where every word has a capital, it is likely a name."""
    if word.text in _OFFICES:
        return word
    votes = {language: weight * _NAMED for language, weight in word.votes.items()}
    return Word(word.text, word.capital, votes)


def _hear_word(spoken: str) -> Word:
    text = spoken.casefold() if "ß" not in spoken else spoken.lower()
    capital = spoken[0].isupper()
    if capital and _is_name(text):
        return Word(text, capital, {})
    for form in _forms(text):
        known = lexicon().get(form)
        if known is not None:
            return Word(form, capital, known)
    if _is_name(text):
        return Word(text, capital, {})
    return Word(text, capital, _marks(text, capital))


def _forms(text: str) -> Iterator[str]:
    """Yield the spellings to look up: as it is, without apostrophe, without drawn-out letters."""
    text = text.rstrip("'")
    yield text
    if "'" in text:
        yield text.replace("'", "")
    if _LONG_RUN.search(text):
        double = _LONG_RUN.sub(r"\1\1", text)
        if len(double) > 2:
            yield double
        short = _LONG_RUN.sub(r"\1", text)
        if len(short) > 1:
            yield short


@cache
def _name_parts() -> frozenset[str]:
    return frozenset(names.PLACES.split()) | frozenset(names.PERSONS.split())


def _is_name(text: str) -> bool:
    return text in _name_parts()


def _marks(text: str, capital: bool) -> Votes:
    """Return what the shape of an unknown word says."""
    parts = re.split("['-]", text.rstrip("'"))
    if _ELISION.match(text):
        return _elided(text)
    if _CONTRACTION.search(text):
        return {"en": _MARK}
    if _GENITIVE.search(text):
        return {"en": SHARED, **_part_votes(parts[:1])}
    if len(parts) > 1:
        return _part_votes(parts)
    text = _LONG_RUN.sub(r"\1\1", text)
    if _is_arabizi(text):
        return {"ar": _MARK}
    if any(sign.isdecimal() for sign in text):
        return {}
    return _letter_marks(text, capital)


def _elided(text: str) -> Votes:
    rest = text.split("'", 1)[1]
    if rest in _name_parts() or text.startswith("m'h"):
        return {"fr": 0.6 if text.startswith("d'") else 0.0}
    votes = dict(_part_votes([rest]))
    return {"fr": _MARK + votes.get("fr", 0.0)}


def _part_votes(parts: Iterable[str]) -> Votes:
    """Return the votes of the parts of a word with apostrophes or hyphens, added."""
    total: dict[Voted, float] = {}
    for part in parts:
        for language, weight in lexicon().get(part, {}).items():
            total[language] = total.get(language, 0.0) + weight
        if _is_arabizi(part):
            total["ar"] = total.get("ar", 0.0) + _MARK
    return total


def _is_arabizi(text: str) -> bool:
    """Tell whether digits stand for Arabic letters (3 7 9 …), or the word is negated with ma…ch."""
    if not any(sign.isdecimal() for sign in text):
        return bool(_MA_CH.match(text))
    if _SHORT_ARABIZI.match(text):
        return not re.match(
            r"^\d+(?:h|km|er|eme|rd|th|st|nd|uhr|ans|kg|min|mio|eur|euro|e|am|pm)$", text
        )
    return bool(_LETTER_DIGITS.match(text)) and not _NO_ARABIZI.match(text)


def _letter_marks(text: str, capital: bool) -> Votes:
    votes: dict[Voted, float] = {}
    if _FOREIGN_LETTER.search(text):
        return {"other": 1.0}
    if _GERMAN_LETTER.search(text):
        votes["de"] = 0.6
    if _FRENCH_LETTER.search(text):
        votes["fr"] = 0.6
    ending = _ending(text)
    if ending is not None:
        language, weight = ending
        votes[language] = weight + (0.2 if language in votes and not capital else 0.0)
    if not capital and not votes and len(text) > 3:
        votes.update(_arabic_sound(text))
    if not capital and not votes and _ENGLISH_CLUSTER.search(text) and len(text) > 2:
        votes["en"] = 0.4
    return votes


def _arabic_sound(text: str) -> Votes:
    """Return what a lower-case word says by letters that seldom meet in the other languages."""
    if _ARABIC_Q.search(text) or _MOROCCAN_VERB.match(text):
        return {"ar": 0.9}
    if _ARABIC_CLUSTER.match(text) or _ARABIC_LETTERS.search(text):
        return {"ar": _WEAK}
    return {}


def _ending(text: str) -> tuple[Voted, float] | None:
    """Return the language an ending (or the front of a German compound) shows, with its weight."""
    if len(text) < 7:
        return None
    if text.endswith(_GERMAN_ENDINGS):
        return "de", 0.8
    if text.startswith(_GERMAN_FRONTS) and not _TOWN_ENDING.search(text):
        return "de", 0.9
    if text.endswith(_FRENCH_ENDINGS):
        return "fr", 0.6
    if text.endswith(_ENGLISH_ENDINGS):
        return "en", 0.6
    return None
