"""Whoever is erased is gone: from tables, files, logs, exports and every answer. Marks prove it."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog

from channels.receiving import receiving
from channels.test_mail import Mailbox, _served
from channels.web.serving import Server
from kpbot.app import Clock
from kpbot.cases import Action, Claim, Note, Reply
from kpbot.channels.mail import MailChannel
from kpbot.channels.webhook import WebhookChannel
from kpbot.cli import keeping, logs, privacy
from kpbot.delivery import deliver_due
from kpbot.doors import web_house
from kpbot.house import House, Receivers
from kpbot.model import OFFER, ByAdvisor, Pressed, Said
from kpbot.person import Person
from kpbot.retention import GOODBYE, KEYS, Periods, remove_expired
from kpbot.service import Service
from kpbot.settings import Settings
from kpbot.store import advisors, case_list, conversations, tables
from kpbot.store.access import everything_about
from kpbot.store.case_list import Wanted
from kpbot.store.database import Database
from kpbot.store.keys import new_key, parse_keys
from kpbot.turn import Taken, act, receive
from marks import (
    MARK,
    NOTE,
    PLANTED,
    REPLY,
    begin_another,
    chatter,
    columns_with_marks,
    enquire,
    files_with_marks,
    holds_mark,
    sealed_columns,
    through_telegram,
    through_the_api,
    through_the_page,
)

EVERYBODY = Receivers(("desk@example.org",), mail_details=True, staff_chat="-100", webhook=True)
SECRET = "whsec_Zm9yIHRoZSB0ZXN0cyBhbmQgZm9yIG5vdGhpbmcgZWxzZQ=="  # noqa: S105 (of the tests)
WORDS = {
    "case_entries.text",
    "conversations.state",
    "inbox.content",
    "outbox.message",
    "records.record",
    "records.summary",
}
"""Columns in which words of people stand."""
WAYS = ["chat", "reference", "user", "desk"]
STORES = ["plain", "sealed", "postgresql"]
"""SQLite without and with a key, PostgreSQL with one."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A real web server."""
    started = Server()
    yield started
    started.stop()


@dataclass
class World:
    """A database, people who wrote through every door, and an advisor who answered."""

    folder: Path
    settings: Settings
    house: House
    database: Database
    clock: Clock
    person: Person
    log: io.StringIO
    mailbox: Mailbox
    reference: str = ""
    smtp: str = ""

    @property
    def conversation(self) -> str:
        """The id of the person who sent an enquiry."""
        (found,) = self.database.read(lambda c: conversations.find(c, f"{MARK}-user"))
        return found

    def advise(self, *actions: Action) -> None:
        """Anna Amsel does this in the case."""
        found = self.database.read(lambda c: advisors.find_by_email(c, "anna@example.org"))
        assert found is not None
        for number, action in enumerate(actions):
            done = ByAdvisor(self.reference, found.id, "Anna Amsel", action)
            id_ = f"{number}-{type(action).__name__}"
            assert isinstance(act(self.database, done, id_, self.clock(), self.house), Taken)

    async def deliver(self) -> str:
        """Letters and notifications have gone out to real servers; what the webhook got."""
        async with receiving() as receiver:
            url = f"http://127.0.0.1:{receiver.port}/"
            channels = {
                "mail": MailChannel(self.smtp, "kpbot@example.org"),
                "webhook": WebhookChannel(url, SECRET, self.clock, allow_private=True),
            }
            await deliver_due(self.database, channels, self.clock)
            return "".join(call.body.decode() for call in receiver.calls)

    def left(self) -> list[tuple[str, str]]:
        """Channel and message of all that is in the outbox about this person or to them."""

        def look(connection: sa.Connection) -> list[tuple[str, str]]:
            table = tables.outbox
            rows = connection.execute(sa.select(table).order_by(table.c.id))
            return [
                (row.channel, json.dumps(row.message, ensure_ascii=False))
                for row in rows
                if row.conversation is None
            ]

        return self.database.read(look)


@contextmanager
def _logging(stream: io.StringIO) -> Iterator[None]:
    """As the program logs, at DEBUG, into the stream."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.log_to_stderr("DEBUG", stream)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        structlog.reset_defaults()
        root.handlers[:] = before
        root.setLevel(level)


@pytest.fixture
def world(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    house: House,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    """Everything stored of a person, in a store of its own."""
    key = new_key() if request.param != "plain" else ""
    is_postgresql = request.param == "postgresql"
    folder = tmp_path / "data"
    folder.mkdir()
    environment = {
        "KPBOT_DATA_DIR": str(folder),
        "KPBOT_FIELD_KEY": key,
        "KPBOT_DATABASE_URL": request.getfixturevalue("postgresql_url") if is_postgresql else "",
        "KPBOT_SMTP_URL": "smtp://127.0.0.1:1",
        "KPBOT_MAIL_TO": "desk@example.org",
        "KPBOT_MAIL_DETAILS": "true",
        "KPBOT_STAFF_TOKEN": "1:invented",
        "KPBOT_STAFF_CHAT": "-100",
        "KPBOT_WEBHOOK_URL": "https://hooks.example.org/",
        "KPBOT_WEBHOOK_SECRET": SECRET,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    database = Database(settings.database, keys=parse_keys(key))
    house = replace(house, receivers=EVERYBODY)
    clock = Clock()
    person = Person(house, database, f"{MARK}-user", "de", clock)
    mailbox, log = Mailbox(), io.StringIO()
    made = World(folder, settings, house, database, clock, person, log, mailbox)
    with _logging(log), _served(mailbox) as made.smtp:
        try:
            _fill(made, server)
            yield made
        finally:
            person.leave()


def _fill(world: World, server: Server) -> None:
    database, house = world.database, world.house
    database.write(
        lambda c: advisors.add(
            c, "Anna Amsel", "anna@example.org", role="advisor", at=world.clock()
        )
    )
    through_telegram(house, database)
    world.reference = enquire(world.person)
    begin_another(world.person)
    world.advise(Claim(), Reply(REPLY), Note(NOTE))
    chatter(world.person)
    pages = web_house(
        world.settings, house, database, lambda i: receive(database, i, house) and None, world.clock
    )
    with server.serve_house(pages) as address:
        through_the_api(address).close()
        through_the_page(address).close()
    broken = replace(house, dialogs=replace(house.dialogs, service={}))
    failing = Person(broken, database, f"{MARK}-broken", "de", world.clock)
    with pytest.raises(KeyError):  # it cannot even apologise
        failing.happen(Said(f"Hier ist {MARK}kaputt"))
    failing._runner.close()


async def _deliver_badly(world: World) -> None:
    """The mail server quotes what it was given when it refuses."""
    world.mailbox.answers["DATA"] = f"554 5.7.1 I do not like {MARK}post@example.org"
    await world.deliver()
    world.mailbox.answers.clear()
    world.clock.ahead += timedelta(hours=2)


async def _erase(world: World, way: str) -> None:
    match way:
        case "chat":
            for content in (Said("löschen"), None):
                assert world.person.taken is not None
                turn = world.person.taken.conversation.turn
                inbound = content or Pressed(turn, OFFER, "yes")
                await asyncio.to_thread(world.person.happen, inbound)
            assert world.person.taken.erased
        case "reference":
            assert keeping.erase(reference=world.reference, user="") == 0
        case "user":
            assert keeping.erase(reference="", user=f"{MARK}-user") == 0
        case _:
            assert Service(world.settings, world.house, world.database).erase(world.reference)


async def _erase_the_others(world: World) -> None:
    """Everybody else who came through another door."""
    query = sa.select(tables.conversations.c.person)
    every = world.database.read(lambda c: list(c.execute(query).scalars()))
    for each in every:
        assert keeping.erase(reference="", user=each) == 0


@pytest.mark.slow
@pytest.mark.parametrize("world", STORES, indirect=True)
async def test_the_marks_are_everywhere_before(world: World) -> None:
    assert columns_with_marks(world.database) >= WORDS
    told = json.dumps(
        world.database.read(lambda c: everything_about(c, world.conversation, internal=True)),
        ensure_ascii=False,
    )
    assert [each for each in PLANTED if each not in told] == []
    webhook = await world.deliver()
    assert holds_mark(webhook)
    assert any(holds_mark(str(mail.get_body())) for mail in world.mailbox.mails)
    is_sealed = bool(world.settings.field_keys)
    assert (sealed_columns(world.database) >= WORDS) is is_sealed
    if world.database.url.get_backend_name() == "sqlite":
        assert files_with_marks(world.folder) != []  # sealed or not: addresses are in the clear


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("world", STORES, indirect=True)
async def test_nothing_is_left(
    world: World, way: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    await _deliver_badly(world)
    await world.deliver()
    conversation = world.conversation
    await _erase(world, way)
    await _erase_the_others(world)
    capfdbinary.readouterr()
    left = world.left()
    notices = [message for channel, message in left if channel in {"mail", "staff", "webhook"}]
    assert len(notices) == 3
    assert all(world.reference in each for each in notices)
    goodbyes = [json.loads(message) for channel, message in left if channel == "terminal"]
    assert len(goodbyes) == (way == "chat")
    assert len(left) == len(notices) + len(goodbyes)
    assert not any(holds_mark(each) for each in [*notices, *(each["text"] for each in goodbyes)])

    # the last word names whom it is for: it goes a day after it went out
    assert columns_with_marks(world.database) <= {"outbox.address", "outbox.message"}
    at = world.clock() + GOODBYE + timedelta(minutes=1)
    gone = remove_expired(world.database, Periods(), EVERYBODY, at)
    assert gone["goodbyes"] == (way == "chat")

    assert columns_with_marks(world.database) == set()
    assert files_with_marks(world.folder) == []
    assert world.database.read(lambda c: everything_about(c, conversation)) == {}
    found = world.database.read(lambda c: case_list.every(c, Wanted(MARK), world.clock()))
    assert found == []
    for command in (
        lambda: keeping.list_records(as_json=True),
        lambda: keeping.export_records("csv"),
        lambda: keeping.export_records("json"),
        lambda: keeping.export_records("xlsx"),
        lambda: keeping.status(as_json=True),
        lambda: privacy.my_data(reference="", user=f"{MARK}-user", as_json=True),
        lambda: privacy.my_data(reference=world.reference, user="", as_json=False),
        lambda: keeping.show_record(world.reference, as_json=False),
    ):
        command()
    shown = b"".join(capfdbinary.readouterr())
    assert b"Nothing is stored about this person" in shown
    assert not holds_mark(shown.decode(errors="replace"))
    logged = world.log.getvalue()
    assert "turn_failed" in logged
    assert "not_sent" in logged
    assert "update_unreadable" in logged
    assert not holds_mark(logged)
    assert not holds_mark(await world.deliver())


@pytest.mark.slow
@pytest.mark.parametrize("world", ["sealed", "postgresql"], indirect=True)
async def test_the_keys_of_messages_go_a_week_later(world: World) -> None:
    before = _rows(world.database, tables.inbox)
    await _erase(world, "desk")
    await _erase_the_others(world)
    assert _rows(world.database, tables.inbox) == before
    at = world.clock() + KEYS + timedelta(minutes=1)
    assert remove_expired(world.database, Periods(), EVERYBODY, at)["keys_of_erased"] == before
    assert _rows(world.database, tables.inbox) == 0


def _rows(database: Database, table: sa.Table) -> int:
    return database.read(
        lambda c: c.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    )
