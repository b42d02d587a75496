"""The interface's own words in four languages, and which of them a request wants."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import get_args

from kpbot.model import LANGUAGES, Language

Words = Mapping[str, str]

NAMES: Mapping[Language, str] = {
    "de": "Deutsch",
    "fr": "Français",
    "ar": "العربية",
    "en": "English",
}
"""Each language as its speakers call it."""


@cache
def words_of(language: Language) -> Words:
    """The interface's words in the language."""
    path = files(__package__) / "words" / f"{language}.json"
    words: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return words


def all_words() -> Mapping[Language, Words]:
    """The words of every language."""
    return {language: words_of(language) for language in LANGUAGES}


def language_named(name: str | None) -> Language | None:
    """The language of that code, if it is one of ours."""
    for language in get_args(Language):
        if name == language:
            return language  # type: ignore[no-any-return]
    return None


def wanted_language(query: str | None, accept: str | None) -> Language:
    """The page's language: asked for in the address, else the browser's first of ours."""
    chosen = language_named(query)
    if chosen is not None:
        return chosen
    for part in _by_weight(accept or ""):
        language = language_named(part.split("-")[0].lower())
        if language is not None:
            return language
    return "de"


def direction(language: Language) -> str:
    """The writing direction."""
    return "rtl" if language == "ar" else "ltr"


def _by_weight(accept: str) -> list[str]:
    """The language tags of an Accept-Language header, most wanted first."""
    weighed = []
    for part in accept[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), tag))
        except ValueError:
            continue
    return [tag for _, tag in sorted(weighed, key=lambda pair: pair[0])]
