"""How much and how often: sizes, and a token bucket for each session and client address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

LARGEST_BODY = 64 * 1024
"""Bytes of a request that are read."""
LONGEST_TEXT = 6000
"""Characters of a message that are taken; the turn reads the first 4000 and says so."""
MOST_STREAMS = 8
"""Streams one person may have open: tabs and devices."""
_MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """How many at once, and how many a second after that."""

    burst: float
    a_second: float


SESSION_RATE = Rate(burst=60, a_second=2)
CLIENT_RATE = Rate(burst=600, a_second=20)
"""A town hall shares one address, so it is wide; it stops scripts, not people."""


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
