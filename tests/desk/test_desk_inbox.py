"""The inbox: found, filtered, sorted by the address alone; exported; nothing runs in it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime

import openpyxl
import pytest
from desking import ARABIC, NASTY, day_of_work
from working import Office

from kpbot.cases import Claim, Reply
from kpbot.house import House
from kpbot.store import case_list
from kpbot.store.database import Database


@pytest.fixture
def office(database: Database, house: House) -> Office:
    return Office(database, house)


@pytest.fixture
def found(office: Office) -> dict[str, str]:
    return day_of_work(office, office.invite(), office.invite("Omar Haddad"))


def listed(page: str) -> list[str]:
    """The references of the list, in order."""
    return re.findall(r'id="to-(KP-[A-Z0-9]+)"', page)


async def test_what_needs_somebody_comes_first_and_closed_cases_are_away(
    office: Office, found: dict[str, str]
) -> None:
    async with office.browser(office.invite("Carl")) as browser:
        page = (await browser.get("/desk")).text
    assert listed(page)[0] == found["amina"]
    assert found["anna"] not in listed(page)
    assert "1 auf dieser Seite mit neuer Nachricht" in page
    assert '<strong class="late">Überfällig</strong>' in page


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ({"q": "SIDI bouzid"}, {"bruno"}),
        ({"q": "nous réLANCER"}, {"bruno"}),
        ({"q": "مدينه المانيه"}, {"amina"}),  # other forms of the same letters
        ({"q": "Länderbüro"}, {"amina"}),  # in a note
        ({"q": "landerburo"}, set()),  # an umlaut is ae, oe, ue
        ({"q": "laenderbuero"}, {"amina"}),
        ({"q": "270000"}, {"amina"}),  # what the person wrote later
        ({"q": "gibt es nicht"}, set()),
        ({"state": "closed"}, {"anna"}),
        ({"state": "all"}, {"anna", "bruno", "amina", "eve", "carla"}),
        ({"state": "waiting_advisor"}, {"amina"}),
        ({"advisor": "nobody"}, {"eve", "carla"}),
        ({"advisor": "mine"}, {"amina"}),
        ({"spoken": "fr"}, {"bruno"}),
        ({"country": "DE", "spoken": "en"}, {"carla"}),
        ({"desk": "desk_egypt"}, set()),
        ({"overdue": "1"}, {"bruno"}),
        ({"until": "2026-11-21"}, {"bruno"}),
        ({"since": "2026-11-22", "spoken": "de"}, {"eve"}),
        ({"state": "'; --", "desk": "\x00", "page": "-1", "since": "soon"}, None),
    ],
)
async def test_every_filter_is_in_the_address(
    office: Office, found: dict[str, str], query: dict[str, str], who: set[str] | None
) -> None:
    leila = next(each for each in office.people() if each.name == "Leila Brandt")
    async with office.browser(leila) as browser:
        answer = await browser.get("/desk", params=query)
    assert answer.status_code == 200
    wanted = {"bruno", "amina", "eve", "carla"} if who is None else who
    names = {reference: name for name, reference in found.items()}
    assert {names[each] for each in listed(answer.text)} == wanted


async def test_every_column_sorts_both_ways(office: Office, found: dict[str, str]) -> None:
    async with office.browser(office.invite("Carl")) as browser:
        for order in case_list.ORDERS:
            ways = [
                listed((await browser.get(f"/desk?sort={order}&down={down}")).text)
                for down in ("", "1")
            ]
            assert set(ways[0]) == set(ways[1])
            assert len(ways[0]) == 4
        by_reference = listed((await browser.get("/desk?sort=reference")).text)
        assert by_reference == sorted(by_reference)
        by_time = listed((await browser.get("/desk?sort=opened&down=1")).text)
        assert by_time[0] == found["carla"]
        page = (await browser.get("/desk?sort=opened&down=1&q=stadt")).text
        assert 'aria-sort="descending"' in page
        assert 'href="/desk?q=stadt&amp;sort=opened"' in page  # the other way, with the search kept


async def test_more_than_a_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpbot.desk.inbox.A_PAGE", 2)
    references = {office.enquire(f"person{number}") for number in range(5)}
    async with office.browser(office.invite()) as browser:
        pages = [listed((await browser.get(f"/desk?page={n}")).text) for n in (1, 2, 3)]
        assert [len(each) for each in pages] == [2, 2, 1]
        beyond = (await browser.get("/desk?page=9")).text
        assert listed(beyond) == pages[2]
        assert "Seite 3 von 3" in beyond
        assert {each for page in pages for each in page} == references
        assert "Seite 2 von 3" in (await browser.get("/desk?page=2&q=stadt")).text


async def test_presence_shows_in_the_list_and_fades(office: Office) -> None:
    leila, omar = office.invite(), office.invite("Omar Haddad")
    reference = office.enquire("anna")
    async with office.browser(leila) as first, office.browser(omar) as second:
        await first.get(f"/desk/cases/{reference}")
        assert "Liest gerade: <bdi>Leila Brandt</bdi>" in (await second.get("/desk")).text
        assert "Liest gerade" not in (await first.get("/desk")).text
        office.time.passes(seconds=76)
        assert "Liest gerade" not in (await second.get("/desk/list")).text


async def test_the_count_is_told_again_only_when_it_changed(office: Office) -> None:
    office.enquire("anna")
    async with office.browser(office.invite()) as browser:
        page = (await browser.get("/desk")).text
        known = page.split('"known": "')[1].split('"')[0]
        assert "hx-swap-oob" not in (await browser.get(f"/desk/list?known={known}")).text
        office.enquire("bruno")
        assert "hx-swap-oob" in (await browser.get(f"/desk/list?known={known}")).text


async def test_exports_have_one_row_a_case_and_are_written_down(
    office: Office, found: dict[str, str]
) -> None:
    carl = office.invite("Carl")
    async with office.browser(carl) as browser:
        answers = {
            each: await browser.get("/desk/export", params={"format": each, "state": "all"})
            for each in ("csv", "xlsx", "json")
        }
        assert (await browser.get("/desk/export?format=exe")).status_code == 404
    text = answers["csv"].content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert {row["Kennung"] for row in rows} == set(found.values())
    (anna,) = (row for row in rows if row["Kennung"] == found["anna"])
    assert anna["Stand"] == "Abgeschlossen"
    assert anna["Eingang"] == "20.11.2026 10:00"  # by the German clock
    assert anna["Abgeschlossen von"] == "Omar Haddad"
    assert (anna["Grund"], anna["Land"], anna["Vollständig"]) == (
        "beantwortet",
        "Deutschland",
        "Ja",
    )
    for row in rows:
        assert not any("consent" in each or "words" in each for each in row)
        assert not any(cell.startswith(("[", "{")) for cell in row.values())
        assert "True" not in row.values()
    objects = json.loads(answers["json"].content)
    assert {each["state"] for each in objects} >= {"open", "closed", "waiting_advisor"}
    assert objects[0]["words"]
    assert {each["advisor"] for each in objects} == {"", "Leila Brandt", "Omar Haddad"}
    assert {each["closed_by"] for each in objects if each["closed"]} == {"Omar Haddad"}
    assert {each["closed_by"] for each in objects if not each["closed"]} == {""}
    assert ARABIC in {each["description"] for each in objects}
    sheet = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content)).active
    assert sheet is not None
    assert sheet.max_row == 6
    heading, first, *_ = sheet.iter_rows(values_only=True)
    cells = dict(zip(heading, first, strict=True))
    assert list(heading) == list(rows[0])
    assert isinstance(cells["Eingang"], datetime)
    assert cells["Löschung spätestens"].date().isoformat() == objects[0]["delete_on"]
    assert [each.text for each in office.entries(found["eve"], "exported")] == [
        "csv",
        "xlsx",
        "json",
    ]


async def test_an_export_of_nothing_has_its_header(office: Office) -> None:
    async with office.browser(office.invite()) as browser:
        for format_ in ("csv", "xlsx"):
            answer = await browser.get("/desk/export", params={"format": format_})
            if format_ == "csv":
                (heading,) = csv.reader(
                    io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"
                )
            else:
                sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
                assert sheet is not None
                ((*heading,),) = sheet.iter_rows(values_only=True)
            assert heading[:2] == ["Kennung", "Stand"]
            assert "Gesuchtes Land" in heading
            assert len(set(heading)) == len(heading)


async def test_nothing_that_anybody_writes_is_more_than_text(office: Office) -> None:
    nasty = office.invite(NASTY, "nasty@example.org", role="admin")
    reference = office.enquire(
        "eve", description=f"Bitte: {NASTY}", contact_name=NASTY, municipality_name=NASTY
    )
    office.do(nasty, reference, Claim())
    office.do(nasty, reference, Reply(NASTY))
    async with office.browser(nasty) as browser:
        for path in (
            "/desk?q=" + "%3Cb%3E",
            "/desk/list",
            f"/desk/cases/{reference}",
            f"/desk/cases/{reference}/print",
            "/desk/admin",
            "/desk/statistics",
        ):
            page = (await browser.get(path)).text
            assert "<b>" not in page, path
            assert "<img" not in page, path
            assert "\u202e" not in page, path
            assert " style=" not in page
            assert "onerror=alert(1)&gt;" in page or path == "/desk?q=%3Cb%3E", path
