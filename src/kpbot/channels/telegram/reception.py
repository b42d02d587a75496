"""What arrives is taken in: each person's in order, several people at once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import sqlalchemy as sa
import structlog

from kpbot.channels import NotSent, Receive
from kpbot.channels.limits import Buckets, Rate
from kpbot.channels.telegram import memory
from kpbot.channels.telegram.callbacks import Callbacks
from kpbot.channels.telegram.keyboards import Rows, is_mark, marked, toggled
from kpbot.channels.telegram.payload import DONE, Payload
from kpbot.channels.telegram.reading import (
    Blocked,
    GroupMoved,
    Happened,
    InGroup,
    Nothing,
    Tapped,
    Wrote,
    read,
)
from kpbot.channels.telegram.sender import Sender
from kpbot.channels.telegram.words import in_groups, too_often
from kpbot.model import Attached, Content, Inbound, Language, Opened, Pressed, Said, Selected
from kpbot.store import conversations
from kpbot.store.database import Database

if TYPE_CHECKING:  # aiogram is imported by a bot that starts
    from kpbot.channels.telegram.client import Client

log = structlog.get_logger()

AT_ONCE = 8
"""Turns that are carried out at the same time."""
MOST_REMEMBERED = 10_000
"""Keyboards in use, people's language hints and albums, each, that are kept in memory."""
PERSON_RATE = Rate(burst=60, a_second=1)
"""Of messages and presses of one person: no hand is that quick.

All people together need no such limit: what cannot be carried out now waits at Telegram.
"""
NOTICE_RATE = Rate(burst=1, a_second=1 / 60)
"""Of being told so."""


class Reception:
    """Takes updates; what it has taken is committed."""

    def __init__(  # noqa: PLR0913 (what it joins)
        self,
        client: Client,
        sender: Sender,
        callbacks: Callbacks,
        *,
        bot: str,
        database: Database,
        receive: Receive,
        clock: Callable[[], datetime],
    ) -> None:
        """`bot`: the bot's id, without which an update's number says little."""
        self._client = client
        self._sender = sender
        self._callbacks = callbacks
        self._bot = bot
        self._database = database
        self._receive = receive
        self._clock = clock
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="kpbot-telegram")
        self._orders: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._boards: OrderedDict[tuple[int, int], Rows] = OrderedDict()
        self._hints: OrderedDict[str, Language] = OrderedDict()
        self._albums: OrderedDict[tuple[int, str | None], None] = OrderedDict()
        self._people = Buckets(PERSON_RATE, clock)
        self._notices = Buckets(NOTICE_RATE, clock)
        self._username = ""

    def read(self, raw: object) -> Happened | None:
        """What the update means; None: nobody can read it, and it shall not come again."""
        number = number_of(raw)
        try:
            happened = read(self._client.parse(raw))
        except Exception as error:  # noqa: BLE001 (one bad update must not block the others)
            log.error("update_unreadable", update=number, failure=type(error).__name__)  # noqa: TRY400 (it could hold words)
            return None
        return happened if number is not None else None

    async def take(self, number: int, happened: Happened) -> None:
        """It is committed, after what the person did before. Raises where it must come again."""
        order = self._orders.setdefault(happened.chat, asyncio.Lock())
        async with order:
            if not isinstance(happened, Wrote | Tapped):
                await self._take(number, happened)
            elif self._people.take(str(happened.chat)):
                await self._tell_too_often(happened.chat)
            else:
                await self._take_or_give_back(number, happened)

    def hint(self, address: str) -> Language | None:
        """The language of the person's program, if it said one lately."""
        return self._hints.get(address)

    def close(self) -> None:
        """No more turns begin."""
        self._pool.shutdown(wait=False)

    async def _take_or_give_back(self, number: int, happened: Wrote | Tapped) -> None:
        """What must come again is not counted against the person."""
        try:
            await self._take(number, happened)
        except Exception:
            self._people.give_back(str(happened.chat))
            raise

    async def _tell_too_often(self, chat: int) -> None:
        """The person reads once a minute that their messages are not taken."""
        address = str(chat)
        if self._notices.take(address):
            return
        log.warning("telegram_too_often")
        known = await asyncio.to_thread(
            self._database.read, lambda c: conversations.glance(c, memory.CHANNEL, address)
        )
        language = (known.language if known is not None else None) or self.hint(address)
        try:
            await self._sender.post(chat, too_often(language))
        except NotSent as failure:
            log.warning("telegram_not_told", failure=failure.reason)

    async def _take(self, number: int, happened: Happened) -> None:
        match happened:
            case Wrote():
                self._note_hint(happened.chat, happened.hint)
                await self._wrote(number, happened)
            case Tapped():
                self._note_hint(happened.chat, happened.hint)
                await self._tapped(number, happened)
            case Blocked(chat, blocked):
                await self._write(_blocking(str(chat), blocked=blocked))
            case InGroup(chat):
                await self._in_group(chat)
            case GroupMoved(chat, before):
                await self._write(lambda c: memory.has_moved(c, str(before), str(chat)))
            case Nothing(chat, callback):
                if callback:
                    self._callbacks.hold(str(chat), callback)
                    self._callbacks.release(str(chat))

    async def _wrote(self, number: int, wrote: Wrote) -> None:
        """A turn; pictures of an album are one message, but words beside any of them are read."""
        content, album = wrote.content, (wrote.chat, wrote.album)
        if wrote.album is None or not isinstance(content, Attached):
            await self._turn(wrote.chat, str(number), content, wrote)
            return
        if album not in self._albums:
            key = str(number) if content.text else f"album:{wrote.album}"
            await self._turn(wrote.chat, key, content, wrote)
            self._albums[album] = None
            _forget_oldest(self._albums)
        elif content.text:
            await self._turn(wrote.chat, str(number), Said(content.text), wrote)

    async def _turn(
        self, chat: int, key: str, content: Content, wrote: Wrote | None = None
    ) -> None:
        inbound = Inbound(
            channel=memory.CHANNEL,
            person=str(chat),
            message_id=f"{self._bot}:{key}",
            at=self._clock(),
            content=content,
            language=wrote.language if wrote else None,
            original=str(wrote.original) if wrote else "",
        )
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, self._freed_and_received, inbound)

    def _freed_and_received(self, inbound: Inbound) -> None:
        """Whoever writes can be written to, whatever was remembered of them."""
        known = self._database.read(lambda c: memory.recall(c, inbound.person))
        if known.blocked:
            self._database.write(lambda c: memory.forget(c, inbound.person, memory.BLOCKED))
        self._receive(inbound)

    async def _tapped(self, number: int, tap: Tapped) -> None:
        address = str(tap.chat)
        self._callbacks.hold(address, tap.callback)
        if tap.press is None:
            self._callbacks.release(address)
        elif is_mark(tap.press) and self._board(tap):
            await self._mark(tap)
            self._callbacks.release(address)
        else:
            await self._turn(tap.chat, str(number), self._pressed(tap, tap.press))

    def _pressed(self, tap: Tapped, press: Payload) -> Content:
        if press.choice == DONE:
            chosen = marked(self._board(tap), press)
            return Selected(press.turn, press.question, chosen, press.conversation)
        if is_mark(press):  # the message is too old to be seen: the question is shown afresh
            return Opened()
        return Pressed(press.turn, press.question, press.choice, press.conversation)

    def _board(self, tap: Tapped) -> Rows:
        """The keyboard as it stands: a quick second press was made on an older picture of it."""
        return self._boards.get((tap.chat, tap.message), tap.rows)

    async def _mark(self, tap: Tapped) -> None:
        """The mark is set or taken away. The same press once more changes nothing."""
        place = (tap.chat, tap.message)
        before = self._board(tap)
        after = toggled(before, tap.data)
        if after == before:
            return
        if await self._sender.set_rows(tap.chat, tap.message, after):
            self._boards[place] = after
            _forget_oldest(self._boards)
        else:
            self._boards.pop(place, None)

    async def _in_group(self, group: int) -> None:
        address = str(group)
        if await asyncio.to_thread(
            self._database.read, lambda connection: memory.is_told(connection, address)
        ):
            return
        try:
            self._username = self._username or await self._client.username()
            await self._sender.post(group, in_groups(self._username))
        except NotSent as failure:
            log.warning("group_not_told", failure=failure.reason)
            return  # the next message there is another occasion
        await self._write(lambda c: memory.remember(c, address, memory.TOLD, "yes"))

    async def _write(self, work: Callable[[sa.Connection], None]) -> None:
        await asyncio.to_thread(self._database.write, work)

    def _note_hint(self, chat: int, hint: Language | None) -> None:
        if hint is not None:
            self._hints[str(chat)] = hint
            _forget_oldest(self._hints)


def number_of(raw: object) -> int | None:
    """The update's number, if it has one."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) else None


def _blocking(address: str, *, blocked: bool) -> Callable[[sa.Connection], None]:
    def work(connection: sa.Connection) -> None:
        if blocked:
            memory.remember(connection, address, memory.BLOCKED, "yes")
        else:
            memory.forget(connection, address, memory.BLOCKED)

    return work


def _forget_oldest(kept: OrderedDict[Any, Any]) -> None:
    if len(kept) > MOST_REMEMBERED:
        kept.popitem(last=False)
