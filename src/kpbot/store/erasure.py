"""Everything about a person goes, from every table; or everything about one record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from kpbot.model import Conversation
from kpbot.store import cases
from kpbot.store import inbox as received
from kpbot.store import outbox as said
from kpbot.store.codec import conversation_from_json, conversation_to_json
from kpbot.store.notes import forget as forget_note
from kpbot.store.tables import conversations, notes, outbox, records, timers

_SPOKEN = frozenset({"said", "edited", "attached", "wished", "replied"})
"""Kinds of entries that hold what the person or an advisor wrote to the other."""


def erase(connection: sa.Connection, conversation: str) -> list[str]:
    """Nothing of the conversation is left; the references of its records, which are gone too.

    The inbox keeps the keys of the messages, without content: a late second delivery must not
    begin the conversation anew.
    """
    gone = list(
        connection.execute(
            sa.select(records.c.reference).where(records.c.conversation == conversation)
        ).scalars()
    )
    cases.erase(connection, gone)
    connection.execute(notes.delete().where(notes.c.conversation == conversation))
    connection.execute(records.delete().where(records.c.conversation == conversation))
    connection.execute(outbox.delete().where(outbox.c.conversation == conversation))
    _erase_goodbyes(connection, conversation)
    connection.execute(timers.delete().where(timers.c.conversation == conversation))
    received.forget_words(connection, conversation)
    connection.execute(conversations.delete().where(conversations.c.id == conversation))
    return gone


def _erase_goodbyes(connection: sa.Connection, conversation: str) -> None:
    """What was to go out although its words are forgotten does not any more."""
    query = sa.select(conversations.c.channel, conversations.c.person)
    address = connection.execute(query.where(conversations.c.id == conversation)).one_or_none()
    if address is not None:
        connection.execute(
            outbox.delete().where(
                outbox.c.conversation.is_(None),
                outbox.c.channel == address.channel,
                outbox.c.address == address.person,
            )
        )


def forget_words(connection: sa.Connection, conversation: str, since: datetime) -> None:
    """Nothing is left of what the person and the bot wrote since then; see `outbox.forget_since`.

    `Database.forget` makes SQLite's files forget it too.
    """
    received.forget_words(connection, conversation, since=since)
    said.forget_since(connection, conversation, since)


def erase_record(connection: sa.Connection, reference: str, at: datetime) -> None:
    """Nothing of the record, its case and the messages about it is left; the chat goes on.

    Its words in the chat are gone too: all of them, or where something younger is kept or open,
    those until the last word about it. Where an advisor spoke in the case, the bot speaks again.
    """
    query = sa.select(records.c.conversation, records.c.at)
    kept = connection.execute(query.where(records.c.reference == reference)).one_or_none()
    if kept is None:
        return
    conversation: str = kept.conversation
    changed = _forget_in_chat(connection, conversation, reference)
    is_younger = _has_younger(connection, conversation, kept.at)
    goes_on = is_younger or (changed is not None and bool(changed.drafts))
    until = _last_word(connection, reference, kept.at) if goes_on else at
    received.forget_words(connection, conversation, until=until)
    said.forget_until(connection, conversation, until, reference)
    _erase_messages(connection, conversation, reference)
    _erase_notes(connection, conversation, reference)
    connection.execute(
        timers.delete().where(
            timers.c.conversation == conversation,
            timers.c.name.endswith(f":{reference}", autoescape=True),
        )
    )
    cases.erase(connection, [reference])
    connection.execute(records.delete().where(records.c.reference == reference))


def _has_younger(connection: sa.Connection, conversation: str, than: datetime) -> bool:
    query = sa.exists().where(records.c.conversation == conversation, records.c.at > than)
    return bool(connection.execute(sa.select(query)).scalar_one())


def _last_word(connection: sa.Connection, reference: str, handed_over: datetime) -> datetime:
    """When the person and advisors last wrote to each other about the record, or it was sent."""
    spoken = [e.at for e in cases.entries(connection, reference) if e.kind in _SPOKEN]
    return max([handed_over, *spoken])


def _erase_messages(connection: sa.Connection, conversation: str, reference: str) -> None:
    """Letters, cards and notifications name the record they are about."""
    query = sa.select(outbox.c.id, outbox.c.message).where(outbox.c.conversation == conversation)
    about = [
        row.id for row in connection.execute(query) if row.message.get("reference") == reference
    ]
    connection.execute(outbox.delete().where(outbox.c.id.in_(about)))


def _erase_notes(connection: sa.Connection, conversation: str, reference: str) -> None:
    """What a channel needs to clear its own copies is under no conversation, and stays for that."""
    query = sa.select(notes).where(notes.c.conversation == conversation)
    for row in connection.execute(query).all():
        if row.value == reference or row.name.endswith(f":{reference}"):
            forget_note(connection, row.channel, row.address, row.name)


def _forget_in_chat(
    connection: sa.Connection, conversation: str, reference: str
) -> Conversation | None:
    """The person's conversation, which no longer speaks of the record."""
    is_it = conversations.c.id == conversation
    query = sa.select(conversations.c.state).where(is_it)
    if connection.dialect.name != "sqlite":
        query = query.with_for_update()
    state = connection.execute(query).scalar_one_or_none()
    if state is None:
        return None
    changed = _without(conversation_from_json(state), reference)
    values = {"state": conversation_to_json(changed)}
    connection.execute(conversations.update().where(is_it).values(**values))
    return changed


def _without(conversation: Conversation, reference: str) -> Conversation:
    drafts = {
        name: replace(draft, case=None) if draft.case == reference else draft
        for name, draft in conversation.drafts.items()
    }
    sent = tuple(each for each in conversation.sent if each != reference)
    changed = replace(conversation, drafts=drafts, sent=sent)
    if conversation.case == reference:
        changed = replace(changed, case=None, owner="bot", advisor="")
    return changed
