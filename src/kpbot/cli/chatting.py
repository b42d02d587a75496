"""A conversation in the terminal, for people and, as JSON Lines, for programs."""

from __future__ import annotations

import contextlib
import re
import sys
from datetime import timedelta
from typing import Any

from kpbot.cli import common
from kpbot.cli.failing import WrongUse
from kpbot.cli.jsonlines import answer_lines
from kpbot.model import (
    COMMAND,
    Attached,
    Content,
    Edited,
    Language,
    Opened,
    Outbound,
    Pressed,
    Said,
    Selected,
)
from kpbot.person import Person
from kpbot.settings import Settings

_WAIT = re.compile(r"(\d+)\s*([smhdw])")
_LONGEST_WAIT = timedelta(days=3660)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def chat(*, language: Language | None, user: str, database_url: str, as_json: bool) -> None:
    """The conversation has been held until the input ended."""
    settings = common.settings()
    common.log_to_stderr(settings.log_level if not as_json else "ERROR")
    terminal = _terminal(settings, database_url, user, language)
    try:
        if as_json:
            answer_lines(lambda line: _answer(terminal, line))
        else:
            _talk(terminal)
    finally:
        terminal.leave()


def _terminal(
    settings: Settings, database_url: str, user: str, language: Language | None
) -> Person:
    house = common.house(settings)
    return Person(house, common.database(settings, database_url, make=True), user, language)


# ── JSON Lines ───────────────────────────────────────────────────────────────────────────────


def _answer(terminal: Person, line: dict[str, Any]) -> dict[str, Any]:
    before = terminal.taken
    if "wait" in line:
        said = terminal.wait(_duration(line["wait"]))
    elif line.get("again"):
        said = terminal.again()
    else:
        said = terminal.happen(_content(terminal, line))
    taken = terminal.taken
    fresh = taken if taken is not before else None
    conversation = taken.conversation if taken else None
    return {
        "turn": conversation.turn if conversation else 0,
        "language": (conversation.language if conversation else None) or terminal.language,
        "at": taken.at if taken else "menu",
        "replies": [_reply(outbound) for outbound in said],
        "faq": fresh.intent if fresh else None,
        "record": fresh.record if fresh else None,
    }


def _content(terminal: Person, line: dict[str, Any]) -> Content:
    if isinstance(line.get("say"), str):
        return Said(line["say"])
    if isinstance(line.get("press"), str):
        return _press(terminal, line["press"], line.get("turn"))
    if isinstance(line.get("select"), list):
        return _selection(terminal, [str(each) for each in line["select"]], line.get("turn"))
    if isinstance(line.get("attach"), str):
        return Attached(line["attach"])
    if isinstance(line.get("edit"), str):
        return Edited(line["edit"])
    if line.get("open"):
        return Opened()
    raise WrongUse(
        "An event is one of say, press, select, wait, again, attach, edit, open; "
        f"this line has {', '.join(line) or 'nothing'}."
    )


def _press(terminal: Person, choice: str, turn: int | None) -> Content:
    """The press of that button; one that was never shown is a press on nothing."""
    shown = terminal.shown(turn)
    if shown is not None:
        for button in shown.buttons:
            if button.id == choice:
                return Pressed(shown.turn, button.question, choice)
    return Pressed(shown.turn if shown else 0, COMMAND, choice)


def _selection(terminal: Person, choices: list[str], turn: int | None) -> Content:
    shown = terminal.shown(turn)
    question = shown.select.question if shown is not None and shown.select is not None else ""
    return Selected(shown.turn if shown else 0, question, tuple(choices))


def _reply(outbound: Outbound) -> dict[str, Any]:
    select = outbound.select
    return {
        "text": outbound.text,
        "buttons": [{"id": button.id, "title": button.title} for button in outbound.buttons],
        "select": {"min": select.minimum, "max": select.maximum} if select else None,
    }


def _duration(text: object) -> timedelta:
    found = _WAIT.fullmatch(str(text).strip())
    if found is None:
        raise WrongUse(f"{text!r} is no duration; write for example 3d, 12h or 30m.")
    with contextlib.suppress(OverflowError):
        duration = timedelta(**{_UNITS[found[2]]: int(found[1])})
        if duration <= _LONGEST_WAIT:
            return duration
    raise WrongUse(f"{text!r} is too long to wait; {_LONGEST_WAIT.days}d is the longest.")


# ── for people ───────────────────────────────────────────────────────────────────────────────


def _talk(terminal: Person) -> None:
    _print(terminal.happen(Opened()))
    while True:
        try:
            text = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if text:
            _print(terminal.happen(_typed(terminal, text)))


def _typed(terminal: Person, text: str) -> Content:
    """A number presses the button of that number, several numbers are a selection."""
    shown = terminal.shown()
    numbers = text.replace(",", " ").split()
    if shown is None or not all(each.isdecimal() for each in numbers):
        return Said(text)
    with contextlib.suppress(IndexError):
        buttons = [shown.buttons[int(each) - 1] for each in numbers if int(each) > 0]
        if shown.select is not None and all(b.question == shown.select.question for b in buttons):
            return Selected(shown.turn, shown.select.question, tuple(b.id for b in buttons))
        if len(buttons) == 1 and _asks_for_no_number(terminal):
            return Pressed(shown.turn, buttons[0].question, buttons[0].id)
    return Said(text)


def _asks_for_no_number(terminal: Person) -> bool:
    """Where a number or a text is awaited, digits are the answer and no button."""
    if terminal.taken is None:
        return True
    active = terminal.taken.conversation.active
    dialog = terminal.house.dialogs.dialogs.get(active or "")
    question = dialog.by_id.get(terminal.taken.at) if dialog else None
    return question is None or question.type in {"consent", "yesno", "choice", "choices"}


def _print(said: list[Outbound]) -> None:
    for outbound in said:
        print(f"\n{outbound.text}")
        for number, button in enumerate(outbound.buttons, start=1):
            print(f"  [{number}] {button.title}")
    sys.stdout.flush()
