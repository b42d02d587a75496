"""The doors of one process: every channel, page and feed whose settings are present."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import time
from typing import TYPE_CHECKING

import structlog

from kpbot.app import Clock, is_ready, privacy_text
from kpbot.channels import Channel
from kpbot.channels.mail import MailChannel
from kpbot.events import programme_day
from kpbot.house import House
from kpbot.model import LANGUAGES, Inbound, Outbound
from kpbot.service import Service
from kpbot.settings import Settings
from kpbot.store import outbox
from kpbot.store.access import about_address
from kpbot.store.database import Database

if TYPE_CHECKING:  # fastapi is imported by who serves
    from fastapi import APIRouter

    from kpbot.channels.web import WebChannel, WebHouse
    from kpbot.desk.guard import DeskAccess

log = structlog.get_logger()

PAUSE_SECONDS = 5.0
"""Before a bot looks again whether it may lead, and before one that failed is started again."""


class CannotServe(Exception):  # noqa: N818 (it is a sentence for the operator)
    """The process cannot serve: the sentence says why."""


@dataclass
class Doors:
    """What one process serves: the channels, what each must run, and the pages."""

    channels: dict[str, Channel] = field(default_factory=dict)
    runs: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """Begun when questions can be answered, begun again when they fail."""
    closes: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    routers: list[APIRouter] = field(default_factory=list)
    desk: DeskAccess | None = None


def open_doors(service: Service, web: WebChannel, port: int) -> Doors:
    """Every channel whose settings are present. Raises CannotServe."""
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
    _open_desk(service, doors, settings.public_url or address_of(settings.host, port))
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
        privacy={each: privacy_text(house, each) for each in LANGUAGES},
        allowed_origins=settings.allowed_origins,
    )


def address_of(host: str, port: int) -> str:
    """The address of this process on this machine."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
