"""The real house behind both doors: the shipped words, buttons and languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]


def answer(visitor: Any, name: str) -> None:
    """The button is pressed and the next message is there."""
    before = visitor.bubbles.count()
    visitor.button(name).click()
    expect(visitor.bubbles).to_have_count(before + 2)


def test_an_enquiry_begins_and_changes_its_language(visit: Visit, real_address: str) -> None:
    visitor = visit(real_address)
    answer(visitor, "Deutsch")
    expect(visitor.bubbles.last).to_contain_text("Ich bin ein automatischer Assistent")
    assert visitor.violations() == []
    answer(visitor, "Anfrage stellen")
    answer(visitor, "Ja")
    expect(visitor.bubbles.last).to_contain_text("Für wen schreiben Sie?")
    assert visitor.violations() == []
    answer(visitor, "Deutsche Kommune")
    expect(visitor.bubbles.last).to_contain_text("Wie heißt Ihre Kommune")
    visitor.page.get_by_role("button", name="العربية").click()
    expect(visitor.page.locator("kp-chat")).to_have_attribute("dir", "rtl")
    assert visitor.violations() == []
    visitor.page.reload()
    expect(visitor.page.locator("kp-chat")).to_have_attribute("dir", "rtl")
    expect(visitor.page.get_by_role("button", name="رجوع")).to_be_visible()


def test_the_plain_page_asks_the_same(visit: Visit, real_address: str) -> None:
    visitor = visit(f"{real_address}/chat", java_script_enabled=False)
    for name in ("Deutsch", "Anfrage stellen", "Ja", "Deutsche Kommune"):
        visitor.button(name).click()
    expect(visitor.page.get_by_text("Wie heißt Ihre Kommune")).to_be_visible()
    visitor.text_box.fill("Stadt Musterhausen")
    visitor.button("Senden").click()
    expect(visitor.page.get_by_text("Wie heißt Ihre Kommune")).to_be_hidden()


def test_the_privacy_page_says_what_the_bot_says(visit: Visit, real_address: str) -> None:
    visitor = visit(f"{real_address}/privacy?language=ar")
    expect(visitor.page.locator("main")).to_contain_text("أحفظ هذه المحادثة منذ الرسالة الأولى")
    assert visitor.violations() == []
