"""D15 and D16: what a release must not break, and what the chats must try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from kpbot.content.checks_content import Content, atoms_of, guards_of
from kpbot.content.dialogs_meaning import dialogs_lock
from kpbot.content.problems import Problem
from kpbot.engine.dialog import Dialog, Dialogs, Question
from kpbot.engine.guards import Has, Is, IsNot

__all__ = ["changed_meanings", "covered_names", "dialogs_lock", "uncovered"]


def changed_meanings(content: Content) -> Iterator[Problem]:
    """D15: a published id means something else now, or is gone without a word."""
    for name, lock in content.locks.items():
        dialog = content.dialogs.dialogs[name]
        published: Mapping[str, Mapping[str, Any]] = lock["questions"]
        for question in dialog.questions:
            if question.was in dialog.by_id:
                sentence = f'D15: "was" of "{question.id}" names "{question.was}", still asked.'
                yield Problem(dialog.file, question.line, sentence)
            before = published.get(question.id)
            if before is not None:
                yield from _changed(dialog, question, before)
        kept = {*dialog.by_id, *dialog.retired, *(question.was for question in dialog.questions)}
        for gone in sorted(published.keys() - kept):
            sentence = f'D15: "{gone}" was published and is gone: retire it or name it in "was".'
            yield Problem(dialog.file, 1, sentence)


def _changed(dialog: Dialog, question: Question, before: Mapping[str, Any]) -> Iterator[Problem]:
    """More options are no change: answers that were given still mean the same."""
    if question.revision > int(before.get("rev", 1)):
        return
    name, was = question.id, before.get("type")
    way_out = 'raise "rev", or give it a new id'
    if was != question.type:
        sentence = f'D15: "{name}" was published as {was} and is {question.type} now: {way_out}.'
        yield Problem(dialog.file, question.line, sentence)
    for option in before.get("of", []):
        if option not in question.of:
            sentence = f'D15: "{name}" was published with the option "{option}": {way_out}.'
            yield Problem(dialog.file, question.line, sentence)


def uncovered(dialogs: Dialogs, covered: Set[str]) -> Iterator[Problem]:
    """D16: no chat asks the question, makes the choice that a guard reads, or comes to the outcome.

    `covered` holds names as `covered_names` gives them.
    """
    for dialog in dialogs.dialogs.values():
        for name, line in covered_names(dialog).items():
            if name not in covered:
                yield Problem(dialog.file, line, f'D16: no chat covers "{name}".')


def covered_names(dialog: Dialog) -> Mapping[str, int]:
    """What chats must cover, with its line: `dialog.question`, `….question=value`, `dialog>desk`.

    Values are as in dialog.yaml, so `yes` and `no` for booleans.
    """
    names = {f"{dialog.name}.{question.id}": question.line for question in dialog.questions}
    for guard, _, _, line in guards_of(dialog):
        for atom in atoms_of(guard):
            if isinstance(atom, Is | IsNot | Has):
                for value in atom.values:
                    word = value if isinstance(value, str) else ("no", "yes")[value]
                    names.setdefault(f"{dialog.name}.{atom.question}={word}", line)
    for outcome in dialog.outcomes:
        names.setdefault(f"{dialog.name}>{outcome.to}", outcome.line)
    return names
