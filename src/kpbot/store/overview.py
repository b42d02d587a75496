"""How the store stands, for the operator: numbers, nobody in them."""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa

from kpbot.store.tables import cases, outbox, records

_MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""SQLite's releases with the correction of the WAL-reset bug: the first, and two older lines."""


def count_records(connection: sa.Connection) -> int:
    """Records that were handed over and are still kept."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(records)).scalar_one())


def open_cases(connection: sa.Connection) -> dict[str, int]:
    """How many cases that are not closed are in which state."""
    query = (
        sa.select(cases.c.state, sa.func.count().label("number"))
        .where(cases.c.state != "closed")
        .group_by(cases.c.state)
        .order_by(cases.c.state)
    )
    return {row.state: row.number for row in connection.execute(query)}


def given_up(connection: sa.Connection) -> dict[str, dict[str, int]]:
    """Messages that are tried no more, by channel: `failed`, or `doubtful` if it may be there."""
    query = (
        sa.select(outbox.c.channel, outbox.c.state, sa.func.count())
        .where(outbox.c.state.in_(["failed", "doubtful"]))
        .group_by(outbox.c.channel, outbox.c.state)
        .order_by(outbox.c.channel, outbox.c.state)
    )
    found: dict[str, dict[str, int]] = {}
    for channel, state, count in connection.execute(query):
        found.setdefault(channel, {})[state] = count
    return found


def has_wal_bug(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite may, very rarely, damage a file when two connections empty its log."""
    return version < _MENDED[0] and not any(
        version[:2] == mended[:2] and version >= mended for mended in _MENDED[1:]
    )
