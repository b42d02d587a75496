"""What commands share: settings and the opened house, with their errors as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpbot.cli.failing import WrongUse

if TYPE_CHECKING:  # imported where used: start-up time
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


def database(chosen: Settings, url: str = "") -> Database:
    """The database, opened. Raises WrongUse where it cannot be."""
    from sqlalchemy.exc import SQLAlchemyError

    from kpbot.app import open_database
    from kpbot.store.database import Database

    try:
        return Database(url, keys=chosen.field_keys) if url else open_database(chosen)
    except (SQLAlchemyError, OSError, ImportError) as error:
        reason = str(error).splitlines()[0]
        where = "" if url else " (KPBOT_DATABASE_URL, KPBOT_DATA_DIR)"
        raise WrongUse(f"The database{where} cannot be opened: {reason}.") from None


def log_to_stderr(level: str) -> None:
    """Log lines go to standard error from this level on; never what people wrote."""
    from kpbot.cli import logs

    logs.log_to_stderr(level)
