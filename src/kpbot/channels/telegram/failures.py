"""What Telegram's refusals mean for a message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kpbot.channels import NotSent

BLOCKED = "blocked"
CONFLICT = "telegram_409"
NOT_MODIFIED = "message is not modified"


class Moved(NotSent):
    """The group has become another chat."""

    def __init__(self, chat: int) -> None:
        """`chat`: the id it has now."""
        super().__init__("moved")
        self.chat = chat


def refusal(status: int, answer: dict[str, Any]) -> NotSent:
    """What an answer that is not a success means. No wording is kept: it could name people.

    A server that failed has sent nothing; one that did not answer in time (504), or whose
    answer cannot be read although it took the call, may have.
    """
    parameters = answer.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    moved = parameters.get("migrate_to_chat_id")
    if isinstance(moved, int):
        return Moved(moved)
    reason = f"telegram_{status}"
    if status == 429:
        seconds = parameters.get("retry_after")
        wait = seconds if isinstance(seconds, int) and seconds > 0 else 1
        return NotSent(reason, retry_after=timedelta(seconds=wait))
    if status == 403:
        return NotSent(BLOCKED, never=True)
    if status < 300:
        return NotSent("telegram_unreadable", doubtful=True)
    return NotSent(reason, never=status == 400, doubtful=status == 504)


def is_not_modified(status: int, answer: dict[str, Any]) -> bool:
    """Everything was already as the call wanted it: that is success."""
    return status == 400 and NOT_MODIFIED in str(answer.get("description", ""))
