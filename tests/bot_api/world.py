"""What the server and the test share: the clock, one lock, and the news that something changed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot_api.faults import Faults
from bot_api.limits import Limits
from kpbot.app import Clock

if TYPE_CHECKING:
    from bot_api.bots import Bot

Raw = dict[str, Any]
"""An object as it stands in the JSON of the Bot API."""


class Refused(Exception):  # noqa: N818 (it is an answer of the server, not a failure of it)
    """The answer is not ok: code, Telegram's wording, and what else a program needs."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> Raw:
        """The body of the answer."""
        body: Raw = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad_request(sentence: str) -> Refused:
    """400 with the sentence in Telegram's wording."""
    return Refused(400, f"Bad Request: {sentence}")


@dataclass(frozen=True)
class Call:
    """One call of a bot that reached the server, whatever became of it."""

    token: str
    method: str
    params: Raw
    """Structured fields are parsed and numbers are numbers, however they were sent."""


@dataclass(eq=False)
class World:
    """Every read and write of it happens under `lock`; `changed` wakes whoever waits."""

    clock: Clock = field(default_factory=Clock)
    limits: Limits | None = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    lock: threading.Condition = field(default_factory=threading.Condition)
    bots: dict[str, Bot] = field(default_factory=dict)
    """By token."""
    calls: list[Call] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """By file id: name and bytes."""
    unheard: list[Refused] = field(default_factory=list)
    """What became of calls inside the answers of webhooks: their bots are not told."""
    loop: asyncio.AbstractEventLoop | None = None
    """The server's, while it runs."""
    _waiting: set[asyncio.Event] = field(default_factory=set)
    _last: int = 0

    def now(self) -> float:
        """Seconds since 1970 on the server's clock."""
        seconds: float = self.clock().timestamp()
        return seconds

    def advance(self, seconds: float) -> None:
        """The clock has moved; long polls, deliveries and expiry have noticed."""
        with self.lock:
            self.clock.ahead += timedelta(seconds=seconds)
            self.changed()

    def number(self) -> int:
        """A number that was not given out before."""
        self._last += 1
        return self._last

    def changed(self) -> None:
        """Everybody who waits looks again. The lock is held."""
        self.lock.notify_all()
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._wake)

    def wait_for(self, what: Callable[[], Any], timeout: float) -> Any:
        """What the function gives as soon as it is true. Raises TimeoutError after seconds."""
        with self.lock:
            found = self.lock.wait_for(what, timeout)
        if not found:
            raise TimeoutError(f"not within {timeout} seconds")
        return found

    async def news(self, seconds: float | None) -> None:
        """Something changed, or the seconds are over. Only in the server's loop."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            # asyncio.wait_for would swallow a cancellation that meets the event.
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(event)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()
