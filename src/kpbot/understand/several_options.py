"""Options of a question inside a sentence, where a cue or the whole clause says what is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kpbot.model import Field, Option, Part
from kpbot.understand.answers_lexicon import exact, lexicon
from kpbot.understand.answers_result import Vocabulary
from kpbot.understand.answers_words import (
    ARTICLES,
    DENIALS,
    Tokens,
    bare,
    compared,
    particled,
    tokens_of,
    word_set,
)
from kpbot.understand.several_words import SMALL, Word, is_own

_NEAR, _FAR = 2, 6
"""Words that may stand between a cue and an option: of one choice, of several."""
_LOST = 2
"""As many unknown words in a list are lost words, more are a new thought."""
_LIMITING = word_set("mehr für in zu plus en au à dans for any longer fi f في")
_WITH = word_set("mit avec with m3a مع")
"""Limits what is denied: no partner with whom?"""


Book = Mapping[str, tuple[tuple[Tokens, str], ...]]
"""First word → words for an option, longest first."""


@dataclass(frozen=True, slots=True)
class Said:
    """An option and where it stands."""

    option: str
    start: int
    end: int


def _openings(options: Iterable[tuple[str, Tokens]]) -> Book:
    book: dict[str, list[tuple[Tokens, str]]] = {}
    for option, tokens in dict.fromkeys(options):
        book.setdefault(tokens[0], []).append((tokens, option))
    return {
        first: tuple(sorted(each, key=lambda pair: -len(pair[0]))) for first, each in book.items()
    }


def phrases_of(field: Field, vocabulary: Vocabulary, *, cues: bool = True) -> Book:
    """The words for the options, but for `other` and those that stand alone."""
    return _phrases(field.options, (field.other, *field.exclusive), vocabulary, cues=cues)


@lru_cache(maxsize=256)
def _phrases(
    options: tuple[Option, ...],
    left_out: tuple[str | None, ...],
    vocabulary: Vocabulary,
    *,
    cues: bool,
) -> Book:
    found = [
        (phrase.option, phrase.tokens)
        for phrases in lexicon(options, vocabulary).openings.values()
        for phrase in phrases
        if phrase.option not in left_out and not phrase.near and not phrase.weak
    ]
    return _openings((*found, *(_cues(options) if cues else ())))


@lru_cache(maxsize=256)
def _sure_phrases(options: tuple[Option, ...]) -> Book:
    return _openings(_cues(options))


def _cues(options: tuple[Option, ...]) -> tuple[tuple[str, Tokens], ...]:
    return tuple(
        (option.id, tokens)
        for option in options
        for cue in option.cues
        if (tokens := compared(tokens_of(cue)))
    )


def _is_plain(field: Field, option: str) -> bool:
    return option != field.other and option not in field.exclusive


def introduced(
    words: Sequence[Word], field: Field, regions: Sequence[tuple[int, int]], book: Book
) -> tuple[Said, ...]:
    """The options that a cue introduces; none where a word of the list is not understood."""
    found: list[Said] = []
    for region in regions:
        listed = _listed(words, region, field, book)
        if listed is None:
            return ()
        found += listed
    return tuple(found)


def _listed(
    words: Sequence[Word],
    region: tuple[int, int],
    field: Field,
    book: Book,
) -> list[Said] | None:
    position, end = region
    found: list[Said] = []
    between = 0
    while position < end:
        word = words[position]
        said = said_at(words, position, end, book)
        if said is not None:
            found.append(said)
            position = said.end
            continue
        if is_own(word) or (word.soft and not found and position > region[0]):
            return found
        if word.plain not in SMALL:
            if found:
                return None if word.soft and _is_lost(words, position, end) else found
            between += 1
            if between > (_FAR if field.type == "choices" else _NEAR):
                return found
        position += 1
    return found


def _is_lost(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a few words of a list are left over that nobody understands."""
    stop = start + 1
    while stop < end and not words[stop].soft:
        stop += 1
    return 0 < sum(word.plain not in SMALL for word in words[start:stop]) <= _LOST


def said_at(words: Sequence[Word], start: int, end: int, book: Book) -> Said | None:
    """The longest option that begins at the word, whole words only."""
    first = words[start]
    if first.hyphen or (first.plain in ARTICLES and start + 1 < end):
        return None
    for opening in dict.fromkeys((bare(first.plain), first.plain, particled(first.plain))):
        for tokens, option in book.get(opening, ()):
            stop = _run_end(words, start, end, tokens)
            if stop is not None and not (stop < len(words) and words[stop].hyphen):
                return Said(option, start, stop)
    return None


def _run_end(words: Sequence[Word], start: int, end: int, tokens: Tokens) -> int | None:
    position, number = start + 1, 1
    while number < len(tokens):
        if position >= end or words[position].hard or words[position].soft:
            return None
        plain = words[position].plain
        position += 1
        if plain in ARTICLES and plain != tokens[number]:
            continue
        if bare(plain) != tokens[number]:
            return None
        number += 1
    return position


def surely(
    words: Sequence[Word], field: Field, region: tuple[int, int]
) -> tuple[list[Said], set[int]]:
    """Options said in words of their own, and the words used; none that is limited afterwards."""
    found: list[Said] = []
    if field.cues or not any(option.cues for option in field.options):
        return found, set()
    book = _sure_phrases(field.options)
    position, end = region
    while position < end:
        said = said_at(words, position, end, book)
        if said is not None and not _is_limited(words, said, end):
            found.append(said)
            position = said.end
        else:
            position += 1
    return found, {index for said in found for index in range(said.start, said.end)}


def _is_limited(words: Sequence[Word], said: Said, end: int) -> bool:
    if said.end >= end:
        return False
    denies = not DENIALS.isdisjoint(word.plain for word in words[said.start : said.end])
    return words[said.end].plain in (_LIMITING | _WITH if denies else _LIMITING)


def whole(words: Sequence[Word], field: Field, vocabulary: Vocabulary) -> str | None:
    """The option that all the words together name."""
    tokens = tuple(word.plain for word in words)
    if " ".join(tokens) in vocabulary.yes | vocabulary.no | vocabulary.fillers:
        return None
    option = exact(lexicon(field.options, vocabulary), tokens, vocabulary)
    return option if option is not None and _is_plain(field, option) else None


def part_of(text: str, words: Sequence[Word], field: Field, said: Sequence[Said]) -> Part:
    """The answer that the options are together; without value where they contradict each other."""
    options = {each.option for each in said}
    if len(options) > (1 if field.type == "choice" else field.maximum or len(field.options)):
        return Part(field.id, None, "")
    start = min(words[each.start].start for each in said)
    end = max(words[each.end - 1].end for each in said)
    typed = text[start:end]
    if field.type == "choice":
        return Part(field.id, next(iter(options)), typed)
    return Part(field.id, tuple(o.id for o in field.options if o.id in options), typed)
