"""For everyone: four languages, both directions, small and dark screens; axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from scripted import Scripted
from serving import Server
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]
PAGES = ("/", "/chat", "/privacy")
TOO_SMALL = """() => [...document.querySelector('kp-chat').shadowRoot
  .querySelectorAll('button, textarea, footer a, fieldset label')]
  .filter((each) => each.checkVisibility())
  .filter((each) => each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages(
    visit: Visit, address: str, path: str, language: str, scheme: str
) -> None:
    visitor = visit(f"{address}{path}?language={language}", color_scheme=scheme)
    assert visitor.violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("word", ["select", "options", "arabic", "toast", "links"])
def test_axe_finds_nothing_in_the_conversation(
    visit: Visit, address: str, word: str, scheme: str
) -> None:
    visitor = visit(address, color_scheme=scheme)
    visitor.say("options")
    expect(visitor.button("Wasser")).to_be_visible()
    visitor.say(word)
    expect(visitor.page.locator(".controls .services")).to_be_visible()
    if word == "select":
        visitor.button("Auswahl senden").click()
    assert visitor.violations() == []
    assert visitor.page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("word", ["select", "options", "arabic", "toast"])
def test_axe_finds_nothing_in_the_conversation_without_scripts(
    visit: Visit, address: str, word: str
) -> None:
    visitor = visit(f"{address}/chat", java_script_enabled=True)
    for text in ("options", word):
        visitor.text_box.fill(text)
        visitor.button("Senden").or_(visitor.button("إرسال")).click()
    assert visitor.violations() == []


def test_axe_would_find_something(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.page.evaluate("""document.querySelector('kp-chat').shadowRoot
        .append(document.createElement('button'))""")
    assert len(visitor.violations()) == 1


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_widget_on_another_site_has_no_findings_and_asks_nobody_else(
    visit: Visit, script: Scripted, site: Callable[[str, str], str], server: Server, language: str
) -> None:
    page, origin = site(server.address, language).rsplit("|", 1)
    with server.serve_house(script.house(allowed_origins=(origin,))) as address:
        visitor = visit("about:blank")
        visitor.allow(origin)
        visitor.allow(address)
        visitor.page.goto(page)
        assert visitor.violations() == []
        visitor.page.get_by_role("button", name="العربية", exact=True).click()
        expect(visitor.bubbles.last).to_contain_text("Hallo (ar)")
        visitor.say("select")
        expect(visitor.page.get_by_role("checkbox")).to_have_count(3)
        assert visitor.violations() == []
        visitor.leave()


@pytest.fixture
def site() -> Iterator[Callable[[str, str], str]]:
    """A page of another site, with a policy of its own, that embeds the widget."""
    host = Server()

    def page_for(widget: str, language: str) -> str:
        direction = "rtl" if language == "ar" else "ltr"
        html = (
            f'<!doctype html><html lang="{language}" dir="{direction}"><title>Stadt</title>'
            f'<main><h1>Stadt</h1><kp-chat language="{language}"></kp-chat></main>'
            f'<script src="{widget}/widget.js" defer></script></html>'
        )
        policy = (
            f"default-src 'none'; script-src {widget}; connect-src {widget}; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            status = 200 if scope["path"] == "/" else 404
            page = HTMLResponse(html, status, headers={"Content-Security-Policy": policy})
            await page(scope, receive, send)

        serving.append(host.serve(answer))
        return f"{serving[-1].__enter__()}/|{host.address}"

    serving: list[Any] = []
    yield page_for
    for each in serving:
        each.__exit__(None, None, None)
    host.stop()


def test_arabic_turns_the_interface_round(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.say("arabic")
    chat = visitor.page.locator("kp-chat")
    expect(chat).to_have_attribute("dir", "rtl")
    expect(chat).to_have_attribute("lang", "ar")
    expect(visitor.page.get_by_label("رسالتكم")).to_be_visible()
    answer = visitor.bubbles.last
    expect(answer).to_have_attribute("lang", "ar")
    expect(answer).to_have_attribute("dir", "auto")
    assert answer.evaluate("(bubble) => getComputedStyle(bubble).direction") == "rtl"
    sides = visitor.page.evaluate("""() => {
        const root = document.querySelector('kp-chat').shadowRoot;
        const left = (selector) => root.querySelector(selector).getBoundingClientRect().left;
        return [left('.mine'), left('.bubble:not(.mine)'), left('.send'), left('textarea')]; }""")
    assert sides[0] < sides[1]
    assert sides[2] < sides[3]
    visitor.say("options")
    expect(chat).to_have_attribute("dir", "ltr")


@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (320, 256)], ids=["a small telephone", "400 % zoom"]
)
@pytest.mark.parametrize("path", ["/", "/chat"])
def test_a_narrow_window_never_scrolls_sideways(
    visit: Visit, address: str, width: int, height: int, path: str
) -> None:
    visitor = visit(f"{address}{path}", viewport={"width": width, "height": height})
    assert visitor.fits()
    for text in ("a" * 200, "arabic", "select"):
        visitor.text_box.fill(text)
        visitor.page.locator(".send, .write button").click()
        expect(visitor.text_box).to_have_value("")
        expect(visitor.page.locator(".services button").first).to_be_visible()
        assert visitor.fits()
    visitor.text_box.scroll_into_view_if_needed()
    expect(visitor.text_box).to_be_in_viewport()
    visitor.page.get_by_role("checkbox").first.check()
    visitor.button("Auswahl senden").click()
    expect(visitor.page.get_by_text("Gewählt: topics=water")).to_be_visible()


def test_forced_colours_keep_what_matters(visit: Visit, address: str) -> None:
    visitor = visit(address, forced_colors="active")
    visitor.say("options")
    expect(visitor.button("Wasser")).to_be_visible()
    borders = visitor.page.evaluate("""() =>
        [...document.querySelector('kp-chat').shadowRoot.querySelectorAll('.bubble, button')]
        .filter((each) => each.checkVisibility() && !each.closest('.languages'))
        .map((each) => parseFloat(getComputedStyle(each).borderTopWidth))""")
    assert all(width >= 1 for width in borders)
    assert visitor.violations() == []


@pytest.mark.parametrize(("motion", "moves"), [("reduce", "none"), ("no-preference", "come")])
def test_nothing_moves_for_those_who_want_it_still(
    visit: Visit, address: str, motion: str, moves: str
) -> None:
    visitor = visit(address, reduced_motion=motion)
    visitor.say("a")
    expect(visitor.bubbles.last).to_have_css("animation-name", moves)


def test_every_message_says_who_speaks_and_in_which_language(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.say("arabic")
    expect(visitor.bubbles.first).to_have_text("Sie: arabic")
    expect(visitor.bubbles.first).to_have_attribute("lang", "de")
    expect(visitor.bubbles.last).to_contain_text("المساعد:")
    expect(visitor.log).to_have_attribute("tabindex", "0")
    expect(visitor.log).to_have_accessible_name("سجل المحادثة")


def test_the_visible_focus_is_strong(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Tab")
    expect(visitor.button("Deutsch")).to_be_focused()
    expect(visitor.button("Deutsch")).to_have_css("outline-style", "solid")
    expect(visitor.button("Deutsch")).to_have_css("outline-width", "3px")


def test_messages_are_text_paragraphs_and_three_kinds_of_links(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.say("html")
    expect(visitor.bubbles.last.locator("p")).to_have_count(2)
    expect(visitor.bubbles.last.locator("p").first).to_have_text(
        "<img src=x onerror=alert(1)> zweite Zeile"
    )
    expect(visitor.page.locator(".log img")).to_have_count(0)
    visitor.say("links")
    links = visitor.bubbles.last.get_by_role("link")
    expect(links).to_have_text(["https://example.org/a?b=1", "mailto:a@example.org"])
    expect(links.first).to_have_attribute("rel", "noopener noreferrer")


def test_a_long_message_is_shown_from_its_beginning(visit: Visit, address: str) -> None:
    visitor = visit(address, viewport={"width": 800, "height": 600})
    visitor.say("long")
    expect(visitor.bubbles.last.locator("p").first).to_be_in_viewport()
    expect(visitor.bubbles.last.locator("p").last).not_to_be_in_viewport()
