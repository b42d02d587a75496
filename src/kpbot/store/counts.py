"""Counts: how often something happened on a day, without anybody in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from kpbot.engine.counting import Counted
from kpbot.store.database_insert import insert
from kpbot.store.tables import counts


@dataclass(frozen=True, slots=True)
class Total:
    """How often something happened in a period."""

    name: str
    dialog: str
    language: str
    value: str
    number: int


def add(connection: sa.Connection, counted: Iterable[Counted], day: date) -> None:
    """Each of these has happened once more on the day."""
    for one, number in sorted(Counter(counted).items()):  # one order for all: no deadlock
        statement = insert(connection, counts).values(
            day=day,
            name=one.name,
            dialog=one.dialog[:60],
            language=one.language,
            value=one.value[:80],
            number=number,
        )
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["day", "name", "dialog", "language", "value"],
                set_={"number": counts.c.number + number},
            )
        )


def totals(connection: sa.Connection, since: date, until: date) -> list[Total]:
    """How often each thing happened from the first day to the last, both included."""
    columns = (counts.c.name, counts.c.dialog, counts.c.language, counts.c.value)
    query = (
        sa.select(*columns, sa.func.sum(counts.c.number))
        .where(counts.c.day >= since, counts.c.day <= until)
        .group_by(*columns)
        .order_by(*columns)
    )
    return [Total(*row[:4], int(row[4])) for row in connection.execute(query)]
