"""Every press is answered, counts once, and never for another question."""

from __future__ import annotations

import pytest
from bot_looking import (
    conversation,
    outbound,
    talk_at,
    title_of,
    turn,
    until,
)
from bot_running import Run, Talk

from bot_api import BotApi, Fault, PrivateChat
from kpbot.channels.telegram.keyboards import TICK
from kpbot.channels.telegram.payload import Payload, encode
from kpbot.channels.telegram.words import DONE_TITLES
from kpbot.model import (
    COMMAND,
    Opened,
    Pressed,
    Said,
    Selected,
)

pytestmark = pytest.mark.slow


def test_marks_are_kept_in_the_keyboard_across_a_restart(run: Run, chat: PrivateChat) -> None:
    first = run()
    first.poll()
    talk = Talk(first, chat)
    talk.do(Opened())
    until(talk, "wanted_country")
    marokko, tunesien = (title_of(talk, name) for name in ("MA", "TN"))
    chat.press(chat.last, marokko)
    first.settle()
    assert talk.marks() == [TICK + marokko]
    first.stop_polling()
    second = run()
    second.poll()
    chat.press(chat.last, tunesien)
    chat.press(chat.last, TICK + marokko)
    second.settle()
    chat.press(chat.last, marokko)
    second.settle()
    assert set(talk.marks()) == {TICK + marokko, TICK + tunesien}
    chat.press(chat.last, DONE_TITLES["de"])
    second.settle()
    draft = conversation(talk).drafts["intake"]
    assert set(draft.answers["wanted_country"].value) == {"MA", "TN"}
    assert all(press.answered for press in chat.presses)


def test_quick_marks_do_not_undo_each_other(talk: Talk, chat: PrivateChat) -> None:
    """The second press shows the keyboard as it was before the first was seen."""
    talk.do(Opened())
    until(talk, "wanted_country")
    shown = chat.last
    chat.bot.hold_updates()
    chat.press(shown, title_of(talk, "MA"))
    chat.press(shown, title_of(talk, "TN"))
    chat.press(shown, title_of(talk, "TN"))
    chat.press(shown, DONE_TITLES["de"])
    chat.bot.release_updates()
    talk.running.settle()
    draft = conversation(talk).drafts["intake"]
    assert set(draft.answers["wanted_country"].value) == {"MA", "TN"}


def test_a_selection_of_nothing_is_left_to_the_engine(talk: Talk) -> None:
    talk.do(Opened())
    until(talk, "wanted_country")
    assert talk.do(Selected(turn(talk), "wanted_country", ()))
    assert talk_at(talk) == "wanted_country"


def test_presses_on_a_keyboard_too_old_to_be_seen_are_answered(
    talk: Talk, chat: PrivateChat
) -> None:
    talk.do(Opened())
    until(talk, "wanted_country")
    old = chat.last
    with chat.world.lock:
        old.deleted = True
    before = len(chat.messages)
    data = encode(Payload(talk.conversation, turn(talk), "wanted_country", "+MA"))
    press = chat.press(old, data, stale=True)
    talk.running.settle()
    chat.wait_for_answer(press)
    assert len(chat.messages) == before + 1
    assert title_of(talk, "MA") in chat.last.titles
    assert "wanted_country" not in conversation(talk).drafts["intake"].answers


def test_a_double_tap_answers_one_question(talk: Talk, chat: PrivateChat) -> None:
    talk.do(Opened())
    until(talk, "consent")
    shown = chat.last
    chat.press(shown, "Ja")
    chat.press(shown, "Ja")
    talk.running.settle()
    assert set(conversation(talk).drafts["intake"].answers) == {"consent"}
    assert all(chat.wait_for_answer(press).answered for press in chat.presses)


def test_every_press_is_answered_even_on_nothing_of_ours(talk: Talk, chat: PrivateChat) -> None:
    talk.do(Opened())
    press = chat.press(chat.last, "noop", stale=True)
    assert chat.wait_for_answer(press).toast == ""
    group_like = chat.press(chat.last, "=", stale=True)
    assert chat.wait_for_answer(group_like).toast == ""


def test_a_toast_stands_over_the_chat_and_not_in_it(talk: Talk, chat: PrivateChat) -> None:
    talk.do(Opened())
    until(talk, "consent")
    before = list(chat.messages)
    titles = chat.last.titles
    talk.do(Pressed(0, COMMAND, "no_such_command"))
    assert chat.messages == before
    assert chat.toasts == [talk.house.dialogs.service["de"].sentences["press_old"]]
    assert chat.last.titles == titles, "the last message and its buttons stay in force"


@pytest.mark.parametrize("text", ["a" * 201, "😀" * 101])
def test_a_toast_that_is_too_long_or_too_late_is_a_message(
    talk: Talk, chat: PrivateChat, text: str
) -> None:
    talk.do(Opened())
    shown = chat.last.titles
    press = chat.press(chat.last, "noop", stale=True)
    chat.wait_for_answer(press)
    for toast in (text, "Zu spät."):
        talk.running.put(chat, outbound(chat, toast, toast=True))
        talk.running.deliver()
        assert chat.last.text == toast
    assert chat.messages[0].titles == shown


def test_a_toast_whose_press_is_too_old_is_a_message(
    talk: Talk, api: BotApi, chat: PrivateChat
) -> None:
    talk.do(Opened())
    api.faults.next("answerCallbackQuery", Fault.refused(400, "Bad Request: query is too old"))
    talk.do(Pressed(0, COMMAND, "no_such_command"))
    assert chat.toasts == []
    assert chat.last.text == talk.house.dialogs.service["de"].sentences["press_old"]


def test_a_press_from_another_conversation_changes_nothing(talk: Talk, chat: PrivateChat) -> None:
    """From before everything was erased: the button names a conversation that is gone."""
    talk.do(Opened())
    talk.do(Said("Anfrage"))
    assert talk.running.taken is not None
    turn = talk.running.taken.conversation.turn
    data = encode(Payload("ffffff", turn, "consent", "yes"))
    press = chat.press(chat.last, data, stale=True)
    talk.running.settle()
    old = talk.house.dialogs.service["de"].sentences["press_old"]
    assert chat.wait_for_answer(press).toast == old
    assert talk.running.taken.at == "consent"
