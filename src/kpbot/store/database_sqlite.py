"""SQLite: one thread writes, and commits together what waits."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

T = TypeVar("T")
Work = Callable[[sa.Connection], T]

TOGETHER = 64
"""Pieces of work that one commit holds at most."""
PATIENCE = 10
"""Seconds a writer waits for another process that holds the file."""

_Item = tuple[Work[Any] | None, Future[Any]]
"""Work and who waits for it; no work: the log is emptied."""
_STOP = None
_NAME = "kpbot-writer"


class Writer:
    """One thread that owns writing to SQLite: the work that waits is committed together.

    Whatever a piece of work, its BEGIN or its COMMIT raises is handed to those who wait for it;
    the thread goes on.
    """

    def __init__(self, engine: sa.Engine, *, keep: bool) -> None:
        """The thread runs. `keep`: the one connection is the database, and is never given up."""
        self._engine = engine
        self._keep = keep
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=_NAME, daemon=True)
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
                    self._carry_out(connection, work, future, done)
        except Exception as error:  # noqa: BLE001 (the commit failed: nobody's work is done)
            for _, future in items:
                if not future.done():
                    future.set_exception(error)
            self._begin_anew()
            return
        for future, result in done:
            future.set_result(result)

    def _carry_out(
        self,
        connection: sa.Connection,
        work: Work[Any],
        future: Future[Any],
        done: list[tuple[Future[Any], Any]],
    ) -> None:
        """The work is done or undone. Raises where SQLite gave up the whole transaction."""
        try:
            with connection.begin_nested():
                result = work(connection)
        except BaseException as error:
            if not _in_transaction(connection):  # a full or broken disk: all of it is undone
                raise
            future.set_exception(error)
        else:
            done.append((future, result))

    def _begin_anew(self) -> None:
        """The next commit opens the file again: what is wrong with it may be over by then."""
        if not self._keep:
            with suppress(Exception):
                self._engine.dispose()


def sqlite_engine(url: sa.URL, path: Path | None) -> sa.Engine:
    """The engine of a file, or of memory where there is no path. Only its owner may read it."""
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": PATIENCE}}
    if path is None:
        options["poolclass"] = StaticPool
    else:
        with suppress(OSError):  # SQLite says what is wrong
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = sa.create_engine(url, hide_parameters=True, **options)  # they are what people wrote

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


def _in_transaction(connection: sa.Connection) -> bool:
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", False))


def _writing() -> bool:
    return threading.current_thread().name == _NAME
