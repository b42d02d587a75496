"""Backups of an SQLite database: made while it is in use, taken back while no server runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kpbot.store.database_file import NoLock, check_file, copy_file, keep_owner, only_server
from kpbot.store.database_schema import newest


class NoBackup(Exception):  # noqa: N818 (it is a sentence for the operator)
    """The file cannot be made or taken back: the sentence says why. Nothing was changed."""


def backup(database: Path, target: Path) -> None:
    """The target holds everything that was committed, is undamaged, and only its owner reads it.

    Turns go on meanwhile. A target that exists is replaced at once, or not at all. Raises NoBackup.
    """
    if not database.is_file():
        raise NoBackup(f"There is no database {database}.")
    if target.exists() and target.samefile(database):
        raise NoBackup(f"{target} is the database itself.")
    if target.is_dir():
        raise NoBackup(f"{target} is a folder; name a file.")
    try:
        _version(database)
    except (sqlite3.Error, OSError) as error:
        raise NoBackup(f"{database} cannot be read: {_reason(error)}.") from None
    try:
        copy_file(database, target)
    except (sqlite3.Error, OSError) as error:
        raise NoBackup(f"{target} could not be written: {_reason(error)}.") from None


def restore(source: Path, database: Path) -> Path | None:
    """The database is what the backup holds; where one was before, the copy of it.

    A backup of an earlier release is brought up to date when it is next opened. Raises NoBackup,
    or InUse where a server runs.
    """
    try:
        version = _version(source)
        check_file(source)
    except (sqlite3.Error, OSError) as error:
        raise NoBackup(f"{source} is no backup of kpbot: {_reason(error)}.") from None
    if version > newest():
        raise NoBackup(
            f"{source} is at version {version}, made by a newer release; this one knows {newest()}."
        )
    if database.exists() and source.samefile(database):
        raise NoBackup(f"{source} is the database itself.")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with only_server(database):
            return _replace(source, database)
    except NoLock as error:
        raise NoBackup(str(error)) from None
    except (sqlite3.Error, OSError) as error:
        raise NoBackup(f"{database} could not be replaced: {_reason(error)}.") from None


def _replace(source: Path, database: Path) -> Path | None:
    """First all that can fail, then one rename. Who could open the database still can."""
    fresh = database.with_name(f"{database.name}.restored")
    copy_file(source, fresh)
    try:
        keep_owner(fresh, database)
        before = _set_aside(database)
        for end in ("-wal", "-shm"):  # empty by now; beside another file they would be misread
            database.with_name(f"{database.name}{end}").unlink(missing_ok=True)
        fresh.replace(database)
    finally:
        fresh.unlink(missing_ok=True)
    return before


def _set_aside(database: Path) -> Path | None:
    """The database's log is empty and a copy is beside it; None: there was no database.

    A database that is too damaged to be read is copied as it is.
    """
    if not database.exists():
        return None
    before = database.with_name(f"{database.name}.before-restore")
    try:
        with closing(sqlite3.connect(database, timeout=1)) as opened:
            (busy, *_) = opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise NoBackup(f"Another program is using {database}; stop it first.")
        copy_file(database, before)
        keep_owner(before, database)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        before.unlink(missing_ok=True)
        before.hardlink_to(database)
    return before


def _version(path: Path) -> str:
    """The version of the tables. Raises sqlite3.Error where they are not kpbot's."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        names = {name for (name,) in opened.execute("SELECT name FROM sqlite_master")}
        if not {"inbox", "conversations"} <= names:
            raise sqlite3.DatabaseError("it has no conversations")
        if "alembic_version" not in names:
            return "0001"
        return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
