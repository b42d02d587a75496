"""A real server on a free loopback port, in a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from kpbot.channels.web import WebChannel, WebHouse, create_app


@contextmanager
def served(app: ASGIApp, channel: WebChannel | None = None) -> Iterator[str]:
    """The address at which the application answers, until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        if channel is not None:
            channel.close()
        thread.join()
        listening.close()


@contextmanager
def house_served(house: WebHouse) -> Iterator[str]:
    """The same for a house."""
    channel = WebChannel()
    with served(create_app(house, channel), channel) as address:
        yield address
