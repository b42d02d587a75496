"""A dialog as a picture: svg, mermaid, or a page with the picture and a table."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Literal, get_args

from kpbot.content.draw_svg import svg
from kpbot.content.draw_text import bounds, condition, option_labels, short
from kpbot.engine.dialog import Dialog, DialogWords, Question
from kpbot.model import Language

DrawFormat = Literal["svg", "mermaid", "html"]
FORMATS: tuple[DrawFormat, ...] = get_args(DrawFormat)


def draw(dialog: Dialog, words: DialogWords, form: DrawFormat, *, language: Language = "de") -> str:
    """The dialog in the form, with the words of one language."""
    match form:
        case "svg":
            return svg(dialog, words)
        case "mermaid":
            return "\n".join(_mermaid(dialog, words)) + "\n"
        case "html":
            return _page(dialog, words, language)


def _mermaid(dialog: Dialog, words: DialogWords) -> Iterator[str]:
    yield "flowchart TD"
    yield f'  begin(["{_quoted(words.title or dialog.name)}"])'
    for section in dict.fromkeys(question.section for question in dialog.questions):
        yield f'  subgraph section_{section}["{_quoted(words.sections.get(section, section))}"]'
        for question in dialog.questions:
            if question.section == section:
                yield f'    question_{question.id}["{_label(question, words)}"]'
        yield "  end"
    yield '  review[/"review"/]'
    yield from _path(dialog, words)
    for number, outcome in enumerate(dialog.outcomes, start=1):
        yield f'  outcome_{number}(["{_quoted(words.outcomes.get(outcome.to, outcome.to))}"])'
        guard = "else" if outcome.when is None else condition(outcome.when, words)
        yield f'  review -->|"{number}. {_quoted(guard)}"| outcome_{number}'
    for number, flag in enumerate(dialog.flags, start=1):
        label = _quoted(words.flags.get(flag.id, flag.id))
        yield f'  flag_{number}>"⚑ {label}"]'
        yield f'  review -.->|"{_quoted(condition(flag.when, words))}"| flag_{number}'


def _path(dialog: Dialog, words: DialogWords) -> Iterator[str]:
    """One arrow to each question, and one around those that are asked only if …"""
    before, around = "begin", ""
    for question in dialog.questions:
        here = f"question_{question.id}"
        if question.when is None:
            yield f"  {before} --> {here}"
            if around:
                yield f'  {around} -.->|"else"| {here}'
                around = ""
        else:
            guard = _quoted(condition(question.when, words))
            yield f'  {before} -->|"if {guard}"| {here}'
            around = around or before
        before = here
    yield f"  {before} --> review"
    if around:
        yield f'  {around} -.->|"else"| review'


def _label(question: Question, words: DialogWords) -> str:
    lines = [short(question.id, words), bounds(question)]
    if question.of:
        lines.append(" · ".join(option_labels(question, words)))
    if question.optional is not False:
        lines.append("optional")
    return "<br/>".join(_quoted(line) for line in lines)


def _quoted(text: str) -> str:
    """The text as it may stand between quotation marks in mermaid."""
    for sign, code in (
        ("#", "#35;"),
        ('"', "#quot;"),
        ("<", "#lt;"),
        (">", "#gt;"),
        ("&", "#amp;"),
    ):
        text = text.replace(sign, code)
    return text.replace("\n", " ")


_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
figure { margin: 0; overflow-x: auto; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: bold; padding: .5rem 0; }
th, td { border: 1px solid #8888; padding: .4rem .6rem; text-align: start; vertical-align: top; }
"""


def _page(dialog: Dialog, words: DialogWords, language: Language) -> str:
    title = escape(words.title or dialog.name)
    direction = "rtl" if language == "ar" else "ltr"
    heads = ("No.", "Question", "Id", "Type", "Options", "Asked", "May be skipped")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = "\n".join(_rows(dialog, words))
    return f"""<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<figure dir="ltr">
{svg(dialog, words)}</figure>
<table>
<caption lang="en">{escape(dialog.name)}, version {escape(dialog.version)}</caption>
<thead lang="en"><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</main>
</body>
</html>
"""


def _rows(dialog: Dialog, words: DialogWords) -> Iterator[str]:
    for number, question in enumerate(dialog.questions, start=1):
        when, optional = question.when, question.optional
        skipped = (
            ("yes" if optional else "no")
            if isinstance(optional, bool)
            else f"if {condition(optional, words)}"
        )
        cells = (
            question.id,
            bounds(question),
            " · ".join(option_labels(question, words)),
            "always" if when is None else f"if {condition(when, words)}",
            skipped,
        )
        shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        name = escape(short(question.id, words))
        yield f'<tr><td>{number}</td><th scope="row">{name}</th>{shown}</tr>'
