"""What every room's tests share: the shipped dialogs, and how hard Hypothesis tries."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kpbot.app import Clock, build_house
from kpbot.content.dialogs import load_dialogs
from kpbot.content.faq import load_faq
from kpbot.engine.dialog import Dialogs
from kpbot.house import House
from kpbot.model import Language
from kpbot.person import Person
from kpbot.settings import Settings
from kpbot.store.database import Database
from kpbot.understand.faq import Match
from postgres import postgresql, postgresql_url  # noqa: F401 (fixtures)
from walk import Arrive

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


_ON_BOTH = ("store", "test_turn", "test_casework", "test_delivery", "test_upkeep", "test_retention")
"""Below `tests/`: what stands on the store itself runs on PostgreSQL too."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pages and bots are tried on one database: the turns below them are tried on both."""
    left_out = [item for item in items if _is_left_out(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not _is_left_out(item)]


def _is_left_out(item: pytest.Item) -> bool:
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    first = item.path.relative_to(Path(__file__).parent).parts[0].removesuffix(".py")
    return parameters.get("database") == "postgresql" and first not in _ON_BOTH


@pytest.fixture(scope="session")
def dialogs() -> Dialogs:
    """The shipped dialogs and words."""
    loaded, problems = load_dialogs(Path(__file__).parents[1] / "dialogs")
    assert not problems
    return loaded


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database: in memory, and in PostgreSQL. What stands on the store runs on both."""
    is_sqlite = request.param == "sqlite"
    opened = Database("sqlite://" if is_sqlite else request.getfixturevalue("postgresql_url"))
    yield opened
    opened.close()


@pytest.fixture
def file_database(tmp_path: Path) -> Iterator[Database]:
    """An empty database in a file."""
    opened = Database(f"sqlite:///{tmp_path / 'kpbot.db'}")
    yield opened
    opened.close()


@pytest.fixture
def forgetful_vobject(monkeypatch: pytest.MonkeyPatch) -> None:
    """vobject knows only the zones of the file it reads; by itself it keeps those of others."""
    monkeypatch.setattr("vobject.icalendar.__tzidMap", {})


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The shipped content; of the FAQ only exact phrasings are found, so that nothing is built."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    built = build_house(settings)
    entries, _ = load_faq(settings.content / "faq")
    phrasings = {
        (question.casefold(), entry.language): entry.id
        for entry in entries
        for question in entry.questions
        if entry.in_scope
    }

    def exact(text: str, language: Language) -> Match:
        found = phrasings.get((text.casefold(), language))
        decision = "none" if found is None else "answer"
        return Match(decision, found, float(found is not None), (), (), language, None)

    return replace(built, knowledge=replace(built.knowledge, faq=exact))


@pytest.fixture
def arrive(house: House, database: Database) -> Iterator[Arrive]:
    """People at the terminal, all in one database."""
    arrived: list[Person] = []

    def make(
        user: str, language: Language | None = "de", clock: Clock | None = None, **changes: object
    ) -> Person:
        arrived.append(Person(replace(house, **changes), database, user, language, clock))
        return arrived[-1]

    yield make
    for person in arrived:
        person._runner.close()
