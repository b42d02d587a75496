"""Encrypted fields as a whole: whether they can be read, how many are sealed, sealing them anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from kpbot.store.fields import EncryptedJSON, EncryptedText, as_stored, key_of, opened, ring_of
from kpbot.store.keys import Unreadable
from kpbot.store.tables import metadata

if TYPE_CHECKING:
    from kpbot.store.database import Database

TOGETHER = 200
"""Rows that are sealed anew in one transaction: the bot waits no longer than for these."""


class WrongKeys(sa.exc.InvalidRequestError):
    """The database holds fields that the given keys do not open."""


def columns() -> Iterator[sa.Column[Any]]:
    """Every column that is encrypted where there are keys."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedText | EncryptedJSON):
                yield column


def check(connection: sa.Connection) -> None:
    """The keys open the first and the last value of every column. Raises WrongKeys.

    A wrong key is noticed at the start, not when the first person writes.
    """
    for column in columns():
        key = column.table.primary_key.columns
        for order in ([each.asc() for each in key], [each.desc() for each in key]):
            query = sa.select(as_stored(column)).order_by(*order).limit(1)
            raw = connection.execute(query).scalar_one_or_none()
            try:
                opened(column, raw, connection.dialect)
            except Unreadable as error:
                raise WrongKeys(f"{error}. Set the key it was written with") from None


def rotate(database: Database) -> int:
    """Every field is sealed under the first key; how many were not. Turns go on meanwhile.

    A run that was cut off is simply begun again. Raises Unreadable.
    """
    return sum(_rotate_table(database, table) for table in _tables())


def sealed(connection: sa.Connection) -> dict[str, int]:
    """How many fields are sealed under which key, and how many are `clear`."""
    found: dict[str, int] = {}
    for column in columns():
        for raw in connection.execute(sa.select(as_stored(column))).scalars():
            number = key_of(raw)
            name = "clear" if number is None else f"key {number}"
            found[name] = found.get(name, 0) + 1
    return found


def _tables() -> Iterator[sa.Table]:
    tables = {column.table.name: column.table for column in columns()}
    for table in tables.values():
        assert isinstance(table, sa.Table)  # noqa: S101 (it has columns of ours)
        yield table


def _rotate_table(database: Database, table: sa.Table) -> int:
    changed, last = 0, None
    while True:
        start = last
        more, last = database.write(lambda connection: _batch(connection, table, start))  # noqa: B023 (done at once)
        changed += more
        if last is None:
            return changed


def _batch(
    connection: sa.Connection, table: sa.Table, start: tuple[Any, ...] | None
) -> tuple[int, tuple[Any, ...] | None]:
    """How many fields of the next rows were sealed anew, and where to go on; None: the end."""
    ring = ring_of(connection.dialect)
    key = list(table.primary_key.columns)
    wanted = [column for column in columns() if column.table is table]
    query = (
        sa.select(*key, *(as_stored(column) for column in wanted)).order_by(*key).limit(TOGETHER)
    )
    if start is not None:
        query = query.where(sa.tuple_(*key) > sa.tuple_(*start))
    if connection.dialect.name != "sqlite":
        query = query.with_for_update()
    rows = connection.execute(query).all()
    changed = 0
    for row in rows:
        place, raws = row[: len(key)], row[len(key) :]
        stale = {
            column.name: opened(column, raw, connection.dialect)
            for column, raw in zip(wanted, raws, strict=True)
            if raw is not None and key_of(raw) != (ring.first if ring else None)
        }
        if stale:
            same = [column == value for column, value in zip(key, place, strict=True)]
            connection.execute(table.update().where(*same).values(**stale))
            changed += len(stale)
    return changed, tuple(rows[-1][: len(key)]) if len(rows) == TOGETHER else None
