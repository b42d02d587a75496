"""Puts the parts together: content, database, channels; start, stop, graceful shutdown."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from kpbot.channels import Channel
from kpbot.channels.mail import MailChannel
from kpbot.content.dialogs import load_dialogs
from kpbot.content.faq import FaqEntry, load_faq
from kpbot.content.faq_index import lazy_matcher
from kpbot.content.knowledge import knowledge_of
from kpbot.content.problems import Problem
from kpbot.delivery import deliver_forever
from kpbot.engine.utterance import Told
from kpbot.house import House, Receivers
from kpbot.model import LANGUAGES, Inbound, Language, Outbound
from kpbot.settings import Settings
from kpbot.store import outbox
from kpbot.store.database import Database
from kpbot.turn import receive
from kpbot.upkeep import rounds

if TYPE_CHECKING:  # fastapi is imported by serve alone
    from kpbot.channels.web import WebHouse

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L: a reference is read out on the telephone."""


LONGEST_TITLE = 60
"""Characters of a button."""


class BrokenContent(Exception):  # noqa: N818 (what it is)
    """The content has problems that keep the bot from speaking: all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """All problems, in the order of files and lines."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class NotReady(Exception):  # noqa: N818 (it is a state)
    """The server has started lately: whoever sends shall send again in a moment."""


class CannotServe(Exception):  # noqa: N818 (it is a sentence for the operator)
    """The server cannot start: the sentence says why."""


@dataclass
class Clock:
    """Now, in UTC; the terminal may let time pass."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC) + self.ahead  # noqa: TID251 (the one clock of the house)


def new_reference() -> str:
    """KP- and five letters or digits that nobody can guess or confuse."""
    return "KP-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(5))


def build_house(settings: Settings) -> House:
    """Content and the operator's choices, ready for turns. Raises BrokenContent."""
    dialogs, problems = load_dialogs(settings.content / "dialogs")
    entries, faq_problems = load_faq(settings.content / "faq")
    if problems or faq_problems:
        raise BrokenContent((*problems, *faq_problems))
    matcher = lazy_matcher(settings.content / "faq", entries, settings.cache)
    return House(
        dialogs=dialogs,
        knowledge=knowledge_of(dialogs, entries, matcher),
        answers=_Answers(entries),
        new_reference=new_reference,
        days=settings.record_days,
        contact=settings.contact,
        privacy_link=settings.privacy_url,
        receivers=receivers_of(settings),
        lease=timedelta(hours=settings.case_lease_hours),
        answer=timedelta(hours=settings.case_answer_hours),
        hours=settings.hours,
    )


def receivers_of(settings: Settings) -> Receivers:
    """Who hears of enquiries, by the operator's settings."""
    return Receivers(
        mail_to=settings.mail_to if settings.smtp_url else (),
        mail_details=settings.mail_details,
        staff_chat=settings.staff_chat if settings.staff_token else "",
        webhook=bool(settings.webhook_url),
        desk=f"{settings.public_url.rstrip('/')}/desk" if settings.public_url else "",
    )


def open_database(settings: Settings) -> Database:
    """The operator's database; the data folder is made where SQLite needs it."""
    if not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Database(settings.database)


def _title(entry: FaqEntry) -> str:
    """How the question is shown on a button: its first whole question that fits."""
    fitting = (
        question
        for question in entry.questions
        if question.rstrip().endswith(("?", "؟")) and len(question) <= LONGEST_TITLE
    )
    whole = (question for question in fitting if question[:1].isupper() or "؟" in question)
    return next(whole, entry.questions[0] if entry.questions else entry.id)


class _Answers:
    """What is said to a known question, from the FAQ."""

    def __init__(self, entries: tuple[FaqEntry, ...]) -> None:
        self._entries: Mapping[tuple[str, Language], FaqEntry] = {
            (entry.id, entry.language): entry for entry in entries
        }

    def __call__(self, intent: str, language: Language, /) -> Told:
        entry = self._entries[intent, language]
        source = "programme" if entry.source.startswith("seed") else "bot"
        return Told(
            text=entry.answer,
            source=source if entry.in_scope else "",
            title=_title(entry),
        )


async def run(settings: Settings, house: House, database: Database) -> None:
    """Every channel has run until the process was asked to stop; what was in hand is finished.

    Raises CannotServe where another process serves this database, or the port is taken.
    """
    with _only_server(database), _listening(settings.host, settings.port) as listener:
        await _serve(settings, house, database, listener)


async def _serve(
    settings: Settings, house: House, database: Database, listener: socket.socket
) -> None:
    import asyncio  # noqa: PLC0415 (only serve needs it)

    from kpbot.channels.web import WebChannel, create_app  # noqa: PLC0415
    from kpbot.channels.web.server import WebServer  # noqa: PLC0415

    clock = Clock()
    wake = asyncio.Event()
    loop = asyncio.get_running_loop()

    def take_in(inbound: Inbound) -> None:
        receive(database, inbound, house)
        loop.call_soon_threadsafe(wake.set)

    web = WebChannel()
    channels: dict[str, Channel] = {web.name: web}
    if settings.smtp_url:
        channels["mail"] = MailChannel(settings.smtp_url, settings.mail_from)
    warm = threading.Event()

    def take_from_web(inbound: Inbound) -> None:
        if not warm.is_set():  # the turn would hold the database until the FAQ is compiled
            raise NotReady
        take_in(inbound)

    pages = web_house(settings, house, database, take_from_web, clock)
    pages = replace(pages, ready=lambda: warm.is_set() and is_ready(database))

    def answering() -> None:
        print(_welcome(settings, listener.getsockname()[1]), flush=True)  # noqa: T201 (the operator's first look)
        threading.Thread(target=_compile_faq, args=(house, warm), daemon=True).start()

    server = WebServer(create_app(pages, web), web, answering=answering)
    tasks = [
        asyncio.create_task(deliver_forever(database, channels, clock, wake)),
        asyncio.create_task(rounds(database, take_in, clock)),
    ]
    try:
        await server.serve([listener])
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _compile_faq(house: House, done: threading.Event) -> None:
    """The FAQ of every language is compiled: a first start takes a while."""
    for language in LANGUAGES:
        house.knowledge.faq("", language)
    done.set()


@contextmanager
def _only_server(database: Database) -> Iterator[None]:
    """No other process serves the same SQLite file meanwhile; others may read and write it.

    Two would send every message twice. PostgreSQL's leases allow any number. Raises CannotServe.
    """
    name = database.url.database
    if database.url.get_backend_name() != "sqlite" or name in {None, "", ":memory:"}:
        yield
        return
    import fcntl  # noqa: PLC0415 (there is none on Windows)

    with Path(f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotServe(f"Another kpbot serve already runs on {name}.") from None
        yield


def _listening(host: str, port: int) -> socket.socket:
    """A socket on which people can already knock. Raises CannotServe."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        number = error.errno or 0  # a name that is none has a negative one and its own words
        reason = os.strerror(number) if number > 0 else error.strerror
        raise CannotServe(f"Cannot listen on {host}, port {port}: {reason}.") from None


def web_house(
    settings: Settings,
    house: House,
    database: Database,
    take_in: Callable[[Inbound], None],
    clock: Clock,
) -> WebHouse:
    """What the web pages need."""
    from kpbot.channels.web import WebHouse  # noqa: PLC0415 (only serve needs it)

    def said(person: str, after: int) -> list[tuple[int, Outbound]]:
        rows = database.read(lambda connection: outbox.said_to(connection, "web", person, after))
        return [(number, each) for number, each in rows if isinstance(each, Outbound)]

    return WebHouse(
        receive=take_in,
        said=said,
        clock=clock,
        ready=lambda: is_ready(database),
        contact=settings.contact,
        privacy={each: privacy_text(settings, house, each) for each in LANGUAGES},
        allowed_origins=settings.allowed_origins,
    )


def is_ready(database: Database) -> bool:
    """Whether messages can be taken: the database answers."""
    try:
        database.read(outbox.waiting)
    except sa.exc.SQLAlchemyError:
        return False
    return True


def privacy_text(settings: Settings, house: House, language: Language) -> str:
    """The privacy notice: the bot's own, and who is responsible, as the operator set it."""
    sentences = house.dialogs.service[language].sentences
    drafts = max(dialog.expire.days for dialog in house.dialogs.dialogs.values())
    parts = [
        sentences["identity"],
        sentences["privacy"].format(days=settings.record_days, draft_days=drafts),
        sentences["controller"].format(controller=settings.controller)
        if settings.controller
        else "",
        sentences["protection_officer"].format(officer=settings.protection_officer)
        if settings.protection_officer
        else "",
        sentences["privacy_link"].format(link=settings.privacy_url) if settings.privacy_url else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _welcome(settings: Settings, port: int) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    base = settings.public_url.rstrip("/") or f"http://{host}:{port}"
    return (
        f"kpbot is running.\n"
        f"  Chat                     {base}/\n"
        f"  Chat without JavaScript  {base}/chat\n"
        f"  Widget for other sites   {base}/widget.js\n"
        f"  Data                     {settings.database_shown}\n"
        "Stop with Ctrl-C."
    )
