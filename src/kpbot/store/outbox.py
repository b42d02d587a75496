"""What goes out: kept with the turn, leased, sent, marked; in order for each address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from kpbot.model import COMMAND, Message
from kpbot.store.codec import message_from, tagged
from kpbot.store.fields import as_stored, opened
from kpbot.store.keys import NoKey, Unreadable
from kpbot.store.tables import outbox

ADVISORS = ("mail", "staff", "webhook")
"""Channels that lead to advisors and their systems."""
LEASE = timedelta(minutes=2)
"""How long a sender has a message to itself; a process that dies frees it after that."""

_LEASED = [as_stored(column) if column is outbox.c.message else column for column in outbox.columns]
"""The message as it is stored: one that cannot be read must not hold up the others."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is leased to a sender."""

    id: int
    channel: str
    address: str
    message: Message
    attempts: int
    """Sends that were begun before this one."""
    doubts: int = 0
    """Those of them of which nobody can know whether the message arrived."""
    conversation: str | None = None
    """The conversation it belongs to."""


def put(  # noqa: PLR0913 (one row)
    connection: sa.Connection,
    message: Message,
    *,
    channel: str,
    address: str,
    conversation: str | None,
    at: datetime,
) -> int:
    """The message waits in the outbox; its id grows with time."""
    result = connection.execute(
        outbox.insert().values(
            channel=channel,
            address=address,
            conversation=conversation,
            message=tagged(message),
            due=at,
        )
    )
    key = result.inserted_primary_key
    return int(key[0]) if key else 0


def lease(
    connection: sa.Connection,
    channels: list[str],
    at: datetime,
    *,
    address: str | None = None,
    limit: int = 20,
) -> list[Waiting]:
    """The next messages of these channels, the oldest of each address only, leased until later.

    With `address`, only messages to it. One that cannot be read is given up, not in the way.
    """
    earlier = outbox.alias()
    is_first = ~sa.exists().where(
        earlier.c.channel == outbox.c.channel,
        earlier.c.address == outbox.c.address,
        earlier.c.state == "waiting",
        earlier.c.id < outbox.c.id,
    )
    query = (
        sa.select(*_LEASED)
        .where(
            outbox.c.state == "waiting",
            outbox.c.channel.in_(channels),
            outbox.c.due <= at,
            sa.or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= at),
            is_first,
        )
        .order_by(outbox.c.id)
        .limit(limit)
    )
    if address is not None:
        query = query.where(outbox.c.address == address)
    if connection.dialect.name != "sqlite":
        query = query.with_for_update(skip_locked=True)
    leased = []
    for row in connection.execute(query).all():
        try:
            message = message_from(opened(outbox.c.message, row.message, connection.dialect))
        except NoKey:
            raise
        except (Unreadable, ValueError, KeyError, AttributeError):
            mark_failed(connection, row.id, "unreadable", None)
            continue
        doubts = row.doubts + (row.leased_until is not None)  # its sender died while sending
        leased.append(
            Waiting(
                row.id,
                row.channel,
                row.address,
                message,
                row.attempts,
                doubts,
                row.conversation,
            )
        )
    if leased:
        died = sa.case((outbox.c.leased_until.is_not(None), 1), else_=0)
        connection.execute(
            outbox.update()
            .where(outbox.c.id.in_([each.id for each in leased]))
            .values(
                leased_until=at + LEASE,
                attempts=outbox.c.attempts + 1,
                doubts=outbox.c.doubts + died,
            )
        )
    return leased


def release(connection: sa.Connection, channel: str, address: str) -> None:
    """What was leased for the address may be sent at once: whoever leased it is gone."""
    connection.execute(
        outbox.update()
        .where(
            outbox.c.channel == channel,
            outbox.c.address == address,
            outbox.c.state == "waiting",
        )
        .values(leased_until=None)
    )


def end_leases(connection: sa.Connection, at: datetime) -> None:
    """Whatever is leased may be sent at once: every sender is gone.

    What they had in hand may have arrived: its next lease counts the doubt.
    """
    connection.execute(
        outbox.update()
        .where(outbox.c.state == "waiting", outbox.c.leased_until > at)
        .values(leased_until=at)
    )


def mark_sent(connection: sa.Connection, id_: int) -> None:
    """The message went out."""
    connection.execute(
        outbox.update().where(outbox.c.id == id_).values(state="sent", leased_until=None)
    )


def mark_failed(
    connection: sa.Connection,
    id_: int,
    failure: str,
    again_at: datetime | None,
    *,
    doubtful: bool = False,
) -> None:
    """The message is tried again then, or never.

    `doubtful`: nobody can know whether it arrived. Given up in doubt, its state says so.
    """
    values: dict[str, object] = {"failure": failure[:200], "leased_until": None}
    if doubtful:
        values["doubts"] = outbox.c.doubts + 1
    if again_at is None:
        values["state"] = sa.case((outbox.c.doubts + int(doubtful) > 0, "doubtful"), else_="failed")
    else:
        values["due"] = again_at
    connection.execute(outbox.update().where(outbox.c.id == id_).values(**values))


def said_to(
    connection: sa.Connection, channel: str, address: str, after: int = 0
) -> list[tuple[int, Message]]:
    """Everything said to the address after the message of that id, in order."""
    query = (
        sa.select(outbox.c.id, outbox.c.message)
        .where(outbox.c.channel == channel, outbox.c.address == address, outbox.c.id > after)
        .order_by(outbox.c.id)
    )
    return [(row.id, message_from(row.message)) for row in connection.execute(query)]


def waiting(connection: sa.Connection) -> tuple[int, datetime | None]:
    """How many messages wait, and since when the oldest does."""
    query = sa.select(sa.func.count(), sa.func.min(outbox.c.due)).where(outbox.c.state == "waiting")
    count, oldest = connection.execute(query).one()
    return count, oldest


def forget_since(connection: sa.Connection, conversation: str, since: datetime) -> None:
    """What was said to the person since then is gone.

    What still waits goes out all the same, under no conversation any more: as the last word to a
    person who was erased it is gone a day later.
    """
    _forget(connection, sa.and_(_said_in(conversation), outbox.c.due >= since))


def forget_until(connection: sa.Connection, conversation: str, until: datetime, about: str) -> None:
    """What was said to the person until then is gone, and every message that names `about`.

    What waits goes out as with `forget_since`. The last message is empty and stays: by it a page
    knows who comes back.
    """
    said = _said_in(conversation)
    query = sa.select(outbox.c.id, outbox.c.message).where(said, outbox.c.due > until)
    naming = [row.id for row in connection.execute(query) if about in str(row.message)]
    goes = sa.and_(said, sa.or_(outbox.c.due <= until, outbox.c.id.in_(naming)))
    last = connection.execute(sa.select(sa.func.max(outbox.c.id)).where(said)).scalar_one()
    is_last = outbox.c.id == last
    empty(connection, sa.and_(goes, is_last, outbox.c.state != "waiting"))
    _forget(connection, sa.and_(goes, sa.or_(~is_last, outbox.c.state == "waiting")))


def empty(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    """The messages to people say nothing any more; service buttons stay in force."""
    query = sa.select(outbox.c.id, outbox.c.message).where(which)
    for row in connection.execute(query).all():
        values = {"message": _emptied(row.message)}
        connection.execute(outbox.update().where(outbox.c.id == row.id).values(**values))


def drop_files(connection: sa.Connection, conversation: str, name: str) -> None:
    """No message that went out to the person holds a file of this name any more."""
    query = sa.select(outbox.c.id, outbox.c.message).where(
        _said_in(conversation), outbox.c.state != "waiting"
    )
    for row in connection.execute(query).all():
        files = row.message.get("files", ())
        kept = [file for file in files if file["name"] != name]
        if len(kept) < len(files):
            values = {"message": {**row.message, "files": kept}}
            connection.execute(outbox.update().where(outbox.c.id == row.id).values(**values))


def _said_in(conversation: str) -> sa.ColumnElement[bool]:
    return sa.and_(outbox.c.conversation == conversation, outbox.c.channel.not_in(ADVISORS))


def _forget(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    connection.execute(outbox.delete().where(which, outbox.c.state != "waiting"))
    connection.execute(outbox.update().where(which).values(conversation=None))


def _emptied(message: Mapping[str, Any]) -> dict[str, Any]:
    buttons = [each for each in message.get("buttons", ()) if each["question"] == COMMAND]
    gone = {"text": "…", "buttons": buttons, "select": None, "files": []}
    return {**message, **gone}
