"""Effects become words: one message a turn, with its buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kpbot.engine.dialog import Dialogs
from kpbot.engine.printing import isolated, printed, printed_date, quoted_direction
from kpbot.engine.speech_question import speak_question, speak_review
from kpbot.model import (
    COMMAND,
    LANGUAGES,
    OFFER,
    Ask,
    Button,
    CommandName,
    Conversation,
    Effect,
    Export,
    Language,
    Offer,
    Outbound,
    Part,
    Say,
    Select,
    ShowCommands,
    ShowMenu,
    ShowOffer,
    ShowReview,
    ShowStatus,
    Submit,
    Tell,
    Toast,
    Value,
)


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to a known question, as it is said."""

    text: str
    source: str
    """`programme`, `bot`, or empty where none is named."""
    title: str
    """How the question is shown on a button."""


class Answers(Protocol):
    """Looks up what is said to a known question."""

    def __call__(self, intent: str, language: Language, /) -> Told:
        """The answer in the language."""


@dataclass(frozen=True, slots=True)
class SentRecord:
    """What the person handed over before."""

    reference: str
    dialog: str
    at: datetime
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the words need beyond the conversation."""

    answers: Answers
    days: int = 90
    """Days after which a sent record is deleted."""
    draft_days: int = 7
    contact: str = ""
    """Other ways to reach the programme, as the operator configured them."""
    privacy_link: str = ""
    records: Sequence[SentRecord] = field(default=())


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
            title = _LANGUAGE_NAMES[argument]
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


def speak(
    dialogs: Dialogs,
    conversation: Conversation,
    effects: Sequence[Effect],
    facts: Facts,
    *,
    channel: str,
    person: str,
) -> Outbound | None:
    """The one message that tells the effects, or None where they say nothing."""
    speech = Speech(dialogs, conversation, facts)
    toast = ""
    for effect in effects:
        if isinstance(effect, Toast):
            toast = speech.sentences[effect.key]
        else:
            _speak(speech, effect)
    if not speech.paragraphs and not speech.buttons:
        if not toast:
            return None
        return Outbound(channel, person, conversation.turn, speech.language, toast, toast=True)
    text = "\n\n".join(([toast] if toast else []) + speech.paragraphs)
    return Outbound(
        channel,
        person,
        conversation.turn,
        speech.language,
        text,
        tuple(speech.buttons),
        speech.select,
    )


def _speak(speech: Speech, effect: Effect) -> None:
    match effect:
        case Say():
            speech.add(sentence(speech, effect))
        case Tell(intent):
            _tell(speech, intent)
        case Ask():
            speak_question(speech, effect)
        case ShowReview(dialog):
            speak_review(speech, dialog)
        case ShowMenu():
            _menu(speech)
        case ShowOffer(offer):
            _offer(speech, offer)
        case ShowCommands(commands):
            for name, argument in commands:
                speech.command(name, argument)
        case Submit(dialog=dialog, reference=reference, complete=complete):
            done = speech.dialogs.words[dialog][speech.language].done
            text = done if complete else speech.sentences["human"]
            speech.add(text.format(reference=isolated(reference, speech.language)))
            if complete:
                speech.command("status")
                speech.command("menu")
        case ShowStatus():
            _status(speech)
        case Export():
            _mydata(speech)
        case _:
            pass


def sentence(speech: Speech, say: Say) -> str:
    """The sentence with its placeholders filled; empty where there is nothing to tell."""
    kind, _, rest = say.key.partition(":")
    sentences = speech.sentences
    if kind in {"identity", "which_language"} and speech.conversation.language is None:
        return "\n".join(speech.dialogs.service[each].sentences[kind] for each in LANGUAGES)
    if kind == "hello" and speech.conversation.language is None:
        return ""
    if kind == "suggest_language":
        return _other_sentence(speech, rest, "suggest_language")
    template = _wrong(speech, rest) if kind == "wrong" else sentences[kind]
    return template.format(**_placeholders(speech, say)) if _has_ground(speech, kind) else ""


def _has_ground(speech: Speech, key: str) -> bool:
    if key == "other_ways":
        return bool(speech.facts.contact)
    if key == "privacy_link":
        return bool(speech.facts.privacy_link)
    return True


def _other_sentence(speech: Speech, language: str, key: str) -> str:
    words = {str(name): service for name, service in speech.dialogs.service.items()}
    return words[language].sentences[key]


def _wrong(speech: Speech, rest: str) -> str:
    question, _, problem = rest.partition(":")
    own: Mapping[str, str] = {}
    if speech.conversation.active:
        own = speech.dialogs.question_words(
            speech.conversation.active, question, speech.language
        ).wrong
    general = speech.dialogs.service[speech.language].wrong
    return (
        own.get(problem)
        or (own.get("type") if problem in _TYPE_PROBLEMS else "")
        or general.get(problem, general["type"])
    )


_TYPE_PROBLEMS = frozenset({"type", "choice", "number", "date"})
"""Problems that mean `not of this type`: the question's own word for it serves."""


def _placeholders(speech: Speech, say: Say) -> dict[str, str]:
    filled = {
        "days": str(speech.facts.days),
        "draft_days": str(speech.facts.draft_days),
        "contact": speech.facts.contact,
        "link": speech.facts.privacy_link,
        "count": str(len(speech.conversation.questions)),
        "words": _service_words(speech),
        "example": "",
    }
    for name, value in say.params.items():
        filled[name] = _printed_param(speech, name, str(value))
    if say.parts:
        filled["list"] = "; ".join(_named(speech, part) for part in say.parts)
        filled["question"] = _short(speech, say.parts[0].question)
        filled["value"] = _value(speech, say.parts[0])
    return filled


def _printed_param(speech: Speech, name: str, value: str) -> str:
    service = speech.dialogs.service[speech.language]
    if name == "date":
        return printed_date(value, speech.language)
    if name == "word":
        return service.commands[value].say
    if name == "reference":
        return isolated(value, speech.language)
    return value


def _service_words(speech: Speech) -> str:
    commands = speech.dialogs.service[speech.language].commands
    words = [commands[name].say for name in _HELP_COMMANDS]
    return ("، " if speech.language == "ar" else ", ").join(words)


_HELP_COMMANDS: tuple[CommandName, ...] = (
    "back",
    "skip",
    "change",
    "help",
    "human",
    "pause",
    "continue",
    "cancel",
    "language",
    "privacy",
    "mydata",
    "delete",
    "status",
)


def _short(speech: Speech, question: str) -> str:
    if not speech.conversation.active:
        return question
    words = speech.dialogs.question_words(speech.conversation.active, question, speech.language)
    return words.short


def _value(speech: Speech, part: Part) -> str:
    if not speech.conversation.active:
        return str(part.value)
    return printed(
        speech.dialogs, speech.conversation.active, part.question, part.value, speech.language
    )


def _named(speech: Speech, part: Part) -> str:
    return f"{_short(speech, part.question)}: {_value(speech, part)}"


def _tell(speech: Speech, intent: str) -> None:
    told = speech.facts.answers(intent, speech.language)
    text = told.text.strip()
    if told.source:
        source = speech.sentences[f"source_{told.source}"]
        text = f"{text}\n{speech.sentences['source'].format(source=source)}"
    speech.add(text)


def _menu(speech: Speech) -> None:
    speech.add(speech.sentences["menu"])
    if speech.conversation.drafts:
        speech.command("continue")
    for name in _MENU_COMMANDS:
        speech.command(name)


_MENU_COMMANDS: tuple[CommandName, ...] = (
    "start",
    "question",
    "human",
    "help",
    "language",
    "privacy",
)


def _offer(speech: Speech, offer: Offer) -> None:
    sentences = speech.sentences
    text = {
        "cancel": "cancel",
        "delete": "delete",
        "which": "which",
        "answer": "meant",
        "change": "change_offer",
        "edited": "edited",
        "question_or_answer": "question_or_answer",
        "pass_on": "pass_on",
    }[offer.kind]
    if offer.kind == "pass_on" and len(speech.conversation.questions) >= _BUNDLE:
        text = "pass_on_several"
    speech.add(sentences[text].format(**_offer_words(speech, offer)))
    if offer.kind == "which" and offer.asked is not None:
        for hit in offer.asked.hits:
            title = speech.facts.answers(hit.intent, speech.language).title
            speech.button(hit.intent, title, OFFER)
    service = speech.dialogs.service[speech.language]
    for option, phrase in service.offers[offer.kind].items():
        speech.button(option, phrase.say, OFFER)


_BUNDLE = 3
"""From this many open questions on, they are offered to be passed on together."""


def _offer_words(speech: Speech, offer: Offer) -> dict[str, str]:
    words = {"count": str(len(speech.conversation.questions)), "text": ""}
    if offer.asked is not None:
        words["text"] = quoted_direction(offer.asked.text, speech.language)
    if offer.part is None:
        return words
    words["value"] = _value(speech, offer.part)
    words["question"] = _short(speech, offer.part.question)
    draft = speech.conversation.drafts.get(speech.conversation.active or "")
    old = draft.answers.get(offer.part.question) if draft else None
    words["old"] = (
        _value(speech, Part(offer.part.question, old.value, "")) if old is not None else ""
    )
    return words


def _status(speech: Speech) -> None:
    for record in speech.facts.records:
        speech.add(
            speech.sentences["status"].format(
                reference=isolated(record.reference, speech.language),
                date=printed_date(record.at.date().isoformat(), speech.language),
            )
        )
    for name in speech.conversation.drafts:
        speech.add(speech.sentences["status_draft"].format(title=_title(speech, name)))
    if not speech.facts.records and not speech.conversation.drafts:
        speech.add(speech.sentences["status_none"])


def _mydata(speech: Speech) -> None:
    blocks = []
    for name, draft in speech.conversation.drafts.items():
        title = _title(speech, name)
        values = {key: answer.value for key, answer in draft.answers.items()}
        values |= {key: answer.value for key, answer in draft.parked.items()}
        head = speech.sentences["mydata_draft"].format(title=title)
        blocks.append(_listed(speech, head, name, values))
    for record in speech.facts.records:
        head = speech.sentences["mydata_sent"].format(
            reference=isolated(record.reference, speech.language),
            date=printed_date(record.at.date().isoformat(), speech.language),
        )
        blocks.append(_listed(speech, head, record.dialog, record.values))
    told = "\n".join(blocks)
    blocks += [
        quoted_direction(f"„{question.text}“", speech.language)
        for question in speech.conversation.questions
        if question.text not in told
    ]
    if not blocks:
        speech.add(speech.sentences["mydata_none"])
        return
    speech.add(speech.sentences["mydata"])
    for block in blocks:
        speech.add(block)


def _title(speech: Speech, dialog: str) -> str:
    """What the dialog is called; its id where it is no longer there."""
    words = speech.dialogs.words.get(dialog)
    return words[speech.language].title if words else dialog


def _listed(speech: Speech, head: str, dialog: str, values: Mapping[str, Value]) -> str:
    lines = [head]
    for key, value in values.items():
        if dialog in speech.dialogs.dialogs and key in speech.dialogs.dialogs[dialog].by_id:
            short = speech.dialogs.question_words(dialog, key, speech.language).short
            shown = printed(speech.dialogs, dialog, key, value, speech.language)
            lines.append(f"{short}: {shown}")
    return "\n".join(lines)


_LANGUAGE_NAMES: Mapping[str, str] = {
    "de": "Deutsch",
    "fr": "Français",
    "ar": "العربية",
    "en": "English",
}
