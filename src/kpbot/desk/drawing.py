"""Bars as SVG, made by the server: colours come from the page's style, numbers stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_ROOM = 70
"""Percent of the width for the longest bar; the rest is for its numbers."""
_ROW = 44
_BAR = 16
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
    """The picture, as wide as its place, its words as large as others; beside it is the table.

    Rows of which no number may be shown are left out; empty where there is nothing to see.
    """
    rows = [row for row in rows if any(number is not None for _, number in row.parts)]
    most = max((_sum(row) for row in rows), default=0)
    if not most:
        return Markup("")
    drawn = Markup("").join(_row(row, place * _ROW, most) for place, row in enumerate(rows))
    return Markup(
        '<svg class="bars" width="100%" height="{}" role="img" aria-label="{}">{}</svg>'
    ).format(len(rows) * _ROW, title, drawn)


def _sum(row: Bar) -> int:
    return sum(number or 0 for _, number in row.parts)


def _row(row: Bar, top: int, most: int) -> Markup:
    """The label, and below it the bar with its numbers at the end."""
    left = 0.0
    label = row.label if len(row.label) <= _LONGEST else row.label[: _LONGEST - 1] + "…"
    drawn = Markup('<text class="label" x="0" y="{}">{}</text>').format(top + 16, escape(label))
    for kind, number in row.parts:
        width = _ROOM * (number or 0) / most
        if width > 0:
            drawn += Markup(
                '<rect class="{}" x="{:.1f}%" y="{}" width="{:.1f}%" height="{}"/>'
            ).format(kind, left, top + 22, max(width, 0.5), _BAR)
            left += width
    return drawn + Markup('<text class="number" x="100%" y="{}">{}</text>').format(
        top + 35, escape(row.note)
    )
