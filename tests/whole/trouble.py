"""What goes wrong between a bot and Telegram, each in its turn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from bot_api import BotApi, Fault

TIMED_OUT = Fault.slow(22)
"""Longer than a call may take."""
SENDING = (
    Fault.rate_limited(1),
    Fault.server_error(500),
    Fault.server_error(502, html=True),
    Fault.dropped_before(),
    Fault.dropped_after(),
    Fault.malformed(),
)
"""Faults of a call that sends."""
FETCHING = (
    (Fault.duplicate(), 0.15),
    (Fault.reversed(), 0.15),
    (Fault.poison(), 0.05),
    (Fault.dropped_before(), 0.02),
    (Fault.dropped_after(), 0.02),
    (Fault.malformed(), 0.02),
    (Fault.server_error(502, html=True), 0.02),
    (Fault.rate_limited(1), 0.02),
)
"""Faults of fetching updates, and the share of calls that meets each."""
BESIDES = ("answerCallbackQuery", "editMessageReplyMarkup")
"""Calls without which a person sees less, and loses nothing."""


def trouble_sending(
    api: BotApi, chat: int, faults: Sequence[Fault], method: str = "sendMessage"
) -> None:
    """Every other send to the chat fails, each its own way, until every way was seen."""
    for number, fault in enumerate(faults):
        api.faults.next(method, fault, matches=_nth(chat, 2 + number))


def trouble_fetching(api: BotApi) -> None:
    """A share of all questions for updates fails, of both bots, and of what is said besides."""
    for seed, (fault, share) in enumerate(FETCHING):
        api.faults.share("getUpdates", fault, share, seed)
    for seed, method in enumerate(BESIDES):
        api.faults.share(method, Fault.server_error(500), 0.1, seed)
        api.faults.share(method, Fault.dropped_after(), 0.1, seed + 100)


def caught_sending(api: BotApi, text: str = "") -> threading.Event:
    """Set when a message with the text arrives whose sender will wait for the answer in vain."""
    caught = threading.Event()

    def matches(params: dict[str, Any]) -> bool:
        if text in str(params.get("text")):
            caught.set()
        return caught.is_set()

    api.faults.next("sendMessage", TIMED_OUT, matches=matches)
    return caught


def _nth(chat: int, number: int) -> Callable[[dict[str, Any]], bool]:
    """Whether it is that call to the chat, counted among those nothing else spoils."""
    seen = 0

    def matches(params: dict[str, Any]) -> bool:
        nonlocal seen
        seen += str(params.get("chat_id")) == str(chat)
        return seen == number and str(params.get("chat_id")) == str(chat)

    return matches
