"""Conversations: one a person and channel, as JSON."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa

from kpbot.model import Conversation
from kpbot.store.codec import conversation_from_json, conversation_to_json
from kpbot.store.database_insert import insert
from kpbot.store.tables import conversations


def load(connection: sa.Connection, channel: str, person: str, at: datetime) -> Conversation:
    """The person's conversation in the channel; a new one is kept where there was none."""
    query = sa.select(conversations.c.state).where(
        conversations.c.channel == channel, conversations.c.person == person
    )
    if connection.dialect.name != "sqlite":
        query = query.with_for_update()
    state = connection.execute(query).scalar_one_or_none()
    if state is not None:
        return conversation_from_json(state)
    fresh = Conversation(uuid.uuid4().hex)
    made = connection.execute(
        insert(connection, conversations)
        .values(
            id=fresh.id,
            channel=channel,
            person=person,
            state=conversation_to_json(fresh),
            touched=at,
        )
        .on_conflict_do_nothing()
        .returning(conversations.c.id)
    )
    if made.first() is not None:
        return fresh
    # somebody else began it at the same moment, and has committed by now
    return conversation_from_json(connection.execute(query).scalar_one())


def save(connection: sa.Connection, conversation: Conversation, at: datetime) -> None:
    """The conversation is kept as it is now."""
    connection.execute(
        conversations.update()
        .where(conversations.c.id == conversation.id)
        .values(state=conversation_to_json(conversation), touched=at)
    )


def glance(connection: sa.Connection, channel: str, person: str) -> Conversation | None:
    """The person's conversation if there is one; where it cannot be read, its id alone."""
    query = sa.select(conversations.c.id, conversations.c.state).where(
        conversations.c.channel == channel, conversations.c.person == person
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    try:
        return conversation_from_json(row.state)
    except ValueError:
        return Conversation(row.id)


def address(connection: sa.Connection, conversation: str) -> tuple[str, str] | None:
    """Channel and person of the conversation."""
    query = sa.select(conversations.c.channel, conversations.c.person).where(
        conversations.c.id == conversation
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.channel, row.person)


def find(connection: sa.Connection, person: str) -> list[str]:
    """Ids of the person's conversations in every channel."""
    query = sa.select(conversations.c.id).where(conversations.c.person == person)
    return list(connection.execute(query).scalars())
