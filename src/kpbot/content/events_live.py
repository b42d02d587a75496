"""The calendar of a running server: read again when its files change, expanded anew each day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpbot.content.events import load_events
from kpbot.events import Calendar
from kpbot.understand.schedule_occurrences import calendar_of

_Stamp = tuple[tuple[str, int, int], ...]


class LiveCalendar:
    """Gives the calendar at once; `refresh` is called now and then, never while somebody waits."""

    def __init__(self, folder: Path, today: date) -> None:
        """The folder's events are loaded; `problems` says what could not be."""
        self._folder = folder
        self._day = today
        self._stamp = self._stamped()
        self._events, self.problems = load_events(folder)
        self._calendar = calendar_of(self._events, today)

    def __call__(self) -> Calendar:
        """The calendar as it was last read."""
        return self._calendar

    def refresh(self, today: date) -> bool:
        """Whatever changed on disk is read, a new day is expanded; False: all is as it was.

        Files with problems change nothing: the calendar stays as it was, and `problems` says why.
        """
        stamp = self._stamped()
        if stamp == self._stamp and today == self._day:
            return False
        if stamp != self._stamp:
            self._stamp = stamp
            events, self.problems = load_events(self._folder)
            if not self.problems:
                self._events = events
        self._day = today
        self._calendar = calendar_of(self._events, today)
        return True

    def _stamped(self) -> _Stamp:
        """What tells whether a file has changed: name, size, time."""
        found: list[tuple[str, int, int]] = []
        for path in sorted(self._folder.glob("*.yaml")):
            try:
                status = path.stat()
            except OSError:  # taken away in this very moment
                continue
            found.append((path.name, status.st_size, status.st_mtime_ns))
        return tuple(found)
