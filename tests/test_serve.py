"""`kpbot serve` as a process: what it prints, keeps, refuses, and how it stops and comes back."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller

from channels.test_mail import DESK, Mailbox
from cli.running import Kpbot
from served import Guest, Served
from walk import RECORD, WORDS, told

pytestmark = pytest.mark.slow

ENQUIRY: list[str | dict[str, Any]] = [
    {"press": "start"},
    {"press": "yes"},
    {"press": "german_municipality"},
    WORDS["municipality_name"],
    {"press": "brief"},
    {"press": "none"},
    {"select": ["MA", "TN"]},
    {"select": ["new_partnership"]},
    {"select": ["waste_management", "environmental_education"]},
    WORDS["description"],
    WORDS["contact_name"],
    WORDS["email"],
    {"press": "send"},
]
SOON_SECONDS = 60
"""How long a test waits for what must come."""


@pytest.fixture
def kpbot(tmp_path: Path) -> Kpbot:
    return Kpbot(tmp_path)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The advisors' mailbox on a mail server on this machine."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    mailbox.answers["address"] = f"smtp://127.0.0.1:{port}"
    yield mailbox
    controller.stop()


def test_it_prints_the_addresses_under_which_it_answers(kpbot: Kpbot) -> None:
    with Served(kpbot) as served:
        addresses = re.findall(r"http://\S+", served.printed)
        paths = ("/", "/chat", "/widget.js", "/desk")
        assert addresses == [f"{served.address}{path}" for path in paths]
        for address in (*addresses, f"{served.address}/healthz", f"{served.address}/readyz"):
            answer = httpx.get(address, trust_env=False, follow_redirects=True)
            assert answer.status_code == 200, address
        assert f"sqlite:///{kpbot.folder / 'kpbot.db'}" in served.printed


def test_an_enquiry_over_http_is_in_the_records_and_in_the_advisors_mailbox(
    kpbot: Kpbot, mailbox: Mailbox
) -> None:
    settings = {"KPBOT_SMTP_URL": mailbox.answers["address"], "KPBOT_MAIL_TO": DESK}
    with Served(kpbot, settings=settings) as served:
        guest = Guest(served.address)
        guest.say("hallo")
        for event in ENQUIRY:
            said = guest.act(event)
        guest.close()
        (reference,) = re.findall(r"KP-\w{5}", said)
        listed = kpbot("records", "list")
        assert listed.out.startswith(reference), listed
        (record,) = kpbot("records", "show", reference, "--json").lines
        assert told(record) == RECORD
        mail = _first_mail(mailbox)
        assert reference in mail["Subject"]
        body = mail.get_body(("plain",))
        assert body is not None
        assert "s.kern@musterhausen.de" not in body.get_content(), "mails hold no personal data"
        assert mailbox.recipients == [DESK]
        assert served.complaints == ""


def _first_mail(mailbox: Mailbox) -> EmailMessage:
    deadline = time.monotonic() + SOON_SECONDS
    while not mailbox.mails:
        assert time.monotonic() < deadline, "no mail came"
        time.sleep(0.05)
    return mailbox.mails[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_ends_the_streams_and_exits_without_a_word(
    kpbot: Kpbot, number: signal.Signals
) -> None:
    with Served(kpbot) as served:
        guest = Guest(served.address)
        guest.say("hallo")
        guest.heard = 0
        stream = guest.listen()
        assert "automatischer Assistent" in next(stream)["text"]
        served.ask_to_stop(number)
        assert list(stream) == []  # it ends as a stream ends, not as a connection breaks
        assert served.wait() == 0
        assert served.complaints == ""
        guest.close()


def test_asked_to_stop_it_finishes_the_turn_in_hand(kpbot: Kpbot) -> None:
    with Served(kpbot) as served:
        guest = Guest(served.address)
        guest.say("hallo")
        with _busy_database(kpbot):
            turn = _sent(served, guest, "Anfrage stellen")
            served.ask_to_stop()
            _takes_no_more(served)
        assert turn.getresponse().status == 200
        turn.close()
        assert served.wait() == 0
        assert served.complaints == ""
    with Served(kpbot) as served:
        guest = guest.again(served.address)
        answer = next(guest.listen())
        guest.close()
    assert answer["turn"] == 2
    assert "Darf ich Ihre Angaben" in answer["text"]


def test_asked_to_stop_it_does_not_wait_for_who_never_ends_their_sentence(kpbot: Kpbot) -> None:
    with Served(kpbot) as served:
        endless = HTTPConnection("127.0.0.1", served.port, timeout=SOON_SECONDS)
        endless.putrequest("POST", "/api/chat/messages")
        endless.putheader("Content-Type", "application/json")
        endless.putheader("Content-Length", "1000")
        endless.endheaders(b'{"id": "a-message-of-its-own", "say": "')
        for _ in range(2):  # its loop went round with the request before it
            httpx.get(f"{served.address}/healthz", trust_env=False)
        served.ask_to_stop()
        assert served.wait() == 0
        assert "Traceback" not in served.complaints
        assert endless.getresponse().status == 503
        endless.close()


@contextmanager
def _busy_database(kpbot: Kpbot) -> Iterator[None]:
    """Somebody else writes into the database: a turn that has begun cannot end."""
    other = sqlite3.connect(kpbot.folder / "kpbot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def _sent(served: Served, guest: Guest, text: str) -> HTTPConnection:
    """The text is with the server, which has begun its turn."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=SOON_SECONDS)
    headers = {"Authorization": f"Bearer {guest.token}", "Content-Type": "application/json"}
    body = json.dumps({"id": "a-message-of-its-own", "say": text})
    connection.request("POST", "/api/chat/messages", body, headers)
    for _ in range(2):  # its loop went round with the request before it
        httpx.get(f"{served.address}/healthz", trust_env=False)
    return connection


def _takes_no_more(served: Served) -> None:
    deadline = time.monotonic() + SOON_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", served.port)).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.01)
    pytest.fail("it still takes connections")


def test_killed_in_the_midst_it_comes_back_where_everybody_was(kpbot: Kpbot) -> None:
    with Served(kpbot) as served:
        guest = Guest(served.address)
        guest.say("hallo")
        for event in ENQUIRY[:5]:
            said = guest.act(event)
        served.kill()
    with Served(kpbot, port=served.port) as served:
        guest = guest.again(served.address)
        heard, guest.heard = guest.heard, 0
        assert [*islice(guest.listen(), 6)][-1]["text"] == said
        guest.heard = heard
        for event in ENQUIRY[5:]:
            said = guest.act(event)
        guest.close()
        (reference,) = re.findall(r"KP-\w{5}", said)
        (record,) = kpbot("records", "show", reference, "--json").lines
        assert told(record) == RECORD


def test_while_the_faq_is_compiled_it_lives_but_is_not_ready_and_takes_nothing(
    kpbot: Kpbot, tmp_path: Path
) -> None:
    served = Served(kpbot, settings={"KPBOT_CACHE_DIR": str(tmp_path / "cold")})
    health, ready = (
        httpx.get(f"{served.address}/{path}", trust_env=False) for path in ("healthz", "readyz")
    )
    guest = Guest(served.address)
    refused = guest.post({"say": "hallo"})
    guest.close()
    assert (health.status_code, ready.status_code, refused.status_code) == (200, 503, 503)
    assert "Retry-After" in refused.headers
    served.ask_to_stop()
    assert served.wait() == 0
    assert "Traceback" not in served.complaints
    served.__exit__(None, None, None)


def test_a_second_server_on_the_same_file_is_refused_and_readers_are_not(kpbot: Kpbot) -> None:
    with Served(kpbot) as served:
        second = kpbot("serve", settings={"KPBOT_PORT": "0"})
        assert second.complaint == (
            f"Another kpbot serve already runs on {kpbot.folder / 'kpbot.db'}."
        )
        for command in (("records", "list"), ("status",)):
            assert kpbot(*command).status == 0
        assert httpx.get(f"{served.address}/readyz", trust_env=False).status_code == 200
        assert served.complaints == ""


def test_a_taken_port_is_one_sentence(kpbot: Kpbot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = kpbot("serve", settings={"KPBOT_PORT": port})
    assert ran.complaint == f"Cannot listen on 127.0.0.1, port {port}: Address already in use."


def test_a_host_that_is_none_is_one_sentence(kpbot: Kpbot) -> None:
    ran = kpbot("serve", settings={"KPBOT_HOST": "no.such.host.invalid", "KPBOT_PORT": "0"})
    assert ran.complaint.startswith("Cannot listen on no.such.host.invalid, port 0: ")
