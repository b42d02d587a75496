"""Channels: how messages reach people; what arrives goes to the function each was given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from kpbot.model import Inbound, Message

Receive = Callable[[Inbound], None]
"""Takes what arrived; when it returns, the turn is committed. Raises where it must come again."""


class NotSent(Exception):  # noqa: N818 (it is the outcome of a send)
    """The message did not go out: try later, or never."""

    def __init__(
        self,
        reason: str,
        *,
        never: bool = False,
        retry_after: timedelta = timedelta(0),
        doubtful: bool = False,
    ) -> None:
        """`reason` names the kind of failure, without personal data.

        `doubtful`: it may have arrived all the same, nobody can know.
        """
        super().__init__(reason)
        self.reason = reason
        self.never = never
        self.retry_after = retry_after
        self.doubtful = doubtful


class Channel(Protocol):
    """A way to people."""

    name: str
    repeats_show: bool
    """Whether people see a message twice that was sent twice: a doubtful one is repeated once."""

    async def send(self, address: str, message: Message) -> None:
        """The message has gone out to the address. MUST raise NotSent where it has not."""
