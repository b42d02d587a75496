"""D19: ids that are too long for the buttons of a messenger."""

from __future__ import annotations

from collections.abc import Iterator

from kpbot.content.checks_content import Content
from kpbot.content.problems import Problem
from kpbot.model import COMMAND, OFFER

LONGEST_PAIR = 50
"""Bytes that question id and choice may have together.

Telegram's buttons carry 64; conversation, turn, dots and a mark need the others.
"""
SKIP = "skip"


def button_ids(content: Content) -> Iterator[Problem]:
    """D19: a button of Telegram could not carry the question's id and the choice's."""
    for dialog in content.dialogs.dialogs.values():
        if _too_long(COMMAND, f"start:{dialog.name}"):
            yield Problem(dialog.file, 1, _sentence("dialog", dialog.name))
        for question in dialog.questions:
            if _too_long(COMMAND, f"change:{question.id}") or _too_long(question.id, SKIP):
                yield Problem(dialog.file, question.line, _sentence("question", question.id))
            for option in question.of:
                if _too_long(question.id, option):
                    name = f"{question.id}={option}"
                    yield Problem(dialog.file, question.line, _sentence("option", name))
    for entry in content.faq:
        if _too_long(OFFER, entry.id):
            yield Problem(entry.file, entry.line, _sentence("entry", entry.id))


def _too_long(question: str, choice: str) -> bool:
    return len(f"{question}{choice}".encode()) > LONGEST_PAIR


def _sentence(kind: str, name: str) -> str:
    return f'D19: the id of the {kind} "{name}" is too long for a button in Telegram.'
