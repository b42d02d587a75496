"""What waits in the outbox goes out: leased, sent, marked. At least once, in order.

A send is never inside a transaction: the lease is committed, then the message is sent, then the
mark is committed. A process that dies in between leaves the message to be sent again after its
lease; nobody can know whether it arrived.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
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
AT_ONCE = 20
"""Sends of one channel that are begun together."""
LONGEST_SEND = outbox.LEASE * 0.75
"""A send that takes longer has failed: it must end before its lease does."""
MOST_DOUBTS = 1
"""A message that may have arrived is repeated once, no more."""
LAST_MOMENT = timedelta(seconds=4)
"""What sends in hand have to finish when the process is asked to stop."""

GivenUp = Callable[[sa.Connection, Waiting, datetime], None]
"""Told of a message that nobody tries again, in the transaction that marks it so.

`Waiting.doubts` counts the sends of which nobody can know whether they arrived.
"""


def _tell_nobody(_connection: sa.Connection, _lost: Waiting, _at: datetime) -> None:
    pass


def next_try(attempts: int, failure: NotSent, now: datetime, *, doubts: int = 0) -> datetime | None:
    """When a message that failed for the `attempts`-th time is tried again; None: never.

    The wait doubles from two seconds to an hour; a wait the channel asked for is kept. After
    three days of hourly tries, or where the channel says it can never arrive, nobody tries again;
    nor where the message may have arrived already for the second time (`doubts`, this one
    included, of a channel that shows repeats).
    """
    if failure.never or attempts >= TRIES or doubts > MOST_DOUBTS:
        return None
    wait = min(FIRST_WAIT * (1 << min(max(attempts, 1) - 1, 20)), LONGEST_WAIT)
    return now + max(wait, failure.retry_after)


async def deliver_due(
    database: Database,
    channels: Mapping[str, Channel],
    clock: Callable[[], datetime],
    *,
    address: str | None = None,
    given_up: GivenUp = _tell_nobody,
) -> int:
    """Everything that is due now was tried once, each address in order; how many went out.

    With `address`, only what goes to it. `given_up` hears of what nobody tries again.
    """
    sent = 0
    running: set[asyncio.Task[bool]] = set()
    while True:
        running |= await _begin(database, channels, clock, address, given_up)
        if not running:
            return sent
        done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        sent += sum(task.result() for task in done)


async def deliver_forever(  # noqa: PLR0913 (what deliver_due needs, and when)
    database: Database,
    channels: Mapping[str, Channel],
    clock: Callable[[], datetime],
    wake: asyncio.Event,
    pause: float = 1.0,
    *,
    given_up: GivenUp = _tell_nobody,
) -> None:
    """Messages go out as they come due: at once when woken, else after `pause` seconds.

    A slow send holds up its own address and nobody else. When this is cancelled, sends in hand
    have a moment to finish. `given_up` hears of what nobody tries again.
    """
    running: set[asyncio.Task[bool]] = set()
    try:
        while True:
            wake.clear()
            try:
                free = _with_room(channels, running)
                running |= await _begin(database, free, clock, None, given_up)
            except Exception as error:  # noqa: BLE001 (the store may be away for a while)
                log.error("delivery_failed", failure=type(error).__name__)  # noqa: TRY400 (no traceback: it could hold words)
            running = await _next(running, wake, pause)
    finally:
        if running:
            await asyncio.wait(running, timeout=LAST_MOMENT.total_seconds())
        for task in running:
            task.cancel()


def _with_room(
    channels: Mapping[str, Channel], running: set[asyncio.Task[bool]]
) -> dict[str, Channel]:
    """The channels that may begin more sends: none may take all the room."""
    busy = Counter(task.get_name() for task in running)
    return {name: channel for name, channel in channels.items() if busy[name] < AT_ONCE}


async def _begin(
    database: Database,
    channels: Mapping[str, Channel],
    clock: Callable[[], datetime],
    address: str | None,
    given_up: GivenUp,
) -> set[asyncio.Task[bool]]:
    """What is due now is leased and being sent."""
    leased = await asyncio.to_thread(
        database.write,
        lambda connection: outbox.lease(
            connection, list(channels), clock(), address=address, limit=AT_ONCE
        ),
    )
    return {
        asyncio.create_task(
            _deliver(database, channels[each.channel], each, clock, given_up), name=each.channel
        )
        for each in leased
    }


async def _next(
    running: set[asyncio.Task[bool]], wake: asyncio.Event, pause: float
) -> set[asyncio.Task[bool]]:
    """Something happened or the pause is over; what is still running."""
    woken = asyncio.create_task(wake.wait())
    try:
        done, _ = await asyncio.wait(
            {woken, *running}, timeout=pause, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        woken.cancel()
    for task in done & running:
        if task.exception() is not None:
            log.error("delivery_failed", failure=type(task.exception()).__name__)
    return running - done


async def _deliver(
    database: Database,
    channel: Channel,
    each: Waiting,
    clock: Callable[[], datetime],
    given_up: GivenUp,
) -> bool:
    doubts = each.doubts if channel.repeats_show else 0
    try:
        await _send(channel, each, doubts)
    except Exception as error:  # noqa: BLE001 (a broken channel must not stop the others)
        failure = _failure(error)
        doubts += failure.doubtful and channel.repeats_show
        now = clock()
        again = next_try(each.attempts + 1, failure, now, doubts=doubts)

        def mark(connection: sa.Connection) -> None:
            outbox.mark_failed(
                connection, each.id, failure.reason, again, doubtful=failure.doubtful
            )
            if again is None:
                lost = replace(each, doubts=each.doubts + failure.doubtful)
                given_up(connection, lost, now)

        await asyncio.to_thread(database.write, mark)
        log.warning("not_sent", channel=each.channel, failure=failure.reason, again=str(again))
        return False
    await asyncio.to_thread(
        database.write, lambda connection: outbox.mark_sent(connection, each.id)
    )
    return True


async def _send(channel: Channel, each: Waiting, doubts: int) -> None:
    """The message went out. Raises NotSent, and whatever else a channel lets through."""
    if doubts > MOST_DOUBTS:  # whoever sent it died twice while sending
        raise NotSent("doubtful", never=True)
    async with asyncio.timeout(LONGEST_SEND.total_seconds()):
        await channel.send(each.address, each.message)


def _failure(error: Exception) -> NotSent:
    """What a send came to that did not return; one that was cut off may have arrived."""
    if isinstance(error, NotSent):
        return error
    return NotSent(type(error).__name__, doubtful=isinstance(error, TimeoutError))
