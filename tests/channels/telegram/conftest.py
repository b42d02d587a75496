"""The bot, running against the fake Bot API server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bot_looking import Kept
from bot_running import TOKEN, Run, Running, Talk

from bot_api import BotApi, PrivateChat
from kpbot.house import House
from kpbot.store.database import Database


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A running server that knows the bot."""
    with BotApi() as running:
        running.bot(TOKEN, username="kpbot")
        yield running


@pytest.fixture
def run(api: BotApi, house: House, database: Database) -> Iterator[Run]:
    """Starts the bot; it stops with the test."""
    started: list[Running] = []

    def start(**changes: object) -> Running:
        started.append(Running(api, house, database, **changes))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def running(run: Run) -> Running:
    """The bot, fetching updates."""
    started = run()
    started.poll()
    return started


@pytest.fixture
def chat(api: BotApi) -> PrivateChat:
    """Somebody who has not written yet."""
    return api.private_chat(api.world.bots[TOKEN], 1001, language_code="de")


@pytest.fixture
def talk(running: Running, chat: PrivateChat) -> Talk:
    """The same person, as the contract wants it."""
    return Talk(running, chat)


@pytest.fixture
def kept(run: Run) -> Kept:
    """What arrives, while a bot polls."""
    taking = Kept()
    run(take=taking).poll()
    return taking


@pytest.fixture
def sending(running: Running, chat: PrivateChat) -> Running:
    """Somebody who wrote, so that something can be remembered of them."""
    chat.start("de")
    running.settle()
    return running
