"""The phrasings of one language, ready to be compared with a question: inverted, in numpy."""

from __future__ import annotations

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
    taken = [features(reading, vocabulary) for reading in readings]
    return Phrasings(
        language=language,
        owners=owners,
        classes=classes,
        vocabulary=vocabulary,
        lines=tuple(reading.line for reading in readings),
        words=_build_channel([each.words for each in taken], owners, classes, (1.0, 1.0)),
        pairs=_build_channel([each.pairs for each in taken], owners, classes, (1.0, 0.5)),
        grams=_build_channel([each.grams for each in taken], owners, classes, (0.5, 0.5)),
    )


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
    rows: Sequence[Weighted], owners: Numbers, classes: int, shape: tuple[float, float]
) -> Channel:
    """A channel weighted by `ln(1 + classes / classes with the feature) ** power`.

    `shape` is the power and the share of the highest weight that an unknown feature has.
    """
    power, unknown_share = shape
    holders: dict[str, set[int]] = {}
    for row, owner in zip(rows, owners.tolist(), strict=True):
        for name in row:
            holders.setdefault(name, set()).add(owner)
    names = tuple(sorted(holders))
    places = {name: place for place, name in enumerate(names)}
    spread = np.array([len(holders[name]) for name in names], dtype=np.float64)
    weights = np.log1p(classes / np.maximum(spread, 1)) ** power
    columns: list[int] = []
    numbers: list[int] = []
    values: list[float] = []
    for number, row in enumerate(rows):
        held = [places[name] for name in row]
        raw = np.fromiter(row.values(), dtype=np.float64, count=len(row)) * weights[held]
        columns += held
        numbers += [number] * len(held)
        values += (raw / (np.linalg.norm(raw) or 1.0)).tolist()
    order = np.lexsort((numbers, columns))
    counts = np.bincount(np.asarray(columns, dtype=np.int64), minlength=len(names))
    return make_channel(
        names,
        weights.astype(np.float32),
        float(np.log1p(classes) ** power * unknown_share),
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        np.asarray(numbers, dtype=np.int32)[order],
        np.asarray(values, dtype=np.float32)[order],
    )


def channel_scores(query: Weighted, channel: Channel, phrasings: int) -> Floats:
    """Cosine of the query and every phrasing, shape (phrasings,); the unknown stays in the norm."""
    mass = 0.0
    rows: list[Numbers] = []
    values: list[Floats] = []
    for name, weight in query.items():
        place = channel.places.get(name)
        strength = weight * (channel.unknown if place is None else float(channel.weights[place]))
        mass += strength * strength
        if place is not None:
            held = slice(channel.starts[place], channel.starts[place + 1])
            rows.append(channel.rows[held])
            values.append(channel.values[held] * np.float32(strength))
    if not rows:
        return np.zeros(phrasings, dtype=np.float32)
    sums = np.bincount(np.concatenate(rows), np.concatenate(values), minlength=phrasings)
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
