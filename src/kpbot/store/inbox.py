"""What arrived: the unique key of channel and message id makes a second delivery harmless."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from kpbot.model import Attached, Content, Edited, Inbound, Pressed, Said, Selected
from kpbot.store.codec import tagged
from kpbot.store.tables import inbox

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters except line break and tab, and halves of characters: no text."""


def cleaned(inbound: Inbound) -> Inbound:
    """The message as it can be kept: control characters and halves of characters are gone."""
    return replace(inbound, content=_cleaned(inbound.content))


def is_known(connection: sa.Connection, inbound: Inbound) -> bool:
    """Whether the message was here before."""
    query = sa.select(
        sa.exists().where(
            inbox.c.channel == inbound.channel, inbox.c.message_id == inbound.message_id
        )
    )
    return bool(connection.execute(query).scalar_one())


def accept(connection: sa.Connection, inbound: Inbound, conversation: str) -> bool:
    """The message is kept; False if it was before: then nothing more must follow from it."""
    return _insert(connection, inbound, conversation, None)


def park(connection: sa.Connection, inbound: Inbound, conversation: str, failure: str) -> bool:
    """The message that could not be handled is kept with the kind of its failure, once."""
    return _insert(connection, inbound, conversation, failure)


def failures(connection: sa.Connection) -> int:
    """How many messages could not be handled."""
    query = sa.select(sa.func.count()).where(inbox.c.failure.is_not(None))
    return connection.execute(query).scalar_one()


def _cleaned(content: Content) -> Content:
    match content:
        case Said(text):
            return Said(_clean(text))
        case Edited(text):
            return Edited(_clean(text))
        case Attached(kind):
            return Attached(_clean(kind))
        case Pressed(turn, question, choice):
            return Pressed(turn, _clean(question), _clean(choice))
        case Selected(turn, question, choices):
            return Selected(turn, _clean(question), tuple(map(_clean, choices)))
        case _:
            return content


def _clean(text: str) -> str:
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _insert(
    connection: sa.Connection, inbound: Inbound, conversation: str, failure: str | None
) -> bool:
    statement = (
        _insert_statement(connection)
        .values(
            channel=inbound.channel,
            message_id=inbound.message_id,
            conversation=conversation,
            at=inbound.at,
            content=tagged(inbound.content),
            failure=failure,
        )
        .on_conflict_do_nothing()
    )
    return connection.execute(statement).rowcount == 1


def _insert_statement(connection: sa.Connection) -> Any:
    """The insert of this database that knows conflicts; the other's dialect is not imported."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415 (start-up time)

        return sqlite.insert(inbox)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 (start-up time)

    return postgresql.insert(inbox)
