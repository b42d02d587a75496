"""The words of a question's options, laid out for look-up, and where a text contains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kpbot.model import Option
from kpbot.understand.answers_result import Vocabulary
from kpbot.understand.answers_words import (
    BREAK,
    DENIALS,
    Tokens,
    compared,
    denied,
    particled,
    tokens_of,
    without_fillers,
    word_set,
)

SIMILAR = 0.8
"""From this similarity on, a word may be a typo of another."""
MARGIN = 0.1
"""By so much the best option is more similar than any other."""
_SHORTEST_TYPO = 4
_LONGEST_TYPO = 48
_TYPO_WORDS = 8
"""Words of a text from which on no typos are looked for inside it."""

_LITTLE = word_set(
    """ab am an ar as at au be by ce da do du ed en er es et eu go he ho id if il im in is it ja je
    la le lu ma me mi mr my na ne ni no nu ob of oh ok on or ou sa se si so su ta te tu um un up us
    va vu we wo zu"""
)
"""Words of two letters that stand in any sentence."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name an option."""

    tokens: Tokens
    option: str
    near: bool
    """It suggests the option only."""
    weak: bool
    """A yes, a no or a filler: inside a sentence it counts at the beginning only."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that stands in a text."""

    start: int
    end: int
    phrase: Phrase
    denied: bool


@dataclass(frozen=True)
class Lexicon:
    """Every word for every option of one question."""

    options: tuple[Option, ...]
    whole: Mapping[Tokens, str]
    """As written → option."""
    plain: Mapping[Tokens, str]
    """Without articles and fillers → option."""
    openings: Mapping[str, tuple[Phrase, ...]]
    """First word → phrases that begin with it, longest first."""
    spellings: Mapping[str, str]
    """Phrase in one string → option, where it is long enough to be mistyped."""


@lru_cache(maxsize=256)
def lexicon(options: tuple[Option, ...], vocabulary: Vocabulary) -> Lexicon:
    """The words of the options, laid out; what names two options names none."""
    said = [(tokens_of(word), option.id) for option in options for word in _words(option)]
    hints = [(tokens_of(word), option.id) for option in options for word in option.near]
    whole = _unique(said)
    bare = _unique((compared(tokens), option) for tokens, option in said)
    suggested = _unique((compared(tokens), option) for tokens, option in hints)
    plain = _unique(
        (compared(without_fillers(tokens, vocabulary)), option) for tokens, option in said
    )
    weak = vocabulary.yes | vocabulary.no | vocabulary.fillers
    openings: dict[str, list[Phrase]] = {}
    spellings: dict[str, str] = {}
    for book, near in ((suggested, True), (bare, False)):
        for tokens, option in book.items():
            joined = " ".join(tokens)
            if len(joined) >= _SHORTEST_TYPO:
                spellings[joined] = option
            if joined in weak or _stands_out(joined):
                phrase = Phrase(tokens, option, near, joined in weak)
                openings.setdefault(tokens[0], []).append(phrase)
    ordered = {
        first: tuple(sorted(each, key=lambda phrase: (-len(phrase.tokens), phrase.near)))
        for first, each in openings.items()
    }
    return Lexicon(options, whole, plain, ordered, spellings)


def exact(words: Lexicon, tokens: Tokens, vocabulary: Vocabulary) -> str | None:
    """The option the tokens name, with nothing beside them but articles and fillers."""
    if tokens in words.whole:
        return words.whole[tokens]
    reduced = compared(without_fillers(tokens, vocabulary))
    return words.plain.get(reduced) or words.plain.get(compared(tokens))


def contained(words: Lexicon, tokens: Tokens) -> list[Found]:
    """The phrases in the text, longest first where they overlap.

    Words for yes and no count only at the beginning, and only where no other phrase counts.
    """
    found = [hit for start in range(len(tokens)) for hit in _starting(words, tokens, start)]
    kept = _not_overlapping(found)
    strong = [hit for hit in kept if not hit.phrase.weak]
    counting = [hit for hit in strong if not hit.denied]
    if counting or not kept:
        return strong
    first = kept[0]
    return [first] if first.start == 0 and first.phrase.weak else strong


def misspelt(words: Lexicon, tokens: Tokens) -> str | None:
    """The one option a run of the words nearly names, up to a typo."""
    best: dict[str, float] = {}
    denies = not DENIALS.isdisjoint(tokens)
    candidates = _runs(tokens) if not denies else {" ".join(tokens)}
    for written in candidates:
        if not _SHORTEST_TYPO <= len(written) <= _LONGEST_TYPO:
            continue
        for spelling, score, _ in extract(
            written,
            words.spellings.keys(),
            scorer=OSA.normalized_similarity,
            score_cutoff=SIMILAR,
            limit=None,
        ):
            if denies is DENIALS.isdisjoint(spelling.split()):
                continue
            option = words.spellings[spelling]
            best[option] = max(best.get(option, 0.0), score)
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
        return None
    return ranked[0][0]


def _words(option: Option) -> tuple[str, ...]:
    return (option.label, *option.words)


def _stands_out(phrase: str) -> bool:
    """Whether the phrase means the option inside a sentence too: `dz` does, `ma` (my) does not."""
    return len(phrase) > 2 or (phrase.isascii() and phrase.isalpha() and phrase not in _LITTLE)


def _unique(pairs: Iterable[tuple[Tokens, str]]) -> dict[Tokens, str]:
    named: dict[Tokens, set[str]] = {}
    for tokens, option in pairs:
        if tokens:
            named.setdefault(tokens, set()).add(option)
    return {tokens: next(iter(ids)) for tokens, ids in named.items() if len(ids) == 1}


def _starting(words: Lexicon, tokens: Tokens, start: int) -> list[Found]:
    first = tokens[start]
    for opening in (first, particled(first)):
        for phrase in words.openings.get(opening, ()):
            end = start + len(phrase.tokens)
            if tokens[start + 1 : end] == phrase.tokens[1:]:
                return [Found(start, end, phrase, denied(tokens, start))]
    return []


def _not_overlapping(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _runs(tokens: Tokens) -> set[str]:
    """The whole text and, where it is short, every run of one to three of its words."""
    runs = {" ".join(token for token in tokens if token != BREAK)}
    if len(tokens) <= _TYPO_WORDS:
        runs |= {
            " ".join(tokens[start : start + length])
            for length in (1, 2, 3)
            for start in range(len(tokens) - length + 1)
            if BREAK not in tokens[start : start + length]
        }
    return runs
