"""Headers on every answer, who may ask from elsewhere, and what a mistake of ours shows."""
# ruff: noqa: ARG001 (an application takes three arguments)

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from scripted import Scripted
from serving import Server
from starlette.types import Receive, Scope, Send
from test_web_events import FIRST, begin

from kpbot.channels.web.headers import Guard

FRIEND = "https://www.example.org"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/chat"),
        ("GET", "/privacy"),
        ("GET", "/widget.js"),
        ("GET", "/page.css"),
        ("GET", "/icon.svg"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/nowhere"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("DELETE", "/chat"),
        ("GET", "/api/chat/stream"),
        ("POST", "/api/chat/messages"),
        ("POST", "/chat"),
    ],
)
def test_every_answer_carries_the_guards(client: httpx.Client, method: str, path: str) -> None:
    headers = client.request(method, path).headers
    policy = headers["content-security-policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ):
        assert rule in policy.split("; ")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert "set-cookie" not in headers
    assert "server" not in headers or headers["server"] == "uvicorn"


@pytest.fixture
def shared(server: Server, script: Scripted) -> Iterator[httpx.Client]:
    """A client of a house whose widget one other site may embed."""
    with (
        server.serve_house(script.house(allowed_origins=(FRIEND + "/",))) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        yield client


def preflight(client: httpx.Client, origin: str) -> httpx.Response:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return client.options("/api/chat/messages", headers=headers)


def test_a_site_that_may_embed_the_widget_may_ask(shared: httpx.Client) -> None:
    answer = preflight(shared, FRIEND)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert "authorization" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers
    event = {"id": FIRST, "open": True}
    posted = shared.post("/api/chat/messages", json=event, headers={"Origin": FRIEND})
    assert posted.headers["access-control-allow-origin"] == FRIEND
    assert posted.headers["vary"] == "Origin"
    assert shared.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", FRIEND + ".evil.example"])
def test_any_other_site_may_not(shared: httpx.Client, origin: str) -> None:
    answer = preflight(shared, origin)
    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers


def test_without_such_sites_nobody_may(client: httpx.Client) -> None:
    assert preflight(client, FRIEND).status_code == 405
    begin(client)


def test_only_the_api_is_shared(shared: httpx.Client) -> None:
    answer = shared.get("/chat", headers={"Origin": FRIEND})
    assert "access-control-allow-origin" not in answer.headers


async def _broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise ValueError("what a person wrote")


async def _broken_late(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ValueError("too late for another answer")


def test_a_mistake_of_ours_shows_nothing_of_what_was_written(server: Server) -> None:
    with server.serve(Guard(_broken)) as address:
        answer = httpx.get(address, trust_env=False)
    assert (answer.status_code, answer.text) == (500, "500")
    assert "content-security-policy" in answer.headers


async def test_a_mistake_after_the_answer_began_is_not_hidden_from_the_server() -> None:
    async def nothing(message: Any = None) -> Any:
        return message

    scope = {"type": "http", "path": "/", "method": "GET", "headers": []}
    with pytest.raises(ValueError, match="too late"):
        await Guard(_broken_late)(scope, nothing, nothing)


async def test_what_is_no_request_passes_untouched() -> None:
    seen = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    await Guard(inner)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == ["lifespan"]
