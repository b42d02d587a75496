"""The vocabulary of the house on one page.

What comes in (`Inbound`), what would fit (`Expectation`), what was meant (`Event`), what
follows (`Effect`), what goes out (`Outbound`). Everything is data: frozen, comparable, JSON-able.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from kpbot.cases import Action, AdvisorLeft, AdvisorSaid, Joined, NobodyCame
from kpbot.events import ScheduleAnswer, ScheduleQuestion, Subscription, Tidings
from kpbot.languages import LANGUAGES as LANGUAGES  # noqa: PLC0414 (part of the vocabulary)
from kpbot.languages import Language as Language  # noqa: PLC0414 (the same)

QuestionType = Literal[
    "consent",
    "yesno",
    "choice",
    "choices",
    "text",
    "number",
    "date",
    "year",
    "email",
    "phone",
    "place",
]

Value = str | int | bool | tuple[str, ...] | None
"""A typed answer: option ids as words or tuples of words, dates as ISO 8601; None: skipped."""

# ── what comes in ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Opened:
    """A person opened the chat or sent /start."""


@dataclass(frozen=True, slots=True)
class Said:
    """A person wrote a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A person pressed a button. It names what it belongs to, so a late press does no harm."""

    turn: int
    question: str
    """Question id, or one of `COMMAND` and `OFFER`."""
    choice: str
    conversation: str = ""
    """Beginning of the conversation's id; empty where the channel has one conversation only."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A person sent a multi-select."""

    turn: int
    question: str
    choices: tuple[str, ...]
    conversation: str = ""
    """As for `Pressed`."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A person sent something that is not text."""

    kind: str
    """photo, voice, sticker, location, document, …: all that is kept of the thing itself."""
    text: str = ""
    """The words that came with it: they are read like others."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A person edited a message that was sent before."""

    text: str


@dataclass(frozen=True, slots=True)
class Due:
    """A timer that was set has come due."""

    timer: str


@dataclass(frozen=True, slots=True)
class ByAdvisor:
    """An advisor did something in a case of the person's."""

    case: str
    """Reference."""
    advisor: str
    """The advisor's id."""
    name: str
    """As the person and colleagues read it."""
    action: Action


Content = Opened | Said | Pressed | Selected | Attached | Edited | Due | ByAdvisor

COMMAND = "command"
"""`Pressed.question` of a service button (menu, back, help …): the choice is the command."""
CALENDAR = "calendar"
"""`Due.timer` of a subscriber: it is time to look into the calendar."""
OFFER = "offer"
"""`Pressed.question` of a button that answers an offer: the choice is the option."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that arrived."""

    channel: str
    person: str
    """The person's address in the channel."""
    message_id: str
    """The channel's own id: the same id is the same message, however often it arrives."""
    at: datetime
    """Aware, UTC."""
    content: Content
    language: Language | None = None
    """A hint of the channel or an explicit choice made before the first word."""
    original: str = ""
    """The message's id in the chat: an edit of it comes with the same. Empty: it has none."""


# ── what would fit ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer, with every word for it."""

    id: str
    label: str
    words: tuple[str, ...]
    """As people say it, every language, the conversation's first."""
    near: tuple[str, ...] = ()
    """Words that suggest it but are confirmed first (a capital for its country)."""
    cues: tuple[str, ...] = ()
    """Words that mean it inside a sentence that answers several questions, and only there."""


@dataclass(frozen=True, slots=True)
class Field:
    """A question as a reader needs it."""

    id: str
    type: QuestionType
    options: tuple[Option, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    optional: bool = False
    other: str | None = None
    """The option that stands for everything else: any text is then an answer."""
    other_text: str | None = None
    """Id of the question that takes the words of such a text."""
    exclusive: tuple[str, ...] = ()
    """Options of choices that stand alone."""
    cut: bool = False
    """A longer text is cut with notice instead of refused."""
    keep: bool = False
    """What cannot be read as the type may be kept as typed."""
    names: tuple[str, ...] = ()
    """What the question is called when someone wants to change it."""
    value: Value = None
    """The present answer, if any."""
    cues: tuple[str, ...] = ()
    """Words that introduce an answer to it inside a sentence; `…` stands for a few others."""


Mode = Literal["menu", "question", "review", "advisor"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What would fit now."""

    mode: Mode
    language: Language
    field: Field | None = None
    """The question that waits for its answer (mode `question`)."""
    open: tuple[Field, ...] = ()
    """Further questions without an answer that one message may fill as well."""
    answered: tuple[Field, ...] = ()
    """Questions that have an answer, last answered first: they can be corrected."""
    offer: tuple[Option, ...] = ()
    """Options of the offer that is on the table (yes, no, …)."""
    offer_turn: int = 0
    """The turn the offer was made in."""
    schedule: ScheduleQuestion | None = None
    """What the message before asked of the calendar: this one may go on from it."""


# ── what was meant ───────────────────────────────────────────────────────────────────────────

CommandName = Literal[
    "back",
    "brief",
    "cancel",
    "change",
    "continue",
    "delete",
    "help",
    "human",
    "language",
    "mydata",
    "menu",
    "pause",
    "privacy",
    "question",
    "review",
    "send",
    "skip",
    "start",
    "status",
    "subscribe",
    "unsubscribe",
]
BESIDE_ADVISOR: frozenset[CommandName] = frozenset(
    {"delete", "mydata", "privacy", "language", "status", "help"}
)
"""Service words that work while an advisor listens; every other word is for the advisor."""


@dataclass(frozen=True, slots=True)
class Part:
    """One answer inside a message."""

    question: str
    value: Value
    typed: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The message answers one question or several."""

    parts: tuple[Part, ...]
    cut: int = 0
    """Characters that were cut off the end."""


@dataclass(frozen=True, slots=True)
class Commanded:
    """The message is a service word or button."""

    command: CommandName
    argument: str = ""
    """`change`: question id; `language`: language; `start`: dialog; else empty."""


Known = Literal["all", "part", "none"]
"""How much of an answer the programme's text gives."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A question the bot knows."""

    intent: str
    known: Known = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """The message asks something."""

    text: str
    hits: tuple[Hit, ...]
    """None: nobody knows. One: answer it. Several: ask which is meant, best first."""
    schedule: ScheduleAnswer | None = None
    """What the calendar holds, where it asks when something takes place."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """The message is nearly an answer, or one of two things: the person decides."""

    text: str
    part: Part
    asked: Asked | None = None
    """Set: is it a question or an answer? Not set: is this what you mean?"""
    edited: bool = False
    """The text comes from a message the person changed afterwards."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The message fits nothing."""

    text: str
    problem: str = "type"
    """Key of the sentence that says what is wrong, below `wrong` of the question."""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Greeted:
    """A greeting, thanks or farewell and nothing else."""

    kind: Literal["hello", "thanks", "bye"]


@dataclass(frozen=True, slots=True)
class Passed:
    """The message is for the advisor who listens."""

    kind: Literal["said", "edited", "attached"]
    text: str


Happening = (
    Opened
    | Answered
    | Commanded
    | Asked
    | Unsure
    | Unclear
    | Greeted
    | Pressed
    | Selected
    | Attached
    | Edited
    | Due
    | Passed
    | Joined
    | AdvisorSaid
    | AdvisorLeft
    | NobodyCame
    | Tidings
)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, understood."""

    id: str
    at: datetime
    happening: Happening
    language: Language | None
    """The conversation's language from now on; None: still unknown."""
    suggest: Language | None = None
    """A language to offer: the person seems to write in it."""
    heard: Language | None = None
    """Another language the message seemed to be in."""
    arabizi: bool = False
    reference: str = ""
    """A fresh reference, used if this step hands something over."""
    days: int = 90
    """Days a record is kept, as the words of a consent name them."""
    schedule: ScheduleAnswer | None = None
    """What the calendar holds now about the question that the offer on the table is about."""


# ── what a conversation is ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person agreed to."""

    text_hash: str
    """SHA-256 of the very words, in hexadecimal."""
    days: int
    """Days the words name: a record is kept no longer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was given."""

    value: Value
    typed: str
    """The person's own words; empty after a press."""
    language: Language
    at: datetime
    revision: int = 1
    """Of a consent: the revision of its text."""
    agreed: Agreed | None = None
    """Of a consent: its words; None: given to an earlier release, which did not keep them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A dialog that was begun. Where it stands is computed, never stored."""

    version: str
    """Hash of the dialog's meaning when it was last met."""
    began: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict)
    parked: Mapping[str, Answer] = field(default_factory=dict)
    """Answers to questions that do not apply any more: restored if they apply again."""
    focus: str | None = None
    """The question the person went back to."""
    trail: tuple[str, ...] = ()
    """Question ids in the order they were last answered."""
    brief: bool = False
    """Only what must be answered is asked."""
    touched: datetime | None = None
    case: str | None = None
    """Reference under which advisors got what was answered so far."""


OfferKind = Literal[
    "answer",
    "question_or_answer",
    "pass_on",
    "cancel",
    "delete",
    "change",
    "which",
    "edited",
    "keep",
    "reach",
    "add",
    "subscribe",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """A question of the bot's own that waits for a yes, a no or a choice."""

    kind: OfferKind
    turn: int
    part: Part | None = None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question the bot could not answer, or not in full."""

    text: str
    intent: str | None
    known: Known
    language: Language
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything known about one person in one channel."""

    id: str
    language: Language | None = None
    active: str | None = None
    """Name of the dialog that is being filled in; None: the menu."""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    turn: int = 0
    """Number of the last message the person was shown."""
    misses: int = 0
    """Times in a row that an answer to the present question was not understood."""
    offer: Offer | None = None
    questions: tuple[OpenQuestion, ...] = ()
    greeted: bool = False
    """The person has read that this is a bot."""
    heard: Language | None = None
    """Another language the last message seemed to be in."""
    hinted_french: bool = False
    last: str = ""
    """Id of the last event: the same event once more changes nothing."""
    sent: tuple[str, ...] = ()
    """References of the records that were handed over, newest last."""
    case: str | None = None
    """Reference of the case in which an advisor speaks, or which waits for one to come."""
    owner: str = "bot"
    """Who speaks: `bot` or `advisor:<id>`."""
    advisor: str = ""
    """The name of the advisor who speaks."""
    subscription: Subscription | None = None
    """What of the calendar the person wants to be told of."""
    schedule: ScheduleQuestion | None = None
    """What the last message asked of the calendar; None: something else."""


# ── what follows ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence of the service words or of the dialog's own words."""

    key: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    """Plain values for the placeholders; `date` is ISO 8601 and printed in the language."""
    parts: tuple[Part, ...] = ()
    """Answers of the active dialog: one fills `{question}` and `{value}`, all of them `{list}`."""


@dataclass(frozen=True, slots=True)
class Tell:
    """The answer to a known question."""

    intent: str
    known: Known


@dataclass(frozen=True, slots=True)
class TellSchedule:
    """What the calendar holds about a question."""

    answer: ScheduleAnswer


@dataclass(frozen=True, slots=True)
class TellTidings:
    """What is new in the calendar for a subscriber, and what is near."""

    tidings: Tidings


@dataclass(frozen=True, slots=True)
class Ask:
    """The question that waits now, with its buttons."""

    dialog: str
    question: str
    again: bool = False
    help: bool = False
    """With help text, example and every button."""
    keep: str | None = None
    """Text that may be kept as typed by a button."""


@dataclass(frozen=True, slots=True)
class ShowReview:
    """All answers, each changeable, and the button that sends them."""

    dialog: str


@dataclass(frozen=True, slots=True)
class ShowMenu:
    """What one can do here."""


@dataclass(frozen=True, slots=True)
class ShowOffer:
    """The offer on the table with its buttons."""

    offer: Offer


@dataclass(frozen=True, slots=True)
class ShowCommands:
    """Service buttons under the message."""

    commands: tuple[tuple[CommandName, str], ...]
    """Command and argument; a button's id is `command` or `command:argument`."""


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word that is no new message and changes nothing."""

    key: str


@dataclass(frozen=True, slots=True)
class Submit:
    """The draft is complete and shall be frozen and handed over."""

    dialog: str
    draft: Draft
    outcome: str
    questions: tuple[OpenQuestion, ...]
    reference: str
    complete: bool = True
    """Not complete: a person was asked for in the middle; the draft goes on afterwards."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """The timer of this name shall come due then; an earlier one of the name is replaced."""

    name: str
    due: datetime


@dataclass(frozen=True, slots=True)
class CancelTimers:
    """No timer whose name begins so shall come due."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Everything about the person shall go."""


@dataclass(frozen=True, slots=True)
class ForgetWords:
    """What the person and the bot wrote since then shall go from the chat."""

    since: datetime


@dataclass(frozen=True, slots=True)
class Export:
    """The person wants to read everything that is stored."""


@dataclass(frozen=True, slots=True)
class Relay:
    """The advisor of the conversation's case shall read this."""

    kind: Literal["said", "edited", "attached", "mail", "call", "wait"]
    """What the person did, or how they wish to be reached."""
    text: str = ""
    case: str | None = None
    """None: the one in which an advisor speaks or is waited for."""


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """The person wants to know what became of what was sent."""


Effect = (
    Say
    | Tell
    | TellSchedule
    | TellTidings
    | Ask
    | ShowReview
    | ShowMenu
    | ShowOffer
    | ShowCommands
    | Toast
    | Submit
    | SetTimer
    | CancelTimers
    | Erase
    | ForgetWords
    | Export
    | ShowStatus
    | Relay
)

# ── what goes out ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Button:
    """A button; pressing it comes back as `Pressed(turn, question, id)`. Its title is typeable."""

    id: str
    title: str
    question: str
    """Question id, `COMMAND` or `OFFER`."""


@dataclass(frozen=True, slots=True)
class Select:
    """The buttons of `question` are a multi-select with this many choices."""

    question: str
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class File:
    """A text to take along, where a channel can send files."""

    name: str
    mime: str
    text: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to one person."""

    channel: str
    person: str
    turn: int
    language: Language
    text: str
    buttons: tuple[Button, ...] = ()
    select: Select | None = None
    toast: bool = False
    """A short notice that leaves the last message and its buttons in force."""
    conversation: str = ""
    """Id of the conversation: presses name its beginning."""
    files: tuple[File, ...] = ()
    """What the text tells, to take along: it is whole without them."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message by mail: to the advisors, or an invitation to the person."""

    subject: str
    text: str
    reference: str
    link: str = ""
    """Address of the case at the desk."""
    calendar: str = ""
    """An invitation as iCalendar text."""
    language: Language = "de"
    """What it is written in."""


@dataclass(frozen=True, slots=True)
class Notification:
    """One event for the operator's own systems."""

    kind: str
    """What happened, as `case.opened`."""
    reference: str
    at: datetime
    data: dict[str, Any]
    """Plain JSON values."""


@dataclass(frozen=True, slots=True)
class Card:
    """A case as advisors see it in their messenger: the card is made, or renewed in its place."""

    reference: str
    title: str
    """One line: reference, desk, municipality."""
    text: str
    """State and German summary."""
    buttons: tuple[Button, ...]
    """What can be done now: the id is the action, the question is `CASE`."""
    news: str = ""
    """What just happened, one sentence; empty: only the card changes."""
    quote: str = ""
    """The words of the person or the note that the news is about."""
    closed: bool = False


CASE = "case"
"""`Button.question` of what an advisor can do with a case."""

Message = Outbound | Letter | Card | Notification
"""Everything that can wait in the outbox."""
