"""An iCalendar file becomes entries of `events/imported.yaml`; what people edited stays theirs.

Each entry bears the fingerprint of the text it was written with: where it no longer fits, a person
has changed the entry, and an import only reports what the source says now.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from kpbot.content.events import load_events, load_file
from kpbot.content.events_ics import BadCalendarError, ImportedEvent, parsed
from kpbot.content.problems import Problem
from kpbot.model import Language

IMPORTED = "imported.yaml"
ONE_AT_A_TIME = threading.Lock()
"""Held by whoever writes into the folder: the desk, and each import."""
_HEAD = "# Written by `kpbot events import`. What you change here is kept by later imports.\n"
_ENTRY = re.compile(r"^- ", re.MULTILINE)
_UID = re.compile(r"^- uid: (\S+)$", re.MULTILINE)
_FINGERPRINT = re.compile(r"^  fingerprint: (\w+)\n?", re.MULTILINE)
_AS_OF = re.compile(r"^  as_of: .*\n?", re.MULTILINE)
_SOURCE = re.compile(r"^  source: (.*)$", re.MULTILINE)


@dataclass
class Report:
    """What an import did, uid by uid."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Changed by hand, or kept in another file: left as they are."""
    missing: list[str] = field(default_factory=list)
    """From this source before, and no longer in it: left as they are."""
    skipped: list[str] = field(default_factory=list)
    """Not imported, each with the reason."""
    problems: tuple[Problem, ...] = ()
    """Of the file that was written; where there is any, nothing was written."""


def import_events(
    raw: bytes, folder: Path, *, source: str, today: date, language: Language = "de"
) -> Report:
    """The events of the iCalendar text are in the folder's `imported.yaml`.

    `source` is the name or address it came from; `language` is that of its texts, unless they say.
    Raises BadCalendarError where it is too large or no calendar, OSError where nothing can be
    written.
    """
    found, skipped = parsed(raw, source=source, today=today, language=language)
    with ONE_AT_A_TIME:
        return _imported(found, folder / IMPORTED, Report(skipped=skipped), source)


def _imported(found: list[ImportedEvent], path: Path, report: Report, source: str) -> Report:
    text = path.read_text("utf-8") if path.exists() else ""
    blocks = _blocks(text)
    elsewhere = {event.uid for event in load_events(path.parent)[0] if Path(event.file) != path}
    for event in found:
        _take(event, blocks, elsewhere, path, report)
    uids = {event.uid for event in found}
    report.missing = [
        uid for uid, block in blocks.items() if uid not in uids and _source_of(block) == source
    ]
    if report.new or report.changed or report.cancelled or report.unchanged:
        report.problems = _write(path, _head(text), blocks.values())
    return report


def _take(
    event: ImportedEvent, blocks: dict[str, str], elsewhere: set[str], path: Path, report: Report
) -> None:
    """The event's block is as it shall be written; the report says what happened to it."""
    block = _sealed(event.text)
    old = blocks.get(event.uid)
    if event.uid in elsewhere or (old is not None and not _is_untouched(old)):
        report.kept.append(event.uid)
        return
    if block != old and (reason := _unsound(event, path)):
        report.skipped.append(f"{event.uid}: {reason}")
        return
    blocks[event.uid] = block
    if old is None:
        report.new.append(event.uid)
    elif _meaning(old) == _meaning(block):
        report.unchanged.append(event.uid)
    elif event.is_cancelled and "  status: cancelled\n" not in old:
        report.cancelled.append(event.uid)
    else:
        report.changed.append(event.uid)


def _write(path: Path, head: str, blocks: Iterable[str]) -> tuple[Problem, ...]:
    """The file is written whole or not at all; what strict reading finds wrong with it."""
    draft = path.with_suffix(".new")
    problems = _problems(draft, head + "".join(blocks))
    if problems:
        draft.unlink()
    else:
        draft.replace(path)
    return problems


def _unsound(event: ImportedEvent, path: Path) -> str:
    """What strict reading finds wrong with the entry alone; empty: nothing."""
    draft = path.with_suffix(".new")
    problems = _problems(draft, event.text)
    draft.unlink()
    return problems[0].sentence if problems else ""


def _problems(draft: Path, text: str) -> tuple[Problem, ...]:
    """The text is in the file; what strict reading finds wrong with it."""
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(text, "utf-8")
    problems: list[Problem] = []
    load_file(draft, problems)
    return tuple(problems)


def _blocks(text: str) -> dict[str, str]:
    """The entries of the file by uid, exactly as written; what has no uid keeps a place too."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    blocks = {}
    for start, end in pairwise([*starts, len(text)]):
        block = text[start:end]
        uid = _UID.match(block)
        blocks[uid[1].strip("'\"") if uid else f" {start}"] = block
    return blocks


def _head(text: str) -> str:
    """What stands before the first entry: a person may have written there."""
    first = _ENTRY.search(text)
    return text[: first.start()] if first else text or _HEAD


def _sealed(block: str) -> str:
    return f"{block}  fingerprint: {_hash(block)}\n"


def _is_untouched(block: str) -> bool:
    seal = _FINGERPRINT.search(block)
    return seal is not None and seal[1] == _hash(_FINGERPRINT.sub("", block))


def _hash(block: str) -> str:
    return hashlib.sha256(block.strip().encode()).hexdigest()[:16]


def _meaning(block: str) -> str:
    return _AS_OF.sub("", _FINGERPRINT.sub("", block)).strip()


def _source_of(block: str) -> str:
    found = _SOURCE.search(block)
    return found[1].strip().strip('"') if found else ""


__all__ = ["BadCalendarError", "Report", "import_events"]
