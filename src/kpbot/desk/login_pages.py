"""The pages of logging in as HTML, in German and English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from kpbot.channels.web.headers import SECURITY_HEADERS
from kpbot.channels.web.words import wanted_language

DeskLanguage = Literal["de", "en"]
Words = Mapping[str, str]

DESK_HEADERS = {
    **SECURITY_HEADERS,
    "cache-control": "no-store",
    # without a referrer, older browsers send no Origin either, by which they prove themselves
    "referrer-policy": "same-origin",
}
"""What every answer of the desk carries."""
NAMES: Mapping[DeskLanguage, str] = {"de": "Deutsch", "en": "English"}


def desk_language(query: str | None, accept: str | None) -> DeskLanguage:
    """The language of the page: asked for in the address, else by the browser's wish."""
    return "de" if wanted_language(query, accept) == "de" else "en"


def wanted_words(query: str | None, accept: str | None) -> Words:
    """The words of the language that is wanted; `language` is its code."""
    return _words(desk_language(query, accept))


def page(template: str, words: Words, values: Mapping[str, object]) -> str:
    """The page; everything is escaped."""
    given = {"words": words, "language": words["language"], "languages": NAMES, **values}
    return _templates().get_template(template).render(given)


@cache
def login_style() -> str:
    """The style of these pages, beside that of all pages."""
    return _read("static", "login.css")


@cache
def _words(language: DeskLanguage) -> Words:
    words: dict[str, str] = json.loads(_read("words", f"login.{language}.json"))
    return {**words, "language": language}


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("kpbot.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _read(folder: str, name: str) -> str:
    return (files(__package__) / folder / name).read_text(encoding="utf-8")
