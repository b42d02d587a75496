"""What arrived: the unique key of channel and message id makes a second delivery harmless."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kpbot.cases import Note, Reply
from kpbot.model import Attached, ByAdvisor, Content, Edited, Inbound, Pressed, Said, Selected
from kpbot.store.codec import tagged
from kpbot.store.database_insert import insert
from kpbot.store.tables import inbox

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters except line break and tab, and halves of characters: no text.

Nor what turns the words after it round, those of others too: letters know their own direction.
"""
_WORDS = frozenset({Said.__name__, Attached.__name__})
"""What people can edit afterwards."""
_LONGEST_KEY = 200
"""Characters of a message id, as the table has room for them."""


def cleaned(inbound: Inbound) -> Inbound:
    """The message as it can be kept: what is no text is gone from it.

    An id that no database could keep as it is stands as its hash: the same id, the same hash.
    """
    return replace(inbound, message_id=_key(inbound.message_id), content=_cleaned(inbound.content))


def is_known(connection: sa.Connection, inbound: Inbound) -> bool:
    """Whether the message was here before.

    On PostgreSQL nobody else takes a message of this person until this transaction ends: what
    came at the same moment is then known, and a conversation is begun or erased only once.
    """
    if connection.dialect.name == "postgresql":
        person = sa.func.hashtextextended(f"{inbound.channel}:{inbound.person}", 0)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(person)))
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


def came_at(connection: sa.Connection, conversation: str, original: str) -> datetime | None:
    """When the message of that id came, as it was before any edit; None: it is not kept.

    Without an id it is the last message.
    """
    query = (
        sa.select(inbox.c.at, inbox.c.content)
        .where(inbox.c.conversation == conversation)
        .order_by(inbox.c.id.desc())
    )
    for at, content in connection.execute(query):
        is_words = content.get("type") in _WORDS and content.get("text")
        if is_words and original in {"", content.get("original", "")}:
            return at  # type: ignore[no-any-return]
    return None


def forget_words(
    connection: sa.Connection,
    conversation: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """What the person wrote then is gone; the keys stay, so that nothing arrives a second time."""
    statement = inbox.update().where(inbox.c.conversation == conversation).values(content={})
    if since is not None:
        statement = statement.where(inbox.c.at >= since)
    if until is not None:
        statement = statement.where(inbox.c.at <= until)
    connection.execute(statement)


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
        case ByAdvisor(action=Reply(text)):
            return replace(content, action=Reply(_clean(text)))
        case ByAdvisor(action=Note(text)):
            return replace(content, action=Note(_clean(text)))
        case Attached(kind, text):
            return Attached(_clean(kind), _clean(text))
        case Pressed(turn, question, choice, conversation):
            return Pressed(turn, _clean(question), _clean(choice), _clean(conversation))
        case Selected(turn, question, choices, conversation):
            chosen = tuple(map(_clean, choices))
            return Selected(turn, _clean(question), chosen, _clean(conversation))
        case _:
            return content


def _key(message_id: str) -> str:
    if len(message_id) <= _LONGEST_KEY and not _NOT_TEXT.search(message_id):
        return message_id
    return hashlib.sha256(message_id.encode(errors="surrogatepass")).hexdigest()


def _clean(text: str) -> str:
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _kept(inbound: Inbound) -> dict[str, Any]:
    """The content, and under which id an edit would name it."""
    original = {"original": inbound.original} if inbound.original else {}
    return tagged(inbound.content) | original


def _insert(
    connection: sa.Connection, inbound: Inbound, conversation: str, failure: str | None
) -> bool:
    statement = (
        insert(connection, inbox)
        .values(
            channel=inbound.channel,
            message_id=inbound.message_id,
            conversation=conversation,
            at=inbound.at,
            content=_kept(inbound),
            failure=failure,
        )
        .on_conflict_do_nothing()
        .returning(inbox.c.id)
    )
    return connection.execute(statement).first() is not None
