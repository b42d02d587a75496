"""POST /api/chat/messages: what is taken, what is refused, and to whom it belongs."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from scripted import Scripted

from kpbot.model import Opened, Pressed, Said, Selected

FIRST = "first-message-0001"
SECOND = "second-message-001"


def post(
    client: httpx.Client, event: dict[str, Any], token: str = "", **headers: str
) -> httpx.Response:
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return client.post("/api/chat/messages", json={"id": FIRST, **event}, headers=headers)


def begin(client: httpx.Client) -> str:
    return str(post(client, {"open": True, "language": "de"}).json()["token"])


def test_the_first_event_begins_a_session_whose_token_is_nowhere_in_the_store(
    client: httpx.Client, script: Scripted
) -> None:
    answer = post(client, {"open": True, "language": "ar"})
    token = answer.json()["token"]
    (inbound,) = script.received
    assert answer.status_code == 200
    assert len(token) == 43
    assert inbound.person == hashlib.sha256(token.encode()).hexdigest()
    assert token not in repr(script.received)
    assert (inbound.channel, inbound.content, inbound.language) == ("web", Opened(), "ar")
    assert inbound.at == script.now
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("event", "content"),
    [
        ({"say": "Guten Tag\r\nzweite"}, Said("Guten Tag\nzweite")),
        ({"say": "a\x00b\x07c\u202e\u2067<b>"}, Said("abc\u202e\u2067<b>")),
        ({"press": {"turn": 3, "question": "q", "choice": "c:d"}}, Pressed(3, "q", "c:d")),
        (
            {"select": {"turn": 3, "question": "q", "choices": ["a", "b", "a"]}},
            Selected(3, "q", ("a", "b")),
        ),
        ({"open": True}, Opened()),
    ],
)
def test_each_event_arrives_as_what_it_is(
    client: httpx.Client, script: Scripted, event: dict[str, Any], content: object
) -> None:
    assert post(client, event).status_code == 200
    assert [inbound.content for inbound in script.received] == [content]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 60_000,
        b'{"id": "first-message-0001"}',
        b'{"id": "first-message-0001", "say": "a", "open": true}',
        b'{"id": "short", "say": "a"}',
        b'{"id": "first-message-0001\\n", "say": "a"}',
        b'{"id": "first-message-0001", "say": 5}',
        b'{"id": "first-message-0001", "say": "a", "language": "es"}',
        b'{"id": "first-message-0001", "say": "a", "channel": "mail"}',
        b'{"id": "first-message-0001", "say": "\\ud800"}',
        b'{"id": "first-message-0001", "open": false}',
        b'{"id": "first-message-0001", "press": {"turn": -1, "question": "q", "choice": "c"}}',
        b'{"id": "first-message-0001", "press": {"turn": "1", "question": "q", "choice": "c"}}',
        b'{"id": "first-message-0001", "press": {"turn": 1, "question": "", "choice": "c"}}',
        b'{"id": "first-message-0001", "select": {"turn": 1, "question": "q", "choices": "c"}}',
        b'\xff\xfe{"id": "first-message-0001", "say": "a"}',
    ],
)
def test_what_is_no_event_is_refused_and_not_quoted(
    client: httpx.Client, script: Scripted, body: bytes
) -> None:
    headers = {"Content-Type": "application/json", "Accept-Language": "en"}
    answer = client.post("/api/chat/messages", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "unreadable",
        "sentence": "This message could not be read. Please reload the page.",
    }
    assert script.received == []


def test_only_json_is_taken_so_that_no_foreign_form_can_post(client: httpx.Client) -> None:
    body = json.dumps({"id": FIRST, "say": "a"})
    answer = client.post("/api/chat/messages", content=body, headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


@pytest.mark.parametrize(("length", "status"), [(6000, 200), (6001, 413), (70_000, 413)])
def test_a_text_that_is_too_long_is_refused_with_a_sentence(
    client: httpx.Client, length: int, status: int
) -> None:
    answer = post(client, {"say": "ä" * length}, **{"Accept-Language": "de"})
    assert answer.status_code == status
    if status == 413:
        assert "höchstens 6000 Zeichen" in answer.json()["sentence"]


def test_the_same_id_twice_is_one_message(client: httpx.Client, script: Scripted) -> None:
    token = begin(client)
    for _ in range(3):
        assert post(client, {"id": SECOND, "say": "options"}, token).status_code == 200
    assert len(script.received) == 2
    assert len(script.sent) == 2


def test_the_same_id_of_two_people_is_two_messages(client: httpx.Client, script: Scripted) -> None:
    people = [begin(client)]
    people.append(post(client, {"id": SECOND, "open": True}).json()["token"])
    for token in people:
        post(client, {"id": "the-very-same-id", "say": "a"}, token)
    assert len(script.received) == 4


def test_a_first_message_whose_answer_was_lost_reaches_the_same_session(
    client: httpx.Client, script: Scripted
) -> None:
    assert begin(client) == begin(client)
    assert len(script.received) == 1


def test_a_token_nobody_was_spoken_to_under_begins_anew_and_says_so(
    client: httpx.Client, script: Scripted
) -> None:
    token = begin(client)
    script.forget()
    answer = post(client, {"id": SECOND, "say": "a"}, token).json()
    assert answer["forgotten"] is True
    assert answer["token"] != token
    again = post(client, {"id": "third-message-0001", "say": "b"}, answer["token"]).json()
    assert again == {"token": answer["token"], "forgotten": False}


@pytest.mark.parametrize("token", ["x", "a" * 43, "../../etc/passwd", "é" * 10])
def test_an_invented_token_is_never_adopted(client: httpx.Client, token: str) -> None:
    header = f"Bearer {token}".encode()
    answer = client.post(
        "/api/chat/messages", json={"id": FIRST, "say": "a"}, headers={b"Authorization": header}
    )
    assert answer.status_code == 200
    assert answer.json()["token"] != token


def test_while_the_store_is_away_the_person_is_asked_to_try_again(
    client: httpx.Client, script: Scripted
) -> None:
    token = begin(client)
    script.away = True
    for bearer in ("", token):
        answer = post(client, {"id": SECOND, "say": "a"}, bearer, **{"Accept-Language": "fr"})
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert "réessayer" in answer.json()["sentence"]
    script.away = False
    assert post(client, {"id": SECOND, "say": "a"}, token).status_code == 200


def test_many_messages_at_once_are_asked_to_wait_and_then_taken(
    client: httpx.Client, script: Scripted
) -> None:
    token = begin(client)
    answers = [
        post(client, {"id": f"message-number-{number:04}", "say": "a"}, token)
        for number in range(61)
    ]
    refused = answers[-1]
    assert [answer.status_code for answer in answers[:59]] == [200] * 59
    assert refused.status_code == 429
    assert refused.json()["error"] == "too_often"
    script.later(float(refused.headers["retry-after"]))
    assert post(client, {"id": "message-number-last", "say": "a"}, token).status_code == 200


def test_one_person_s_messages_are_taken_one_after_another(
    client: httpx.Client, script: Scripted
) -> None:
    token = begin(client)

    def say(number: int) -> int:
        event = {"id": f"message-number-{number:04}", "say": str(number)}
        return post(client, event, token).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(say, range(24))) == {200}
    assert len(script.received) == 25
    assert [id_ for id_, _ in script.sent] == list(range(1, 26))
