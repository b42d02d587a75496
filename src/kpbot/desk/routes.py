"""The desk's routes, put together: pages, files, admin, API."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kpbot.desk.admin import admin_routes
from kpbot.desk.api import api_routes
from kpbot.desk.calendar_pages import calendar_routes
from kpbot.desk.case_pages import case_routes
from kpbot.desk.files import file_routes
from kpbot.desk.forms import Who
from kpbot.desk.house import DeskHouse
from kpbot.desk.inbox import inbox_routes
from kpbot.desk.invitations import invitation_routes
from kpbot.desk.rendering import show
from kpbot.desk.statistics_pages import statistics_routes


def desk_routes(house: DeskHouse) -> list[APIRouter]:
    """Every router of the desk but those of logging in, in the order in which they are asked."""
    return [
        file_routes(),
        inbox_routes(house),
        invitation_routes(house),
        case_routes(house),
        statistics_routes(house),
        calendar_routes(house),
        admin_routes(house),
        api_routes(house),
        _nowhere(),
    ]


def _nowhere() -> APIRouter:
    """Every other address of the desk, and every other method: a page that says so."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/desk/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def nowhere(request: Request, advisor: Who) -> Response:
        return show(request, advisor, "missing.html", {}, 404)

    return router
