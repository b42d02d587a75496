"""In groups the bot says one sentence, once, and keeps nothing else."""

from __future__ import annotations

import pytest
from bot_looking import (
    Kept,
    note,
    wait_idle,
)
from bot_running import CHANNEL, TOKEN, Running

from bot_api import BotApi, Fault, Group
from kpbot.channels import NotSent
from kpbot.channels.telegram import memory
from kpbot.model import (
    Outbound,
)
from kpbot.store import conversations
from kpbot.store.database import Database

pytestmark = pytest.mark.slow


@pytest.fixture
def group(api: BotApi) -> Group:
    """A group the bot is in."""
    return Group(
        api.world, -4001, api.world.bots[TOKEN], forum=False, supergroup=False, admin=False
    )


def test_a_group_reads_once_where_to_write(
    api: BotApi, kept: Kept, group: Group, database: Database
) -> None:
    user = api.user(1001)
    for text in ("/start", "/help", "@kpbot hallo"):
        group.say_as(user, text)
        wait_idle(api)
    (said,) = group.messages
    assert said.text.endswith("https://t.me/kpbot")
    assert len(said.text.split("\n\n")) == 5
    assert kept.contents == []
    assert database.read(lambda c: conversations.find(c, str(group.id))) == []
    assert note(database, group.id, memory.TOLD) == "yes"


def test_a_group_that_became_another_chat_is_not_told_again(
    api: BotApi, kept: Kept, group: Group, database: Database
) -> None:
    user = api.user(1001)
    group.say_as(user, "/start")
    wait_idle(api)
    before = group.id
    group.migrate()
    wait_idle(api)
    group.say_as(user, "/start")
    wait_idle(api)
    assert group.messages == []
    assert note(database, before, memory.MOVED) == str(group.id)
    assert kept.contents == []


def test_what_is_sent_to_the_old_id_goes_to_the_new_one(running: Running, group: Group) -> None:
    before = group.id
    running.stop_polling()
    group.migrate()
    message = Outbound(CHANNEL, str(before), 1, "de", "Guten Tag")
    with pytest.raises(NotSent, match="moved"):
        running.do(running.channel.send(str(before), message))
    running.do(running.channel.send(str(before), message))
    assert [each.text for each in group.messages] == ["Guten Tag"]


def test_a_group_that_could_not_be_told_is_told_with_the_next_message(
    api: BotApi, kept: Kept, group: Group
) -> None:
    api.faults.next("sendMessage", Fault.server_error())
    group.say_as(api.user(1001), "/start")
    wait_idle(api)
    assert group.messages == []
    group.say_as(api.user(1001), "/start")
    wait_idle(api)
    assert len(group.messages) == 1
    assert kept.contents == []
