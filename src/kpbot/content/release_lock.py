"""The file lock.json: what every published version of a dialog asked, kept for the next one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kpbot.content.dialogs_meaning import guard_data
from kpbot.engine.dialog import Dialog, DialogWords, Edition, Question
from kpbot.model import Language, QuestionType

LOCK = "lock.json"
_HASH = 8
"""Hex digits that tell one wording from another."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a published id means: everything about the question but its words and its place."""

    type: QuestionType
    of: tuple[str, ...] = ()
    when: Any = None
    """Guards are lists of words and numbers, as `guard_data` makes them."""
    optional: Any = False
    implied: tuple[tuple[Any, Any], ...] = ()
    """Guard and value; several words are a list."""
    minimum: int | None = None
    maximum: int | None = None
    exclusive: tuple[str, ...] = ()
    other: str | None = None
    other_text: str | None = None
    cut: bool = False
    keep: bool = False
    essential: bool = False
    default_language: bool = False
    rev: int = 1
    was: str | None = None
    formerly: tuple[str, ...] = ()
    """Ids before `was`, newest first."""


@dataclass(frozen=True, slots=True)
class Version:
    """One published version."""

    version: str
    date: str
    """ISO 8601."""
    questions: Mapping[str, Meaning]
    """In the order in which they are asked."""
    outcomes: tuple[tuple[str, Any], ...] = ()
    flags: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Lock:
    """What was published, up to the last release."""

    dialog: str
    version: str
    date: str = ""
    questions: Mapping[str, Meaning] = field(default_factory=dict)
    outcomes: tuple[tuple[str, Any], ...] = ()
    flags: tuple[tuple[str, Any], ...] = ()
    retired: tuple[str, ...] = ()
    """Ids that were published once and are gone, and options as `question.option`."""
    words: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    """Question id, or empty for the dialog's own words → language → hash of the wording."""
    earlier: tuple[Version, ...] = ()
    """Newest first."""

    @property
    def last(self) -> Version:
        """The last published version."""
        return Version(self.version, self.date, self.questions, self.outcomes, self.flags)


def lock_of(edition: Edition, before: Lock | None, on: date) -> Lock:
    """The lock after the edition was published on the day, on top of what was published before.

    The same version again changes only the words.
    """
    dialog = edition.dialog
    questions = {question.id: meaning_of(question) for question in dialog.questions}
    fresh = Lock(
        dialog=dialog.name,
        version=dialog.version,
        date=on.isoformat(),
        questions=questions,
        outcomes=tuple((each.to, guard_data(each.when)) for each in dialog.outcomes),
        flags=tuple((each.id, guard_data(each.when)) for each in dialog.flags),
        retired=tuple(sorted(dialog.retired)),
        words=wording(edition.words),
    )
    if before is None:
        return fresh
    retired = tuple(sorted({*fresh.retired, *before.retired, *_gone(before, questions)}))
    questions = {
        name: replace(each, formerly=_formerly(name, each.was, before))
        for name, each in questions.items()
    }
    fresh = replace(fresh, questions=questions, retired=retired, earlier=before.earlier)
    if before.version == fresh.version:
        return replace(fresh, date=before.date)
    return replace(fresh, earlier=(before.last, *before.earlier))


def meaning_of(question: Question) -> Meaning:
    """What the question means, as the lock keeps it."""
    optional = question.optional
    return Meaning(
        type=question.type,
        of=question.of,
        when=guard_data(question.when),
        optional=optional if isinstance(optional, bool) else guard_data(optional),
        implied=tuple(
            (guard_data(guard), list(value) if isinstance(value, tuple) else value)
            for guard, value in question.implied
        ),
        minimum=question.minimum,
        maximum=question.maximum,
        exclusive=question.exclusive,
        other=question.other,
        other_text=question.other_text,
        cut=question.cut,
        keep=question.keep,
        essential=question.essential,
        default_language=question.default_language,
        rev=question.revision,
        was=question.was,
        formerly=question.formerly,
    )


def wording(words: Mapping[Language, DialogWords]) -> dict[str, dict[Language, str]]:
    """A hash of the words of each question in each language, and of the dialog's own."""
    found: dict[str, dict[Language, str]] = {}
    for language, every in words.items():
        own = asdict(replace(every, questions={}))
        found.setdefault("", {})[language] = _hashed(own)
        for name, said in every.questions.items():
            found.setdefault(name, {})[language] = _hashed(asdict(said))
    return found


def read_lock(data: object) -> Lock | None:
    """The lock that was kept; None where the data are none."""
    try:
        lock: Lock = _adapter().validate_python(data)
    except ValidationError:
        return None
    return lock


def load_lock(folder: Path) -> Lock | None:
    """The lock of the dialog's folder; None where there is none that can be read."""
    try:
        return read_lock(json.loads((folder / LOCK).read_text("utf-8")))
    except (OSError, ValueError):
        return None


def lock_text(lock: Lock) -> str:
    """The lock as a file: a question a line, so that a release is a readable difference."""
    data = _adapter().dump_python(lock, mode="json", exclude_defaults=True)
    return _written(data, "") + "\n"


def with_formerly(dialog: Dialog, lock: Lock | None) -> Dialog:
    """The dialog whose questions know every id they had in the versions before."""
    if lock is None:
        return dialog
    questions = tuple(
        replace(each, formerly=_formerly(each.id, each.was, lock)) for each in dialog.questions
    )
    return replace(dialog, questions=questions)


def _formerly(name: str, was: str | None, before: Lock) -> tuple[str, ...]:
    """Ids before `was`, newest first, as the lock knows them."""
    if was is None:
        return ()
    renamed = before.questions.get(was)
    if renamed is not None:  # by the release that is to come
        return renamed.formerly if renamed.was is None else (renamed.was, *renamed.formerly)
    known = before.questions.get(name)
    return known.formerly if known is not None else ()


def _gone(before: Lock, questions: Mapping[str, Meaning]) -> Iterable[str]:
    """What was published and is not asked any more, options as `question.option`."""
    for name, meaning in before.questions.items():
        now = questions.get(name)
        if now is None:
            yield name
        elif now.type == meaning.type:
            yield from (f"{name}.{option}" for option in meaning.of if option not in now.of)


def _hashed(words: Any) -> str:
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:_HASH]


_OPEN = 2
"""Depth down to which mappings are opened: to the questions."""


def _written(data: Any, indent: str, depth: int = 0) -> str:
    inner = indent + "  "
    if isinstance(data, dict) and depth < _OPEN and data:
        lines = (
            f"{inner}{json.dumps(k)}: {_written(v, inner, depth + 1)}" for k, v in data.items()
        )
        return "{\n" + ",\n".join(lines) + f"\n{indent}" + "}"
    if isinstance(data, list) and any(isinstance(each, dict) for each in data):
        lines = (inner + _written(each, inner) for each in data)
        return "[\n" + ",\n".join(lines) + f"\n{indent}]"
    return json.dumps(data, ensure_ascii=False)


@cache
def _adapter() -> TypeAdapter[Lock]:
    return TypeAdapter(Lock)
