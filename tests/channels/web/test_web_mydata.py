"""Whoever holds the session gets everything stored about them as a file, and nobody else does."""

from __future__ import annotations

import httpx
import pytest
from real import real_house
from scripted import Scripted
from serving import Server
from test_web_plain import begin, submit

OTHER = "A" * 43


def test_the_page_links_to_the_file_and_it_is_the_person_s_own(client: httpx.Client) -> None:
    assert "/chat/mydata" not in client.get("/chat").text
    begin(client)
    submit(client, {"say": "Zyxomma7"})
    assert '<a href="/chat/mydata" download>Meine Daten als Datei</a>' in client.get("/chat").text
    answer = client.get("/chat/mydata")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == 'attachment; filename="kpbot-data.json"'
    assert answer.headers["cache-control"] == "no-store"
    assert "Echo: Zyxomma7" in answer.json()["chat"]


def test_the_component_s_token_opens_the_same(client: httpx.Client) -> None:
    event = {"id": "a" * 16, "say": "Zyxomma7"}
    token = client.post("/api/chat/messages", json=event).json()["token"]
    answer = client.get("/api/chat/mydata", headers={"Authorization": f"Bearer {token}"})
    assert answer.json() == {"chat": ["Echo: Zyxomma7"]}
    assert client.get("/chat/mydata").status_code == 401


@pytest.mark.parametrize("path", ["/chat/mydata", "/api/chat/mydata"])
def test_without_the_session_there_is_nothing(address: str, script: Scripted, path: str) -> None:
    with httpx.Client(base_url=address, trust_env=False) as first:
        begin(first)
        submit(first, {"say": "Zyxomma7"})
    headers = {"Authorization": f"Bearer {OTHER}", "Cookie": f"kp-chat={OTHER}"}
    stranger = httpx.get(f"{address}{path}", headers=headers, trust_env=False)
    assert stranger.status_code == 404
    nobody = httpx.get(f"{address}{path}", trust_env=False)
    assert nobody.status_code == 401
    for answer in (stranger, nobody):
        assert "Zyxomma7" not in answer.text
        assert answer.headers["cache-control"] == "no-store"
    script.away = True
    away = httpx.get(f"{address}{path}", headers=headers, trust_env=False)
    assert away.status_code == 503


def test_another_site_s_page_cannot_read_it(client: httpx.Client) -> None:
    begin(client)
    answer = client.get("/chat/mydata", headers={"Origin": "https://evil.example.org"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.slow
def test_the_real_house_tells_everything_it_stores(server: Server) -> None:
    with real_house() as house, server.serve_house(house) as address:
        event = {"id": "b" * 16, "say": "Guten Tag Zyxomma7"}
        posted = httpx.post(f"{address}/api/chat/messages", json=event, trust_env=False)
        headers = {"Authorization": f"Bearer {posted.json()['token']}"}
        told = httpx.get(f"{address}/api/chat/mydata", headers=headers, trust_env=False).json()
    assert told["conversation"]["channel"] == "web"
    assert [each["text"] for each in told["chat"] if each["kind"] == "said"] == [
        "Guten Tag Zyxomma7"
    ]
