"""What goes out, fact by fact, over real HTTP."""

from __future__ import annotations

import subprocess
import sys

import pytest
from bot_looking import (
    Kept,
    note,
    outbound,
    talk_at,
    turn,
)
from bot_running import TOKEN, Running, Talk

from bot_api import BotApi, Fault, Limits, PrivateChat
from kpbot.channels import NotSent
from kpbot.channels.telegram import TelegramChannel, memory
from kpbot.channels.telegram.pacing import Pace
from kpbot.channels.telegram.splitting import units
from kpbot.house import House
from kpbot.model import (
    COMMAND,
    Button,
    Letter,
    Opened,
    Said,
)
from kpbot.store.database import Database
from walk import next_step

pytestmark = pytest.mark.slow

ISOLATED = "المرجع \u2066KP-7FQ2M\u2069 محفوظ."


def test_text_is_plain_and_links_are_not_opened(talk: Talk, api: BotApi) -> None:
    harmful = "<b>x</b> & *y* _z_ https://example.org " + ISOLATED
    assert talk.deliver(harmful) == [harmful]
    sent = api.called("sendMessage")[-1].params
    assert "parse_mode" not in sent
    assert sent["link_preview_options"]["is_disabled"] is True


def test_long_texts_go_in_parts_with_the_buttons_under_the_last(
    talk: Talk, chat: PrivateChat
) -> None:
    chat.begun = True
    paragraphs = [f"{number} " + "𝔸" * 1500 for number in range(4)]
    talk.running.put(chat, outbound(chat, "\n\n".join(paragraphs), Button("help", "H", COMMAND)))
    talk.running.deliver()
    assert [message.text for message in chat.messages] == paragraphs
    assert all(units(message.text) <= 4096 for message in chat.messages)
    assert [message.titles for message in chat.messages] == [[], [], [], ["H"]]


def test_only_the_last_keyboard_stays(talk: Talk, chat: PrivateChat, database: Database) -> None:
    talk.do(Opened())
    for _ in range(6):
        at = talk_at(talk)
        talk.do(next_step(at, turn(talk)))
        assert [m for m in chat.messages[:-1] if m.buttons] == []
    assert note(database, chat.id, memory.KEYBOARD) == str(chat.last.id)
    talk.running.put(chat, outbound(chat, "ohne Knöpfe"))
    talk.running.deliver()
    assert [m for m in chat.messages if m.buttons] == []
    assert note(database, chat.id, memory.KEYBOARD) is None


def test_a_keyboard_that_cannot_be_taken_away_does_no_harm(talk: Talk, api: BotApi) -> None:
    talk.do(Opened())
    for fault in (
        Fault.refused(400, "Bad Request: message can't be edited"),
        Fault.server_error(502, html=True),
        Fault.dropped_after(),
    ):
        api.faults.next("editMessageReplyMarkup", fault)
        assert len(talk.do(Said("hallo"))) == 1
    assert set(talk.running.states()) == {("sent", 0)}


def test_the_bots_own_pace_keeps_within_telegrams_limits(house: House, database: Database) -> None:
    """The server allows one a second and no burst beyond five; the bot never runs into it."""
    with BotApi(limits=Limits()) as strict:
        bot = strict.bot(TOKEN)
        chat = strict.private_chat(bot, 1001, begun=True)
        running = Running(strict, house, database, pace=Pace())
        try:
            texts = [f"Nachricht {number}" for number in range(5)]
            for text in texts:
                running.do(running.channel.send("1001", outbound(chat, text)))
        finally:
            running.stop()
        assert [message.text for message in chat.messages] == texts
        assert len(strict.called("sendMessage")) == len(texts)


def test_letters_and_cards_are_for_others(running: Running) -> None:
    with pytest.raises(NotSent, match="not_for_people") as refused:
        running.do(running.channel.send("1001", Letter("KP-1", "text", "KP-1")))
    assert refused.value.never


def test_a_channel_that_has_not_started_sends_nothing_and_says_so(
    database: Database, house: House, chat: PrivateChat
) -> None:
    channel = TelegramChannel(
        TOKEN,
        database=database,
        receive=Kept(),
        clock=chat.world.clock,
        service=house.dialogs.service,
    )
    with pytest.raises(NotSent, match="not_started"):
        channel._started()


@pytest.mark.parametrize("token", ["", "abc", "123", "123:", ":abc", "12 3:abc", "123:a\n"])
def test_what_is_no_token_is_refused_at_once(token: str, database: Database, house: House) -> None:
    with pytest.raises(ValueError, match="BotFather"):
        TelegramChannel(
            token,
            database=database,
            receive=Kept(),
            clock=house.new_reference,
            service=house.dialogs.service,
        )


def test_aiogram_is_not_imported_before_a_bot_starts() -> None:
    program = (
        "import sys, kpbot.channels.telegram, kpbot.channels.telegram.webhook;"
        "assert not {'aiogram', 'aiohttp'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
