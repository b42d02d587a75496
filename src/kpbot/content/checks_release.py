"""D14 to D16 and D18: what a release must not break, and what the chats must try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from kpbot.content.checks_content import Content, atoms_of, guards_of
from kpbot.content.dialogs_meaning import dialogs_lock
from kpbot.content.problems import Problem
from kpbot.content.release_changes import classify
from kpbot.content.release_lock import LOCK, read_lock
from kpbot.engine.dialog import Dialog, Dialogs, Edition
from kpbot.engine.guards import Has, Is, IsNot

__all__ = ["changed_meanings", "covered_names", "dialogs_lock", "uncovered"]


def changed_meanings(content: Content) -> Iterator[Problem]:
    """D15: a published id means something else now, or is gone without a word.

    D14: an id or option that was retired by an earlier release is back. D18: the dialog is not
    as it was released. A dialog that was never released may change as it likes.
    """
    for name, data in content.locks.items():
        yield from _since_release(content.dialogs.dialogs[name], data)


def _since_release(dialog: Dialog, data: Mapping[str, Any]) -> Iterator[Problem]:
    lock = read_lock(data)
    if lock is None:
        sentence = "The lock cannot be read: restore it from the last release."
        yield Problem(str(Path(dialog.file).with_name(LOCK)), 1, sentence)
        return
    changes = classify(lock, Edition(dialog, {}))
    broken = [change for change in changes if change.kind == "breaks"]
    for change in broken:
        yield Problem(change.file, change.line, f"{change.code}: {change.sentence}")
    if not broken and dialog.version != lock.version:
        line = changes[0].line if changes else 1
        sentence = f'D18: changed since its release: run "kpbot dialogs release {dialog.name}".'
        yield Problem(dialog.file, line, sentence)


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
