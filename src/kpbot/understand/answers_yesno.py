"""Yes or no."""

from __future__ import annotations

import re
from functools import lru_cache

from kpbot.understand.answers_result import Read, Result, Vocabulary, Wrong
from kpbot.understand.answers_words import Tokens, phrase_at, phrases, tokens_of

_LONGEST = 200
_FIRST_CLAUSE = re.compile(r"[,;.!،؛\n]|\s[-–—]\s")


def read_consent(text: str, vocabulary: Vocabulary) -> Result:
    """True or false only where nothing but a yes or a no was said; fillers do no harm."""
    plain = _plain(text, vocabulary)
    return Wrong("type") if plain is None else Read(plain)


def read_yesno(text: str, vocabulary: Vocabulary) -> Result:
    """A yes or a no, alone or as the first clause where the rest does not say the opposite."""
    plain = _plain(text, vocabulary)
    if plain is not None:
        return Read(plain)
    first, *rest = _FIRST_CLAUSE.split(text[: _LONGEST + 1], maxsplit=1)
    opening = _plain(first, vocabulary)
    if opening is None or len(text) > _LONGEST or not rest:
        return Wrong("type")
    against = phrases(vocabulary.no if opening else vocabulary.yes - vocabulary.fillers)
    tokens = tokens_of(rest[0])
    if any(phrase_at(tokens, start, against) for start in range(len(tokens))):
        return Wrong("type")
    return Read(opening, exact=False)


def _plain(text: str, vocabulary: Vocabulary) -> bool | None:
    if len(text) > _LONGEST:
        return None
    tokens = tokens_of(text)
    said = {_said(phrase, vocabulary) for phrase in _covering(tokens, vocabulary)}
    if not tokens or "" in said:
        return None
    if "no" in said:
        return None if "yes" in said else False
    return True if said & {"yes", "either"} else None


def _covering(tokens: Tokens, vocabulary: Vocabulary) -> list[str]:
    """The phrases the tokens consist of, longest first; an unknown word stands alone."""
    book = phrases(vocabulary.yes | vocabulary.no | vocabulary.fillers)
    found: list[str] = []
    position = 0
    while position < len(tokens):
        length = phrase_at(tokens, position, book) or 1
        found.append(" ".join(tokens[position : position + length]))
        position += length
    return found


def _said(phrase: str, vocabulary: Vocabulary) -> str:
    """no, yes, either (a yes that is a filler as well), filler, or nothing known."""
    filler = phrase in _spoken(vocabulary.fillers)
    if phrase in _spoken(vocabulary.no):
        return "no"
    if phrase in _spoken(vocabulary.yes):
        return "either" if filler else "yes"
    return "filler" if filler else ""


@lru_cache(maxsize=16)
def _spoken(words: frozenset[str]) -> frozenset[str]:
    return frozenset(" ".join(phrase) for all_ in phrases(words).values() for phrase in all_)
