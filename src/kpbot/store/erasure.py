"""Everything about a person goes, from every table."""

from __future__ import annotations

import sqlalchemy as sa

from kpbot.store import cases
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
