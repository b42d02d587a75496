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
        self.write(metadata.create_all)

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

    def close(self) -> None:
        """Work in hand is committed, every connection is closed."""
        if self._writer is not None:
            self._writer.stop()
        self.engine.dispose()


class _Writer:
    """One thread that owns writing to SQLite: the work that waits is committed together."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[tuple[Work[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="kpbot-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> Future[T]:
        """A future that is done after the commit."""
        future: Future[T] = Future()
        self._queue.put((work, future))
        return future

    def stop(self) -> None:
        """Everything submitted before is committed; the thread has ended."""
        self._queue.put(_STOP)
        self._thread.join()

    def _run(self) -> None:
        while True:
            items = [self._queue.get()]
            while len(items) < TOGETHER and not self._queue.empty():
                items.append(self._queue.get())
            stopping = _STOP in items
            self._commit([item for item in items if item is not None])
            if stopping:
                return

    def _commit(self, items: list[tuple[Work[Any], Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self._engine.begin() as connection:
                for work, future in items:
                    try:
                        with connection.begin_nested():
                            done.append((future, work(connection)))
                    except Exception as error:  # noqa: BLE001 (handed to the one who waits)
                        future.set_exception(error)
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
