"""A record as advisors read it: German labels (or English ones), the person's words untouched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kpbot.desk.login_pages import DeskLanguage
from kpbot.engine.dialog import Dialogs, Question
from kpbot.engine.printing import printed
from kpbot.model import Value

_OWN = frozenset({"text", "place", "email", "phone"})
"""Types whose value is what the person wrote."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer."""

    label: str
    value: str
    own: bool
    """The value is the person's own words."""
    language: str
    """In which they were written."""
    typed: str = ""
    """What the person typed, where the value says it otherwise."""


@dataclass(frozen=True, slots=True)
class Section:
    """Answers that belong together."""

    title: str
    answers: tuple[Shown, ...]


def sections(
    dialogs: Dialogs, record: Mapping[str, Any], language: DeskLanguage
) -> tuple[Section, ...]:
    """Every answer that was given, in the dialog's order."""
    dialog = dialogs.dialogs.get(record["dialog"])
    if dialog is None:
        return ()
    titles = dialogs.words[dialog.name][language].sections
    found: dict[str, list[Shown]] = {}
    for question in dialog.questions:
        if question.type != "consent" and record.get(question.id) is not None:
            shown = _shown(dialogs, dialog.name, question, record, language)
            found.setdefault(question.section, []).append(shown)
    return tuple(Section(titles.get(name, name), tuple(each)) for name, each in found.items())


def not_given(
    dialogs: Dialogs, record: Mapping[str, Any], language: DeskLanguage
) -> tuple[str, ...]:
    """What was asked and left open."""
    dialog = dialogs.dialogs.get(record["dialog"])
    if dialog is None:
        return ()
    return tuple(
        dialogs.question_words(dialog.name, question.id, language).short
        for question in dialog.questions
        if question.id in record and record[question.id] is None
    )


def flags(dialogs: Dialogs, record: Mapping[str, Any], language: DeskLanguage) -> tuple[str, ...]:
    """The hints; open questions have a place of their own."""
    words = dialogs.words.get(record["dialog"])
    said = words[language].flags if words is not None else {}
    return tuple(
        said.get(flag, flag) for flag in record.get("flags", ()) if flag != "unanswered_questions"
    )


def option(dialogs: Dialogs, record: Mapping[str, Any], name: str, language: DeskLanguage) -> str:
    """A choice of the record in words; empty where there is none."""
    value = record.get(name)
    dialog = dialogs.dialogs.get(record["dialog"])
    if value in (None, [], "") or dialog is None or name not in dialog.by_id:
        return ""
    return printed(dialogs, dialog.name, name, _value(value), language)


def topic(dialogs: Dialogs, record: Mapping[str, Any], language: DeskLanguage) -> str:
    """What it is about, in few words: the topics, else the kind of enquiry."""
    words = dialogs.words.get(record["dialog"])
    title = words[language].title if words is not None else str(record["dialog"])
    return option(dialogs, record, "topics", language) or title


def desk_title(dialogs: Dialogs, desk: str, language: DeskLanguage) -> str:
    """What the desk is called; its id where no dialog knows it."""
    for words in dialogs.words.values():
        if desk in words[language].outcomes:
            return words[language].outcomes[desk]
    return desk


def text_of(record: Mapping[str, Any], name: str) -> str:
    """A text of the record; empty where there is none."""
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _shown(
    dialogs: Dialogs,
    dialog: str,
    question: Question,
    record: Mapping[str, Any],
    language: DeskLanguage,
) -> Shown:
    value = record[question.id]
    words = record.get("words", {}).get(question.id, {})
    label = dialogs.question_words(dialog, question.id, language).short
    spoken = str(words.get("language", record["language"]))
    typed = str(words.get("text", ""))
    if question.type in _OWN and isinstance(value, str):
        return Shown(label, value, True, spoken, typed if _differs(typed, value) else "")
    text = printed(dialogs, dialog, question.id, _value(value), language)
    return Shown(label, text, False, spoken, typed if _differs(typed, text) else "")


def _differs(typed: str, shown: str) -> bool:
    return bool(typed.strip()) and typed.strip().casefold() != shown.strip().casefold()


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value
