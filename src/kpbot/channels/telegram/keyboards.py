"""Buttons in rows, and multi-selects whose marks live in the keyboard itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import structlog

from kpbot.channels.telegram.payload import DONE, MARKED, OPEN, Payload, decode, encode
from kpbot.channels.telegram.words import DONE_TITLES
from kpbot.model import COMMAND, Button, Outbound

log = structlog.get_logger()

Key = tuple[str, str]
"""Title and data of one button."""
Rows = tuple[tuple[Key, ...], ...]

MOST = 100
"""Buttons that a message takes."""
WIDTH = 32
"""Characters that fit side by side on a small telephone."""
MOST_IN_ROW = 3
TICK = "✓ "
_APART = frozenset({"skip", "keep"})
"""Choices of a question that are no options of its multi-select."""
_LANGUAGE = "language:"


def keyboard(message: Outbound, language_hint: str | None = None) -> Rows:
    """The buttons of the message in rows; of languages, the hinted one stands first.

    A button that Telegram cannot carry is left out: what it says can be typed.
    """
    keys = []
    for button in _hinted_first(message.buttons, language_hint):
        choice = f"{OPEN}{button.id}" if _is_option(button, message) else button.id
        keys.append((button, _key(message, button.title, button.question, choice)))
    if message.select is not None:
        done = Button(DONE, DONE_TITLES[message.language], message.select.question)
        after = max((i for i, (b, _) in enumerate(keys) if _is_option(b, message)), default=-1)
        keys.insert(after + 1, (done, _key(message, done.title, done.question, DONE)))
    return _rows((button, key) for button, key in keys[:MOST] if key is not None)


def toggled(rows: Rows, data: str) -> Rows:
    """The same keyboard with the mark of that button set or taken away."""
    return tuple(tuple(_toggled(key) if key[1] == data else key for key in row) for row in rows)


def marked(rows: Rows, press: Payload) -> tuple[str, ...]:
    """The choices of the press's question that are marked, in the order they stand."""
    payloads = (decode(data) for row in rows for _, data in row)
    return tuple(
        payload.choice.removeprefix(MARKED)
        for payload in payloads
        if payload is not None
        and payload.choice.startswith(MARKED)
        and (payload.turn, payload.question) == (press.turn, press.question)
    )


def is_mark(payload: Payload) -> bool:
    """The button sets or takes away a mark."""
    return payload.choice.startswith((OPEN, MARKED))


def _toggled(key: Key) -> Key:
    title, data = key
    payload = decode(data)
    if payload is None:
        return key
    was_marked = payload.choice.startswith(MARKED)
    choice = (OPEN if was_marked else MARKED) + payload.choice[1:]
    shown = title.removeprefix(TICK) if was_marked else TICK + title
    return shown, encode(Payload(payload.conversation, payload.turn, payload.question, choice))


def _is_option(button: Button, message: Outbound) -> bool:
    select = message.select
    return select is not None and button.question == select.question and button.id not in _APART


def _key(message: Outbound, title: str, question: str, choice: str) -> Key | None:
    try:
        return title, encode(Payload(message.conversation, message.turn, question, choice))
    except ValueError:
        log.error("button_left_out", question=question)  # noqa: TRY400 (the content check explains)
        return None


def _hinted_first(buttons: Sequence[Button], hint: str | None) -> list[Button]:
    """The buttons; among those that choose a language, the hinted one is the first."""
    wanted = f"{_LANGUAGE}{hint}"
    places = [i for i, button in enumerate(buttons) if button.id.startswith(_LANGUAGE)]
    languages = sorted((buttons[i] for i in places), key=lambda button: button.id != wanted)
    ordered = list(buttons)
    for place, button in zip(places, languages, strict=True):
        ordered[place] = button
    return ordered


def _rows(keys: Iterable[tuple[Button, Key]]) -> Rows:
    """Short titles side by side, long ones alone; services never beside answers."""
    rows: list[list[tuple[Button, Key]]] = []
    for each in keys:
        if rows and _fit([*rows[-1], each]):
            rows[-1].append(each)
        else:
            rows.append([each])
    return tuple(tuple(key for _, key in row) for row in rows)


def _fit(row: Sequence[tuple[Button, Key]]) -> bool:
    kinds = {(button.question == COMMAND, button.id == DONE) for button, _ in row}
    longest = max(len(title) for _, (title, _) in row)
    return len(row) <= MOST_IN_ROW and len(kinds) == 1 and longest * len(row) <= WIDTH
