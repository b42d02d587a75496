"""What a person and the bot said to each other, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from kpbot.store.tables import conversations, inbox, outbox

LineKind = Literal["said", "edited", "pressed", "selected", "attached", "opened", "bot"]
_KINDS: dict[str, LineKind] = {
    "Said": "said",
    "Edited": "edited",
    "Pressed": "pressed",
    "Selected": "selected",
    "Attached": "attached",
    "Opened": "opened",
}
Lost = Literal["", "failed", "doubtful"]
_LOST: dict[str, Lost] = {"failed": "failed", "doubtful": "doubtful"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said or done."""

    at: datetime
    kind: LineKind
    text: str
    """The words, the titles of what was pressed, or the kind of what was attached."""
    language: str = ""
    """Of what the bot said; empty: nobody knows."""
    lost: Lost = ""
    """What was said and given up: it did not arrive, or nobody knows."""


def of(connection: sa.Connection, conversation: str) -> list[Line]:
    """Everything that is kept of the conversation, in order; what cannot be read is left out."""
    said, titles = _said(connection, conversation)
    heard = sa.select(inbox.c.id, inbox.c.at, inbox.c.content).where(
        inbox.c.conversation == conversation
    )
    lines = [
        (row.at, 0, row.id, line)
        for row in connection.execute(heard)
        for line in _heard(row.at, row.content, titles)
    ]
    lines += said
    return [line for *_, line in sorted(lines, key=lambda each: each[:3])]


_Titles = dict[tuple[int, str, str], str]
_Placed = tuple[datetime, int, int, Line]


def _said(connection: sa.Connection, conversation: str) -> tuple[list[_Placed], _Titles]:
    """What the bot said, and the title of every button by turn, question and id."""
    query = (
        sa.select(outbox.c.id, outbox.c.due, outbox.c.message, outbox.c.state)
        .join(conversations, conversations.c.id == outbox.c.conversation)
        .where(
            outbox.c.conversation == conversation,
            outbox.c.channel == conversations.c.channel,
            outbox.c.address == conversations.c.person,
        )
        .order_by(outbox.c.id)
    )
    lines: list[_Placed] = []
    titles: _Titles = {}
    for row in connection.execute(query):
        message = row.message
        if message.get("type") != "Outbound":
            continue
        for button in message.get("buttons", ()):
            titles[message["turn"], button["question"], button["id"]] = button["title"]
        lost = _LOST.get(row.state, "")
        line = Line(row.due, "bot", message["text"], message["language"], lost)
        lines.append((row.due, 1, row.id, line))
    return lines, titles


def _heard(at: datetime, content: dict[str, Any], titles: _Titles) -> list[Line]:
    kind = _KINDS.get(content.get("type", ""))
    match kind:
        case "said" | "edited":
            return [Line(at, kind, content["text"])]
        case "attached":
            words = content.get("text", "")  # of an earlier release: there was none
            return [Line(at, kind, content["kind"]), *([Line(at, "said", words)] if words else [])]
        case "opened":
            return [Line(at, kind, "")]
        case "pressed":
            return [Line(at, kind, _title(content, content["choice"], titles))]
        case "selected":
            chosen = (_title(content, choice, titles) for choice in content["choices"])
            return [Line(at, kind, "; ".join(chosen))]
        case _:
            return []


def _title(content: dict[str, Any], choice: str, titles: _Titles) -> str:
    return titles.get((content["turn"], content["question"], choice), choice)
