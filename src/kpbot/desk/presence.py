"""Who reads which case now: in memory, forgotten after a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

HERE = timedelta(seconds=75)
"""A reader who has not been seen for so long has gone; pages ask more often than that."""


class Presence:
    """Readers of cases. It may be used from several threads."""

    def __init__(self) -> None:
        """Nobody reads anything."""
        self._lock = Lock()
        self._seen: dict[str, dict[str, tuple[str, datetime]]] = {}

    def see(self, reference: str, advisor: str, name: str, at: datetime) -> None:
        """The advisor reads the case at this instant."""
        with self._lock:
            self._seen.setdefault(reference, {})[advisor] = (name, at)

    def readers(self, at: datetime, but: str = "") -> dict[str, tuple[str, ...]]:
        """Names of the readers of each case that is read, in order, without that advisor."""
        with self._lock:
            self._forget(at)
            found = {
                reference: tuple(sorted(name for who, (name, _) in readers.items() if who != but))
                for reference, readers in self._seen.items()
            }
        return {reference: names for reference, names in found.items() if names}

    def _forget(self, at: datetime) -> None:
        for reference, readers in list(self._seen.items()):
            kept = {who: seen for who, seen in readers.items() if at - seen[1] < HERE}
            if kept:
                self._seen[reference] = kept
            else:
                del self._seen[reference]
