"""From similarities to entries: kernel ridge and kernel logistic regression in numpy alone."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]

SHARPNESS: Final = 2.0
RIDGE: Final = 0.1
PENALTY: Final = 0.03
ROUNDS: Final = 25
MOST_PHRASINGS: Final = 5000
"""Above it no head is trained (the build is cubic): the nearest phrasings decide alone."""


def kernel(similarity: Floats) -> Floats:
    """Gaussian kernel of a similarity 0 to 1 as of a squared distance: exp(-s (1 - x))."""
    return np.exp(SHARPNESS * (np.minimum(similarity, 1.0) - 1.0)).astype(np.float32)


def one_hot(owners: Numbers, classes: int) -> Floats:
    """Shape (phrasings, classes): 1 where the phrasing belongs to the class."""
    table = np.zeros((len(owners), classes), dtype=np.float32)
    table[np.arange(len(owners)), owners] = 1.0
    return table


def ridge_head(gram: Floats, target: Floats) -> Floats:
    """Kernel ridge regression: coefficients (phrasings, classes) of `(K + r I) A = Y`."""
    return np.linalg.solve(gram + RIDGE * np.eye(len(gram), dtype=np.float32), target)


def logistic_head(gram: Floats, target: Floats) -> Floats:
    """Multinomial kernel logistic regression: coefficients (phrasings, classes).

    Descent on Böhning's (1992) bound: the Hessian is at most `K/2 + penalty`, so one inverse
    serves all rounds and every round lowers the loss.
    """
    inverse = np.linalg.inv(0.5 * gram + PENALTY * np.eye(len(gram), dtype=np.float32))
    found = np.zeros_like(target)
    for _ in range(ROUNDS):
        found -= inverse @ (softmax(gram @ found) - target + PENALTY * found)
    return found


def softmax(values: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def nearest_three(similarity: Floats, owners: Numbers, classes: int) -> Floats:
    """Mean similarity of the three nearest phrasings of each class, shape (classes,).

    Only the 400 nearest of all count: a class without one of them has 0.
    """
    many = min(400, len(similarity))
    nearest = np.argpartition(-similarity, many - 1)[:many]
    nearest = nearest[np.lexsort((nearest, -similarity[nearest]))]
    total = np.zeros(classes, dtype=np.float32)
    seen = np.zeros(classes, dtype=np.int32)
    for row in nearest.tolist():
        owner = owners[row]
        if seen[owner] < 3:
            total[owner] += similarity[row]
            seen[owner] += 1
    sizes = np.minimum(np.bincount(owners, minlength=classes), 3)
    return np.asarray(total / np.maximum(sizes, 1), dtype=np.float32)
