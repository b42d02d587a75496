"""A dialog as svg: the ordered list, a box a question, guards beside it, outcomes at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap

from kpbot.content.draw_text import bounds, condition, option_label, option_labels, short
from kpbot.engine.dialog import Dialog, DialogWords, Question

_LINE = 18
"""Pixels from one line of text to the next."""
_PAD = 10
_LEFT, _WIDE = 40, 520
"""Pixels: left edge and width of the boxes."""
_NOTE_LEFT, _NOTE_WIDE = 590, 350
_FULL = _NOTE_LEFT + _NOTE_WIDE + 20
_BOX_LETTERS, _NOTE_LETTERS = 68, 46
"""Letters a line: so many of the widest usual text still fit."""

_STYLE = """
svg { --ink: #1b1f24; --paper: #ffffff; --soft: #4b5560; }
svg { --box: #f3f6fa; --edge: #57606a; --note: #fff4d6; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e8edf2; --paper: #14181d; --soft: #b4bfca; }
  svg { --box: #222a33; --edge: #9aa6b2; --note: #3d3413; }
}
text { font: 13px system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif; fill: var(--ink); }
.paper { fill: var(--paper); }
.box { fill: var(--box); stroke: var(--edge); }
.skip { stroke-dasharray: 5 4; }
.note { fill: var(--note); stroke: var(--edge); }
.end { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
.way { stroke: var(--edge); stroke-width: 1.5; fill: none; }
.name { font-weight: 600; }
.soft { fill: var(--soft); }
.section { font-weight: 700; font-size: 16px; }
.title { font-weight: 700; font-size: 20px; }
"""


@dataclass(slots=True)
class _Sheet:
    """What was drawn so far and where the next thing goes."""

    top: int = 20
    parts: list[str] = field(default_factory=list)

    def line(self, text: str, kind: str, left: int = _LEFT, lead: int = _LINE) -> None:
        """One line of text, and the sheet goes on below it."""
        self.top += lead
        self.text(text, kind, left, self.top)
        self.top += 8

    def text(self, text: str, kind: str, left: int, baseline: int) -> None:
        """The text at its place."""
        self.parts.append(
            f'<text class="{kind}" x="{left}" y="{baseline}">{escape(_clean(text))}</text>'
        )

    def box(
        self, kind: str, left: int, wide: int, lines: Sequence[tuple[str, str]], round_by: int = 6
    ) -> int:
        """A box with lines of text (kind, text) at the present height; its own height is given."""
        high = 2 * _PAD + _LINE * len(lines) - 4
        self.parts.append(
            f'<rect class="{kind}" x="{left}" y="{self.top}" '
            f'width="{wide}" height="{high}" rx="{round_by}"/>'
        )
        for number, (style, text) in enumerate(lines, start=1):
            self.text(text, style, left + _PAD, self.top + _LINE * number + 2)
        return high

    def way(self, x1: int, y1: int, x2: int, y2: int) -> None:
        """A line from here to there."""
        self.parts.append(f'<path class="way" d="M{x1} {y1}L{x2} {y2}"/>')


def svg(dialog: Dialog, words: DialogWords) -> str:
    """The picture, readable on light and dark ground, in any browser, on its own or in a page."""
    sheet = _Sheet()
    title = words.title or dialog.name
    sheet.line(title, "title", lead=24)
    section = None
    for number, question in enumerate(dialog.questions, start=1):
        if question.section != section:
            section = question.section
            sheet.line(words.sections.get(section, section), "section", lead=26)
        _question(sheet, number, question, words)
    sheet.line("Outcomes and flags", "section", lead=26)
    _ends(sheet, dialog, words)
    count = len(dialog.questions)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_FULL} {sheet.top + 20}" '
        f'width="{_FULL}" height="{sheet.top + 20}" role="img" aria-labelledby="name what">\n'
        f'<title id="name">{escape(_clean(title))}</title>\n'
        f'<desc id="what">{count} questions in order, {len(dialog.outcomes)} outcomes</desc>\n'
        f"<style>{_STYLE}</style>\n"
        '<rect class="paper" width="100%" height="100%"/>\n' + "\n".join(sheet.parts) + "\n</svg>\n"
    )


def _question(sheet: _Sheet, number: int, question: Question, words: DialogWords) -> None:
    name = f"{number}. {short(question.id, words)}"
    lines = [("name", line) for line in wrap(name, _BOX_LETTERS)]
    lines.append(("soft", f"{question.id} · {bounds(question)}"))
    labels = " · ".join(option_labels(question, words))
    lines += [("", line) for line in wrap(labels, _BOX_LETTERS)]
    if question.optional is True:
        lines.append(("soft", "○ optional"))
    kind = "box" if question.optional is False else "box skip"
    high = sheet.box(kind, _LEFT, _WIDE, lines)
    notes = [("", line) for note in _notes(question, words) for line in wrap(note, _NOTE_LETTERS)]
    if notes:
        sheet.way(_LEFT + _WIDE, sheet.top + 18, _NOTE_LEFT, sheet.top + 18)
        high = max(high, sheet.box("note", _NOTE_LEFT, _NOTE_WIDE, notes))
    sheet.top += high + 12


def _notes(question: Question, words: DialogWords) -> Iterator[str]:
    if question.when is not None:
        yield f"only if {condition(question.when, words)}"
    if not isinstance(question.optional, bool):
        yield f"○ optional if {condition(question.optional, words)}"
    for guard, value in question.implied:
        values = value if isinstance(value, tuple) else (str(value),)
        shown = " + ".join(option_label(question.id, one, words) for one in values)
        yield f"= {shown} if {condition(guard, words)}"


def _ends(sheet: _Sheet, dialog: Dialog, words: DialogWords) -> None:
    """Outcomes in their order, then the flags."""
    for number, outcome in enumerate(dialog.outcomes, start=1):
        label = words.outcomes.get(outcome.to, outcome.to)
        why = "otherwise" if outcome.when is None else f"if {condition(outcome.when, words)}"
        _end(sheet, "end", f"{number}. {label}", why)
    for flag in dialog.flags:
        label = words.flags.get(flag.id, flag.id)
        _end(sheet, "box", f"⚑ {label}", f"if {condition(flag.when, words)}")


def _end(sheet: _Sheet, kind: str, name: str, why: str) -> None:
    high = sheet.box(kind, _LEFT, _WIDE, [("name", line) for line in wrap(name, _BOX_LETTERS)], 16)
    notes = [("", line) for line in wrap(why, _NOTE_LETTERS)]
    sheet.way(_LEFT + _WIDE, sheet.top + 18, _NOTE_LEFT, sheet.top + 18)
    sheet.top += max(high, sheet.box("note", _NOTE_LEFT, _NOTE_WIDE, notes)) + 12


def _clean(text: str) -> str:
    """The text without characters that XML forbids, on one line."""
    return " ".join(
        "".join(letter for letter in text if letter.isprintable() or letter.isspace()).split()
    )
