"""Records, erasure and the state of the store, for operators and advisors."""

from __future__ import annotations

import json
import sqlite3
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from kpbot import exports
from kpbot.app import Clock, receivers_of
from kpbot.cli import common
from kpbot.cli.failing import WrongUse
from kpbot.content.release_lock import load_lock
from kpbot.handover import erase_conversation
from kpbot.store import conversations, inbox, outbox, overview, records, rotation
from kpbot.store.database import Database
from kpbot.store.database_file import path_of
from kpbot.store.records import KeptRecord


def list_records(*, as_json: bool) -> None:
    """Every record is listed, the oldest first."""
    for kept in _every():
        if as_json:
            _write(_row(kept))
        else:
            state = "" if kept.complete else " (noch nicht abgeschlossen)"
            print(
                f"{kept.reference}  {kept.at:%Y-%m-%d %H:%M}  {kept.dialog}  {kept.outcome}{state}"
            )


def show_record(reference: str, *, as_json: bool) -> int:
    """The record is shown; 1 where there is none of this reference."""
    database = common.database(common.settings())
    kept = database.read(lambda connection: records.get(connection, reference))
    database.close()
    if kept is None:
        sys.stderr.write(f"kpbot: There is no record {reference}.\n")
        return 1
    if as_json:
        _write(_row(kept))
    else:
        print(kept.summary)
    return 0


def export_records(format_: Literal["csv", "json", "xlsx", "pdf"]) -> int:
    """All records are on standard output: a row, object or page each; 1 where none can be made."""
    kept = _every()
    table = exports.rows(
        (each.record, {"received": each.at, "delete_on": each.delete_on}) for each in kept
    )
    out = sys.stdout.buffer
    match format_:
        case "json":
            for row in table:
                _write(row)
        case "csv":
            out.write(exports.write_csv(table))
        case "xlsx":
            out.write(exports.write_xlsx(table))
        case "pdf":
            try:
                out.write(exports.write_book((each.reference, each.summary) for each in kept))
            except exports.PdfUnavailable as missing:
                sys.stderr.write(f"kpbot: {missing}\n")
                return 1
    return 0


def erase(*, reference: str, user: str) -> int:
    """Everything about the person is gone, the advisors are told; 1 where nobody was found."""
    if bool(reference) == bool(user):
        raise WrongUse("Say whom: either a reference or --user with the person's address.")
    settings = common.settings()
    database = common.database(settings)
    try:
        found = database.read(lambda connection: _found(connection, reference, user))
        receivers, now = receivers_of(settings), Clock()()
        gone = database.write(
            lambda connection: [
                reference
                for conversation in found
                for reference in erase_conversation(connection, conversation, receivers, now)
            ]
        )
        database.forget()
    finally:
        database.close()
    if not found:
        sys.stderr.write("kpbot: Nothing is stored about this person.\n")
        return 1
    print("Erased: the conversation" + "".join(f", {each}" for each in gone) + ".")
    return 0


def status(*, as_json: bool) -> None:
    """What waits, what failed and since when is shown; and what the operator should mend."""
    settings = common.settings()
    database = common.database(settings)
    now = Clock()()
    try:
        count, oldest = database.read(outbox.waiting)
        state = {
            "outbox_waiting": count,
            "outbox_oldest_seconds": _age(oldest, now),
            "given_up": database.read(overview.given_up),
            "failed_turns": database.read(inbox.failures),
            "records": database.read(overview.count_records),
            "open_cases": database.read(overview.open_cases),
            "fields_in_the_clear": database.read(rotation.sealed).get("clear", 0),
            "last_poll": None,  # the server keeps it to itself: Telegram remembers where it was
            "content_version": _released(settings.content / "dialogs"),
            "warnings": _warnings(database),
        }
    finally:
        database.close()
    if as_json:
        _write(state)
        return
    for name, value in state.items():
        print(f"{name.replace('_', ' ')}: {_shown(value)}")


def _released(folder: Path) -> dict[str, str | None]:
    """The released version of every dialog; None: it was never released."""
    locks = {path.parent.name: load_lock(path.parent) for path in folder.glob("*/dialog.yaml")}
    return {name: lock.version if lock else None for name, lock in sorted(locks.items())}


def _warnings(database: Database) -> list[str]:
    if path_of(database.url) is None or not overview.has_wal_bug():
        return []
    sentence = (
        f"SQLite {sqlite3.sqlite_version} can, very rarely, damage a database that is written by "
        "two connections at once (its WAL-reset bug). Install 3.51.3 or newer, and keep backups."
    )
    return [sentence]


def _shown(value: object) -> str:
    match value:
        case dict():
            return ", ".join(f"{name} {_shown(each)}" for name, each in value.items()) or "none"
        case list():
            return " ".join(map(str, value)) or "none"
        case None:
            return "not known"
        case _:
            return str(value)


def _every() -> list[KeptRecord]:
    database = common.database(common.settings())
    kept = database.read(records.every)
    database.close()
    return kept


def _found(connection: Any, reference: str, user: str) -> list[str]:
    if user:
        return conversations.find(connection, user)
    kept = records.get(connection, reference)
    return [kept.conversation] if kept is not None else []


def _row(kept: KeptRecord) -> dict[str, Any]:
    return {**kept.record, "received": kept.at.isoformat(), "delete_on": kept.delete_on.isoformat()}


def _age(oldest: datetime | None, now: datetime) -> int:
    return 0 if oldest is None else max(0, int((now - oldest).total_seconds()))


def _write(item: object) -> None:
    sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")
