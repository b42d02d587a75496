"""One form for the many spellings of a word; what is stored is never changed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ڤ": "ف",
        "پ": "ب",
        "ڨ": "ق",
        "گ": "ك",
        "ـ": None,
        "ء": None,
    }
)
_LATIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ı": "i", "’": "'", "ʼ": "'"})
_UMLAUT = re.compile("[äöü]")
_DIGITS = {ord(zero) + step: str(step) for zero in "٠۰" for step in range(10)}
_NOT_WORD = re.compile(r"[^\w@+.:/'-]+|(?<!\w)['.:/-]+|['.:/-]+(?!\w)|_+")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def ascii_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits as 0-9."""
    return text.translate(_DIGITS)


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The words of the text in one form: lower case; accents, Arabic forms and digits folded.

    Umlauts become their base letter with an e (`ä` → `ae`), apostrophes a space, punctuation a
    space; `@ + . : / -` inside a word stay. The result has single spaces and no ends.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LATIN)
    folded = _UMLAUT.sub(lambda found: {"ä": "ae", "ö": "oe", "ü": "ue"}[found[0]], folded)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", folded.translate(_ARABIC))
        if not unicodedata.category(letter).startswith(("M", "C")) or letter.isspace()
    )
    bare = _APOSTROPHE.sub(" ", ascii_digits(bare).translate(_ARABIC))
    return " ".join(_NOT_WORD.sub(" ", bare).split())


def words_of(text: str) -> tuple[str, ...]:
    """The normalised words of the text; hyphens and slashes part words."""
    return tuple(re.split(r"[\s/:-]+", normalise(text))) if normalise(text) else ()
