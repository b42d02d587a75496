"""The rounds: due timers come in as messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from kpbot.model import Due, Inbound
from kpbot.store import timers
from kpbot.store.database import Database

log = structlog.get_logger()


def fire_due_timers(database: Database, receive: Callable[[Inbound], object], now: datetime) -> int:
    """Every timer that is due has become a turn; how many.

    A timer's message id holds its conversation and instant: a round that was cut off and runs
    again does no harm.
    """
    due = database.read(lambda connection: timers.due_timers(connection, now))
    for timer in due:
        message_id = f"timer:{timer.conversation}:{timer.name}:{timer.due.isoformat()}"
        receive(Inbound(timer.channel, timer.person, message_id, now, Due(timer.name)))
    return len(due)


async def rounds(
    database: Database,
    receive: Callable[[Inbound], object],
    clock: Callable[[], datetime],
    pause: float = 15.0,
) -> None:
    """The rounds are made every `pause` seconds."""
    while True:
        try:
            await asyncio.to_thread(fire_due_timers, database, receive, clock())
        except Exception as error:  # noqa: BLE001 (the store may be away for a while)
            log.error("round_failed", failure=type(error).__name__)  # noqa: TRY400 (the same)
        await asyncio.sleep(pause)
