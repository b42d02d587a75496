"""What the statistics say: from cases and counts, without anything a person said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from kpbot.cases import Case
from kpbot.engine.dialog import Dialogs
from kpbot.model import LANGUAGES
from kpbot.store.counts import Total

FEW = 5
"""A number of people below this is not shown: it could tell who they were."""
BANDS: Mapping[str, timedelta] = {
    "hours_4": timedelta(hours=4),
    "hours_24": timedelta(days=1),
    "days_2": timedelta(days=2),
    "days_5": timedelta(days=5),
    "later": timedelta.max,
}
"""Times to the first answer, by the clock."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases of a period."""

    opened: int
    closed: int
    still_open: int
    overdue: int
    bands: Mapping[str, int]
    """How many got their first answer how soon; those without one under `none`."""
    median: timedelta | None
    """To the first answer."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel; None: fewer than `FEW`."""

    id: str
    asked: int | None
    answered: int | None
    missed: int | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """How far people come in a dialog, in one language."""

    dialog: str
    language: str
    begun: int | None
    steps: tuple[Step, ...]
    submitted: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """How often a known question was answered; None: fewer than `FEW`, but not never."""

    intent: str
    answered: int | None
    partly: int | None
    unanswered: int | None


def of_cases(cases: Iterable[Case], at: datetime) -> Cases:
    """The figures of the cases of a period."""
    every = tuple(cases)
    times = [case.answered - case.opened for case in every if case.answered is not None]
    bands = dict.fromkeys(BANDS, 0)
    for time in times:
        bands[next(name for name, most in BANDS.items() if time <= most)] += 1
    closed = sum(case.state == "closed" for case in every)
    return Cases(
        opened=len(every),
        closed=closed,
        still_open=len(every) - closed,
        overdue=sum(case.is_overdue(at) for case in every),
        bands={**bands, "none": len(every) - len(times)},
        median=median_low(times) if times else None,
    )


def funnels(totals: Iterable[Total], dialogs: Dialogs) -> tuple[Funnel, ...]:
    """One a dialog and language in which anybody began."""
    numbers: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for each in totals:
        value = "" if each.name == "submitted" else each.value
        numbers[each.dialog, each.language][each.name, value] += each.number
    return tuple(
        _funnel(name, language, numbers[name, language], dialogs)
        for name in dialogs.dialogs
        for language in LANGUAGES
        if numbers[name, language]["begun", ""]
    )


def questions(totals: Iterable[Total]) -> tuple[Question, ...]:
    """The questions that people asked, those without an answer first."""
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    for each in totals:
        if each.name.startswith("faq_"):
            numbers[each.value][each.name] += each.number
    order = sorted(
        numbers,
        key=lambda intent: (
            -numbers[intent]["faq_unanswered"],
            -numbers[intent]["faq_partly"],
            -numbers[intent]["faq_answered"],
            intent,
        ),
    )
    return tuple(
        Question(
            intent,
            shown(numbers[intent]["faq_answered"]),
            shown(numbers[intent]["faq_partly"]),
            shown(numbers[intent]["faq_unanswered"]),
        )
        for intent in order
    )


def shown(number: int) -> int | None:
    """The number; None where it is so small that it could tell who they were."""
    return None if 0 < number < FEW else number


def _funnel(
    dialog: str, language: str, numbers: Counter[tuple[str, str]], dialogs: Dialogs
) -> Funnel:
    steps = tuple(
        Step(
            question.id,
            shown(numbers["asked", question.id]),
            shown(numbers["answered", question.id] + numbers["skipped", question.id]),
            shown(numbers["missed", question.id]),
        )
        for question in dialogs.dialogs[dialog].questions
        if numbers["asked", question.id] or numbers["answered", question.id]
    )
    return Funnel(
        dialog,
        language,
        shown(numbers["begun", ""]),
        steps,
        shown(numbers["submitted", ""]),
    )
