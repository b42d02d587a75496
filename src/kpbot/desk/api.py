"""/api/v1: cases, records and statistics for the operator's own systems, by bearer token."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response, Security
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kpbot.channels.web.limits import Buckets
from kpbot.desk import api_actions, api_events, api_reading
from kpbot.desk.api_models import (
    REFERENCE,
    ActionIn,
    CaseDetail,
    CaseOut,
    CasePage,
    CasesWanted,
    EventPage,
    EventsWanted,
    PeriodWanted,
    RecordOut,
    StatisticsOut,
)
from kpbot.desk.api_problems import Denied, ProblemRoute, documented, problem_schemas
from kpbot.desk.guard import require_scope
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_pages import DESK_HEADERS
from kpbot.desk.statistics_pages import USUAL
from kpbot.events import programme_day
from kpbot.store import advisors, case_list
from kpbot.store.case_list import Listed, Wanted
from kpbot.store.tokens import Token

PREFIX = "/api/v1"
_BEARER = HTTPBearer(auto_error=False, description="A token of the desk's administration.")

Reference = Annotated[str, Path(pattern=REFERENCE)]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]


def api_routes(house: DeskHouse) -> APIRouter:
    """/api/v1 and its description at /api/openapi.json."""
    router = APIRouter(route_class=ProblemRoute)
    buckets = house.buckets()

    def allowed(scope: str) -> Any:
        return Depends(_scoped(scope, buckets))

    @router.get(
        f"{PREFIX}/cases",
        dependencies=[allowed("cases:read")],
        responses=documented(401, 403, 422, 429),
    )
    def list_cases(wanted: Annotated[CasesWanted, Query()]) -> CasePage:
        """The cases that pass every filter, the newest first."""
        return _page(house, wanted)

    @router.get(
        f"{PREFIX}/cases/{{reference}}",
        dependencies=[allowed("cases:read")],
        responses=documented(401, 403, 404, 422, 429),
    )
    def read_case(request: Request, reference: Reference) -> CaseDetail:
        """The case with everything that was said and done in it."""
        found = api_reading.detail(house, reference, _name(request))
        if found is None:
            raise Denied(404, "unknown")
        return found

    @router.post(
        f"{PREFIX}/cases/{{reference}}/actions",
        dependencies=[allowed("cases:write")],
        responses=documented(400, 401, 403, 404, 409, 413, 415, 422, 429),
    )
    def act(request: Request, reference: Reference, action: ActionIn) -> CaseOut:
        """What an advisor does is done; the person hears of it as from the desk."""
        api_actions.carry_out(house, reference, action, _name(request))
        found = house.database.read(
            lambda connection: (
                case_list.one(connection, reference),
                api_reading.emails(connection),
            )
        )
        if found[0] is None:
            raise Denied(404, "unknown")
        return api_reading.case_out(found[0], found[1], house.clock())

    @router.get(
        f"{PREFIX}/records/{{reference}}",
        dependencies=[allowed("records:read")],
        responses=documented(401, 403, 404, 422, 429),
    )
    def read_record(request: Request, reference: Reference) -> RecordOut:
        """What the person handed over, as it was frozen."""
        found = api_reading.record_out(house, reference, _name(request))
        if found is None:
            raise Denied(404, "unknown")
        return found

    @router.delete(
        f"{PREFIX}/records/{{reference}}",
        status_code=204,
        dependencies=[allowed("records:erase")],
        responses=documented(401, 403, 404, 422, 429),
    )
    def erase_record(reference: Reference) -> Response:
        """Everything about the person of this record is erased, not this record alone."""
        if not house.erase(reference.upper()):
            raise Denied(404, "unknown")
        return Response(status_code=204)

    @router.get(
        f"{PREFIX}/statistics",
        dependencies=[allowed("statistics:read")],
        responses=documented(401, 403, 422, 429),
    )
    def read_statistics(wanted: Annotated[PeriodWanted, Query()]) -> StatisticsOut:
        """Figures of the days from the first to the last; without any, of the last ninety."""
        since, last = wanted.since, wanted.until or programme_day(house.clock())
        if not _is_usual(last) or (since is not None and not _is_usual(since)):
            raise Denied(422, "no_period", "The days must be of these centuries.")
        first = since or last - USUAL
        if first > last:
            raise Denied(422, "no_period", "The first day must not be after the last.")
        return api_reading.statistics(house, first, last)

    @router.get(
        f"{PREFIX}/events",
        dependencies=[allowed("events:read")],
        responses=documented(401, 403, 422, 429),
    )
    def list_events(wanted: Annotated[EventsWanted, Query()]) -> EventPage:
        """What takes place from the first day to the last; without any: what is coming."""
        return api_events.page(house, wanted)

    described = _description(router)

    @router.get("/api/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return JSONResponse(described, headers={**DESK_HEADERS, "cache-control": "no-cache"})

    return router


def _page(house: DeskHouse, wanted: CasesWanted) -> CasePage:
    at, limit = house.clock(), wanted.limit
    last = api_reading.after(wanted.cursor) if wanted.cursor is not None else None
    filters = Wanted(
        states=(wanted.state,) if wanted.state is not None else (),
        desk=wanted.desk or "",
        language=wanted.language or "",
        country=wanted.country or "",
        since=_usable(wanted.opened_since),
        until=_usable(wanted.opened_before),
        overdue=wanted.overdue,
    )

    def work(connection: sa.Connection) -> tuple[list[Listed], dict[str, str]]:
        known = api_reading.emails(connection)
        narrowed = filters
        if wanted.advisor is not None:
            found = advisors.find_by_email(connection, wanted.advisor, only_active=False)
            if found is None:
                return [], known
            narrowed = replace(filters, advisor=found.id)
        return case_list.after(connection, narrowed, at, last=last, limit=limit + 1), known

    found, known = house.database.read(work)
    shown = found[:limit]
    more = api_reading.cursor_after(shown[-1]) if len(found) > limit else None
    return CasePage(items=[api_reading.case_out(each, known, at) for each in shown], next=more)


def _scoped(scope: str, buckets: Buckets) -> Callable[..., Awaitable[Token]]:
    """The token of the request, good for the scope and not too busy."""
    require = require_scope(scope)

    async def token(request: Request, credentials: Credentials) -> Token:
        known = await require(request, credentials)
        wait = buckets.take(known.name)
        if wait:
            raise HTTPException(429, headers={"Retry-After": str(math.ceil(wait))})
        request.state.token = known.name
        return known

    return token


def _name(request: Request) -> str:
    return str(request.state.token)


def _usable(at: datetime | None) -> datetime | None:
    """An instant that every database can compare."""
    if at is not None and not _is_usual(at.date()):
        raise Denied(422, "no_period", "The instant must be of these centuries.")
    return at


def _is_usual(day: date) -> bool:
    return 2000 <= day.year <= 2999


def _description(router: APIRouter) -> dict[str, Any]:
    """The description of the API as OpenAPI."""
    described = get_openapi(
        title="kpbot",
        version="1",
        summary="Cases and records of the advisory desk",
        routes=router.routes,
    )
    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(problem_schemas())
    return described
