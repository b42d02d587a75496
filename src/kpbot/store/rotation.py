"""Encrypted fields as a whole: whether they can be read, how many are sealed, sealing them anew."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from kpbot.store.fields import (
    SEALED,
    EncryptedJSON,
    EncryptedText,
    as_stored,
    key_of,
    opened,
    ring_of,
)
from kpbot.store.keys import NoKey, Unreadable
from kpbot.store.tables import metadata

if TYPE_CHECKING:
    from kpbot.store.database import Database

TOGETHER = 200
"""Rows that are sealed anew in one transaction: the bot waits no longer than for these."""
_DAMAGED = 0
"""No key has this number: what is sealed was changed."""
_NAMES: dict[int | None, str] = {None: "clear", _DAMAGED: "damaged"}


class WrongKeys(sa.exc.InvalidRequestError):
    """The database holds fields that the given keys do not open."""


def columns() -> Iterator[sa.Column[Any]]:
    """Every column that is encrypted where there are keys."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedText | EncryptedJSON):
                yield column


def check(connection: sa.Connection) -> None:
    """The keys open the first and last value of every column, and every key in use is given.

    A wrong key is noticed at the start, not when the first person writes. Raises WrongKeys.
    """
    ring = ring_of(connection.dialect)
    for column in columns():
        for raw in _ends(connection, column):
            try:
                opened(column, raw, connection.dialect)
            except Unreadable as error:
                raise WrongKeys(f"{error}. Set the key it was written with") from None
        begun = sa.select(_beginnings(column).c.letters).distinct()
        for number in map(_number, connection.execute(begun).scalars()):
            if number not in {None, _DAMAGED} and (ring is None or number not in ring):
                place = f"{column.table.name}.{column.name}"
                raise WrongKeys(
                    f"{place}: KPBOT_FIELD_KEY does not hold key {number}. "
                    "Set the key it was written with"
                )


def holds_keys(connection: sa.Connection) -> bool:
    """Whether the keys of the first and last value of every column are here: a quick look.

    After a rotation to a key that this process was not started with, they are not.
    """
    for column in columns():
        for raw in _ends(connection, column):
            try:
                opened(column, raw, connection.dialect)
            except NoKey:
                return False
            except Unreadable:  # one value was changed: that is no matter of keys
                continue
    return True


def rotate(database: Database) -> int:
    """Every field is sealed under the first key; how many were not. Turns go on meanwhile.

    A run that was cut off is simply begun again. Raises Unreadable.
    """
    return sum(_rotate_table(database, table) for table in _tables())


def sealed(connection: sa.Connection) -> dict[str, int]:
    """How many fields are sealed under which key, how many are `clear`, and how many `damaged`."""
    found: dict[str, int] = {}
    for column in columns():
        begun = _beginnings(column)
        query = sa.select(begun.c.letters, sa.func.count()).group_by(begun.c.letters)
        for letters, count in connection.execute(query):
            number = _number(letters)
            name = _NAMES.get(number, f"key {number}")
            found[name] = found.get(name, 0) + count
    return found


def _ends(connection: sa.Connection, column: sa.Column[Any]) -> Iterator[Any]:
    """The first and the last value of the column, as they are stored; none of an empty one."""
    key = column.table.primary_key.columns
    for order in ([each.asc() for each in key], [each.desc() for each in key]):
        query = sa.select(as_stored(column)).order_by(*order).limit(1)
        yield from connection.execute(query).scalars()


def _beginnings(column: sa.Column[Any]) -> sa.Subquery:
    """For each value the two letters after the mark of a sealed one; empty: it is plain.

    They tell its key. The database looks at the beginnings alone: no value is fetched.
    """
    mark = json.dumps(SEALED)[:-1] if isinstance(column.type, EncryptedJSON) else SEALED
    text = sa.cast(column, sa.Text)
    letters = sa.func.substr(text, len(mark) + 1, 2, type_=sa.Text)
    is_sealed = sa.func.substr(text, 1, len(mark), type_=sa.Text) == mark
    return sa.select(sa.case((is_sealed, letters), else_="").label("letters")).subquery()


def _number(letters: str) -> int | None:
    """The key's number, which is the first byte of a sealed value; None: the value is plain."""
    if not letters:
        return None
    try:
        return base64.b64decode(f"{letters}==")[0]
    except (binascii.Error, ValueError, IndexError):
        return _DAMAGED


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
