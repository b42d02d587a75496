"""Keys under which a place is found: folded, without connectors, one string without spaces."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kpbot.understand.places_words import ABBREVIATIONS, CONNECTORS, CUES, LINKS

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼʾʿ`´ʻ′ـ\u200e\u200f\u200b\u200c\u200d"))
_LETTERS: Final = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "œ": "oe", "æ": "ae", "ð": "d",
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ہ": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه",
        "ک": "ك", "ڪ": "ك", "گ": "ق", "ڨ": "ق", "ڭ": "ق", "ݣ": "ق", "ڤ": "ق", "پ": "ب", "چ": "ش",
        "ژ": "ج", "ٱ": "ا", "ء": None,
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
        **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
    }
)  # fmt: skip
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ELISION: Final = re.compile(r"\b[ld]['’‘ʼ`´](?=\w)", re.IGNORECASE)
_SPLIT: Final = re.compile(r"[\W_]+")
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_ARTICLE: Final = re.compile(r"\b(?:el|al|ech|esh|es|er|et|ed|en|ez|ath|as|ad|ar|an|at|az|ash)\b")
_BASE_END: Final = re.compile(r"[(/,]")
_SHORTEST_WITH_ARTICLE: Final = 4

SHORTEST_KEY: Final = 2


def is_arabic(text: str) -> bool:
    """True when the text has at least one letter of the Arabic script."""
    return _ARABIC.search(text) is not None


def fold(text: str) -> str:
    """Lower case without accents; one form of each Arabic letter; apostrophes gone."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _ELISION.sub(" ", text).translate(_APOSTROPHES).translate(_LETTERS)
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")
    return bare.translate(_LETTERS)


def _without_article(token: str) -> str:
    if token.startswith("ال") and len(token) > _SHORTEST_WITH_ARTICLE:
        return token[2:]
    return token


def tokens(text: str) -> list[str]:
    """The words of a text, folded, abbreviations of "Sankt" written out, Arabic articles off."""
    words = (_without_article(word) for word in _SPLIT.split(fold(text)) if word)
    return [ABBREVIATIONS.get(word, word) for word in words]


def spellings(text: str) -> list[str]:
    """The text and, where it has umlauts, the text with ae, oe, ue for them."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    transcribed = composed.translate(_UMLAUTS)
    return [text] if transcribed == composed else [text, transcribed]


def compact(words: list[str]) -> str:
    """One string of the words that carry the name; connectors stay where nothing else is left."""
    carrying = [word for word in words if word not in CONNECTORS]
    return "".join(carrying or words)


def split_cue(words: list[str]) -> tuple[str, list[str]]:
    """The level the words announce ("" for none) and the words that are no cue."""
    level = next((CUES[word] for word in words if word in CUES), "")
    return level, [word for word in words if word not in CUES]


def cued(level: str, words: list[str]) -> str:
    """The key of a name with its cue: wherever the cue stands, it is written first."""
    return f"@{level}:{compact(words)}"


def name_keys(name: str) -> list[str]:
    """Keys of a full name: with its cue where it has one, and the plain key of all its words."""
    keys: dict[str, None] = {}
    for spelling in spellings(name):
        words = tokens(spelling)
        level, rest = split_cue(words)
        if level and rest:
            keys[cued(level, rest)] = None
        keys[compact(words)] = None
    return [key for key in keys if len(key) >= SHORTEST_KEY]


def upper_keys(name: str, level: str) -> list[str]:
    """Keys of a district, wilaya or association when its level is said: "Landkreis Gießen"."""
    keys: dict[str, None] = {}
    for spelling in spellings(name):
        words = tokens(spelling)
        rest = split_cue(words)[1] or words
        keys[cued(level, rest)] = None
        keys[cued(level, words)] = None
    return list(keys)


def base_words(name: str) -> list[str]:
    """The words before a bracket, a slash or a link: "Neustadt" of "Neustadt an der Orla"."""
    words = tokens(_BASE_END.split(name)[0])
    for position, word in enumerate(words):
        if position and word in LINKS:
            return words[:position]
    return words


def base_keys(name: str) -> list[str]:
    """Weaker keys: the base of a longer name, and a spa's name without "Bad"."""
    full = set(name_keys(name))
    keys: dict[str, None] = {}
    for spelling in spellings(name):
        base = base_words(spelling)
        keys[compact(base)] = None
        if base and base[0] == "bad":
            keys[compact(base[1:])] = None
    return [key for key in keys if len(key) > SHORTEST_KEY and key not in full]


_SOUNDS: Final = (
    ("tch", "S"), ("sch", "S"), ("sh", "S"), ("ch", "S"), ("dj", "J"), ("dh", "d"), ("th", "t"),
    ("kh", "K"), ("gh", "R"), ("ph", "f"), ("gu", "g"), ("qu", "k"), ("ge", "Je"), ("gi", "Ji"),
    ("ce", "se"), ("ci", "si"), ("q", "k"), ("c", "k"), ("g", "k"), ("j", "J"), ("z", "s"),
    ("v", "f"), ("p", "b"), ("x", "ks"), ("3", ""), ("7", "h"), ("9", "k"), ("5", "K"),
)  # fmt: skip
_VOWELS: Final = re.compile(r"[aeiouywh]")
_DOUBLED: Final = re.compile(r"(.)\1+")
_ARABIC_SOUNDS: Final = str.maketrans("طصظضذثغجق", "تسدددتككك")
_ARABIC_VOWELS: Final = re.compile(r"[اويه]")


def skeleton(text: str) -> str:
    """The consonants of a name: what Maghrebi spellings in Latin letters have in common."""
    folded = " ".join(_SPLIT.split(fold(text)))
    if is_arabic(folded):
        bare = "".join(tokens(text)).translate(_ARABIC_SOUNDS)
        return "~" + _DOUBLED.sub(r"\1", _ARABIC_VOWELS.sub("", bare))
    bare = "".join(word for word in _ARTICLE.sub(" ", folded).split() if word not in CONNECTORS)
    for written, sound in _SOUNDS:
        bare = bare.replace(written, sound)
    return "~" + _DOUBLED.sub(r"\1", _VOWELS.sub("", bare))
