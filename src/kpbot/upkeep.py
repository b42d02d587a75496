"""The rounds: due timers come in as messages, and what is due daily is done."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from datetime import datetime

import structlog

from kpbot.model import Due, Inbound
from kpbot.store import timers
from kpbot.store.database import Database

log = structlog.get_logger()


def fire_due_timers(database: Database, receive: Callable[[Inbound], object], now: datetime) -> int:
    """Every timer that is due has become a turn; how many.

    A turn uses its timer up, so a round that was cut off and runs again does no harm; a timer
    that is set anew for the same instant comes again.
    """
    due = database.read(lambda connection: timers.due_timers(connection, now))
    for timer in due:
        message_id = f"timer:{timer.conversation}:{uuid.uuid4().hex}"
        receive(Inbound(timer.channel, timer.person, message_id, now, Due(timer.name)))
    return len(due)


async def rounds(
    database: Database,
    receive: Callable[[Inbound], object],
    clock: Callable[[], datetime],
    pause: float = 15.0,
    besides: Callable[[datetime], object] | None = None,
) -> None:
    """The rounds are made every `pause` seconds; `besides` knows itself whether it is its time."""
    while True:
        try:
            await asyncio.to_thread(fire_due_timers, database, receive, clock())
            if besides is not None:
                await asyncio.to_thread(besides, clock())
        except Exception as error:  # noqa: BLE001 (the store may be away for a while)
            log.error("round_failed", failure=type(error).__name__)  # noqa: TRY400 (the same)
        await asyncio.sleep(pause)
