"""Exports open in other programs as they were meant, and compute nothing."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpbot.exports import (
    Spoken,
    harmless,
    numbers_apart,
    rendered,
    rows,
    write_csv,
    write_json,
    write_pdf,
    write_xlsx,
)

FORMULA = '=HYPERLINK("http://example.org")'
RECORD: dict[str, Any] = {
    "municipality_name": "بلدية المنستير (Monastir)",
    "contact_name": FORMULA,
    "population": 90000,
    "leadership_informed": True,
    "region": None,
    "phone": "+21620123456",
    "topics": ["waste", "water"],
    "description": "Zeile eins; „ja“\nZeile zwei: ä",
    "words": {"description": {"text": "نريد شراكة", "language": "ar"}},
}
STATE = {"case_state": "claimed", "opened": datetime(2026, 11, 23, 9, tzinfo=UTC)}
OTHER = {"municipality_name": "Stadt Musterhausen", "delete_on": date(2027, 2, 21)}


@pytest.fixture
def table() -> list[dict[str, Any]]:
    return rows([(RECORD, STATE), (OTHER, {"case_state": "open"})])


def _read_csv(data: bytes) -> list[dict[str, str]]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";", strict=True))


def test_a_case_is_one_row_of_plain_values(table: list[dict[str, Any]]) -> None:
    first, second = table
    assert first == {**RECORD, "case_state": "claimed", "opened": "2026-11-23T09:00:00+00:00"}
    assert second["delete_on"] == "2027-02-21"


def test_a_csv_file_has_every_column_of_any_row(table: list[dict[str, Any]]) -> None:
    data = write_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    first, second = _read_csv(data)
    assert list(first) == [*RECORD, "case_state", "opened", "delete_on"]
    assert first["municipality_name"] == RECORD["municipality_name"]
    assert first["description"] == RECORD["description"]
    assert json.loads(first["topics"]) == RECORD["topics"]
    assert json.loads(first["words"]) == RECORD["words"]
    assert (first["region"], first["population"], first["delete_on"]) == ("", "90000", "")
    assert first["contact_name"] == f"'{FORMULA}"
    assert first["phone"] == "'+21620123456"
    assert second["contact_name"] == ""


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\nx",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\u2068=1",
        '"=1"',
        "'=1",
        "“=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "−1",
        "\0=1",
    ],
)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "a=1", "Größe", "مرحبا", "1-2", "(=1)", "– nichts", "'quoted'"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(
    st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")), max_size=3)
)
def test_no_cell_of_any_text_begins_like_a_formula(texts: list[str]) -> None:
    (row,) = _read_csv(
        write_csv([{"reference": "KP-7FQ2M", **dict(zip("abc", texts, strict=False))}])
    )
    for name, text in zip("abc", texts, strict=False):
        assert row[name].removeprefix("'") == text.removeprefix("'")
        assert (
            not row[name]
            .lstrip(' "\u00a0')
            .startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        )


def _read_xlsx(data: bytes) -> Any:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    return workbook["Anfragen"]


def test_a_workbook_holds_values_and_no_formula(table: list[dict[str, Any]]) -> None:
    sheet = _read_xlsx(write_xlsx(table))
    header, first, second = sheet.iter_rows()
    assert [cell.value for cell in header] == [*RECORD, "case_state", "opened", "delete_on"]
    cells = {name.value: cell for name, cell in zip(header, first, strict=True)}
    assert cells["population"].value == 90000
    assert cells["leadership_informed"].value is True
    assert cells["region"].value is None
    assert cells["description"].value == RECORD["description"]
    assert json.loads(cells["topics"].value) == RECORD["topics"]
    assert (cells["contact_name"].value, cells["contact_name"].data_type) == (FORMULA, "s")
    assert cells["contact_name"].quotePrefix
    assert not cells["description"].quotePrefix
    assert cells["contact_name"].hyperlink is None
    assert cells["municipality_name"].alignment.readingOrder == 2
    assert cells["description"].alignment.readingOrder == 1
    assert second[0].value == "Stadt Musterhausen"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L3"
    assert all(cell.font.bold for cell in header)


def test_days_are_days_and_headings_stand_without_a_row() -> None:
    row = {"Tag": date(2026, 11, 23), "Wann": datetime(2026, 11, 23, 10, 5)}  # noqa: DTZ001
    (read,) = _read_csv(write_csv([row], ["Wann", "Tag"]))
    assert list(read.items()) == [("Wann", "23.11.2026 10:05"), ("Tag", "23.11.2026")]
    _, cells = _read_xlsx(write_xlsx([row], ["Wann", "Tag"])).iter_rows()
    assert [cell.is_date for cell in cells] == [True, True]
    assert cells[0].value == row["Wann"]
    assert _read_csv(write_csv([], ["Tag"])) == []
    assert write_csv([], ["Tag"]).decode("utf-8-sig") == '"Tag"\r\n'
    assert _read_xlsx(write_xlsx([], ["Tag"]))["A1"].value == "Tag"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("اتصلوا بنا +216 71 000 000 غدا", "اتصلوا بنا \u2066+216 71 000 000\u2069 غدا"),
        ("هاتف (071) 12-34-56", "هاتف \u2066(071) 12-34-56\u2069"),
        ("هاتف +21671000000", "هاتف \u2066+21671000000\u2069"),
        ("من 2026-2027 إلى 12 في 270000", "من 2026-2027 إلى 12 في 270000"),
        ("Telefon +216 71 000 000", "Telefon +216 71 000 000"),
        ("", ""),
    ],
)
def test_telephone_numbers_among_arabic_words_stand_apart(text: str, shown: str) -> None:
    assert numbers_apart(text) == shown


def test_long_and_odd_text_does_not_break_a_workbook() -> None:
    odd = {
        "long": "ü" * 40_000,
        "control": "a\x01b\x0bc",
        "emoji": "😀" * 40,
        "link": "http://example.org/",
    }
    sheet = _read_xlsx(write_xlsx([odd]))
    values = [cell.value for cell in sheet[2]]
    assert values[0] == "ü" * 32_000
    assert values[2:] == [odd["emoji"], odd["link"]]
    assert sheet["D2"].hyperlink is None


def test_emoji_count_twice_in_a_cell() -> None:
    sheet = _read_xlsx(write_xlsx([{"long": "😀" * 32_000}]))
    assert set(sheet["A2"].value) == {"😀"}


def test_json_is_a_list_with_one_case_a_line(table: list[dict[str, Any]]) -> None:
    data = write_json(table)
    assert json.loads(data) == table
    assert len(data.decode().splitlines()) == 4
    assert "بلدية" in data.decode()


def test_no_case_is_an_empty_file_of_its_kind() -> None:
    assert json.loads(write_json([])) == []
    assert _read_csv(write_csv([])) == []
    assert _read_xlsx(write_xlsx([])).max_row == 1


SUMMARY = (
    "Anfrage KP-7FQ2M · eingegangen 2026-11-23 10:00\n"
    "Wer:        \u2068بلدية المنستير\u2069 (Stadt, Tunesien)  Kontakt: Leïla Ben Salah\n"
    "Text (Original): „Größe & <b>Straße</b>“\n"
)
TRANSCRIPT = [
    Spoken("23.11.2026 10:00", "Person", "نريد شراكة\nهل هذا ممكن"),
    Spoken(
        "23.11.2026 10:05", "Advisor A", "Guten Tag!\n\nBonjour, <img src='file:///etc/passwd'>"
    ),
]


@pytest.fixture(scope="module")
def case() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(write_pdf(SUMMARY, "KP-7FQ2M", TRANSCRIPT)))


def test_a_case_on_paper_can_be_read_and_searched(case: pypdf.PdfReader) -> None:
    text = "\n".join(page.extract_text() for page in case.pages)
    for words in (
        "Anfrage KP-7FQ2M",
        "Kontakt: Leïla Ben Salah",
        "Größe & <b>Straße</b>",
        "بلدية المنستير",
        "نريد شراكة",
        "هل هذا ممكن",
        "23.11.2026 10:05 · Advisor A",
        "Bonjour, <img src='file:///etc/passwd'>",
        "Seite 1 von 1",
    ):
        assert words in text


def _elements(node: Any) -> Iterator[Any]:
    """The elements of the structure a screen reader goes through, in order."""
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _elements(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def test_a_case_on_paper_is_tagged_for_screen_readers(case: pypdf.PdfReader) -> None:
    root: Any = case.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert case.metadata is not None
    assert case.metadata.title == "Anfrage KP-7FQ2M"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    elements = list(_elements(root["/StructTreeRoot"]["/K"]))
    kinds = [str(element["/S"]) for element in elements]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H2", "/H3", "/H3"]
    assert kinds.count("/P") == 7
    arabic = [element for element in elements if element.get("/Lang") == "ar"]
    assert [str(element["/S"]) for element in arabic] == ["/Sect", "/Sect"]


def test_arabic_stands_at_the_right(case: pypdf.PdfReader) -> None:
    found: dict[str, float] = {}

    def place(text: str, _: Any, matrix: Any, __: Any, ___: Any) -> None:
        for words in ("ممكن", "Guten"):
            if words in text:
                found[words] = matrix[4]

    case.pages[0].extract_text(visitor_text=place)
    middle = float(case.pages[0].mediabox.width) / 2
    assert found["Guten"] < middle < found["ممكن"]


def test_every_font_is_in_the_file(case: pypdf.PdfReader) -> None:
    fonts = case.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    described = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(each) for each in described)


def test_a_case_without_words_is_a_page() -> None:
    reader = pypdf.PdfReader(io.BytesIO(write_pdf("", "KP-22222")))
    assert "Verlauf" not in reader.pages[0].extract_text()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nothing_is_loaded_from_anywhere(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        page = rendered(
            f"<html lang=de><title>t</title><link rel=stylesheet href='{url}/s.css'>"
            f"<link rel=attachment href='{secret.as_uri()}'>"
            f"<p style='background: url({url}/b.png)'>x<img alt=a src='{url}/i.png'></p></html>"
        )
        server.shutdown()
    assert asked == []
    assert pypdf.PdfReader(io.BytesIO(page)).attachments == {}


def test_a_machine_without_the_library_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load libpango-1.0-0')")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from kpbot.exports import PdfUnavailable, write_pdf\n"
        "try: write_pdf('', 'KP-1')\n"
        "except PdfUnavailable as error: print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "Pango" in ran.stdout
    assert ran.stdout.count("\n") == 1
