"""Everything that is stored about a person, in one place: for them, and to prove an erasure."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from kpbot.cases import PERSON, SYSTEM
from kpbot.store import transcript
from kpbot.store.tables import (
    case_entries,
    cases,
    conversations,
    inbox,
    metadata,
    notes,
    outbox,
    records,
    timers,
)

COVERED = (conversations, inbox, outbox, records, cases, case_entries, timers, notes)
"""The tables that are read here."""
_OWNERS = frozenset({"conversation", "reference", "person"})
"""A table with a column of such a name holds something about a person."""
_NOTED = "noted"
"""What an advisor wrote for colleagues."""


def everything_about(
    connection: sa.Connection, conversation: str, *, internal: bool = False
) -> dict[str, Any]:
    """All that is kept about the person, as plain JSON values; empty where there is nothing.

    What advisors wrote for each other is told only with `internal`, and else counted: the operator
    looks at it before it is given out (Art. 15 (4) GDPR).
    """
    found = {
        "conversation": _conversation(connection, conversation),
        "chat": [_line(each) for each in transcript.of(connection, conversation)],
        "sent": [
            _sent(connection, row, internal) for row in _of(connection, records, conversation)
        ],
        "told_to_advisors": _told(connection, conversation),
        "not_handled": _not_handled(connection, conversation),
        "timers": _named(connection, timers, conversation),
        "channel_notes": _named(connection, notes, conversation),
    }
    return {name: value for name, value in found.items() if value}


def about_address(connection: sa.Connection, channel: str, person: str) -> dict[str, Any]:
    """The same of whoever writes from this address, for themselves; empty: nobody does."""
    query = sa.select(conversations.c.id).where(
        conversations.c.channel == channel, conversations.c.person == person
    )
    known = connection.execute(query).scalar_one_or_none()
    return {} if known is None else everything_about(connection, known)


def personal_tables() -> set[str]:
    """The names of the tables whose rows belong to a person, as their columns say."""
    tables = metadata.sorted_tables
    return {table.name for table in tables if _OWNERS & set(table.columns.keys())}


def _of(connection: sa.Connection, table: sa.Table, conversation: str) -> list[sa.Row[Any]]:
    key = table.primary_key.columns
    query = sa.select(table).where(table.c.conversation == conversation).order_by(*key)
    return list(connection.execute(query))


def _conversation(connection: sa.Connection, conversation: str) -> dict[str, Any]:
    query = sa.select(conversations).where(conversations.c.id == conversation)
    row = connection.execute(query).one_or_none()
    if row is None:
        return {}
    state = json.loads(row.state)
    return {
        "channel": row.channel,
        "address": row.person,
        "last_active": row.touched.isoformat(),
        **{name: value for name, value in state.items() if value not in (None, "", [], {})},
    }


def _line(line: transcript.Line) -> dict[str, str]:
    return {"at": line.at.isoformat(), "kind": line.kind, "text": line.text}


def _sent(connection: sa.Connection, row: sa.Row[Any], internal: bool) -> dict[str, Any]:
    query = sa.select(case_entries).where(case_entries.c.reference == row.reference)
    entries = list(connection.execute(query.order_by(case_entries.c.id)))
    noted = [each for each in entries if each.kind == _NOTED]
    shown = entries if internal else [each for each in entries if each.kind != _NOTED]
    return {
        "reference": row.reference,
        "at": row.at.isoformat(),
        "delete_on": row.delete_on.isoformat(),
        "record": row.record,
        "summary_for_advisors": row.summary,
        "case": _case(connection, row.reference),
        "file": [_entry(each) for each in shown],
        "internal_notes": len(noted),
    }


def _case(connection: sa.Connection, reference: str) -> dict[str, Any]:
    query = sa.select(cases).where(cases.c.reference == reference)
    row = connection.execute(query).one_or_none()
    if row is None:
        return {}
    times = {name: getattr(row, name) for name in ("opened", "answered", "closed")}
    return {
        "state": row.state,
        "desk": row.desk,
        **{name: at.isoformat() for name, at in times.items() if at is not None},
        **({"reason": row.reason} if row.reason else {}),
    }


def _entry(row: sa.Row[Any]) -> dict[str, str]:
    """Who of the advisors it was is the advisor's own affair."""
    author = row.author if row.author in {PERSON, SYSTEM} else "advisor"
    return {"at": row.at.isoformat(), "author": author, "kind": row.kind, "text": row.text}


def _told(connection: sa.Connection, conversation: str) -> list[dict[str, Any]]:
    """Letters, cards and notifications about the person; to whom is not the person's affair."""
    return [
        {"at": row.due.isoformat(), "channel": row.channel, "message": row.message}
        for row in _of(connection, outbox, conversation)
        if row.message.get("type") != "Outbound"
    ]


def _not_handled(connection: sa.Connection, conversation: str) -> list[dict[str, Any]]:
    return [
        {"at": row.at.isoformat(), "content": row.content, "failure": row.failure}
        for row in _of(connection, inbox, conversation)
        if row.failure is not None
    ]


def _named(connection: sa.Connection, table: sa.Table, conversation: str) -> list[dict[str, str]]:
    """Timers with their instants, notes with their values."""
    last = list(table.columns)[-1] if table is timers else table.c.value
    return [
        {"name": row.name, last.name: str(row._mapping[last])}  # noqa: SLF001 (its public name)
        for row in _of(connection, table, conversation)
    ]
