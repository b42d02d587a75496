"""A server of other people's calendars that can play faults."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kpbot.channels.calendar_fetch import LARGEST_CALENDAR

ICS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@example.org\r\n"
    b"SUMMARY:Seminar\r\nDTSTART;VALUE=DATE:20270504\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Feed(ThreadingHTTPServer):
    """A server of other people's calendars, on this machine."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str]] = []
        self.body = ICS
        self.release = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Feed

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))
        match self.path.split("/")[1:]:
            case ["feed.ics"]:
                self._answer(200, self.server.body)
            case ["to", *address]:
                self._answer(302, b"", location="/".join(address))
            case ["round"]:
                self._answer(302, b"", location="/round")
            case ["large"]:
                self._answer(200, b"x" * (LARGEST_CALENDAR + 1))
            case ["packed"]:
                self._answer(200, ICS, **{"content-encoding": "gzip"})
            case ["slow"]:
                self.server.release.wait(60)
            case ["cut"]:
                self._answer(200, b"", **{"content-length": "100"})
            case _:
                self._answer(404, b"")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def feeding() -> Iterator[Feed]:
    """The server on this machine."""
    with Feed() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.release.set()
        server.shutdown()
        thread.join()
