"""One entry of the calendar is added, changed or taken out; every other line of the files stays.

What was made at the desk is in `desk.yaml`. An entry of another file is changed where it stands:
its own lines are written anew, all others are kept to the byte. Nothing is written before the
whole calendar, with the change, has been loaded and checked beside the folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kpbot.content.checks_events import check_events
from kpbot.content.events import load_events
from kpbot.content.events_import import ONE_AT_A_TIME
from kpbot.content.events_text import Entry, entry_text
from kpbot.content.problems import Problem
from kpbot.events import CalendarEvent

DESK = "desk.yaml"
_HEAD = "# Entries made at the desk. What you change here by hand stays.\n"
_EDITED = re.compile(r"^ +edited: \{by: (\S+), at: (\S+)\}$", re.MULTILINE)


class ByHandOnly(Exception):  # noqa: N818 (it is the outcome)
    """The entry is written in a way that only a person can change, in the file."""


class ChangedMeanwhile(Exception):  # noqa: N818 (it is the outcome)
    """The entry is not the one that was looked at."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as it stands in its file."""

    event: CalendarEvent
    version: str
    """Another one as soon as a letter of the entry changes."""
    edited_by: str = ""
    """Id of the advisor who changed it last at the desk; empty: nobody did."""
    edited_at: str = ""
    """When, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    before: str
    text: str
    after: str


def standing(folder: Path, uid: str) -> Standing | None:
    """The entry of that uid; None where there is none that can be read."""
    event = _find(folder, uid)
    if event is None:
        return None
    try:
        text = _place(event).text
    except ByHandOnly:
        return Standing(event, _digest(repr(event)))
    edited = _EDITED.search(text)
    return Standing(event, _digest(text), edited[1] if edited else "", edited[2] if edited else "")


def put(folder: Path, entry: Entry, *, version: str = "", today: date) -> tuple[Problem, ...]:
    """The entry stands in the folder, or what is wrong with it and nothing was written.

    An entry of the same uid is replaced; `version` is that of the one that was looked at. Raises
    ChangedMeanwhile, ByHandOnly, and OSError where the folder cannot be written.
    """
    uid = str(entry["uid"])
    with ONE_AT_A_TIME:
        place = _seen(folder, uid, version) if version else _new(folder, uid)
        text = entry_text(entry)
        problems = _problems(folder, place, text, uid, today)
        if not problems:
            _write(place.path, place.before + text + place.after)
        return problems


def change(
    folder: Path, uid: str, changed: Mapping[str, object], *, version: str, today: date
) -> None:
    """The entry has these values instead of its own, whatever else may be wrong with it.

    For what must not wait until every text is there: a cancellation. Raises as `put` does.
    """
    with ONE_AT_A_TIME:
        place = _seen(folder, uid, version)
        event = _find(folder, uid)
        assert event is not None  # noqa: S101 (it has just been seen)
        text = entry_text(Entry({**Entry.of(event), **changed}))
        known = {problem.sentence for problem in _problems(folder, place, place.text, uid, today)}
        if {each.sentence for each in _problems(folder, place, text, uid, today)} - known:
            raise ByHandOnly
        _write(place.path, place.before + text + place.after)


def remove(folder: Path, uid: str, *, version: str, today: date) -> None:
    """The entry stands nowhere any more. Raises as `put` does."""
    with ONE_AT_A_TIME:
        place = _seen(folder, uid, version)
        _problems(folder, place, "", uid, today)  # refuses where others would go with it
        left = place.before + place.after
        if not _is_empty(left):
            _write(place.path, left)
        elif place.path.name == DESK:
            place.path.unlink()
        else:  # a file without any entry is none: what people wrote above it stays
            _write(place.path, f"{left.rstrip()}\n[]\n".lstrip())


def _find(folder: Path, uid: str) -> CalendarEvent | None:
    return next((event for event in load_events(folder)[0] if event.uid == uid), None)


def _seen(folder: Path, uid: str, version: str) -> _Place:
    """Where the entry stands. Raises ChangedMeanwhile where it is another than was looked at."""
    event = _find(folder, uid)
    if event is None:
        raise ChangedMeanwhile
    place = _place(event)
    if _digest(place.text) != version:
        raise ChangedMeanwhile
    return place


def _new(folder: Path, uid: str) -> _Place:
    """The end of the desk's own file. Raises ChangedMeanwhile where the uid is taken."""
    if _find(folder, uid) is not None:
        raise ChangedMeanwhile
    path = folder / DESK
    text = _read(path) if path.exists() else _HEAD
    if text.strip() == "[]":
        text = _HEAD
    return _Place(path, text if text.endswith("\n") else text + "\n", "", "")


def _place(event: CalendarEvent) -> _Place:
    """The lines of the entry, and those around it. Raises ByHandOnly."""
    path = Path(event.file)
    lines = _read(path).splitlines(keepends=True)
    first = event.line - 1
    if not lines[first].startswith("- "):
        raise ByHandOnly
    last = first + 1
    while last < len(lines) and (_is_aside(lines[last]) or lines[last].startswith(" ")):
        last += 1
    while _is_aside(lines[last - 1]) and not lines[last - 1].startswith(" "):
        last -= 1  # what stands at the margin belongs to nobody
    before, text, after = lines[:first], lines[first:last], lines[last:]
    return _Place(path, "".join(before), "".join(text), "".join(after))


def _is_aside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _problems(folder: Path, place: _Place, text: str, uid: str, today: date) -> tuple[Problem, ...]:
    """What is wrong with the entry if it were written so. Raises ByHandOnly.

    What is wrong elsewhere was wrong before; but no other entry may read differently afterwards.
    """
    before = {event.uid: event for event in load_events(folder)[0] if event.uid != uid}
    with tempfile.TemporaryDirectory(prefix="kpbot-events-") as name:
        scratch = Path(name)
        for path in folder.glob("*.yaml"):
            (scratch / path.name).write_bytes(path.read_bytes())
        left = place.before + text + place.after
        own = scratch / place.path.name
        own.write_text(left if not _is_empty(left) else "[]\n", "utf-8", newline="")
        events, loading = load_events(scratch)
    after = {event.uid: event for event in events if event.uid != uid}
    if after != before:
        raise ByHandOnly
    first = place.before.count("\n") + 1
    lines = range(first, first + text.count("\n"))
    found = sorted({*loading, *check_events(events, today)})
    mine = [each for each in found if each.file == str(own) and each.line in lines]
    if text and not mine and all(event.uid != uid for event in events):
        mine = [each for each in found if each.file == str(own)]  # the file itself is broken
    return tuple(Problem(str(place.path), each.line, each.sentence, each.meant) for each in mine)


def _is_empty(text: str) -> bool:
    return all(map(_is_aside, text.splitlines()))


def _read(path: Path) -> str:
    """The text as it is, line ends too."""
    return path.read_bytes().decode("utf-8-sig")


def _write(path: Path, text: str) -> None:
    """The file is written whole or not at all; whoever reads meanwhile reads the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def edited(advisor: str, at: datetime) -> dict[str, str]:
    """The note of who changed an entry at the desk, for the entry itself: no name, only the id."""
    return {"by": advisor, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}
