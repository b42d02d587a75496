"""The events page and the feeds over real HTTP, and the page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import icalendar
import pytest
from calendars import CONFERENCE, OUTDATED, PAST, calendar_house
from fastapi import FastAPI
from serving import Server
from starlette.responses import Response

from kpbot.channels.web.assets import page_style
from kpbot.channels.web.calendar import calendar_routes
from kpbot.channels.web.calendar_words import COUNTRY_NAMES, WORDS
from kpbot.channels.web.headers import Guard
from kpbot.events import Calendar
from kpbot.model import LANGUAGES


def application(calendar: Calendar | None = None, public_url: str = "") -> FastAPI:
    """The calendar's routes behind the guard, with the style of the pages."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(calendar_routes(calendar_house(calendar, public_url)))
    style = page_style()

    @app.get("/page.css")
    def page_css() -> Response:
        return Response(style.body, media_type=style.type)

    app.add_middleware(Guard)
    return app


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with server.serve(application()) as at, httpx.Client(base_url=at, trust_env=False) as client:
        yield client


def test_the_page_tells_what_is_coming_and_nothing_else(client: httpx.Client) -> None:
    page = client.get("/events?language=de")
    assert page.status_code == 200
    assert '<html lang="de" dir="ltr">' in page.text
    assert page.text.index("Sprechstunde für Kommunen") < page.text.index("Partnerschaftskonferenz")
    assert "Dienstag, 01.06.2027, 10:00 Uhr bis Mittwoch, 02.06.2027, 16:00 Uhr (Casablanca)" in (
        page.text
    )
    assert "Dienstag, 01.06.2027, 12:00 Uhr bis Mittwoch, 02.06.2027, 18:00 Uhr (Berlin)" in (
        page.text
    )
    assert "Quelle: Rundschreiben 1, Stand 05.01.2027." in page.text
    assert PAST.title["de"] not in page.text
    assert "Die Veranstaltung ist abgesagt." in page.text


def test_an_entry_nobody_has_confirmed_is_shown_without_its_date(client: httpx.Client) -> None:
    page = client.get("/events?language=en&kind=network_meeting").text
    assert OUTDATED.title["en"] in page
    assert "The date is not confirmed any more. It was last noted on 1 June 2026." in page
    assert "2027" not in re.sub(r"<a [^>]*>", "", page)


def test_what_people_wrote_is_escaped(client: httpx.Client) -> None:
    page = client.get("/events?language=de").text
    assert "Musterhafte &amp; &lt;b&gt;fette&lt;/b&gt; Angaben." in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_are_in_the_address(client: httpx.Client, language: str) -> None:
    page = client.get(f"/events?language={language}&country=MA").text
    assert CONFERENCE.title[language] in page  # type: ignore[index]
    assert "example.org/raum" not in page
    there = client.get(f"/events?language={language}&kind=webinar&country=MA").text
    assert WORDS[language]["none_of"].replace("'", "&#39;") in there  # type: ignore[index]
    chosen = re.findall(r'aria-current="true">([^<]+)<', there)
    assert COUNTRY_NAMES[language]["MA"] in chosen  # type: ignore[index]


def test_an_unknown_filter_filters_nothing(client: httpx.Client) -> None:
    assert client.get("/events?language=de&kind=party&country=FR").text.count("<article") == (
        client.get("/events?language=de").text.count("<article")
    )


def test_an_empty_calendar_is_told_as_empty(server: Server) -> None:
    with server.serve(application(Calendar())) as at:
        page = httpx.get(f"{at}/events?language=en", trust_env=False).text
    assert WORDS["en"]["none"] in page
    assert "<article" not in page


def test_the_words_are_the_same_in_every_language() -> None:
    assert len({tuple(words) for words in WORDS.values()}) == 1
    assert len({tuple(names) for names in COUNTRY_NAMES.values()}) == 1


@pytest.mark.parametrize(
    ("path", "uids"),
    [
        ("/events.ics", 5),
        ("/events.fr.ics", 5),
        ("/events.ar.conference.ics", 2),
        ("/events.de.training.ics", 0),
        ("/events/conference-2027@example.org.ics", 1),
    ],
)
def test_every_feed_is_a_calendar(client: httpx.Client, path: str, uids: int) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"].startswith("public, max-age=")
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert len(calendar.walk("VEVENT")) == uids
    assert calendar.walk("VTIMEZONE")


@pytest.mark.parametrize("path", ["/events.ics", "/events/webinar@example.org.ics?language=en"])
def test_an_unchanged_feed_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/events.xx.ics",
        "/events.de.party.ics",
        "/events/nobody@example.org.ics",
        "/events/..%2f..%2fsecret.ics",
    ],
)
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_page_names_its_own_feed(client: httpx.Client, server: Server) -> None:
    page = client.get("/events?language=fr&kind=seminar").text
    host = str(client.base_url).rstrip("/").removeprefix("http://")
    assert f'href="webcal://{host}/events.fr.seminar.ics"' in page
    with server.serve(application(public_url="https://chat.example.org/")) as at:
        page = httpx.get(f"{at}/events?language=ar", trust_env=False).text
    assert 'href="webcal://chat.example.org/events.ar.ics"' in page
    assert 'href="https://chat.example.org/events.ar.ics"' in page


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_filled_page(
    visit: Callable[..., Any], server: Server, language: str, scheme: str
) -> None:
    with server.serve(application()) as at:
        visitor = visit(
            f"{at}/events?language={language}",
            color_scheme=scheme,
            viewport={"width": 360, "height": 800},
        )
        assert visitor.violations() == []
        assert visitor.fits()
