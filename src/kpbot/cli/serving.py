"""Every channel in one process, until the process is asked to stop."""

from __future__ import annotations

import asyncio

from kpbot.cli import common
from kpbot.cli.failing import WrongUse


def serve() -> None:
    """Everything has run and has stopped in order: what was in hand is finished."""
    from kpbot.doors import CannotServe
    from kpbot.serving import run

    settings = common.settings()
    common.log_to_stderr(settings.log_level)
    house = common.house(settings)
    database = common.database(settings, make=True)
    try:
        asyncio.run(run(settings, house, database))
    except CannotServe as error:
        raise WrongUse(str(error)) from None
    finally:
        database.close()
