"""Records, erasure and the state of the store, for operators and advisors."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any, Literal

from kpbot import exports
from kpbot.app import Clock, receivers_of
from kpbot.cli import common
from kpbot.cli.failing import WrongUse
from kpbot.handover import erase_conversation
from kpbot.store import conversations, inbox, outbox, records, rotation
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
    """What waits, what failed and since when is shown."""
    database = common.database(common.settings())
    now = Clock()()
    count, oldest = database.read(outbox.waiting)
    state = {
        "outbox_waiting": count,
        "outbox_oldest_seconds": _age(oldest, now),
        "failed_turns": database.read(inbox.failures),
        "records": len(database.read(records.every)),
        "fields_in_the_clear": database.read(rotation.sealed).get("clear", 0),
    }
    database.close()
    if as_json:
        _write(state)
    else:
        for name, value in state.items():
            print(f"{name.replace('_', ' ')}: {value}")


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
