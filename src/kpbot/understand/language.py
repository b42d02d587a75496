"""Which language a short message is in, and whether the conversation should change to it.

Words vote first (`language_votes`); only where they leave it open a statistical detector may
confirm one of them. Silence is an answer: names, numbers and "ok" tell no language.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, cast

from kpbot.model import Language
from kpbot.understand import language_arabizi as arabizi
from kpbot.understand import language_names as names
from kpbot.understand import language_votes as votes
from kpbot.understand import language_words as words
from kpbot.understand.language_wishes import wished

Switch = Literal["no", "ask", "yes"]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a message tells about its language."""

    language: Language | None  # what the text is in; None where it does not tell
    switch: Switch  # what the conversation should do
    arabizi: bool  # Arabic in Latin letters; the language is then "ar"
    wish: bool  # the person asked for the language


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A language with all the conversation needs to weigh it."""

    language: Language | None = None
    arabizi: bool = False
    script: bool = False  # in Arabic letters
    sure: bool = False  # nine in ten or better
    sentence: bool = False  # somebody speaks; not just the name of something
    telling: bool = False  # more than a bare yes, no, thanks or the name of an office
    length: int = 0  # words


_SILENT: Final = _Verdict()

_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|(?<!\w)[@#]\w+|(?<![\w/])/\w+"
    r"|\b[\w-]+\.(?:de|fr|ma|dz|tn|eg|com|org|net)\b",
    re.IGNORECASE,
)
#: Parts of place names that are words.
_PLACE_PART = re.compile(
    r"\b(?:an|ob|vor|in) der (?:Weinstra(?:ß|ss)e|Ruhr|Tauber|Saale|Oder|Elbe|Donau|Isar|Ilm"
    r"|Aisch|Lahn|Spree|Havel|Ems|Weser|Leine|Aller|Pegnitz|Brenz|Fils|Enz|Heide|Rems|Murr|Steige|Orla|Rednitz)\b"
    r"|\b(?:6|10|15)(?:th)?(?: of)? (?:October|Ramadan|May)(?: City)?\b"
    r"|\bNew (?:Cairo|Valley|York)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b[A-Z]{1,5}(?:-\d[\dA-Z-]*|\d{2,})\b")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3]")
#: Letters of Persian, Urdu and Kurdish that no Arabic keyboard has.
_PERSIAN_LETTER = re.compile("[\u06a9\u06cc\u0679\u0688\u06d2\u06c1\u06ba\u06d5\u06ce\u06c6]")
_ARABIC_WORD = re.compile("[\u0620-\u064a\u066e-\u06d3]+")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u00b4`]")

_MORE_THAN_HALF = 0.55
_FAR_LESS_THAN_HALF = 0.35
_BEST_AT_LEAST = 0.75
_AHEAD_BY = 0.45
_ARABIZI_AT_LEAST = 0.9
_ARABIZI_SHARE = 0.6  # of the best: French nouns inside Arabic do not make it French


def hear(text: str, current: Language | None = None, before: Language | None = None) -> Hearing:
    """Return the language of a text and what a conversation in `current` should do about it.

    `before` is the language the person's previous message was surely in, where that differed.
    Only a wish, or a whole Arabic sentence, changes a conversation without asking.
    """
    plain = _cleaned(text)
    verdict = _judged(plain, current)
    wish = wished(plain)
    if wish is not None:
        arabizi = verdict.arabizi and wish == "ar"
        return Hearing(wish, "no" if wish == current else "yes", arabizi, wish=True)
    switch = _switch(verdict, current, before)
    return Hearing(verdict.language, switch, verdict.arabizi, wish=False)


def _switch(verdict: _Verdict, current: Language | None, before: Language | None) -> Switch:
    if verdict.language is None or verdict.language == current:
        return "no"
    if current is None:
        return "yes"
    again = before == verdict.language and verdict.telling
    if verdict.script:
        return _switch_to_script(verdict, again=again)
    if again or (verdict.sure and verdict.sentence and verdict.length >= 4):
        return "ask"
    return "no"


def _switch_to_script(verdict: _Verdict, *, again: bool) -> Switch:
    if again or (verdict.sentence and verdict.length >= 4):
        return "yes"
    if verdict.telling and verdict.length >= (3 if verdict.sentence else 4):
        return "ask"
    return "no"


def _cleaned(text: str) -> str:
    """Return the text without what belongs to no language: addresses, handles, commands, codes."""
    plain = unicodedata.normalize("NFKC", _PLACE_PART.sub(" ", _ADDRESS.sub(" ", text[:2000])))
    return _APOSTROPHES.sub("'", _REFERENCE.sub(" ", plain))


def _judged(text: str, current: Language | None) -> _Verdict:
    letters = [sign for sign in text if sign.isalpha()]
    arabic = len(_ARABIC_LETTER.findall(text))
    latin = sum(unicodedata.name(sign, "").startswith("LATIN") for sign in letters if sign > "\x7f")
    latin += sum(sign <= "\x7f" for sign in letters)
    if 2 * (arabic + latin) < len(letters) or _PERSIAN_LETTER.search(text):
        return _SILENT
    spoken = _judged_words(text, current) if latin else _SILENT
    if arabic < 2 or (spoken.language and arabic < _FAR_LESS_THAN_HALF * len(letters)):
        return spoken
    written = _judged_script(text)
    if spoken.language in {None, "ar"} or arabic > _MORE_THAN_HALF * len(letters):
        return written
    both = {"ar": written, spoken.language: spoken}
    return both.get(current, _SILENT) if current else _SILENT


def _judged_script(text: str) -> _Verdict:
    """Return the verdict on Arabic letters; a sentence is told from names by its words."""
    plain = re.sub("[أإآٱ]", "ا", _ARABIC_MARKS.sub("", text))
    spoken = _ARABIC_WORD.findall(plain)
    if not spoken:
        return _SILENT
    known_names, offices, clause, replies = _arabic_sets()
    telling = (
        any(word not in known_names and word not in replies for word in spoken)
        and spoken[0] not in offices
        and spoken[0] not in known_names - {"ام", "مدينة"}
    )
    sentence = any(word in clause and word not in known_names for word in spoken)
    telling = telling or (sentence and any(word not in replies for word in spoken))
    return _Verdict("ar", False, True, True, sentence, telling, len(spoken))


@cache
def _arabic_sets() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    known = frozenset(names.ARABIC_NAMES.split())
    with_article = frozenset(f"ال{name}" for name in names.ARABIC_NAMES.split())
    replies = frozenset(re.sub("[أإآ]", "ا", word) for word in words.REPLIES.split())
    clause = frozenset(names.ARABIC_CLAUSE.split()) - replies
    return known | with_article, frozenset(names.ARABIC_OFFICES.split()), clause, replies


def _judged_words(text: str, current: Language | None) -> _Verdict:
    heard = votes.listen(text)
    score = votes.tally(heard)
    if _is_chorus(score):
        return _SILENT
    language = _decided(score, current) or _confirmed(text, heard, score)
    if language == "ar":
        language = _greeted_first(heard) or language
    if language is None:
        return _SILENT
    best = score[language]
    second = max(score[rival] for rival in votes.VOTED if rival != language)
    return _Verdict(
        language=language,
        arabizi=language == "ar",
        sure=best >= 2.0 and second <= (0.6 if language == "ar" else 0.35) * best,
        sentence=_is_sentence(heard, language),
        telling=_is_telling(heard, language),
        length=len(heard),
    )


def _decided(score: Mapping[votes.Voted, float], current: Language | None) -> Language | None:
    """Return the language the votes decide for; in a tie, that of the conversation."""
    ranked = sorted(votes.VOTED, key=lambda language: -score[language])
    first, second = ranked[0], ranked[1]
    best, next_best = score[first], score[second]
    if best < _BEST_AT_LEAST or score["other"] >= max(_BEST_AT_LEAST, 0.6 * best):
        return None
    if score["ar"] >= _ARABIZI_AT_LEAST and score["ar"] >= _ARABIZI_SHARE * best:
        return "ar"
    if best - next_best >= _AHEAD_BY and not (next_best >= 2.0 and next_best > best / 2):
        return cast("Language", first)
    return current if current in {first, second} else None


def _greeted_first(heard: Sequence[votes.Word]) -> Language | None:
    """Return the language that opens a message of mixed greetings and nothing else."""
    if len(heard) > 4 or not all(_parts(word.text) & _greeting_words() for word in heard):
        return None
    first = heard[0].votes
    return next((each for each in ("de", "fr", "en") if first.get(each, 0.0) >= 1.0), None)


@cache
def _greeting_words() -> frozenset[str]:
    groups: tuple[tuple[Language, str], ...] = (
        ("de", words.GERMAN_CHAT),
        ("fr", words.FRENCH_CHAT),
        ("en", words.ENGLISH_CHAT),
        ("ar", arabizi.COURTESY),
    )
    return frozenset(form for each, group in groups for form in votes.all_spellings(each, group))


def _is_chorus(score: Mapping[votes.Voted, float]) -> bool:
    """Tell whether three languages were spoken, none of them much ("Merci, shukran, danke")."""
    spoken = [weight for weight in score.values() if weight >= _BEST_AT_LEAST]
    return len(spoken) >= 3 and max(spoken) <= 2.0


def _confirmed(
    text: str, heard: Sequence[votes.Word], score: Mapping[votes.Voted, float]
) -> Language | None:
    """Return what the detector finds, where the words gave it a vote and nothing speaks against."""
    unnamed = [word for word in heard if not word.capital and len(word.text) > 2]
    letters = sum(len(word.text) for word in heard)
    if letters < 8 or len(unnamed) < 2 or score["other"] >= 0.5 or score["ar"] >= 0.4:
        return None
    if max(score.values()) < votes.SHARED:
        return None
    language, probability = _detected(" ".join(_ADDRESS.sub(" ", text).lower().split()))
    if language is None or probability < 0.95:
        return None
    rival = max(score[other] for other in votes.VOTED if other != language)
    return language if score[language] >= votes.SHARED and score[language] >= rival else None


@cache
def _detector_factory() -> Any:
    """Return the detector with our three profiles only; loading all would cost a second."""
    from importlib.resources import files  # noqa: PLC0415  (only when the last vote is needed)

    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415  (the same)

    factory = DetectorFactory()
    profiles = files("langdetect") / "profiles"
    factory.load_json_profile([(profiles / name).read_text("utf-8") for name in ("de", "fr", "en")])
    factory.set_seed(0)
    return factory


def _detected(text: str) -> tuple[Language | None, float]:
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415  (the same)

    detector = _detector_factory().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return None, 0.0
    return (cast("Language", found[0].lang), found[0].prob) if found else (None, 0.0)


@cache
def _clause_words(language: Language) -> frozenset[str]:
    """Return the words that make a sentence, of one language, in all their spellings."""
    groups: dict[Language, str] = {
        "de": words.GERMAN_CLAUSE,
        "fr": words.FRENCH_CLAUSE,
        "en": words.ENGLISH_CLAUSE,
        "ar": arabizi.FUNCTION + arabizi.VERBS + arabizi.COURTESY,
    }
    return frozenset(votes.all_spellings(language, groups[language]))


def _is_sentence(heard: Iterable[votes.Word], language: Language) -> bool:
    """Tell whether somebody speaks; "Commune de Sidi Bou Saïd" is long but only a name."""
    return any(
        word.votes.get(language, 0.0) >= 0.5 and _parts(word.text) & _clause_words(language)
        for word in heard
    )


def _is_telling(heard: Sequence[votes.Word], language: Language) -> bool:
    """Tell whether a word says more than yes, no, thanks, an article or the name of an office."""
    if heard[0].text in _offices() and not _is_sentence(heard, language):
        return False
    return any(
        word.votes.get(language, 0.0) >= 1.0 and word.text not in _replies() for word in heard
    )


@cache
def _replies() -> frozenset[str]:
    return frozenset(words.REPLIES.split())


@cache
def _offices() -> frozenset[str]:
    return frozenset(words.OFFICES.split())


def _parts(text: str) -> set[str]:
    return {text, text.replace("'", ""), *re.split("['-]", text)}
