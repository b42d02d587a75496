"""Records: what was handed over to the advisors, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from kpbot.store.tables import records


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record with its German summary."""

    reference: str
    conversation: str
    dialog: str
    at: datetime
    outcome: str
    complete: bool
    record: dict[str, Any]
    summary: str
    delete_on: date


def keep(connection: sa.Connection, kept: KeptRecord) -> None:
    """The record is kept; it takes the place of the half that was handed over before it."""
    connection.execute(
        records.delete().where(
            records.c.reference == kept.reference,
            records.c.conversation == kept.conversation,
            ~records.c.complete,
        )
    )
    connection.execute(
        records.insert().values(
            **{column.name: getattr(kept, column.name) for column in records.columns}
        )
    )


def get(connection: sa.Connection, reference: str) -> KeptRecord | None:
    """The record of this reference."""
    row = connection.execute(
        sa.select(records).where(records.c.reference == reference.strip().upper())
    ).one_or_none()
    return None if row is None else _kept(row)


def every(connection: sa.Connection, conversation: str | None = None) -> list[KeptRecord]:
    """All records, or those of one conversation, the oldest first."""
    query = sa.select(records).order_by(records.c.at, records.c.reference)
    if conversation is not None:
        query = query.where(records.c.conversation == conversation)
    return [_kept(row) for row in connection.execute(query)]


def is_taken(connection: sa.Connection, reference: str) -> bool:
    """Whether a record has this reference."""
    query = sa.select(sa.exists().where(records.c.reference == reference))
    return bool(connection.execute(query).scalar_one())


def _kept(row: sa.Row[Any]) -> KeptRecord:
    return KeptRecord(**{column.name: getattr(row, column.name) for column in records.columns})
