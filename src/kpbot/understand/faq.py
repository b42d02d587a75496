"""Which entry of the FAQ a question means, and whether that is sure enough to answer.

Built by `build_index` from the phrasings of one language, asked by `match`. Everything is
deterministic and learnt from the content alone: `faq_scorer` says how well entries fit,
`faq_calibration` how probable they are, `faq_match` what follows. numpy is loaded by the first
call, not by importing this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kpbot.model import Language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kpbot.understand.faq_scorer import Scorer


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that may be meant."""

    id: str
    score: float
    """Probability that this entry is right, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a question means."""

    decision: Literal["answer", "choices", "none"]
    id: str | None
    """Set for `answer`."""
    score: float
    """Of the best candidate."""
    candidates: tuple[Candidate, ...]
    """Up to five entries in scope, best first, also for `none`."""
    shown: tuple[str, ...]
    """For `choices`: the two or three offered."""
    language: Language
    near_miss: str | None
    """The out-of-scope entry, when that is what was asked: the decision is then `none`."""
    why: tuple[str, ...] = ()
    """With `explain`: plain sentences about what decided."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index is built from."""

    id: str
    language: Language
    questions: tuple[str, ...]
    in_scope: bool = True


@dataclass(frozen=True, slots=True)
class Index:
    """The entries of one language, ready to be asked."""

    language: Language
    ids: tuple[str, ...]
    in_scope: NDArray[np.bool_]
    strict: NDArray[np.bool_]
    questions: tuple[str, ...]
    """The phrasings as written, in the order of `scorer.phrasings.owners`."""
    exact: dict[str, tuple[int, ...]]
    """Entries by the words of their phrasings."""
    scorer: Scorer | None
    """None: there is no phrasing at all."""
    weights: tuple[float, ...]
    """Of the signals that a probability is read from."""


def build_index(entries: Sequence[Entry], strict_ids: frozenset[str] = frozenset()) -> Index:
    """The index of entries of one language; entries in `strict_ids` need the higher mark.

    Raises:
        ValueError: the entries are of several languages.
    """
    from kpbot.understand.faq_match import build  # noqa: PLC0415 - numpy only when needed

    return build(entries, strict_ids)


def match(text: str, index: Index, *, explain: bool = False) -> Match:
    """What the text means among the entries of the index; never raises."""
    from kpbot.understand.faq_match import find  # noqa: PLC0415 - numpy only when needed

    return find(text, index, explain=explain)
