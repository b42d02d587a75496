"""Letters arrive at a real mail server as they were written, or it is said why they did not."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from kpbot.app import Clock
from kpbot.channels import NotSent
from kpbot.channels.mail import MailChannel
from kpbot.delivery import deliver_due
from kpbot.handover import erase_conversation
from kpbot.house import Receivers
from kpbot.model import Letter, Opened, Outbound
from kpbot.store import cases, outbox, records
from kpbot.store.database import Database
from kpbot.store.tables import metadata
from walk import Arrive, next_step

DESK = "desk@example.org"
LETTER = Letter("KP-7FQ2M · Beratung Ägypten", "Zeile eins\nZeile zwei: Größe", "KP-7FQ2M")


class Mailbox:
    """What the mail server says to each step, and what it took in."""

    def __init__(self) -> None:
        """Everything is welcome."""
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        """By step (MAIL, RCPT, DATA): the reply instead of the usual."""

    async def handle_MAIL(  # noqa: N802 (the server's interface)
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 (the server's interface)
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 (the server's interface)
        if "DATA" in self.answers:
            return self.answers["DATA"]
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.raw.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@contextmanager
def _served(mailbox: Mailbox, **options: bool) -> Iterator[str]:
    """A mail server on this machine; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@pytest.fixture
def url(mailbox: Mailbox) -> Iterator[str]:
    with _served(mailbox) as address:
        yield address


@pytest.fixture
def channel(url: str) -> MailChannel:
    return MailChannel(url, "kpbot@example.org")


def _text(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n").rstrip("\n")


class _Shown(HTMLParser):
    """What a mail program shows of a page, and what it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("KP-7FQ2M · Beratung Ägypten", "Größe: 12.000\nStraße, Übersetzung – „ja“"),
        ("KP-7FQ2M · طلب", "بلدية المنستير\nتونس"),
        (
            "KP-7FQ2M · طلب استشارة من بلدية \u2068المنستير\u2069 حول النفايات وتبادل الخبرات",
            "Anliegen\n\nنريد شراكة",
        ),
        ("KP-7FQ2M", "Kommune: \u2068المنستير\u2069 (TN)\n😀"),
        ("Eine lange Zeile · " + "Ü" * 200, "Wort " * 400),
        ("KP-7FQ2M", ".\n.punkt am anfang\n..\nFrom hier"),
        ("KP-7FQ2M", "<b>fett</b> & <script>"),
    ],
)
async def test_a_letter_arrives_as_it_was_written(
    channel: MailChannel, mailbox: Mailbox, subject: str, text: str
) -> None:
    await channel.send(DESK, Letter(subject, text, "KP-7FQ2M"))
    (mail,) = mailbox.mails
    assert mail["Subject"] == subject
    assert _text(mail) == text.rstrip("\n")
    assert mail.get_content_type() == "multipart/alternative"
    page = _Shown(_text(mail, "html"))
    lines = [line for line in text.splitlines() if line.strip()]
    assert [word for word in page.words if word.strip()] == [subject, *lines]
    assert [each["dir"] for each in page.of("p")] == ["auto"] * len(lines)
    assert page.of("html") == [{"lang": "de", "dir": "ltr"}]
    assert {tag for tag, _ in page.tags} == {"html", "head", "meta", "title", "body", "p"}
    assert mailbox.recipients == [DESK]


async def test_a_letter_links_to_the_case(channel: MailChannel, mailbox: Mailbox) -> None:
    link = 'https://desk.example.org/desk/KP-7FQ2M?a=1&b="x"'
    await channel.send(DESK, replace(LETTER, link=link))
    (mail,) = mailbox.mails
    assert _text(mail) == f"{LETTER.text}\n\nZum Fall: {link}"
    page = _Shown(_text(mail, "html"))
    assert page.of("a") == [{"href": link}]
    assert "Zum Fall KP-7FQ2M" in page.words


async def test_a_link_that_is_none_is_only_text(channel: MailChannel, mailbox: Mailbox) -> None:
    await channel.send(DESK, replace(LETTER, link="javascript:alert(1)"))
    (mail,) = mailbox.mails
    assert _Shown(_text(mail, "html")).of("a") == []


async def test_a_subject_is_one_line(channel: MailChannel, mailbox: Mailbox) -> None:
    await channel.send(DESK, replace(LETTER, subject="KP-7FQ2M\r\nBcc: b@example.org\t\x00·"))
    (mail,) = mailbox.mails
    assert mail["Subject"] == "KP-7FQ2M Bcc: b@example.org ·"
    assert mail["Bcc"] is None
    assert mailbox.recipients == [DESK]


async def test_an_arabic_letter_is_an_arabic_page_under_an_arabic_subject(
    channel: MailChannel, mailbox: Mailbox
) -> None:
    subject = "دعوة إلى جلسة استشارية بخصوص طلبكم الموجّه إلى فريق الاستشارة · KP-7FQ2M"
    letter = Letter(subject, "تحية طيبة،", "KP-7FQ2M", language="ar")
    await channel.send(DESK, letter)
    (mail,) = mailbox.mails
    assert _Shown(_text(mail, "html")).of("html") == [{"lang": "ar", "dir": "rtl"}]
    assert mail["Subject"] == subject
    (line,) = re.findall(rb"^Subject:.*(?:\r?\n[ \t].*)*", mailbox.raw[0], re.MULTILINE)
    assert line.isascii()  # encoded words, which every server passes on (RFC 2047)
    assert all(len(part) <= 78 for part in line.splitlines())


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
async def test_an_invitation_is_a_version_of_the_letter_and_a_file(
    channel: MailChannel, mailbox: Mailbox, method: str
) -> None:
    lines = ("BEGIN:VCALENDAR", f"METHOD:{method}", "X-NAME:Gespräch مرحبا", "END:VCALENDAR")
    calendar = "".join(f"{line}\r\n" for line in lines)
    await channel.send(DESK, replace(LETTER, calendar=calendar))
    (mail,) = mailbox.mails
    assert mail.get_content_type() == "multipart/mixed"
    versions, file = mail.iter_parts()
    assert [part.get_content_type() for part in versions.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    *_, invitation = versions.iter_parts()
    assert dict(invitation["Content-Type"].params) == {"charset": "utf-8", "method": method}
    assert invitation.get_content().splitlines() == list(lines)
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "termin.ics")
    assert file.get_content() == calendar.encode()
    assert _text(mail) == LETTER.text


async def test_an_international_address_is_reached_where_the_server_can(
    channel: MailChannel, mailbox: Mailbox
) -> None:
    await channel.send("بريد@example.org", replace(LETTER, subject="طلب · Größe"))
    (mail,) = mailbox.mails
    assert mail["Subject"] == "طلب · Größe"
    assert mailbox.recipients == ["بريد@example.org"]


async def test_an_international_address_waits_where_the_server_cannot(mailbox: Mailbox) -> None:
    with _served(mailbox, enable_SMTPUTF8=False) as old, pytest.raises(NotSent) as caught:
        await MailChannel(old, "kpbot@example.org").send("بريد@example.org", LETTER)
    assert not caught.value.never
    assert mailbox.mails == []


async def test_a_letter_has_the_headers_a_mail_needs(
    channel: MailChannel, mailbox: Mailbox
) -> None:
    await channel.send(DESK, LETTER)
    (mail,) = mailbox.mails
    assert (mail["From"], mail["To"]) == ("kpbot@example.org", DESK)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].startswith("<kp-7fq2m.")
    assert parsedate_to_datetime(mail["Date"]).year >= 2026


async def test_the_same_letter_sent_twice_is_the_same_mail(
    channel: MailChannel, mailbox: Mailbox
) -> None:
    for letter in (LETTER, LETTER, Letter(LETTER.subject, "another", LETTER.reference)):
        await channel.send(DESK, letter)
    first, second, other = (mail["Message-ID"] for mail in mailbox.mails)
    assert first == second != other


@pytest.mark.parametrize(
    ("step", "reply", "never"),
    [
        ("RCPT", "550 No such user", True),
        ("RCPT", "553 Not allowed", True),
        ("RCPT", "450 Mailbox busy", False),
        ("RCPT", "421 Shutting down", False),
        ("DATA", "554 Rejected", True),
        ("DATA", "451 Try again", False),
        ("DATA", "452 Full", False),
        ("MAIL", "451 Greylisted", False),
        ("MAIL", "550 Sender refused", False),
        ("MAIL", "530 Authenticate first", False),
    ],
)
async def test_what_can_never_arrive_is_told_from_what_may_arrive_later(
    channel: MailChannel, mailbox: Mailbox, *, step: str, reply: str, never: bool
) -> None:
    mailbox.answers = {step: reply}
    with pytest.raises(NotSent) as caught:
        await channel.send(DESK, LETTER)
    assert (caught.value.reason, caught.value.never) == (f"smtp_{reply[:3]}", never)
    mailbox.answers = {}
    await channel.send(DESK, LETTER)
    assert len(mailbox.mails) == 1


async def test_a_server_that_is_down_is_tried_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotSent) as caught:
        await MailChannel(f"smtp://127.0.0.1:{port}", "kpbot@example.org").send(DESK, LETTER)
    assert not caught.value.never


async def test_a_server_that_speaks_no_tls_is_tried_later_where_tls_is_wanted(url: str) -> None:
    tls = MailChannel(url.replace("smtp:", "smtps:"), "kpbot@example.org")
    with pytest.raises(NotSent) as caught:
        await tls.send(DESK, LETTER)
    assert not caught.value.never


async def test_a_server_that_wants_no_login_is_tried_later_where_one_is_given(
    url: str, mailbox: Mailbox
) -> None:
    login = MailChannel(url.replace("//", "//user:secret@"), "kpbot@example.org")
    with pytest.raises(NotSent) as caught:
        await login.send(DESK, LETTER)
    assert not caught.value.never
    assert "secret" not in caught.value.reason
    assert mailbox.mails == []


async def test_what_is_no_letter_is_never_sent(channel: MailChannel, mailbox: Mailbox) -> None:
    with pytest.raises(NotSent) as caught:
        await channel.send(DESK, Outbound("mail", DESK, 1, "de", "hallo"))
    assert caught.value.never
    assert mailbox.mails == []


@pytest.mark.parametrize("address", ["", "a\nBcc: b@example.org", "not an address", "a@b@c"])
async def test_an_address_that_is_none_is_an_error_and_no_mail(
    channel: MailChannel, mailbox: Mailbox, address: str
) -> None:
    mailbox.answers = {"RCPT": "550 No such user"}
    with pytest.raises(NotSent) as caught:
        await channel.send(address, LETTER)
    assert caught.value.never
    assert mailbox.mails == []


@pytest.mark.parametrize(
    ("smtp_url", "options"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, None, None, False)),
        ("smtp://mail.example.org:587", ("mail.example.org", 587, None, None, False)),
        ("smtps://mail.example.org", ("mail.example.org", 465, None, None, True)),
        ("smtps://u:p@mail.example.org:466", ("mail.example.org", 466, "u", "p", True)),
        ("smtp://u%40x:p%3A%2F@[::1]:2525", ("::1", 2525, "u@x", "p:/", False)),
        ("smtp://", ("localhost", 25, None, None, False)),
    ],
)
def test_the_address_of_the_server_says_how_to_reach_it(
    smtp_url: str, options: tuple[object, ...]
) -> None:
    made = MailChannel(smtp_url, "kpbot@example.org")._options
    keys = ("hostname", "port", "username", "password", "use_tls")
    assert tuple(made[key] for key in keys) == options


Enquire = Callable[..., str]


@pytest.fixture
def enquire(arrive: Arrive) -> Enquire:
    """A whole enquiry, from the first word to the reference."""

    def run(**changes: Any) -> str:
        person = arrive("anna", receivers=Receivers(mail_to=(DESK,), **changes))
        person.happen(Opened())
        for _ in range(40):
            assert person.taken is not None
            if person.taken.record is not None:
                return str(person.taken.record["reference"])
            person.happen(next_step(person.taken.at, person.taken.conversation.turn))
        raise AssertionError(person.taken)

    return run


async def test_the_advisors_hear_of_an_enquiry_without_a_word_of_the_person(
    channel: MailChannel, mailbox: Mailbox, database: Database, enquire: Enquire
) -> None:
    reference = await asyncio.to_thread(enquire, desk="https://desk.example.org/desk")
    assert await deliver_due(database, {"mail": channel}, Clock()) == 1
    (mail,) = mailbox.mails
    assert mail["Subject"].startswith(reference)
    for text in (_text(mail), _text(mail, "html")):
        assert "Eine neue Anfrage ist eingegangen." in text
        assert f"https://desk.example.org/desk/cases/{reference}" in text
        assert "Musterhausen" not in text
        assert "Sabine" not in text


@pytest.mark.parametrize(
    ("desk_mail", "expected"),
    [
        ({"desk_maghreb": ("a@example.org", "b@example.org")}, ["a@example.org", "b@example.org"]),
        ({"desk_egypt": ("c@example.org",)}, [DESK]),
        ({"desk_maghreb": ()}, [DESK]),
    ],
)
async def test_a_desk_with_its_own_mailboxes_hears_of_its_cases(
    database: Database, enquire: Enquire, desk_mail: dict[str, tuple[str, ...]], expected: list[str]
) -> None:
    await asyncio.to_thread(enquire, desk_mail=desk_mail)  # it goes to the Maghreb's desk
    assert _waiting(database) == expected


async def test_every_desk_that_has_held_a_case_hears_that_it_is_gone(
    database: Database, enquire: Enquire
) -> None:
    own = {"desk_maghreb": ("m@example.org",), "desk_egypt": ("e@example.org",)}
    reference = await asyncio.to_thread(enquire, desk_mail=own)

    def end(connection: sa.Connection) -> None:
        kept = records.get(connection, reference)
        case = cases.get(connection, reference)
        assert kept is not None
        assert case is not None
        cases.save(connection, replace(case, desk="desk_general"))
        for desk in ("desk_egypt", "desk_general"):
            cases.enter(connection, reference, case.opened, author="a", kind="handed", text=desk)
        receivers = Receivers(mail_to=(DESK,), desk_mail=own)
        erase_conversation(connection, kept.conversation, receivers, case.opened)

    database.write(end)
    assert _waiting(database) == ["m@example.org", "e@example.org", DESK]


def _waiting(database: Database) -> list[str]:
    """The addresses of the letters in the outbox, in order."""
    table = metadata.tables["outbox"]
    mails = sa.select(table.c.address).where(table.c.channel == "mail").order_by(table.c.id)
    return list(database.read(lambda c: c.execute(mails).scalars().all()))


async def test_the_advisors_get_the_summary_where_the_operator_wants_it(
    channel: MailChannel, mailbox: Mailbox, database: Database, enquire: Enquire
) -> None:
    await asyncio.to_thread(enquire, mail_details=True)
    assert await deliver_due(database, {"mail": channel}, Clock()) == 1
    (mail,) = mailbox.mails
    (kept,) = database.read(records.every)
    assert "Musterhausen" in kept.summary
    assert _text(mail).endswith(kept.summary.rstrip("\n"))


async def test_a_letter_waits_until_the_mail_server_is_back(
    channel: MailChannel, mailbox: Mailbox, database: Database, enquire: Enquire
) -> None:
    await asyncio.to_thread(enquire)
    mailbox.answers = {"MAIL": "451 Greylisted"}
    assert await deliver_due(database, {"mail": channel}, Clock()) == 0
    assert database.read(outbox.waiting)[0] == 1
    mailbox.answers = {}
    assert await deliver_due(database, {"mail": channel}, Clock(timedelta(hours=1))) == 1
    assert len(mailbox.mails) == 1
