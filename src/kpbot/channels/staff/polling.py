"""Updates: fetched raw, each parsed alone, handled, and only then confirmed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Update
from telegram.error import TelegramError

from kpbot.channels.staff.cards import Bot
from kpbot.channels.staff.failures import not_sent
from kpbot.channels.staff.memory import HANDLED, Memory
from kpbot.channels.staff.requests import READ, AiohttpRequest

log = structlog.get_logger()

ALLOWED = ("message", "edited_message", "callback_query")
LONG_POLL = 25
"""Seconds the server keeps a question for updates open."""
FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
"""Seconds between tries while the server fails."""

Process = Callable[[Update], Awaitable[None]]
"""Handles an update. Raises what makes it come again."""


class Polling:
    """The updates of one bot, in order, each at least once and once where nobody dies."""

    def __init__(self, bot: Bot, request: AiohttpRequest, memory: Memory, process: Process) -> None:
        """`request`: connections of its own, because each question waits long."""
        self._bot = bot
        self._request = request
        self._memory = memory
        self._process = process
        self._handled: list[int] | None = None
        self._offset: int | None = None

    async def run(self) -> None:
        """Updates are handled until this is cancelled."""
        wait = FIRST_WAIT
        while True:
            try:
                await self._once()
                wait = FIRST_WAIT
            except TelegramError as error:
                outcome = not_sent(error)
                log.warning("no_updates", failure=outcome.reason)
                await asyncio.sleep(max(wait, outcome.retry_after.total_seconds()))
                wait = min(wait * 2, LONGEST_WAIT)
            except Exception as error:  # noqa: BLE001 (the store may be away for a while)
                log.error("update_kept", failure=type(error).__name__)  # noqa: TRY400 (the same)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    async def _once(self) -> None:
        """One batch is handled; the next question confirms it.

        After an empty batch nothing is left to confirm, so the next question names no number:
        after a quiet week the server goes on with any.
        """
        batch = await self._fetch()
        for raw in batch:
            await self._handle(raw)
        numbers = [raw["update_id"] for raw in batch]
        self._offset = max(numbers) + 1 if numbers else None

    async def _fetch(self) -> list[dict[str, Any]]:
        fields: dict[str, Any] = {"timeout": LONG_POLL, "allowed_updates": json.dumps(ALLOWED)}
        if self._offset is not None:
            fields["offset"] = self._offset
        found = await self._request.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(fields)}", read_timeout=LONG_POLL + READ
        )
        if not isinstance(found, list):
            raise TelegramError("no list of updates")
        return [raw for raw in found if isinstance(raw, dict) and "update_id" in raw]

    async def _handle(self, raw: dict[str, Any]) -> None:
        """The update was handled, unless it was before; one that cannot be read is set aside."""
        if self._handled is None:
            self._handled = await asyncio.to_thread(self._memory.handled)
        number = int(raw["update_id"])
        if number in self._handled:
            return
        update = self._read(raw)
        if update is not None:
            await self._process(update)
        self._handled = [*self._handled, number][-HANDLED:]
        await asyncio.to_thread(self._memory.keep_handled, self._handled)

    def _read(self, raw: dict[str, Any]) -> Update | None:
        try:
            return Update.de_json(raw, self._bot)
        except Exception as error:  # noqa: BLE001 (whatever is wrong with it, the others must come)
            log.error("update_unreadable", update=raw["update_id"], failure=type(error).__name__)  # noqa: TRY400 (no traceback: it could hold words)
            return None
