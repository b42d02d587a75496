"""A house in miniature: it says what the word it is given stands for.

It keeps what the real one keeps (ids that grow, no message twice), so that the protocol can be
tested sentence by sentence. What people really read is tested with the shipped content.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from kpbot.channels.web import WebHouse
from kpbot.model import (
    COMMAND,
    LANGUAGES,
    OFFER,
    Button,
    Inbound,
    Outbound,
    Pressed,
    Said,
    Select,
    Selected,
)

HELP = Button("help", "Hilfe", COMMAND)
OPTIONS = (Button("water", "Wasser", "topic"), Button("waste", "Abfall", "topic"))
BOXES = (
    Button("water", "Wasser", "topics"),
    Button("waste", "Abfall", "topics"),
    Button("energy", "Energie", "topics"),
    Button("skip", "Überspringen", "topics"),
)

REPLIES: dict[str, dict[str, Any]] = {
    "options": {"text": "Welches Thema?", "buttons": (*OPTIONS, HELP)},
    "offer": {"text": "Meinen Sie Wasser?", "buttons": (Button("yes", "Ja", OFFER),)},
    "select": {"text": "Welche Themen?", "buttons": BOXES, "select": Select("topics", 1, 2)},
    "toast": {"text": "Ist notiert.", "toast": True},
    "links": {
        "text": "Siehe https://example.org/a?b=1. Oder mailto:a@example.org!\n\njavascript:no"
    },
    "html": {"text": "<img src=x onerror=alert(1)>\nzweite Zeile\n\nzweiter Absatz \u202eدسم"},
    "arabic": {"text": "مرحبًا.\n\nما الموضوع؟", "language": "ar", "buttons": OPTIONS},
    "long": {"text": "\n\n".join(f"Absatz {number}. " + "Worte " * 40 for number in range(12))},
}


class Scripted:
    """The miniature house, with a clock that is moved and a store that can be taken away."""

    def __init__(self) -> None:
        """Nobody has spoken yet."""
        self.received: list[Inbound] = []
        self.sent: list[tuple[int, Outbound]] = []
        self.now = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
        self.away = False
        self.reads = 0

    def receive(self, inbound: Inbound) -> None:
        """The event is answered, once."""
        if self.away:
            raise ConnectionError("the store is away")
        if any(each.message_id == inbound.message_id for each in self.received):
            return
        self.received.append(inbound)
        self.say(inbound.person, self._reply(inbound))

    def said(self, address: str, after: int) -> list[tuple[int, Outbound]]:
        """Everything said to the address after that id."""
        if self.away:
            raise ConnectionError("the store is away")
        self.reads += 1
        return [(id_, each) for id_, each in self.sent if each.person == address and id_ > after]

    def about(self, address: str) -> dict[str, Any]:
        """What is stored about the address."""
        if self.away:
            raise ConnectionError("the store is away")
        texts = [each.text for _, each in self.sent if each.person == address]
        return {"chat": texts} if texts else {}

    def say(self, address: str, reply: dict[str, Any]) -> None:
        """The message is in the store."""
        number = len(self.sent) + 1
        fields = {"language": "de", **reply}
        self.sent.append((number, Outbound("web", address, turn=number, **fields)))

    def forget(self) -> None:
        """Everything that was said is gone."""
        self.sent.clear()

    def house(self, **changed: Any) -> WebHouse:
        """The house as the pages see it."""
        given: dict[str, Any] = {
            "receive": self.receive,
            "said": self.said,
            "clock": lambda: self.now,
            "ready": lambda: not self.away,
            "contact": "Telefon 030 000000",
            "privacy": {language: f"Privacy <{language}>\n\nB" for language in LANGUAGES},
            "allowed_origins": (),
            "about": self.about,
        }
        return WebHouse(**given | changed)

    def later(self, seconds: float) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)

    def _reply(self, inbound: Inbound) -> dict[str, Any]:
        match inbound.content:
            case Said(text):
                return REPLIES.get(text, {"text": f"Echo: {text}"})
            case Pressed(_, question, choice):
                return {"text": f"Gewählt: {question}={choice}"}
            case Selected(_, question, choices):
                return {"text": f"Gewählt: {question}={'+'.join(choices)}"}
        language = inbound.language or "de"
        return {"text": f"Hallo ({language})", "buttons": (HELP,), "language": language}
