"""A message as words with their places, and the words that introduce answers in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kpbot.understand.answers_words import DENIALS, Tokens, particled, tokens_of, word_set
from kpbot.understand.normalise import normalise

GAP_WORDS = 5
"""As many words may stand where a cue has `…`."""

SMALL = word_set(
    """in im aus von vom mit zu zum zur für en au aux avec à from of with for to t a f fi m
    der die das den dem des le la les l du de d the an wir ich nous je on we i
    und oder et ou and or w o u sowie
    في من و او نحن احنا انا"""
)
"""Words that say nothing by themselves: they may stand before an answer and between two."""
_JOINING = word_set("und sowie oder u et ou and or w و أو")
_OWN = word_set(
    """unser unsere unserer unserem unseren unseres mein meine meiner meinem meinen notre nos ma mon
    mes our my"""
)
_HEDGES = word_set(
    """vielleicht eventuell evtl möglicherweise beispielsweise beispiel früher ehemals wenn falls
    peut-être éventuellement exemple autrefois si maybe perhaps possibly might example formerly if
    ربما يمكن ممكن مثلا إذا لو yemken momkin"""
) | {"peut"}
_TURNS = word_set(
    """aber sondern jedoch weil denn dass damit um wenn falls obwohl während welche welcher welches
    als mais car parce afin dont qui que lorsque comme si pour but because although while which who
    that if as لكن لأن الذي التي حتى لكي كي إذا لو باش عشان bach besh 3la5ater"""
)
"""Words after which another thought begins: no answer reaches across them."""
_CLOSING = (
    _OWN
    | DENIALS
    | _TURNS
    | word_set("für in im mit von aus zu bei pour avec dans en au chez for with from at في مع")
)
"""None of these may stand where a cue has `…`: what comes then is something else."""
_RELATIVES = word_set("die der das den dem deren dessen wo was")
_ABBREVIATED = word_set("st ste skt a d o b i v bzw")
_TOKEN = re.compile(r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]+")
_ADDRESS = re.compile(r"\S+@\S+")
_HARD = re.compile(r"[.;!?؟؛()\[\]\n…]|\s[-–—]\s")
_SOFT = re.compile(r"[,،/&+•|]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the message and where it stands."""

    plain: str
    """Normalised."""
    start: int
    end: int
    hard: bool = False
    """Another thought begins here."""
    soft: bool = False
    """After a comma or a joining word."""
    hyphen: bool = False
    """Written together with the word before it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that introduce an answer; `…` parts the pieces between which others may stand."""

    pieces: tuple[Tokens, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Met:
    """A cue that stands in the message."""

    start: int
    gap: tuple[int, int]
    """Words of the message that stand where the cue has `…`."""
    end: int
    fields: frozenset[str]
    size: int


def words_in(text: str) -> tuple[Word, ...]:
    """The words of the text; joining words are gone, what follows them is `soft`."""
    masked = _ADDRESS.sub(lambda found: "," + " " * (len(found[0]) - 1), text)
    found: list[Word] = []
    last, joined = 0, False
    for match in _TOKEN.finditer(masked):
        between = masked[last : match.start()]
        plain = normalise(match[0])
        last = match.end()
        hard = bool(found) and _is_hard(between, found[-1].plain)
        soft = bool(_SOFT.search(between)) or joined
        if plain in _JOINING and found and not hard:
            joined = True
            continue
        joined = False
        relative = plain in _RELATIVES and "," in between
        for number, part in enumerate(plain.split()):
            first = number == 0
            found.append(
                Word(
                    part,
                    match.start(),
                    match.end(),
                    first and (hard or relative),
                    first and soft,
                    first and bool(found) and between in {"-", "–"},
                )
            )
    return tuple(found)


def _is_hard(between: str, before: str) -> bool:
    if between.startswith(".") and len(between.strip()) == 1 and before in _ABBREVIATED:
        return False
    return bool(_HARD.search(between))


def cue_of(text: str, field: str) -> Cue:
    """The cue as it is compared."""
    pieces = (tokens_of(piece) for piece in text.replace("...", "…").split("…"))
    return Cue(tuple(piece for piece in pieces if piece), field)


@lru_cache(maxsize=256)
def cues_by_word(cues: tuple[str, ...], field: str) -> Mapping[str, tuple[Cue, ...]]:
    """First word → the cues that begin with it."""
    book: dict[str, list[Cue]] = {}
    for cue in (cue_of(text, field) for text in dict.fromkeys(cues)):
        if cue.pieces:
            book.setdefault(cue.pieces[0][0], []).append(cue)
    return {first: tuple(each) for first, each in book.items()}


def cues_in(words: Sequence[Word], books: Iterable[Mapping[str, tuple[Cue, ...]]]) -> list[Met]:
    """The cues of the message in order; of two at one word the longer, then the closer one."""
    kept = tuple(books)
    found: list[Met] = []
    position = 0
    while position < len(words):
        met = _met_at(words, position, kept)
        if met is None:
            position += 1
            continue
        found.append(met)
        position = met.end
    return found


def _met_at(
    words: Sequence[Word], start: int, books: Sequence[Mapping[str, tuple[Cue, ...]]]
) -> Met | None:
    best: Met | None = None
    for opening in {words[start].plain, particled(words[start].plain)}:
        for book in books:
            for cue in book.get(opening, ()):
                met = _matched(words, start, cue)
                if met is None:
                    continue
                if best is None or _rank(met) > _rank(best):
                    best = met
                elif _rank(met) == _rank(best):
                    fields = best.fields | met.fields
                    best = Met(best.start, best.gap, best.end, fields, best.size)
    return best


def _rank(met: Met) -> tuple[int, int]:
    return (met.size, met.gap[0] - met.gap[1])


def _matched(words: Sequence[Word], start: int, cue: Cue) -> Met | None:
    end = _piece_end(words, start, cue.pieces[0], opening=True)
    gap = (start, start)
    for piece in cue.pieces[1:]:
        if end is None:
            return None
        begun = end
        end = None
        for position in range(begun, min(begun + GAP_WORDS + 1, len(words))):
            end = _piece_end(words, position, piece)
            if end is not None:
                gap = (begun, position)
                break
            if words[position].hard or words[position].plain in _CLOSING:
                break
    if end is None:
        return None
    return Met(start, gap, end, frozenset({cue.field}), sum(map(len, cue.pieces)))


def _piece_end(
    words: Sequence[Word], start: int, piece: Tokens, *, opening: bool = False
) -> int | None:
    """The end of the piece that begins there; no thought ends inside it."""
    end = start + len(piece)
    if end > len(words) or any(word.hard for word in words[start + 1 : end]):
        return None
    if words[start].hard and not opening:
        return None
    said = [word.plain for word in words[start:end]]
    first = said[0] == piece[0] or (opening and particled(said[0]) == piece[0])
    return end if first and tuple(said[1:]) == piece[1:] else None


def thoughts(words: Sequence[Word], cued: Iterable[Met]) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of words that belong together."""
    inside = {index for met in cued for index in range(met.start, met.end)}
    inside -= {index for met in cued for index in range(*met.gap)}
    bounds = [0]
    for index, word in enumerate(words):
        if index and (word.hard or (word.plain in _TURNS and index not in inside)):
            bounds.append(index)
    bounds.append(len(words))
    yield from ((start, end) for start, end in pairwise(bounds) if start < end)


def is_own(word: Word) -> bool:
    """Whether what follows belongs to the person: `our`."""
    return word.plain in _OWN


def doubts(words: Iterable[Word]) -> bool:
    """Whether something is denied, supposed or past: then nothing is said for certain."""
    return any(word.plain in DENIALS or word.plain in _HEDGES for word in words)
