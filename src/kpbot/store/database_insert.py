"""The insert that knows conflicts, in the words of each database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert


def insert(connection: sa.Connection, table: sa.Table) -> SqliteInsert | PostgresqlInsert:
    """An insert with `on_conflict_do_nothing`; the other database's dialect is not imported."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415 (start-up time)

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 (start-up time)

    return postgresql.insert(table)
