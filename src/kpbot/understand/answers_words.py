"""Words as answers are compared: tokens without articles, clauses, and which words deny."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kpbot.understand.answers_result import Vocabulary
from kpbot.understand.normalise import normalise, words_of

Tokens = tuple[str, ...]

BREAK = ","
"""Stands between two clauses: no phrase and no denial reaches across it."""


def word_set(words: str) -> frozenset[str]:
    """The words, normalised; an underscore stands for the space inside a phrase."""
    return frozenset(normalise(word.replace("_", " ")) for word in words.split())


ARTICLES = word_set(
    """der die das den dem des ein eine einen einem einer eines
    le la les l un une des du de d the a an"""
)
DENIALS = word_set(
    """kein keine keinen keinem keiner keines nicht ohne weder außer
    pas sans aucun aucune ni sauf jamais no not non without neither nor never except isn aren don
    مش مو موش ماشي ليس ليست لسنا لست غير بدون دون لا ما إلا مفيش مافيش معندناش ماعندناش"""
)
_PREPOSITIONS = word_set(
    """in im aus von vom mit zu zum zur für en au aux avec à from of with for to t
    في من مع الى"""
)
_CLAUSE = re.compile(r"[,;:،؛\n()!?؟…]+|\.(?=\s|$)|\s[-–—]\s")
_ARABIC_ARTICLES = (("ال", 2), ("لل", 2), ("وال", 3), ("بال", 3), ("فال", 3), ("كال", 3))


def bare(token: str) -> str:
    """The word without the Arabic article and what is written together with it."""
    for article, length in _ARABIC_ARTICLES:
        if token.startswith(article) and len(token) >= length + 3:
            return token[length:]
    return token


def particled(token: str) -> str:
    """The Arabic word without one letter for `and`, `in` or `for` before it; else empty."""
    return token[1:] if len(token) >= 4 and token[0] in "وبلف" else ""


def tokens_of(text: str) -> Tokens:
    """The normalised words of the text."""
    return tuple(word for word in words_of(text) if word)


def compared(tokens: Iterable[str]) -> Tokens:
    """The words that tell answers apart: no articles, Arabic ones without theirs."""
    return tuple(bare(token) for token in tokens if token not in ARTICLES)


def clauses_of(text: str) -> Tokens:
    """The compared words of the text with `BREAK` between its clauses."""
    found: list[str] = []
    for clause in _CLAUSE.split(text):
        words = compared(tokens_of(clause))
        if words and found:
            found.append(BREAK)
        found.extend(words)
    return tuple(found)


def denied(tokens: Tokens, start: int) -> bool:
    """Whether a word right before the start says no to what follows; prepositions do not count."""
    position = start - 1
    while position >= 0 and tokens[position] in _PREPOSITIONS:
        position -= 1
    return position >= 0 and tokens[position] in DENIALS


@lru_cache(maxsize=16)
def phrases(words: frozenset[str]) -> Mapping[str, tuple[Tokens, ...]]:
    """First token → the phrases that begin with it, longest first."""
    book: dict[str, list[Tokens]] = {}
    for word in words:
        tokens = tokens_of(word)
        if tokens:
            book.setdefault(tokens[0], []).append(tokens)
    return {first: tuple(sorted(all_, key=len, reverse=True)) for first, all_ in book.items()}


def phrase_at(tokens: Tokens, start: int, book: Mapping[str, tuple[Tokens, ...]]) -> int:
    """Length of the longest phrase of the book that begins there; 0: none does."""
    for phrase in book.get(tokens[start], ()):
        if tokens[start : start + len(phrase)] == phrase:
            return len(phrase)
    return 0


def without_fillers(tokens: Tokens, vocabulary: Vocabulary) -> Tokens:
    """The tokens without the words that add nothing."""
    book = phrases(vocabulary.fillers)
    kept: list[str] = []
    position = 0
    while position < len(tokens):
        length = phrase_at(tokens, position, book)
        if length == 0:
            kept.append(tokens[position])
        position += max(length, 1)
    return tuple(kept)
