"""The words of a question as the FAQ matcher compares them: folded, stemmed, with concepts."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import Final

import snowballstemmer

from kpbot.model import Language
from kpbot.understand.faq_arabic import fold_arabizi, in_script, stem_arabic, unprefixed
from kpbot.understand.normalise import normalise

LONGEST: Final = 600
"""Characters of a question that are read: what follows does not change the match."""
_MOST_WORDS: Final = 80
_ALGORITHMS: Final = {"de": "german", "fr": "french", "en": "english"}
_NOT_WORD = re.compile(r"\W+")
_ELISION = re.compile(r"\b(?:qu|jusqu|lorsqu|puisqu|quoiqu|[cdjlmnst])'(?=\w)")
_CONTRACTIONS: Final = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\bwon't\b", "will not"),
        (r"\bcan't\b", "can not"),
        (r"n't\b", " not"),
        (r"'re\b", " are"),
        (r"'m\b", " am"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"'d\b", " would"),
        (r"'s\b", " is"),
    )
)
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def words(text: str, language: Language) -> tuple[str, ...]:
    """The normalised words of the text, elisions dropped and contractions written out."""
    text = text[:LONGEST].casefold().replace("’", "'")
    if language == "fr":
        text = _ELISION.sub("", text)
    elif language == "en":
        for pattern, full in _CONTRACTIONS:
            text = pattern.sub(full, text)
    folded = normalise(text)
    if language == "de":
        for written, base in _UMLAUTS:
            folded = folded.replace(written, base)
    return tuple(word for word in _NOT_WORD.split(folded) if word)[:_MOST_WORDS]


@lru_cache(maxsize=32768)
def stem(word: str, language: Language) -> str:
    """The stem of a normalised word (Snowball; light stripping for Arabic); numbers stay."""
    if word.isdigit():
        return word
    if language == "ar":
        return stem_arabic(word)
    stemmer = snowballstemmer.stemmer(_ALGORITHMS[language])
    return str(stemmer.stemWord(word))


def form(word: str, language: Language) -> str:
    """The normalised word as its letters are compared: Arabizi in one spelling, others as is."""
    if language != "ar" or word.isdigit() or in_script(word):
        return word
    return fold_arabizi(word)


@lru_cache(maxsize=32768)
def concepts(word: str, language: Language) -> tuple[str, ...]:
    """The concepts a normalised word belongs to, in the order of their names."""
    exact, prefixes = _concept_table(language)
    found: set[str] = set()
    for form in unprefixed(word) if language == "ar" else (word,):
        found |= exact.get(form, frozenset())
        for end in range(4, len(form) + 1):
            found |= prefixes.get(form[:end], frozenset())
    if language == "de" and len(word) > 8:
        for start in range(1, len(word) - 4):
            for end in range(start + 5, len(word) + 1):
                found |= prefixes.get(word[start:end], frozenset())
    return tuple(sorted(found))


_Table = tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]


@lru_cache(maxsize=4)
def _concept_table(language: Language) -> _Table:
    """Concepts by exact word and by beginning, in the form `words` gives."""
    listed: dict[str, str] = import_module(f"kpbot.understand.faq_concepts_{language}").CONCEPTS
    exact: dict[str, frozenset[str]] = {}
    prefixes: dict[str, frozenset[str]] = {}
    for concept, members in listed.items():
        for member in members.split():
            parts = words(member.rstrip("="), language)
            if len(parts) != 1:
                continue
            word = parts[0] if language != "ar" or in_script(parts[0]) else unprefixed(parts[0])[0]
            table = exact if member.endswith("=") or len(word) <= 3 else prefixes
            table[word] = table.get(word, frozenset()) | {concept}
    return exact, prefixes
