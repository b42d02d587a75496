"""Sentences with their placeholders filled."""

from __future__ import annotations

from collections.abc import Mapping

from kpbot.engine.printing import isolated, joined, printed, printed_date, quoted_direction
from kpbot.engine.utterance import Speech
from kpbot.model import LANGUAGES, CommandName, Part, Say


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
    if key in {"privacy_link", "controller", "protection_officer"}:
        return bool(getattr(speech.facts, key))
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
        "chat_days": str(speech.facts.chat_days),
        "controller": speech.facts.controller,
        "officer": speech.facts.protection_officer,
        "contact": speech.facts.contact,
        "link": speech.facts.privacy_link,
        "count": str(len(speech.conversation.questions)),
        "words": _service_words(speech),
        "example": "",
    }
    for name, value in say.params.items():
        filled[name] = _printed_param(speech, name, str(value))
    if say.parts:
        filled["list"] = joined((_named(speech, part) for part in say.parts), speech.language)
        filled["question"] = short_name(speech, say.parts[0].question)
        filled["value"] = printed_part(speech, say.parts[0])
    return filled


def _printed_param(speech: Speech, name: str, value: str) -> str:
    service = speech.dialogs.service[speech.language]
    if name == "date":
        return printed_date(value, speech.language)
    if name == "word":
        return service.commands[value].say
    if name == "reference":
        return isolated(value, speech.language)
    if name == "name":
        return quoted_direction(value, speech.language)
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


def short_name(speech: Speech, question: str) -> str:
    """What the question of the active dialog is called."""
    if not speech.conversation.active:
        return question
    words = speech.dialogs.question_words(speech.conversation.active, question, speech.language)
    return words.short


def printed_part(speech: Speech, part: Part) -> str:
    """The value of an answer of the active dialog, as people read it."""
    if not speech.conversation.active:
        return str(part.value)
    return printed(
        speech.dialogs, speech.conversation.active, part.question, part.value, speech.language
    )


def _named(speech: Speech, part: Part) -> str:
    return f"{short_name(speech, part.question)}: {printed_part(speech, part)}"
