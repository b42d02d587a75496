"""`getUpdates`: a long poll that another one ends."""

from __future__ import annotations

import asyncio

from bot_api.bots import Bot
from bot_api.faults import Fault
from bot_api.params import Params
from bot_api.world import Raw, Refused

LONGEST_POLL = 50
MOST_UPDATES = 100
SECOND_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
HOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
HOOK_WAS_SET = "Conflict: terminated by setWebhook request"


async def get_updates(bot: Bot, params: Params, fault: Fault | None) -> list[Raw]:
    """What waits, as soon as there is something. Raises Refused: a second poller, a webhook."""
    world = bot.world
    with world.lock:
        if bot.hook.url:
            raise Refused(409, HOOK_IS_SET)
        end_poll(bot, SECOND_POLLER)
        if "allowed_updates" in params.values:
            bot.updates.allowed = list(params.values["allowed_updates"])
        bot.updates.confirm_before(params.number("offset"))
        if fault is not None and fault.kind == "poison":
            bot.updates.poison()
        mine = bot.polling = asyncio.Event()
        world.changed()
        until = world.now() + min(params.number("timeout"), LONGEST_POLL)
    limit = min(max(params.number("limit", MOST_UPDATES), 1), MOST_UPDATES)
    try:
        while True:
            with world.lock:
                if mine.is_set():
                    raise Refused(409, bot.poll_end)
                found = [update.raw() for update in bot.updates.batch(limit)]
                left = until - world.now()
            if found or left <= 0:
                return _spoiled(found, fault)
            # The floor keeps a clock that stands still from being asked all the time.
            await world.news(max(left, 0.05))
    finally:
        with world.lock:
            if bot.polling is mine:
                bot.polling = None


def end_poll(bot: Bot, why: str) -> None:
    """The long poll that waits, if any, is refused. The lock is held."""
    if bot.polling is not None:
        bot.poll_end = why
        bot.polling.set()
        bot.polling = None
        bot.world.changed()


def _spoiled(found: list[Raw], fault: Fault | None) -> list[Raw]:
    if fault is None:
        return found
    if fault.kind == "duplicate":
        return [update for update in found for _ in range(2)]
    if fault.kind == "reverse":
        return found[::-1]
    return found
