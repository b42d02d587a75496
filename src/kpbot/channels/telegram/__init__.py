"""Telegram as a channel: the public bot, on aiogram.

What arrives goes to the function the channel was given, and is confirmed to Telegram only when
that has returned. aiogram is imported when the channel starts, and not before: it takes seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from kpbot.channels import NotSent, Receive
from kpbot.channels.telegram.callbacks import Callbacks
from kpbot.channels.telegram.keyboards import keyboard
from kpbot.channels.telegram.memory import CHANNEL
from kpbot.channels.telegram.pacing import Pace
from kpbot.channels.telegram.polling import Waits, pause_after, poll_forever
from kpbot.channels.telegram.reading import COMMANDS
from kpbot.channels.telegram.reception import Reception, number_of
from kpbot.channels.telegram.sender import Sender
from kpbot.engine.dialog import ServiceWords
from kpbot.model import Language, Message, Outbound
from kpbot.store.database import Database

if TYPE_CHECKING:  # aiogram is imported by a bot that starts
    from kpbot.channels.telegram.client import Client

log = structlog.get_logger()

OFFICIAL = "https://api.telegram.org"
"""The Bot API server of Telegram itself."""
_OTHERS: Language = "en"
"""Language of the command menu for people whose language is none of ours."""


class TelegramChannel:
    """Messages to people in Telegram, and theirs to us."""

    name = CHANNEL
    repeats_show = True

    def __init__(  # noqa: PLR0913 (what it joins)
        self,
        token: str,
        *,
        api: str = OFFICIAL,
        database: Database,
        receive: Receive,
        clock: Callable[[], datetime],
        service: Mapping[Language, ServiceWords],
        waits: Waits = Waits(),  # noqa: B008 (it is frozen)
        pace: Pace | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`api`: address of the Bot API server; `service`: words for the menu of commands.

        `ticks`: seconds of a clock that never jumps, for the pace.
        Raises ValueError where the token cannot be one.
        """
        bot, colon, secret = token.partition(":")
        if not (bot.isdecimal() and colon and secret and token == "".join(token.split())):
            raise ValueError("A Telegram token reads like 123456789:ABC…, as BotFather gives it.")
        self._token = token
        self._bot = bot
        self._api = api.rstrip("/")
        self._database = database
        self._receive = receive
        self._clock = clock
        self._service = service
        self._waits = waits
        self._pace = pace or Pace()
        self._ticks = ticks
        self._starting = asyncio.Lock()
        self._parts: tuple[Client, Sender, Callbacks, Reception] | None = None

    async def start(self) -> None:
        """Messages can go out and be taken in. Nothing was asked of Telegram yet."""
        async with self._starting:
            if self._parts is not None:
                return
            client = await asyncio.to_thread(_connect, self._token, self._api)
            sender = Sender(client, self._database, self._pace, self._ticks)
            callbacks = Callbacks(sender.answer, self._waits.toast)
            reception = Reception(
                client,
                sender,
                callbacks,
                bot=self._bot,
                database=self._database,
                receive=self._receive,
                clock=self._clock,
            )
            self._parts = client, sender, callbacks, reception

    async def run_polling(self) -> None:
        """Updates are fetched until this is cancelled; then what is in hand is finished."""
        await self.start()
        client, _, _, reception = self._started()
        await self._until_done(client.use_polling)
        await self._introduce(client)
        await poll_forever(client, reception, self._waits)

    async def run_webhook(self, url: str, secret: str) -> None:
        """Telegram knows where to bring updates; see `webhook.webhook_routes`."""
        await self.start()
        client = self._started()[0]
        await self._until_done(lambda: client.use_webhook(url, secret))
        await self._introduce(client)

    async def close(self) -> None:
        """Every press was answered, no connection is open."""
        if self._parts is None:
            return
        client, _, callbacks, reception = self._parts
        self._parts = None
        reception.close()
        await callbacks.close()
        await client.close()

    async def send(self, address: str, message: Message) -> None:
        """The message stands in the chat; a toast over it. Raises NotSent where it does not."""
        if not isinstance(message, Outbound):
            raise NotSent("not_for_people", never=True)
        _, sender, callbacks, reception = self._started()
        known = await sender.recall(address)
        if known.blocked:
            raise NotSent("blocked", never=True)
        if message.toast:
            if not await callbacks.toast(address, message.text):
                await sender.say(address, known, message.text, ())
            return
        callbacks.release(address)
        rows = keyboard(message, reception.hint(address))
        sent = await sender.say(address, known, message.text, rows, message.files)
        await sender.leave_only(address, known, sent, has_buttons=bool(rows))

    async def take(self, raw: object) -> None:
        """The update is committed, or set aside where nobody can read it.

        Raises NotSent before the channel has started, and whatever keeps the turn from being
        committed: then the update must come again.
        """
        reception = self._started()[3]
        happened = reception.read(raw)
        number = number_of(raw)
        if happened is not None and number is not None:
            await reception.take(number, happened)

    def _started(self) -> tuple[Client, Sender, Callbacks, Reception]:
        if self._parts is None:
            raise NotSent("not_started")
        return self._parts

    async def _until_done(self, call: Callable[[], Awaitable[None]]) -> None:
        """The call has succeeded, however often it had to be made."""
        failures = 0
        while True:
            try:
                await call()
            except NotSent as failure:
                failures += 1
                await asyncio.sleep(pause_after(failure, failures, self._waits))
            else:
                return

    async def _introduce(self, client: Client) -> None:
        """The menu lists the commands in every language, at best."""
        for language, words in self._service.items():
            listed: dict[str, str] = {name: words.commands[name].say for name in COMMANDS}
            try:
                await client.set_commands(listed, language)
                if language == _OTHERS:
                    await client.set_commands(listed, None)
            except NotSent as failure:
                log.warning("commands_not_set", language=language, failure=failure.reason)


def _connect(token: str, api: str) -> Client:
    from kpbot.channels.telegram.client import Client  # noqa: PLC0415 (takes seconds)

    return Client(token, api)
