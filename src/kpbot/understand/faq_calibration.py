"""How probable it is that an entry is right, learnt from the phrasings alone.

Phrasings are held out by turns, and whole classes with them, so that the model also sees
questions that nothing answers. Every change of the content calibrates itself anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kpbot.model import Language
from kpbot.understand.faq_features import Reading
from kpbot.understand.faq_heads import MOST_PHRASINGS, Numbers
from kpbot.understand.faq_scorer import Scorer, Scores, score, train

SHOWN: Final = 5
"""Candidates of a match."""
_FOLDS: Final = 4
_CLASS_SHARE: Final = 8
"""One class in so many is held out whole in each fold."""
_FEWEST_CLASSES: Final = 8
_FEWEST_PHRASINGS: Final = 80
"""A tree below either size keeps the default weights."""
_PENALTY: Final = 1.0
# Set by hand near the fitted ones, for trees too small or too large to learn from; not measured.
_DEFAULT: Final = (-3.2, 3.0, 5.0, 2.2, 0.5, -0.4, -1.0)

Weights = tuple[float, ...]
Signals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A held-out phrasing."""

    reading: Reading
    owner: int


def best_entries(scores: Scores, in_scope: NDArray[np.bool_]) -> list[int]:
    """The classes in scope, best first, at most `SHOWN`; ties in the order of the entries."""
    inside = np.flatnonzero(in_scope)
    order = np.argsort(-scores.values[inside].round(6), kind="stable")
    return [int(inside[place]) for place in order[:SHOWN]]


def signals(scores: Scores, entries: Sequence[int], in_scope: NDArray[np.bool_]) -> Signals:
    """What the probability is read from, shape (entries, 7)."""
    outside = float(scores.values[~in_scope].max(initial=0.0))
    rows = []
    for entry in entries:
        value = float(scores.values[entry])
        rivals = np.delete(scores.values, entry)
        margin = value - float(rivals.max(initial=0.0))
        nearest = float(scores.nearest[entry])
        length = min(scores.length, 12) / 12
        rows.append((1.0, value, margin, nearest, scores.known, length, outside))
    return np.array(rows, dtype=np.float64).reshape(len(rows), 7)


def probabilities(found: Signals, weights: Weights) -> list[float]:
    """Probability of each entry, never rising from one to the next, their sum at most one."""
    raw = 1 / (1 + np.exp(-np.clip(found @ np.array(weights), -30, 30)))
    falling = np.minimum.accumulate(raw) if len(raw) else raw
    return [float(each) for each in (falling / max(1.0, float(falling.sum()))).round(4)]


def calibrate(lines: Sequence[Line], in_scope: NDArray[np.bool_], language: Language) -> Weights:
    """The weights of `signals` learnt by holding out phrasings and classes."""
    size = len(lines)
    if len(in_scope) < _FEWEST_CLASSES or not _FEWEST_PHRASINGS <= size <= MOST_PHRASINGS:
        return _DEFAULT
    rows: list[Signals] = []
    right: list[bool] = []
    for fold in range(_FOLDS):
        scorer, held = _fold(lines, in_scope, language, fold)
        for line in held:
            scores = score(line.reading, scorer)
            entries = best_entries(scores, in_scope)
            rows.append(signals(scores, entries, in_scope))
            right += [entry == line.owner for entry in entries]
    return fit(np.concatenate(rows), np.array(right, dtype=np.float64))


def _fold(
    lines: Sequence[Line], in_scope: NDArray[np.bool_], language: Language, fold: int
) -> tuple[Scorer, list[Line]]:
    """A scorer without the held-out phrasings and classes, and those phrasings."""
    kept: list[Line] = []
    held: list[Line] = []
    seen: dict[int, int] = {}
    for line in lines:
        turn = seen[line.owner] = seen.get(line.owner, fold) + 1
        gone = bool(in_scope[line.owner]) and line.owner % _CLASS_SHARE == fold
        if turn % _FOLDS == 0:
            held.append(line)
        elif not gone:
            kept.append(line)
    owners: Numbers = np.array([line.owner for line in kept], dtype=np.int32)
    return train([line.reading for line in kept], owners, len(in_scope), language), held


def fit(rows: Signals, right: NDArray[np.float64]) -> Weights:
    """Weights of a logistic regression with a light penalty (Newton's method, 20 steps)."""
    weights = np.zeros(rows.shape[1])
    penalty = _PENALTY * np.eye(rows.shape[1])
    for _ in range(20):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - right) + penalty @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + penalty
        weights = weights - np.linalg.solve(bend, slope)
    return tuple(float(weight) for weight in weights.round(6))
