"""What two questions are compared by: words, word pairs and letter groups, each with a weight.

Recipe: soft tokens and letter groups 2 to 4 (design, components.md, section 4, P0 to P4), with
concepts as further words, compounds taken apart by the vocabulary and, for Arabic, consonants
as the bridge between the scripts. Weights were chosen on the real questions in `faq/asked` and
on the development halves of four public sets. Mistyped words are looked up, and letter groups
taken, before stemming: a slip in an ending misleads the stemmer (with one slip per eight letters
three points of top-1 on those halves).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from kpbot.model import Language
from kpbot.understand.faq_arabic import skeleton
from kpbot.understand.faq_words import concepts, form, stem, words

CONCEPT_WEIGHT: Final = 1.4
SKELETON_WEIGHT: Final = 0.5
PART_WEIGHT: Final = 0.7
"""A part of a compound, beside the compound."""
SKIPPED_PAIR_WEIGHT: Final = 0.25
CORRECTED_WEIGHT: Final = 0.5
"""Letter groups of a corrected word, beside those of the word as typed."""
NEAR: Final = 0.65
"""OSA similarity from which a word of the vocabulary may stand for an unknown one."""
SURE: Final = 0.7
"""Squared similarity from which a word is a slip, not two words written as one."""
NEAR_BEGINNING: Final = 0.88
"""Jaro-Winkler similarity of the second look."""
UNKNOWN: Final = "?"
"""First letter of a word that the vocabulary does not hold: its mass stays in the norm."""

MOST_SEARCHED: Final = 12
"""Unknown words of a question that are looked up: bounds the time a long message takes.

Set by hand for the time alone; what it costs in accuracy was not measured.
"""
_MOST_KEPT: Final = 4096
"""Look-ups of unknown words that a vocabulary remembers."""

Weighted = dict[str, float]
Near = tuple[tuple[str, float], ...]
"""Stems that may stand for a word, best first, each with its weight."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question taken apart."""

    words: tuple[str, ...]
    """Normalised, as typed."""
    forms: tuple[str, ...]
    """The words as letters are compared: as typed, Arabizi in one spelling."""
    stems: tuple[str, ...]
    line: str
    """The stems in alphabetical order, joined: what the string comparison sees."""


@dataclass(frozen=True, slots=True)
class Features:
    """The three channels of one question."""

    words: Weighted
    pairs: Weighted
    grams: Weighted
    line: str
    """The stems in alphabetical order, each unknown one as its nearest known one."""
    known: float
    """Share of the stems that the vocabulary holds, 0 to 1; near words count in part."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all phrasings of one language."""

    language: Language
    forms: tuple[str, ...]
    """Shortest first, then in alphabetical order."""
    stems: tuple[str, ...]
    """The stem of each form."""
    members: frozenset[str] = field(compare=False)
    near: dict[str, Near] = field(compare=False)
    """What was looked up before."""


def read(text: str, language: Language) -> Reading:
    """The words and stems of the text."""
    typed = words(text, language)
    stems = tuple(stem(word, language) for word in typed)
    forms = tuple(form(word, language) for word in typed)
    return Reading(typed, forms, stems, " ".join(sorted(stems)))


def build_vocabulary(readings: Sequence[Reading], language: Language) -> Vocabulary:
    """The vocabulary of the readings."""
    stem_of = {
        each: stemmed
        for reading in readings
        for each, stemmed in zip(reading.forms, reading.stems, strict=True)
    }
    forms = sorted(stem_of, key=lambda each: (len(each), each))
    return make_vocabulary(language, forms, [stem_of[each] for each in forms])


def make_vocabulary(language: Language, forms: Sequence[str], stems: Sequence[str]) -> Vocabulary:
    """A vocabulary with its look-ups."""
    return Vocabulary(language, tuple(forms), tuple(stems), frozenset(stems), {})


def parts_of(stemmed: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The two known stems of a compound or of two words run together, the evenest; or nothing."""
    best: tuple[str, ...] = ()
    for cut in range(3, len(stemmed) - 2):
        head, tail = stemmed[:cut], stemmed[cut:]
        if tail not in vocabulary.members:
            continue
        for joint in ("", "s", "n", "es", "en"):
            if joint and not head.endswith(joint):
                continue
            first = stem(head.removesuffix(joint), vocabulary.language)
            evener = not best or min(len(first), len(tail)) > min(map(len, best))
            if len(first) >= 3 and first in vocabulary.members and evener:
                best = (first, tail)
    return best if sum(map(len, best)) >= 7 else ()


def near_words(unknown: str, vocabulary: Vocabulary) -> Near:
    """At most three stems whose words are nearly the unknown one, with similarity squared."""
    if unknown not in vocabulary.near:
        if len(vocabulary.near) >= _MOST_KEPT:
            vocabulary.near.clear()
        vocabulary.near[unknown] = _look_up(unknown, vocabulary)
    return vocabulary.near[unknown]


def _look_up(unknown: str, vocabulary: Vocabulary) -> Near:
    size = len(unknown)
    if size < 3:
        return ()
    first = bisect_left(vocabulary.forms, size * NEAR, key=len)
    last = bisect_right(vocabulary.forms, size / NEAR, key=len)
    found = process.extract(
        unknown,
        vocabulary.forms[first:last],
        scorer=OSA.normalized_similarity,
        score_cutoff=NEAR,
        limit=6,
    )
    near: Weighted = {}
    for _, similarity, place in found:
        near.setdefault(vocabulary.stems[first + place], similarity**2)
    if not near and size >= 4:
        found = process.extract(
            unknown,
            vocabulary.forms,
            scorer=JaroWinkler.similarity,
            score_cutoff=NEAR_BEGINNING,
            limit=2,
        )
        for _, similarity, place in found:
            near.setdefault(vocabulary.stems[place], (0.8 * similarity) ** 2)
    return tuple(near.items())[:3]


def features(reading: Reading, vocabulary: Vocabulary) -> Features:
    """The features of a question; a word the vocabulary lacks stands for its nearest ones."""
    near = _all_alternatives(reading, vocabulary)
    corrected = [options[0][0].removeprefix(UNKNOWN) for options in near]
    grams = _grams(reading.forms, 1.0)
    changed = [
        word for word, stemmed in zip(corrected, reading.stems, strict=True) if word != stemmed
    ]
    for gram, weight in _grams(changed, CORRECTED_WEIGHT).items():
        grams.setdefault(gram, weight)
    strength = [0.0 if options[0][0][0] == UNKNOWN else options[0][1] for options in near]
    return Features(
        words=_word_channel(reading, near, vocabulary),
        pairs=_pairs(near),
        grams=grams,
        line=" ".join(sorted(corrected)),
        known=sum(strength) / len(strength) if strength else 0.0,
    )


def _all_alternatives(reading: Reading, vocabulary: Vocabulary) -> list[Near]:
    """What each word stands for; the first `MOST_SEARCHED` unknown ones are looked up."""
    found: list[Near] = []
    searched: set[str] = set()
    for typed, stemmed in zip(reading.forms, reading.stems, strict=True):
        if stemmed in vocabulary.members:
            found.append(((stemmed, 1.0),))
        elif typed in searched or len(searched) < MOST_SEARCHED:
            searched.add(typed)
            found.append(_alternatives(typed, stemmed, vocabulary))
        else:
            found.append(((UNKNOWN + stemmed, 1.0),))
    return found


def _alternatives(typed: str, stemmed: str, vocabulary: Vocabulary) -> Near:
    near = near_words(typed, vocabulary)
    sure = vocabulary.language != "de" and near and near[0][1] >= SURE
    if len(stemmed) >= 7 and not sure:
        near = (*((part, PART_WEIGHT) for part in parts_of(stemmed, vocabulary)), *near)
    return near or ((UNKNOWN + stemmed, 1.0),)


def _word_channel(
    reading: Reading,
    near: Sequence[Near],
    vocabulary: Vocabulary,
) -> Weighted:
    found: Weighted = {}

    def add(feature: str, weight: float) -> None:
        found[feature] = max(found.get(feature, 0.0), weight)

    for options in near:
        for word, weight in options:
            add(word, weight)
            if vocabulary.language == "de" and len(word) >= 7 and word[0] != UNKNOWN:
                for part in parts_of(word, vocabulary):
                    add(part, PART_WEIGHT * weight)
    if vocabulary.language == "ar":
        for bones in filter(None, map(skeleton, reading.stems)):
            add(f"§{bones}", SKELETON_WEIGHT)
    for word in reading.words:
        for concept in concepts(word, vocabulary.language):
            add(f"#{concept}", CONCEPT_WEIGHT)
    for (word, weight), *_ in near:
        if weight < 1:
            for concept in concepts(word, vocabulary.language):
                add(f"#{concept}", CONCEPT_WEIGHT * weight)
    return found


def _pairs(near: Sequence[Near]) -> Weighted:
    """Neighbouring words at full, words with one between them at a quarter of the weight."""
    found: Weighted = {}
    for distance, share in ((1, 1.0), (2, SKIPPED_PAIR_WEIGHT)):
        for left, right in zip(near, near[distance:], strict=False):
            for first, weight in left[:2]:
                for second, other in right[:2]:
                    pair = f"{first} {second}"
                    found[pair] = max(found.get(pair, 0.0), weight * other * share)
    return found


def _grams(forms: Sequence[str], weight: float) -> Weighted:
    """Letter groups of two to four inside the words, their ends marked."""
    found: Weighted = {}
    for word in forms:
        marked = f"_{word[:40]}_"
        for size in (2, 3, 4):
            for start in range(len(marked) - size + 1):
                found[marked[start : start + size]] = weight
    return found
