"""The database: SQLite with one writing thread that commits together, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa

from kpbot.store import database_postgresql, database_schema, fields, rotation
from kpbot.store.database_file import copied_before_upgrade, path_of
from kpbot.store.database_schema import OldSchema
from kpbot.store.database_sqlite import TOGETHER, Writer, sqlite_engine
from kpbot.store.keys import FieldKey, KeyRing
from kpbot.store.tables import metadata

__all__ = ["TOGETHER", "Database", "is_away"]

T = TypeVar("T")
Work = Callable[[sa.Connection], T]

_BROKEN = (
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
    sa.exc.InternalError,
    sa.exc.TimeoutError,
)


def is_away(error: BaseException) -> bool:
    """Whether the store failed, not the work: the same work may be done a moment later.

    Locked, full, read-only, damaged, stopped, out of connections, not ours to write.
    """
    if isinstance(error, _BROKEN) or type(error) is sa.exc.DatabaseError:
        return True
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in database_postgresql.NOT_OURS


class Database:
    """Reads and writes. A piece of work is done when its call returns: then it is committed."""

    def __init__(self, url: str, *, upgrade: bool = False, keys: tuple[FieldKey, ...] = ()) -> None:
        """The database at the SQLAlchemy URL; an empty one gets its tables.

        A file of an earlier release is copied and brought up to date; PostgreSQL only with
        `upgrade`, because other processes may be at work in it. Raises WrongSchema.
        Personal fields are sealed under the first of the keys; without keys they are plain.
        Raises WrongKeys where a key that something is sealed under is missing or another.
        """
        self.url = database_postgresql.with_driver(sa.make_url(url))
        self.upgraded_from: str | None = None
        """The version the database was brought up to date from, if it was."""
        is_sqlite = self.url.get_backend_name() == "sqlite"
        self._path = path_of(self.url)
        self._in_memory = is_sqlite and self._path is None
        self._is_forgotten = True
        self.engine = (
            sqlite_engine(self.url, self._path)
            if is_sqlite
            else database_postgresql.engine(self.url)
        )
        fields.give_keys(self.engine, KeyRing(keys) if keys else None)
        self._writer = Writer(self.engine, keep=self._in_memory) if is_sqlite else None
        try:
            self._prepare(upgrade=upgrade)
            self.read(rotation.check)
        except BaseException:
            self.close()
            raise

    def write(self, work: Work[T]) -> T:
        """The work's result, after its commit. An exception of the work undoes it alone.

        The work may be begun more than once: on PostgreSQL it is begun again where another
        transaction was in its way, since nothing of it happened.
        """
        if self._writer is not None:
            return self._writer.submit(work).result()
        return database_postgresql.carry_out(self.engine, work)

    def read(self, work: Work[T]) -> T:
        """The work's result; it must not write."""
        if self._in_memory:
            return self.write(work)
        with self.engine.connect() as connection:
            return work(connection)

    def answers(self, within: float = 2.0) -> bool:
        """Whether something can be written now; False also if it takes more seconds than that."""
        try:
            if self._writer is not None:
                self._writer.submit(_touch).result(within)
            else:
                database_postgresql.touch(self.engine, within)
        except (sa.exc.SQLAlchemyError, TimeoutError):
            return False
        return True

    @contextmanager
    def leading(self, name: str) -> Iterator[bool]:
        """Whether this process leads under the name until the block ends, and no other does.

        Of a SQLite file there is one server only: it leads.
        """
        if self._writer is not None:
            yield True
            return
        with database_postgresql.leading(self.engine, name) as leads:
            yield leads

    def forget(self) -> bool:
        """No deleted word is left in SQLite's files; False if a reader kept the log in use.

        To be called after an erasure, and after a False again: `forget_what_is_left` knows. On
        PostgreSQL this is VACUUM's and the log's affair.
        """
        done = self._writer is None or self._writer.checkpoint().result()
        self._is_forgotten = done
        return done

    def forget_what_is_left(self) -> bool:
        """`forget` once more, where it was kept from it the last time; whether all is forgotten."""
        return self._is_forgotten or self.forget()

    def close(self) -> None:
        """Work in hand is committed, every connection is closed."""
        if self._writer is not None:
            self._writer.stop()
        self.engine.dispose()

    def _prepare(self, *, upgrade: bool) -> None:
        """The tables are those of this release."""
        if self._in_memory:
            self.write(metadata.create_all)
            return
        try:
            self.write(database_schema.make_or_check)
        except OldSchema as old:
            if self._path is not None:
                with copied_before_upgrade(self._path, old.version):
                    self.write(database_schema.upgrade)
            elif upgrade:
                self.write(database_schema.upgrade)
            else:
                raise
            self.upgraded_from = old.version


def _touch(connection: sa.Connection) -> None:
    """A page is written: reading would succeed on a disk that is full or read-only."""
    connection.exec_driver_sql("PRAGMA user_version = 0")
