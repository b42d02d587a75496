"""Backups of the database, and bringing it up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpbot.cli import common
from kpbot.cli.failing import WrongUse

if TYPE_CHECKING:
    from kpbot.settings import Settings


def backup(target: Path) -> None:
    """The file is a whole backup; the bot may run meanwhile. Raises WrongUse."""
    from kpbot.store.backup import NoBackup
    from kpbot.store.backup import backup as make

    database = _file(common.settings(), "pg_dump")
    try:
        make(database, target)
    except NoBackup as error:
        raise WrongUse(str(error)) from None
    print(
        f"Everything in {database} is in {target} ({target.stat().st_size / 1e6:.1f} MB). "
        "It holds personal data: keep it where only you can read it."
    )


def restore(source: Path) -> None:
    """The database is what the backup holds. Raises WrongUse, also while a server runs."""
    from kpbot.store.backup import NoBackup
    from kpbot.store.backup import restore as take_back
    from kpbot.store.database_file import InUse

    database = _file(common.settings(), "pg_restore")
    try:
        before = take_back(source, database)
    except InUse as error:
        raise WrongUse(f"{error} Stop it first.") from None
    except NoBackup as error:
        raise WrongUse(str(error)) from None
    print(f"{database} is what {source} holds. Persons who were erased since then are back in it.")
    if before is not None:
        print(f"What was there before is in {before}; delete it when you no longer need it.")


def migrate() -> None:
    """The database is at this release's version, and everything in it is kept. Raises WrongUse."""
    from sqlalchemy.exc import SQLAlchemyError

    from kpbot.store.database import Database
    from kpbot.store.database_schema import newest

    settings = common.settings()
    try:
        database = Database(settings.database, upgrade=True, keys=settings.field_keys)
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise WrongUse(f"The database cannot be upgraded: {str(error).splitlines()[0]}.") from None
    database.close()
    before = database.upgraded_from
    if before is None:
        print(f"The database is at version {newest()}: nothing to do.")
    else:
        print(f"The database was at version {before} and is now at {newest()}.")


def _file(settings: Settings, instead: str) -> Path:
    from sqlalchemy import make_url

    from kpbot.store.database_file import path_of

    path = path_of(make_url(settings.database))
    if path is None:
        raise WrongUse(
            f"This command is for SQLite files. For PostgreSQL use its own {instead} "
            "(see deploy/README.md)."
        )
    return path
