"""Clients that are slow, endless, or want too much at once: the server hangs up and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from knocking import heard, knock, open_door, trickle
from scripted import Scripted
from structlog.testing import capture_logs

from kpbot.channels.web import WebChannel, connections, create_app, server
from kpbot.channels.web.connections import LARGEST_HEAD, PatientProtocol
from kpbot.channels.web.limits import LARGEST_BODY

Place = tuple[str, int]
POST = b"POST /api/chat/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A server whose patience is short, so that nobody waits for it."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.3)
    with open_door(create_app(Scripted().house(), WebChannel())) as place:
        yield place


def is_well(place: Place) -> bool:
    """Somebody else is served."""
    return httpx.get(f"http://{place[0]}:{place[1]}/healthz", trust_env=False).status_code == 200


def test_who_says_nothing_is_not_waited_for(place: Place) -> None:
    with knock(place) as line:
        assert heard(line) == b""
    assert is_well(place)


@pytest.mark.parametrize("begun", [b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: "])
def test_a_head_that_never_ends_is_not_waited_for_however_often_a_byte_comes(
    place: Place, begun: bytes
) -> None:
    with knock(place) as line:
        line.sendall(begun)
        assert trickle(line, b"a") > 0
    assert is_well(place)


@pytest.mark.parametrize(
    "length", [b"Content-Length: 5000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\nfff\r\n"]
)
def test_a_body_that_never_ends_is_not_waited_for_and_is_no_fault(
    place: Place, length: bytes
) -> None:
    with capture_logs() as logs, knock(place) as line:
        line.sendall(POST + length)
        assert trickle(line, b" ") > 0
    assert is_well(place)
    assert logs == []


def test_a_second_request_has_its_own_time(place: Place) -> None:
    with knock(place) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        assert trickle(line, b"x") > 0


def test_a_stream_that_is_only_read_goes_on(place: Place) -> None:
    """Patience ends with the request, not with the answer."""
    address = f"http://{place[0]}:{place[1]}"
    body = {"id": "0123456789abcdef", "open": True}
    token = httpx.post(f"{address}/api/chat/messages", json=body, trust_env=False).json()["token"]
    with knock(place) as line:
        line.sendall(
            b"GET /api/chat/stream HTTP/1.1\r\nHost: x\r\n"
            + f"Authorization: Bearer {token}\r\n\r\n".encode()
        )
        said = b""
        while b"event: now" not in said:
            said += line.recv(4096)
        line.settimeout(1)  # longer than any patience of this server
        with pytest.raises(TimeoutError):
            line.recv(1)


@pytest.mark.parametrize(
    "head",
    [
        b"X-Long: " + b"a" * 2 * LARGEST_HEAD,
        b"\r\n".join(b"X-%d: a" % number for number in range(LARGEST_HEAD)),
    ],
)
def test_a_flood_of_headers_is_refused(place: Place, head: bytes) -> None:
    with knock(place) as line:
        with suppress(ConnectionError):  # it may hang up meanwhile
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + head)
        assert heard(line).startswith((b"HTTP/1.1 400", b""))
    assert is_well(place)


@pytest.mark.parametrize(
    "length",
    [
        b"Content-Length: %d\r\n\r\n" % 10**12,
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % 10**12,
    ],
)
def test_a_body_that_is_too_large_is_refused_before_it_has_come(
    place: Place, length: bytes
) -> None:
    with knock(place) as line:
        line.sendall(POST + length + b" " * (LARGEST_BODY + 1))
        assert line.recv(4096).startswith(b"HTTP/1.1 413")
    assert is_well(place)


def test_no_more_than_so_many_at_once_and_the_next_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 3)
    with (
        open_door(create_app(Scripted().house(), WebChannel())) as narrow,
        knock(narrow),
        knock(narrow),
        knock(narrow) as third,
    ):
        third.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert heard(third).startswith(b"HTTP/1.1 503")


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"POST /chat HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /chat HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /chat HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET /\r\n X HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_and_nothing_of_it_comes_back(
    place: Place, request_: bytes
) -> None:
    with knock(place) as line:
        line.sendall(request_)
        said = heard(line)
    assert said.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501"))
    assert said.split(b"\r\n\r\n")[1] == b"Invalid HTTP request received."
    assert is_well(place)


def test_a_connection_does_not_become_a_websocket(place: Place) -> None:
    with knock(place) as line:
        line.sendall(
            b"GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        assert line.recv(4096).startswith(b"HTTP/1.1 200")


def test_the_server_is_the_patient_one() -> None:
    built = server.WebServer(
        create_app(Scripted().house(), WebChannel()), WebChannel(), answering=int
    )
    built.config.load()
    assert built.config.http_protocol_class is PatientProtocol
    assert 5 <= connections.HEAD_SECONDS <= 60
    assert 10 <= connections.BODY_SECONDS <= 120
