"""What a refusal of the Bot API means for a message to the advisors."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from kpbot.channels import NotSent
from kpbot.channels.staff.requests import is_undecided

_REPAIRABLE = ("chat not found", "not enough rights", "have no rights", "topic_closed")
"""What the operator can put right while the message waits."""
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message_id_invalid",
)
_NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")


def not_sent(error: TelegramError, *, repeats_show: bool = True) -> NotSent:
    """The outcome for the outbox. No wording is kept: it could name people.

    `repeats_show`: whether the call would be seen twice if made twice; an edit would not, so
    there is nothing to doubt.
    """
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
        return NotSent("telegram_429", retry_after=seconds)
    if isinstance(error, Forbidden):  # the bot was put out of the group: somebody puts it back
        return NotSent("telegram_403")
    if isinstance(error, InvalidToken):
        return NotSent("telegram_401")
    if isinstance(error, Conflict):
        return NotSent("telegram_409")
    if isinstance(error, BadRequest):
        return NotSent("telegram_400", never=not _says(error, _REPAIRABLE))
    return NotSent(
        f"telegram_{type(error).__name__}", doubtful=repeats_show and is_undecided(error)
    )


def is_not_modified(error: BadRequest) -> bool:
    """Everything was already as the call wanted it: that is success."""
    return _says(error, ("message is not modified", "topic_not_modified"))


def is_gone(error: BadRequest) -> bool:
    """The message the call is about is no longer there, or out of reach."""
    return _says(error, _GONE)


def is_topic_gone(error: BadRequest) -> bool:
    """Somebody deleted the topic."""
    return _says(error, _NO_TOPIC)


def is_topic_closed(error: BadRequest) -> bool:
    """Somebody closed the topic, and the bot may not write there."""
    return _says(error, ("topic_closed",))


def _says(error: BadRequest, wordings: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(wording in said for wording in wordings)
