"""What the channel remembers of a chat, in the store's notes."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from kpbot.store import conversations, notes

CHANNEL = "telegram"

BLOCKED = "blocked"
"""The person blocked the bot."""
MOVED = "moved"
"""The chat the group has become."""
KEYBOARD = "keyboard"
"""The message whose buttons are in force."""
PARTS = "parts"
"""Of a message in several parts: which, how many have gone out, and where its buttons are."""
TOLD = "told"
"""The group has read where to write."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one chat."""

    blocked: bool
    moved: int | None
    keyboard: int | None
    parts: str


def recall(connection: sa.Connection, address: str) -> Memory:
    """What is remembered of the chat."""
    moved = notes.get(connection, CHANNEL, address, MOVED)
    keyboard = notes.get(connection, CHANNEL, address, KEYBOARD)
    return Memory(
        blocked=notes.get(connection, CHANNEL, address, BLOCKED) is not None,
        moved=None if moved is None else int(moved),
        keyboard=None if keyboard is None else int(keyboard),
        parts=notes.get(connection, CHANNEL, address, PARTS) or "",
    )


def remember(connection: sa.Connection, address: str, name: str, value: str) -> None:
    """The note is kept; of a person only as long as their conversation, so it can be erased."""
    if address.startswith("-"):
        notes.put(connection, CHANNEL, address, name, value)
        return
    conversation = conversations.glance(connection, CHANNEL, address)
    if conversation is not None:
        notes.put(connection, CHANNEL, address, name, value, conversation=conversation.id)


def forget(connection: sa.Connection, address: str, name: str) -> None:
    """The note is gone."""
    notes.forget(connection, CHANNEL, address, name)


def is_told(connection: sa.Connection, group: str) -> bool:
    """The group has read where to write."""
    return notes.get(connection, CHANNEL, group, TOLD) is not None


def has_moved(connection: sa.Connection, before: str, now: str) -> None:
    """What was remembered of the group is remembered of what it has become."""
    remember(connection, before, MOVED, now)
    if is_told(connection, before):
        remember(connection, now, TOLD, "yes")
