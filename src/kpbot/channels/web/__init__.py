"""The web as a channel: a chat page, the same without JavaScript, and an embeddable widget.

What a person says comes in by POST; what is said to them goes out as a stream of events. Both
doors, the component and the plain form, end in the same `reception`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kpbot.channels import Receive
from kpbot.model import Language, Message, Outbound

if TYPE_CHECKING:  # a quick import: the web framework is loaded by who serves
    from fastapi import APIRouter, FastAPI

Said = Callable[[str, int], list[tuple[int, Outbound]]]
"""Everything said to an address after the message of that id, in order."""


@dataclass(frozen=True)
class WebHouse:
    """What the pages need of the house."""

    receive: Receive
    said: Said
    clock: Callable[[], datetime]
    ready: Callable[[], bool]
    contact: str
    """Other ways to reach the programme; empty: none is named."""
    privacy: Mapping[Language, str]
    """Text of the privacy page."""
    allowed_origins: tuple[str, ...]
    """Sites that may embed the widget; empty: this one only."""
    about: Callable[[str], Mapping[str, Any]] = lambda _: {}
    """Everything that is stored about an address, as plain JSON values."""


class WebChannel:
    """Wakes the streams on which people listen; the messages themselves are in the store."""

    name = "web"
    repeats_show = False

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self.closed = False

    async def send(self, address: str, message: Message) -> None:  # noqa: ARG002 (it is in the store)
        """Every stream of the address looks into the store; who is away reads it on return."""
        self.wake(address)

    def wake(self, address: str) -> None:
        """Every stream of the address looks into the store."""
        for listener in self._listeners.get(address, ()):
            listener.set()

    def listen(self, address: str) -> asyncio.Event:
        """An event that is set whenever something was said to the address."""
        listener = asyncio.Event()
        self._listeners.setdefault(address, set()).add(listener)
        return listener

    def leave(self, address: str, listener: asyncio.Event) -> None:
        """The listener is forgotten."""
        listeners = self._listeners.get(address, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(address, None)

    def listening(self, address: str) -> int:
        """How many streams of the address are open."""
        return len(self._listeners.get(address, ()))

    def close(self) -> None:
        """Every stream ends: a server that stops need not wait for people to leave."""
        self.closed = True
        for address in list(self._listeners):
            self.wake(address)


def create_app(house: WebHouse, channel: WebChannel, routers: Sequence[APIRouter] = ()) -> FastAPI:
    """The web application: pages, plain form, API, stream, health, and what others add."""
    from kpbot.channels.web.application import build  # noqa: PLC0415 (start-up time of others)

    return build(house, channel, routers)
