"""Earlier versions of a dialog, kept so that drafts finish with the version they began.

A release of a dialog with `inflight: finish_old` copies its files to `versions/<version>/`. They
stay until somebody deletes them; then the drafts change over like any other.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kpbot.content.dialogs_questions import dialog_of
from kpbot.content.dialogs_words import dialog_words
from kpbot.content.problems import Problem
from kpbot.content.release_lock import load_lock, with_formerly
from kpbot.content.strict import read
from kpbot.content.strict_fields import Reader
from kpbot.engine.dialog import Dialog, Dialogs, DialogWords, Edition
from kpbot.model import LANGUAGES, Language

VERSIONS = "versions"
_DIALOG = "dialog.yaml"
_SUMMARY = "summary.de.j2"


def keep(place: Path, version: str) -> None:
    """The dialog's files, as they are now in its folder, are kept as this version."""
    target = place / VERSIONS / version
    target.mkdir(parents=True, exist_ok=True)
    for path in (place / _DIALOG, place / _SUMMARY, *place.glob("text.*.yaml")):
        if path.exists():
            shutil.copyfile(path, target / path.name)


def is_kept(place: Path, version: str) -> bool:
    """Whether the version's files are there."""
    return (place / VERSIONS / version / _DIALOG).exists()


def with_earlier(dialogs: Dialogs, folder: Path, problems: list[Problem]) -> Dialogs:
    """The dialogs with what releases stored about the versions before.

    Their questions know every id they had, and the versions that drafts may finish with are
    there. A kept version that cannot be used is complained about, and its drafts change over.
    """
    present = {
        name: with_formerly(dialog, load_lock(folder / name))
        for name, dialog in dialogs.dialogs.items()
    }
    earlier = {
        (name, edition.dialog.version): edition
        for name, dialog in present.items()
        if dialog.inflight == "finish_old"
        for edition in _editions(folder / name, dialog, problems)
    }
    return replace(dialogs, dialogs=present, earlier=earlier)


def _editions(place: Path, present: Dialog, problems: list[Problem]) -> Iterator[Edition]:
    versions = place / VERSIONS
    for kept in sorted(versions.iterdir()) if versions.is_dir() else ():
        if kept.name == present.version or not kept.is_dir():
            continue
        edition = _edition(kept, present)
        if edition is None:
            sentence = "The kept version cannot be used as it is: its drafts change over."
            problems.append(Problem(str(kept / _DIALOG), 1, sentence))
        elif _consents_stand(edition.dialog, present):
            yield edition


def _edition(kept: Path, present: Dialog) -> Edition | None:
    """The version as it was, but closed, reminded of and ended as the dialog is now."""
    problems: list[Problem] = []
    root = read(kept / _DIALOG, problems)
    if root is None:
        return None
    try:
        summary = (kept / _SUMMARY).read_text("utf-8") if (kept / _SUMMARY).exists() else ""
    except (OSError, UnicodeDecodeError):
        return None
    reader = Reader(str(kept / _DIALOG), problems)
    dialog = replace(
        dialog_of(reader, root, present.name, summary),
        version=kept.name,
        open=present.open,
        remind=present.remind,
        expire=present.expire,
        tries=present.tries,
        inflight=present.inflight,
    )
    words: dict[Language, DialogWords] = {}
    for language in LANGUAGES:
        path = kept / f"text.{language}.yaml"
        tree = read(path, problems)
        if tree is None:
            return None
        of_file = Reader(str(path), problems)
        words[language] = dialog_words(of_file, of_file.table(tree, "words"))
    edition = Edition(dialog, words)
    return None if problems or not _can_be_asked(edition) else edition


def _can_be_asked(edition: Edition) -> bool:
    """Every question and every option has its words."""
    return all(
        question.id in said.questions
        and set(question.of) <= said.questions[question.id].options.keys()
        for said in edition.words.values()
        for question in edition.dialog.questions
    ) and bool(edition.dialog.outcomes)


def _consents_stand(old: Dialog, present: Dialog) -> bool:
    """Whether nobody would have to consent anew: who must, changes over."""
    return all(
        any(
            name in old.by_id and old.by_id[name].revision >= question.revision
            for name in (question.id, *question.former)
        )
        for question in present.questions
        if question.type == "consent"
    )
