"""Everything about a person goes, from every table; or everything about one record."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from kpbot.model import Conversation
from kpbot.store import cases
from kpbot.store.codec import conversation_from_json, conversation_to_json
from kpbot.store.notes import forget as forget_note
from kpbot.store.tables import conversations, inbox, notes, outbox, records, timers


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
    connection.execute(timers.delete().where(timers.c.conversation == conversation))
    connection.execute(
        inbox.update().where(inbox.c.conversation == conversation).values(content={})
    )
    connection.execute(conversations.delete().where(conversations.c.id == conversation))
    return gone


def erase_record(connection: sa.Connection, reference: str) -> None:
    """Nothing of the record, its case and the messages about it is left; the chat goes on.

    Where an advisor spoke in the case, the bot speaks again.
    """
    query = sa.select(records.c.conversation).where(records.c.reference == reference)
    conversation = connection.execute(query).scalar_one_or_none()
    if conversation is None:
        return
    _forget_in_chat(connection, conversation, reference)
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


def _forget_in_chat(connection: sa.Connection, conversation: str, reference: str) -> None:
    """The person's conversation no longer speaks of the record."""
    is_it = conversations.c.id == conversation
    query = sa.select(conversations.c.state).where(is_it)
    if connection.dialect.name != "sqlite":
        query = query.with_for_update()
    state = connection.execute(query).scalar_one_or_none()
    if state is not None:
        changed = _without(conversation_from_json(state), reference)
        values = {"state": conversation_to_json(changed)}
        connection.execute(conversations.update().where(is_it).values(**values))


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
