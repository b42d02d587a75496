"""Bars as SVG, made by the server: colours come from the page's style, numbers stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_WIDTH = 720
_LABEL = 250
_NUMBER = 90
_ROW = 30
_BAR = 18
_LONGEST = 34
"""Characters of a label."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: parts of different kinds beside each other."""

    label: str
    parts: tuple[tuple[str, int | None], ...]
    """Kind (a class of the style) and number; None: too few to be shown."""
    note: str
    """The numbers as people read them."""


def bars(rows: Sequence[Bar], title: str) -> Markup:
    """The picture; who cannot see it has the table below it."""
    most = max((sum(number or 0 for _, number in row.parts) for row in rows), default=0) or 1
    height = len(rows) * _ROW
    drawn = Markup("").join(_row(row, place * _ROW, most) for place, row in enumerate(rows))
    return Markup(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(_WIDTH, height, title, drawn)


def _row(row: Bar, top: int, most: int) -> Markup:
    room = _WIDTH - _LABEL - _NUMBER
    drawn = Markup("")
    left = float(_LABEL)
    for kind, number in row.parts:
        width = room * (number or 0) / most
        if width > 0:
            drawn += Markup(
                '<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}" rx="3"/>'
            ).format(kind, left, top + (_ROW - _BAR) // 2, max(width, 2), _BAR)
            left += width
    middle = top + _ROW // 2 + 5
    label = row.label if len(row.label) <= _LONGEST else row.label[: _LONGEST - 1] + "…"
    texts = Markup('<text class="label" x="{}" y="{}">{}</text>').format(
        _LABEL - 12, middle, escape(label)
    )
    texts += Markup('<text class="number" x="{:.1f}" y="{}">{}</text>').format(
        left + 8, middle, escape(row.note)
    )
    return texts + drawn
