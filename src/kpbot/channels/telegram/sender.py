"""Messages go out: in parts, at Telegram's pace, with the last buttons alone in force."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from kpbot.channels import NotSent
from kpbot.channels.telegram import memory
from kpbot.channels.telegram.failures import BLOCKED, Moved
from kpbot.channels.telegram.keyboards import Rows
from kpbot.channels.telegram.pacing import Pace
from kpbot.channels.telegram.splitting import split
from kpbot.model import File
from kpbot.store.database import Database

if TYPE_CHECKING:  # aiogram is imported by a bot that starts
    from kpbot.channels.telegram.client import Client

log = structlog.get_logger()

LONGEST_WAIT = 2.0
"""Seconds a send waits for its turn; beyond, delivery shall bring it again later."""


class Sender:
    """Sends to chats. Whoever asks too much is told when to come again."""

    def __init__(
        self, client: Client, database: Database, pace: Pace, ticks: Callable[[], float]
    ) -> None:
        """`ticks`: seconds of a clock that never jumps."""
        self._client = client
        self._database = database
        self._pace = pace
        self._ticks = ticks

    async def recall(self, address: str) -> memory.Memory:
        """What is remembered of the chat."""
        return await asyncio.to_thread(
            self._database.read, lambda connection: memory.recall(connection, address)
        )

    async def say(
        self,
        address: str,
        known: memory.Memory,
        text: str,
        rows: Rows,
        files: tuple[File, ...] = (),
    ) -> int:
        """The whole text stands in the chat, the buttons below its end; the id of that part.

        The files stand after it. A part that went out is not sent again where a later one failed,
        nor is the text for the sake of a file. Raises NotSent.
        """
        parts = split(text)
        if not parts:
            raise NotSent("empty", never=True)
        digest = sha256(f"{text}{rows}{files or ''}".encode()).hexdigest()[:16]
        name, *counts = known.parts.split(":")
        done, message = map(int, [*counts, "0"][:2]) if name == digest else (0, 0)
        for number, part in enumerate(parts[done:-1], start=done + 1):
            await self._text(address, known, part, ())
            await self._note(address, memory.PARTS, f"{digest}:{number}")
        if done < len(parts):
            message = await self._text(address, known, parts[-1], rows)
        for number, file in enumerate(files, start=len(parts)):
            if number >= done:
                await self._note(address, memory.PARTS, f"{digest}:{number}:{message}")
                await self._attach(address, known, file)
        if len(parts) > 1 or files:
            await self._note(address, memory.PARTS, None)
        return message

    async def leave_only(
        self, address: str, known: memory.Memory, message: int, *, has_buttons: bool
    ) -> None:
        """No message but this one has buttons that seem to be in force; at best, never raises."""
        chat = known.moved or int(address)
        if known.keyboard is not None and known.keyboard != message:
            await self.set_rows(chat, known.keyboard, ())
        if has_buttons or known.keyboard is not None:
            await self._note(address, memory.KEYBOARD, str(message) if has_buttons else None)

    async def set_rows(self, chat: int, message: int, rows: Rows) -> bool:
        """The message has these buttons; False where Telegram did not do it."""
        if self._pace.quiet_for(self._ticks()):
            return False
        try:
            await self._client.set_rows(chat, message, rows)
        except NotSent as failure:
            self._heed(failure)
            return False
        return True

    async def answer(self, callback: str, text: str) -> None:
        """The press is answered. Raises NotSent where it cannot be, or not now."""
        while wait := self._pace.quiet_for(self._ticks()):
            if wait > LONGEST_WAIT and text:
                raise NotSent("paced", retry_after=timedelta(seconds=wait))
            await asyncio.sleep(wait)
        try:
            await self._client.answer(callback, text)
        except NotSent as failure:
            self._heed(failure)
            raise

    async def post(self, chat: int, text: str) -> None:
        """The short text stands in the chat. Raises NotSent."""
        address = str(chat)
        await self._text(address, await self.recall(address), text, ())

    async def _text(self, address: str, known: memory.Memory, text: str, rows: Rows) -> int:
        return await self._post(
            address, known, lambda chat: self._client.send_message(chat, text, rows)
        )

    async def _attach(self, address: str, known: memory.Memory, file: File) -> None:
        """The file stands in the chat; what Telegram never takes is let go: the text is there."""
        content = file.text.encode()
        try:
            await self._post(
                address, known, lambda chat: self._client.send_document(chat, file.name, content)
            )
        except NotSent as failure:
            if not failure.never or failure.reason == BLOCKED:
                raise
            log.warning("document_not_sent", failure=failure.reason)

    async def _post(
        self, address: str, known: memory.Memory, send: Callable[[int], Awaitable[int]]
    ) -> int:
        chat = known.moved or int(address)
        await self._take_turn(chat)
        try:
            return await send(chat)
        except Moved as moved:
            now = str(moved.chat)
            await asyncio.to_thread(
                self._database.write,
                lambda connection: memory.has_moved(connection, address, now),
            )
            raise  # delivery brings it again, and then it goes where the group is
        except NotSent as failure:
            self._heed(failure)
            if failure.reason == BLOCKED:
                await self._note(address, memory.BLOCKED, "yes")
            raise

    async def _take_turn(self, chat: int) -> None:
        waited = 0.0
        while wait := self._pace.wait(chat, self._ticks()):
            if waited + wait > LONGEST_WAIT:
                raise NotSent("paced", retry_after=timedelta(seconds=wait))
            waited += wait
            await asyncio.sleep(wait)

    def _heed(self, failure: NotSent) -> None:
        if failure.retry_after:
            self._pace.quiet(failure.retry_after.total_seconds(), self._ticks())

    async def _note(self, address: str, name: str, value: str | None) -> None:
        """The note is as it should be, at best: a message that went out must count as sent."""

        def work(connection: sa.Connection) -> None:
            if value is None:
                memory.forget(connection, address, name)
            else:
                memory.remember(connection, address, name, value)

        try:
            await asyncio.to_thread(self._database.write, work)
        except Exception as error:  # noqa: BLE001 (whatever keeps the store from answering)
            log.error("telegram_note_lost", note=name, failure=type(error).__name__)  # noqa: TRY400
