"""Questions and guards in short words, as pictures show them."""

from __future__ import annotations

from typing import assert_never

from kpbot.engine.dialog import DialogWords, Question
from kpbot.engine.guards import All, AnyOf, AtLeast, Below, Guard, Has, HasAnswer, Is, IsNot


def short(question: str, words: DialogWords) -> str:
    """The question's short name; its id where it has none."""
    found = words.questions.get(question)
    return (found.short if found else "") or question


def option_labels(question: Question, words: DialogWords) -> list[str]:
    """What the options are called, in order."""
    return [option_label(question.id, option, words) for option in question.of]


def option_label(question: str, option: str, words: DialogWords) -> str:
    """What the option is called; its id where it has no words."""
    found = words.questions.get(question)
    phrase = found.options.get(option) if found else None
    return phrase.say if phrase else option


def bounds(question: Question) -> str:
    """The type with its bounds and marks."""
    low, high = question.minimum, question.maximum
    limits = ""
    if low is not None or high is not None:
        limits = (
            f" {low}–{high}" if None not in (low, high) else f" {low}+" if low else f" ≤ {high}"
        )
    marks = [name for name in ("private", "keep", "cut") if getattr(question, name)]
    return " · ".join([f"{question.type}{limits}", *marks])


def condition(guard: Guard, words: DialogWords) -> str:
    """The guard in words: `Country = Egypt or Algeria and E-mail answered`."""
    match guard:
        case Is(name, values):
            return f"{short(name, words)} = {_values(name, values, words)}"
        case IsNot(name, values):
            return f"{short(name, words)} is not {_values(name, values, words)}"
        case Has(name, values):
            return f"{short(name, words)} ∋ {_values(name, values, words)}"
        case AtLeast(name, limit):
            return f"{short(name, words)} ≥ {limit}"
        case Below(name, limit):
            return f"{short(name, words)} < {limit}"
        case HasAnswer(name, expected):
            return f"{short(name, words)} {'answered' if expected else 'not answered'}"
        case All(guards):
            return " and ".join(_bracketed(part, words) for part in guards)
        case AnyOf(guards):
            return " or ".join(_bracketed(part, words) for part in guards)
        case _:
            assert_never(guard)


def _bracketed(guard: Guard, words: DialogWords) -> str:
    text = condition(guard, words)
    return f"({text})" if isinstance(guard, All | AnyOf) else text


def _values(question: str, values: tuple[str | bool, ...], words: DialogWords) -> str:
    shown = (
        ("yes" if value else "no")
        if isinstance(value, bool)
        else option_label(question, value, words)
        for value in values
    )
    return " / ".join(shown)
