"""The bot while it runs: python-telegram-bot's application with our own polling."""

from __future__ import annotations

import asyncio
from datetime import time
from typing import Any

import structlog
from telegram import BotCommand, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder, CallbackContext, ExtBot

from kpbot.channels import NotSent
from kpbot.channels.staff import words
from kpbot.channels.staff.cards import Bot, Cards
from kpbot.channels.staff.failures import not_sent
from kpbot.channels.staff.memory import Memory
from kpbot.channels.staff.office import Office
from kpbot.channels.staff.polling import FIRST_WAIT, LONGEST_WAIT, Polling
from kpbot.channels.staff.reception import AnyApplication, Reception
from kpbot.channels.staff.requests import AiohttpRequest
from kpbot.channels.staff.rounds import Rounds
from kpbot.model import Card
from kpbot.store.database import is_away

log = structlog.get_logger()


def made_bot(token: str, api: str, sending: AiohttpRequest, polling: AiohttpRequest) -> Bot:
    """The bot at this server."""
    return ExtBot(
        token,
        base_url=f"{api.rstrip('/')}/bot",
        base_file_url=f"{api.rstrip('/')}/file/bot",
        request=sending,
        get_updates_request=polling,
    )


class Running:
    """From `start` to `close`. Cards can be sent before the server was ever reached."""

    def __init__(
        self, bot: Bot, requests: tuple[AiohttpRequest, AiohttpRequest], memory: Memory
    ) -> None:
        """`requests`: for sending, and for polling."""
        self.bot = bot
        self._requests = requests
        self._memory = memory
        self._cards = Cards(bot, memory)
        self._failure: BaseException | None = None

    async def start(self) -> None:
        """Calls can be made."""
        for request in self._requests:
            await request.initialize()

    async def send(self, card: Card) -> None:
        """The card is out. Raises NotSent."""
        for _ in range(2):
            chat = await asyncio.to_thread(self._memory.chat)
            try:
                await self._cards.show(chat, card)
            except TelegramError as error:
                moved = getattr(error, "new_chat_id", None)
                if moved is None:
                    raise not_sent(error, repeats_show=False) from None
                await asyncio.to_thread(self._memory.migrated, moved)
            else:
                return
        raise NotSent("moved")

    async def run(self, office: Office, digest_at: time | None, pause: float) -> None:
        """Updates are handled and rounds made every `pause` seconds, until this is cancelled."""
        application = ApplicationBuilder().bot(self.bot).updater(None).build()
        Reception(office).register(application)
        application.add_error_handler(self._failed)
        try:
            await self._insist(application.initialize)
            await application.start()
            self._make_rounds(application, Rounds(office, digest_at), pause)
            await self._insist(self._introduce)

            async def process(update: Update) -> None:
                await self._process(application, update)

            await Polling(self.bot, self._requests[1], self._memory, process).run()
        finally:
            if application.running:
                await application.stop()
            await office.close()

    async def close(self) -> None:
        """Every connection is closed. To be called after `run` has ended."""
        for request in self._requests:
            await request.shutdown()

    def _make_rounds(self, application: AnyApplication, rounds: Rounds, pause: float) -> None:
        """The job queue makes the rounds, the first one now."""

        async def make_rounds(_context: CallbackContext[Any, Any, Any, Any]) -> None:
            await rounds.make()

        if application.job_queue is not None:
            application.job_queue.run_repeating(make_rounds, pause, first=0)

    async def _process(self, application: AnyApplication, update: Update) -> None:
        """The update is handled. Raises what makes it come again."""
        self._failure = None
        await application.process_update(update)
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure

    async def _failed(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """What a handler or a job let through: the store is away, or there is a mistake."""
        error = context.error
        log.error("failed", failure=type(error).__name__)
        if update is not None and error is not None and is_away(error):
            self._failure = error

    async def _introduce(self) -> None:
        """Updates can be fetched, and the menu of commands is the present one."""
        await self.bot.delete_webhook()
        commands = [BotCommand(name, text) for name, text in words.COMMANDS.items()]
        await self.bot.set_my_commands(commands)

    async def _insist(self, call: Any) -> None:
        """The call has succeeded, however long the server was away."""
        wait = FIRST_WAIT
        while True:
            try:
                await call()
            except TelegramError as error:
                outcome = not_sent(error)
                log.warning("staff_bot_waits", failure=outcome.reason)
                await asyncio.sleep(max(wait, outcome.retry_after.total_seconds()))
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                return
