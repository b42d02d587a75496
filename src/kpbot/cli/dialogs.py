"""Releases of dialogs: what changed, what is remembered, and what it does to open conversations."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpbot.cli import common
from kpbot.cli.failing import WrongUse

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kpbot.content.release import Released
    from kpbot.content.release_plan import Fate, Plan
    from kpbot.settings import Settings


def release(content_dir: Path, names: Sequence[str], on: str) -> int:
    """Each dialog's lock holds it as it is now; exit status 1 if one is refused.

    `on` is the date of the release, ISO 8601; empty: today. Raises WrongUse.
    """
    from kpbot.content.release import release as make

    _known(content_dir, names)
    released = make(content_dir, names, _date(on))
    for each in released:
        for problem in each.problems:
            print(problem)
        for change in each.changes:
            if change.kind != "breaks":  # it is among the problems
                print(change)
        print(_became(each))
    return 1 if any(each.problems for each in released) else 0


def plan(content_dir: Path, name: str, as_json: bool) -> int:
    """What the content would do to the open conversations is printed; nothing is changed.

    `name` is one dialog; empty: all. Exit status 1 where the content cannot be read.
    Raises WrongUse.
    """
    from kpbot.content.dialogs import load_dialogs
    from kpbot.content.problems import Problem
    from kpbot.content.release_kept import with_earlier
    from kpbot.content.release_lock import LOCK, load_lock
    from kpbot.content.release_plan import plan as planned

    folder = content_dir / "dialogs"
    found: list[Problem] = []
    dialogs, problems = load_dialogs(folder)
    dialogs = with_earlier(dialogs, folder, found)
    locks = {each: load_lock(folder / each) for each in dialogs.dialogs}
    broken = [folder / each / LOCK for each, lock in locks.items() if lock is None]
    sentence = "The lock cannot be read: restore it from the last release."
    unread = [Problem(str(path), 1, sentence) for path in broken if path.exists()]
    if problems or unread:
        for problem in (*problems, *unread):
            print(problem)
        return 1
    if name:
        _among(name, dialogs.dialogs)
    conversations = _Conversations(common.settings())
    released = {each: lock for each, lock in locks.items() if lock is not None}
    plans = planned(dialogs, released, conversations)
    for each in plans.values():
        if name in ("", each.dialog) and (each.dialog in dialogs.dialogs or each.open):
            print(json.dumps(_data(each)) if as_json else _sentence(each))
    if conversations.unreadable:
        count = conversations.unreadable
        why = f" {conversations.why}." if conversations.why else ""
        print(f"kpbot: {count} conversations cannot be read: not counted.{why}", file=sys.stderr)
    return 0


def _became(released: Released) -> str:
    name, version = released.dialog, released.version
    if released.problems:
        return f"{name}: not released."
    if released.before is None:
        return f"{name}: released as {version}, for the first time."
    counted = Counter(change.kind for change in released.changes)
    kinds = ", ".join(f"{count} {kind}" for kind, count in counted.items())
    if released.before == version:
        return f"{name}: still {version}: {kinds or 'nothing has changed'}."
    drafts = "change over at their next message" if released.migrates else "finish as they began"
    return f"{name}: released as {version} ({kinds}). Drafts of {released.before} {drafts}."


def _sentence(made: Plan) -> str:
    if not made.fates:
        return f"{made.dialog}: nothing is open."
    parts = [f"{count} {_fate(fate, count)}" for fate, count in _ordered(made)]
    unknown = sum(count for fate, count in made.fates.items() if fate.unknown)
    hint = ""
    if unknown:
        hint = f" Of {unknown} no release tells what was asked before: new questions are not known."
    return f"{made.dialog}: {made.open} open: {', '.join(parts)}.{hint}"


def _ordered(made: Plan) -> list[tuple[Fate, int]]:
    """The untouched first, then by number; what reads the same is one entry."""
    merged: Counter[Fate] = Counter()
    for fate, count in made.fates.items():
        merged[replace(fate, unknown=False)] += count
    return sorted(merged.items(), key=lambda item: (item[0].kind != "untouched", -item[1]))


def _fate(fate: Fate, count: int) -> str:
    s = "s" if count == 1 else ""
    match fate.kind:
        case "untouched":
            return "untouched"
        case "finish_old":
            return "finishes with its own version" if s else "finish with their own version"
        case "closed":
            return f"wait{s}: the dialog is closed"
        case "gone":
            return f"wait{s}: there is no such dialog any more"
    parts = []
    if fate.again:
        parts.append(f"must answer {_quoted(fate.again)} again")
    if fate.new:
        many = "one new question" if len(fate.new) == 1 else f"{len(fate.new)} new questions"
        parts.append(f"get{s} {many} ({_quoted(fate.new)})")
    if fate.dropped:
        parts.append(f"lose{s} the answer to {_quoted(fate.dropped)}")
    if fate.aside:
        parts.append(f"set{s} aside the answer to {_quoted(fate.aside)}")
    return " and ".join(parts)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _data(made: Plan) -> dict[str, Any]:
    """Counts and question ids only."""
    kinds: Counter[str] = Counter()
    for fate, count in made.fates.items():
        kinds[fate.kind] += count
    return {
        "dialog": made.dialog,
        "open": made.open,
        **{kind: kinds[kind] for kind in ("untouched", "changed", "finish_old", "closed", "gone")},
        "unknown_version": sum(count for fate, count in made.fates.items() if fate.unknown),
        "changes": [
            {"count": count, "new": f.new, "again": f.again, "dropped": f.dropped, "aside": f.aside}
            for f, count in _ordered(made)
            if f.kind == "changed"
        ],
    }


class _Conversations:
    """Every conversation of the store, one after the other; the store is only read."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.unreadable = 0
        self.why = ""
        """What is wrong with the keys; empty: nothing."""

    def __iter__(self) -> Iterator[Any]:
        import sqlalchemy as sa

        from kpbot.store.codec import conversation_from_json
        from kpbot.store.fields import as_stored, give_keys, opened
        from kpbot.store.keys import KeyRing, Unreadable
        from kpbot.store.tables import conversations

        keys, column = self._settings.field_keys, conversations.c.state
        engine = _engine(self._settings.database)
        give_keys(engine, KeyRing(keys) if keys else None)
        try:
            with engine.connect() as connection:
                for raw in connection.execute(sa.select(as_stored(column))).scalars():
                    try:
                        yield conversation_from_json(opened(column, raw, engine.dialect))
                    except ValueError:
                        self.unreadable += 1
                    except Unreadable as error:
                        self.unreadable += 1
                        self.why = str(error)
        except sa.exc.SQLAlchemyError as error:
            reason = str(error).splitlines()[0]
            raise WrongUse(f"The conversations cannot be read: {reason}.") from None
        finally:
            engine.dispose()


def _engine(url: str) -> Engine:
    """An engine that cannot write, and makes no file where there is none."""
    import sqlite3

    import sqlalchemy as sa

    from kpbot.store import database_postgresql
    from kpbot.store.database_file import path_of

    chosen = sa.make_url(url)
    if chosen.get_backend_name() != "sqlite":
        engine = database_postgresql.engine(database_postgresql.with_driver(chosen))
        return engine.execution_options(postgresql_readonly=True)
    path = path_of(chosen)
    if path is None or not path.exists():
        raise WrongUse("There is no store yet, so nothing is open (KPBOT_DATABASE_URL).")
    address = f"{path.absolute().as_uri()}?mode=ro"
    return sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))


def _date(written: str) -> date:
    from kpbot.app import Clock

    if not written:
        return Clock()().date()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise WrongUse(f'"{written}" is no date: write it as 2026-11-24.') from None


def _known(content_dir: Path, names: Sequence[str]) -> None:
    """Raises WrongUse where there are no dialogs, or none of such a name."""
    from kpbot.content.dialogs import load_dialogs

    folder = content_dir / "dialogs"
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder.absolute()} (KPBOT_CONTENT_DIR).")
    dialogs, _ = load_dialogs(folder)
    for name in names:
        _among(name, dialogs.dialogs)


def _among(name: str, known: Any) -> None:
    """Raises WrongUse for a dialog that there is not."""
    from kpbot.content.problems import probable

    if name not in known:
        meant = probable(name, known)
        hint = f' Did you mean "{meant}"?' if meant else f" There is: {', '.join(sorted(known))}."
        raise WrongUse(f'There is no dialog "{name}".{hint}')
