"""Cases as files to take away: one row a case, or one case on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import Response

from kpbot import exports
from kpbot.desk.export_table import table_of
from kpbot.desk.login_pages import DESK_HEADERS
from kpbot.engine.dialog import Dialogs
from kpbot.events import programme_day
from kpbot.store.case_list import Listed

_Write = Callable[[Sequence[exports.Row], Sequence[str]], bytes]
_TABLES: Mapping[str, tuple[_Write, str]] = {
    "csv": (exports.write_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        exports.write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
FORMATS = (*_TABLES, "json")


def export_of(  # noqa: PLR0913, PLR0917 (what a file holds)
    dialogs: Dialogs,
    found: Iterable[Listed],
    closers: Mapping[str, str],
    names: Mapping[str, str],
    format_: str,
    at: datetime,
) -> Response:
    """The file with one row a case. `closers`: reference → id of who closed it; `names` by id.

    Tables are for people, in German; JSON is for machines, with ids and typed values.
    """
    if format_ == "json":
        raw = exports.rows((each.record.record, _columns(each, closers, names)) for each in found)
        content, media_type = exports.write_json(raw), "application/json"
    else:
        headings, table = table_of(dialogs, found, closers, names)
        write, media_type = _TABLES[format_]
        content = write(table, headings)
    return download(content, media_type, f"kpbot-{programme_day(at).isoformat()}.{format_}")


def download(content: bytes, media_type: str, name: str) -> Response:
    """The file under this name, kept by nobody."""
    headers = {**DESK_HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _columns(
    listed: Listed, closers: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, Any]:
    """What became of the case, beside its record."""
    case = listed.case
    closer = closers.get(case.reference, "") if case.state == "closed" else ""
    return {
        "complete": listed.record.complete,
        "state": case.state,
        "desk": case.desk,
        "advisor": names.get(case.advisor or "", ""),
        "opened": case.opened,
        "answer_due": case.answer_due,
        "answered": case.answered,
        "closed": case.closed,
        "closed_by": names.get(closer, ""),
        "reason": case.reason,
        "delete_on": listed.record.delete_on,
    }
