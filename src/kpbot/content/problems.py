"""What is wrong with the content: a value with place, sentence and the word probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

_ALIKE = 60
"""Percent of likeness below which no word is suggested: a wild guess would mislead."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One complaint, for the person who wrote the file."""

    file: str
    line: int
    """Counted from 1."""
    sentence: str
    meant: str = ""
    """The word that was probably meant; empty: no idea."""

    def __str__(self) -> str:
        hint = f' (did you mean "{self.meant}"?)' if self.meant else ""
        return f"{self.file}:{self.line}: {self.sentence}{hint}"


def probable(word: str, known: Iterable[str]) -> str:
    """The known word that is most like the word; empty if none is."""
    found = process.extractOne(
        word, sorted(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_ALIKE
    )
    return found[0] if found else ""
