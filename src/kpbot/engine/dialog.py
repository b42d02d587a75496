"""The shape of a dialog: an ordered list of typed questions with guards, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Literal

from kpbot.engine.guards import Guard
from kpbot.model import Draft, Field, Language, QuestionType, Value

Inflight = Literal["migrate", "finish_old"]
"""What becomes of open drafts when a version is released: they change over, or finish as begun."""


@dataclass(frozen=True)
class Question:
    """One question, without words."""

    id: str
    type: QuestionType
    section: str
    of: tuple[str, ...] = ()
    """Option ids of choice and choices."""
    when: Guard | None = None
    optional: bool | Guard = False
    """May be skipped: always, or while the guard holds."""
    implied: tuple[tuple[Guard, Value], ...] = ()
    """While a guard holds and nothing else was answered, this is the answer and nobody is asked."""
    minimum: int | None = None
    """number, year: value; text, place: characters; choices: how many. Both ends inclusive."""
    maximum: int | None = None
    exclusive: tuple[str, ...] = ()
    """Options of choices that stand alone."""
    other: str | None = None
    """The option that stands for everything else: any text is then an answer."""
    other_text: str | None = None
    """Id of the question that takes the words of such a text."""
    cut: bool = False
    """A longer text is cut with notice instead of refused."""
    keep: bool = False
    """What cannot be read as the type may be kept as typed."""
    essential: bool = False
    """Optional, but asked even of someone who wants to be asked only what is needed."""
    default_language: bool = False
    """Where it was skipped, the record holds the language of the chat."""
    private: bool = False
    """Never in logs, figures or outcome texts."""
    revision: int = 1
    """Raised when the meaning changed: answers to an earlier revision count no more."""
    was: str | None = None
    """Former id: its answers carry over."""
    formerly: tuple[str, ...] = ()
    """Ids before that one, newest first: for drafts that slept through several releases."""
    line: int = 0
    """Line in dialog.yaml, for complaints."""

    @property
    def former(self) -> tuple[str, ...]:
        """Every id it had before, newest first."""
        return self.formerly if self.was is None else (self.was, *self.formerly)


@dataclass(frozen=True)
class Outcome:
    """Where a finished record goes."""

    to: str
    when: Guard | None = None
    line: int = 0


@dataclass(frozen=True)
class Flag:
    """A hint for the advisors; it never decides anything."""

    id: str
    when: Guard
    line: int = 0


@dataclass(frozen=True)
class Dialog:
    """What is asked, in which order, under which guard."""

    name: str
    version: str
    """Hash of the meaning: ids, types, options, guards; words do not count."""
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    flags: tuple[Flag, ...] = ()
    remind: tuple[timedelta, ...] = ()
    expire: timedelta = timedelta(days=7)
    tries: int = 3
    retired: tuple[str, ...] = ()
    open: bool = True
    """Closed: drafts are kept, nothing is asked, a person is offered."""
    inflight: Inflight = "migrate"
    summary: str = ""
    """Template of the German summary for advisors."""
    file: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {question.id: question for question in self.questions}


@dataclass(frozen=True)
class Phrase:
    """A label and the other words for it."""

    say: str
    also: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    """Words that mean it inside a sentence that answers several questions, and only there."""


@dataclass(frozen=True)
class QuestionWords:
    """Every word of one question in one language."""

    ask: str
    short: str
    again: str = ""
    """After a detour; `ask` where empty."""
    help: str = ""
    example: str = ""
    also: tuple[str, ...] = ()
    """Further names of the question when someone wants to change it."""
    cues: tuple[str, ...] = ()
    """Words that introduce an answer to it inside a sentence; `…` stands for a few others."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Phrase] = field(default_factory=dict)


@dataclass(frozen=True)
class DialogWords:
    """Every word of one dialog in one language."""

    title: str
    done: str
    """What the person reads when the record was handed over; names `{reference}`."""
    sections: Mapping[str, str]
    questions: Mapping[str, QuestionWords]
    outcomes: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ServiceWords:
    """Every word of the bot's own in one language."""

    sentences: Mapping[str, str]
    commands: Mapping[str, Phrase]
    offers: Mapping[str, Mapping[str, Phrase]]
    """Offer kind → option id → words."""
    wrong: Mapping[str, str]
    """What is wrong with an answer, by problem key; a question may say it its own way."""
    yes: tuple[str, ...]
    no: tuple[str, ...]
    greetings: Mapping[str, tuple[str, ...]]
    """hello, thanks, bye → words."""
    fillers: tuple[str, ...]
    """Words that add nothing: please, ok then, …"""
    question_words: tuple[str, ...]
    corrections: tuple[str, ...]
    """Words that open a correction: sorry, I meant, …"""
    changes: tuple[str, ...]
    """Words that ask for a change: wrong, change, instead, …"""


@dataclass(frozen=True)
class Edition:
    """A dialog with its words, as it was published."""

    dialog: Dialog
    words: Mapping[Language, DialogWords]


@dataclass(frozen=True)
class Dialogs:
    """All dialogs and all words."""

    dialogs: Mapping[str, Dialog]
    words: Mapping[str, Mapping[Language, DialogWords]]
    service: Mapping[Language, ServiceWords]
    earlier: Mapping[tuple[str, str], Edition] = field(default_factory=dict)
    """Dialog and version → what drafts of that version finish with (`finish_old`)."""
    fields: dict[tuple[str, str, Language], Field] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Filled by `expect.field_of`: a question as readers need it, made once."""
    _views: dict[frozenset[tuple[str, str]], Dialogs] = field(
        default_factory=dict, compare=False, repr=False
    )

    def at(self, name: str, version: str | None) -> Dialog | None:
        """The dialog that a draft of the version is filled in with; None: there is none."""
        kept = self.earlier.get((name, version or ""))
        return kept.dialog if kept is not None else self.dialogs.get(name)

    def under(self, drafts: Mapping[str, Draft]) -> Dialogs:
        """All dialogs and words as the drafts know them: those that finish with an earlier version.

        Everybody else gets these very dialogs.
        """
        versions = ((name, draft.version) for name, draft in drafts.items())
        key = frozenset(each for each in versions if each in self.earlier)
        if not key:
            return self
        if key not in self._views:
            kept = {name: self.earlier[name, version] for name, version in key}
            self._views[key] = replace(
                self,
                dialogs={**self.dialogs, **{name: each.dialog for name, each in kept.items()}},
                words={**self.words, **{name: each.words for name, each in kept.items()}},
                fields={},
                _views={},
            )
        return self._views[key]

    def question_words(self, dialog: str, question: str, language: Language) -> QuestionWords:
        """The words of the question."""
        return self.words[dialog][language].questions[question]
