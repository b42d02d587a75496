"""The files a browser loads, put together once at the start: no build step, no third party."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files

from kpbot.channels.web.words import NAMES, all_words

SCRIPTS = ("line.js", "parts.js", "chat.js")
"""In this order: what a file uses stands in one before it."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its type and its fingerprint."""

    body: bytes
    type: str
    etag: str


def widget_script(contact: str) -> Asset:
    """The component as one classic script: its words and its style come with it.

    The braces keep its names to itself on the page of a stranger.
    """
    style = _read("tokens.css") + _read("chat.css")
    words = {language: dict(words) for language, words in all_words().items()}
    given = {"STYLE": style, "WORDS": words, "NAMES": dict(NAMES), "CONTACT": contact}
    lines = [f"const KP_{name} = {_literal(value)};" for name, value in given.items()]
    code = "\n".join(_read(name) for name in SCRIPTS)
    return _asset("\n".join(("{", '"use strict";', *lines, code, "}")), "text/javascript")


def page_style() -> Asset:
    """The style of the pages around the component."""
    return _asset(_read("tokens.css") + _read("page.css"), "text/css")


def icon() -> Asset:
    """The sign in the browser's tab."""
    return _asset(_read("icon.svg"), "image/svg+xml")


def _asset(text: str, type_: str) -> Asset:
    body = text.encode()
    return Asset(body, type_, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(name: str) -> str:
    return (files(__package__) / "static" / name).read_text(encoding="utf-8")
