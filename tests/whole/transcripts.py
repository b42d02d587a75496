"""Transcripts played by people in Telegram: every act is what a hand does in the chat."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from whole_running import Enquirer, Whole

from bot_api import Message
from kpbot.channels.telegram.payload import DONE, MARKED, OPEN, Payload, decode
from kpbot.content.chats import Chat, ChatStep, load_chats
from kpbot.model import Language

DIALOGS = Path(__file__).parents[2] / "dialogs"
PERSONAS: dict[str, Language] = {
    "town_in_hesse": "de",
    "secretary_general_in_tunisia": "fr",
    "egyptian_governorate": "ar",
    "algerian_engineer": "fr",
    "dormant_partnership": "de",
    "only_dates": "en",
}
"""The transcripts of the personas P1 to P6, and the language each is held in."""


def transcript(name: str) -> Chat:
    """The transcript of that file name."""
    chats, problems = load_chats(DIALOGS)
    assert problems == ()
    return next(each for each in chats if Path(each.file).stem == name)


class Player:
    """A persona who does in the chat what stands in the transcript."""

    def __init__(self, whole: Whole, name: str, user_id: int) -> None:
        """Nothing was said yet."""
        self.name = name
        self.language = PERSONAS[name]
        self.chat = transcript(name)
        self.done = 0
        self.person: Enquirer = whole.enquirer(user_id)
        self.problems: list[str] = []
        self.reference = ""

    def play(self) -> None:
        """Every step was done and answered; what it did not say stands in `problems`."""
        for step in self.chat.steps:
            self.do(step)
            self.done += 1

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self.chat.steps)

    def do(self, step: ChatStep) -> None:
        """The step was done and looked at. A wait is none: the server's clock cannot be set."""
        text = step.text.get(self.language, "")
        heard = self._act(step.act, text)
        wanted, unwanted = step.says.get(self.language), step.says_not.get(self.language)
        if wanted and wanted not in heard:
            self.problems.append(f"{step.line}: not {wanted!r} but {heard!r}")
        if unwanted and unwanted in heard:
            self.problems.append(f"{step.line}: {unwanted!r} in {heard!r}")
        found = re.search(r"KP-\w{5}", heard)
        self.reference = found[0] if found else self.reference

    def _act(self, act: str, text: str) -> str:
        question, _, choice = text.partition("=")
        match act:
            case "say":
                return self.person.say(text)
            case "press":
                return self._press(*((question, choice) if choice else ("", question)))
            case "select":
                return self._select(question, choice.split(","))
            case "wait":
                return ""
            case _:
                raise NotImplementedError(act)

    def _press(self, question: str, choice: str, *, menu: bool = False) -> str:
        """The answer to the newest button of that choice; one that is an option is sent at once."""
        for message in reversed(self.person.chat.messages):
            data = _button(message, question, choice)
            if data is not None:
                return self.person.do(partial(self.person.chat.press, message, data))
            if _button(message, question, f"{OPEN}{choice}"):
                return self._select(question, [choice])
        if menu:
            raise LookupError(f"no button {question} {choice}")
        self.person.say("/menu")  # what no message offers any more, the menu of the bot does
        return self._press(question, choice, menu=True)

    def _select(self, question: str, choices: list[str]) -> str:
        """The answer to a multi-select; who sees no tick appear taps once more."""
        for choice in choices:
            while not self._is_ticked(question, choice):
                self._press(question, f"{OPEN}{choice}")
        return self._press(question, DONE)

    def _is_ticked(self, question: str, choice: str) -> bool:
        newest = next(m for m in reversed(self.person.chat.messages) if m.buttons)
        return _button(newest, question, f"{MARKED}{choice}") is not None


def _button(message: Message, question: str, choice: str) -> str | None:
    """The data of the message's button of that question (empty: any) and choice."""
    for row in message.buttons:
        for button in row:
            press: Payload | None = decode(button.data or "")
            fits = press is not None and question in {"", press.question}
            if fits and press is not None and press.choice == choice:
                return button.data
    return None
