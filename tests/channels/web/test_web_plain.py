"""The chat without JavaScript: a form, a redirect, one question a page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest
from scripted import Scripted
from serving import Server

from kpbot.model import Opened, Pressed, Said, Selected

HIDDEN = re.compile(r'name="(nonce|proof|turn|language)" value="([^"]*)"')


def fields(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of the page's last form."""
    return dict(HIDDEN.findall(page.text))


def submit(client: httpx.Client, values: dict[str, Any], **headers: str) -> httpx.Response:
    """The form of the present page, sent as a browser sends it."""
    site = headers or {"Sec-Fetch-Site": "same-origin"}
    return client.post("/chat", data=fields(client.get("/chat")) | values, headers=site)


def begin(client: httpx.Client) -> None:
    assert submit(client, {"open": "de"}).status_code == 303


def test_the_first_post_alone_sets_a_cookie_and_it_is_for_this_page_only(
    client: httpx.Client, script: Scripted
) -> None:
    assert "set-cookie" not in client.get("/chat").headers
    answer = submit(client, {"open": "ar"})
    cookie = answer.headers["set-cookie"]
    assert answer.headers["location"] == "/chat"
    for part in ("HttpOnly", "SameSite=lax", "Path=/chat"):
        assert part in cookie
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie
    assert [each.content for each in script.received] == [Opened()]
    page = client.get("/chat")
    assert "Hallo (ar)" in page.text
    assert 'lang="ar" dir="rtl"' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in submit(client, {"say": "a"}).headers


def test_on_an_encrypted_address_the_cookie_travels_encrypted_only(client: httpx.Client) -> None:
    answer = submit(client, {"open": "de"}, **{"X-Forwarded-Proto": "https"})
    assert "Secure" in answer.headers["set-cookie"]


def test_buttons_multi_select_and_text_arrive_as_what_they_are(
    client: httpx.Client, script: Scripted
) -> None:
    begin(client)
    submit(client, {"say": "options"})
    assert 'value="topic:water"' in client.get("/chat").text
    submit(client, {"press": "topic:water"})
    submit(client, {"say": "select"})
    page = client.get("/chat").text
    assert page.count('type="checkbox"') == 3
    assert "Bitte wählen Sie 1 bis 2." in page
    assert 'value="topics:skip"' in page
    submit(client, {"select": "topics", "choice": ["water", "energy"]})
    submit(client, {"press": "command:language:fr"})
    assert [each.content for each in script.received[1:]] == [
        Said("options"),
        Pressed(2, "topic", "water"),
        Said("select"),
        Selected(4, "topics", ("water", "energy")),
        Pressed(5, "command", "language:fr"),
    ]


def test_a_notice_leaves_the_question_in_force(client: httpx.Client) -> None:
    begin(client)
    submit(client, {"say": "options"})
    submit(client, {"say": "toast"})
    page = client.get("/chat").text
    assert "Ist notiert." in page
    assert 'value="topic:water"' in page
    assert "Frühere Nachrichten (1)" in page


def test_help_and_a_person_are_always_offered(client: httpx.Client) -> None:
    begin(client)
    page = client.get("/chat").text
    assert page.count('value="command:help"') == 1
    assert page.count('value="command:human"') == 1


def test_everything_is_text(client: httpx.Client) -> None:
    begin(client)
    submit(client, {"say": "html"})
    page = client.get("/chat").text
    assert "<img" not in page
    assert "<img src=x onerror=alert(1)>" in unescape(page)


def test_a_form_sent_twice_is_one_message_and_changed_it_is_another(
    client: httpx.Client, script: Scripted
) -> None:
    begin(client)
    form = fields(client.get("/chat"))
    for text in ("a", "a", "b"):
        client.post("/chat", data=form | {"say": text}, headers={"Sec-Fetch-Site": "same-origin"})
    assert [each.content for each in script.received[1:]] == [Said("a"), Said("b")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1"},
    ],
)
def test_another_site_cannot_write_in_a_person_s_name(
    client: httpx.Client, script: Scripted, headers: dict[str, str]
) -> None:
    begin(client)
    answer = submit(client, {"say": "a"}, **headers)
    assert answer.status_code == 403
    assert "kam nicht von unserer Seite" in answer.text
    assert len(script.received) == 1


def test_a_browser_that_says_nothing_of_itself_needs_the_page_s_own_proof(
    client: httpx.Client, script: Scripted
) -> None:
    begin(client)
    silent = {"Origin": "null"}
    assert submit(client, {"say": "a", "proof": ""}, **silent).status_code == 403
    assert submit(client, {"say": "a", "proof": "0" * 32}, **silent).status_code == 403
    assert submit(client, {"say": "a"}, **silent).status_code == 303
    assert len(script.received) == 2


def test_an_origin_that_is_ours_is_enough(client: httpx.Client) -> None:
    begin(client)
    own = str(client.base_url).rstrip("/")
    assert submit(client, {"say": "a", "proof": ""}, Origin=own).status_code == 303


@pytest.mark.parametrize(
    "values",
    [
        {"press": "topic:water", "turn": "x"},
        {"press": "topic"},
        {"select": "topics", "turn": ""},
        {"open": "es"},
        {"language": "es", "say": "a"},
        {},
    ],
)
def test_a_form_that_means_nothing_is_refused_with_a_sentence(
    client: httpx.Client, script: Scripted, values: dict[str, str]
) -> None:
    answer = submit(client, values)
    assert answer.status_code == 400
    assert "konnte nicht gelesen werden" in answer.text
    assert script.received == []


@pytest.mark.parametrize(
    ("body", "type_", "status"),
    [
        (b"say=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=1" for _ in range(200)), "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"say=" + b"a" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_body_that_is_no_form_is_refused(
    client: httpx.Client, body: bytes, type_: str, status: int
) -> None:
    assert client.post("/chat", content=body, headers={"Content-Type": type_}).status_code == status


def test_what_was_too_long_is_in_the_box_again(client: httpx.Client) -> None:
    text = "Wort " * 1300
    answer = submit(client, {"say": text})
    assert answer.status_code == 413
    assert "höchstens 6000 Zeichen" in answer.text
    assert text in answer.text


def test_while_the_store_is_away_the_page_says_so_and_keeps_the_text(
    client: httpx.Client, script: Scripted
) -> None:
    begin(client)
    form = fields(client.get("/chat"))
    script.away = True
    for answer in (client.get("/chat"), client.post("/chat", data=form | {"say": "mein Text"})):
        assert answer.status_code == 503
        assert "gerade nicht erreichbar" in answer.text
        assert int(answer.headers["retry-after"]) > 0
    assert "mein Text" in answer.text


def test_a_conversation_that_is_no_longer_stored_begins_anew_and_says_so(
    client: httpx.Client, script: Scripted
) -> None:
    begin(client)
    script.forget()
    assert "Willkommen" in client.get("/chat").text
    answer = submit(client, {"say": "a"})
    assert answer.headers["location"] == "/chat?forgotten=1"
    page = client.get(answer.headers["location"])
    assert "nicht mehr gespeichert" in page.text
    assert "Echo: a" in page.text


def test_both_doors_have_the_same_limits(server: Server, script: Scripted) -> None:
    with (
        server.serve_house(script.house()) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        begin(client)
        answers = [submit(client, {"say": "a"}).status_code for _ in range(60)]
    assert answers == [303] * 59 + [429]
