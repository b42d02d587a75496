"""Whole transcripts through Telegram: by its buttons, commands and messages, over real HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from bot_running import Talk

from kpbot.content.chats import Chat, ChatStep, load_chats
from kpbot.engine.place import walk
from kpbot.model import Edited, Language, Opened, Said
from kpbot.rehearsal import _word

pytestmark = pytest.mark.slow

DIALOGS = Path(__file__).parents[3] / "dialogs"
PEOPLE = ("algerian_engineer", "secretary_general_in_tunisia", "whole_enquiry")


def chats() -> dict[str, Chat]:
    loaded, problems = load_chats(DIALOGS)
    assert not problems
    return {Path(chat.file).stem: chat for chat in loaded if chat.dialog == "intake"}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_transcript_goes_as_it_is_written(talk: Talk, name: str) -> None:
    play(talk, chats()[name], "fr")


def test_a_whole_enquiry_in_arabic(talk: Talk) -> None:
    play(talk, chats()["whole_enquiry"], "ar")


def play(talk: Talk, chat: Chat, language: Language) -> None:
    """Every step was done as people do it, and every check of the transcript holds."""
    assert language in chat.languages
    talk.language = language if chat.start_language else ""
    if chat.start_language:
        talk.do(Opened())
    for step in chat.steps:
        said = "\n".join(act(talk, step, step.text.get(language, "")))
        taken = talk.running.taken
        assert taken is not None
        where = f"{chat.file}:{step.line}: {said}"
        assert not step.asks or taken.at == step.asks, where
        assert step.says.get(language, "") in said, where
        for question, value in step.fills.items():
            draft = taken.conversation.drafts[taken.conversation.active or ""]
            dialog = talk.house.dialogs.dialogs[taken.conversation.active or ""]
            assert _word(walk(dialog, draft).values[question]) == value, where
        for field, value in step.record.items():
            assert taken.record is not None, where
            assert _word(taken.record.get(field)) == value, where


def act(talk: Talk, step: ChatStep, text: str) -> list[str]:
    taken = talk.running.taken
    turn = taken.conversation.turn if taken else 0
    question, _, choice = text.partition("=")
    match step.act:
        case "open":
            return talk.do(Opened())
        case "say":
            return talk.do(Said(text))
        case "edit":
            return talk.do(Edited(text))
        case "select":
            return talk._arrived(lambda: talk.select(turn, question, choice.split(",")))
        case "press" if choice:
            return talk._arrived(lambda: talk.press(turn, question, choice))
        case "press":
            return talk._arrived(lambda: press_named(talk, question))
        case "again":
            return talk.again()
        case other:
            raise AssertionError(f"no transcript here does {other}")


def press_named(talk: Talk, choice: str) -> None:
    """The button of the last message that stands for this choice; where there is none, its word."""
    data = [button.data or "" for row in talk.chat.last.buttons for button in row]
    found = [each for each in data if each.split(".", 3)[3] == choice]
    if found:
        talk.chat.press(talk.chat.last, found[0])
    else:
        assert talk.running.taken is not None
        spoken = talk.running.taken.conversation.language or "de"
        talk.chat.say(talk.house.dialogs.service[spoken].commands[choice].say)
