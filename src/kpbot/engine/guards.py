"""Guards: when a question applies. True only on the strength of answers given that still apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from kpbot.model import Value


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is one of the values (`q: value`, `q: [a, b]`)."""

    question: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class IsNot:
    """There is an answer and it is none of the values (`q: {not: …}`)."""

    question: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """The multi-select holds at least one of the values (`q: {has: …}`)."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The number is not below the limit (`q: {gte: n}`)."""

    question: str
    limit: int


@dataclass(frozen=True, slots=True)
class Below:
    """The number is below the limit (`q: {lt: n}`)."""

    question: str
    limit: int


@dataclass(frozen=True, slots=True)
class HasAnswer:
    """The question was answered (`q: {answered: yes}`), or was skipped (`no`)."""

    question: str
    expected: bool = True


@dataclass(frozen=True, slots=True)
class All:
    """Every guard holds (`all: […]`, or several keys beside each other)."""

    guards: tuple[Guard, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One guard holds (`any: […]`)."""

    guards: tuple[Guard, ...]


Guard = Is | IsNot | Has | AtLeast | Below | HasAnswer | All | AnyOf


def holds(guard: Guard, values: Mapping[str, Value]) -> bool:
    """Whether the guard holds; `values` has the answers that apply, None where skipped."""
    match guard:
        case Is(question, wanted):
            return values.get(question) is not None and values[question] in wanted
        case IsNot(question, unwanted):
            return values.get(question) is not None and values[question] not in unwanted
        case Has(question, wanted):
            value = values.get(question)
            return isinstance(value, tuple) and any(item in wanted for item in value)
        case AtLeast(question, limit):
            value = values.get(question)
            return _is_number(value) and value >= limit  # type: ignore[operator]
        case Below(question, limit):
            value = values.get(question)
            return _is_number(value) and value < limit  # type: ignore[operator]
        case HasAnswer(question, expected):
            return question in values and (values[question] is not None) == expected
        case All(guards):
            return all(holds(part, values) for part in guards)
        case AnyOf(guards):
            return any(holds(part, values) for part in guards)
        case _:
            assert_never(guard)


def named(guard: Guard) -> Iterator[str]:
    """Every question the guard names, in order, repeats included."""
    match guard:
        case All(guards) | AnyOf(guards):
            for part in guards:
                yield from named(part)
        case _:
            yield guard.question


def _is_number(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
