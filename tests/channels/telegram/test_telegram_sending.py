"""Whatever fails: a message arrives once, or twice and the doubt is kept."""

from __future__ import annotations

from typing import Any

import pytest
from bot_looking import (
    outbound,
    texts,
)
from bot_running import CHANNEL, Running

from bot_api import BotApi, Fault, PrivateChat
from kpbot.channels import NotSent
from kpbot.channels.telegram import memory
from kpbot.model import COMMAND, Button
from kpbot.store import notes

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "fault",
    [
        Fault.rate_limited(7),
        Fault.server_error(500),
        Fault.server_error(502, html=True),
        Fault.refused(401, "Unauthorized"),
        Fault.refused(409, "Conflict"),
    ],
)
def test_what_was_surely_not_sent_is_sent_later_and_once(
    sending: Running, api: BotApi, chat: PrivateChat, fault: Fault
) -> None:
    api.faults.next("sendMessage", fault, times=3)
    sending.put(chat, outbound(chat, "eins"), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "zwei"]
    assert set(sending.states()) == {("sent", 0)}


def test_after_a_429_nothing_goes_to_anybody_until_the_wait_is_over(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    other = api.private_chat(chat.bot, 1002, begun=True)
    api.faults.next("sendMessage", Fault.rate_limited(600))
    with pytest.raises(NotSent) as refused:
        sending.do(sending.channel.send(str(chat.id), outbound(chat, "eins")))
    assert refused.value.retry_after.total_seconds() == 600
    calls = len(api.called("sendMessage"))
    with pytest.raises(NotSent, match="paced") as paced:
        sending.do(sending.channel.send(str(other.id), outbound(other, "zwei")))
    assert 590 < paced.value.retry_after.total_seconds() <= 600
    assert len(api.called("sendMessage")) == calls


@pytest.mark.parametrize("fault", [Fault.dropped_after(), Fault.malformed()])
def test_what_may_have_arrived_is_repeated_once_and_the_doubt_is_kept(
    sending: Running, api: BotApi, chat: PrivateChat, fault: Fault
) -> None:
    api.faults.next("sendMessage", fault)
    sending.put(chat, outbound(chat, "eins"), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "eins", "zwei"]
    assert sending.states()[1:] == [("sent", 1), ("sent", 0)]


def test_it_is_never_sent_a_third_time(sending: Running, api: BotApi, chat: PrivateChat) -> None:
    api.faults.next("sendMessage", Fault.dropped_after(), times=9, matches=_says("eins"))
    sending.put(chat, outbound(chat, "eins"), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "eins", "zwei"]
    assert sending.states()[1:] == [("doubtful", 2), ("sent", 0)]


def test_nobody_can_tell_a_connection_that_broke_before_from_one_that_broke_after(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    api.faults.next("sendMessage", Fault.dropped_before())
    sending.put(chat, outbound(chat, "eins"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins"]
    assert sending.states()[1:] == [("sent", 1)]


def test_a_call_that_takes_too_long_may_have_arrived(
    sending: Running, api: BotApi, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sending.channel._started()[0]
    monkeypatch.setattr(client._bot.session, "timeout", 0.3)
    api.faults.next("sendMessage", Fault.slow(1.0))
    sending.put(chat, outbound(chat, "eins"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "eins"]
    assert sending.states()[1:] == [("sent", 1)]


def test_a_server_that_is_not_there_got_nothing(
    sending: Running, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415 (takes seconds)

    client = sending.channel._started()[0]
    monkeypatch.setattr(
        client._bot.session, "api", TelegramAPIServer.from_base("http://127.0.0.1:1")
    )
    with pytest.raises(NotSent, match="unreachable") as refused:
        sending.do(sending.channel.send(str(chat.id), outbound(chat, "eins")))
    assert not refused.value.doubtful
    assert not refused.value.never


def test_a_part_that_went_out_is_not_repeated_with_one_that_did_not(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    """Not even where the process ends in between."""
    parts = [str(number) * 4000 for number in range(4)]
    api.faults.next("sendMessage", Fault.server_error(), times=2, matches=_says("2"))
    message = outbound(chat, "\n\n".join(parts), Button("help", "Hilfe", COMMAND))
    sending.put(chat, message, message)
    sending.deliver()
    assert texts(chat)[1:] == parts * 2
    assert (
        sending.database.read(lambda c: notes.get(c, CHANNEL, str(chat.id), memory.PARTS)) is None
    )


def test_what_telegram_will_never_take_is_not_tried_again(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    api.faults.next("sendMessage", Fault.refused(400, "Bad Request: chat not found"), times=9)
    sending.put(chat, outbound(chat, "eins"))
    assert sending.deliver() == 0
    assert sending.states()[1:] == [("failed", 0)]
    sending.put(chat, outbound(chat, " \n "))
    api.faults.clear()
    sending.deliver()
    assert sending.states()[2:] == [("failed", 0)]


def test_not_modified_is_success(sending: Running, chat: PrivateChat) -> None:
    sender = sending.channel._started()[1]
    assert sending.do(sender.set_rows(chat.id, chat.last.id, ()))
    assert sending.do(sender.set_rows(chat.id, chat.last.id, ()))


def _says(beginning: str) -> Any:
    return lambda params: str(params.get("text", "")).startswith(beginning)
