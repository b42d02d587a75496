"""Arabic words in one form: light stems for the script, folded spellings for Arabizi."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SCRIPT = re.compile("[\u0600-\u06ff]")
_PREFIXES = ("وبال", "وال", "فال", "بال", "كال", "ولل", "عال", "هال", "لل", "ال")
_SUFFIXES = (
    *("ناها", "تكم", "تنا", "يات", "ات", "ين", "ون", "وا", "كم", "نا", "هم", "ها"),
    *("ته", "تي", "تو", "يه", "ه", "ي", "ا", "ك", "ت"),
)
_PROCLITICS = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف")
_SPELLINGS: Final = tuple(
    (re.compile(pattern), folded)
    for pattern, folded in (
        ("ch|sh", "c"),
        ("gh", "g"),
        ("kh", "5"),
        ("th", "t"),
        ("dh", "d"),
        ("ou|oo|w|o", "u"),
        ("ee|ei|ai|ay|y|e", "i"),
        ("[q98]", "k"),
        ("7", "h"),
        ("2", ""),
        ("3", "a"),
        (r"(.)\1+", r"\1"),
    )
)
_SKELETON: Final = str.maketrans(
    dict(zip("ظضذدطتثحهخشسصزجغقكبفلمنر", "ddddttthh5csszggkkbflmnr", strict=True))
    | dict(zip("pvj", "bfg", strict=True))
    | dict.fromkeys("اويعaiue", None)
)


def in_script(word: str) -> bool:
    """Whether the word has a letter of the Arabic script."""
    return _SCRIPT.search(word) is not None


@lru_cache(maxsize=32768)
def fold_arabizi(word: str) -> str:
    """The Latin word with the spellings of one sound as one letter, without its article."""
    for pattern, folded in _SPELLINGS:
        word = pattern.sub(folded, word)
    if len(word) > 4 and word[:2] in ("il", "al"):
        return word[2:]
    return word[1:] if len(word) > 4 and word[0] == "l" and word[1] not in "aiu" else word


def without_article(word: str) -> str:
    """The word in Arabic script without article (and what is written to it) and endings.

    At least three letters stay; at most two endings go.
    """
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for _ in range(2):
        ending = next((e for e in _SUFFIXES if word.endswith(e) and len(word) - len(e) >= 3), "")
        word = word.removesuffix(ending) if ending else word
    return word


def stem_arabic(word: str) -> str:
    """The light stem of a normalised word of either script."""
    return without_article(word) if in_script(word) else fold_arabizi(word)


def unprefixed(word: str) -> tuple[str, ...]:
    """The word and, in Arabic script, its forms without article, preposition or `and`."""
    if not in_script(word):
        return (fold_arabizi(word),)
    bare = (word[len(p) :] for p in _PROCLITICS if word.startswith(p) and len(word) - len(p) >= 3)
    return (word, *tuple(bare)[:2])


def skeleton(stem: str) -> str:
    """The consonants of a stem in one alphabet, so that both scripts meet; empty if under two."""
    bones = re.sub(r"(.)\1+", r"\1", stem.translate(_SKELETON))
    return bones if len(bones) >= 2 else ""
