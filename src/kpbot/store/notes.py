"""What a channel must remember about an address: ids of messages, topics, who blocked it."""

from __future__ import annotations

import sqlalchemy as sa

from kpbot.store.tables import notes


def put(  # noqa: PLR0913 (one row)
    connection: sa.Connection,
    channel: str,
    address: str,
    name: str,
    value: str,
    *,
    conversation: str | None = None,
) -> None:
    """The note of this name has this value; with `conversation` it goes when the person does."""
    forget(connection, channel, address, name)
    connection.execute(
        notes.insert().values(
            channel=channel, address=address, name=name, value=value, conversation=conversation
        )
    )


def get(connection: sa.Connection, channel: str, address: str, name: str) -> str | None:
    """The value of the note; None: there is none."""
    query = sa.select(notes.c.value).where(*_named(channel, address, name))
    return connection.execute(query).scalar_one_or_none()


def forget(connection: sa.Connection, channel: str, address: str, name: str) -> None:
    """There is no note of this name."""
    connection.execute(notes.delete().where(*_named(channel, address, name)))


def _named(channel: str, address: str, name: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (notes.c.channel == channel, notes.c.address == address, notes.c.name == name)
