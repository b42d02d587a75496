"""What may be kept no longer goes: once a day, and by command. Each kind has its own period."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlalchemy as sa
import structlog

from kpbot.handover import expire_record
from kpbot.house import Receivers
from kpbot.store import expiry, notes, sessions
from kpbot.store.database import Database
from kpbot.store.database_file import copies_beside, path_of

log = structlog.get_logger()

GOODBYE = timedelta(days=1)
"""The last word to a person who was erased stays so long: a web page may still fetch it."""
KEYS = timedelta(days=7)
"""So long a message of a person who was erased may come a second time."""
_HOUSE = "house"
_DONE = "retention"


@dataclass(frozen=True, slots=True)
class Periods:
    """How long what is kept. Records hold their own day, drafts end as their dialog says."""

    chats: timedelta = timedelta(days=90)
    """What was said in a chat, and a chat that holds nothing sent."""
    sent: timedelta = timedelta(days=14)
    """Letters, cards and notifications that went out."""
    failed: timedelta = timedelta(days=14)
    """The content of messages that could not be handled."""
    counts: timedelta = timedelta(days=90)
    """Figures by the day."""
    copies: timedelta = timedelta(days=30)
    """Copies of the database made before an upgrade or a restore."""


class _Undo(Exception):  # noqa: N818 (it is a wish)
    """Whatever was done is to be undone."""


def remove_expired(
    database: Database,
    periods: Periods,
    receivers: Receivers,
    at: datetime,
    *,
    dry: bool = False,
) -> dict[str, int]:
    """What may be kept no longer is gone; how much of each kind. `dry`: what would be gone.

    Whoever holds a copy of a record is told that it is gone.
    """

    def removing(work: Callable[[sa.Connection], int]) -> int:
        removed: list[int] = []

        def carry_out(connection: sa.Connection) -> None:
            removed[:] = [work(connection)]
            if dry:
                raise _Undo

        with suppress(_Undo):
            database.write(carry_out)
        return removed[0]

    stuck = at - max(periods.chats, periods.sent)
    gone = {
        "messages_failed": removing(lambda c: expiry.empty_failed(c, at - periods.failed)),
        "messages_received": removing(lambda c: expiry.remove_received(c, at - periods.chats)),
        "messages_said": removing(lambda c: expiry.remove_said(c, at - periods.chats)),
        "messages_to_advisors": removing(lambda c: expiry.remove_sent(c, at - periods.sent, stuck)),
        # after the messages: a record takes its own along, and they would be counted by `dry` only
        "records": _expire_records(database, receivers, at, dry=dry),
        "conversations": _remove_idle(database, at - periods.chats, dry=dry),
        "goodbyes": removing(lambda c: expiry.remove_goodbyes(c, at - GOODBYE, at - KEYS)),
        "keys_of_erased": removing(lambda c: expiry.remove_keys(c, at - KEYS)),
        "figures": removing(lambda c: expiry.coarsen_counts(c, (at - periods.counts).date())),
        "sessions": removing(lambda c: sessions.remove_expired(c, at)),
        "copies": _remove_copies(database, at - periods.copies, dry=dry),
    }
    if not dry:
        database.forget()
    return gone


def remove_daily(
    database: Database, periods: Periods, receivers: Receivers, at: datetime
) -> dict[str, int] | None:
    """`remove_expired`, once a day whatever restarts and however many processes; else None."""
    if not database.write(lambda connection: _begin(connection, at)):
        return None
    gone = remove_expired(database, periods, receivers, at)
    if any(gone.values()):
        log.info("retention", **{kind: number for kind, number in gone.items() if number})
    return gone


def _begin(connection: sa.Connection, at: datetime) -> bool:
    today = at.date().isoformat()
    if notes.get(connection, _HOUSE, "", _DONE) == today:
        return False
    notes.put(connection, _HOUSE, "", _DONE, today)
    return True


def _expire_records(database: Database, receivers: Receivers, at: datetime, *, dry: bool) -> int:
    """A record a transaction: turns go on in between."""
    due = database.read(lambda connection: expiry.due_records(connection, at.date()))
    for each in due if not dry else ():
        database.write(partial(expire_record, reference=each, receivers=receivers, at=at))
    return len(due)


def _remove_idle(database: Database, before: datetime, *, dry: bool) -> int:
    """A conversation a transaction; whoever writes at this moment stays."""
    idle = database.read(lambda connection: expiry.idle_conversations(connection, before))
    if dry:
        return len(idle)
    return sum(
        database.write(partial(expiry.remove_conversation, conversation=each, before=before))
        for each in idle
    )


def _remove_copies(database: Database, before: datetime, *, dry: bool) -> int:
    """Copies of the file hold people who were erased since."""
    path = path_of(database.url)
    if path is None:
        return 0
    old = [
        copy
        for copy in copies_beside(path)
        if datetime.fromtimestamp(copy.stat().st_mtime, UTC) < before
    ]
    for copy in old:
        if not dry:
            copy.unlink(missing_ok=True)
    return len(old)
