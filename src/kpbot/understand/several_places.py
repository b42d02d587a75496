"""Names of places inside a sentence, told by the kind of body before them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpbot.model import Field
from kpbot.understand.answers_words import word_set
from kpbot.understand.normalise import normalise
from kpbot.understand.places_keys import is_arabic, tokens
from kpbot.understand.places_words import COUNTRY_WORDS, CUES
from kpbot.understand.several_beside import FindPlace, sure_place
from kpbot.understand.several_words import SMALL, Word

_TYPES = CUES.keys() | word_set("markt marktgemeinde ortsgemeinde stadtwerke zweckverband")
_BEFORE = word_set(
    """der die das dem den von vom für bei la le les l de d du des à pour the of from for
    من في باسم ل men mn f fi dyal mta3 bta3 ta3"""
)
_INDEFINITE = word_set("ein eine einer einem einen un une a an")
_LINKS = word_set("de d du des of von dyal mta3 ta3 la le l the")
_INSIDE = word_set("am an der vor ob auf den dem a d de du des la le les l el al sur sous upon of")
_PREPOSITIONS = word_set("in im aus en au aux from في f fi من")
_LONGEST_NAME = 6
_LONGEST_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a body, its kind before it, and where it ends."""

    start: int
    """First letter in the text."""
    end: int
    kind: Word
    """The word that says which kind of body it is."""
    next: int
    """The word after the name."""


def name_after(
    text: str, words: Sequence[Word], region: tuple[int, int], passed: set[int], find: FindPlace
) -> Name | None:
    """The name that stands at the beginning of the region, with the kind of body it is said to be.

    `passed` are words understood otherwise, such as `deutsche` before `Stadt`.
    """
    position, end = region
    while position < end and (words[position].plain in _BEFORE or position in passed):
        if position in passed and _is_kind(words[position]):
            break
        position += 1
    if position >= end or words[position].plain in _INDEFINITE:
        return None
    if not _is_kind(words[position]):
        return _kind_last(text, words, (position, end))
    begun = position
    while position < end and (words[position].plain in _LINKS or _is_kind(words[position])):
        position += 1
    stop = _name_end(text, words, (position, end), words[begun], find)
    if stop is None:
        return None
    first = words[begun]
    return Name(first.start, words[stop - 1].end, first, stop)


def first_name(
    text: str, words: Sequence[Word], clause: tuple[int, int], find: FindPlace
) -> Name | None:
    """The name that the first clause is; without its kind only if something follows."""
    start, end = clause
    name = name_after(text, words, clause, set(), find)
    if name is None and end - start <= _LONGEST_NAME and end < len(words):
        return Name(words[start].start, words[end - 1].end, words[start], end)
    return name if name is not None and name.next == end else None


def _is_kind(word: Word) -> bool:
    return any(each in _TYPES for each in tokens(word.plain))


def _kind_last(text: str, words: Sequence[Word], region: tuple[int, int]) -> Name | None:
    """ "Sohag Governorate": a name in capitals before the kind."""
    start, end = region
    if not _capitals_tell(text):
        return None
    for position in range(start, min(end, start + _LONGEST_WINDOW)):
        word = words[position]
        if position > start and _is_kind(word) and text[word.start].isascii():
            return Name(words[start].start, word.end, word, position + 1)
        if not text[word.start].isupper() or (position > start and word.soft):
            return None
    return None


def _name_end(
    text: str, words: Sequence[Word], region: tuple[int, int], kind: Word, find: FindPlace
) -> int | None:
    """The word after the name; None where it is not clear where the name ends."""
    start, end = region
    if start >= end or words[start].soft:
        return None
    known = _known_end(text, words, region, kind, find)
    if known is not None:
        return known
    if is_arabic(words[start].plain):
        return _arabic_end(words, region)
    return _capitals_end(text, words, region) if _capitals_tell(text) else None


def _known_end(
    text: str, words: Sequence[Word], region: tuple[int, int], kind: Word, find: FindPlace
) -> int | None:
    """The end of the longest run of words that the gazetteer knows by this very name."""
    start, end = region
    most = start + 1
    while most < min(end, start + _LONGEST_NAME) and not words[most].soft:
        if _names_country(words[most]):
            break
        most += 1
    for stop in range(most, start, -1):
        name = text[kind.start : words[stop - 1].end]
        if (
            words[stop - 1].plain not in _INSIDE | SMALL
            and sure_place(name, find(name, None)) is not None
        ):
            return stop
    return None


def _names_country(word: Word) -> bool:
    return any(each in COUNTRY_WORDS for each in tokens(word.plain))


def _arabic_end(words: Sequence[Word], region: tuple[int, int]) -> int | None:
    """One word with the article and nothing after it: `بلدية المثال`, not `بلدية صغيرة`."""
    start, end = region
    if not words[start].plain.startswith("ال"):
        return None
    follows = words[start + 1] if start + 1 < end else None
    is_over = follows is None or follows.soft or follows.plain in _PREPOSITIONS
    return start + 1 if is_over else None


def _capitals_end(text: str, words: Sequence[Word], region: tuple[int, int]) -> int | None:
    start, end = region
    stop = start
    for position in range(start, min(end, start + _LONGEST_NAME)):
        word = words[position]
        if position > start and word.soft:
            break
        if text[word.start].isupper():
            stop = position + 1
        elif word.plain not in _INSIDE or position == start:
            break
    is_whole = stop > start and len(words[stop - 1].plain) > 2
    return stop if is_whole and not text[words[stop - 1].end :].lstrip().startswith("(") else None


def _capitals_tell(text: str) -> bool:
    return any(letter.islower() for letter in text)


def country_after(words: Sequence[Word], start: int, end: int) -> int | None:
    """The word after a name at which its country may stand: "…, Tunisia", "… in Tunisia"."""
    position = start
    while position < end and words[position].plain in _PREPOSITIONS:
        position += 1
    if position >= end:
        return None
    return position if position > start or words[position].soft else None


def is_option(typed: str, fields: Iterable[Field]) -> bool:
    """Whether the words are no name but an option: `commune allemande`."""
    plain = normalise(typed)
    return any(plain in map(normalise, o.words) for field in fields for o in field.options)
