"""The inbox: every case in a table, with search and filters in the address."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response

from kpbot.desk.exporting import FORMATS, export_of
from kpbot.desk.filters import ALL, MINE, NOBODY, STATES, Filters, filters_of
from kpbot.desk.forms import Watcher, Who, day_of
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_pages import DeskLanguage
from kpbot.desk.record_view import desk_title, option, text_of, topic
from kpbot.desk.rendering import show
from kpbot.desk.wording import day, language_of, words_in
from kpbot.model import LANGUAGES
from kpbot.store import advisors, case_list, cases
from kpbot.store.advisors import Advisor
from kpbot.store.case_list import Listed

A_PAGE = 50
"""Cases on a page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the list shows."""

    listed: tuple[Listed, ...]
    total: int
    people: tuple[Advisor, ...]
    countries: tuple[str, ...]
    filters: Filters


def inbox_routes(house: DeskHouse) -> APIRouter:
    """/desk, /desk/list (what a page asks for by itself) and /desk/export."""
    router = APIRouter(include_in_schema=False)

    @router.get("/desk")
    def inbox(request: Request, advisor: Who) -> Response:
        return _page(request, house, advisor, "inbox.html")

    @router.get("/desk/list")
    def news(request: Request, advisor: Watcher) -> Response:
        return _page(request, house, advisor, "inbox_list.html")

    @router.get("/desk/export")
    def export(request: Request, advisor: Who) -> Response:
        format_ = request.query_params.get("format", "")
        if format_ not in FORMATS:
            return show(request, advisor, "missing.html", {}, 404)
        at = house.clock()

        def work(connection: sa.Connection) -> tuple[list[Listed], dict[str, str]]:
            filters, _, _ = _filters(connection, request, house)
            found = case_list.every(connection, filters.wanted(advisor.id), at)
            for each in found:
                cases.enter(
                    connection,
                    each.case.reference,
                    at,
                    author=advisor.id,
                    kind="exported",
                    text=format_,
                )
            return found, case_list.closers(connection)

        found, closers = house.database.write(work)
        names = {each.id: each.name for each in house.database.read(advisors.every)}
        return export_of(house.dialogs, found, closers, names, format_, at)

    return router


def _page(request: Request, house: DeskHouse, advisor: Advisor, template: str) -> Response:
    at = house.clock()
    seen = house.database.read(lambda connection: _see(connection, request, house, advisor))
    language = language_of(request)
    words = words_in(language)
    names = {each.id: each.name for each in seen.people}
    readers = house.presence.readers(at, but=advisor.id)
    rows = [_row(house, each, names, readers, language, at) for each in seen.listed]
    filters = seen.filters
    labels = {country: _country(house, country, language) for country in seen.countries}
    spoken: dict[str, str] = {code: words[f"in_{code}"] for code in LANGUAGES}
    desks = {desk: desk_title(house.dialogs, desk, language) for desk in house.desks()}
    values = {
        "rows": rows,
        "active": _active(filters, {**desks, **names, **spoken, **labels}, language),
        "total": seen.total,
        "unread": sum(row["unread"] is True for row in rows),
        "filters": filters,
        "pages": _pages(seen.total),
        "people": [each for each in seen.people if each.active],
        "countries": labels,
        "desks": desks,
        "spoken": spoken,
        "states": STATES,
        "formats": FORMATS,
        "before": request.query_params.get("known", ""),
        "ended": "ended" in request.query_params,  # and now the person is back
    }
    return show(request, advisor, template, values)


def _active(
    filters: Filters, titles: Mapping[str, str], language: DeskLanguage
) -> list[tuple[str, str]]:
    """What is filtered, as label and value; `titles` by id of desk, advisor, language, country."""
    words = words_in(language)
    state = words["any"] if filters.state == ALL else words.get(f"state_{filters.state}", "")
    whose = words.get(filters.advisor) if filters.advisor in {MINE, NOBODY} else None
    since, until = day_of(filters.since), day_of(filters.until)
    given = [
        (words["find"], filters.q),
        (words["state"], state),
        (words["who"], whose or titles.get(filters.advisor, "")),
        (words["desk_column"], titles.get(filters.desk, "")),
        (words["language"], titles.get(filters.spoken, "")),
        (words["country"], titles.get(filters.country, "")),
        (words["since"], day(since, language) if since else ""),
        (words["until"], day(until, language) if until else ""),
        (words["only_overdue"], "✓" if filters.overdue else ""),
    ]
    return [(label, value) for label, value in given if value]


def _see(connection: sa.Connection, request: Request, house: DeskHouse, advisor: Advisor) -> Seen:
    filters, people, countries = _filters(connection, request, house)

    def page(number: int) -> tuple[list[Listed], int]:
        return case_list.page(
            connection,
            filters.wanted(advisor.id),
            house.clock(),
            order=filters.sort,
            descending=bool(filters.down),
            offset=(number - 1) * A_PAGE,
            limit=A_PAGE,
        )

    listed, total = page(filters.page)
    if total and not listed:  # there are fewer by now: the last page that there is
        filters = replace(filters, page=_pages(total))
        listed, total = page(filters.page)
    return Seen(tuple(listed), total, tuple(people), tuple(countries), filters)


def _pages(total: int) -> int:
    return max(1, math.ceil(total / A_PAGE))


def _filters(
    connection: sa.Connection, request: Request, house: DeskHouse
) -> tuple[Filters, list[Advisor], list[str]]:
    people = advisors.every(connection)
    countries = case_list.countries(connection)
    filters = filters_of(
        request.query_params,
        desks=house.desks(),
        advisors=[each.id for each in people],
        countries=countries,
    )
    return filters, people, countries


def _row(  # noqa: PLR0913, PLR0917 (what a row shows)
    house: DeskHouse,
    listed: Listed,
    names: dict[str, str],
    readers: dict[str, tuple[str, ...]],
    language: DeskLanguage,
    at: datetime,
) -> dict[str, object]:
    case, record = listed.case, listed.record.record
    return {
        "case": case,
        "unread": case.state == "waiting_advisor",
        "overdue": case.is_overdue(at),
        "due": case.answer_due,
        "complete": listed.record.complete,
        "place": text_of(record, "municipality_name"),
        "country": option(house.dialogs, record, "country", language),
        "desk": desk_title(house.dialogs, case.desk, language),
        "spoken": record.get("language", ""),
        "topic": topic(house.dialogs, record, language),
        "who": names.get(case.advisor or "", ""),
        "readers": readers.get(case.reference, ()),
    }


def _country(house: DeskHouse, country: str, language: DeskLanguage) -> str:
    """The name of the country as the dialogs call it; its code where none does."""
    for words in house.dialogs.words.values():
        known = words[language].questions.get("country")
        if known is not None and country in known.options:
            return known.options[country].say
    return country
