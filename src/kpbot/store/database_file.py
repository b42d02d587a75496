"""The file of an SQLite database: who may replace it, and copies of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from kpbot.store.database_schema import WrongSchema


class InUse(Exception):  # noqa: N818 (it is a state)
    """A server works with this file: it must be stopped first."""


class NoLock(InUse):
    """Nobody can tell whether a server works with this file: its lock cannot be opened."""


def path_of(url: sa.URL) -> Path | None:
    """The file of an SQLite database; None: it is in memory, or no SQLite."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    return Path(str(url.database)) if is_file else None


@contextmanager
def only_server(path: Path) -> Iterator[None]:
    """No other process serves this file meanwhile. Raises InUse."""
    import fcntl  # noqa: PLC0415 (there is none on Windows)

    with _opened_lock(path) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"Another kpbot serve already runs on {path}.") from None
        yield


def _opened_lock(path: Path) -> IO[bytes]:
    lock = Path(f"{path}.lock")
    try:
        opened = os.fdopen(os.open(lock, os.O_CREAT | os.O_RDWR, 0o600), "rb")
        keep_owner(lock, path)
    except OSError as error:
        raise NoLock(
            f"{lock} cannot be opened: {error.strerror}. It must belong to who runs kpbot serve."
        ) from None
    return opened


def keep_owner(file: Path, database: Path) -> None:
    """Whose the database is, or where there is none its folder, is the file. Raises OSError.

    What root makes, the service must be able to open. Whoever else makes it owns it.
    """
    if os.geteuid() != 0:
        return
    whose = (database if database.exists() else database.parent).stat()
    is_now = file.stat()
    if (is_now.st_uid, is_now.st_gid) != (whose.st_uid, whose.st_gid):
        os.chown(file, whose.st_uid, whose.st_gid)


def copy_file(source: Path, target: Path) -> None:
    """The target is a whole copy as of one instant, for its owner alone, or it is as it was.

    Others may read and write the source meanwhile. What was deleted from it is not in the copy.
    Raises sqlite3.Error or OSError.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as opened:
            opened.execute("VACUUM INTO ?", (str(part),))
        check_file(part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def check_file(path: Path) -> None:
    """The file is an undamaged SQLite database. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        (answer,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise sqlite3.DatabaseError("the file is damaged")


def copies_beside(path: Path) -> list[Path]:
    """Copies made before an upgrade or a restore, and half done ones: they hold personal data."""
    ends = ("before-*", "restored*", "part*")
    return sorted(copy for end in ends for copy in path.parent.glob(f"{path.name}.{end}"))


@contextmanager
def copied_before_upgrade(path: Path, version: str) -> Iterator[None]:
    """The file is copied as it was, and no server works with it meanwhile. Raises WrongSchema."""
    try:
        with only_server(path):
            copy = path.with_name(f"{path.name}.before-upgrade-{version}")
            copy_file(path, copy)
            keep_owner(copy, path)
            yield
    except NoLock as error:
        raise WrongSchema(str(error).removesuffix(".")) from None
    except InUse:
        raise WrongSchema(
            "It was made by an earlier release. Stop the running kpbot serve and start it again"
        ) from None
    except (sqlite3.Error, OSError) as error:
        raise WrongSchema(f"It cannot be copied before its upgrade: {error}") from None


def _sync_folder(folder: Path) -> None:
    """The folder's entries survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
