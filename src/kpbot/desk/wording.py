"""The desk's own words in German and English, and which of them a request wants."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from fastapi import Request, Response

from kpbot.desk.access import access_of
from kpbot.desk.login_pages import NAMES, DeskLanguage, Words, desk_language
from kpbot.events import GERMANY

COOKIE = "kpbot-desk-language"
_YEAR = timedelta(days=365)
_ENGLISH_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def language_of(request: Request) -> DeskLanguage:
    """The language of the page: by the address, else as chosen before, else the browser's wish."""
    chosen = request.query_params.get("language") or request.cookies.get(_name(request))
    return desk_language(chosen, request.headers.get("accept-language"))


def keep_language(request: Request, response: Response) -> None:
    """A language that the address names is the desk's from now on."""
    chosen = request.query_params.get("language")
    if chosen is not None and chosen in NAMES:
        seconds = int(_YEAR.total_seconds())
        access_of(request).set_cookie(response, _name(request), chosen, seconds)


@cache
def words_in(language: DeskLanguage) -> Words:
    """The words in the language."""
    path = files(__package__) / "words" / f"{language}.json"
    words: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return words


def moment(at: datetime, language: DeskLanguage) -> str:
    """The instant in German time, to the minute."""
    local = at.astimezone(GERMANY)
    return f"{day(local.date(), language)}, {local:%H:%M}"


def day(at: date, language: DeskLanguage) -> str:
    """The day as one reads it."""
    if language == "de":
        return f"{at:%d.%m.%Y}"
    return f"{at.day} {_ENGLISH_MONTHS[at.month - 1]} {at.year}"


def span(time: timedelta, words: Mapping[str, str]) -> str:
    """The time in its two largest units: days and hours, or hours and minutes."""
    minutes = max(0, int(time.total_seconds() // 60))
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} {words['unit_days']} {hours} {words['unit_hours']}"
    return f"{hours} {words['unit_hours']} {minutes % 60} {words['unit_minutes']}"


def _name(request: Request) -> str:
    return access_of(request).cookie_named(COOKIE)
