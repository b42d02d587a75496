"""Personas of the programme as people with a browser: the running program, nothing in between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from channels.web.browsing import CHROMIUM, Visitor
from channels.web.serving import Server
from cli.running import Kpbot
from kpbot.engine.dialog import Dialogs
from kpbot.model import Language
from served import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Come = Callable[..., "Person"]
Act = Callable[["Person"], str]
"""What a person does, and what they are answered."""
Asks = Callable[[Language], Mapping[str, str]]
ARABIC = re.compile(r"[\u0600-\u06ff]")
CUT = """(root) => [...root.querySelectorAll('.bubble, .controls button, fieldset label')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent)"""
DIGITS_FROM_LEFT = """(bubble) => {
  const found = [];
  const words = bubble.querySelector('p');
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    [...node.data].forEach((letter, place) => {
      if (!/\\p{Nd}/u.test(letter)) return;
      const range = document.createRange();
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      found.push([range.getBoundingClientRect().left, letter]);
    });
  }
  return found.sort((a, b) => a[0] - b[0]).map(([, letter]) => letter).join('');
}"""


class Person(Visitor):
    """A visitor who waits for each answer before going on."""

    @property
    def heard(self) -> str:
        """The last message of the bot."""
        return str(self.bubbles.last.inner_text())

    @property
    def chat(self) -> Any:
        """The component."""
        return self.page.locator("kp-chat")

    def types(self, text: str) -> str:
        """The answer to a text that was typed letter by letter."""
        self.text_box.press_sequentially(text)
        return self._answered(lambda: self.text_box.press("Enter"))

    def clicks(self, name: str) -> str:
        """The answer to a button of the last message."""
        controls = self.page.locator(".controls")
        button = controls.get_by_role("button", name=name, exact=True)
        return self._answered(button.click)

    def ticks(self, *names: str, send: str) -> str:
        """The answer to choices of a multi-select."""
        for name in names:
            self.page.get_by_role("checkbox", name=name, exact=True).check()
        return self._answered(self.button(send).click)

    def buttons(self) -> list[str]:
        """The names of the buttons below the last message."""
        return [str(each) for each in self.page.locator(".controls button").all_inner_texts()]

    def asked(self, asks: Mapping[str, str]) -> str:
        """The question that waits; empty: none."""
        lines = self.heard.splitlines()
        return "".join(id_ for id_, words in asks.items() if words in lines)

    def goes_on(self, asks: Mapping[str, str], plan: Mapping[str, Act], until: str = "") -> str:
        """Every question up to that one was answered as planned; without one, all were.

        What is asked, and in which order, is the bot's affair: it may know a country by a name.
        """
        while (question := self.asked(asks)) != until:
            plan[question](self)
        return self.heard

    def comes_back(self, url: str) -> None:
        """The page is opened anew, and what was said before is there."""
        self.page.goto(url)
        expect(self.bubbles).not_to_have_count(0)
        expect(self.log).not_to_have_attribute("aria-busy", "true")

    def _answered(self, act: Callable[[], object]) -> str:
        before = self.bubbles.count()
        act()
        expect(self.bubbles).to_have_count(before + 2, timeout=60_000)
        assert self.fits()
        assert self.chat.evaluate(f"(chat) => ({CUT})(chat.shadowRoot)") == []
        return self.heard


@pytest.fixture
def kpbot(tmp_path: Path) -> Kpbot:
    return Kpbot(tmp_path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, without any request of its own."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is missing")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only with a browser)

    flags = "--no-sandbox --disable-gpu --disable-background-networking"
    flags += " --disable-component-update --disable-sync --no-first-run"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags.split())
        yield chromium
        chromium.close()


@pytest.fixture
def come(browser: Any) -> Iterator[Come]:
    """Opens a page; at the end nobody saw an error, and no page asked another origin."""
    people: list[Person] = []

    def open_(url: str, **context: Any) -> Person:
        people.append(Person(browser, url, **context))
        return people[-1]

    yield open_
    problems = [problem for person in people for problem in person.problems]
    for person in people:
        person.leave()
    assert problems == []


def _record(kpbot: Kpbot, said: str) -> dict[str, Any]:
    """The record of the reference that the person was told."""
    (reference,) = re.findall(r"KP-\w{5}", said)
    (record,) = kpbot("records", "show", reference, "--json").lines
    assert isinstance(record, dict)
    return record


@pytest.fixture
def asks(dialogs: Dialogs) -> Callable[[Language], dict[str, str]]:
    """The last line of every question in a language, by its id."""
    questions = dialogs.dialogs["intake"].questions
    return lambda language: {
        each.id: dialogs.question_words("intake", each.id, language).ask.splitlines()[-1]
        for each in questions
    }


def types(text: str) -> Act:
    """An answer in words."""
    return lambda person: person.types(text)


def clicks(name: str) -> Act:
    """An answer with a button."""
    return lambda person: person.clicks(name)


def ticks(*names: str, send: str) -> Act:
    """An answer with several options."""
    return lambda person: person.ticks(*names, send=send)


def test_a_town_in_hesse_asks_on_the_way_and_corrects_its_email(
    kpbot: Kpbot, come: Come, asks: Asks
) -> None:
    questions = asks("de")
    with Served(kpbot) as served:
        town = come(served.address, locale="de-DE", viewport={"width": 1100, "height": 800})
        assert "automatischer Assistent" in town.types("hallo")
        answer = town.types("was zahlt ihr denn so")
        assert "Videokonferenz" in answer
        assert "reise" in answer
        assert "€" not in answer
        assert "Darf ich Ihre Angaben" in town.types("ok dann los")
        town.goes_on(questions, _TOWN_SAYS, until="partnership_status")
        answer = town.types("gibt's da ne frist?")
        assert "Dazu liegt mir keine bestätigte Angabe vor." in answer
        assert town.asked(questions) == "partnership_status"
        town.goes_on(questions, _TOWN_SAYS, until="topics")
        assert "Abfallmanagement; Umweltbildung" in town.types("müll und schule")
        review = town.goes_on(questions, _TOWN_SAYS)
        assert "s.kern@musterhausn.de" in review
        corrected = town.types("email falsch, musterhausen")
        assert _new_lines(review, corrected) == {"E-Mail: s.kern@musterhausen.de"}
        assert town.buttons()[0] == "Senden"
        expect(town.page.locator(".controls .main")).not_to_be_in_viewport()
        town.page.locator("form").get_by_role("button", name="Senden").click()
        expect(town.page.locator(".controls .main")).to_be_in_viewport()
        record = _record(kpbot, town.clicks("Senden"))
    assert record | _TOWN == record
    assert [each["text"] for each in record["unanswered"]] == ["gibt's da ne frist?"]


def _new_lines(review: str, corrected: str) -> set[str]:
    """The lines of the summary that are new; what was noted or changed stands before it."""
    summaries = [text[text.index("Wer schreibt") :].splitlines() for text in (review, corrected)]
    return set(summaries[1]) - set(summaries[0])


_TOWN_SAYS: dict[str, Act] = {
    "consent": clicks("Ja"),
    "group": clicks("Deutsche Kommune"),
    "municipality_name": types("Stadt Musterhausen"),
    "region": types("Hessen"),
    "population": types("ca. 12.000"),
    "partnership_status": clicks("Keine"),
    "wanted_country": ticks("Offen", send="Auswahl senden"),
    "concern": ticks("Neue Partnerschaft", send="Auswahl senden"),
    "description": types("Wir möchten mit einer Stadt in Nordafrika zum Abfall arbeiten."),
    "period": clicks("Überspringen"),
    "contact_name": types("Sabine Kern"),
    "function": clicks("Überspringen"),
    "department": types("Hauptamt"),
    "email": types("s.kern@musterhausn.de"),
    "phone": clicks("Überspringen"),
    "preferred_channel": clicks("E-Mail"),
    "availability": clicks("Nur das Nötigste fragen"),
}
_TOWN = {
    "municipality_name": "Stadt Musterhausen",
    "body_type": "city",
    "country": "DE",
    "region": "Hessen",
    "population": 12000,
    "partnership_status": "none",
    "wanted_country": ["open"],
    "topics": ["waste_management", "environmental_education"],
    "contact_name": "Sabine Kern",
    "department": "Hauptamt",
    "email": "s.kern@musterhausen.de",
    "phone": None,
    "preferred_channel": "email",
    "language": "de",
    "flags": ["unanswered_questions"],
}


def test_a_commune_in_tunisia_corrects_its_name_in_french(
    kpbot: Kpbot, come: Come, asks: Asks
) -> None:
    questions = asks("fr")
    with Served(kpbot) as served:
        karim = come(served.address, locale="fr-TN", viewport={"width": 1100, "height": 800})
        assert "assistant automatique" in karim.types("Bonjour, slm")
        answer = karim.types("est ce que ma commune peut postuler seule")
        assert "Je n'ai pas d'information confirmée" in answer
        assert "Oui, transmettre" in karim.buttons()
        assert {"Aide", "Parler à un conseiller"} <= set(karim.buttons())
        karim.types("je veux faire une demande")
        karim.goes_on(questions, _KARIM_SAYS, until="municipality_name")
        karim.types("Commune d'El Hamma")
        karim.types("pardon, c'est El Hamma du Jérid")
        review = karim.goes_on(questions, _KARIM_SAYS)
        assert "El Hamma du Jérid" in review
        assert "Commune d'El Hamma" not in review
        record = _record(kpbot, karim.clicks("Envoyer"))
        summary = kpbot("records", "show", record["reference"]).out
    assert record | _COMMUNE == record
    assert not any("eligible" in flag for flag in record["flags"])
    assert "Chatsprache fr" in summary
    assert "Beratung auf: Französisch" in summary
    assert FRENCH in summary


FRENCH = "Nous cherchons une commune allemande pour la gestion des déchets et l'énergie solaire."
_CHOSEN = "Envoyer la sélection"
_KARIM_SAYS: dict[str, Act] = {
    "consent": clicks("Oui"),
    "group": clicks("Commune d'Afrique du Nord"),
    "country": clicks("Tunisie"),
    "region": types("Tozeur"),
    "population": clicks("Passer"),
    "partnership_status": clicks("Pas encore"),
    "wanted_country": ticks("Allemagne", send=_CHOSEN),
    "concern": ticks("Nouveau partenariat", send=_CHOSEN),
    "topics": ticks("Gestion des déchets", "Énergies renouvelables", send=_CHOSEN),
    "description": types(FRENCH),
    "period": clicks("Passer"),
    "contact_name": types("Karim Trabelsi"),
    "function": types("SG"),
    "department": clicks("Passer"),
    "email": types("k.trabelsi@example.org"),
    "phone": clicks("Passer"),
    "preferred_channel": clicks("E-mail"),
    "availability": clicks("Passer"),
    "consultation_language": clicks("Français"),
    "leadership_informed": clicks("Passer"),
}
_COMMUNE = {
    "municipality_name": "El Hamma du Jérid",
    "body_type": "commune",
    "country": "TN",
    "function": "SG",
    "consultation_language": "fr",
    "leadership_informed": None,
    "language": "fr",
}


def test_a_governorate_in_egypt_goes_on_where_it_was_and_leaves_a_telephone_number(
    kpbot: Kpbot, come: Come, asks: Asks
) -> None:
    questions = asks("ar")
    with Served(kpbot) as served:
        telephone = {"viewport": {"width": 390, "height": 780}, "has_touch": True}
        mona = come(served.address, locale="ar-EG", **telephone)
        assert mona.page.evaluate("document.documentElement.dir") == "rtl"
        assert "أنا مساعد آلي" in mona.types("مساء الخير")
        mona.types("احنا محافظة مش بلدية عادي؟")
        _is_arabic(mona)
        mona.types("طلب")
        mona.goes_on(questions, _MONA_SAYS, until="population")
        mona.page.goto("about:blank")
    with Served(kpbot, port=served.port) as served:  # three days later
        mona.comes_back(served.address)
        _is_arabic(mona)
        mona.types("كملي")
        assert mona.asked(questions) == "population"
        mona.goes_on(questions, _MONA_SAYS, until="phone")
        _is_arabic(mona)
        mona.types("٠١٠٠ ١٢٣ ٤٥٦٧")
        assert mona.bubbles.nth(-2).evaluate(DIGITS_FROM_LEFT) == "٠١٠٠١٢٣٤٥٦٧"
        assert mona.bubbles.last.evaluate(DIGITS_FROM_LEFT) == "01001234567"
        record = _record(kpbot, mona.clicks("إرسال"))
    assert record | _GOVERNORATE == record
    assert record["words"]["phone"]["text"] == "٠١٠٠ ١٢٣ ٤٥٦٧"
    assert "no_email" in record["flags"]


_TICKED = "إرسال الاختيار"
_MONA_SAYS: dict[str, Act] = {
    "consent": clicks("نعم"),
    "group": clicks("بلدية في شمال أفريقيا"),
    "municipality_name": types("محافظة الفيوم"),
    "country": types("مصر"),
    "region": clicks("تخطي"),
    "population": types("٣ مليون"),
    "partnership_status": clicks("لا"),
    "wanted_country": ticks("ألمانيا", send=_TICKED),
    "concern": ticks("شراكة جديدة", send=_TICKED),
    "topics": ticks("التكيف مع تغير المناخ", send=_TICKED),
    "description": types("نريد التعاون مع بلدية ألمانية في مجال التكيف مع تغير المناخ."),
    "period": clicks("تخطي"),
    "contact_name": types("منى عبد الرحمن"),
    "function": clicks("الأسئلة الضرورية فقط"),
    "email": types("معنديش"),
}
_GOVERNORATE = {
    "municipality_name": "محافظة الفيوم",
    "body_type": "governorate",
    "country": "EG",
    "population": 3000000,
    "contact_name": "منى عبد الرحمن",
    "email": None,
    "phone": "01001234567",
    "preferred_channel": "phone",
    "language": "ar",
    "consent": True,
}


def _is_arabic(person: Person) -> None:
    """The page runs from right to left, and every button says something in Arabic."""
    expect(person.chat).to_have_attribute("dir", "rtl")
    expect(person.bubbles.last).to_have_attribute("lang", "ar")
    assert person.bubbles.last.evaluate("(each) => getComputedStyle(each).direction") == "rtl"
    assert person.buttons()
    assert [name for name in person.buttons() if not ARABIC.search(name)] == []


@pytest.fixture
def town_hall() -> Iterator[tuple[Server, str]]:
    """The web site of a town, and its origin."""
    site = Server()
    yield site, site.address
    site.stop()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_widget_on_the_site_of_a_town_holds_the_same_conversation(
    kpbot: Kpbot, come: Come, town_hall: tuple[Server, str], language: str
) -> None:
    site, origin = town_hall
    direction, hello, begin, consent = _BEGINNINGS[language]
    with (
        Served(kpbot, settings={"KPBOT_ALLOWED_ORIGINS": origin}) as served,
        site.serve(_page(served.address, language, direction)),
    ):
        guest = come("about:blank", viewport={"width": 800, "height": 900})
        guest.allow(origin)
        guest.allow(served.address)
        guest.page.goto(origin)
        guest.types(hello)
        assert consent in guest.clicks(begin)
        expect(guest.chat).to_have_attribute("dir", direction)
        guest.page.reload()
        expect(guest.bubbles.last).to_contain_text(consent)


_BEGINNINGS = {
    "de": ("ltr", "hallo", "Anfrage stellen", "Darf ich Ihre Angaben"),
    "ar": ("rtl", "مساء الخير", "تقديم طلب", "هل تسمحون لي"),
}


def _page(chat: str, language: str, direction: str) -> Callable[..., Any]:
    """A page of another site, with a strict policy of its own."""
    html = (
        f'<!doctype html><html lang="{language}" dir="{direction}"><title>Stadt</title>'
        f'<main><h1>Stadt</h1><kp-chat language="{language}"></kp-chat></main>'
        f'<script src="{chat}/widget.js" defer></script></html>'
    )
    policy = (
        f"default-src 'none'; script-src {chat}; connect-src {chat}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        status = 200 if scope["path"] == "/" else 404
        await HTMLResponse(html, status, {"Content-Security-Policy": policy})(scope, receive, send)

    return answer
