"""Small dialogs made in code, and a person who talks to the engine in events."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from kpbot.content.dialogs import load_dialogs
from kpbot.engine.dialog import (
    Dialog,
    Dialogs,
    DialogWords,
    Outcome,
    Phrase,
    Question,
    QuestionWords,
)
from kpbot.engine.expect import expects
from kpbot.engine.guards import Is
from kpbot.engine.place import Walk, place, walk
from kpbot.engine.speech import speak
from kpbot.engine.step import step
from kpbot.engine.utterance import Facts, Told
from kpbot.model import (
    COMMAND,
    LANGUAGES,
    OFFER,
    Answer,
    Answered,
    Asked,
    Commanded,
    CommandName,
    Conversation,
    Draft,
    Due,
    Effect,
    Event,
    Happening,
    Hit,
    Language,
    Offer,
    Outbound,
    Part,
    Pressed,
    QuestionType,
    Say,
    Selected,
    Submit,
    Toast,
    Unclear,
    Value,
)

BEGIN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
KNOWN = Asked("In welchen Ländern?", (Hit("partner_countries"),))
UNKNOWN = Asked("gibt's da ne frist?", (Hit("funding_deadlines", "none"),))


@cache
def shipped() -> Dialogs:
    loaded, _ = load_dialogs(Path(__file__).parents[2] / "dialogs")
    return loaded


def question(name: str, kind: QuestionType = "yesno", **fields: Any) -> Question:
    """A question of the section `all`."""
    return Question(name, kind, fields.pop("section", "all"), **fields)


def dialog(*questions: Question, name: str = "tiny", version: str = "1", **fields: Any) -> Dialog:
    outcomes = fields.pop("outcomes", (Outcome("desk"),))
    return Dialog(name, version, questions, outcomes, **fields)


def house(*dialogs: Dialog) -> Dialogs:
    """The dialogs with words for all of it, and the shipped words of the bot's own."""
    words: dict[str, Mapping[Language, DialogWords]] = {
        each.name: {language: _words(each, language) for language in LANGUAGES} for each in dialogs
    }
    return Dialogs({each.name: each for each in dialogs}, words, shipped().service)


def tiny(*questions: Question, **fields: Any) -> Dialogs:
    """One dialog called `tiny`."""
    return house(dialog(*questions, **fields))


def changed(dialogs: Dialogs, name: str, **fields: Any) -> Dialogs:
    """The dialogs with this one replaced: another version, the same words."""
    old = dialogs.dialogs[name]
    new = replace(old, **{"version": f"{old.version}+", **fields})
    return Dialogs({**dialogs.dialogs, name: new}, dialogs.words, dialogs.service)


def without(dialogs: Dialogs, name: str, *gone: str) -> tuple[Question, ...]:
    """The questions of the dialog but these."""
    return tuple(each for each in dialogs.dialogs[name].questions if each.id not in gone)


def with_question(dialogs: Dialogs, name: str, which: str, **fields: Any) -> tuple[Question, ...]:
    """The questions of the dialog, this one changed."""
    return tuple(
        replace(each, **fields) if each.id == which else each
        for each in dialogs.dialogs[name].questions
    )


def _words(made: Dialog, language: Language) -> DialogWords:
    return DialogWords(
        title=f"{made.name} {language}",
        done="done {reference}",
        sections={each.section: f"{each.section} {language}" for each in made.questions},
        questions={
            each.id: QuestionWords(
                ask=f"{each.id}? {language}",
                short=f"{each.id} {language}",
                again=f"again {each.id}? {language}",
                help=f"help {each.id} {language}",
                example=f"example {each.id} {language}",
                options={option: Phrase(f"{option} {language}") for option in each.of},
            )
            for each in made.questions
        },
        outcomes={each.to: each.to for each in made.outcomes},
        flags={each.id: each.id for each in made.flags},
    )


def told(intent: str, language: Language, _: date, /) -> Told:
    return Told(f"<{intent} {language}>", "programme", intent)


FACTS = Facts(
    told,
    datetime(2026, 11, 24, 9, tzinfo=UTC),
    contact="mail@example.org",
    privacy_link="https://example.org/p",
)


def fitting(asked: Question, number: int = 0) -> Value:
    """An answer that fits the question; other numbers are other answers, where there are."""
    low = asked.minimum if asked.minimum is not None else 1
    high = asked.maximum if asked.maximum is not None else low + 50
    match asked.type:
        case "consent":
            return True
        case "yesno":
            return number % 2 == 0
        case "choice":
            return asked.of[number % len(asked.of)]
        case "choices":
            return _some(asked, number)
        case "number" | "year":
            return low + number % (high - low + 1)
        case "date":
            return f"2027-03-{number % 28 + 1:02}"
        case "email":
            return f"name{number}@example.org"
        case "phone":
            return f"+49 69 12345{number:02}"
        case _:
            return f"Wort {number} ".ljust(low, "x")[: max(high, 1)]


def _some(asked: Question, number: int) -> tuple[str, ...]:
    most = asked.maximum or len(asked.of)
    together = [option for option in asked.of if option not in asked.exclusive]
    alone = number % (len(together) + len(asked.exclusive)) - len(together)
    if alone >= 0 and (asked.minimum or 1) <= 1:
        return (asked.exclusive[alone],)
    count = min(max(asked.minimum or 1, number % 3), most, len(together))
    first = number % len(together)
    chosen = (together * 2)[first : first + count]
    return tuple(option for option in asked.of if option in chosen)


@dataclass
class Chat:
    """A conversation and the one who holds it. Every step is spoken as well: it must not fail."""

    dialogs: Dialogs
    conversation: Conversation = field(
        default_factory=lambda: Conversation("c", "de", greeted=True)
    )
    at: datetime = BEGIN
    effects: tuple[Effect, ...] = ()
    out: Outbound | None = None
    number: int = 0
    buttons: list[Pressed] = field(default_factory=list)
    """Every button that was ever shown, oldest first."""

    # ── what one does ──

    def send(self, happening: Happening, **fields: Any) -> tuple[Effect, ...]:
        """The event happened a minute later, in the conversation's language."""
        self.number += 1
        self.at = fields.pop("at", self.at + timedelta(minutes=1))
        language = fields.pop("language", self.conversation.language)
        event_id = fields.pop("id", f"e{self.number}")
        event = Event(
            event_id, self.at, happening, language, reference=f"KP-{self.number}", **fields
        )
        self.conversation, self.effects = step(self.dialogs, self.conversation, event)
        expects(self.dialogs, self.conversation)
        self.out = speak(
            self.dialogs, self.conversation, self.effects, FACTS, channel="test", person="p"
        )
        if self.out is not None:
            turn = self.out.turn
            self.buttons += [Pressed(turn, each.question, each.id) for each in self.out.buttons]
        return self.effects

    def command(self, name: CommandName, argument: str = "") -> tuple[Effect, ...]:
        return self.send(Commanded(name, argument))

    def answer(self, **values: Value) -> tuple[Effect, ...]:
        """One message, typed, with these answers."""
        return self.send(Answered(tuple(Part(k, v, f"typed {v}") for k, v in values.items())))

    def press(self, name: str, choice: str, turn: int | None = None) -> tuple[Effect, ...]:
        """A press on a button of the last message, or of an earlier one."""
        return self.send(Pressed(self.turn if turn is None else turn, name, choice))

    def offer(self, choice: str) -> tuple[Effect, ...]:
        return self.press(OFFER, choice)

    def button(self, name: CommandName, turn: int | None = None) -> tuple[Effect, ...]:
        return self.press(COMMAND, name, turn)

    def select(self, name: str, *choices: str) -> tuple[Effect, ...]:
        return self.send(Selected(self.turn, name, choices))

    def miss(self, text: str = "hm", problem: str = "type", **params: str) -> tuple[Effect, ...]:
        return self.send(Unclear(text, problem, params))

    def due(self, timer: str, after: timedelta = timedelta(days=2)) -> tuple[Effect, ...]:
        return self.send(Due(timer), at=self.at + after)

    def begin(self, name: str = "tiny") -> "Chat":
        self.command("start", name)
        return self

    def fill(self, **values: Value) -> "Chat":
        """These answers, one message each, whatever waits."""
        for name, value in values.items():
            self.answer(**{name: value})
        return self

    def walk_to(self, goal: str | None = None, **values: Value) -> "Chat":
        """Plain answers, or those given, up to the question or to the review."""
        while (waiting := self.place) is not None and waiting != goal:
            asked = self.dialog.by_id[waiting]
            self.answer(**{waiting: values.get(waiting, fitting(asked))})
        assert self.place == goal
        return self

    def release(self, dialogs: Dialogs) -> "Chat":
        """Another version of the dialogs is in force."""
        self.dialogs = dialogs
        return self

    # ── what one sees ──

    @property
    def turn(self) -> int:
        return self.conversation.turn

    @property
    def dialog(self) -> Dialog:
        return self.dialogs.dialogs[self.conversation.active or ""]

    @property
    def draft(self) -> Draft:
        return self.conversation.drafts[self.conversation.active or ""]

    @property
    def walked(self) -> Walk:
        return walk(self.dialog, self.draft)

    @property
    def place(self) -> str | None:
        return place(self.dialog, self.draft)

    @property
    def answers(self) -> dict[str, Value]:
        return {name: answer.value for name, answer in self.draft.answers.items()}

    @property
    def parked(self) -> dict[str, Value]:
        return {name: answer.value for name, answer in self.draft.parked.items()}

    @property
    def said(self) -> list[str]:
        """Keys of the sentences of the last step."""
        return [effect.key for effect in self.effects if isinstance(effect, Say)]

    @property
    def toasts(self) -> list[str]:
        return [effect.key for effect in self.effects if isinstance(effect, Toast)]

    @property
    def text(self) -> str:
        return self.out.text if self.out else ""

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the buttons of the last message by their id."""
        return {each.id: each.title for each in self.out.buttons} if self.out else {}

    @property
    def submitted(self) -> Submit | None:
        return next((effect for effect in self.effects if isinstance(effect, Submit)), None)

    @property
    def table(self) -> Offer | None:
        return self.conversation.offer


def given(value: Value, **fields: Any) -> Answer:
    return Answer(value, "", fields.pop("language", "de"), BEGIN, **fields)


def draft(version: str = "1", **values: Value) -> Draft:
    """A draft with these answers, given in this order."""
    answers = {name: given(value) for name, value in values.items()}
    return Draft(version, BEGIN, answers, trail=tuple(values))


def partners() -> Dialogs:
    """A dialog in which one answer takes others away: the sketch of the design, in small."""
    with_partner = Is("has_partner", (True,))
    return tiny(
        question("privacy", "consent"),
        question("side", "choice", of=("german", "north_african")),
        question("land", "choice", of=("eg", "dz", "tn"), when=Is("side", ("north_african",))),
        question("town", "text", minimum=2, maximum=120),
        question("inhabitants", "number", minimum=1, maximum=1000, optional=True, keep=True),
        question("has_partner", "yesno"),
        question("partner", "text", when=with_partner),
        question("formal", "yesno", when=with_partner),
        question("wish", "choices", of=("water", "waste", "energy", "open"), exclusive=("open",)),
        question("email", "email", optional=True),
        tries=3,
        remind=(timedelta(days=2), timedelta(days=4)),
    )
