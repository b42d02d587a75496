"""What every room's tests share: the shipped dialogs, and how hard Hypothesis tries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kpbot.content.dialogs import load_dialogs
from kpbot.engine.dialog import Dialogs
from kpbot.store.database import Database

_PATIENT = (HealthCheck.too_slow, HealthCheck.data_too_large)

# The same examples every time: a check must not fail by chance. `--hypothesis-profile=thorough`
# looks for new ones.
settings.register_profile(
    "default", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_PATIENT
)
settings.register_profile(
    "thorough", max_examples=3000, deadline=None, suppress_health_check=_PATIENT
)
settings.load_profile("default")


@pytest.fixture(scope="session")
def dialogs() -> Dialogs:
    """The shipped dialogs and words."""
    loaded, problems = load_dialogs(Path(__file__).parents[1] / "dialogs")
    assert not problems
    return loaded


@pytest.fixture
def database() -> Iterator[Database]:
    """An empty database in memory."""
    opened = Database("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def file_database(tmp_path: Path) -> Iterator[Database]:
    """An empty database in a file."""
    opened = Database(f"sqlite:///{tmp_path / 'kpbot.db'}")
    yield opened
    opened.close()
