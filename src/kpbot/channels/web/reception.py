"""What both doors, API and plain form, do with an event: session, limits, order, hand-over."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import structlog
from fastapi import Request

from kpbot.channels.web import WebChannel, WebHouse
from kpbot.channels.web.events import Posted
from kpbot.channels.web.limits import CLIENT_RATE, LARGEST_BODY, SESSION_RATE, Buckets
from kpbot.channels.web.sessions import FirstMessages, address_of
from kpbot.model import Inbound, Outbound

log = structlog.get_logger()

_RETRY_SECONDS = 5


class Refused(Exception):  # noqa: N818 (it is the outcome)
    """The request is not taken; `word` names the sentence for the person."""

    def __init__(self, status: int, word: str, retry_after: int = 0) -> None:
        """`retry_after`: seconds; 0: the same request would be refused again."""
        super().__init__(word)
        self.status = status
        self.word = word
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Received:
    """The event was taken."""

    token: str
    begun: bool
    """The session is a new one."""


class Reception:
    """Takes events, and reads back what was said."""

    def __init__(self, house: WebHouse, channel: WebChannel) -> None:
        """Nobody has come yet."""
        self.house = house
        self.channel = channel
        self._sessions = Buckets(SESSION_RATE, house.clock)
        self._clients = Buckets(CLIENT_RATE, house.clock)
        self._first = FirstMessages()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, request: Request, posted: Posted, token: str | None) -> Received:
        """The event is committed, after those the person sent before it. Raises Refused.

        A token nobody was ever spoken to under (deleted, expired, invented) begins anew.
        """
        known = token is not None and bool(await self.said(address_of(token)))
        if token is None or not known:
            token = self._first.token(posted.id)
        address = address_of(token)
        self.check_rate(request, address)
        turn = self._turns.setdefault(address, asyncio.Lock())
        async with turn:
            await self._hand_over(posted, address)
        self.channel.wake(address)
        return Received(token, begun=not known)

    async def said(self, address: str, after: int = 0) -> list[tuple[int, Outbound]]:
        """Everything said to the address after that id. Raises Refused where the store is away."""
        try:
            return await asyncio.to_thread(self.house.said, address, after)
        except Exception as error:  # noqa: BLE001 (whatever keeps the store from answering)
            raise self._unavailable(error) from None

    async def about(self, address: str) -> Mapping[str, Any]:
        """Everything stored about the address. Raises Refused where the store is away."""
        try:
            return await asyncio.to_thread(self.house.about, address)
        except Exception as error:  # noqa: BLE001 (whatever keeps the store from answering)
            raise self._unavailable(error) from None

    def check_rate(self, request: Request, address: str) -> None:
        """One more is allowed. Raises Refused where it is not."""
        client = request.client.host if request.client else ""
        wait = max(self._clients.take(client), self._sessions.take(address))
        if wait:
            raise Refused(429, "too_often", math.ceil(wait))

    async def _hand_over(self, posted: Posted, address: str) -> None:
        inbound = Inbound(
            channel=self.channel.name,
            person=address,
            # client-made ids need only be unique within a session
            message_id=f"{address[:32]}:{posted.id}",
            at=self.house.clock(),
            content=posted.content,
            language=posted.language,
        )
        try:
            await asyncio.to_thread(self.house.receive, inbound)
        except Exception as error:  # noqa: BLE001 (nothing was committed: the person may send again)
            raise self._unavailable(error) from None

    def _unavailable(self, error: Exception) -> Refused:
        log.error("web_store_away", failure=type(error).__name__)
        return Refused(503, "unavailable", _RETRY_SECONDS)


async def read_body(request: Request) -> bytes:
    """The body, as far as it is not too large. Raises Refused."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Refused(413, "too_long")
    return bytes(body)
