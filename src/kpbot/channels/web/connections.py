"""How long a client may take to say what it wants: uvicorn itself waits for ever.

Its keep-alive time is about the silence between two requests and begins anew with every byte, so
one machine that sends a letter a minute could hold every connection there is.
"""

from __future__ import annotations

import asyncio
from typing import Any, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
"""From the first byte, or the connection, to the end of the request's head."""
BODY_SECONDS = 60.0
"""From the end of the head to the end of the body."""
LARGEST_HEAD = 16 * 1024
"""Bytes of a request's line and headers."""
MOST_CONNECTIONS = 800
"""Open at once, streams included; a process may open 1,024 files as systemd starts it."""
KEEP_ALIVE_SECONDS = 5
"""Of silence between two requests."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with an end to patience, however often a client sends another byte."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """As uvicorn makes it."""
        super().__init__(*args, **more)
        self._end: asyncio.TimerHandle | None = None
        self._awaited: Literal["", "head", "body"] = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The client has so long for its first request."""
        super().connection_made(transport)
        self._await("head")

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._await("")
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """What came was read; for what is still missing the time does not begin anew."""
        super().handle_events()
        if self.transport.is_closing():
            self._await("")
        elif self.conn.their_state is h11.SEND_BODY:
            self._await("body")
        elif self.conn.their_state is h11.IDLE:
            self._await("head")
        else:
            self._await("")

    def on_response_complete(self) -> None:
        """Between two requests uvicorn's own keep-alive time counts."""
        self._await("")
        super().on_response_complete()

    def _await(self, part: Literal["", "head", "body"]) -> None:
        if part == self._awaited:
            return
        if self._end is not None:
            self._end.cancel()
        self._awaited = part
        seconds = HEAD_SECONDS if part == "head" else BODY_SECONDS
        self._end = self.loop.call_later(seconds, self.transport.abort) if part else None
