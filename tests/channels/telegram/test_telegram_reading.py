"""What an update means, read as aiogram gives it and without any network."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.enums import ContentType
from aiogram.types import Update

from kpbot.channels.telegram.reading import REPORTS, Happened, Nothing, Wrote, read
from kpbot.model import Attached, Content, Edited, Said

pytestmark = pytest.mark.slow  # aiogram takes seconds to import

PERSON = {"id": 1001, "is_bot": False, "first_name": "Sabine"}
PAGE = "https://example.org/a_b?c=d#e"
CHAT = {"id": -5, "type": "channel", "title": "x"}
INVOICE = {
    "title": "Beitrag",
    "description": "2026",
    "start_parameter": "x",
    "currency": "EUR",
    "total_amount": 100,
}
GIVEAWAY = {"chats": [CHAT], "winners_selection_date": 1, "winner_count": 1}
WINNERS = {
    "chat": CHAT,
    "giveaway_message_id": 1,
    "winners_selection_date": 1,
    "winner_count": 1,
    "winners": [PERSON],
}


def happened(kind: str = "message", **fields: Any) -> Happened:
    """What follows from a message of a person with these fields."""
    chat = {"id": 1001, "type": "private"}
    message = {"message_id": 7, "date": 1, "chat": chat, "from": PERSON, **fields}
    return read(Update.model_validate({"update_id": 1, kind: message}))


def content(kind: str = "message", **fields: Any) -> Content:
    found = happened(kind, **fields)
    assert isinstance(found, Wrote)
    assert found.original == 7
    return found.content


def link(words: str, within: str, url: str = PAGE) -> dict[str, Any]:
    """The words lead to the page; places are those of UTF-16."""
    before = within[: within.index(words)]
    places = {"offset": _units(before), "length": _units(words)}
    return {"type": "text_link", "url": url, **places}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("siehe hier", "hier", f"siehe hier ({PAGE})"),
        ("👍🏽 siehe 🇹🇳 hier, bitte", "hier", f"👍🏽 siehe 🇹🇳 hier ({PAGE}), bitte"),
        ("انظروا هنا من فضلكم", "هنا", f"انظروا هنا ({PAGE}) من فضلكم"),
        (PAGE, PAGE, PAGE),
    ],
)
def test_where_words_lead_stands_behind_them(text: str, words: str, told: str) -> None:
    entities = [link(words, text)]
    assert content(text=text, entities=entities) == Said(told)
    assert content("edited_message", text=text, entities=entities) == Edited(told)
    picture = {"photo": [], "caption": text, "caption_entities": entities}
    assert content("edited_message", **picture) == Edited(told)


def test_several_links_each_have_their_address() -> None:
    text = "😀 hier und dort"
    entities = [
        {"type": "bold", "offset": 0, "length": 2},
        link("hier", text, "http://a.example"),
        link("dort", text, "HTTPS://b.example"),
    ]
    told = "😀 hier (http://a.example) und dort (HTTPS://b.example)"
    assert content(text=text, entities=entities) == Said(told)


@pytest.mark.parametrize("url", ["tg://user?id=5", "ftp://a.example", "javascript:x", ""])
def test_what_is_no_page_is_not_told(url: str) -> None:
    assert content(text="siehe hier", entities=[link("hier", "siehe hier", url)]) == Said(
        "siehe hier"
    )


def test_a_link_below_a_document_is_told_as_well() -> None:
    document = {"file_id": "F", "file_unique_id": "U"}
    entities = [link("hier", "siehe hier")]
    found = content(document=document, caption="siehe hier", caption_entities=entities)
    assert found == Attached("document", f"siehe hier ({PAGE})")


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("invoice", INVOICE),
        ("giveaway", GIVEAWAY),
        ("giveaway_winners", WINNERS),
        ("story", {"chat": CHAT, "id": 1}),
        ("paid_media", {"star_count": 1, "paid_media": []}),
        ("unknown", None),
        ("what_nobody_knows_yet", {"id": 1}),
    ],
)
def test_whatever_people_send_is_something_that_was_sent(kind: str, field: object) -> None:
    found = content(**{kind: field})
    assert isinstance(found, Attached)
    assert found.kind in {kind, "unknown"}
    assert type(found.kind) is str


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("pinned_message", {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}),
        ("new_chat_members", [PERSON]),
        ("message_auto_delete_timer_changed", {"message_auto_delete_time": 86400}),
        ("chat_background_set", {"type": {"type": "chat_theme", "theme_name": "x"}}),
        ("write_access_allowed", {}),
        ("giveaway_created", {}),
    ],
)
def test_what_telegram_reports_is_nothing(kind: str, field: object) -> None:
    assert happened(**{kind: field}) == Nothing(1001)


def test_every_report_is_one_that_telegram_makes() -> None:
    assert {each.value for each in ContentType} >= REPORTS
