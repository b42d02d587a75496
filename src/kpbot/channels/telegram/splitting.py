"""Long texts in parts that Telegram takes: 4,096 UTF-16 units, cut where a reader would pause."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

LONGEST = 4096
"""UTF-16 units of one message."""

_ISOLATES = "\u2066\u2067\u2068"
_END = "\u2069"
_JOINER = "\u200d"
_SKIN = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_PAUSES = ("\n\n", "\n", " ")
"""Where to cut, best first."""
_DEEPEST = 8
"""Isolates inside each other that are opened again after a cut: more are no text."""


def units(text: str) -> int:
    """The length as Telegram counts it: characters outside the basic plane are two units."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, longest: int = LONGEST) -> list[str]:
    """The text in parts of at most so many units; white space at a cut is dropped.

    No part ends inside a character with its marks; an isolate that a cut would open is closed
    before it and opened again after it.
    """
    return [part for part in _parts(text, longest) if part.strip()]


def _parts(text: str, longest: int) -> Iterator[str]:
    opened = ""
    while text:
        text = opened + text
        if units(text) <= longest:
            yield text
            return
        end = _cut(text, longest)
        head, text = text[:end], text[end:].lstrip("\n ")
        opened = _left_open(head)
        yield head.rstrip("\n ") + _END * len(opened)


def _cut(text: str, longest: int) -> int:
    """Where the first part ends: at the last pause of its second half, else between characters."""
    room = _fitting(text, longest)
    for pause in _PAUSES:
        place = text.rfind(pause, room // 2, room + len(pause))
        if place > 0 and not _inside(text, place + len(pause)):
            return place
    for end in range(room, room // 2, -1):
        if not _inside(text, end):
            return end
    return room


def _fitting(text: str, longest: int) -> int:
    """How many characters fit, with an end for every isolate that is open then."""
    used = depth = 0
    for place, character in enumerate(text):
        depth += character in _ISOLATES
        depth -= character == _END and depth > 0
        used += 1 + (character > "\uffff")
        if used + min(depth, _DEEPEST) > longest:
            return max(place, 1)
    return len(text)


def _inside(text: str, end: int) -> bool:
    """The place is inside what a reader sees as one character."""
    before, after = text[end - 1], text[end : end + 1] or " "
    return (
        unicodedata.category(after).startswith("M")
        or _JOINER in {before, after}
        or ord(after) in _SKIN
        or (ord(before) in _FLAGS and ord(after) in _FLAGS)
    )


def _left_open(text: str) -> str:
    """The isolates that the text opens and does not close, in order."""
    opened: list[str] = []
    for character in text:
        if character in _ISOLATES:
            opened.append(character)
        elif character == _END and opened:
            opened.pop()
    return "".join(opened[-_DEEPEST:])
