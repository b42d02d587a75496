"""One message in the making: paragraphs and buttons in the conversation's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from kpbot.cases import CaseState
from kpbot.engine.dialog import Dialogs
from kpbot.engine.hours import OfficeHours
from kpbot.model import COMMAND, Button, CommandName, Conversation, Language, Select, Value


@dataclass(frozen=True, slots=True)
class StatedFact:
    """An amount, a deadline or a date as the operator states it."""

    text: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to a known question, as it is said."""

    text: str
    source: str
    """`programme`, `bot`, or empty where none is named."""
    title: str
    """How the question is shown on a button."""
    fact: StatedFact | None = None
    """What the operator states about it today."""


class Answers(Protocol):
    """Looks up what is said to a known question."""

    def __call__(self, intent: str, language: Language, today: date, /) -> Told:
        """The answer in the language, with what holds on that day."""


@dataclass(frozen=True, slots=True)
class SentRecord:
    """What the person handed over before."""

    reference: str
    dialog: str
    at: datetime
    values: Mapping[str, Value]
    state: CaseState = "open"
    """What became of it."""
    file: tuple[tuple[datetime, str, str], ...] = ()
    """Instant, kind and words of what was said in its case."""


@dataclass(frozen=True, slots=True)
class KeptChat:
    """What is kept of the chat itself."""

    count: int
    """Messages of the person and the bot."""
    until: date
    """The day by which the newest of them is gone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the words need beyond the conversation."""

    answers: Answers
    at: datetime
    """Now, aware."""
    days: int = 90
    """Days after which a sent record is deleted."""
    draft_days: int = 7
    chat_days: int = 90
    """Days after which what was said in a chat is deleted."""
    contact: str = ""
    """Other ways to reach the programme, as the operator configured them."""
    privacy_link: str = ""
    controller: str = ""
    """Who is responsible for the data; empty: the operator has not said."""
    protection_officer: str = ""
    calendar_link: str = ""
    """Address of the calendar's page; empty: there is none."""
    chat: KeptChat | None = None
    """None: nobody asked."""
    records: Sequence[SentRecord] = field(default=())
    hours: Callable[[str], OfficeHours | None] = lambda _: None
    """When the advisors of a desk are there; None: nobody has said."""


class Speech:
    """One message in the making."""

    def __init__(self, dialogs: Dialogs, conversation: Conversation, facts: Facts) -> None:
        """An empty message in the conversation's language."""
        self.dialogs = dialogs
        self.conversation = conversation
        self.facts = facts
        self.language: Language = conversation.language or "de"
        self.paragraphs: list[str] = []
        self.buttons: list[Button] = []
        self.select: Select | None = None

    def told(self, intent: str) -> Told:
        """What is said to a known question today."""
        return self.facts.answers(intent, self.language, self.facts.at.date())

    @property
    def sentences(self) -> Mapping[str, str]:
        """The bot's own sentences in the language."""
        return self.dialogs.service[self.language].sentences

    def add(self, text: str) -> None:
        """The text is the next paragraph, unless it is empty."""
        if text:
            self.paragraphs.append(text)

    def button(self, choice: str, title: str, question: str) -> None:
        """The button is there, once; a title that holds a person's own words may be cut."""
        button = Button(choice, _short_title(title), question)
        if all((b.id, b.question) != (choice, question) for b in self.buttons):
            self.buttons.append(button)

    def command(self, name: CommandName, argument: str = "") -> None:
        """The service button is there; a change names the question, a language itself."""
        choice = f"{name}:{argument}" if argument else name
        if name == "language" and argument:
            title = LANGUAGE_NAMES[argument]
        elif name == "change" and argument and self.conversation.active:
            words = self.dialogs.question_words(self.conversation.active, argument, self.language)
            title = words.short
        else:
            title = self.dialogs.service[self.language].commands[name].say
        self.button(choice, title, COMMAND)


LONGEST_TITLE = 60
"""Characters on a button that a small screen shows."""


def _short_title(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[: LONGEST_TITLE - 2].rstrip() + "…"
    return cut + "\u2069" if "\u2066" in cut or "\u2068" in cut else cut


LANGUAGE_NAMES: Mapping[str, str] = {
    "de": "Deutsch",
    "fr": "Français",
    "ar": "العربية",
    "en": "English",
}
