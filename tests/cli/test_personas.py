"""The personas, typed into the real program as JSON Lines."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Kpbot

from kpbot.content.chats import Chat, ChatStep, load_chats
from kpbot.model import LANGUAGES

CHATS, _ = load_chats(Path(__file__).parents[2] / "dialogs")
PERSONAS = [chat for chat in CHATS if not chat.start_language]


def _line(step: ChatStep, text: str) -> dict[str, Any]:
    """The step as the line that a program writes."""
    _, _, choice = text.partition("=")
    if step.act == "wait":
        return {"wait": f"{int((step.wait or 0).total_seconds())}s"}
    if step.act == "select":
        return {"select": choice.split(",")}
    if step.act == "press":
        return {"press": choice or text}
    return {step.act: text}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "null" if value is None else str(value)


def test_there_are_six_personas() -> None:
    assert len(PERSONAS) == 6
    assert all(len(chat.languages) == 1 for chat in PERSONAS)
    assert {chat.languages[0] for chat in PERSONAS} == set(LANGUAGES)


@pytest.mark.slow
@pytest.mark.parametrize("chat", PERSONAS, ids=lambda chat: Path(chat.file).stem)
def test_each_persona_is_served_through_json_lines(kpbot: Kpbot, chat: Chat) -> None:
    language = chat.languages[0]
    lines = [_line(step, step.text.get(language, "")) for step in chat.steps]
    given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    answers = kpbot("chat", "--json", given=given).lines
    assert len(answers) == len(lines)
    for step, answer in zip(chat.steps, answers, strict=True):
        said = "\n".join(reply["text"] for reply in answer["replies"])
        assert answer["at"] == step.asks or not step.asks, (step.line, said)
        assert (answer["faq"] or "none") == step.faq or not step.faq, (step.line, said)
        assert step.says.get(language, "") in said, step.line
        if step.record:
            got = {field: _word(answer["record"][field]) for field in step.record}
            assert got == dict(step.record)
            assert answer["record"]["reference"] in said
        if step.unanswered is not None:
            assert len(answer["record"]["unanswered"]) == step.unanswered
