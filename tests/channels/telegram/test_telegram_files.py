"""Files stand in the chat after the text that tells of them, which is never repeated for them."""

from __future__ import annotations

from typing import Any

import pytest
from bot_looking import note, outbound, texts
from bot_running import Running

from bot_api import BotApi, Fault, PrivateChat
from kpbot.channels.telegram import memory
from kpbot.model import COMMAND, Button, File, Outbound

pytestmark = pytest.mark.slow

ICS = File("events.ics", "text/calendar", "BEGIN:VCALENDAR\r\nSUMMARY:Müll\r\nEND:VCALENDAR\r\n")
OTHER = File("more.ics", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
HELP = Button("help", "Hilfe", COMMAND)


def documents(chat: PrivateChat) -> list[tuple[str, str]]:
    found = [message.document for message in chat.messages if message.document is not None]
    return [(each.name, each.content.decode()) for each in found]


def told(chat: PrivateChat, text: str = "eins", **changes: Any) -> Outbound:
    return outbound(chat, text, HELP, **{"files": (ICS,), **changes})


def test_a_file_stands_after_the_text(sending: Running, chat: PrivateChat) -> None:
    sending.put(chat, told(chat), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "", "zwei"]
    assert documents(chat) == [(ICS.name, ICS.text)]
    assert set(sending.states()) == {("sent", 0)}
    assert note(sending.database, chat.id, memory.PARTS) is None


def test_the_buttons_below_the_text_are_those_in_force(sending: Running, chat: PrivateChat) -> None:
    sending.put(chat, told(chat))
    sending.deliver()
    said = next(message for message in chat.messages if message.text == "eins")
    assert [button.title for row in said.buttons for button in row] == ["Hilfe"]
    assert note(sending.database, chat.id, memory.KEYBOARD) == str(said.id)


@pytest.mark.parametrize("fault", [Fault.server_error(500), Fault.rate_limited(7)])
def test_the_text_is_not_repeated_for_a_file_that_did_not_go(
    sending: Running, api: BotApi, chat: PrivateChat, fault: Fault
) -> None:
    api.faults.next("sendDocument", fault, times=2)
    long = "\n\n".join(str(number) * 4000 for number in range(2))
    sending.put(chat, told(chat, long, files=(OTHER, ICS)))
    sending.deliver()
    assert [text[:1] for text in texts(chat)[1:]] == ["0", "1", "", ""]
    assert documents(chat) == [(OTHER.name, OTHER.text), (ICS.name, ICS.text)]
    said = next(message for message in chat.messages if message.text.startswith("1"))
    assert note(sending.database, chat.id, memory.KEYBOARD) == str(said.id)
    assert set(sending.states()) == {("sent", 0)}


def test_a_file_that_may_have_arrived_is_repeated_once(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    api.faults.next("sendDocument", Fault.dropped_after())
    sending.put(chat, told(chat))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "", ""]
    assert len(documents(chat)) == 2
    assert sending.states()[1:] == [("sent", 1)]


def test_a_file_that_is_never_taken_holds_nothing_up(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    api.faults.next("sendDocument", Fault.refused(400, "Bad Request: file is too big"), times=9)
    sending.put(chat, told(chat), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "zwei"]
    assert set(sending.states()) == {("sent", 0)}


def test_who_blocks_the_bot_meanwhile_gets_nothing_more(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    blocked = Fault.refused(403, "Forbidden: bot was blocked by the user")
    api.faults.next("sendDocument", blocked)
    sending.put(chat, told(chat), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins"]
    assert note(sending.database, chat.id, memory.BLOCKED) == "yes"
