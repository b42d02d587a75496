"""How figures are taken and how they are shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from time import thread_time
from timeit import Timer

ROUNDS = 5
CALLS = 2000


def micros(work: Callable[[], object], calls: int = CALLS) -> float:
    """Microseconds of processor time of one call: the best of five rounds, which share the calls.

    What else the machine does counts as little as can be.
    """
    a_round = max(1, calls // ROUNDS)
    return min(Timer(work, timer=thread_time).repeat(ROUNDS, a_round)) / a_round * 1e6


def show(figures: Mapping[str, float], *, as_json: bool) -> None:
    """The figures are on standard output: as one JSON object, or a line each."""
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for name, value in figures.items():
        sys.stdout.write(f"{name.replace('_', ' '):<56} {value:10.2f}\n")
