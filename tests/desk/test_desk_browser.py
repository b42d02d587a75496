"""The desk as advisors see it: with and without scripts, for everyone; axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fastapi import Response
from playwright.sync_api import expect

from channels.web.browsing import CHROMIUM, Visitor
from channels.web.serving import Server
from desk.desking import ARABIC, day_of_work, figures
from desk.test_desk_calendar import KEPT
from desk.working import Office
from kpbot.cases import Claim
from kpbot.house import House
from kpbot.model import Said
from kpbot.store import sessions
from kpbot.store.advisors import Advisor
from kpbot.store.database import Database

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Enter = Callable[..., Visitor]
OPEN_ALL = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
TOO_SMALL = """() => [...document.querySelectorAll('button, select, input, textarea, summary, a')]
  .filter((each) => each.checkVisibility() && !each.closest('.skip, p:not(.buttons) > a'))
  .filter((each) => each.type !== 'hidden' && each.type !== 'checkbox')
  .filter((each) => each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)"""


class Day:
    """A desk in the middle of a working day."""

    def __init__(self, server: Server, house: House, folder: Path) -> None:
        self.database = Database("sqlite://")
        (folder / "a.yaml").write_text(KEPT.replace("fr: Avant, ", ""), "utf-8")
        self.office = Office(self.database, house, public=server.address, events_folder=folder)
        self.leila = self.office.invite("Leila Brandt", role="admin")
        self.omar = self.office.invite("Omar Haddad")
        self.cases = day_of_work(self.office, self.leila, self.omar)
        figures(self.office)
        static = files("kpbot.channels.web") / "static"
        style = "".join((static / f"{name}.css").read_text("utf-8") for name in ("tokens", "page"))
        self.office.app.add_api_route("/page.css", lambda: Response(style, media_type="text/css"))

    def path(self, name: str) -> str:
        """The address of a page by its name."""
        if name in self.cases:
            return f"/desk/cases/{self.cases[name]}"
        return {
            "inbox": "/desk",
            "filters": "/desk?state=all&q=stadt",
            "nothing": "/desk?q=nichts",
            "statistics": "/desk/statistics",
            "admin": "/desk/admin",
            "calendar": "/desk/calendar",
            "event": "/desk/calendar/entries/meeting@example.org",
            "new event": "/desk/calendar/new",
            "print": f"/desk/cases/{self.cases['amina']}/print",
            "missing": "/desk/cases/KP-XXXXX",
        }[name]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def day(server: Server, house: House, tmp_path: Path) -> Iterator[Day]:
    day = Day(server, house, tmp_path)
    with server.serve(day.office.app):
        yield day
    day.database.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is missing")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only with a browser)

    flags = "--no-sandbox --disable-gpu --disable-background-networking --no-first-run"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags.split())
        yield chromium
        chromium.close()


@pytest.fixture
def enter(browser: Any, day: Day) -> Iterator[Enter]:
    """Opens a page as an advisor; at the end nothing must have gone wrong in any."""
    visitors: list[Visitor] = []

    def open_(name: str, advisor: Advisor | None = None, **context: Any) -> Visitor:
        visitor = Visitor(browser, "about:blank", **context)
        visitor.allow(day.office.public)
        held = day.office.cookie(advisor or day.leila)
        visitor.context.add_cookies(
            [{"name": key, "value": value, "url": day.office.public} for key, value in held.items()]
        )
        visitors.append(visitor)
        visitor.page.goto(day.office.public + (name if name.startswith("/") else day.path(name)))
        return visitor

    yield open_
    for visitor in visitors:
        visitor.leave()
    assert [problem for visitor in visitors for problem in visitor.problems] == []


PAGES = [
    *("inbox", "filters", "nothing", "amina", "eve", "anna", "statistics", "admin", "print"),
    *("calendar", "event", "new event"),
]


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
        {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
        {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
    ],
    ids=["light and wide", "dark and narrow", "light and narrowest"],
)
def test_axe_finds_nothing(enter: Enter, day: Day, look: dict[str, Any]) -> None:
    visitor = enter("missing", **look)
    assert visitor.violations() == []
    for name in PAGES:
        visitor.page.goto(day.office.public + day.path(name))
        visitor.page.evaluate(OPEN_ALL)
        assert visitor.violations() == [], name
        assert visitor.page.evaluate(TOO_SMALL) == [], name
        assert visitor.fits(), name


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_case_is_worked_on(enter: Enter, day: Day, scripts: bool) -> None:
    visitor = enter("inbox", java_script_enabled=scripts)
    page = visitor.page
    page.get_by_role("link", name=day.cases["eve"]).click()
    visitor.button("Übernehmen").click()
    expect(page.get_by_role("status").first).to_contain_text("Sie haben den Fall übernommen")
    page.get_by_label("Textbaustein").select_option("received:de")
    visitor.button("Einfügen").click()
    box = page.get_by_label("Ihre Nachricht")
    expect(box).to_have_value(re.compile("vielen Dank für Ihre Anfrage"))
    expect(box).to_be_focused()
    visitor.button("Antwort senden").click()
    expect(page.get_by_text("Ihre Antwort ist unterwegs.")).to_be_visible()
    assert day.office.case(day.cases["eve"]).state == "waiting_person"
    page.get_by_label("Grund").select_option("answered")
    visitor.button("Abschließen").click()
    expect(page.get_by_text("Der Fall ist abgeschlossen.").first).to_be_visible()
    assert day.office.case(day.cases["eve"]).state == "closed"


def test_arabic_words_run_from_the_right(enter: Enter) -> None:
    visitor = enter("amina")
    own = visitor.page.locator(".own", has_text=ARABIC)
    expect(own).to_have_attribute("lang", "ar")
    assert own.evaluate("(each) => getComputedStyle(each).direction") == "rtl"
    box = visitor.page.get_by_label("Ihre Nachricht")
    box.fill("سلام")
    assert box.evaluate("(each) => getComputedStyle(each).direction") == "rtl"


def test_what_the_person_writes_appears_and_the_typed_answer_stays(enter: Enter, day: Day) -> None:
    visitor = enter("amina")
    page = visitor.page
    page.get_by_label("Ihre Nachricht").fill("Mein Entwurf")
    day.office.happen("amina", Said("رسالة جديدة"), "ar")
    expect(page.locator("#live").get_by_text("رسالة جديدة")).to_be_visible(timeout=30_000)
    expect(page.locator("#news")).to_have_text("Neu im Verlauf: 1 Eintrag.")
    expect(page.get_by_label("Ihre Nachricht")).to_have_value("Mein Entwurf")
    visitor.button("Antwort senden").click()
    expect(page.get_by_text("Ihre Antwort ist unterwegs.")).to_be_visible()
    assert day.office.entries(day.cases["amina"], "replied")[-1].text == "Mein Entwurf"


def log_out(day: Day) -> None:
    """As in another window."""
    day.office.database.write(lambda connection: sessions.end_all(connection, day.leila.id))


def test_an_ended_session_leaves_the_page_and_what_was_typed(enter: Enter, day: Day) -> None:
    visitor = enter("amina")
    page = visitor.page
    page.get_by_label("Ihre Nachricht").fill("Mein langer Entwurf")
    log_out(day)
    expect(page.locator("#session")).to_contain_text("Ihre Sitzung ist beendet.", timeout=30_000)
    expect(page.get_by_label("Ihre Nachricht")).to_have_value("Mein langer Entwurf")
    assert visitor.violations() == []
    held = day.office.cookie(day.leila)  # logged in again, in a new window
    visitor.context.add_cookies(
        [{"name": key, "value": value, "url": day.office.public} for key, value in held.items()]
    )
    expect(page.locator("#session")).to_be_empty(timeout=30_000)
    visitor.button("Antwort senden").click()
    expect(page.get_by_text("Ihre Antwort ist unterwegs.")).to_be_visible()
    assert day.office.entries(day.cases["amina"], "replied")[-1].text == "Mein langer Entwurf"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reply_sent_after_the_session_is_sent_again_after_login(
    enter: Enter, day: Day, scripts: bool
) -> None:
    visitor = enter("amina", java_script_enabled=scripts)
    page = visitor.page
    text = "Zeile eins\n„Zeile“ <zwei>"
    page.get_by_label("Ihre Nachricht").fill(text)
    log_out(day)
    visitor.button("Antwort senden").click()
    expect(page.get_by_role("heading", name="Ihre Sitzung ist beendet")).to_be_visible()
    expect(page.get_by_label("Ihr Text (noch nicht gesendet)")).to_have_value(text)
    assert day.cases["amina"] in (page.locator(".service").get_attribute("href") or "")
    if scripts:
        assert visitor.violations() == []
    held = day.office.cookie(day.leila)
    visitor.context.add_cookies(
        [{"name": key, "value": value, "url": day.office.public} for key, value in held.items()]
    )
    visitor.button("Noch einmal senden").click()
    expect(page.get_by_text("Ihre Antwort ist unterwegs.")).to_be_visible()
    assert day.office.entries(day.cases["amina"], "replied")[-1].text == text


def test_who_leaves_with_words_not_sent_is_asked(enter: Enter) -> None:
    visitor = enter("amina")
    page = visitor.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.dismiss())
    page.get_by_label("Ihre Nachricht").press_sequentially("Entwurf")
    page.get_by_role("link", name="EN", exact=True).click(no_wait_after=True)
    expect(page.get_by_label("Ihre Nachricht")).to_have_value("Entwurf")
    page.wait_for_function("() => document.readyState === 'complete'")
    assert asked == ["beforeunload"]
    visitor.button("Antwort senden").click()
    expect(page.get_by_text("Ihre Antwort ist unterwegs.")).to_be_visible()
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.get_by_role("button", name="Send reply")).to_be_visible()
    assert asked == ["beforeunload"]


def test_the_list_follows_filters_and_time_without_being_asked(enter: Enter, day: Day) -> None:
    visitor = enter("/desk?state=open")
    page = visitor.page
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(page.locator("#active")).to_contain_text("Stand Offen")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Sprache", exact=True).select_option("en")
    expect(rows).to_have_count(1)
    assert "spoken=en" in page.url
    expect(page.locator("#active")).to_contain_text("Stand Offen · Sprache Englisch")
    expect(page.locator("#count")).to_have_text("1 Fall")
    day.office.do(day.omar, day.cases["carla"], Claim())
    expect(page.get_by_text("Zu diesen Filtern gibt es keinen Fall.")).to_be_visible(timeout=40_000)
    expect(page.locator("#count")).to_have_text("0 Fälle")
    page.go_back()
    expect(rows).to_have_count(1)


def test_nothing_a_stranger_writes_runs(enter: Enter) -> None:
    visitor = enter("eve")
    dialogs: list[str] = []
    visitor.page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    visitor.page.evaluate(OPEN_ALL)
    expect(visitor.page.get_by_text("<img src=x onerror=alert(1)>").first).to_be_visible()
    assert visitor.page.locator("main img").count() == 0
    assert dialogs == []


def test_forced_colours_keep_what_matters(enter: Enter) -> None:
    visitor = enter("inbox", forced_colors="active")
    borders = visitor.page.evaluate("""() => [...document.querySelectorAll('.chip, .mark')]
        .map((each) => parseFloat(getComputedStyle(each).borderTopWidth))""")
    assert borders
    assert all(width >= 1 for width in borders)
    assert visitor.violations() == []


def test_the_keyboard_finds_the_content_first(enter: Enter) -> None:
    page = enter("inbox").page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    expect(page.get_by_role("link", name="Zum Inhalt")).to_have_css("outline-width", "3px")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_event_is_added_and_corrected(enter: Enter, scripts: bool) -> None:
    visitor = enter("calendar", java_script_enabled=scripts)
    page = visitor.page
    page.get_by_role("link", name="Termin anlegen").click()
    for language in ("Deutsch", "Französisch", "Arabisch", "Englisch"):
        page.get_by_label(f"Titel ({language})").fill(f"Titel {language}")
    page.get_by_label("Erster Tag").fill("2027-03-09")
    page.get_by_label("Beginn (Uhrzeit)").fill("10:00")
    page.get_by_label("Ende (Uhrzeit)").fill("09:00")
    page.get_by_label("Quelle").fill("Rundschreiben")
    visitor.button("Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("Der Termin endet, bevor er beginnt.")
    if scripts:
        assert visitor.violations() == []
    page.get_by_role("alert").get_by_role("link", name="Letzter Tag").click()
    expect(page.get_by_label("Letzter Tag")).to_have_accessible_description(
        re.compile("endet, bevor er beginnt")
    )
    page.get_by_label("Ende (Uhrzeit)").fill("11:30")
    visitor.button("Speichern").click()
    expect(page.get_by_role("status")).to_contain_text("Der Termin ist eingetragen.")
    expect(page.get_by_role("row", name="Titel Deutsch")).to_contain_text("10:00–11:30")
