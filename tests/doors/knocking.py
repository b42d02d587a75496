"""The web server as `serve` runs it, in a thread, and somebody at its door with a bare socket."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from kpbot.channels.web import WebChannel
from kpbot.channels.web.server import WebServer

LONGEST_WAIT = 60.0
"""Seconds after which a test that waits for an end has failed."""


@contextmanager
def open_door(app: ASGIApp) -> Iterator[tuple[str, int]]:
    """Host and port at which the application answers, until the block ends."""
    answering = threading.Event()
    server = WebServer(app, WebChannel(), answering=answering.set)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=lambda: asyncio.run(server._serve([listening])))
        thread.start()
        try:
            assert answering.wait(LONGEST_WAIT)
            yield listening.getsockname()[:2]
        finally:
            server.should_exit = True
            thread.join(LONGEST_WAIT)


@contextmanager
def knock(place: tuple[str, int]) -> Iterator[socket.socket]:
    """A connection."""
    with socket.create_connection(place, LONGEST_WAIT) as line:
        yield line


def heard(line: socket.socket) -> bytes:
    """Everything the server says until it hangs up. Raises TimeoutError where it never does."""
    said = b""
    while True:
        try:
            more = line.recv(65536)
        except ConnectionResetError:
            return said
        if not more:
            return said
        said += more


def trickle(line: socket.socket, byte: bytes) -> int:
    """The byte was sent again and again until the server hung up; how often.

    Raises TimeoutError where it never hangs up.
    """
    line.settimeout(0.02)
    for number in range(int(LONGEST_WAIT / 0.02)):
        try:
            line.sendall(byte)
            if not line.recv(4096):
                return number
        except TimeoutError:
            continue
        except (ConnectionResetError, BrokenPipeError):
            return number
    raise TimeoutError
