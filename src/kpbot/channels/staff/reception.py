"""The door: who may come in, and which handler an update goes to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from kpbot.channels.limits import Buckets, Rate
from kpbot.channels.staff import commands, presses, replies, words
from kpbot.channels.staff.office import Office, Visit
from kpbot.store.database import is_away

log = structlog.get_logger()

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
Work = Callable[[Visit, Update, Context], Awaitable[None]]
_NEW = filters.UpdateType.MESSAGE
STRANGER_RATE = Rate(burst=5, a_second=1 / 60)
"""Of being told that this is for advisors only."""


class Reception:
    """Every update is handled, or refused with a sentence."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._strangers = Buckets(STRANGER_RATE, office.clock)

    def register(self, application: AnyApplication) -> None:
        """The application knows the handlers: the first that fits takes the update."""
        office = self._office
        simple: dict[str, Work] = {
            "cases": lambda visit, _update, _context: commands.list_cases(office, visit, "cases"),
            "mine": lambda visit, _update, _context: commands.list_cases(office, visit, "mine"),
            "stats": lambda visit, _update, _context: commands.tell_figures(office, visit),
            "help": lambda visit, _update, _context: commands.tell_help(office, visit),
            "start": lambda visit, _update, _context: commands.tell_help(office, visit),
            "case": lambda visit, _update, context: commands.one_case(
                office, visit, context.args or ()
            ),
            "note": lambda visit, update, _context: replies.noted(office, visit, _message(update)),
        }
        moved = filters.StatusUpdate.MIGRATE
        application.add_handler(MessageHandler(_NEW & moved, self._moved))
        for name, work in simple.items():
            application.add_handler(CommandHandler(name, self._for_staff(work), filters=_NEW))
        application.add_handler(CallbackQueryHandler(self._for_staff(self._pressed)))
        is_edit = filters.UpdateType.EDITED_MESSAGE
        application.add_handler(MessageHandler(is_edit, self._for_staff(self._edited)))
        is_said = _NEW & ~filters.StatusUpdate.ALL
        application.add_handler(MessageHandler(is_said, self._for_staff(self._wrote)))

    def _for_staff(self, work: Work) -> Handler:
        """The handler that does the work for advisors, and turns away everybody else."""

        async def handle(update: Update, context: Context) -> None:
            if not await self._office.is_here(update):
                return
            visit = await self._office.visit(update)
            try:
                if visit is None:
                    await self._turn_away(update)
                else:
                    await work(visit, update, context)
            except TelegramError as error:
                # What was to be done is done; only the answer did not arrive.
                log.warning("answer_not_sent", update=update.update_id, failure=_name(error))
            except Exception as error:
                if is_away(error):
                    raise
                log.error("update_failed", update=update.update_id, failure=_name(error))  # noqa: TRY400 (no traceback: it could hold words)
                await self._admit_failure(update, visit)

        return handle

    async def _turn_away(self, update: Update) -> None:
        """A stranger reads one sentence, in private; in the staff chat only a press is answered.

        Who goes on all the same is not heard for a while.
        """
        stranger = update.effective_user
        if stranger is None or self._strangers.take(str(stranger.id)):
            return
        if update.callback_query is not None:
            await presses.toast(update.callback_query, words.STRANGER_TOAST, alert=True)
            return
        chat, user = update.effective_chat, update.effective_user
        if chat is not None and user is not None and chat.type == chat.PRIVATE:
            await self._office.say(chat.id, words.STRANGER.format(id=user.id))

    async def _admit_failure(self, update: Update, visit: Visit | None) -> None:
        try:
            if update.callback_query is not None:
                await presses.toast(update.callback_query, words.FAILED, alert=True)
            elif visit is not None:
                await self._office.answer(visit, words.FAILED)
        except TelegramError as error:
            log.warning("answer_not_sent", update=update.update_id, failure=_name(error))

    async def _moved(self, update: Update, _context: Context) -> None:
        """The staff chat has become a supergroup."""
        message = _message(update)
        here = str(await asyncio.to_thread(self._office.memory.chat))
        if message.migrate_to_chat_id is not None and str(message.chat_id) == here:
            await asyncio.to_thread(self._office.memory.migrated, message.migrate_to_chat_id)

    async def _pressed(self, visit: Visit, update: Update, _context: Context) -> None:
        if update.callback_query is not None:
            await presses.pressed(self._office, visit, update.callback_query)

    async def _edited(self, visit: Visit, update: Update, _context: Context) -> None:
        await replies.edited(self._office, visit, _message(update))

    async def _wrote(self, visit: Visit, update: Update, _context: Context) -> None:
        await replies.wrote(self._office, visit, _message(update))


def _message(update: Update) -> Message:
    message = update.effective_message
    if not isinstance(message, Message):
        raise TypeError("an update without a message")
    return message


def _name(error: Exception) -> str:
    return type(error).__name__
