"""GET /api/chat/stream: everything that was said, then what comes, and nothing twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from scripted import Scripted
from serving import Server
from test_web_events import begin, post

from kpbot.channels.web import WebChannel, api
from kpbot.model import Letter, Outbound


@contextmanager
def listening(client: httpx.Client, token: str, query: str = "", **headers: str) -> Iterator[Any]:
    """The blocks of the stream, one after another."""
    headers["Authorization"] = f"Bearer {token}"
    url = f"/api/chat/stream{query}"
    with client.stream("GET", url, headers=headers, timeout=None) as answer:
        assert answer.status_code == 200
        yield blocks(answer)


def blocks(answer: httpx.Response) -> Iterator[dict[str, str]]:
    block: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            block[name] = value
        else:
            yield block
            block = {}


def test_the_stream_tells_what_was_said_and_then_what_comes(client: httpx.Client) -> None:
    token = begin(client)
    with listening(client, token) as stream:
        first = next(stream)
        assert first["id"] == "1"
        assert json.loads(first["data"]) == {
            "id": 1,
            "turn": 1,
            "language": "de",
            "text": "Hallo (de)",
            "buttons": [{"id": "help", "title": "Hilfe", "question": "command"}],
            "select": None,
            "toast": False,
        }
        assert next(stream) == {"event": "now", "data": "{}"}
        post(client, {"id": "second-message-001", "say": "select"}, token)
        second = next(stream)
        assert second["id"] == "2"
        assert json.loads(second["data"])["select"] == {"question": "topics", "min": 1, "max": 2}


def test_the_answer_is_a_stream_that_nobody_keeps_or_holds_back(client: httpx.Client) -> None:
    headers = {"Authorization": f"Bearer {begin(client)}"}
    with client.stream("GET", "/api/chat/stream", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-accel-buffering"] == "no"


@pytest.mark.parametrize(
    ("query", "headers", "expected"),
    [
        ("", {}, ["1", "2", "3"]),
        ("?after=2", {}, ["3"]),
        ("", {"Last-Event-ID": "1"}, ["2", "3"]),
        ("?after=1", {"Last-Event-ID": "2"}, ["3"]),
        ("?after=99", {}, []),
        ("?after=x", {"Last-Event-ID": "-4"}, ["1", "2", "3"]),
        ("?after=" + "9" * 400, {}, []),
    ],
)
def test_who_comes_back_hears_only_what_is_new(
    client: httpx.Client, query: str, headers: dict[str, str], expected: list[str]
) -> None:
    token = begin(client)
    for number in range(2):
        post(client, {"id": f"message-number-{number:04}", "say": "a"}, token)
    heard = []
    with listening(client, token, query, **headers) as stream:
        for block in stream:
            if block.get("event") == "now":
                break
            heard.append(block["id"])
    assert heard == expected


def test_nobody_hears_what_was_said_to_another(client: httpx.Client) -> None:
    first = begin(client)
    second = post(client, {"id": "another-person-01", "say": "a"}).json()["token"]
    with listening(client, second) as stream:
        assert json.loads(next(stream)["data"])["text"] == "Echo: a"
        assert next(stream)["event"] == "now"
    assert first != second


@pytest.mark.parametrize(("token", "status"), [("", 401), ("x", 401), ("a" * 43, 404)])
def test_a_stream_needs_a_token_somebody_was_spoken_to_under(
    client: httpx.Client, token: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = client.get("/api/chat/stream", headers=headers)
    assert answer.status_code == status
    assert answer.json()["error"] == "forgotten"


def test_while_the_store_is_away_there_is_no_stream(client: httpx.Client, script: Scripted) -> None:
    token = begin(client)
    script.away = True
    answer = client.get("/api/chat/stream", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 503
    assert "retry-after" in answer.headers


def test_a_store_that_goes_away_ends_the_stream(server: Server, script: Scripted) -> None:
    channel = WebChannel()
    with (
        server.serve_house(script.house(), channel) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        token = begin(client)
        with listening(client, token) as stream:
            assert [next(stream).get("id"), next(stream).get("event")] == ["1", "now"]
            script.away = True
            server.soon(lambda: channel.wake(script.received[0].person))
            assert list(stream) == []


def test_the_channel_wakes_a_stream_for_what_is_said_unasked(
    server: Server, script: Scripted
) -> None:
    channel = WebChannel()
    with (
        server.serve_house(script.house(), channel) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        token = begin(client)
        person = script.received[0].person
        with listening(client, token) as stream:
            assert [next(stream).get("id"), next(stream).get("event")] == ["1", "now"]
            script.say(person, {"text": "Ihre Anfrage ist noch nicht gesendet."})
            server.soon(lambda: asyncio.ensure_future(channel.send(person, script.sent[-1][1])))
            assert "noch nicht gesendet" in next(stream)["data"]


def test_a_silent_stream_shows_that_it_lives_and_looks_again(
    client: httpx.Client, script: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "KEEP_ALIVE_SECONDS", 0.01)
    token = begin(client)
    with listening(client, token) as stream:
        assert [next(stream).get("id"), next(stream).get("event")] == ["1", "now"]
        assert "" in next(stream)  # a comment: a line without a name
        script.say(script.received[0].person, {"text": "Von einem anderen Prozess."})
        told = next(block for block in stream if "data" in block)
        assert "anderen Prozess" in told["data"]


def test_one_person_has_so_many_streams_and_no_more(server: Server, script: Scripted) -> None:
    channel = WebChannel()
    with (
        server.serve_house(script.house(), channel) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        token = begin(client)
        listeners = [channel.listen(script.received[0].person) for _ in range(8)]
        headers = {"Authorization": f"Bearer {token}"}
        assert client.get("/api/chat/stream", headers=headers).status_code == 429
        for listener in listeners:
            channel.leave(script.received[0].person, listener)
        with listening(client, token) as stream:
            assert next(stream)["id"] == "1"


async def test_sending_always_succeeds_because_the_store_has_it() -> None:
    channel = WebChannel()
    await channel.send("nobody-listens", Outbound("web", "nobody-listens", 1, "de", "a"))
    await channel.send("nobody-listens", Letter("s", "t", "KP-1"))
    assert channel.name == "web"
    assert channel.listening("nobody-listens") == 0
