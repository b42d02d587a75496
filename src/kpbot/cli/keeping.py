"""Records, erasure and the state of the store, for operators and advisors."""

from __future__ import annotations

import csv
import json
import sys
from datetime import datetime
from typing import Any, Literal

from kpbot.app import Clock, receivers_of
from kpbot.cli import common
from kpbot.cli.failing import WrongUse
from kpbot.handover import announce_erasure
from kpbot.house import Receivers
from kpbot.store import conversations, erasure, inbox, outbox, records
from kpbot.store.records import KeptRecord

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be a formula in a spreadsheet: it gets an apostrophe."""


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


def export_records(format_: Literal["csv", "json"]) -> None:
    """All records are on standard output: one row or one object each."""
    rows = [_row(kept) for kept in _every()]
    if format_ == "json":
        for row in rows:
            _write(row)
        return
    columns = list(dict.fromkeys(key for row in rows for key in row))
    sys.stdout.write("\ufeff")  # so that spreadsheets read UTF-8
    writer = csv.DictWriter(sys.stdout, columns, delimiter=";")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})


def erase(*, reference: str, user: str) -> int:
    """Everything about the person is gone, the advisors are told; 1 where nobody was found."""
    if bool(reference) == bool(user):
        raise WrongUse("Say whom: either a reference or --user with the person's address.")
    settings = common.settings()
    database = common.database(settings)
    try:
        found = database.read(lambda connection: _found(connection, reference, user))
        gone = database.write(lambda connection: _erase(connection, found, receivers_of(settings)))
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


def _erase(connection: Any, found: list[str], receivers: Receivers) -> list[str]:
    gone = [each for name in found for each in erasure.erase(connection, name)]
    for reference in gone:
        announce_erasure(connection, reference, receivers, Clock()())
    return gone


def _row(kept: KeptRecord) -> dict[str, Any]:
    return {**kept.record, "received": kept.at.isoformat(), "delete_on": kept.delete_on.isoformat()}


def _cell(value: object) -> str:
    if isinstance(value, list | dict):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _age(oldest: datetime | None, now: datetime) -> int:
    return 0 if oldest is None else max(0, int((now - oldest).total_seconds()))


def _write(item: object) -> None:
    sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")
