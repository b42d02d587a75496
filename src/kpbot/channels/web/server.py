"""The web server: it stops in order, whoever still listens."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from kpbot.channels.web import WebChannel
from kpbot.channels.web.connections import (
    KEEP_ALIVE_SECONDS,
    LARGEST_HEAD,
    MOST_CONNECTIONS,
    PatientProtocol,
)

LONGEST_STOP_SECONDS = 4
"""What answers in hand have to finish when the process is asked to stop."""


class WebServer(uvicorn.Server):
    """Asked to stop, it takes no more, ends the open streams and finishes what is in hand."""

    def __init__(
        self, app: ASGIApp, channel: WebChannel, *, answering: Callable[[], object]
    ) -> None:
        """It answers from `serve` on, on the sockets given there; then `answering` is called."""
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                log_config=None,  # its own would write tracebacks past our filter
                timeout_graceful_shutdown=LONGEST_STOP_SECONDS,
                server_header=False,
                http=PatientProtocol,
                ws="none",
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                limit_concurrency=MOST_CONNECTIONS,
                h11_max_incomplete_event_size=LARGEST_HEAD,
            )
        )
        self._channel = channel
        self._answering = answering

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGTERM and Ctrl-C end it, and it has then done what it was asked: exit status 0.

        Uvicorn's own would raise the signal once more when all is over.
        """
        wanted = (signal.SIGTERM, signal.SIGINT)
        before = {each: signal.signal(each, self.handle_exit) for each in wanted}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """It answers, and a signal finds it prepared."""
        await super().startup(sockets)
        self._answering()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Streams have ended, answers in hand were given, nobody is connected any more."""
        self._channel.close()
        await super().shutdown(sockets)
