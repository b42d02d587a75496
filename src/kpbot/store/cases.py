"""Cases: what became of each record, and what was said and done in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kpbot.cases import Case
from kpbot.store.tables import case_entries, cases


class StaleCase(Exception):  # noqa: N818 (it is a state)
    """Somebody else changed the case meanwhile: nothing was done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was said or done in a case."""

    id: int
    at: datetime
    author: str
    """`person`, `system` or an advisor's id."""
    kind: str
    text: str


def open_case(connection: sa.Connection, case: Case) -> None:
    """The case is kept. Raises IntegrityError where there is one of its reference."""
    connection.execute(cases.insert().values(**asdict(case)))


def get(connection: sa.Connection, reference: str) -> Case | None:
    """The case of this reference."""
    query = sa.select(cases).where(cases.c.reference == reference.strip().upper())
    row = connection.execute(query).one_or_none()
    return None if row is None else _case(row)


def save(connection: sa.Connection, case: Case) -> Case:
    """The case is as given, one version on. Raises StaleCase where it is no longer that version."""
    changed = replace(case, version=case.version + 1)
    done = connection.execute(
        cases.update()
        .where(cases.c.reference == case.reference, cases.c.version == case.version)
        .values(**asdict(changed))
    )
    if done.rowcount != 1:
        raise StaleCase
    return changed


def every(
    connection: sa.Connection, *, conversation: str | None = None, open_only: bool = False
) -> list[Case]:
    """The cases, the newest first."""
    query = sa.select(cases).order_by(cases.c.opened.desc(), cases.c.reference)
    if conversation is not None:
        query = query.where(cases.c.conversation == conversation)
    if open_only:
        query = query.where(cases.c.state != "closed")
    return [_case(row) for row in connection.execute(query)]


def in_hand(connection: sa.Connection, advisor: str) -> list[Case]:
    """The cases that the advisor has."""
    query = sa.select(cases).where(cases.c.advisor == advisor).order_by(cases.c.reference)
    return [_case(row) for row in connection.execute(query)]


def enter(  # noqa: PLR0913 (one row)
    connection: sa.Connection,
    reference: str,
    at: datetime,
    *,
    author: str,
    kind: str,
    text: str = "",
) -> None:
    """This stands in the case's file."""
    connection.execute(
        case_entries.insert().values(
            reference=reference, at=at, author=author, kind=kind, text=text
        )
    )


def entries(connection: sa.Connection, reference: str) -> list[Entry]:
    """The case's file, in order."""
    query = (
        sa.select(case_entries)
        .where(case_entries.c.reference == reference)
        .order_by(case_entries.c.id)
    )
    return [
        Entry(row.id, row.at, row.author, row.kind, row.text) for row in connection.execute(query)
    ]


def erase(connection: sa.Connection, references: list[str]) -> None:
    """Nothing of these cases is left."""
    connection.execute(case_entries.delete().where(case_entries.c.reference.in_(references)))
    connection.execute(cases.delete().where(cases.c.reference.in_(references)))


def _case(row: sa.Row[Any]) -> Case:
    return Case(**{column.name: getattr(row, column.name) for column in cases.columns})
