"""The component in a real browser: what a person can do with it, and what it never does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect
from scripted import Scripted
from serving import Server

from kpbot.channels.web import WebChannel

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]
STORED = "Object.keys(localStorage).length + document.cookie.length"
FOCUSED = "document.querySelector('kp-chat').shadowRoot.activeElement?.id ?? ''"
MESSAGES = "**/api/chat/messages"
STREAM = "**/api/chat/stream**"


def test_before_the_first_action_nothing_is_stored_or_asked(
    visit: Visit, address: str, script: Scripted
) -> None:
    visitor = visit(address)
    expect(visitor.page.get_by_text("Ich bin ein automatischer Assistent")).to_be_visible()
    expect(visitor.log).to_have_count(1)
    expect(visitor.log).to_have_attribute("aria-live", "polite")
    expect(visitor.bubbles).to_have_count(0)
    assert visitor.page.evaluate(STORED) == 0
    assert visitor.context.cookies() == []
    assert (script.received, script.reads) == ([], 0)
    visitor.button("Deutsch").click()
    expect(visitor.bubbles).to_have_text(["Sie: Deutsch", "Assistent: Hallo (de)"])
    assert visitor.page.evaluate(STORED) == 1
    assert visitor.context.cookies() == []


def test_the_log_is_the_same_element_from_beginning_to_end(visit: Visit, address: str) -> None:
    visitor = visit(address)
    log = visitor.log.element_handle()
    visitor.say("options")
    expect(visitor.bubbles).to_have_count(2)
    visitor.say("arabic")
    expect(visitor.bubbles).to_have_count(4)
    assert log.evaluate("(log) => log.isConnected && log.children.length") == 4


def test_the_keyboard_is_enough(visit: Visit, address: str, script: Scripted) -> None:
    visitor = visit(address)
    keys = visitor.page.keyboard
    order = []
    for _ in range(9):
        keys.press("Tab")
        order.append(
            visitor.page.evaluate(
                """() => { const at = document.querySelector('kp-chat').shadowRoot.activeElement;
                return at && (at.getAttribute('role') || at.id || at.textContent); }"""
            )
        )
    assert order[:6] == ["log", "Deutsch", "Français", "العربية", "English", "text"]
    assert order[6:9] == ["Senden", "Datenschutz", "Ohne JavaScript"]
    for _ in range(3):
        keys.press("Shift+Tab")
    keys.type("erste Zeile")
    keys.press("Shift+Enter")
    keys.type("zweite")
    keys.press("Enter")
    expect(visitor.bubbles).to_have_count(2)
    assert script.received[0].content.text == "erste Zeile\nzweite"  # type: ignore[union-attr]
    keys.type("options")
    keys.press("Enter")
    expect(visitor.button("Wasser")).to_be_visible()
    for _ in range(4):  # help and person, then the answers
        keys.press("Shift+Tab")
    keys.press("Enter")
    expect(visitor.bubbles.last).to_have_text("Assistent: Gewählt: topic=water")
    assert visitor.page.evaluate(FOCUSED) == "text"
    expect(visitor.button("Wasser")).to_have_count(0)


def test_a_word_that_is_being_composed_is_not_sent(
    visit: Visit, address: str, script: Scripted
) -> None:
    visitor = visit(address)
    visitor.text_box.fill("مر")
    compose = "(box) => box.dispatchEvent(new KeyboardEvent('keydown', %s))"
    for event in (
        "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}",
        "{key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}",
    ):
        assert visitor.text_box.evaluate(compose % event) is True
    visitor.text_box.press("Enter")
    expect(visitor.bubbles).to_have_count(2)
    assert len(script.received) == 1


def test_an_empty_text_is_not_sent(visit: Visit, address: str, script: Scripted) -> None:
    visitor = visit(address)
    visitor.text_box.fill(" \n ")
    visitor.button("Senden").click()
    visitor.say("a")
    expect(visitor.bubbles).to_have_count(2)
    assert len(script.received) == 1


def test_a_multi_select_says_what_is_wrong_and_sends_what_is_right(
    visit: Visit, address: str
) -> None:
    visitor = visit(address)
    visitor.say("select")
    fieldset = visitor.page.get_by_role("group", name="Bitte wählen Sie 1 bis 2.")
    boxes = fieldset.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    expect(visitor.button("Überspringen")).to_be_visible()
    visitor.button("Auswahl senden").click()
    expect(fieldset.get_by_role("alert")).to_have_text("Bitte wählen Sie mindestens 1.")
    expect(boxes.first).to_be_focused()
    expect(boxes.first).to_have_attribute("aria-invalid", "true")
    expect(boxes.first).to_have_accessible_description("Bitte wählen Sie mindestens 1.")
    for name in ("Wasser", "Abfall", "Energie"):
        fieldset.get_by_label(name).check()
    visitor.button("Auswahl senden").click()
    expect(fieldset.get_by_role("alert")).to_have_text("Bitte wählen Sie höchstens 2.")
    fieldset.get_by_label("Abfall").uncheck()
    visitor.button("Auswahl senden").click()
    expect(visitor.bubbles.nth(2)).to_have_text("Sie: Wasser; Energie")
    expect(visitor.bubbles.last).to_have_text("Assistent: Gewählt: topics=water+energy")
    expect(fieldset).to_have_count(0)


def test_a_notice_is_a_status_and_leaves_the_buttons(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.say("options")
    expect(visitor.button("Wasser")).to_be_visible()
    visitor.say("toast")
    expect(visitor.page.get_by_role("status")).to_have_text("Ist notiert.")
    expect(visitor.button("Wasser")).to_be_visible()
    expect(visitor.bubbles).to_have_count(3)
    visitor.button("Wasser").click()
    expect(visitor.bubbles.last).to_have_text("Assistent: Gewählt: topic=water")
    expect(visitor.page.get_by_role("status")).to_have_text("")


def test_answers_and_services_are_two_groups_with_names(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.say("options")
    answers = visitor.page.get_by_role("group", name="Antworten zur Auswahl")
    services = visitor.page.get_by_role("group", name="Weitere Möglichkeiten")
    expect(answers.get_by_role("button")).to_have_text(["Wasser", "Abfall"])
    expect(services.get_by_role("button")).to_have_text(["Hilfe", "Mit einem Menschen sprechen"])


def test_a_double_click_sends_once_and_answers_one_question(
    visit: Visit, address: str, script: Scripted
) -> None:
    visitor = visit(address)
    visitor.say("options")
    visitor.button("Wasser").dblclick()
    expect(visitor.bubbles.last).to_have_text("Assistent: Gewählt: topic=water")
    visitor.say("select")
    expect(visitor.page.get_by_role("checkbox")).to_have_count(3)
    visitor.page.get_by_label("Wasser").check()
    visitor.button("Auswahl senden").dblclick()
    expect(visitor.bubbles).to_have_count(8)
    visitor.text_box.fill("a")
    visitor.button("Senden").dblclick()
    expect(visitor.bubbles).to_have_count(10)
    assert len(script.received) == 5


def test_a_lost_answer_is_asked_for_again_and_nothing_is_said_twice(
    visit: Visit, address: str, script: Scripted
) -> None:
    visitor = visit(address)
    lost = []

    def lose(route: Any) -> None:
        lost.append(route.request.post_data)
        if len(lost) == 1:  # it arrives, but the answer does not come back
            httpx.post(
                route.request.url,
                content=lost[0],
                headers={"Content-Type": "application/json"},
                trust_env=False,
            )
            route.abort()
        else:
            route.continue_()

    visitor.page.route(MESSAGES, lose)
    visitor.say("options")
    expect(visitor.page.get_by_text("Wird noch einmal gesendet")).to_be_visible()
    expect(visitor.bubbles).to_have_text(["Sie: options", "Assistent: Welches Thema?"])
    expect(visitor.page.get_by_text("Wird noch einmal gesendet")).to_have_count(0)
    assert lost[0] == lost[1]
    assert len(script.received) == 1


def test_what_cannot_be_sent_is_shown_and_can_be_sent_again(
    visit: Visit, address: str, script: Scripted
) -> None:
    visitor = visit(address)
    visitor.page.clock.install()
    visitor.page.route(MESSAGES, lambda route: route.abort())
    visitor.say("options")
    for _ in range(5):
        expect(visitor.page.get_by_text("Wird noch einmal gesendet")).to_be_visible()
        visitor.page.clock.run_for(20_000)
    expect(visitor.page.get_by_text("Nicht gesendet.")).to_be_visible()
    expect(visitor.bubbles.last).to_contain_text("gerade nicht erreichbar")
    visitor.page.unroute(MESSAGES)
    visitor.button("Noch einmal senden").click()
    expect(visitor.bubbles.last).to_have_text("Assistent: Welches Thema?")
    expect(visitor.page.get_by_text("Nicht gesendet.")).to_have_count(0)
    assert len(script.received) == 1


def test_a_refused_text_is_explained_and_in_the_box_again(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.say("Wort " * 1300)
    expect(visitor.bubbles.last).to_contain_text("höchstens 6000 Zeichen")
    expect(visitor.text_box).to_have_value(("Wort " * 1300).strip())
    visitor.say("kurz")
    expect(visitor.bubbles.last).to_have_text("Assistent: Echo: kurz")


def test_a_broken_stream_comes_back_with_what_was_said_meanwhile(
    visit: Visit, server: Server, script: Scripted
) -> None:
    channel = WebChannel()
    with server.serve_house(script.house(), channel) as address:
        visitor = visit(address)
        visitor.say("a")
        expect(visitor.bubbles).to_have_count(2)
        asked: list[str] = []
        visitor.page.on("request", lambda request: asked.append(request.url))
        script.away = True
        with visitor.page.expect_response(STREAM) as refused:
            server.soon(lambda: channel.wake(script.received[0].person))
        assert refused.value.status == 503
        script.say(script.received[0].person, {"text": "Während Sie weg waren."})
        script.away = False
        expect(visitor.bubbles).to_have_count(3)
        expect(visitor.bubbles.last).to_have_text("Assistent: Während Sie weg waren.")
        assert asked
        assert all("stream?after=1" in url for url in asked)
        visitor.leave()


def test_who_returns_reads_what_was_said_and_goes_on(
    visit: Visit, address: str, script: Scripted
) -> None:
    visitor = visit(address)
    visitor.say("options")
    expect(visitor.button("Wasser")).to_be_visible()
    visitor.page.reload()
    expect(visitor.bubbles).to_have_text(["Assistent: Welches Thema?"])
    expect(visitor.log).not_to_have_attribute("aria-busy", "true")
    visitor.button("Abfall").click()
    expect(visitor.bubbles.last).to_have_text("Assistent: Gewählt: topic=waste")
    assert len({each.person for each in script.received}) == 1


def test_a_conversation_that_is_gone_begins_anew_with_a_sentence(
    visit: Visit, address: str, script: Scripted
) -> None:
    visitor = visit(address)
    visitor.say("a")
    expect(visitor.bubbles).to_have_count(2)
    script.forget()
    visitor.page.reload()
    expect(visitor.bubbles).to_have_text([re.compile("nicht mehr gespeichert")])
    expect(visitor.page.get_by_text("Ich bin ein automatischer Assistent")).to_be_visible()
    assert visitor.page.evaluate(STORED) == 0
    visitor.button("Deutsch").click()
    expect(visitor.bubbles.last).to_have_text("Assistent: Hallo (de)")
    script.forget()
    visitor.say("noch da?")
    expect(visitor.page.get_by_text("nicht mehr gespeichert")).to_have_count(2)
    expect(visitor.bubbles.last).to_have_text("Assistent: Echo: noch da?")
