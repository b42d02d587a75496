"""The real house with the shipped content and a database in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kpbot.app import Clock, build_house
from kpbot.channels.web import WebHouse
from kpbot.doors import web_house
from kpbot.settings import Settings
from kpbot.store.database import Database
from kpbot.turn import receive


@contextmanager
def real_house() -> Iterator[WebHouse]:
    """As `kpbot serve` puts it together, without its loops: the pages wake themselves."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), contact="info@example.org, Telefon 030 000000")
        house = build_house(settings)
        database = Database(settings.database)
        try:
            yield web_house(
                settings,
                house,
                database,
                lambda inbound: receive(database, inbound, house) and None,
                Clock(),
            )
        finally:
            database.close()
