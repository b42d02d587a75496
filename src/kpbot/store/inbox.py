"""What arrived: the unique key of channel and message id makes a second delivery harmless."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from kpbot.model import Inbound
from kpbot.store.codec import tagged
from kpbot.store.tables import inbox


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


def _insert(
    connection: sa.Connection, inbound: Inbound, conversation: str, failure: str | None
) -> bool:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = (
        dialect.insert(inbox)
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
