"""What a button carries: conversation, turn, question and choice, in at most 64 bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 64
"""Bytes of a button's data that Telegram takes."""
PREFIX = 6
"""Characters of the conversation's id that a button carries."""
DONE = "="
"""Choice of the button that sends a multi-select."""
OPEN = "+"
"""Before a choice of a multi-select that is not marked."""
MARKED = "*"
"""Before a choice of a multi-select that is marked."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FORM = re.compile(r"([0-9A-Za-z-]{0,6})\.([0-9a-z]{1,10})\.([^.]+)\.(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Payload:
    """What a pressed button says."""

    conversation: str
    """Beginning of the conversation's id."""
    turn: int
    question: str
    choice: str


def encode(payload: Payload) -> str:
    """The data of the button. Raises ValueError where no button can carry it."""
    question, choice = payload.question, payload.choice
    if not question or not choice or "." in question:
        raise ValueError(f"No button can carry question {question!r} and choice {choice!r}.")
    head = f"{payload.conversation[:PREFIX]}.{_base36(payload.turn)}"
    data = f"{head}.{question}.{choice}"
    if len(data.encode()) > LONGEST:
        raise ValueError(
            f"Question {question!r} and choice {choice!r} are too long for a button: "
            f"{len(data.encode())} bytes, at most {LONGEST}."
        )
    return data


def decode(data: str) -> Payload | None:
    """What the data says; None if no button of ours carries it."""
    found = _FORM.fullmatch(data)
    if found is None or len(data.encode(errors="replace")) > LONGEST:
        return None
    conversation, turn, question, choice = found.groups()
    return Payload(conversation, int(turn, 36), question, choice)


def _base36(number: int) -> str:
    digits = ""
    while number >= len(_DIGITS):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return _DIGITS[number] + digits
