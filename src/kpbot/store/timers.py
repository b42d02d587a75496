"""Timers are rows: they survive a restart and come in as messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from kpbot.store.tables import conversations, timers


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer that has come due."""

    conversation: str
    channel: str
    person: str
    name: str
    due: datetime


def set_timer(connection: sa.Connection, conversation: str, name: str, due: datetime) -> None:
    """The conversation's timer of this name comes due then; an earlier one is replaced."""
    updated = connection.execute(
        timers.update()
        .where(timers.c.conversation == conversation, timers.c.name == name)
        .values(due=due)
    )
    if not updated.rowcount:
        connection.execute(timers.insert().values(conversation=conversation, name=name, due=due))


def hasten(connection: sa.Connection, name: str, due: datetime) -> int:
    """Every timer of this name comes due then, or earlier as it was set; how many are hastened."""
    return connection.execute(
        timers.update().where(timers.c.name == name, timers.c.due > due).values(due=due)
    ).rowcount


def cancel_timers(connection: sa.Connection, conversation: str, prefix: str) -> None:
    """The conversation has no timer whose name begins so."""
    connection.execute(
        timers.delete().where(
            timers.c.conversation == conversation, timers.c.name.startswith(prefix, autoescape=True)
        )
    )


def take_due(connection: sa.Connection, conversation: str, name: str, at: datetime) -> bool:
    """The timer is used up; False if it is not due any more: it was moved or taken before."""
    taken = connection.execute(
        timers.delete().where(
            timers.c.conversation == conversation, timers.c.name == name, timers.c.due <= at
        )
    )
    return taken.rowcount == 1


def due_timers(connection: sa.Connection, at: datetime, limit: int = 100) -> list[DueTimer]:
    """The timers that are due, the oldest first."""
    query = (
        sa.select(
            timers.c.conversation,
            conversations.c.channel,
            conversations.c.person,
            timers.c.name,
            timers.c.due,
        )
        .join(conversations, conversations.c.id == timers.c.conversation)
        .where(timers.c.due <= at)
        .order_by(timers.c.due, timers.c.conversation, timers.c.name)
        .limit(limit)
    )
    return [DueTimer(*row) for row in connection.execute(query)]
