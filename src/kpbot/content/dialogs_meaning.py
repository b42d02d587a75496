"""What a dialog means, as plain data: its version, and the lock that a release stores."""

from __future__ import annotations

import hashlib
import json
from typing import Any, assert_never

from kpbot.engine.dialog import Dialog, Question
from kpbot.engine.guards import All, AnyOf, AtLeast, Below, Guard, Has, HasAnswer, Is, IsNot


def version_of(dialog: Dialog) -> str:
    """Twelve hex digits that change with the meaning, and only with it: no words, no lines."""
    meaning = {
        "questions": [_question(question) for question in dialog.questions],
        "outcomes": [[outcome.to, guard_data(outcome.when)] for outcome in dialog.outcomes],
        "flags": [[flag.id, guard_data(flag.when)] for flag in dialog.flags],
    }
    canonical = json.dumps(meaning, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def dialogs_lock(dialog: Dialog) -> dict[str, Any]:
    """What a release stores in lock.json: enough to see that a published id changed its meaning."""
    return {
        "dialog": dialog.name,
        "version": dialog.version,
        "questions": {
            question.id: {
                "type": question.type,
                "of": list(question.of),
                "rev": question.revision,
            }
            for question in dialog.questions
        },
    }


def guard_data(guard: Guard | None) -> Any:
    """The guard as lists of words and numbers."""
    match guard:
        case None:
            return None
        case Is(question, values):
            return ["is", question, list(values)]
        case IsNot(question, values):
            return ["not", question, list(values)]
        case Has(question, words):
            return ["has", question, list(words)]
        case AtLeast(question, limit):
            return ["gte", question, limit]
        case Below(question, limit):
            return ["lt", question, limit]
        case HasAnswer(question, expected):
            return ["answered", question, expected]
        case All(guards):
            return ["all", [guard_data(part) for part in guards]]
        case AnyOf(guards):
            return ["any", [guard_data(part) for part in guards]]
        case _:
            assert_never(guard)


def _question(question: Question) -> dict[str, Any]:
    optional = question.optional
    return {
        "id": question.id,
        "type": question.type,
        "of": list(question.of),
        "when": guard_data(question.when),
        "optional": optional if isinstance(optional, bool) else guard_data(optional),
        "implied": [[guard_data(guard), value] for guard, value in question.implied],
        "bounds": [question.minimum, question.maximum],
        "exclusive": list(question.exclusive),
        "other": [question.other, question.other_text],
        "text": [question.cut, question.keep, question.essential, question.default_language],
        "rev": question.revision,
        "was": question.was,
    }
