"""The privacy notice: the same on its page and in the chat, and true."""

from __future__ import annotations

import pytest

from kpbot.app import build_house, privacy_text
from kpbot.house import House
from kpbot.model import COMMAND, LANGUAGES, Language, Opened, Pressed
from kpbot.settings import Settings
from walk import Arrive

CONTROLLER = "Stadt Musterhausen, Markt 1"
OFFICER = "datenschutz@musterhausen.de"


def in_chat(arrive: Arrive, language: Language, **changes: object) -> str:
    person = arrive("leila", language, **changes)
    person.happen(Opened())
    assert person.taken is not None
    (said,) = person.happen(Pressed(person.taken.conversation.turn, COMMAND, "privacy"))
    return said.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chat_says_what_the_page_says(arrive: Arrive, language: Language) -> None:
    settings = Settings(
        controller=CONTROLLER,
        protection_officer=OFFICER,
        privacy_url="https://example.org/p",
        record_days=33,
        chat_days=44,
    )
    built = build_house(settings)
    names = ("controller", "protection_officer", "privacy_link", "days", "chat_days")
    said = in_chat(arrive, language, **{name: getattr(built, name) for name in names})
    page = privacy_text(built, language)
    identity, notice = page.split("\n\n", 1)
    assert identity == built.dialogs.service[language].sentences["identity"]
    assert said == notice
    for told in (CONTROLLER, OFFICER, "https://example.org/p", "33", "44"):
        assert told in notice


def test_who_is_not_named_is_not_announced(arrive: Arrive, house: House) -> None:
    said = in_chat(arrive, "de", controller=CONTROLLER)
    assert f"Verantwortlich: {CONTROLLER}" in said
    assert "Datenschutzbeauftragte" not in said
    assert "Verantwortlich:" not in privacy_text(house, "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_placeholders_are_filled(arrive: Arrive, language: Language) -> None:
    assert "{" not in in_chat(arrive, language)
