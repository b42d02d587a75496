"""How well a question fits every entry: the phrasings of a language with heads trained on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpbot.model import Language
from kpbot.understand.faq_features import Reading, features
from kpbot.understand.faq_heads import (
    MOST_PHRASINGS,
    Floats,
    Numbers,
    kernel,
    logistic_head,
    nearest_three,
    one_hot,
    ridge_head,
    softmax,
)
from kpbot.understand.faq_index import Phrasings, build_phrasings, similarities


@dataclass(frozen=True, slots=True)
class Scorer:
    """Phrasings and, up to `MOST_PHRASINGS`, both heads of shape (phrasings, classes)."""

    phrasings: Phrasings
    ridge: Floats | None
    logistic: Floats | None


@dataclass(frozen=True, slots=True)
class Scores:
    """What is known of one question."""

    values: Floats
    """Fit of every class, about 0 to 1, shape (classes,)."""
    nearest: Floats
    """Highest similarity of a phrasing of the class, shape (classes,)."""
    phrasing: int
    """The nearest phrasing of all."""
    known: float
    length: int
    """Words of the question."""


def train(readings: Sequence[Reading], owners: Numbers, classes: int, language: Language) -> Scorer:
    """A scorer for the phrasings."""
    phrasings = build_phrasings(readings, owners, classes, language)
    if len(readings) > MOST_PHRASINGS:
        return Scorer(phrasings, None, None)
    rows = [
        similarities(each, features(each, phrasings.vocabulary), phrasings) for each in readings
    ]
    square = np.stack(rows)
    gram = kernel(np.asarray((square + square.T) / 2, dtype=np.float32))
    target = one_hot(owners, classes)
    return Scorer(phrasings, ridge_head(gram, target), logistic_head(gram, target))


def score(reading: Reading, scorer: Scorer) -> Scores:
    """The fit of every class: the mean of both heads, or of the three nearest phrasings (P2)."""
    phrasings = scorer.phrasings
    taken = features(reading, phrasings.vocabulary)
    similarity = similarities(reading, taken, phrasings)
    nearest = np.zeros(phrasings.classes, dtype=np.float32)
    np.maximum.at(nearest, phrasings.owners, similarity)
    if scorer.ridge is None or scorer.logistic is None:
        values = nearest_three(similarity, phrasings.owners, phrasings.classes)
    else:
        row = kernel(similarity)
        values = 0.5 * np.clip(row @ scorer.ridge, 0, 1) + 0.5 * softmax(row @ scorer.logistic)
    return Scores(
        values=values.astype(np.float32),
        nearest=nearest,
        phrasing=int(np.argmax(similarity)),
        known=taken.known,
        length=len(reading.words),
    )
