"""Every door of the house open in one process: channels, pages and rounds; start and stop."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

import structlog

from kpbot.app import Clock, is_ready, periods_of, privacy_text, programme_day
from kpbot.cases import Case, Refused
from kpbot.channels import Channel
from kpbot.channels.mail import MailChannel
from kpbot.content.events_live import LiveCalendar
from kpbot.delivery import deliver_forever
from kpbot.handover import erase_conversation
from kpbot.house import House
from kpbot.model import CALENDAR, LANGUAGES, ByAdvisor, Inbound, Language, Letter, Outbound
from kpbot.retention import remove_daily
from kpbot.settings import Settings
from kpbot.store import outbox, records, timers
from kpbot.store.access import about_address
from kpbot.store.database import Database
from kpbot.store.database_file import InUse, only_server, path_of
from kpbot.turn import Taken, act, receive
from kpbot.upkeep import rounds, take_feed

if TYPE_CHECKING:  # fastapi is imported by who serves
    from fastapi import APIRouter

    from kpbot.channels.web import WebChannel, WebHouse
    from kpbot.desk.guard import DeskAccess

log = structlog.get_logger()

PAUSE_SECONDS = 5.0
"""Before a bot that stopped by a failure is started again."""


class NotReady(Exception):  # noqa: N818 (it is a state)
    """The server has started lately: whoever sends shall send again in a moment."""


class CannotServe(Exception):  # noqa: N818 (it is a sentence for the operator)
    """The server cannot start: the sentence says why."""


@dataclass
class Doors:
    """What one process serves: the channels, what each must run, and the pages."""

    channels: dict[str, Channel] = field(default_factory=dict)
    runs: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """Begun when questions can be answered, begun again when they fail."""
    closes: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    routers: list[APIRouter] = field(default_factory=list)
    desk: DeskAccess | None = None


class Service:
    """The house as one process serves it."""

    def __init__(self, settings: Settings, house: House, database: Database) -> None:
        """Nothing runs yet. To be made inside the running loop."""
        self.settings = settings
        self.house = house
        self.database = database
        self.clock = Clock()
        self.wake = asyncio.Event()
        self.warm = threading.Event()
        """Set when the FAQ of every language is compiled."""
        self._loop = asyncio.get_running_loop()
        self._looked = False

    def take_in(self, inbound: Inbound) -> None:
        """The turn is committed, and what it says goes out."""
        receive(self.database, inbound, self.house)
        self._wake()

    def take_when_warm(self, inbound: Inbound) -> None:
        """As `take_in`, or NotReady: the turn would hold the database while the FAQ compiles."""
        if not self.warm.is_set():
            raise NotReady
        self.take_in(inbound)

    def act(self, done: ByAdvisor, message_id: str) -> Case | Refused:
        """What the advisor did is committed: the case afterwards, or why it was not done."""
        acted = act(self.database, done, message_id, self.clock(), self.house)
        self._wake()
        if isinstance(acted, Taken):
            assert acted.case is not None  # noqa: S101 (a deed in a case has one)
            return acted.case
        return acted

    def title_of(self, intent: str, language: Language) -> str:
        """How a question is called; its id where the FAQ knows it no more."""
        if intent not in self.house.knowledge.known:
            return intent
        return self.house.answers(intent, language, programme_day(self.clock())).title

    def erase(self, reference: str) -> bool:
        """Everything about the person of this reference is gone; False: there is no such record."""
        kept = self.database.read(lambda connection: records.get(connection, reference))
        if kept is None:
            return False
        receivers = self.house.receivers
        self.database.write(
            lambda connection: erase_conversation(
                connection, kept.conversation, receivers, self.clock()
            )
        )
        self.database.forget()
        self._wake()
        return True

    def send_invitation(self, reference: str, address: str, calendar: str) -> None:
        """The invitation waits to go out to the person by mail; it goes when the person does."""
        kept = self.database.read(lambda connection: records.get(connection, reference))
        letter = Letter(f"{reference} · Termin", "Im Anhang: ein Termin.", reference, "", calendar)
        self.database.write(
            lambda connection: outbox.put(
                connection,
                letter,
                channel="mail",
                address=address,
                conversation=None if kept is None else kept.conversation,
                at=self.clock(),
            )
        )
        self._wake()

    def compile_faq(self) -> None:
        """The FAQ of every language is compiled: a first start takes a while."""
        for language in LANGUAGES:
            self.house.knowledge.faq("", language)
        self.warm.set()

    def look_after(self, now: datetime) -> None:
        """What has run out goes, once a day; a changed calendar is read and soon told of."""
        remove_daily(self.database, periods_of(self.settings), self.house.receivers, now)
        self.read_calendar(now)

    def read_calendar(self, now: datetime) -> None:
        """A changed calendar is in force, and subscribers are soon told of it."""
        calendar = self.house.knowledge.calendar
        assert isinstance(calendar, LiveCalendar)  # noqa: S101 (the shipped house has no other)
        changed = calendar.refresh(programme_day(now)) is not None
        if changed or not self._looked:  # it may have changed while nobody served
            self.database.write(lambda connection: timers.hasten(connection, CALENDAR, now))
        self._looked = True

    def take_feed(self) -> None:
        """The operator's feed is in the calendar, or the calendar is as it was."""
        settings, now = self.settings, self.clock()
        taken = take_feed(
            settings.calendar_url,
            settings.content / "events",
            programme_day(now),
            settings.calendar_language,
            allow_private=settings.calendar_private,
        )
        if taken:
            self.read_calendar(self.clock())

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self.wake.set)


async def run(settings: Settings, house: House, database: Database) -> None:
    """Every channel has run until the process was asked to stop; what was in hand is finished.

    Raises CannotServe where another process serves this database, or the port is taken.
    """
    with _only_server(database), _listening(settings.host, settings.port) as listener:
        database.forget()  # an erasure may have been cut off before its last word was gone
        await _serve(Service(settings, house, database), listener)


async def _serve(service: Service, listener: socket.socket) -> None:
    from kpbot.channels.web import WebChannel, create_app  # noqa: PLC0415 (only serve needs it)
    from kpbot.channels.web.server import WebServer  # noqa: PLC0415

    port = listener.getsockname()[1]
    web = WebChannel()
    doors = open_doors(service, web, port)
    pages = web_house(
        service.settings, service.house, service.database, service.take_when_warm, service.clock
    )
    pages = replace(pages, ready=lambda: service.warm.is_set() and is_ready(service.database))

    def answering() -> None:
        print(_welcome(service.settings, doors, port), flush=True)  # noqa: T201 (the operator's first look)
        threading.Thread(target=service.compile_faq, daemon=True).start()

    app = create_app(pages, web, doors.routers)
    if doors.desk is not None:
        from kpbot.desk.guard import install  # noqa: PLC0415 (only serve needs it)

        install(app, doors.desk)
    server = WebServer(app, web, answering=answering)
    tasks = [
        asyncio.create_task(
            deliver_forever(service.database, doors.channels, service.clock, service.wake)
        ),
        asyncio.create_task(
            rounds(service.database, service.take_in, service.clock, besides=service.look_after)
        ),
        *(asyncio.create_task(_again_and_again(service, each)) for each in doors.runs),
    ]
    try:
        await server.serve([listener])
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(close() for close in doors.closes), return_exceptions=True)


def open_doors(service: Service, web: WebChannel, port: int) -> Doors:
    """Every channel whose settings are present."""
    settings = service.settings
    doors = Doors({web.name: web})
    doors.routers.append(_calendar(service))
    if settings.calendar_url:
        doors.runs.append(lambda: _feed_forever(service))
    if settings.smtp_url:
        doors.channels["mail"] = MailChannel(settings.smtp_url, settings.mail_from)
    if settings.webhook_url:
        _open_webhook(service, doors)
    if settings.telegram_token:
        _open_telegram(service, doors)
    if settings.staff_token:
        _open_staff(service, doors)
    _open_desk(service, doors, settings.public_url or _address(settings.host, port))
    return doors


async def _feed_forever(service: Service) -> None:
    """The operator's feed is taken in again and again."""
    while True:
        await asyncio.to_thread(service.take_feed)
        await asyncio.sleep(service.settings.calendar_hours * 3600)


def _calendar(service: Service) -> APIRouter:
    """The calendar's page and feeds."""
    from kpbot.channels.web.calendar import CalendarHouse, calendar_routes  # noqa: PLC0415
    from kpbot.content.events_feed import Feeds  # noqa: PLC0415 (only serve needs it)

    house = service.house
    feeds = Feeds(house.knowledge.calendar, lambda: programme_day(service.clock()))
    return calendar_routes(
        CalendarHouse(
            calendar=house.knowledge.calendar,
            feed=feeds.feed,
            single=feeds.single,
            clock=service.clock,
            sentences={each: words.sentences for each, words in house.dialogs.service.items()},
            public_url=service.settings.public_url,
        )
    )


def _open_webhook(service: Service, doors: Doors) -> None:
    from kpbot.channels.webhook import WebhookChannel  # noqa: PLC0415 (where it is wanted)

    settings = service.settings
    doors.channels["webhook"] = WebhookChannel(
        settings.webhook_url,
        settings.webhook_secret,
        service.clock,
        allow_private=settings.webhook_private,
    )


def _open_telegram(service: Service, doors: Doors) -> None:
    from kpbot.channels.telegram import TelegramChannel  # noqa: PLC0415 (where it is wanted)
    from kpbot.channels.telegram.webhook import PATH, secret_for, webhook_routes  # noqa: PLC0415

    settings = service.settings
    channel = TelegramChannel(
        settings.telegram_token,
        api=settings.telegram_api,
        database=service.database,
        receive=service.take_when_warm,
        clock=service.clock,
        service=service.house.dialogs.service,
    )
    doors.channels[channel.name] = channel
    doors.closes.append(channel.close)
    if settings.telegram_mode == "polling":
        doors.runs.append(_led(service, channel.name, channel.run_polling))
        return
    secret = settings.telegram_webhook_secret or secret_for(settings.telegram_token)
    url = settings.public_url.rstrip("/") + PATH
    doors.routers.append(webhook_routes(channel, secret))
    doors.runs.append(lambda: channel.run_webhook(url, secret))


def _open_staff(service: Service, doors: Doors) -> None:
    from kpbot.channels.staff import StaffChannel  # noqa: PLC0415 (where it is wanted)

    settings, house = service.settings, service.house
    desks = {
        outcome.to: house.desk_title(dialog.name, outcome.to)
        for dialog in house.dialogs.dialogs.values()
        for outcome in dialog.outcomes
    }
    channel = StaffChannel(
        settings.staff_token,
        api=settings.staff_api,
        chat=settings.staff_chat,
        database=service.database,
        act=service.act,
        desks=desks,
        clock=service.clock,
        digest_at=time.fromisoformat(settings.staff_digest) if settings.staff_digest else None,
    )
    doors.channels[channel.name] = channel
    doors.runs.append(_led(service, channel.name, channel.run))
    doors.closes.append(channel.close)


def _open_desk(service: Service, doors: Doors, public_url: str) -> None:
    """The desk, where cookies can be kept safe: under https, or on this machine alone."""
    from kpbot.desk.canned import load_canned  # noqa: PLC0415 (only serve needs it)
    from kpbot.desk.guard import DeskAccess, WrongAddress  # noqa: PLC0415
    from kpbot.desk.house import DeskHouse  # noqa: PLC0415
    from kpbot.desk.login import login_routes  # noqa: PLC0415
    from kpbot.desk.login_oidc import OidcSettings  # noqa: PLC0415
    from kpbot.desk.routes import desk_routes  # noqa: PLC0415

    settings = service.settings
    oidc = (
        OidcSettings(
            settings.desk_oidc_issuer,
            settings.desk_oidc_client_id,
            settings.desk_oidc_client_secret,
        )
        if settings.desk_oidc_issuer
        else None
    )
    try:
        access = DeskAccess(
            service.database, service.clock, public_url, oidc, local=settings.desk_local
        )
    except WrongAddress as error:
        log.warning("no_desk", reason=str(error))
        return
    canned, problems = load_canned(settings.content)
    if problems:
        raise CannotServe("\n".join(map(str, problems)))
    has_mail = bool(settings.smtp_url)
    house = DeskHouse(
        access,
        service.house.dialogs,
        service.act,
        service.erase,
        canned=canned,
        send_invitation=service.send_invitation if has_mail else None,
        organiser=settings.mail_from if has_mail else "",
        title_of=service.title_of,
        events_folder=settings.content / "events",
        calendar=service.house.knowledge.calendar,
        calendar_changed=lambda: service.read_calendar(service.clock()),
    )
    doors.desk = access
    doors.routers += [login_routes(access), *desk_routes(house)]


def _led(
    service: Service, name: str, run: Callable[[], Awaitable[None]]
) -> Callable[[], Awaitable[None]]:
    """It runs while no other process on this database does: a token has one poller."""

    async def once() -> None:
        while True:
            with ExitStack() as stack:
                leading = service.database.leading(name)
                if await asyncio.to_thread(stack.enter_context, leading):
                    await run()
                    return
            await asyncio.sleep(PAUSE_SECONDS)

    return once


async def _again_and_again(service: Service, once: Callable[[], Awaitable[None]]) -> None:
    """It runs as soon as questions can be answered, and again after each failure."""
    await asyncio.to_thread(service.warm.wait)
    while True:
        try:
            await once()
        except Exception as error:  # noqa: BLE001 (one bot must not stop the house)
            log.error("bot_failed", failure=type(error).__name__)  # noqa: TRY400 (it could hold words)
        else:
            return
        await asyncio.sleep(PAUSE_SECONDS)


@contextmanager
def _only_server(database: Database) -> Iterator[None]:
    """No other process serves the same SQLite file meanwhile; others may read and write it.

    Two would send every message twice. PostgreSQL's leases allow any number. Raises CannotServe.
    """
    path = path_of(database.url)
    if path is None:
        yield
        return
    try:
        with only_server(path):
            yield
    except InUse as error:
        raise CannotServe(str(error)) from None


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
        about=lambda person: database.read(lambda c: about_address(c, "web", person)),
        receive=take_in,
        said=said,
        clock=clock,
        ready=lambda: is_ready(database),
        contact=settings.contact,
        privacy={each: privacy_text(settings, house, each) for each in LANGUAGES},
        allowed_origins=settings.allowed_origins,
    )


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _welcome(settings: Settings, doors: Doors, port: int) -> str:
    base = settings.public_url.rstrip("/") or _address(settings.host, port)
    lines = {
        "Chat": f"{base}/",
        "Chat without JavaScript": f"{base}/chat",
        "Widget for other sites": f"{base}/widget.js",
        "Advisors' desk": f"{base}/desk" if doors.desk is not None else "needs an https address",
        "Channels": ", ".join(doors.channels),
        "Data": settings.database_shown,
        "Personal fields": "sealed" if settings.field_keys else "in the clear: see kpbot key new",
    }
    shown = "\n".join(f"  {name:<24} {value}" for name, value in lines.items())
    return f"kpbot is running.\n{shown}\nStop with Ctrl-C."
