"""What the checks look at: everything that was loaded, with the places it came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kpbot.content.dialogs import Sources, load_sources
from kpbot.content.faq import AskedEntry, FaqEntry, load_asked, load_faq
from kpbot.content.problems import Problem
from kpbot.engine.dialog import Dialog, Dialogs
from kpbot.engine.guards import All, AnyOf, AtLeast, Below, Guard, Has, HasAnswer, Is, IsNot
from kpbot.model import Language

Atom = Is | IsNot | Has | AtLeast | Below | HasAnswer
"""A guard that names one question."""
LANGUAGE_NAMES: Mapping[Language, str] = {
    "de": "German",
    "fr": "French",
    "ar": "Arabic",
    "en": "English",
}


@dataclass(frozen=True, slots=True)
class Content:
    """Dialogs, words, FAQ and locks."""

    sources: Sources
    faq: tuple[FaqEntry, ...] = ()
    asked: tuple[AskedEntry, ...] = ()
    faq_folder: str = ""
    """Where a missing entry would belong; empty: there is no FAQ to look at."""
    locks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Dialog → what its last release stored."""

    @property
    def dialogs(self) -> Dialogs:
        """All dialogs and all words."""
        return self.sources.dialogs


Check = Callable[[Content], Iterator[Problem]]
"""Yields every problem of its kind; it never raises and changes nothing."""


def load_content(folder: Path) -> tuple[Content, tuple[Problem, ...]]:
    """Everything below `dialogs` and `faq`, and what could not be loaded."""
    sources = load_sources(folder / "dialogs")
    faq, faq_problems = load_faq(folder / "faq")
    asked, asked_problems = load_asked(folder / "faq")
    locks, lock_problems = _locks(folder / "dialogs", sources.dialogs)
    content = Content(sources, faq, asked, str(folder / "faq"), locks)
    return content, (*sources.problems, *faq_problems, *asked_problems, *lock_problems)


def _locks(
    folder: Path, dialogs: Dialogs
) -> tuple[dict[str, Mapping[str, Any]], tuple[Problem, ...]]:
    """The lock of every dialog that was released; no file is no problem."""
    locks: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for name in dialogs.dialogs:
        path = folder / name / "lock.json"
        if not path.exists():
            continue
        try:
            lock = json.loads(path.read_text("utf-8"))
            locks[name] = {**lock, "questions": {**lock["questions"]}}
        except (OSError, ValueError, KeyError, TypeError):
            sentence = "The lock cannot be read: restore it from the last release."
            problems.append(Problem(str(path), 1, sentence))
    return locks, tuple(problems)


def guards_of(dialog: Dialog) -> Iterator[tuple[Guard, int, str, int]]:
    """Every guard, the number of questions before it, what it belongs to, and its line."""
    for position, question in enumerate(dialog.questions):
        name, line = f'"{question.id}"', question.line
        if question.when is not None:
            yield question.when, position, f"the guard of {name}", line
        if not isinstance(question.optional, bool):
            yield question.optional, position, f'"optional" of {name}', line
        for guard, _ in question.implied:
            yield guard, position, f'"implied" of {name}', line
    last = len(dialog.questions)
    for flag in dialog.flags:
        yield flag.when, last, f'the flag "{flag.id}"', flag.line
    for outcome in dialog.outcomes:
        if outcome.when is not None:
            yield outcome.when, last, f'the outcome "{outcome.to}"', outcome.line


def atoms_of(guard: Guard) -> Iterator[Atom]:
    """The parts of the guard that name one question each."""
    if isinstance(guard, All | AnyOf):
        for part in guard.guards:
            yield from atoms_of(part)
    else:
        yield guard
