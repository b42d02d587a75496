"""PostgreSQL: any number of processes; what clashes is begun again, because nothing happened."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")

TRIES = 5
_CLASHES = {"40001", "40P01", "23505"}
"""Serialization failure, deadlock, and a unique key that somebody else took a moment before."""
NOT_OURS = {"42501", "42P01", "42703", "3F000"}
"""No right to a table, or no such table, column, schema: SQLite calls that operational too."""
_NAMES = {"postgres", "postgresql"}
_CONNECT = {
    "application_name": "kpbot",
    "connect_timeout": "5",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""A server that vanishes without a word is noticed within twenty seconds."""
_SESSION = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}
"""Nobody waits for ever, and a process that hangs lets go of its locks."""


def with_driver(url: sa.URL) -> sa.URL:
    """The URL with the driver that kpbot ships, where it names PostgreSQL without one."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in _NAMES else url


def engine(url: sa.URL) -> sa.Engine:
    """The engine; what the URL itself sets goes before our own choices."""
    if url.get_driver_name() != "psycopg":
        return sa.create_engine(url, hide_parameters=True, pool_pre_ping=True)
    made = sa.create_engine(
        url,
        hide_parameters=True,  # what a person wrote must not be in an error's text
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=10,
        connect_args={key: value for key, value in _CONNECT.items() if key not in url.query},
    )

    @sa.event.listens_for(made, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        settings = ", ".join("set_config(%s, %s, false)" for _ in _SESSION)
        given = [part for pair in _SESSION.items() for part in pair]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {settings}", given)
        connection.commit()

    return made


def carry_out(made: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
    """The work's result, after its commit; after a clash it is begun again a few times."""
    for _ in range(TRIES - 1):
        try:
            with made.begin() as connection:
                return work(connection)
        except sa.exc.DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _CLASHES:
                raise
    with made.begin() as connection:
        return work(connection)


def touch(made: sa.Engine, within: float) -> None:
    """Something was written to the log. Raises where that fails or takes more seconds."""
    with made.begin() as connection:
        connection.execute(
            sa.text("SELECT set_config('statement_timeout', :limit, true)"),
            {"limit": f"{math.ceil(within * 1000)}ms"},
        )
        connection.execute(sa.text("SELECT pg_current_xact_id()"))


@contextmanager
def leading(engine: sa.Engine, name: str) -> Iterator[bool]:
    """Whether this process is the one that leads under the name, until the block ends.

    The lock lives as long as its connection: a process that dies leads no more.
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        leads = bool(connection.execute(sa.select(sa.func.pg_try_advisory_lock(key))).scalar_one())
        try:
            yield leads
        finally:
            if leads:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))
