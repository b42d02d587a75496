"""The calendar on the web: a page for people, feeds for calendar programmes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from kpbot.channels.web.calendar_view import Filter, listed
from kpbot.channels.web.calendar_words import COUNTRY_NAMES, WORDS
from kpbot.channels.web.pages import request_language
from kpbot.channels.web.rendering import render
from kpbot.channels.web.words import NAMES, language_named
from kpbot.engine.speech_schedule import Sentences
from kpbot.events import COUNTRIES, KINDS, Calendar, Feed, Kind
from kpbot.model import Language

_READ = ["GET", "HEAD"]
_MAX_AGE = "public, max-age=900"
"""A quarter of an hour: a cancelled event must not live on in a cache."""


@dataclass(frozen=True)
class CalendarHouse:
    """What the page and the feeds need of the house."""

    calendar: Callable[[], Calendar]
    """The calendar as it is now."""
    feed: Callable[[Language | None, Kind | None], Feed]
    """All events, or those of one kind."""
    single: Callable[[str, Language | None], Feed | None]
    """The event of that uid alone, if there is one."""
    clock: Callable[[], datetime]
    sentences: Mapping[Language, Sentences]
    """The bot's own sentences: events read the same in the chat and on the page."""
    public_url: str = ""
    """Where the server is reached from outside; empty: as the request says."""


def calendar_routes(house: CalendarHouse) -> APIRouter:
    """/events, /events.ics, /events.<language>[.<kind>].ics, /events/<uid>.ics."""
    router = APIRouter()

    async def served(
        request: Request, language: Language | None = None, kind: Kind | None = None
    ) -> Response:
        return _served(request, await asyncio.to_thread(house.feed, language, kind))

    @router.api_route("/events", methods=_READ)
    async def page(request: Request) -> Response:
        return await asyncio.to_thread(_page, request, house)

    @router.api_route("/events.ics", methods=_READ)
    async def everything(request: Request) -> Response:
        return await served(request)

    @router.api_route("/events.{language}.{kind}.ics", methods=_READ)
    async def of_kind(request: Request, language: str, kind: str) -> Response:
        spoken, chosen = language_named(language), kind_named(kind)
        if spoken is None or chosen is None:
            return _nothing()
        return await served(request, spoken, chosen)

    @router.api_route("/events.{language}.ics", methods=_READ)
    async def in_language(request: Request, language: str) -> Response:
        spoken = language_named(language)
        if spoken is None:
            return _nothing()
        return await served(request, spoken)

    @router.api_route("/events/{uid}.ics", methods=_READ)
    async def alone(request: Request, uid: str) -> Response:
        spoken = language_named(request.query_params.get("language"))
        found = await asyncio.to_thread(house.single, uid, spoken)
        if found is None:
            return _nothing()
        disposition = {"Content-Disposition": 'attachment; filename="event.ics"'}
        return _served(request, found, disposition)

    return router


def kind_named(name: str | None) -> Kind | None:
    """The kind of that name, if it is one of ours."""
    return next((kind for kind in KINDS if kind == name), None)


def _served(request: Request, file: Feed, headers: Mapping[str, str] | None = None) -> Response:
    """The file, or only the word that the copy there is still the same."""
    always = {"ETag": file.etag, "Cache-Control": _MAX_AGE, **(headers or {})}
    known = request.headers.get("if-none-match", "")
    if file.etag in known or known.strip() == "*":
        return Response(status_code=304, headers=always)
    return Response(file.body, media_type="text/calendar; charset=utf-8", headers=always)


def _nothing() -> Response:
    return PlainTextResponse("404", status_code=404, headers={"Cache-Control": "no-store"})


# ── the page ─────────────────────────────────────────────────────────────────────────────────


def _page(request: Request, house: CalendarHouse) -> Response:
    language = request_language(request)
    chosen = Filter(
        kind_named(request.query_params.get("kind")),
        next((each for each in COUNTRIES if each == request.query_params.get("country")), None),
    )
    calendar = house.calendar()
    views, more = listed(calendar, house.clock(), house.sentences[language], language, chosen)
    values = {
        "own": WORDS[language],
        "sentences": house.sentences[language],
        "events": views,
        "more": more,
        "is_filtered": chosen != Filter(),
        "here": [(name, _address(code, chosen), code) for code, name in NAMES.items()],
        "kinds": _kind_links(calendar, house.sentences[language], language, chosen),
        "countries": _country_links(calendar, language, chosen),
        **_feeds(request, house, language, chosen),
    }
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return HTMLResponse(render("events.html", language, values), headers=headers)


def _address(language: Language, chosen: Filter) -> str:
    """The page in that language with those filters."""
    query = {"language": language, "kind": chosen.kind, "country": chosen.country}
    return "/events?" + urlencode({name: word for name, word in query.items() if word})


Link = tuple[str, str, bool]
"""Words, address, and whether it is where one is."""


def _kind_links(
    calendar: Calendar, sentences: Sentences, language: Language, chosen: Filter
) -> list[Link]:
    """All kinds, then each there is; none at all where there is but one."""
    there = {event.kind for event in calendar.events} | {chosen.kind}
    links: list[Link] = [
        (
            WORDS[language]["all_kinds"],
            _address(language, Filter(None, chosen.country)),
            chosen.kind is None,
        )
    ]
    links += [
        (
            sentences[f"schedule_kind_{kind}"],
            _address(language, Filter(kind, chosen.country)),
            kind == chosen.kind,
        )
        for kind in KINDS
        if kind in there
    ]
    return links if len(links) > 2 or chosen.kind else []


def _country_links(calendar: Calendar, language: Language, chosen: Filter) -> list[Link]:
    """All countries, then each there is; none at all where there is but one."""
    there = {code for event in calendar.events for code in event.countries} | {chosen.country}
    links: list[Link] = [
        (
            WORDS[language]["all_countries"],
            _address(language, Filter(chosen.kind, None)),
            chosen.country is None,
        )
    ]
    links += [
        (
            COUNTRY_NAMES[language][code],
            _address(language, Filter(chosen.kind, code)),
            code == chosen.country,
        )
        for code in COUNTRIES
        if code in there
    ]
    return links if len(links) > 2 or chosen.country else []


def _feeds(
    request: Request, house: CalendarHouse, language: Language, chosen: Filter
) -> dict[str, str]:
    """The addresses under which a calendar programme finds what is shown."""
    kind = f".{chosen.kind}" if chosen.kind else ""
    base = house.public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"
    address = f"{base}/events.{language}{kind}.ics"
    return {"feed": address, "webcal": "webcal:" + address.partition(":")[2]}
