"""What people write is text and nothing else, in everything an advisor looks at."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
import sqlalchemy as sa
from nasty import MARK, TEXTS, Skeleton, is_calm
from structlog.testing import capture_logs

from cli.running import PROGRAM, Kpbot
from desk.working import Office
from kpbot.cases import Claim, Note, Reply
from kpbot.channels.mail_body import composed
from kpbot.channels.staff.rendering import card_pieces, news_pieces
from kpbot.channels.webhook import body_of
from kpbot.cli.keeping import show_record
from kpbot.house import House, Receivers
from kpbot.model import Card, Letter, Message, Notification, Said
from kpbot.store.codec import message_from
from kpbot.store.database import Database
from kpbot.store.tables import outbox, records

HARMLESS = f"Wir möchten {MARK} verkaufen."
ARABIC = f"نود بيع {MARK} في مدينة سوسة."
ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
TYPED = {("small", "class"), ("q", "lang", "dir")}
"""Around what was typed, where something else was kept of it."""
ON_PAPER = ("tags", "links", "turned")
PATHS = ("/desk?state=all", "/desk/list?state=all", "{}", "{}/print", "{}/live", "/desk/admin")


@dataclass
class Looked:
    """Everything that is seen of one enquiry."""

    reference: str
    record: dict[str, Any]
    pages: dict[str, str]
    exports: dict[str, bytes]
    messages: list[Message]
    shown: str
    """By `kpbot records show`."""
    logged: str = ""


@pytest.fixture(scope="module")
def everything(
    house: House, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Looked]]:
    """The views of an enquiry for each text, and of a harmless one; looked at once."""
    receivers = Receivers(
        ("desk@example.org",), True, "-1001", True, "https://desk.example.org/desk"
    )
    kpbot = Kpbot(tmp_path_factory.mktemp("views"))
    database = Database(kpbot.url)
    office = Office(database, replace(house, receivers=receivers))
    yield asyncio.run(_look(office, kpbot))
    database.close()


async def _look(office: Office, kpbot: Kpbot) -> dict[str, Looked]:
    found: dict[str, Looked] = {}
    for name, text in {"before": HARMLESS, "harmless": HARMLESS, "arabic": ARABIC, **TEXTS}.items():
        with capture_logs() as logs:
            found[name] = await _one(office, kpbot, name, text)
        found[name].logged = str(logs)
    return found


async def _one(office: Office, kpbot: Kpbot, name: str, text: str) -> Looked:
    words = dict.fromkeys(("description", "contact_name", "department", "municipality_name"), text)
    reference = office.enquire(name, **words)
    advisor = office.invite(f"Dr. {name}", f"{name}@example.org", role="admin")
    office.do(advisor, reference, Claim())
    office.happen(name, Said(text))
    office.do(advisor, reference, Reply(text))
    office.do(advisor, reference, Note(text))
    pages, exports = {}, {}
    case = f"/desk/cases/{reference}"
    async with office.browser(advisor) as browser:
        for path in PATHS:
            answer = await browser.get(path.format(case))
            assert answer.status_code == 200, (name, path, answer.text)
            pages[path] = answer.text
        answer = await browser.post(
            f"{case}/reply", data={"text": text.encode(errors="replace").decode()}
        )
        assert answer.status_code in {409, 422}
        pages["refused"] = answer.text
        answer = await browser.get("/desk", params={"q": text.encode(errors="replace").decode()})
        pages["search"] = answer.text
        for format_ in ("csv", "xlsx", "json"):
            answer = await browser.get("/desk/export", params={"format": format_, "q": reference})
            exports[format_] = answer.content
        if name in ON_PAPER:
            exports["pdf"] = (await browser.get(f"{case}/pdf")).content
    rows = office.database.read(
        lambda c: (
            c.execute(
                sa.select(outbox.c.message).where(
                    outbox.c.channel.in_(("mail", "staff", "webhook")),
                    outbox.c.conversation == office.case(reference).conversation,
                )
            )
            .scalars()
            .all()
        )
    )
    record = office.database.read(
        lambda c: c.execute(
            sa.select(records.c.record).where(records.c.reference == reference)
        ).scalar_one()
    )
    said = io.StringIO()
    with redirect_stdout(said), pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPBOT_DATA_DIR", str(kpbot.folder))
        assert show_record(reference, as_json=False) == 0
    messages = [message_from(row) for row in rows]
    return Looked(reference, record, pages, exports, messages, said.getvalue())


pytestmark = pytest.mark.slow
each = pytest.mark.parametrize("name", TEXTS)


@each
def test_a_page_has_the_elements_it_has_with_harmless_words(
    everything: dict[str, Looked], name: str
) -> None:
    for path, page in everything[name].pages.items():
        usual = {
            element
            for other in ("harmless", "arabic")
            for element in Skeleton(everything[other].pages[path]).elements
        }
        found = Skeleton(page)
        assert found.elements <= usual | TYPED, path
        assert not any(":" in link.partition("?")[0] for link in found.links), path
        assert is_calm(found.text.translate(ISOLATES)), path  # they end with their element
        assert MARK in page or path.startswith(("/desk/admin", "/desk/list", "/desk?"))


@each
def test_a_record_keeps_the_words_and_nothing_that_commands(
    everything: dict[str, Looked], name: str
) -> None:
    description = everything[name].record["description"]
    assert MARK in description
    assert is_calm(description)


@each
def test_a_mail_holds_text_and_its_html_the_elements_it_always_has(
    everything: dict[str, Looked], name: str
) -> None:
    mails = [_mail(each) for each in everything[name].messages if isinstance(each, Letter)]
    usual = [_mail(each) for each in everything["harmless"].messages if isinstance(each, Letter)]
    assert len(mails) == len(usual) > 0
    for mail, other in zip(mails, usual, strict=True):
        assert mail.keys() == other.keys()
        assert mail["To"] == "desk@example.org"
        assert is_calm(str(mail["Subject"]))
        plain, html = _part(mail, "plain"), _part(mail, "html")
        assert is_calm(plain)
        assert Skeleton(html).elements == Skeleton(_part(other, "html")).elements
        assert [link for link in Skeleton(html).links if MARK in link] == []


@each
def test_a_card_in_the_chat_is_text_with_a_bold_title(
    everything: dict[str, Looked], name: str
) -> None:
    cards = [each for each in everything[name].messages if isinstance(each, Card)]
    assert any(MARK in each.text for each in cards)
    for card in cards:
        pieces = card_pieces(card.title, card.text)
        news = news_pieces(card.reference, card.news, card.quote) if card.news else []
        kinds = {e.type for piece in (*pieces, *news) for e in piece.entities}
        assert kinds <= {"bold", "blockquote"}
        assert all(is_calm(piece.text) for piece in (*pieces, *news))
        bold = pieces[0].entities[0]
        assert pieces[0].text[: bold.length] == card.title


@each
def test_an_event_is_json_and_holds_the_words_as_they_were_kept(
    everything: dict[str, Looked], name: str
) -> None:
    looked = everything[name]
    bodies = [body_of(m) for m in looked.messages if isinstance(m, Notification)]
    opened = json.loads(bodies[0])
    assert opened["type"] == "case.opened"
    assert opened["data"]["record"]["description"] == looked.record["description"]
    assert all(is_calm(json.loads(body)["data"]["text"]) for body in bodies)


@each
def test_a_table_has_one_row_a_case_and_no_cell_computes(
    everything: dict[str, Looked], name: str
) -> None:
    looked = everything[name]
    text = looked.exports["csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])
    assert not [cell for cell in rows[1] if cell.lstrip().startswith(tuple("=+-@\t\r\0"))]
    sheet = openpyxl.load_workbook(io.BytesIO(looked.exports["xlsx"])).active
    assert sheet is not None
    assert sheet.max_row == 2
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []
    (object_,) = json.loads(looked.exports["json"])
    assert object_["description"] == looked.record["description"]


@pytest.mark.parametrize("name", ON_PAPER)
def test_a_pdf_holds_no_link_no_script_and_no_file(
    everything: dict[str, Looked], name: str
) -> None:
    file = pypdf.PdfReader(io.BytesIO(everything[name].exports["pdf"]))
    for page in file.pages:
        assert "/Annots" not in page
    catalog = str(file.trailer["/Root"])
    for word in ("/JavaScript", "/OpenAction", "/EmbeddedFiles", "/AA"):
        assert word not in catalog


@each
def test_the_terminal_is_not_commanded(everything: dict[str, Looked], name: str) -> None:
    shown = everything[name].shown
    assert MARK in shown
    assert is_calm(shown)


@each
def test_nothing_of_it_is_logged(everything: dict[str, Looked], name: str) -> None:
    assert MARK not in everything[name].logged


@pytest.fixture(scope="module")
def exported(everything: dict[str, Looked], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the program's database is."""
    del everything
    return next(tmp_path_factory.getbasetemp().glob("views*"))


def test_the_programs_tables_compute_nothing_either(exported: Path) -> None:
    kpbot = Kpbot(exported)
    ran = subprocess.run(
        [PROGRAM, "records", "export", "--format", "csv"],
        capture_output=True,
        check=True,
        env=kpbot.environment,
        cwd=exported,
    )
    rows = list(
        csv.reader(
            io.StringIO(ran.stdout.decode("utf-8-sig"), newline=""), delimiter=";", strict=True
        )
    )
    assert len(rows) == len(TEXTS) + 4
    assert {len(row) for row in rows} == {len(rows[0])}
    for row in rows[1:]:
        assert not [cell for cell in row if cell.lstrip().startswith(tuple("=+-@\t\r\0"))]
    listed = kpbot("records", "list")
    assert len(listed.out.splitlines()) == len(TEXTS) + 3
    for reference in (row[rows[0].index("reference")] for row in rows[1:4]):
        shown = kpbot("records", "show", reference)
        assert MARK in shown.out
        assert is_calm(shown.out)


def _mail(letter: Letter) -> EmailMessage:
    return composed(letter, sender="bot@example.org", address="desk@example.org")


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    return text
