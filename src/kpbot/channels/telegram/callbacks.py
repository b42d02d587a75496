"""Pressed buttons that still show a wait: each is answered, with a toast where one comes soon."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from kpbot.channels import NotSent
from kpbot.channels.telegram.splitting import units

LONGEST_TOAST = 200
"""UTF-16 units of the text with which a press is answered."""

Answer = Callable[[str, str], Awaitable[None]]
"""Answers the callback query of that id with a text, perhaps empty."""


class Callbacks:
    """Every press is answered: by a toast, with the next message, or after a moment."""

    def __init__(self, answer: Answer, patience: float) -> None:
        """`patience`: seconds a press waits for its toast."""
        self._answer = answer
        self._patience = patience
        self._held: dict[str, dict[str, asyncio.TimerHandle]] = {}
        """By address: id and end of patience, the newest last."""
        self._answering: set[asyncio.Task[None]] = set()

    def hold(self, address: str, callback: str) -> None:
        """The press waits for its toast, a moment at most."""
        loop = asyncio.get_running_loop()
        end = loop.call_later(self._patience, self._release_one, address, callback)
        self._held.setdefault(address, {})[callback] = end

    async def toast(self, address: str, text: str) -> bool:
        """The newest press of the address is answered with the text; False: none could be."""
        held = self._held.get(address)
        if not held or units(text) > LONGEST_TOAST:
            return False
        callback = next(reversed(held))
        self._drop(address, callback)
        try:
            await self._answer(callback, text)
        except NotSent:
            return False
        return True

    def release(self, address: str) -> None:
        """Every press of the address is being answered without a text."""
        for callback in list(self._held.get(address, ())):
            self._release_one(address, callback)

    async def close(self) -> None:
        """Every press has been answered."""
        for address in list(self._held):
            self.release(address)
        if self._answering:
            await asyncio.wait(self._answering, timeout=1)
        for task in self._answering:
            task.cancel()

    def _release_one(self, address: str, callback: str) -> None:
        self._drop(address, callback)
        task = asyncio.create_task(self._silently(callback))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    def _drop(self, address: str, callback: str) -> None:
        held = self._held.get(address, {})
        end = held.pop(callback, None)
        if end is not None:
            end.cancel()
        if not held:
            self._held.pop(address, None)

    async def _silently(self, callback: str) -> None:
        with suppress(NotSent):  # too old, or answered before: nothing waits any more
            await self._answer(callback, "")
