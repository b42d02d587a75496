"""What a release changes for those who are in the middle of a dialog, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from kpbot.content.checks_content import LANGUAGE_NAMES
from kpbot.content.dialogs_meaning import guard_data
from kpbot.content.release_lock import Lock, Meaning, meaning_of, wording
from kpbot.content.strict import Table
from kpbot.engine.dialog import Dialog, Edition, Question
from kpbot.model import Language

Kind = Literal["text", "adds", "narrows", "breaks"]
KINDS: tuple[Kind, ...] = ("text", "adds", "narrows", "breaks")
"""From the harmless to the refused.

text: other words. adds: more is asked or possible, and every answer still counts. narrows: who
gave one of some answers is asked again, or it is set aside. breaks: what is stored under an id
would be misread.
"""

_WAY_OUT = 'raise "rev", or give it a new id'


@dataclass(frozen=True, slots=True)
class Change:
    """One change, for the person who made it."""

    file: str
    line: int
    """Counted from 1."""
    kind: Kind
    sentence: str
    code: str = ""
    """The lint that refuses it."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.kind}: {self.sentence}"


def classify(
    old: Lock, new: Edition, files: Mapping[Language, tuple[str, Table]] | None = None
) -> tuple[Change, ...]:
    """Every change since the release, by file and line; none: nothing changed.

    Without words in `new`, words are not compared. `files` tells where each language's words
    stand: file name and tree.
    """
    found = [*_breaks(old, new.dialog), *_meanings(old, new.dialog)]
    if new.words:
        found += _texts(old, new, files or {})
    return tuple(sorted(found, key=_worst_first))


def _worst_first(change: Change) -> tuple[str, int, int, str]:
    """By place; at one place the worst first."""
    return change.file, change.line, -KINDS.index(change.kind), change.sentence


def _breaks(old: Lock, dialog: Dialog) -> Iterator[Change]:
    """What must not be: an id means something else, or is gone or back without a word."""
    carried: set[str] = set()
    for question in dialog.questions:
        for code, sentence in (
            *_wrong_carry(old, dialog, question, carried),
            *_wrong_reuse(old, dialog, question),
        ):
            yield Change(dialog.file, question.line, "breaks", sentence, code)
        carried.add(question.was or "")
    kept = {*dialog.by_id, *dialog.retired, *(question.was for question in dialog.questions)}
    for gone in sorted(old.questions.keys() - kept):
        sentence = f'"{gone}" was published and is gone: retire it or name it in "was".'
        yield Change(dialog.file, 1, "breaks", sentence, "D15")


def _wrong_carry(
    old: Lock, dialog: Dialog, question: Question, carried: Set[str]
) -> Iterator[tuple[str, str]]:
    """Answers that would be carried over to where they mean something else."""
    name, was = question.id, question.was
    if was is None:
        return
    former = old.questions.get(was)
    if was in dialog.by_id:
        yield "D15", f'"was" of "{name}" names "{was}", still asked.'
    elif was in carried:
        yield "D15", f'"was" of "{name}" names "{was}", as another question does.'
    elif former is not None:
        for sentence in _other_meaning(name, former, question, dialog, f' as "{was}"'):
            yield "D15", sentence


def _wrong_reuse(old: Lock, dialog: Dialog, question: Question) -> Iterator[tuple[str, str]]:
    """The same id for another meaning; what is retired by dialog.yaml is seen without a lock."""
    name, before = question.id, old.questions.get(question.id)
    if before is None:
        if name in old.retired and name not in dialog.retired:
            yield "D14", f'"{name}" was retired once: old answers would be misread.'
        return
    for sentence in _other_meaning(name, before, question, dialog):
        yield "D15", sentence
    if question.revision < before.rev:
        yield "D15", f'"rev" of "{name}" was {before.rev} and is {question.revision} now.'
    if question.revision <= before.rev:
        for option in question.of:
            if option not in before.of and f"{name}.{option}" in old.retired:
                sentence = f'the option "{option}" of "{name}" was retired once: {_WAY_OUT}.'
                yield "D14", sentence


def _other_meaning(
    name: str, before: Meaning, now: Question, dialog: Dialog, called: str = ""
) -> Iterator[str]:
    """More options are no change: answers that were given still mean the same."""
    if now.revision > before.rev:
        return
    if before.type != now.type:
        yield f'"{name}" was published{called} as {before.type} and is {now.type} now: {_WAY_OUT}.'
    for option in before.of:
        if option not in now.of and f"{name}.{option}" not in dialog.retired:
            yield f'"{name}" was published{called} with the option "{option}": {_WAY_OUT}.'


def _meanings(old: Lock, dialog: Dialog) -> Iterator[Change]:
    """What a release may change, and what that does to answers that were given."""
    names: list[str] = []
    renamed = {q.was: q.id for q in dialog.questions if q.was is not None}
    for question in dialog.questions:
        now, line = meaning_of(question), question.line
        name = question.id
        if name not in old.questions and question.was not in {*dialog.by_id, *names, None}:
            name = question.was or name
        names.append(name)
        before = old.questions.get(name)
        if before is None:
            yield Change(dialog.file, line, "adds", f'"{question.id}" is new.')
            continue
        if name != question.id:
            sentence = f'"{question.id}" was called "{name}": its answers carry over.'
            yield Change(dialog.file, line, "adds", sentence)
        elif now.was != before.was:
            yield Change(dialog.file, line, "adds", f'"was" of "{name}" is another.')
        for kind, sentence in _differences(question.id, _renamed(before, renamed), now):
            yield Change(dialog.file, line, kind, sentence)
    for gone in (name for name in old.questions if name in dialog.retired):
        yield Change(dialog.file, 1, "narrows", f'"{gone}" is retired: its answers are dropped.')
    yield from _order(old, dialog, names)
    yield from _ends(old, dialog, renamed)


def _order(old: Lock, dialog: Dialog, names: list[str]) -> Iterator[Change]:
    still = [name for name in old.questions if name in names]
    if still != [name for name in names if name in old.questions]:
        sentence = "the questions stand in another order: no answer is lost by it."
        yield Change(dialog.file, 1, "adds", sentence)


def _ends(old: Lock, dialog: Dialog, renamed: Mapping[str, str]) -> Iterator[Change]:
    outcomes = [(each.to, guard_data(each.when)) for each in dialog.outcomes]
    if outcomes != [(to, _with_names(when, renamed)) for to, when in old.outcomes]:
        line = dialog.outcomes[0].line if dialog.outcomes else 1
        yield Change(dialog.file, line, "adds", "the desks are others, or under other guards.")
    flags = [(each.id, guard_data(each.when)) for each in dialog.flags]
    if flags != [(flag, _with_names(when, renamed)) for flag, when in old.flags]:
        line = dialog.flags[0].line if dialog.flags else 1
        yield Change(dialog.file, line, "adds", "the hints for advisors are others.")


def _differences(name: str, before: Meaning, now: Meaning) -> Iterator[tuple[Kind, str]]:
    """What is different about one question, each in a sentence."""
    if now.rev > before.rev:
        yield "narrows", f'"{name}" must be answered again (rev {now.rev}).'
    if now.type != before.type:
        yield "narrows", f'"{name}" was {before.type} and is {now.type}.'
    yield from _options(name, before, now)
    yield from _bounds(name, before, now)
    if now.when != before.when:
        if now.when is None:
            yield "adds", f'"{name}" is asked of everybody now.'
        else:
            yield "narrows", f'"{name}" is asked under another guard.'
    if now.optional != before.optional:
        if now.optional is True or before.optional is False:
            yield "adds", f'"{name}" may be skipped now.'
        else:
            yield "narrows", f'"{name}" may be skipped by fewer, or by nobody.'
    if now.implied != before.implied:
        more = now.implied[: len(before.implied)] == before.implied
        yield ("adds" if more else "narrows"), f'"{name}" is answered by itself in other cases.'
    for key, kind in _KEYS:
        if getattr(now, key) != getattr(before, key):
            loose = kind == "loose" or getattr(now, key) is (kind == "wider")
            yield ("adds" if loose else "narrows"), f'"{key}" of "{name}" is another.'


_KEYS = (
    ("other", "loose"),
    ("other_text", "loose"),
    ("default_language", "loose"),
    ("cut", "wider"),
    ("keep", "wider"),
    ("essential", "narrower"),
)
"""Loose: never decides whether an answer counts. Else: what it does where it is true."""


def _renamed(before: Meaning, names: Mapping[str, str]) -> Meaning:
    """The meaning with the names that its guards would have today."""
    return replace(
        before,
        when=_with_names(before.when, names),
        optional=_with_names(before.optional, names),
        implied=tuple((_with_names(guard, names), value) for guard, value in before.implied),
    )


def _with_names(guard: Any, names: Mapping[str, str]) -> Any:
    match guard:
        case ["all" | "any" as joint, list(parts)]:
            return [joint, [_with_names(part, names) for part in parts]]
        case [str(operator), str(question), *rest]:
            return [operator, names.get(question, question), *rest]
        case _:
            return guard


def _options(name: str, before: Meaning, now: Meaning) -> Iterator[tuple[Kind, str]]:
    for option in now.of:
        if option not in before.of:
            yield "adds", f'"{name}" has the new option "{option}".'
    for option in before.of:
        if option not in now.of:
            yield "narrows", f'"{name}" has no option "{option}": who chose it is asked again.'
    if [each for each in now.of if each in before.of] != [e for e in before.of if e in now.of]:
        yield "adds", f'the options of "{name}" stand in another order.'
    if now.exclusive != before.exclusive:
        kind: Kind = "narrows" if set(now.exclusive) - set(before.exclusive) else "adds"
        yield kind, f'other options of "{name}" stand alone.'


def _bounds(name: str, before: Meaning, now: Meaning) -> Iterator[tuple[Kind, str]]:
    if (before.minimum, before.maximum) == (now.minimum, now.maximum):
        return
    higher = now.minimum is not None and (before.minimum is None or now.minimum > before.minimum)
    lower = now.maximum is not None and (before.maximum is None or now.maximum < before.maximum)
    written = f"{_bound(now.minimum)} to {_bound(now.maximum)}"
    if higher or lower:
        yield "narrows", f'"{name}" takes less, {written}: who gave something else is asked again.'
    else:
        yield "adds", f'"{name}" takes more, {written}.'


def _bound(number: int | None) -> str:
    return "any" if number is None else str(number)


def _texts(
    old: Lock, new: Edition, files: Mapping[Language, tuple[str, Table]]
) -> Iterator[Change]:
    """Words that are others; words of what is new belong to what is new."""
    for name, languages in wording(new.words).items():
        if name and (name not in old.questions or name not in new.dialog.by_id):
            continue
        for language, hashed in languages.items():
            if old.words.get(name, {}).get(language) == hashed:
                continue
            fallback = str(Path(new.dialog.file).with_name(f"text.{language}.yaml"))
            file, table = files.get(language, (fallback, Table(1)))
            yield Change(file, _line(table, name), "text", _other_words(new.dialog, name, language))


def _other_words(dialog: Dialog, name: str, language: Language) -> str:
    spoken = LANGUAGE_NAMES[language]
    if not name:
        return f"the dialog's own words are others in {spoken}."
    hint = ""
    if dialog.by_id[name].type == "consent":
        hint = ' If they mean something else now, raise "rev".'
    return f'the words of "{name}" are others in {spoken}.{hint}'


def _line(table: Table, name: str) -> int:
    questions = table.nodes.get("questions")
    return questions.lines.get(name, 1) if isinstance(questions, Table) and name else 1
