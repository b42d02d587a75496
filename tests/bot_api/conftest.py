"""A server with one bot and a person who said something to it."""

from collections.abc import Iterator

import pytest

from bot_api import Bot, BotApi, PrivateChat
from bot_api.calling import TOKEN, Caller


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A running server."""
    with BotApi() as running:
        yield running


@pytest.fixture
def bot(api: BotApi) -> Bot:
    """A bot in privacy mode."""
    return api.bot(TOKEN, username="kpbot")


@pytest.fixture
def chat(api: BotApi, bot: Bot) -> PrivateChat:
    """Somebody the bot may write to."""
    return api.private_chat(bot, 1001, language_code="de", begun=True)


@pytest.fixture
def caller(api: BotApi, bot: Bot) -> Iterator[Caller]:
    """The bot's program."""
    assert bot.token == TOKEN
    calling = Caller(api)
    yield calling
    calling.close()
