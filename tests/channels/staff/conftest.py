"""Teams with a bot that runs."""

from collections.abc import Iterator

import pytest
from serving_staff import MakeTeam, Team

from bot_api import BotApi
from kpbot.house import House
from kpbot.store.database import Database


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A Bot API server."""
    with BotApi() as api:
        yield api


@pytest.fixture
def make_team(api: BotApi, house: House, database: Database) -> Iterator[MakeTeam]:
    """A team whose bot does not run yet."""
    made: list[Team] = []

    def make(*, forum: bool = False, admin: bool = False) -> Team:
        made.append(Team(api, house, database, forum=forum, admin=admin))
        return made[-1]

    yield make
    for team in made:
        team.close()


@pytest.fixture
def team(make_team: MakeTeam) -> Team:
    """A team in a plain group, whose bot runs."""
    made = make_team()
    made.serve()
    return made


@pytest.fixture
def forum(make_team: MakeTeam) -> Team:
    """A team in a group with topics, whose bot runs."""
    made = make_team(forum=True, admin=True)
    made.serve()
    return made
