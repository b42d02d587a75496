"""Channels: how messages reach people; what arrives goes to the function each was given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from kpbot.model import Inbound, Letter, Outbound

Receive = Callable[[Inbound], None]
"""Takes what arrived; when it returns, the turn is committed. Raises where it must come again."""


class NotSent(Exception):  # noqa: N818 (it is the outcome of a send)
    """The message did not go out: try later, or never."""

    def __init__(
        self, reason: str, *, never: bool = False, retry_after: timedelta = timedelta(0)
    ) -> None:
        """`reason` names the kind of failure, without personal data."""
        super().__init__(reason)
        self.reason = reason
        self.never = never
        self.retry_after = retry_after


class Channel(Protocol):
    """A way to people."""

    name: str

    async def send(self, address: str, message: Outbound | Letter) -> None:
        """The message has gone out to the address. MUST raise NotSent where it has not."""
