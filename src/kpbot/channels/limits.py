"""How often: a token bucket for each person, session or address, in memory only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

_MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """How many at once, and how many a second after that."""

    burst: float
    a_second: float


class Buckets:
    """A token bucket for each key, in memory only."""

    def __init__(self, rate: Rate, clock: Callable[[], datetime]) -> None:
        """Every bucket is full."""
        self._rate = rate
        self._clock = clock
        self._levels: dict[str, tuple[float, datetime]] = {}

    def take(self, key: str) -> float:
        """Zero where one more is allowed; else the seconds until it will be."""
        now = self._clock()
        level = self._level(key, now)
        if level < 1:
            return (1 - level) / self._rate.a_second
        self._levels[key] = (level - 1, now)
        if len(self._levels) > _MOST_KEYS:
            self._forget_full(now)
        return 0.0

    def give_back(self, key: str) -> None:
        """What was taken last was not used after all."""
        now = self._clock()
        self._levels[key] = (min(self._rate.burst, self._level(key, now) + 1), now)

    def _level(self, key: str, now: datetime) -> float:
        level, since = self._levels.get(key, (self._rate.burst, now))
        gained = (now - since).total_seconds() * self._rate.a_second
        return min(self._rate.burst, level + max(0.0, gained))

    def _forget_full(self, now: datetime) -> None:
        """A full bucket is the same as none; if none is full, the oldest half goes."""
        kept = {k: v for k, v in self._levels.items() if self._level(k, now) < self._rate.burst}
        if len(kept) > _MOST_KEYS:
            kept = dict(sorted(kept.items(), key=lambda item: item[1][1])[_MOST_KEYS // 2 :])
        self._levels = kept
