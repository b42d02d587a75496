"""A draft becomes a record: exactly the questions that apply, typed values, the person's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpbot.engine.dialog import Dialog
from kpbot.engine.guards import holds
from kpbot.engine.place import walk
from kpbot.model import Conversation, Draft, Language, OpenQuestion, Submit, Value


def freeze(
    dialog: Dialog, submit: Submit, conversation: Conversation, flags: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The record as JSON: field ids with typed values, then what belongs to it.

    Fields that apply and were skipped are null; parked answers are left out. `flags` are hints
    found outside the answers; guards of the dialog and open questions add theirs. `words` holds
    what the person typed, untouched, with the language of the chat at that time.
    """
    language: Language = conversation.language or "de"
    values = walk(dialog, submit.draft).values
    record: dict[str, Any] = {}
    for name, value in values.items():
        question = dialog.by_id[name]
        if value is None and question.default_language:
            value = language  # noqa: PLW2901 (the default stands for the answer)
        record[name] = list(value) if isinstance(value, tuple) else value
    return record | {
        "summary_confirmed": submit.complete,
        "reference": submit.reference,
        "dialog": dialog.name,
        "version": dialog.version,
        "language": language,
        "outcome": submit.outcome,
        "flags": _flags(dialog, values, submit.questions, flags),
        "unanswered": [_open_question(question) for question in submit.questions],
        "consent_given": _consent(dialog, submit.draft),
        "words": {
            name: {"text": answer.typed, "language": answer.language}
            for name, answer in submit.draft.answers.items()
            if name in values and answer.typed
        },
    }


def _flags(
    dialog: Dialog,
    values: Mapping[str, Value],
    questions: tuple[OpenQuestion, ...],
    found: tuple[str, ...],
) -> list[str]:
    flags = [flag.id for flag in dialog.flags if holds(flag.when, values)]
    flags += found
    if questions:
        flags.append("unanswered_questions")
    return flags


def _open_question(question: OpenQuestion) -> dict[str, Any]:
    return {
        "text": question.text,
        "intent": question.intent,
        "known": question.known,
        "language": question.language,
    }


def _consent(dialog: Dialog, draft: Draft) -> dict[str, Any] | None:
    for question in dialog.questions:
        answer = draft.answers.get(question.id)
        if question.type == "consent" and answer is not None:
            return {
                "revision": answer.revision,
                "language": answer.language,
                "at": answer.at.isoformat(),
            }
    return None
