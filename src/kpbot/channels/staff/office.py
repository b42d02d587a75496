"""What every answer to an advisor needs: who asks, the cases, and a way to speak."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
import structlog
from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from kpbot.cases import Action, Case, Refused
from kpbot.channels import NotSent
from kpbot.channels.staff import words
from kpbot.channels.staff.cards import Bot
from kpbot.channels.staff.channel import Act
from kpbot.channels.staff.failures import not_sent
from kpbot.channels.staff.memory import Memory
from kpbot.channels.staff.rendering import Piece
from kpbot.engine.case import LONGEST_REPLY
from kpbot.model import ByAdvisor
from kpbot.store import advisors, cases, records
from kpbot.store.advisors import Advisor
from kpbot.store.database import Database

log = structlog.get_logger()

_PAUSES = (timedelta(seconds=1), timedelta(seconds=3))
"""Between tries. A longer wait would hold up what others do meanwhile."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visit:
    """An advisor does something in a chat."""

    advisor: Advisor
    user: int
    chat: int
    update: int
    message: Message | None
    """What was written, or whose button was pressed."""
    is_private: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A case with what a card of it needs."""

    case: Case
    desk: str
    advisor: str
    summary: str


class Office:
    """The cases as advisors work on them from their chat."""

    def __init__(  # noqa: PLR0913 (what the channel was given)
        self,
        bot: Bot,
        memory: Memory,
        *,
        database: Database,
        act: Act,
        desks: Mapping[str, str],
        clock: Callable[[], datetime],
    ) -> None:
        """`desks`: id and German title of every desk."""
        self.bot = bot
        self.memory = memory
        self.desks = desks
        self.clock = clock
        self._database = database
        self._act = act
        self._later: set[asyncio.Task[None]] = set()

    # who

    async def visit(self, update: Update) -> Visit | None:
        """Who does this where; None: nobody who may."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            return None
        advisor = await self.read(lambda c: advisors.find_by_telegram(c, str(user.id)))
        if advisor is None:
            return None
        message = update.effective_message
        known = message if isinstance(message, Message) else None
        return Visit(advisor, user.id, chat.id, update.update_id, known, chat.type == chat.PRIVATE)

    async def is_here(self, update: Update) -> bool:
        """Whether it happens where cases may be spoken of: the staff chat, or in private."""
        chat = update.effective_chat
        if chat is None:
            return False
        if chat.type == chat.PRIVATE:
            return True
        return str(chat.id) == str(await asyncio.to_thread(self.memory.chat))

    # cases

    async def read(self, work: Callable[[sa.Connection], T]) -> T:
        """What the store says."""
        return await asyncio.to_thread(self._database.read, work)

    async def case(self, reference: str) -> Case | None:
        """The case of this reference."""
        return await self.read(lambda connection: cases.get(connection, reference))

    async def shown(self, reference: str) -> Shown | None:
        """The case with its summary."""

        def work(connection: sa.Connection) -> Shown | None:
            case = cases.get(connection, reference)
            kept = records.get(connection, reference)
            if case is None or kept is None:
                return None
            desk = self.desks.get(case.desk, case.desk)
            return Shown(case, desk, _name(connection, case.advisor), kept.summary)

        return await self.read(work)

    async def names(self) -> dict[str, str]:
        """The advisors' names by their ids."""
        return {each.id: each.name for each in await self.read(advisors.every)}

    async def do(self, visit: Visit, reference: str, action: Action) -> Case | Refused:
        """The advisor has done it, or reads why not. The same update does it once."""
        done = ByAdvisor(reference, visit.advisor.id, visit.advisor.name, action)
        message_id = f"staff:{self.bot.token.partition(':')[0]}:{visit.update}"
        return await asyncio.to_thread(self._act, done, message_id)

    async def why(self, refused: Refused) -> str:
        """The refusal as a sentence, with who has the case."""
        key = refused.why
        holder = refused.case.advisor if refused.case is not None else None
        if key == "not_yours" and holder is None:
            return words.REFUSED["nobodys"]
        name = await self.read(lambda connection: _name(connection, holder))
        return words.REFUSED[key].format(name=name or words.SOMEBODY, longest=LONGEST_REPLY)

    async def hindrance(self, visit: Visit, reference: str) -> Refused | None:
        """Why the advisor could not do what only the owner may."""
        case = await self.case(reference)
        if case is None:
            return Refused("unknown")
        if case.state == "closed":
            return Refused("closed", case)
        return Refused("not_yours", case) if case.advisor != visit.advisor.id else None

    # speaking

    async def say(  # noqa: PLR0913 (what a message can have)
        self,
        chat: int | str,
        piece: Piece | str,
        *,
        under: InlineKeyboardMarkup | ForceReply | None = None,
        to: Message | None = None,
        topic: int | None = None,
        card: int | None = None,
        is_quiet: bool = False,
    ) -> Message:
        """The message stands in the chat, as an answer to another or in a topic.

        What surely was not sent is tried again soon; what may have arrived is not. Raises
        TelegramError.
        """
        said = Piece(piece) if isinstance(piece, str) else piece
        answered = to.message_id if to is not None else card
        if to is not None and to.is_topic_message:
            topic = to.message_thread_id
        for wait in (*_PAUSES, None):
            try:
                return await self.bot.send_message(
                    chat,
                    said.text,
                    entities=said.entities,
                    reply_markup=under,
                    message_thread_id=topic,
                    reply_parameters=None
                    if answered is None
                    else ReplyParameters(answered, allow_sending_without_reply=True),
                    disable_notification=is_quiet,
                    link_preview_options=_NO_PREVIEW,
                )
            except ChatMigrated as error:
                if wait is None:
                    raise
                await asyncio.to_thread(self.memory.migrated, error.new_chat_id)
                chat, topic, answered = error.new_chat_id, None, None
            except TelegramError as error:
                outcome = not_sent(error)
                if wait is None or not _may_succeed(outcome) or outcome.retry_after > wait:
                    raise
                await asyncio.sleep(max(outcome.retry_after, _PAUSES[0]).total_seconds())
        raise AssertionError  # the last try returned or raised

    async def keep(self, said: Message, reference: str) -> None:
        """The message belongs to the case; where the person has gone meanwhile, so does it."""
        if not await asyncio.to_thread(
            self.memory.keep_message, said.chat_id, said.message_id, reference
        ):
            await self.bot.delete_message(said.chat_id, said.message_id)

    async def answer(self, visit: Visit, text: str, *, is_quiet: bool = False) -> None:
        """The advisor reads this below what they wrote; where the chat is full, a little later."""
        try:
            await self.say(visit.chat, text, to=visit.message, is_quiet=is_quiet)
        except RetryAfter as error:
            wait = not_sent(error).retry_after
            log.info("answer_waits", seconds=wait.total_seconds())
            task = asyncio.create_task(self._answer_after(wait, visit, text, is_quiet=is_quiet))
            self._later.add(task)
            task.add_done_callback(self._later.discard)

    async def _answer_after(
        self, wait: timedelta, visit: Visit, text: str, *, is_quiet: bool
    ) -> None:
        await asyncio.sleep(wait.total_seconds())
        try:
            await self.say(visit.chat, text, to=visit.message, is_quiet=is_quiet)
        except TelegramError as error:
            log.warning("answer_not_sent", failure=type(error).__name__)

    async def close(self) -> None:
        """What would have been said later is not said."""
        for task in self._later:
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)


def _may_succeed(outcome: NotSent) -> bool:
    """Whether the same call may succeed in a moment, and surely did not yet."""
    return not (outcome.never or outcome.doubtful or outcome.reason in _USELESS)


_USELESS = frozenset({"telegram_400", "telegram_401", "telegram_403"})


def _name(connection: sa.Connection, advisor: str | None) -> str:
    found = advisors.get(connection, advisor) if advisor is not None else None
    return found.name if found is not None else ""
