"""Databases as tests of the store need them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpbot.store.database import Database

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is that several may open: a file, and PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kpbot.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def shared_database(url: str) -> Iterator[Database]:
    """An empty database that several connections use at once."""
    opened = Database(url)
    yield opened
    opened.close()
