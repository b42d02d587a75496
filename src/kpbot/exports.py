"""Cases as files: tables with one row a case, and one case on paper."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

Row = dict[str, Any]
"""Plain JSON values by column."""

_FORMULA = re.compile(r"[\t\r\n\0]|[\s\"'“”„‘’«»\u200b-\u200f\u2066-\u2069\ufeff]*[=+\-−@＝＋－＠]")
"""A cell that begins so is, or becomes, a formula in a spreadsheet."""

_GROUPS = re.compile(r"\+?\(?\d+(?:[ \u00a0\u202f()/.-]{1,3}\d+)+|\+\d+")
_YEARS = re.compile(r"\d{4} ?[/-] ?\d{4}")
"""From one year to another: it runs as the words around it."""

_LONGEST_CELL = 32_000
"""Characters of a cell; a spreadsheet takes 32,767."""
_WIDEST_COLUMN = 60
_MISSING = "PDF files need the system library Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0)."


class PdfUnavailable(Exception):  # noqa: N818 (it is a sentence for the operator)
    """No PDF can be made on this machine; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of what was said in a case."""

    when: str
    """Date and time as people read them."""
    who: str
    text: str


def rows(items: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[Row]:
    """One row a case: what the record holds, then what became of it.

    Each item is a record and the columns beside it; days and instants become ISO 8601.
    """
    return [
        {key: _plain(value) for key, value in (*record.items(), *state.items())}
        for record, state in items
    ]


def write_csv(table: Sequence[Row], headings: Sequence[str] = ()) -> bytes:
    """The table as spreadsheets open it: UTF-8 with a mark, `;` between, no cell a formula.

    `headings`: the columns in order, there without a row too; empty: those of the rows. Days and
    instants are written as in Germany, instants as they are, without regard to a zone.
    """
    file = io.StringIO(newline="")
    columns = headings or _columns(table)
    writer = csv.DictWriter(file, columns, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for row in table:
        writer.writerow({key: harmless(_text(value)) for key, value in row.items()})
    return file.getvalue().encode("utf-8-sig")


def write_json(table: Sequence[Row]) -> bytes:
    """The table as a JSON list, one case a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in table)
    return f"[\n{lines}\n]\n".encode()


def write_xlsx(table: Sequence[Row], headings: Sequence[str] = ()) -> bytes:
    """The table as a workbook: a frozen header, numbers and days as such, the rest as text.

    `headings` as in `write_csv`.
    """
    import xlsxwriter  # type: ignore[import-untyped] # noqa: PLC0415 (start-up time)

    file = io.BytesIO()
    columns = list(headings) or _columns(table)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        look = {"text_wrap": True, "valign": "top"}
        header = workbook.add_format({"bold": True, "bottom": 1})
        formats = {
            (direction, quoted): workbook.add_format(
                {**look, "reading_order": direction, "quote_prefix": quoted}
            )
            for direction in (1, 2)
            for quoted in (False, True)
        }
        days = {
            kind: workbook.add_format({**look, "align": "left", "num_format": shape})
            for kind, shape in ((date, "dd.mm.yyyy"), (datetime, "dd.mm.yyyy hh:mm"))
        }
        sheet = workbook.add_worksheet("Anfragen")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, header)
        for number, row in enumerate(table, start=1):
            for column, name in enumerate(columns):
                _write_cell(sheet, number, column, row.get(name), formats, days)
        for column, name in enumerate(columns):
            lengths = [len(_text(row.get(name))) for row in table]
            sheet.set_column(column, column, min(max([len(name), *lengths]) + 2, _WIDEST_COLUMN))
        if columns:
            sheet.autofilter(0, 0, len(table), len(columns) - 1)
    return file.getvalue()


def write_pdf(summary: str, reference: str, transcript: Iterable[Spoken] = ()) -> bytes:
    """The case on A4, tagged for screen readers (PDF/UA-1), German, Arabic from the right.

    Nothing is loaded from anywhere. Raises PdfUnavailable where the machine lacks a library.
    """
    title = f"Anfrage {reference}"
    return rendered(_page(title, reference, _case(title, summary, transcript)))


def write_book(summaries: Iterable[tuple[str, str]]) -> bytes:
    """Every case, reference and summary, on a page of its own; like `write_pdf` otherwise."""
    cases = (_case(f"Anfrage {reference}", summary, ()) for reference, summary in summaries)
    return rendered(_page("Anfragen", "Anfragen", "\n".join(cases)))


def rendered(page: str) -> bytes:
    """The page of HTML as a tagged PDF; a `section` is Arabic. Raises like `write_pdf`."""
    try:
        from pydyf import String  # type: ignore[import-untyped] # noqa: PLC0415
        from weasyprint import HTML  # type: ignore[import-untyped] # noqa: PLC0415 (start-up time, and it may be missing)
        from weasyprint.urls import URLFetcher  # type: ignore[import-untyped] # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise PdfUnavailable(_MISSING) from error

    def name_languages(_: Any, file: Any) -> None:
        # The library names the language of the whole file only; sections are Arabic here.
        for element in file.objects:
            if isinstance(element, dict) and element.get("S") == "/Sect":
                element["Lang"] = String("ar")

    # What people write must not make the server call anybody, nor read its files.
    nothing = URLFetcher(allowed_protocols=())
    html = HTML(string=page, url_fetcher=nothing)
    document: bytes = html.write_pdf(pdf_variant="pdf/ua-1", finisher=name_languages)
    return document


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe goes before one."""
    return f"'{text}" if _FORMULA.match(text) else text


def numbers_apart(text: str) -> str:
    """The text as it is shown: among Arabic words, a telephone number reads from the left.

    Its groups would else stand in the other order (UAX 9). What is kept stays without the marks.
    """
    if not any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text):
        return text
    return _GROUPS.sub(_apart, text)


def _apart(match: re.Match[str]) -> str:
    found = match[0]
    is_number = sum(each.isdigit() for each in found) >= 7 and not _YEARS.fullmatch(found)
    return f"\u2066{found}\u2069" if is_number else found


def _columns(table: Sequence[Row]) -> list[str]:
    """Every column of any row, in the order in which they come."""
    return list(dict.fromkeys(key for row in table for key in row))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _text(value: Any) -> str:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)


def _write_cell(  # noqa: PLR0913, PLR0917 (a cell)
    sheet: Any,
    row: int,
    column: int,
    value: Any,
    formats: Mapping[tuple[int, bool], Any],
    days: Mapping[type[date], Any],
) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, days[type(value)])
    elif text := _text(value):
        look = formats[2 if _is_rtl(text) else 1, bool(_FORMULA.match(text))]
        sheet.write_string(row, column, text[:_LONGEST_CELL], look)


def _is_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (UAX 9, P2)."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((each for each in strong if each in {"L", "R", "AL"}), "L") != "L"


_LABELLED = re.compile(r"([^\s:][^:]{0,30}):\s+(.*)")


def _page(title: str, footer: str, content: str) -> str:
    return _PAGE.format(title=escape(title), footer=re.sub(r"[^\w-]", "", footer), content=content)


def _case(title: str, summary: str, transcript: Iterable[Spoken]) -> str:
    said = "\n".join(_said(line) for line in transcript)
    lines = "\n".join(_labelled(line) for line in summary.splitlines() if line.strip())
    parts = [f"<h1>{escape(title)}</h1>", "<h2>Zusammenfassung</h2>", lines]
    return "\n".join([*parts, f"<h2>Verlauf</h2>\n{said}" if said else ""])


def _labelled(line: str) -> str:
    """A line of the summary, its label in bold."""
    match = _LABELLED.fullmatch(line.strip())
    if match is None:
        return _paragraph(line)
    label, rest = match.group(1), re.sub(r" {2,}", " · ", match.group(2))
    return f"<p><strong>{escape(label)}:</strong> {escape(numbers_apart(rest))}</p>"


def _said(line: Spoken) -> str:
    words = [_paragraph(each) for each in line.text.splitlines() if each.strip()]
    return f"<h3>{escape(line.when)} · {escape(line.who)}</h3>\n" + "\n".join(words)


def _paragraph(text: str) -> str:
    """The direction is written out: the library knows no `dir=auto`."""
    words = f"<p>{escape(numbers_apart(text))}</p>"
    return f'<section dir="rtl" lang="ar">{words}</section>' if _is_rtl(text) else words


_PAGE = """\
<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{
  size: A4; margin: 2cm 2cm 2.2cm;
  @bottom-left {{ content: "{footer}"; font-size: 8pt }}
  @bottom-right {{ content: "Seite " counter(page) " von " counter(pages); font-size: 8pt }}
}}
html {{ font: 10pt/1.45 "Noto Sans", "Noto Sans Arabic", "DejaVu Sans", sans-serif }}
h1 {{ font-size: 16pt; margin: 0 0 6mm; break-before: page }}
h1:first-child {{ break-before: auto }}
h2 {{ font-size: 12pt; margin: 8mm 0 2mm; break-after: avoid }}
h3 {{ font-size: 9pt; font-weight: normal; color: #444; margin: 4mm 0 0; break-after: avoid }}
p {{ margin: 0 0 1.5mm; overflow-wrap: anywhere }}
[dir=rtl] p {{ text-align: right }}
</style>
</head>
<body>
{content}
</body>
</html>
"""
