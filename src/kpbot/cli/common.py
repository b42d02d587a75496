"""What commands share: settings and the opened house, with their errors as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpbot.cli.failing import WrongUse

if TYPE_CHECKING:  # imported where used: start-up time
    from pathlib import Path

    from kpbot.house import House
    from kpbot.settings import Settings
    from kpbot.store.database import Database


def settings() -> Settings:
    """The operator's settings. Raises WrongUse."""
    from kpbot.settings import WrongSetting, read_settings

    try:
        return read_settings()
    except WrongSetting as error:
        raise WrongUse(f"A setting is wrong. {error}") from None


def house(chosen: Settings) -> House:
    """The house, built. Raises WrongUse with every problem of the content."""
    from kpbot.app import BrokenContent, build_house

    try:
        return build_house(chosen)
    except BrokenContent as error:
        raise WrongUse(f"The content has problems (see kpbot check):\n{error}") from None


def database(chosen: Settings, url: str = "", *, make: bool = False) -> Database:
    """The database, opened; `make`: where there is none an empty one is made. Raises WrongUse."""
    from sqlalchemy.exc import SQLAlchemyError

    from kpbot.app import open_database
    from kpbot.settings import database_address
    from kpbot.store.database import Database
    from kpbot.store.database_file import path_of

    where = "" if url else " (KPBOT_DATABASE_URL, KPBOT_DATA_DIR)"
    try:
        path = path_of(database_address(url or chosen.database))
        if not make and path is not None and not is_there(path):
            raise WrongUse(f"There is no database {path.absolute()}; kpbot serve makes one{where}.")
        return Database(url, keys=chosen.field_keys) if url else open_database(chosen)
    except (SQLAlchemyError, OSError, ImportError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise WrongUse(f"The database{where} cannot be opened: {reason}.") from None


def is_there(file: Path) -> bool:
    """Whether the file is there; one that may not be looked at is taken to be."""
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def log_to_stderr(level: str) -> None:
    """Log lines go to standard error from this level on; never what people wrote."""
    from kpbot.cli import logs

    logs.log_to_stderr(level)
