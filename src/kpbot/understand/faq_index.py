"""The phrasings of one language, ready to be compared with a question: inverted, in numpy."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from kpbot.model import Language
from kpbot.understand.faq_features import (
    Features,
    Reading,
    Vocabulary,
    Weighted,
    build_vocabulary,
    features,
)
from kpbot.understand.faq_heads import MOST_PHRASINGS, Floats, Numbers

WORDS_SHARE: Final = 0.2
PAIRS_SHARE: Final = 0.15
GRAMS_SHARE: Final = 0.4
LINES_SHARE: Final = 0.25
"""What each comparison adds to the similarity of two questions; together 1."""
_MOST_LINES: Final = 500
"""In a large index only the nearest by words and letters are compared as strings."""
_MOST_HELD: Final = 400_000
"""Holders of the features of one question that are summed, rarest features first.

Set by hand for the time of 50,000 phrasings alone; what it costs in accuracy was not measured.
"""


@dataclass(frozen=True, slots=True)
class Channel:
    """Features of one kind, inverted: which phrasings hold each, and how strongly."""

    names: tuple[str, ...]
    weights: Floats
    """Inverse class frequency of each feature, shape (features,)."""
    unknown: float
    """Weight of a feature that no phrasing holds."""
    starts: NDArray[np.int64]
    """Shape (features + 1,): where the holders of each feature begin."""
    rows: Numbers
    values: Floats
    """Weight in the phrasing, phrasings being of length one."""
    places: dict[str, int] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Phrasings:
    """Everything of the phrasings of one language that a question is compared with."""

    language: Language
    owners: Numbers
    """Class of each phrasing, shape (phrasings,)."""
    classes: int
    vocabulary: Vocabulary
    lines: tuple[str, ...]
    words: Channel
    pairs: Channel
    grams: Channel


def build_phrasings(
    readings: Sequence[Reading], owners: Numbers, classes: int, language: Language
) -> Phrasings:
    """The phrasings of one language, inverted."""
    vocabulary = build_vocabulary(readings, language)
    words, pairs, grams = _Rows(), _Rows(), _Rows()
    for reading in readings:
        taken = features(reading, vocabulary)
        words.add(taken.words)
        pairs.add(taken.pairs)
        grams.add(taken.grams)
    return Phrasings(
        language=language,
        owners=owners,
        classes=classes,
        vocabulary=vocabulary,
        lines=tuple(reading.line for reading in readings),
        words=_build_channel(words, owners, classes, (1.0, 1.0)),
        pairs=_build_channel(pairs, owners, classes, (1.0, 0.5)),
        grams=_build_channel(grams, owners, classes, (0.5, 0.5)),
    )


class _Rows:
    """The features of one kind of all phrasings, flat: small enough for 50,000 phrasings."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.columns = array("i")
        self.values = array("f")
        self.sizes = array("i")

    def add(self, row: Weighted) -> None:
        """The features of the next phrasing."""
        places = self.places
        self.columns.extend([places.setdefault(name, len(places)) for name in row])
        self.values.extend(row.values())
        self.sizes.append(len(row))


def make_channel(  # noqa: PLR0913, PLR0917 - the fields of a channel, as they are stored
    names: tuple[str, ...],
    weights: Floats,
    unknown: float,
    starts: NDArray[np.int64],
    rows: Numbers,
    values: Floats,
) -> Channel:
    """A channel with its look-up by name."""
    places = {name: place for place, name in enumerate(names)}
    return Channel(names, weights, unknown, starts, rows, values, places)


def _build_channel(
    found: _Rows, owners: Numbers, classes: int, shape: tuple[float, float]
) -> Channel:
    """A channel weighted by `ln(1 + classes / classes with the feature) ** power`.

    `shape` is the power and the share of the highest weight that an unknown feature has.
    """
    power, unknown_share = shape
    names = tuple(sorted(found.places))
    order = np.array([found.places[name] for name in names], dtype=np.int64)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    columns = rank[np.frombuffer(found.columns, dtype=np.int32)] if names else order
    sizes = np.array(found.sizes, dtype=np.int64)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    held = np.unique(columns * classes + owners[rows]) // max(classes, 1)
    spread = np.bincount(held, minlength=len(names))
    weights = np.log1p(classes / np.maximum(spread, 1)) ** power
    raw = np.array(found.values, dtype=np.float64) * weights[columns]
    norms = np.sqrt(np.bincount(rows, raw * raw, minlength=len(sizes)))
    values = raw / np.where(norms > 0, norms, 1.0)[rows]
    sorting = np.lexsort((rows, columns))
    counts = np.bincount(columns, minlength=len(names))
    return make_channel(
        names,
        weights.astype(np.float32),
        float(np.log1p(classes) ** power * unknown_share),
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        rows[sorting].astype(np.int32),
        values[sorting].astype(np.float32),
    )


def channel_scores(query: Weighted, channel: Channel, phrasings: int) -> Floats:
    """Cosine of the query and every phrasing, shape (phrasings,); the unknown stays in the norm."""
    known = [
        (channel.places[name], weight) for name, weight in query.items() if name in channel.places
    ]
    lost = sum(weight * weight for name, weight in query.items() if name not in channel.places)
    if not known:
        return np.zeros(phrasings, dtype=np.float32)
    places = np.array([place for place, _ in known], dtype=np.int64)
    strengths = np.array([weight for _, weight in known]) * channel.weights[places]
    mass = lost * channel.unknown**2 + float(strengths @ strengths)
    counts = channel.starts[places + 1] - channel.starts[places]
    if counts.sum() > _MOST_HELD:
        rare = np.argsort(counts, kind="stable")
        rare = rare[: max(1, int(np.searchsorted(np.cumsum(counts[rare]), _MOST_HELD)))]
        places, strengths, counts = places[rare], strengths[rare], counts[rare]
    before = np.cumsum(counts) - counts
    taken = np.arange(int(counts.sum())) + np.repeat(channel.starts[places] - before, counts)
    values = channel.values[taken] * np.repeat(strengths.astype(np.float32), counts)
    sums = np.bincount(channel.rows[taken], values, minlength=phrasings)
    return np.asarray(sums / mass**0.5, dtype=np.float32)


def similarities(reading: Reading, taken: Features, phrasings: Phrasings) -> Floats:
    """Similarity 0 to 1 of the question and every phrasing, shape (phrasings,)."""
    many = len(phrasings.lines)
    total: Floats = (
        np.float32(WORDS_SHARE) * channel_scores(taken.words, phrasings.words, many)
        + np.float32(PAIRS_SHARE) * channel_scores(taken.pairs, phrasings.pairs, many)
        + np.float32(GRAMS_SHARE) * channel_scores(taken.grams, phrasings.grams, many)
    )
    if many <= MOST_PHRASINGS:
        total += np.float32(LINES_SHARE) * _line_ratios((reading.line, taken.line), phrasings.lines)
        return total
    nearest = np.argpartition(-total, _MOST_LINES - 1)[:_MOST_LINES]
    lines = tuple(phrasings.lines[row] for row in nearest.tolist())
    total[nearest] += np.float32(LINES_SHARE) * _line_ratios((reading.line, taken.line), lines)
    return total


def _line_ratios(asked: Sequence[str], lines: Sequence[str]) -> Floats:
    """Mean share of common letters of the sorted stems (token sort ratio), 0 to 1."""
    different = [line for line in dict.fromkeys(asked) if line]
    if not different:
        return np.zeros(len(lines), dtype=np.float32)
    ratios = process.cdist(different, lines, scorer=fuzz.ratio, dtype=np.float32)
    return np.asarray(ratios.mean(axis=0) / 100, dtype=np.float32)
