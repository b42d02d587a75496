"""The file of an SQLite database: who may replace it, and copies of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from kpbot.store.database_schema import WrongSchema


class InUse(Exception):  # noqa: N818 (it is a state)
    """A server works with this file: it must be stopped first."""


def path_of(url: sa.URL) -> Path | None:
    """The file of an SQLite database; None: it is in memory, or no SQLite."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    return Path(str(url.database)) if is_file else None


@contextmanager
def only_server(path: Path) -> Iterator[None]:
    """No other process serves this file meanwhile. Raises InUse."""
    import fcntl  # noqa: PLC0415 (there is none on Windows)

    with Path(f"{path}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"Another kpbot serve already runs on {path}.") from None
        yield


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
    """Copies that were made before an upgrade or a restore: they hold personal data too."""
    return sorted(path.parent.glob(f"{path.name}.before-*"))


@contextmanager
def copied_before_upgrade(path: Path, version: str) -> Iterator[None]:
    """The file is copied as it was, and no server works with it meanwhile. Raises WrongSchema."""
    try:
        with only_server(path):
            copy_file(path, path.with_name(f"{path.name}.before-upgrade-{version}"))
            yield
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
