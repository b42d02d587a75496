"""The rounds: due timers come in as messages, what is due daily is done, a feed is taken in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import structlog

from kpbot.model import Due, Inbound, Language
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
        message_id = f"timer:{timer.conversation}:{timer.name}:{timer.due.isoformat()}"
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


def take_feed(
    url: str, folder: Path, today: date, language: Language, *, allow_private: bool = False
) -> bool:
    """What stands at the address is in the calendar's folder; False: all is as it was.

    Why not is in the log, without the address. `allow_private`: it may be in this network.
    """
    from kpbot.channels.calendar_fetch import NotFetched, fetch_calendar, shown_source  # noqa: PLC0415 (only where there is a feed)
    from kpbot.content.events_import import BadCalendarError, import_events  # noqa: PLC0415

    try:
        raw = fetch_calendar(url, allow_private=allow_private)
        report = import_events(
            raw, folder, source=shown_source(url), today=today, language=language
        )
    except (NotFetched, BadCalendarError) as error:
        log.warning("calendar_not_fetched", reason=str(error))
        return False
    except OSError as error:
        log.error("calendar_not_written", failure=type(error).__name__)  # noqa: TRY400 (it names files)
        return False
    figures = {
        name: len(getattr(report, name))
        for name in ("new", "changed", "cancelled", "kept", "missing", "skipped", "problems")
    }
    log.info("calendar_fetched", **figures)
    return not report.problems
