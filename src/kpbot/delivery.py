"""What waits in the outbox goes out: leased, sent, marked. At least once, in order.

A send is never inside a transaction: the lease is committed, then the message is sent, then the
mark is committed. A process that dies in between leaves the message to be sent again after its
lease; nobody can know whether it arrived.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from kpbot.channels import Channel, NotSent
from kpbot.store import outbox
from kpbot.store.database import Database
from kpbot.store.outbox import Waiting

log = structlog.get_logger()

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
TRIES = 84
"""Two seconds doubling to an hour (12 tries), then hourly for three days (72)."""


def next_try(attempts: int, failure: NotSent, now: datetime) -> datetime | None:
    """When a message that failed for the `attempts`-th time is tried again; None: never.

    The wait doubles from two seconds to an hour; a wait the channel asked for is kept. After
    three days of hourly tries, or where the channel says it can never arrive, nobody tries again.
    """
    if failure.never or attempts >= TRIES:
        return None
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return now + max(wait, failure.retry_after)


async def deliver_due(
    database: Database, channels: Mapping[str, Channel], clock: Callable[[], datetime]
) -> int:
    """Everything that is due now was tried once, each address in order; how many went out."""
    sent = 0
    names = list(channels)
    while True:
        leased = await asyncio.to_thread(
            database.write, lambda connection: outbox.lease(connection, names, clock())
        )
        if not leased:
            return sent
        results = await asyncio.gather(
            *(_deliver(database, channels[each.channel], each, clock) for each in leased)
        )
        sent += sum(results)


async def deliver_forever(
    database: Database,
    channels: Mapping[str, Channel],
    clock: Callable[[], datetime],
    wake: asyncio.Event,
    pause: float = 1.0,
) -> None:
    """Messages go out as they come due: at once when woken, else after `pause` seconds."""
    while True:
        wake.clear()
        try:
            await deliver_due(database, channels, clock)
        except Exception as error:  # noqa: BLE001 (the store may be away for a while)
            log.error("delivery_failed", failure=type(error).__name__)  # noqa: TRY400 (no traceback: it could hold words)
        try:
            await asyncio.wait_for(wake.wait(), pause)
        except TimeoutError:
            continue


async def _deliver(
    database: Database, channel: Channel, each: Waiting, clock: Callable[[], datetime]
) -> bool:
    try:
        await channel.send(each.address, each.message)
    except Exception as error:  # noqa: BLE001 (a broken channel must not stop the others)
        failure = error if isinstance(error, NotSent) else NotSent(type(error).__name__)
        again = next_try(each.attempts + 1, failure, clock())
        await asyncio.to_thread(
            database.write,
            lambda connection: outbox.mark_failed(connection, each.id, failure.reason, again),
        )
        log.warning("not_sent", channel=each.channel, failure=failure.reason, again=str(again))
        return False
    await asyncio.to_thread(
        database.write, lambda connection: outbox.mark_sent(connection, each.id)
    )
    return True
