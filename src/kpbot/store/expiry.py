"""What is older than it may be goes: one function a kind. Each says how much it removed."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import sqlalchemy as sa

from kpbot.store.codec import conversation_from_json
from kpbot.store.erasure import erase
from kpbot.store.outbox import ADVISORS, empty
from kpbot.store.tables import conversations, counts, inbox, outbox, records, timers

RARE = 3
"""A figure below this could point to a person."""


def due_records(connection: sa.Connection, day: date) -> list[str]:
    """The references of the records whose time is over on that day, the oldest first."""
    query = sa.select(records.c.reference).where(records.c.delete_on <= day)
    return list(connection.execute(query.order_by(records.c.at, records.c.reference)).scalars())


def remove_received(connection: sa.Connection, before: datetime) -> int:
    """What arrived before is gone, with its key: nobody delivers it a second time any more."""
    return _gone(connection, inbox.delete().where(inbox.c.at < before))


def remove_said(connection: sa.Connection, before: datetime) -> int:
    """What was said to people before is gone.

    The last message to each person stays as long as the conversation, without its words: its
    service buttons are in force, and by it a page knows who comes back.
    """
    later = outbox.alias()
    is_last = ~sa.exists().where(
        later.c.channel == outbox.c.channel,
        later.c.address == outbox.c.address,
        later.c.conversation == outbox.c.conversation,
        later.c.id > outbox.c.id,
    )
    is_old = sa.and_(
        outbox.c.conversation.is_not(None),
        outbox.c.channel.not_in(ADVISORS),
        outbox.c.due < before,
    )
    empty(connection, sa.and_(is_old, is_last, outbox.c.state != "waiting"))
    return _gone(connection, outbox.delete().where(is_old, ~is_last))


def remove_sent(connection: sa.Connection, before: datetime, stuck: datetime) -> int:
    """What went out to advisors before, or was given up, is gone; so is what waits since `stuck`.

    What waits stays for longer: a server that was off for weeks has not told anybody yet.
    """
    is_old = _is_old(before, stuck)
    return _gone(connection, outbox.delete().where(outbox.c.channel.in_(ADVISORS), is_old))


def remove_goodbyes(connection: sa.Connection, before: datetime, stuck: datetime) -> int:
    """The last word to people who were erased before is gone, and with it their address.

    One that waits, for whatever reason, goes after `stuck`.
    """
    return _gone(
        connection,
        outbox.delete().where(
            outbox.c.conversation.is_(None),
            outbox.c.channel.not_in(ADVISORS),
            _is_old(before, stuck),
        ),
    )


def remove_keys(connection: sa.Connection, before: datetime) -> int:
    """The keys of messages of people who were erased before are gone."""
    is_orphan = ~sa.exists().where(conversations.c.id == inbox.c.conversation)
    return _gone(connection, inbox.delete().where(is_orphan, inbox.c.at < before))


def empty_failed(connection: sa.Connection, before: datetime) -> int:
    """What could not be handled before has lost its content; that it failed is still known."""
    query = sa.select(inbox.c.id, inbox.c.content).where(
        inbox.c.failure.is_not(None), inbox.c.at < before
    )
    full = [row.id for row in connection.execute(query) if row.content]
    connection.execute(inbox.update().where(inbox.c.id.in_(full)).values(content={}))
    return len(full)


def idle_conversations(connection: sa.Connection, before: datetime) -> list[str]:
    """The ids of conversations in which nothing happened since, and that hold nothing sent.

    One with a timer waits for it: the dialog itself says when a draft ends. One that is told of
    dates stays until the person wants no more.
    """
    query = sa.select(conversations.c.id, conversations.c.state).where(_is_idle(before))
    rows = connection.execute(query.order_by(conversations.c.id))
    return [row.id for row in rows if not _is_subscribed(row.state)]


def remove_conversation(connection: sa.Connection, conversation: str, before: datetime) -> bool:
    """The conversation is gone; False: something has happened in it meanwhile."""
    query = sa.select(conversations.c.id).where(
        conversations.c.id == conversation, _is_idle(before)
    )
    if connection.dialect.name != "sqlite":
        query = query.with_for_update(skip_locked=True)
    if connection.execute(query).first() is None:
        return False
    erase(connection, conversation)
    return True


def _is_idle(before: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        conversations.c.touched < before,
        ~sa.exists().where(records.c.conversation == conversations.c.id),
        ~sa.exists().where(timers.c.conversation == conversations.c.id),
    )


def _is_subscribed(state: str) -> bool:
    try:
        return conversation_from_json(state).subscription is not None
    except ValueError:  # nobody can go on with it
        return False


def coarsen_counts(connection: sa.Connection, before: date) -> int:
    """Figures of the months before are by the month, and rare ones are gone; rows fewer."""
    first = before.replace(day=1)
    old = sa.select(counts).where(counts.c.day < first)
    rows = connection.execute(old).all()
    monthly: Counter[tuple[date, str, str, str, str]] = Counter()
    for row in rows:
        key = (row.day.replace(day=1), row.name, row.dialog, row.language, row.value)
        monthly[key] += row.number
    kept = {key: number for key, number in monthly.items() if number >= RARE}
    if kept == {tuple(row[:5]): row.number for row in rows}:
        return 0
    connection.execute(counts.delete().where(counts.c.day < first))
    names = ("day", "name", "dialog", "language", "value")
    if kept:
        values = [dict(zip(names, key, strict=True)) | {"number": n} for key, n in kept.items()]
        connection.execute(counts.insert(), values)
    return len(rows) - len(kept)


def _is_old(before: datetime, stuck: datetime) -> sa.ColumnElement[bool]:
    is_over = sa.and_(outbox.c.state != "waiting", outbox.c.due < before)
    return sa.or_(is_over, outbox.c.due < stuck)


def _gone(connection: sa.Connection, statement: sa.Delete) -> int:
    return connection.execute(statement).rowcount
