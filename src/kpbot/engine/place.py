"""Where a draft stands. It is computed from the dialog and the answers, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kpbot.engine.dialog import Dialog, Question
from kpbot.engine.guards import holds
from kpbot.model import Answer, Draft, Value


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk through the dialog with the answers of a draft."""

    values: Mapping[str, Value]
    """Answers that apply, in the dialog's order: given, implied, or None where skipped."""
    applying: tuple[str, ...]
    """Questions that apply, in order."""
    open: tuple[str, ...]
    """Those of them without an answer."""
    skippable: frozenset[str]
    """Those of them that may be skipped."""


def walk(dialog: Dialog, draft: Draft) -> Walk:
    """What applies, what is answered and what is open, by one walk in the dialog's order."""
    values: dict[str, Value] = {}
    applying: list[str] = []
    open_: list[str] = []
    skippable: set[str] = set()
    for question in dialog.questions:
        if question.when is not None and not holds(question.when, values):
            continue
        applying.append(question.id)
        optional = is_optional(question, values)
        if optional:
            skippable.add(question.id)
        answer = draft.answers.get(question.id)
        if answer is not None and (answer.value is not None or optional):
            values[question.id] = answer.value
        elif (implied := implied_value(question, values)) is not None:
            values[question.id] = implied
        elif optional and draft.brief and not question.essential:
            values[question.id] = None
        else:
            open_.append(question.id)
    return Walk(values, tuple(applying), tuple(open_), frozenset(skippable))


def place(dialog: Dialog, draft: Draft) -> str | None:
    """The question that waits: the focus if it applies, else the first open one; None: review."""
    walked = walk(dialog, draft)
    if draft.focus is not None and draft.focus in walked.applying:
        return draft.focus
    return walked.open[0] if walked.open else None


def is_optional(question: Question, values: Mapping[str, Value]) -> bool:
    """Whether the question may be skipped, given the answers before it."""
    if isinstance(question.optional, bool):
        return question.optional
    return holds(question.optional, values)


def implied_value(question: Question, values: Mapping[str, Value]) -> Value:
    """The answer that follows from the answers before it; None: nothing follows."""
    for guard, value in question.implied:
        if holds(guard, values):
            return value
    return None


def park(dialog: Dialog, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """The draft with the answers that apply no more parked, and the questions newly parked.

    A consent is parked like any answer; skipped questions are dropped, there is nothing to keep.
    """
    applying = set(walk(dialog, draft).applying)
    gone = {key: answer for key, answer in draft.answers.items() if key not in applying}
    if not gone:
        return draft, ()
    kept = {key: answer for key, answer in draft.answers.items() if key in applying}
    worth = {key: answer for key, answer in gone.items() if answer.value is not None}
    return replace(draft, answers=kept, parked={**draft.parked, **worth}), tuple(worth)


def put(draft: Draft, question: str, answer: Answer) -> Draft:
    """The draft with this answer as its newest; a parked one of the question is gone."""
    trail = (*(item for item in draft.trail if item != question), question)
    parked = {key: kept for key, kept in draft.parked.items() if key != question}
    focus = None if draft.focus == question else draft.focus
    return replace(
        draft,
        answers={**draft.answers, question: answer},
        parked=parked,
        trail=trail,
        focus=focus,
    )
