"""A release of a dialog: what changed since the last one, and the lock that remembers it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kpbot.content.checks import CHECKS
from kpbot.content.checks_content import Content, load_content
from kpbot.content.dialogs import SERVICE
from kpbot.content.problems import Problem
from kpbot.content.release_changes import Change, classify
from kpbot.content.release_kept import is_kept, keep
from kpbot.content.release_lock import LOCK, load_lock, lock_of, lock_text
from kpbot.content.strict import Table
from kpbot.engine.dialog import Edition
from kpbot.model import Language

_NOT_RELEASED = "D18:"


@dataclass(frozen=True, slots=True)
class Released:
    """What became of one dialog."""

    dialog: str
    version: str
    before: str | None
    """Version of the release before; None: this is the first."""
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    """Why it was not released; none: it is."""
    migrates: bool
    """Drafts of the version before change over at their next message."""


def release(content: Path, names: Iterable[str], on: date) -> tuple[Released, ...]:
    """Each dialog's lock.json holds the dialog as it is now, dated, if nothing is wrong with it.

    What did not change since its release is left as it is, to the byte. With `inflight:
    finish_old` its files are kept as well. `names` must be known; none: every dialog.
    """
    loaded, problems = load_content(content)
    folder = content / "dialogs"
    every = (*problems, *_found(loaded))
    chosen = tuple(names) or tuple(loaded.dialogs.dialogs)
    return tuple(_release(loaded, folder, name, every, on) for name in chosen)


def _found(loaded: Content) -> Iterator[Problem]:
    """What is wrong with the dialogs, but for not being released."""
    dialogs_only = Content(loaded.sources, locks=loaded.locks)
    for check in CHECKS:
        for problem in check(dialogs_only):
            if not problem.sentence.startswith(_NOT_RELEASED):
                yield problem


def _release(
    loaded: Content, folder: Path, name: str, problems: tuple[Problem, ...], on: date
) -> Released:
    dialog, place = loaded.dialogs.dialogs[name], folder / name
    edition = Edition(dialog, loaded.dialogs.words[name])
    lock = load_lock(place)
    changes = classify(lock, edition, _files(loaded, name)) if lock is not None else ()
    concerned = (str(place) + os.sep, str(folder / SERVICE) + os.sep)
    wrong = tuple(sorted({each for each in problems if each.file.startswith(concerned)}))
    before = lock.version if lock is not None else None
    finishes = dialog.inflight == "finish_old" and is_kept(place, before or "")
    is_new = before is not None and before != dialog.version
    if not wrong:
        if dialog.inflight == "finish_old":
            keep(place, dialog.version)
        _write(place / LOCK, lock_text(lock_of(edition, lock, on)))
    return Released(name, dialog.version, before, changes, wrong, is_new and not finishes)


def _files(loaded: Content, name: str) -> dict[Language, tuple[str, Table]]:
    return {
        language: (found.file, found.table)
        for (dialog, language), found in loaded.sources.files.items()
        if dialog == name
    }


def _write(path: Path, text: str) -> None:
    """The file holds the text, whole or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
