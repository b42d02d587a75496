"""Who blocked the bot is left alone until they write again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from bot_looking import (
    outbound,
)
from bot_running import CHANNEL, Running, Talk

from bot_api import BotApi, PrivateChat
from kpbot.channels.telegram import memory
from kpbot.model import Opened, Said
from kpbot.store import notes

pytestmark = pytest.mark.slow


def test_a_person_who_blocked_is_left_alone_until_they_write(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    sending.stop_polling()
    chat.block()
    sending.put(chat, outbound(chat, "eins"), outbound(chat, "zwei"))
    sending.deliver()
    assert sending.states()[1:] == [("failed", 0), ("failed", 0)]
    tried = [call for call in api.called("sendMessage") if call.params["text"] in {"eins", "zwei"}]
    assert len(tried) == 1, "the second is not even tried"
    assert _blocked(sending, chat)
    sending.poll()
    chat.start()
    sending.settle()
    assert not _blocked(sending, chat)
    assert len(chat.messages) == 2


def test_blocking_and_freeing_is_noted_as_it_is_told(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    chat.block()
    sending.settle()
    assert _blocked(sending, chat)
    calls = len(api.called("sendMessage"))
    sending.put(chat, outbound(chat, "eins"))
    sending.deliver()
    assert len(api.called("sendMessage")) == calls
    chat.unblock()
    sending.settle()
    assert not _blocked(sending, chat)
    sending.put(chat, outbound(chat, "zwei"))
    sending.deliver()
    assert chat.last.text == "zwei"


def test_of_somebody_who_was_erased_nothing_is_remembered(talk: Talk, chat: PrivateChat) -> None:
    talk.do(Opened())
    talk.do(Said("Daten löschen"))
    talk.do(Said("Ja, alles löschen"))
    assert talk.conversation == ""
    chat.block()
    talk.running.settle()
    with talk.database.engine.connect() as connection:
        assert connection.execute(sa.select(notes.notes)).all() == []


def _blocked(running: Running, chat: PrivateChat) -> bool:
    return running.database.read(
        lambda c: notes.get(c, CHANNEL, str(chat.id), memory.BLOCKED) is not None
    )
