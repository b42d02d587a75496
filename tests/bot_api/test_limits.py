"""How much may be sent before 429 says how long to wait."""

from datetime import datetime
from typing import Any

import pytest

from bot_api import BotApi, Limits
from bot_api.calling import TOKEN, Caller
from kpbot.app import Clock
from walk import NOW


class StandingClock(Clock):
    """Stands still until it is moved."""

    def __call__(self) -> datetime:
        return NOW + self.ahead


@pytest.fixture
def limited() -> Any:
    """A running server that counts, whose time stands still."""
    with BotApi(clock=StandingClock(), limits=Limits()) as running:
        yield running


def send_until_refused(caller: Caller, chat_id: int) -> tuple[int, int]:
    """How many were sent, and the seconds to wait then."""
    for sent in range(1000):
        answer = caller.post("sendMessage", chat_id=chat_id, text=str(sent))
        if answer.status_code == 429:
            body = answer.json()
            wait: int = body["parameters"]["retry_after"]
            assert body["description"] == f"Too Many Requests: retry after {wait}"
            return sent, wait
    raise AssertionError("never refused")


def test_a_private_chat_tolerates_a_burst_then_one_a_second(limited: BotApi) -> None:
    bot = limited.bot(TOKEN)
    chat = limited.private_chat(bot, 1001, begun=True)
    caller = Caller(limited)
    assert send_until_refused(caller, 1001) == (5, 1)
    limited.advance(1)
    assert send_until_refused(caller, 1001) == (1, 1)
    assert len(chat.messages) == 6
    assert chat.last.date == int(NOW.timestamp()) + 1
    caller.close()


def test_a_group_gets_twenty_a_minute(limited: BotApi) -> None:
    bot = limited.bot(TOKEN)
    group = limited.group(bot)
    caller = Caller(limited)
    assert send_until_refused(caller, group.id) == (20, 3)
    limited.advance(60)
    assert send_until_refused(caller, group.id) == (20, 3)
    caller.close()


def test_a_bot_sends_thirty_a_second_over_all_chats(limited: BotApi) -> None:
    bot = limited.bot(TOKEN)
    other = limited.bot("456:other", username="other")
    caller, another = Caller(limited), Caller(limited, "456:other")
    for number in range(31):
        limited.private_chat(bot, 2000 + number, begun=True)
    limited.private_chat(other, 2000, begun=True)
    codes = [
        caller.post("sendMessage", chat_id=2000 + number, text="x").status_code
        for number in range(31)
    ]
    assert codes == [200] * 30 + [429]
    another.call("sendMessage", chat_id=2000, text="x")
    limited.advance(1)
    caller.call("sendMessage", chat_id=2030, text="x")
    caller.close()
    another.close()
