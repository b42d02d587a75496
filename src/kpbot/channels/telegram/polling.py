"""Updates are fetched; those that are committed are confirmed, the others come again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import structlog

from kpbot.channels import NotSent
from kpbot.channels.telegram.failures import CONFLICT
from kpbot.channels.telegram.reading import Happened
from kpbot.channels.telegram.reception import Reception, number_of

if TYPE_CHECKING:  # aiogram is imported by a bot that starts
    from kpbot.channels.telegram.client import Client

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the channel waits for what, in seconds."""

    poll: float = 30
    """A request for updates stays open so long while there are none."""
    first: float = 1
    """After a failure; doubled with each further one."""
    longest: float = 30
    conflict: float = 15
    """After another process fetched updates with the same token: one of the two is in charge."""
    toast: float = 1.5
    """A press waits so long for the toast that answers it."""
    last: float = 1.5
    """What is in hand has so long when the process is asked to stop."""


async def poll_forever(client: Client, reception: Reception, waits: Waits) -> NoReturn:
    """Updates are taken as they come. When this is cancelled, what is in hand is finished."""
    offset: int | None = None
    failures = 0
    while True:
        try:
            batch = await client.updates(offset, waits.poll)
        except NotSent as failure:
            failures += 1
            await asyncio.sleep(pause_after(failure, failures, waits))
            continue
        offset, complete = await _take(client, reception, batch, waits)
        failures = 0 if complete else failures + 1
        if not complete:
            await asyncio.sleep(_doubled(failures, waits))


def pause_after(failure: NotSent, failures: int, waits: Waits) -> float:
    """Seconds until the next call, after so many failures in a row; the failure is logged."""
    log.warning("telegram_call_failed", failure=failure.reason)
    if failure.reason == CONFLICT:
        return waits.conflict
    return max(failure.retry_after.total_seconds(), _doubled(failures, waits))


def _doubled(failures: int, waits: Waits) -> float:
    return min(waits.first * float(1 << min(failures - 1, 10)), waits.longest)


async def _take(
    client: Client, reception: Reception, batch: Sequence[object], waits: Waits
) -> tuple[int | None, bool]:
    """The offset of the next call, and whether everything in the batch was committed.

    After an empty batch nothing waits below any offset: then there is none, and so a number
    that is lower than the last (as after a week of silence) is never passed over.
    """
    if not batch:
        return None, True
    work = asyncio.ensure_future(_commit(reception, batch))
    try:
        offset, complete = await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait({work}, timeout=waits.last)
        if work.done() and work.exception() is None:
            await _confirm(client, work.result()[0])
        raise
    return offset, complete


async def _commit(reception: Reception, batch: Sequence[object]) -> tuple[int | None, bool]:
    """Each chat's updates are committed in order, as far as none failed; the chats together."""
    numbers = sorted({number for raw in batch if (number := number_of(raw)) is not None})
    by_number = {number: raw for raw in batch if (number := number_of(raw)) is not None}
    chats: dict[int, list[tuple[int, Happened]]] = {}
    for number in numbers:
        happened = reception.read(by_number[number])
        if happened is not None:
            chats.setdefault(happened.chat, []).append((number, happened))
    failed = [
        number
        for number in await asyncio.gather(*(_in_order(reception, each) for each in chats.values()))
        if number is not None
    ]
    if failed:
        return min(failed), False
    return (numbers[-1] + 1, True) if numbers else (None, False)


async def _in_order(reception: Reception, line: Sequence[tuple[int, Happened]]) -> int | None:
    """The number of the first that failed, and must come again with those after it."""
    for number, happened in line:
        try:
            await reception.take(number, happened)
        except Exception as error:  # noqa: BLE001 (whatever keeps the store from answering)
            log.error("telegram_not_taken", update=number, failure=type(error).__name__)  # noqa: TRY400
            return number
    return None


async def _confirm(client: Client, offset: int | None) -> None:
    """At best: what is not confirmed comes again and does no harm."""
    if offset is None:
        return
    try:
        async with asyncio.timeout(0.5):
            await client.confirm(offset)
    except (NotSent, TimeoutError):
        pass
