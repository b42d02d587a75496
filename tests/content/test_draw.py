"""Pictures of a dialog: well-formed, escaped, everything in them."""

from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from writing import DIALOG, edit, write_good

from kpbot.cli.authoring import check
from kpbot.cli.authoring import draw as draw_command
from kpbot.cli.failing import WrongUse
from kpbot.content.dialogs import load_dialogs
from kpbot.content.draw import draw
from kpbot.engine.dialog import Dialog, DialogWords

ODD = '<b>&"#'
QUOTED = "#lt;b#gt;#amp;#quot;#35;"


@pytest.fixture
def drawn(tmp_path: Path) -> tuple[Dialog, DialogWords]:
    write_good(tmp_path)
    edit(tmp_path, "trip/text.de.yaml", "short: Side", f"short: '{ODD}'")
    dialogs, problems = load_dialogs(tmp_path)
    assert problems == ()
    return dialogs.dialogs["trip"], dialogs.words["trip"]["de"]


def test_the_svg_shows_everything_in_order(drawn: tuple[Dialog, DialogWords]) -> None:
    root = ET.fromstring(draw(*drawn, "svg"))  # noqa: S314 - our own
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [
        "Trip",
        "Everything",
        f"1. {ODD}",
        "side · choice",
        "North_de · South_de",
        "2. Wish",
        "wish · choices ≤ 2",
        "Water_de · Waste_de",
        "3. Count",
        "count · number 1–9",
        "○ optional",
        "4. Note",
        "note · text",
        f"only if {ODD} = North_de and Count ≥ 3",
        "○ optional if Wish ∋ Water_de",
        "5. Mail",
        "mail · email · private",
        "Outcomes and flags",
        "1. Far desk",
        f"if {ODD} = South_de",
        "2. Near desk",
        "otherwise",
        "⚑ Many people",
        "if Count ≥ 3",
    ]
    assert "prefers-color-scheme: dark" in draw(*drawn, "svg")


def test_the_mermaid_flowchart(drawn: tuple[Dialog, DialogWords]) -> None:
    assert draw(*drawn, "mermaid").splitlines() == [
        "flowchart TD",
        '  begin(["Trip"])',
        '  subgraph section_all["Everything"]',
        '    question_side["#lt;b#gt;#amp;#quot;#35;<br/>choice<br/>North_de · South_de"]',
        '    question_wish["Wish<br/>choices ≤ 2<br/>Water_de · Waste_de"]',
        '    question_count["Count<br/>number 1–9<br/>optional"]',
        '    question_note["Note<br/>text<br/>optional"]',
        '    question_mail["Mail<br/>email · private"]',
        "  end",
        '  review[/"review"/]',
        "  begin --> question_side",
        "  question_side --> question_wish",
        "  question_wish --> question_count",
        f'  question_count -->|"if {QUOTED} = North_de and Count ≥ 3"| question_note',
        "  question_note --> question_mail",
        '  question_count -.->|"else"| question_mail',
        "  question_mail --> review",
        '  outcome_1(["Far desk"])',
        '  review -->|"1. #lt;b#gt;#amp;#quot;#35; = South_de"| outcome_1',
        '  outcome_2(["Near desk"])',
        '  review -->|"2. else"| outcome_2',
        '  flag_1>"⚑ Many people"]',
        '  review -.->|"Count ≥ 3"| flag_1',
    ]


class Cells(HTMLParser):
    """Every cell of the table's body, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's form
        if tag == "tr":
            self.rows.append([])
        self.inside = tag in ("td", "th")
        if self.inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's form
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def test_the_page_has_the_picture_and_a_table(drawn: tuple[Dialog, DialogWords]) -> None:
    page = draw(*drawn, "html", language="ar")
    cells = Cells()
    cells.feed(page)
    assert cells.rows == [
        ["No.", "Question", "Id", "Type", "Options", "Asked", "May be skipped"],
        ["1", ODD, "side", "choice", "North_de · South_de", "always", "no"],
        ["2", "Wish", "wish", "choices ≤ 2", "Water_de · Waste_de", "always", "no"],
        ["3", "Count", "count", "number 1–9", "", "always", "yes"],
        ["4", "Note", "note", "text", "", f"if {ODD} = North_de and Count ≥ 3",
         "if Wish ∋ Water_de"],
        ["5", "Mail", "mail", "email · private", "", "always", "no"],
    ]  # fmt: skip
    assert draw(*drawn, "svg") in page
    assert '<html lang="ar" dir="rtl">' in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_good(tmp_path / "dialogs")
    draw_command(tmp_path, "trip", "mermaid")
    assert capsys.readouterr().out.startswith("flowchart TD\n")
    for dialog, form, sentence in (
        ("tripp", "svg", 'There is no dialog "tripp". Did you mean "trip"?'),
        ("zzz", "svg", 'There is no dialog "zzz". There is: trip.'),
        ("trip", "svgg", 'There is no format "svgg". Did you mean "svg"?'),
    ):
        with pytest.raises(WrongUse, match=sentence.replace("?", r"\?")):
            draw_command(tmp_path, dialog, form)


def test_check_prints_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_good(tmp_path / "dialogs", DIALOG.replace("id: side", "idd: side"))
    edit(folder, "trip/text.fr.yaml", "title: Trip", "titel: Trip")
    assert check(tmp_path, None, False) == 1
    every = capsys.readouterr().out.splitlines()
    assert (
        f'{folder}/trip/dialog.yaml:7: Unknown key "idd" in "question". (did you mean "id"?)'
        in every
    )
    assert f"{tmp_path}/faq:1: The folder cannot be opened: No such file or directory." in every
    edit(folder, "trip/dialog.yaml", "idd: side", "id: side")
    assert check(tmp_path, "en", False) == 1  # the FAQ is missing
    capsys.readouterr()
    assert check(tmp_path, "fr", True) == 1
    lines = capsys.readouterr().out.splitlines()
    file = f"{folder}/trip/text.fr.yaml"
    assert lines[0] == (
        f'{{"file": "{file}", "line": 1, "sentence": "D11: the key \\"title\\" is missing.", '
        '"meant": ""}'
    )
    with pytest.raises(WrongUse, match='There is no language "frr"'):
        check(tmp_path, "frr", False)
