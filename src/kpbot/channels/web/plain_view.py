"""What the page without JavaScript shows of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpbot.channels.web.words import words_of
from kpbot.model import COMMAND, Button, Outbound

APART = frozenset({"skip", "keep"})
"""Choices of a question that are no options of its multi-select."""


def view_of(said: Sequence[tuple[int, Outbound]]) -> dict[str, Any]:
    """The message in force with its controls, the notices after it, and what was said before."""
    messages = [message for _, message in said]
    standing = [index for index, message in enumerate(messages) if not message.toast]
    if not standing:
        return _view(None, messages, [])
    place = standing[-1]
    return _view(messages[place], messages[place + 1 :], messages[:place])


def _view(
    present: Outbound | None, notices: Sequence[Outbound], earlier: Sequence[Outbound]
) -> dict[str, Any]:
    buttons = present.buttons if present is not None else ()
    boxes = [button for button in buttons if is_box(button, present)]
    services = [b for b in buttons if b.question == COMMAND or b.id == "skip"]
    return {
        "present": present,
        "notices": notices,
        "earlier": [message for message in earlier if not message.toast],
        "select": present.select if present is not None else None,
        "boxes": boxes,
        "answers": [b for b in buttons if b not in boxes and b not in services],
        "services": services + _always(services, present),
    }


def _always(services: Sequence[Button], present: Outbound | None) -> list[Button]:
    """Help and the way to a person, where the message does not bring them itself."""
    if present is None:
        return []
    words = words_of(present.language)
    there = {button.id for button in services}
    return [Button(id_, words[id_], COMMAND) for id_ in ("help", "human") if id_ not in there]


def is_box(button: Button, message: Outbound | None) -> bool:
    """The button is one of several that may be chosen together."""
    select = message.select if message is not None else None
    return select is not None and button.question == select.question and button.id not in APART
