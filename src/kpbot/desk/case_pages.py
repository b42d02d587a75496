"""The page of a case: read, acted on, printed, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from kpbot import exports
from kpbot.cases import Refused
from kpbot.desk import case_actions, case_view
from kpbot.desk.case_view import NOTHING_TYPED, Found, Typed
from kpbot.desk.exporting import download
from kpbot.desk.forms import Form, Watcher, Who, clean, looks_like_reference
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_form import Fields, field
from kpbot.desk.login_pages import DESK_HEADERS
from kpbot.desk.rendering import show
from kpbot.desk.wording import language_of, moment, words_in
from kpbot.model import LANGUAGES
from kpbot.store import cases
from kpbot.store.advisors import Advisor
from kpbot.store.cases import Entry

READ_EVERY = timedelta(hours=1)
"""Opening a case again within this time is the same reading."""
_WRONG = {"unknown": 404, "empty": 422, "too_long": 422}
_CHANGED = "refused_changed"
_FORMS: Mapping[str, tuple[str, ...]] = {
    "mine": ("reply", "note", "close", "snooze", "hand", "release", "invite"),
    "free": ("claim", "note"),
    "closed": ("reopen", "note"),
    "others": ("note",),
}
"""The forms on the page by what the advisor is to the case."""


def case_routes(house: DeskHouse) -> APIRouter:
    """/desk/cases/{reference}: the page, its news, what can be done, print and PDF."""
    router = APIRouter(include_in_schema=False, prefix="/desk/cases/{reference}")

    @router.get("")
    def case_page(request: Request, reference: str, advisor: Who) -> Response:
        found = open_case(house, advisor, reference, "viewed")
        if found is None:
            return missing(request, advisor)
        done = case_actions.DONE.get(request.query_params.get("done", ""), "")
        return page(request, house, advisor, found, notice=done)

    @router.get("/live")
    def live(request: Request, reference: str, advisor: Watcher) -> Response:
        found = _find(house, reference, whole=False)
        if found is None:
            return missing(request, advisor)
        _see(house, advisor, found)
        return _news(request, house, advisor, found)

    @router.get("/print")
    def printed(request: Request, reference: str, advisor: Who) -> Response:
        found = open_case(house, advisor, reference, "printed")
        if found is None:
            return missing(request, advisor)
        values = case_view.values(house, found, advisor, language_of(request))
        return show(request, advisor, "case_print.html", values)

    @router.get("/pdf")
    def pdf(request: Request, reference: str, advisor: Who) -> Response:
        found = _find(house, reference)
        if found is None:
            return missing(request, advisor)
        return _pdf(request, house, advisor, found)

    @router.get("/{action}")
    def back(request: Request, reference: str, action: str, advisor: Who) -> Response:
        """The address that stays in the browser after a refused form leads to the case."""
        known = {*case_actions.DONE, "canned"}
        if not looks_like_reference(reference) or action not in known:
            return missing(request, advisor)
        return RedirectResponse(_address(reference), 303, headers=DESK_HEADERS)

    @router.post("/canned")
    def insert(request: Request, reference: str, advisor: Who, form: Form) -> Response:
        found = _find(house, reference)
        if found is None:
            return missing(request, advisor)
        typed = Typed(reply=_with_canned(house, found, form))
        return page(request, house, advisor, found, typed=typed, written="reply")

    @router.post("/{action}")
    def do(request: Request, reference: str, action: str, advisor: Who, form: Form) -> Response:
        if not looks_like_reference(reference) or action not in case_actions.DONE:
            return missing(request, advisor)
        outcome = case_actions.act(house, advisor, reference, action, form)
        if outcome is None:
            return _to_case(reference, action)
        return refused(request, house, advisor, reference, outcome, _typed(action, form))

    return router


def open_case(house: DeskHouse, advisor: Advisor, reference: str, kind: str) -> Found | None:
    """The case, and in its file that the advisor has read it: once an hour for each kind."""
    at = house.clock()

    def work(connection: sa.Connection) -> Found | None:
        found = case_view.find(connection, reference)
        if found is not None and not _has_read(found, advisor, kind, at):
            id_ = found.listed.case.reference
            cases.enter(connection, id_, at, author=advisor.id, kind=kind)
            found = case_view.find(connection, reference)
        return found

    if not looks_like_reference(reference):
        return None
    found = house.database.read(lambda connection: case_view.find(connection, reference))
    if found is not None and not _has_read(found, advisor, kind, at):
        found = house.database.write(work)
    if found is not None:
        _see(house, advisor, found)
    return found


def page(  # noqa: PLR0913 (what a page shows)
    request: Request,
    house: DeskHouse,
    advisor: Advisor,
    found: Found,
    *,
    notice: str = "",
    problem: str = "",
    typed: Typed = NOTHING_TYPED,
    written: str = "",
    status: int = 200,
) -> Response:
    """The case as HTML; `notice` is a word, `problem` a sentence; `written` names a box to see."""
    values = case_view.values(house, found, advisor, language_of(request), typed)
    if notice in {"done_claim", "done_reopen", "done_reply"} and values["standing"] != "mine":
        notice = ""  # the second press of a form that was refused
    given = {**values, "notice": notice, "problem": problem, "written": written}
    return show(request, advisor, "case.html", given, status)


def refused(  # noqa: PLR0913, PLR0917 (what a page shows)
    request: Request,
    house: DeskHouse,
    advisor: Advisor,
    reference: str,
    outcome: Refused | str,
    typed: Typed,
) -> Response:
    """The page as it is now, with the sentence why nothing was done and what was typed."""
    found = _find(house, reference)
    if found is None:
        return missing(request, advisor)
    if isinstance(outcome, Refused):
        word, name = case_actions.sentence_of(outcome, house)
        status = _WRONG.get(outcome.why, 409)
    else:
        word, name, status = outcome, "", 409 if outcome == _CHANGED else 422
    words = words_in(language_of(request))
    problem = words[word].replace("{name}", name)
    return page(request, house, advisor, found, problem=problem, typed=typed, status=status)


def missing(request: Request, advisor: Advisor) -> Response:
    """There is no such case, or no longer."""
    return show(request, advisor, "missing.html", {}, 404)


def _news(request: Request, house: DeskHouse, advisor: Advisor, found: Found) -> Response:
    """What is another since the page was made; nothing: 204."""
    values = case_view.values(house, found, advisor, language_of(request))
    ended = "ended" in request.query_params  # and now the person is back
    if request.query_params.get("mark") == values["mark"] and not ended:
        return Response(status_code=204, headers=DESK_HEADERS)
    same = request.query_params.get("standing") == values["standing"]
    after = request.query_params.get("after", "")
    last = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0
    fresh = [each for each in found.entries if each.id > last and each.author != advisor.id]
    news = [each for each in fresh if each.kind not in (*case_view.AUDIT, "through")]
    names = _FORMS[str(values["standing"])]
    given = {**values, "same": same, "news": news, "ended": ended, "names": names}
    return show(request, advisor, "case_live.html", given)


def _pdf(request: Request, house: DeskHouse, advisor: Advisor, found: Found) -> Response:
    listed = found.listed
    spoken = [
        exports.Spoken(
            moment(each.at, "de"),
            _speaker(each.author, found),
            _told(each),
        )
        for each in found.entries
        if each.kind in {"said", "edited", "replied", "undelivered", "doubtful"}
    ]
    reference = listed.case.reference
    try:
        content = exports.write_pdf(listed.record.summary, reference, spoken)
    except exports.PdfUnavailable:
        problem = words_in(language_of(request))["no_pdf"]
        return page(request, house, advisor, found, problem=problem, status=503)
    house.database.write(
        lambda connection: cases.enter(
            connection, reference, house.clock(), author=advisor.id, kind="exported", text="pdf"
        )
    )
    return download(content, "application/pdf", f"{reference}.pdf")


def _told(entry: Entry) -> str:
    """What was said; of what may not have arrived, that it is so."""
    if entry.kind in {"undelivered", "doubtful"}:
        return f"{words_in('de')[f'kind_{entry.kind}']}: {entry.text}"
    return entry.text


def _speaker(author: str, found: Found) -> str:
    known = found.people.get(author)
    return known.name if known is not None else words_in("de").get(f"author_{author}", "")


def _with_canned(house: DeskHouse, found: Found, form: Fields) -> str:
    """What was typed, and the canned answer below it."""
    typed = clean(field(form, "text")).rstrip()
    id_, _, spoken = field(form, "canned").partition(":")
    record = found.listed.record
    name = str(record.record.get("contact_name") or "")
    for each in house.canned:
        for language in LANGUAGES:
            if (each.id, language) == (id_, spoken):
                text = each.filled(language, name, record.reference)
                return f"{typed}\n\n{text}" if typed else text
    return typed


def _typed(action: str, form: Fields) -> Typed:
    text = clean(field(form, "text"))
    return Typed(note=text) if action == "note" else Typed(reply=text)


def _find(house: DeskHouse, reference: str, *, whole: bool = True) -> Found | None:
    if not looks_like_reference(reference):
        return None
    return house.database.read(
        lambda connection: case_view.find(connection, reference, whole=whole)
    )


def _see(house: DeskHouse, advisor: Advisor, found: Found) -> None:
    reference = found.listed.case.reference
    house.presence.see(reference, advisor.id, advisor.name, house.clock())


def _has_read(found: Found, advisor: Advisor, kind: str, at: datetime) -> bool:
    return any(
        each.kind == kind and each.author == advisor.id and at - each.at < READ_EVERY
        for each in found.entries
    )


def _address(reference: str) -> str:
    return f"/desk/cases/{reference.upper()}"


def _to_case(reference: str, action: str) -> Response:
    address = f"{_address(reference)}?done={action}"
    if action in {"claim", "reopen"}:
        address += "#reply"
    return RedirectResponse(address, 303, headers=DESK_HEADERS)
