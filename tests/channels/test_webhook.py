"""Events reach the operator's own systems signed, or it is said why they did not."""

from __future__ import annotations

import socket
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from receiving import Receiver, receiving
from standardwebhooks import Webhook, WebhookVerificationError

from kpbot.app import Clock
from kpbot.channels import NotSent
from kpbot.channels.webhook import WebhookChannel
from kpbot.delivery import deliver_due
from kpbot.model import Letter, Notification
from kpbot.store import outbox
from kpbot.store.database import Database

SECRET = f"whsec_{b64encode(b'for the tests and for nothing else').decode()}"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
EVENT = Notification(
    "case.opened", "KP-7FQ2M", AT, {"desk": "desk_maghreb", "words": "مرحبا Größe"}
)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as serving:
        yield serving


@pytest.fixture
def channel(receiver: Receiver) -> WebhookChannel:
    return _channel(f"http://127.0.0.1:{receiver.port}/hooks/kpbot?tenant=1")


def _channel(url: str, **options: Any) -> WebhookChannel:
    return WebhookChannel(url, SECRET, Clock(), **{"allow_private": True, **options})


async def _failure(channel: WebhookChannel) -> NotSent:
    with pytest.raises(NotSent) as caught:
        await channel.send("webhook", EVENT)
    return caught.value


async def test_an_event_arrives_signed(channel: WebhookChannel, receiver: Receiver) -> None:
    await channel.send("webhook", EVENT)
    (call,) = receiver.calls
    assert call.line == "POST /hooks/kpbot?tenant=1 HTTP/1.1"
    assert call.headers["content-type"] == "application/json"
    assert call.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert Webhook(SECRET).verify(call.body, call.headers) == {
        "type": "case.opened",
        "timestamp": "2026-11-23T09:30:00Z",
        "data": {"reference": "KP-7FQ2M", "desk": "desk_maghreb", "words": "مرحبا Größe"},
    }


async def test_what_was_changed_on_the_way_is_noticed(
    channel: WebhookChannel, receiver: Receiver
) -> None:
    await channel.send("webhook", EVENT)
    (call,) = receiver.calls
    changed = call.body.replace(b"opened", b"closed")
    other = Webhook(b64encode(b"the secret of somebody else").decode())
    for verify in (
        lambda: Webhook(SECRET).verify(changed, call.headers),
        lambda: Webhook(SECRET).verify(call.body, {**call.headers, "webhook-id": "msg_1"}),
        lambda: other.verify(call.body, call.headers),
    ):
        with pytest.raises(WebhookVerificationError):
            verify()


async def test_a_repeat_has_the_same_id_and_every_other_event_another(
    channel: WebhookChannel, receiver: Receiver
) -> None:
    others = (
        replace(EVENT, kind="case.closed"),
        replace(EVENT, reference="KP-22222"),
        replace(EVENT, at=AT + timedelta(microseconds=1)),
    )
    for event in (EVENT, EVENT, *others):
        await channel.send("webhook", event)
    first, again, *rest = (call.headers["webhook-id"] for call in receiver.calls)
    assert first == again
    assert len({first, *rest}) == 4


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "204 No Content"])
async def test_every_success_is_one(
    channel: WebhookChannel, receiver: Receiver, status: str
) -> None:
    receiver.answers = [status]
    await channel.send("webhook", EVENT)
    assert len(receiver.calls) == 1


@pytest.mark.parametrize(
    ("answer", "never", "pause"),
    [
        ("500 Internal Server Error", False, 0),
        ("502 Bad Gateway", False, 0),
        ("400 Bad Request", False, 0),
        ("401 Unauthorized", False, 0),
        ("404 Not Found", False, 0),
        ("410 Gone", True, 0),
        ("429 Too Many Requests", False, 0),
        ("429 Too Many Requests\r\nRetry-After: 90", False, 90),
        ("503 Service Unavailable\r\nRetry-After: 120", False, 120),
        ("503 Service Unavailable\r\nRetry-After: 999999999999", False, 86400),
        ("503 Service Unavailable\r\nRetry-After: soon", False, 0),
        ("503 Service Unavailable\r\nRetry-After: -5", False, 0),
        ("503 Service Unavailable\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT", False, 0),
        ("503 Service Unavailable\r\nRetry-After: Fri, 31 Dec 2100 23:59:59 GMT", False, 86400),
        ("301 Moved Permanently\r\nLocation: http://127.0.0.1/", True, 0),
        ("307 Temporary Redirect\r\nLocation: /elsewhere", True, 0),
        ("304 Not Modified", True, 0),
    ],
)
async def test_what_can_never_arrive_is_told_from_what_may_arrive_later(
    channel: WebhookChannel, receiver: Receiver, *, answer: str, never: bool, pause: int
) -> None:
    receiver.answers = [answer]
    failure = await _failure(channel)
    assert (failure.reason, failure.never) == (f"http_{answer[:3]}", never)
    assert failure.retry_after == timedelta(seconds=pause)
    assert len(receiver.calls) == 1  # no redirect was followed


async def test_a_dropped_connection_is_tried_later(
    channel: WebhookChannel, receiver: Receiver
) -> None:
    receiver.answers = ["drop"]
    failure = await _failure(channel)
    assert (failure.never, failure.doubtful) == (False, True)


async def test_a_receiver_that_never_answers_is_tried_later(receiver: Receiver) -> None:
    receiver.answers = ["hang"]
    url = f"http://127.0.0.1:{receiver.port}/"
    failure = await _failure(_channel(url, longest=timedelta(seconds=0.2)))
    assert (failure.never, failure.doubtful) == (False, True)


async def test_what_is_no_answer_is_tried_later(
    channel: WebhookChannel, receiver: Receiver
) -> None:
    receiver.answers = ["no status at all"]
    failure = await _failure(channel)
    assert (failure.never, failure.reason) == (False, "RemoteProtocolError")


async def test_a_receiver_that_is_down_is_tried_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    failure = await _failure(_channel(f"http://127.0.0.1:{port}/"))
    assert (failure.never, failure.doubtful) == (False, False)


async def test_a_letter_is_no_event(channel: WebhookChannel, receiver: Receiver) -> None:
    with pytest.raises(NotSent) as caught:
        await channel.send("webhook", Letter("KP-1", "text", "KP-1"))
    assert caught.value.never
    assert receiver.calls == []


async def test_no_proxy_of_the_environment_comes_between(
    channel: WebhookChannel, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    await channel.send("webhook", EVENT)
    assert len(receiver.calls) == 1


async def test_this_machine_is_refused_unless_the_operator_allows_it(receiver: Receiver) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433", "127.1", "[::ffff:127.0.0.1]"):
        url = f"http://{host}:{receiver.port}/"
        failure = await _failure(_channel(url, allow_private=False))
        assert (failure.reason, failure.never) == ("refused_address", True)
    assert receiver.calls == []


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("ftp://example.org/", SECRET),
        ("https://user:password@example.org/", SECRET),
        ("https://example.org/", ""),
        ("https://example.org/", "a phrase"),
        ("https://example.org/", "whsec_c2hvcnQ="),
        ("https://example.org/", "whsec_äöü"),
        ("https://example.org/", SECRET.removeprefix("whsec_")),
    ],
)
def test_wrong_settings_are_an_error_that_tells_no_secret(url: str, secret: str) -> None:
    with pytest.raises(ValueError, match=r"secret must be|A web address") as caught:
        WebhookChannel(url, secret, Clock())
    assert "password" not in str(caught.value).replace("no password", "")
    assert not secret or secret not in str(caught.value)


Resolve = dict[str, list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> tuple[Resolve, list[str]]:
    """A name service of our own, and which names it was asked for."""
    known: Resolve = {}
    asked: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known, asked


async def test_the_call_goes_to_the_address_that_was_checked(
    receiver: Receiver, names: tuple[Resolve, list[str]]
) -> None:
    known, asked = names
    known["hook.example.org"] = ["127.0.0.1"]
    await _channel(f"http://hook.example.org:{receiver.port}/").send("webhook", EVENT)
    assert asked == ["hook.example.org"]
    (call,) = receiver.calls
    assert call.headers["host"] == f"hook.example.org:{receiver.port}"


async def test_a_machine_is_reached_by_its_next_address(
    receiver: Receiver, names: tuple[Resolve, list[str]]
) -> None:
    names[0]["hook.example.org"] = ["127.0.0.2", "127.0.0.1"]
    await _channel(f"http://hook.example.org:{receiver.port}/").send("webhook", EVENT)
    assert len(receiver.calls) == 1


@pytest.mark.parametrize("inside", ["10.0.0.1", "127.0.0.1", "169.254.169.254"])
async def test_a_name_that_also_points_inside_is_refused(
    names: tuple[Resolve, list[str]], inside: str
) -> None:
    names[0]["hook.example.org"] = ["93.184.215.14", inside]
    failure = await _failure(_channel("https://hook.example.org/", allow_private=False))
    assert (failure.reason, failure.never) == ("refused_address", True)


async def test_a_name_nobody_knows_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_AGAIN, "no name service")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    failure = await _failure(_channel("https://hook.example.org/", allow_private=False))
    assert (failure.reason, failure.never) == ("gaierror", False)


def _certified(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS with a certificate for the name, and the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = Clock()()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    shown, hidden = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    hidden.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, hidden)
    return context, shown


@pytest.mark.parametrize("name", ["hook.example.org", "other.example.org"])
async def test_the_certificate_must_be_for_the_name(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    names: tuple[Resolve, list[str]],
    name: str,
) -> None:
    names[0]["hook.example.org"] = ["127.0.0.1"]
    context, certificate = _certified(tmp_path, name)
    asked_for: list[str | None] = []
    context.sni_callback = lambda _, server_name, __: asked_for.append(server_name)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with receiving(context) as receiver:
        channel = _channel(f"https://hook.example.org:{receiver.port}/")
        if name == "hook.example.org":
            await channel.send("webhook", EVENT)
            assert len(receiver.calls) == 1
        else:
            failure = await _failure(channel)
            assert (failure.reason, failure.never) == ("ConnectError", False)
            assert receiver.calls == []
    assert asked_for == ["hook.example.org"]


async def test_an_event_waits_until_the_receiver_is_back(
    channel: WebhookChannel, receiver: Receiver, database: Database
) -> None:
    database.write(
        lambda connection: outbox.put(
            connection, EVENT, channel="webhook", address="webhook", conversation=None, at=Clock()()
        )
    )
    receiver.answers = ["503 Service Unavailable", "204 No Content"]
    channels = {"webhook": channel}
    assert await deliver_due(database, channels, Clock()) == 0
    assert await deliver_due(database, channels, Clock(timedelta(hours=1))) == 1
    first, second = receiver.calls
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
