"""A real server on a free loopback port, in a thread of its own, kept for the whole run."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from kpbot.channels.web import WebChannel, WebHouse, create_app


class Server:
    """Answers for one application after another: a new one is a matter of milliseconds."""

    def __init__(self) -> None:
        """The server listens; it answers from `serve` on."""
        self._app: ASGIApp | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        config = uvicorn.Config(
            self._answer, interface="asgi3", log_config=None, ws="none", lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listening],))
        self._thread.start()

    @contextmanager
    def serve(self, app: ASGIApp) -> Iterator[str]:
        """The address at which the application answers, until the block ends."""
        before, self._app = self._app, app
        try:
            yield self.address
        finally:
            self._app = before

    @contextmanager
    def serve_house(self, house: WebHouse, channel: WebChannel | None = None) -> Iterator[str]:
        """The same for a house; its streams end with the block."""
        channel = channel or WebChannel()
        with self.serve(create_app(house, channel)) as address:
            try:
                yield address
            finally:
                self.soon(channel.close)

    def soon(self, act: Callable[[], object]) -> None:
        """It is done in the server's own thread, as the house does it."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(act)

    def stop(self) -> None:
        """The server has stopped."""
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._loop = asyncio.get_running_loop()
        assert self._app is not None
        await self._app(scope, receive, send)
