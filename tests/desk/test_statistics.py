"""Figures: from cases and counts, drawn by the server, with few people never shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from desking import day_of_work, figures
from working import Office

from kpbot.cases import Case
from kpbot.desk import figures as counted_figures
from kpbot.desk.drawing import Bar, bars
from kpbot.engine.counting import Counted
from kpbot.house import House
from kpbot.store import counts
from kpbot.store.counts import Total
from kpbot.store.database import Database

NOW = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


@pytest.fixture
def office(database: Database, house: House) -> Office:
    return Office(database, house)


async def test_every_picture_has_its_table(office: Office) -> None:
    leila = office.invite()
    day_of_work(office, leila, office.invite("Omar Haddad"))
    figures(office)
    async with office.browser(leila) as browser:
        page = (await browser.get("/desk/statistics")).text
        english = (await browser.get("/desk/statistics?language=en")).text
    assert page.count("<svg") >= 4
    tables = page.count("<svg") + page.count("noch zu wenige")
    assert page.count("<table") == page.count("<details") == tables
    assert "Anfrage an die Beratung · Arabisch" in page
    assert "<td>&lt; 5</td>" in page
    assert "Time to first answer" in english


async def test_a_period_without_anything(office: Office) -> None:
    async with office.browser(office.invite()) as browser:
        page = await browser.get("/desk/statistics?since=2030-01-01&until=2029-01-01")
        odd = await browser.get("/desk/statistics?since=0000-00-00&until=%00")
    assert page.text.count("noch keine Zahlen") == 3
    assert odd.status_code == 200


def test_few_people_are_not_shown(house: House) -> None:
    totals = [
        Total("begun", "intake", "de", "", 4),
        Total("asked", "intake", "de", "consent", 5),
        Total("begun", "gone", "de", "", 50),
    ]
    (funnel,) = counted_figures.funnels(totals, house.dialogs)
    assert (funnel.begun, funnel.steps[0].asked, funnel.steps[0].answered) == (None, 5, 0)


@pytest.mark.parametrize(
    ("hours", "band"),
    [
        (0, "hours_4"),
        (4, "hours_4"),
        (5, "hours_24"),
        (30, "days_2"),
        (100, "days_5"),
        (999, "later"),
    ],
)
def test_times_to_the_first_answer(hours: int, band: str) -> None:
    answered = Case("KP-A", "c", "claimed", "d", NOW, answered=NOW + timedelta(hours=hours))
    waiting = Case("KP-B", "c", "open", "d", NOW, answer_due=NOW)
    found = counted_figures.of_cases([answered, waiting], NOW)
    assert (found.bands[band], found.bands["none"], found.overdue) == (1, 1, 1)
    assert found.median == timedelta(hours=hours)


def test_a_picture_takes_nothing_for_markup() -> None:
    drawn = bars([Bar("<b>" + "x" * 50, (("good", 3), ("bad", None)), "<i>")], '"><script>')
    assert "<b>" not in drawn
    assert "<i>" not in drawn
    assert "<script>" not in drawn
    assert drawn.count("<rect") == 1


def test_there_is_no_picture_of_numbers_that_may_not_be_shown() -> None:
    assert bars([Bar("a", (("good", None), ("bad", 0)), "< 5")], "t") == ""


async def test_too_few_people_have_no_picture_but_a_table(office: Office) -> None:
    few = [Counted("begun", "intake", "de", "")] * 2 + [Counted("asked", "intake", "de", "consent")]
    day = office.time().date()
    office.database.write(lambda connection: counts.add(connection, few, day))
    async with office.browser(office.invite()) as browser:
        page = (await browser.get("/desk/statistics")).text
    assert page.count("<svg") == 0
    assert page.count("<table") == 1
    assert "Für ein Schaubild sind es noch zu wenige." in page
