"""One process serves the house: it answers, delivers, looks after things, and stops in order."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import structlog

from kpbot import casework
from kpbot.app import Clock, is_ready
from kpbot.delivery import deliver_forever
from kpbot.doors import PAUSE_SECONDS, CannotServe, Doors, address_of, open_doors, web_house
from kpbot.house import House
from kpbot.service import Service
from kpbot.settings import Settings
from kpbot.store import outbox
from kpbot.store.database import Database
from kpbot.store.database_file import InUse, only_server, path_of
from kpbot.upkeep import rounds

log = structlog.get_logger()


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
            deliver_forever(
                service.database,
                doors.channels,
                service.clock,
                service.wake,
                given_up=lambda connection, lost, at: casework.undelivered(
                    connection, lost, service.house, at
                ),
            )
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
            # Who had a message in hand has died: it need not wait until its lease ends.
            database.write(lambda connection: outbox.end_leases(connection, Clock()()))
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


def _welcome(settings: Settings, doors: Doors, port: int) -> str:
    base = settings.public_url.rstrip("/") or address_of(settings.host, port)
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
