"""/desk/calendar: every advisor may look; an admin adds, changes, cancels, removes and imports."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from kpbot.content import events_edit
from kpbot.content.events_edit import ByHandOnly, ChangedMeanwhile, Standing
from kpbot.content.events_text import Entry, instant
from kpbot.desk import calendar_form, calendar_view
from kpbot.desk.calendar_form import Values, Wrong
from kpbot.desk.calendar_upload import upload_routes
from kpbot.desk.forms import Admin, Form, Who
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_form import field
from kpbot.desk.login_pages import DESK_HEADERS
from kpbot.desk.rendering import show
from kpbot.desk.wording import language_of
from kpbot.events import programme_day
from kpbot.store import advisors
from kpbot.store.advisors import Advisor

log = structlog.get_logger()

_DONE = ("added", "changed", "cancelled", "removed")


@dataclass(frozen=True)
class _Desk:
    """The calendar's folder, and what the pages need beside it."""

    house: DeskHouse
    folder: Path

    @property
    def today(self) -> date:
        return programme_day(self.house.clock())

    def note(self, advisor: Advisor) -> dict[str, object]:
        """What an entry says of its last change."""
        now = self.house.clock()
        return {"last_modified": instant(now), "edited": events_edit.edited(advisor.id, now)}

    def tell(self, advisor: Advisor, done: str, uid: str) -> None:
        """The log knows who did what, and the bot reads the files again."""
        log.info("calendar_edited", advisor=advisor.id, done=done, uid=uid)
        self.house.calendar_changed()


def calendar_routes(house: DeskHouse) -> APIRouter:
    """/desk/calendar and what is below it; nothing where there is no folder."""
    router = APIRouter(include_in_schema=False, prefix="/desk/calendar")
    if house.events_folder is None:
        return router
    desk = _Desk(house, house.events_folder)

    @router.get("")
    def calendar(request: Request, advisor: Who) -> Response:
        done = request.query_params.get("done", "")
        notice = f"event_{done}" if done in _DONE else ""
        return list_page(request, desk.house, desk.folder, advisor, notice=notice)

    @router.get("/new")
    def new(request: Request, advisor: Admin) -> Response:
        pattern = _standing(desk, request.query_params.get("copy", ""))
        values = calendar_form.blank(desk.today)
        if pattern is not None:
            entry = Entry({**Entry.of(pattern.event), "as_of": desk.today.isoformat()})
            values = calendar_form.values_of(entry)
        return _form_page(request, desk, advisor, values)

    @router.post("/new")
    def add(request: Request, advisor: Admin, form: Form) -> Response:
        values = calendar_form.typed(form)
        uid = _new_uid(desk, values)
        entry = calendar_form.entry_of(values, uid=uid, sequence="0", **desk.note(advisor))
        return _save(request, desk, advisor, values, entry)

    @router.get("/entries/{uid}")
    def look(request: Request, uid: str, advisor: Admin) -> Response:
        found = _standing(desk, uid)
        if found is None:
            return show(request, advisor, "missing.html", {}, 404)
        values = calendar_form.values_of(Entry.of(found.event))
        return _form_page(request, desk, advisor, values, found)

    @router.post("/entries/{uid}")
    def change(request: Request, uid: str, advisor: Admin, form: Form) -> Response:
        found = _standing(desk, uid)
        if found is None:
            return show(request, advisor, "missing.html", {}, 404)
        values = calendar_form.typed(form)
        sequence = str(found.event.sequence + 1)
        entry = calendar_form.entry_of(values, uid=uid, sequence=sequence, **desk.note(advisor))
        return _save(request, desk, advisor, values, entry, found, field(form, "version"))

    @router.post("/entries/{uid}/cancel")
    def cancel(request: Request, uid: str, advisor: Admin, form: Form) -> Response:
        found = _standing(desk, uid)
        if found is None:
            return show(request, advisor, "missing.html", {}, 404)
        changed = {
            "status": "cancelled",
            "sequence": str(found.event.sequence + 1),
            **desk.note(advisor),
        }
        version = field(form, "version")

        def work() -> None:
            events_edit.change(desk.folder, uid, changed, version=version, today=desk.today)

        return _deed(request, desk, advisor, found, "cancelled", work)

    @router.post("/entries/{uid}/remove")
    def remove(request: Request, uid: str, advisor: Admin, form: Form) -> Response:
        found = _standing(desk, uid)
        if found is None:
            return show(request, advisor, "missing.html", {}, 404)
        version = field(form, "version")

        def work() -> None:
            events_edit.remove(desk.folder, uid, version=version, today=desk.today)

        return _deed(request, desk, advisor, found, "removed", work)

    upload_routes(router, house, desk.folder, list_page)
    return router


def list_page(  # noqa: PLR0913 (what a page shows)
    request: Request,
    house: DeskHouse,
    folder: Path,
    advisor: Advisor,
    *,
    notice: str = "",
    problem: str = "",
    report: object = None,
    status: int = 200,
) -> Response:
    """Every entry, what is wrong, and what an import did."""
    found = calendar_view.shown(folder, house.clock(), language_of(request))
    values = {
        "coming": found.coming,
        "past": found.past,
        "problems": [calendar_view.short(each) for each in found.problems],
        "notice": notice,
        "problem": problem,
        "report": report,
        "quote": lambda uid: quote(uid, safe="@"),
    }
    return show(request, advisor, "calendar.html", values, status)


def _save(  # noqa: PLR0913, PLR0917 (what was typed, what it is, what was there)
    request: Request,
    desk: _Desk,
    advisor: Advisor,
    values: Values,
    entry: Entry,
    found: Standing | None = None,
    version: str = "",
) -> Response:
    """The entry is written, or the form says what is wrong with it."""
    try:
        problems = (
            events_edit.put(desk.folder, entry, version=version or "none", today=desk.today)
            if found is not None
            else events_edit.put(desk.folder, entry, today=desk.today)
        )
    except (ChangedMeanwhile, ByHandOnly, OSError) as error:
        wrong, status = {"": _word(error)}, _status(error)
        return _form_page(request, desk, advisor, values, found, wrong, status)
    wrong = {**calendar_form.gaps(values), **calendar_form.placed(problems)}
    if problems:
        return _form_page(request, desk, advisor, values, found, wrong, 422)
    done = "added" if found is None else "changed"
    desk.tell(advisor, done, str(entry["uid"]))
    return _back(done)


def _deed(  # noqa: PLR0913, PLR0917 (who does what to what)
    request: Request,
    desk: _Desk,
    advisor: Advisor,
    found: Standing,
    done: str,
    work: Callable[[], None],
) -> Response:
    """The work is done, or the entry's page says why not."""
    try:
        work()
    except (ChangedMeanwhile, ByHandOnly, OSError) as error:
        values = calendar_form.values_of(Entry.of(found.event))
        wrong, status = {"": _word(error)}, _status(error)
        return _form_page(request, desk, advisor, values, found, wrong, status)
    desk.tell(advisor, done, found.event.uid)
    return _back(done)


def _form_page(  # noqa: PLR0913, PLR0917 (what a page shows)
    request: Request,
    desk: _Desk,
    advisor: Advisor,
    values: Values,
    found: Standing | None = None,
    wrong: Wrong | None = None,
    status: int = 200,
) -> Response:
    given = {
        "values": values,
        "choices": calendar_form.choices(values),
        "wrong": wrong or {},
        "uid": found.event.uid if found else "",
        "address": quote(found.event.uid, safe="@") if found else "",
        "version": found.version if found else "",
        "is_cancelled": found is not None and found.event.status == "cancelled",
        "edited_by": _name(desk, found.edited_by) if found else "",
        "edited_at": datetime.fromisoformat(found.edited_at) if found and found.edited_at else None,
    }
    return show(request, advisor, "calendar_form.html", given, status)


def _standing(desk: _Desk, uid: str) -> Standing | None:
    return events_edit.standing(desk.folder, uid) if uid else None


def _name(desk: _Desk, advisor: str) -> str:
    """The name of who changed the entry; the id where nobody knows them any more."""
    known = desk.house.database.read(advisors.every)
    return next((each.name for each in known if each.id == advisor), advisor)


def _new_uid(desk: _Desk, values: Values) -> str:
    """A uid that nobody has: day and kind for people, a random part, and the server's name."""
    host = urlsplit(desk.house.access.origin).hostname or "kpbot"
    host = host.replace(":", "-").strip("[]-")
    day = values["start_day"] if str(values["start_day"]).replace("-", "").isdigit() else "event"
    return f"{str(day)[:10]}-{secrets.token_hex(4)}@{host}"


def _word(error: Exception) -> str:
    match error:
        case ChangedMeanwhile():
            return "event_changed_meanwhile"
        case ByHandOnly():
            return "event_by_hand"
        case _:
            log.error("calendar_not_written", failure=type(error).__name__)
            return "event_read_only"


def _status(error: Exception) -> int:
    return 500 if isinstance(error, OSError) else 409


def _back(done: str) -> Response:
    return RedirectResponse(f"/desk/calendar?done={done}", 303, headers=DESK_HEADERS)
