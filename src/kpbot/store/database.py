"""The database: SQLite with one writing thread that commits together, or PostgreSQL."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from kpbot.store.tables import metadata

T = TypeVar("T")
Work = Callable[[sa.Connection], T]

TOGETHER = 64
"""Pieces of work that one commit holds at most."""

_Item = tuple[Work[Any] | None, Future[Any]]
"""Work and who waits for it; no work: the log is emptied."""
_STOP = None


class Database:
    """Reads and writes. A piece of work is done when its call returns: then it is committed."""

    def __init__(self, url: str) -> None:
        """The database at the SQLAlchemy URL, its tables made where they are missing."""
        self.url = sa.make_url(url)
        self._is_sqlite = self.url.get_backend_name() == "sqlite"
        self._in_memory = self._is_sqlite and self.url.database in {None, "", ":memory:"}
        self.engine = (
            _sqlite(self.url, in_memory=self._in_memory)
            if self._is_sqlite
            else (sa.create_engine(self.url, pool_pre_ping=True))
        )
        self._writer = _Writer(self.engine) if self._is_sqlite else None
        try:
            self.write(metadata.create_all)
        except BaseException:
            self.close()
            raise

    def write(self, work: Work[T]) -> T:
        """The work's result, after its commit. An exception of the work undoes it alone."""
        if self._writer is not None:
            return self._writer.submit(work).result()
        with self.engine.begin() as connection:
            return work(connection)

    def read(self, work: Work[T]) -> T:
        """The work's result; it must not write."""
        if self._in_memory:
            return self.write(work)
        with self.engine.connect() as connection:
            return work(connection)

    def forget(self) -> bool:
        """No deleted word is left in SQLite's files; False if a reader kept the log in use.

        To be called after an erasure. On PostgreSQL this is VACUUM's and the log's affair.
        """
        return self._writer is None or self._writer.checkpoint().result()

    def close(self) -> None:
        """Work in hand is committed, every connection is closed."""
        if self._writer is not None:
            self._writer.stop()
        self.engine.dispose()


class _Writer:
    """One thread that owns writing to SQLite: the work that waits is committed together."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="kpbot-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> Future[T]:
        """A future that is done after the commit."""
        future: Future[T] = Future()
        self._put((work, future))
        return future

    def checkpoint(self) -> Future[bool]:
        """A future that is done when the log is empty, or could not be emptied."""
        future: Future[bool] = Future()
        self._put((None, future))
        return future

    def stop(self) -> None:
        """Everything submitted before is committed; the thread has ended."""
        with self._closing:
            self._closed = True
            self._queue.put(_STOP)
        self._thread.join()

    def _put(self, item: _Item) -> None:
        with self._closing:
            if self._closed:
                raise sa.exc.InvalidRequestError("The database is closed.")
            self._queue.put(item)

    def _run(self) -> None:
        while True:
            items = [self._queue.get()]
            while len(items) < TOGETHER and not self._queue.empty():
                items.append(self._queue.get())
            kept = [item for item in items if item is not _STOP]
            self._commit([(work, future) for work, future in kept if work is not None])
            for work, future in kept:
                if work is None:
                    self._checkpoint(future)
            if _STOP in items:
                return

    def _checkpoint(self, future: Future[Any]) -> None:
        try:
            connection = self._engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                row = cursor.fetchone()
                busy = row is not None and row[0] != 0
                cursor.close()
            finally:
                connection.close()
        except Exception as error:  # noqa: BLE001 (handed to the one who waits)
            future.set_exception(error)
        else:
            future.set_result(not busy)

    def _commit(self, items: list[tuple[Work[Any], Future[Any]]]) -> None:
        if not items:
            return
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self._engine.begin() as connection:
                for work, future in items:
                    try:
                        with connection.begin_nested():
                            result = work(connection)
                    except BaseException as error:  # noqa: BLE001 (handed to the one who waits)
                        future.set_exception(error)
                    else:
                        done.append((future, result))
        except Exception as error:  # noqa: BLE001 (the commit failed: nobody's work is done)
            for _, future in items:
                if not future.done():
                    future.set_exception(error)
            return
        for future, result in done:
            future.set_result(result)


def _sqlite(url: sa.URL, *, in_memory: bool) -> sa.Engine:
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": 30}}
    if in_memory:
        options["poolclass"] = StaticPool
    engine = sa.create_engine(url, **options)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we begin ourselves: a savepoint must not escape
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing() else "BEGIN")

    return engine


def _writing() -> bool:
    return threading.current_thread().name == "kpbot-writer"
