"""Pages as HTML: everything is escaped, the words are the language's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from kpbot.channels.web.words import NAMES, direction, words_of
from kpbot.model import Language


def render(template: str, language: Language, values: Mapping[str, object]) -> str:
    """The page in the language."""
    return (
        _templates()
        .get_template(template)
        .render(
            {
                "words": words_of(language),
                "language": language,
                "direction": direction(language),
                "languages": NAMES,
                **values,
            }
        )
    )


def paragraphs(text: str) -> list[str]:
    """The text in paragraphs: they are divided by blank lines."""
    return [part.strip("\n") for part in text.split("\n\n") if part.strip()]


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("kpbot.channels.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["paragraphs"] = paragraphs
    return templates
