"""A whole enquiry, told as what a person does at each question; every test walks the same way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from kpbot.model import COMMAND, Content, Language, Pressed, Said, Selected
from kpbot.person import Person

NOW = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
"""A Tuesday morning."""
Arrive = Callable[..., Person]
"""Of a user, and if wanted a language, a clock, changes of the house: who is at the terminal."""

WORDS = {
    "municipality_name": "Stadt Musterhausen",
    "description": "Wir möchten mit einer Stadt in Nordafrika zum Abfall arbeiten.",
    "contact_name": "Sabine Kern",
    "email": "s.kern@musterhausen.de",
}
PRESSES = {
    "consent": "yes",
    "group": "german_municipality",
    "body_type": "city",
    "country": "DE",
    "partnership_status": "none",
}
SELECTIONS = {
    "wanted_country": ("MA", "TN"),
    "concern": ("new_partnership",),
    "topics": ("waste_management", "environmental_education"),
}
RECORD: dict[str, Any] = {
    "consent": True,
    "group": "german_municipality",
    "municipality_name": "Stadt Musterhausen",
    "body_type": "city",
    "country": "DE",
    "partnership_status": "none",
    "wanted_country": ["MA", "TN"],
    "concern": ["new_partnership"],
    "topics": ["waste_management", "environmental_education"],
    "description": "Wir möchten mit einer Stadt in Nordafrika zum Abfall arbeiten.",
    "contact_name": "Sabine Kern",
    "email": "s.kern@musterhausen.de",
    "summary_confirmed": True,
    "dialog": "intake",
    "outcome": "desk_maghreb",
    "unanswered": [],
    "flags": [],
}
"""What the walk hands over, in every channel and language."""


def next_step(at: str, turn: int) -> Content:
    """What the person does when the bot is there: begins, answers, skips what may be, sends."""
    if at == "menu":
        return Pressed(turn, COMMAND, "start")
    if at == "review":
        return Pressed(turn, COMMAND, "send")
    if at in WORDS:
        return Said(WORDS[at])
    if at in SELECTIONS:
        return Selected(turn, at, SELECTIONS[at])
    return Pressed(turn, at, PRESSES.get(at, "skip"))


def told(record: dict[str, Any]) -> dict[str, Any]:
    """The part of a record that RECORD holds."""
    return {key: record.get(key) for key in RECORD}


HELLO: dict[Language, str] = {"de": "hallo", "fr": "bonjour", "ar": "السلام عليكم", "en": "hello"}
