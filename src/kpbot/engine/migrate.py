"""A dialog changed under an open draft: what still fits is kept, the rest is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpbot.engine.dialog import Dialog, Question
from kpbot.engine.place import park, walk
from kpbot.model import Answer, Draft, Value


def migrate(dialog: Dialog, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """The draft under the present dialog, and the questions that must be answered again.

    An answer is kept when its question still takes it, carried over from the id the question
    had before (`was`), and otherwise dropped. What applies no more is parked. An answer to an
    older revision of its question never counts.
    """
    if draft.version == dialog.version:
        return draft, ()
    kept: dict[str, Answer] = {}
    parked: dict[str, Answer] = {}
    again: list[str] = []  # what was answered: those that are open now are left
    for question in dialog.questions:
        answer, was_parked = _earlier(question, draft)
        if answer is None:
            continue
        if not was_parked:
            again.append(question.id)
        if not _still_counts(question, answer):
            continue
        (parked if was_parked else kept)[question.id] = answer
    former = {name: each.id for each in dialog.questions for name in each.former}
    trail = tuple(name for item in draft.trail if (name := former.get(item, item)) in kept)
    focus = former.get(draft.focus, draft.focus) if draft.focus else None
    moved = replace(
        draft,
        version=dialog.version,
        answers=kept,
        parked=parked,
        trail=trail,
        focus=focus if focus in dialog.by_id else None,
    )
    moved, _ = park(dialog, moved)
    walked = walk(dialog, moved)
    lost = {name for name in walked.applying if name not in moved.answers} | {*walked.open}
    return moved, tuple(name for name in again if name in lost)


def takes(question: Question, value: Value) -> bool:
    """Whether the question, as it is now, could have been given this value."""
    if value is None:
        return question.optional is not False
    match question.type:
        case "consent" | "yesno":
            return isinstance(value, bool)
        case "choice":
            return value in question.of
        case "choices":
            return isinstance(value, tuple) and _can_choose(question, value)
        case "number" | "year":
            return _in_range(question, value) or (question.keep and isinstance(value, str))
        case "date":
            return isinstance(value, str) and _is_date(value)
        case "text" | "place":
            return isinstance(value, str) and _length_fits(question, value)
        case _:
            return isinstance(value, str)


def _earlier(question: Question, draft: Draft) -> tuple[Answer | None, bool]:
    for name in (question.id, *question.former):
        if name in draft.answers:
            return draft.answers[name], False
        if name in draft.parked:
            return draft.parked[name], True
    return None, False


def _still_counts(question: Question, answer: Answer) -> bool:
    if answer.value is not None and answer.revision < question.revision:
        return False  # a question left open was left open, whatever it meant
    return takes(question, answer.value)


def _can_choose(question: Question, chosen: tuple[str, ...]) -> bool:
    alone = len(chosen) > 1 and any(option in question.exclusive for option in chosen)
    most = question.maximum or len(question.of)
    count_fits = (question.minimum or 1) <= len(chosen) <= most
    return count_fits and not alone and all(option in question.of for option in chosen)


def _length_fits(question: Question, text: str) -> bool:
    above = question.minimum is None or len(text) >= question.minimum
    return above and (question.cut or question.maximum is None or len(text) <= question.maximum)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _in_range(question: Question, value: Value) -> bool:
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    above = question.minimum is None or value >= question.minimum
    below = question.maximum is None or value <= question.maximum
    return above and below
