"""Cards into the staff chat: made once, then renewed in their place, with what just happened.

A message may need several calls. What has gone out is noted at once, so that a repeat after a
failure goes on where it stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from kpbot.channels.staff import words
from kpbot.channels.staff.failures import (
    is_gone,
    is_not_modified,
    is_topic_closed,
    is_topic_gone,
    not_sent,
)
from kpbot.channels.staff.memory import Memory, Place, Progress, digest_of
from kpbot.channels.staff.rendering import Piece, card_pieces, keyboard, named, news_pieces
from kpbot.channels.staff.requests import is_undecided
from kpbot.model import Card

log = structlog.get_logger()

Bot = ExtBot[None]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LONGEST_TOPIC = 128


class Cards:
    """The cases in the staff chat.

    What may be made again without being seen twice fails with TelegramError, what may not with
    NotSent.
    """

    def __init__(self, bot: Bot, memory: Memory) -> None:
        """`memory`: what stands where."""
        self._bot = bot
        self._memory = memory
        self._one_by_one: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """By case: what was on the way when the person went ends before the card's own end."""

    async def show(self, chat: int | str, card: Card) -> None:
        """The card shows the case as it is, and its news stand in the chat.

        A person may go while their words are on the way: then those are taken back.
        """
        async with self._one_by_one.setdefault(card.reference, asyncio.Lock()):
            try:
                await self._show(chat, card)
            except BadRequest as error:
                if not is_topic_gone(error):
                    raise
                # Somebody deleted the topic with all that was in it: the case gets another one.
                await asyncio.to_thread(self._memory.keep_place, chat, card.reference, Place())
                await self._show(chat, card)
            is_last = card.closed and not card.buttons
            if not is_last and not await asyncio.to_thread(self._memory.has_case, card.reference):
                place = await asyncio.to_thread(self._memory.place, chat, card.reference)
                await self._take_back(chat, card.reference, place, Piece(words.GONE))

    async def _show(self, chat: int | str, card: Card) -> None:
        place = await asyncio.to_thread(self._memory.place, chat, card.reference)
        if card.closed and not card.buttons:
            await self._erase(chat, card, place)
            return
        digest = digest_of(card.reference, card.text, card.news, card.quote)
        progress = await asyncio.to_thread(self._memory.progress, card.reference, digest)
        if progress is None:
            progress = Progress(digest, is_first=not place.card)
            await asyncio.to_thread(self._memory.keep_progress, card.reference, progress)
        if not place.card and place.topic is None:
            place = replace(place, topic=await self._new_topic(chat, card))
        if place.is_closed and not card.closed:
            place = await self._set_topic(chat, card, place, is_closed=False)
        place = await self._renew(chat, card, place)
        await self._tell(chat, card, place, progress)
        if card.closed and not place.is_closed:
            await self._set_topic(chat, card, place, is_closed=True)
        await asyncio.to_thread(self._memory.end_progress, card.reference)

    # topics

    async def _new_topic(self, chat: int | str, card: Card) -> int | None:
        """The topic of the case; None: the chat has no topics, or the bot may not make any."""
        found = await self._bot.get_chat(chat)
        if not found.is_forum:
            return None
        try:
            with _in_doubt():
                topic = await self._bot.create_forum_topic(chat, card.title[:LONGEST_TOPIC])
        except BadRequest:
            log.warning("no_topic", reference=card.reference)
            return None
        made = Place(topic=topic.message_thread_id)
        await asyncio.to_thread(self._memory.keep_place, chat, card.reference, made)
        return topic.message_thread_id

    async def _set_topic(
        self, chat: int | str, card: Card, place: Place, *, is_closed: bool
    ) -> Place:
        """The topic, if there is one, is closed or open."""
        if place.topic is None:
            return place
        change = self._bot.close_forum_topic if is_closed else self._bot.reopen_forum_topic
        try:
            await change(chat, place.topic)
        except BadRequest as error:
            if is_topic_gone(error):
                raise
            if not is_not_modified(error):
                log.warning("topic_not_set", reference=card.reference)
        place = replace(place, is_closed=is_closed)
        await asyncio.to_thread(self._memory.keep_place, chat, card.reference, place)
        return place

    # the card itself

    async def _renew(self, chat: int | str, card: Card, place: Place) -> Place:
        """Every part of the card is as it should be; parts that are gone are made anew."""
        pieces = card_pieces(card.title, card.text)
        buttons = keyboard(card.reference, [(each.id, each.title) for each in card.buttons])
        for number, piece in enumerate(pieces):
            under = buttons if number == 0 else None
            known = place.card[number] if number < len(place.card) else None
            if known is not None and await self._edit(chat, known, piece, under):
                continue
            sent = await self._say(chat, card.reference, piece, place, under)
            kept = (*place.card[:number], sent.message_id)
            # A new first message leads to new ones after it: they stand below each other.
            rest = place.card[number + 1 :] if number else ()
            place = replace(place, card=(*kept, *rest))
            await asyncio.to_thread(self._memory.keep_place, chat, card.reference, place)
        for extra in place.card[len(pieces) :]:
            await self.remove(chat, extra)
        if len(place.card) > len(pieces):
            place = replace(place, card=place.card[: len(pieces)])
            await asyncio.to_thread(self._memory.keep_place, chat, card.reference, place)
        return place

    async def _edit(
        self,
        chat: int | str,
        message: int,
        piece: Piece,
        buttons: InlineKeyboardMarkup | None,
    ) -> bool:
        """The message reads so; False: it is gone."""
        try:
            await self._bot.edit_message_text(
                piece.text,
                chat,
                message,
                entities=piece.entities,
                reply_markup=buttons,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if is_gone(error):
                return False
            if not is_not_modified(error):
                raise
        return True

    # news

    async def _tell(self, chat: int | str, card: Card, place: Place, progress: Progress) -> None:
        """What just happened stands in the chat, once."""
        if not card.news or (progress.is_first and not card.quote):
            return  # a new card is the news
        is_echo = await asyncio.to_thread(self._memory.is_echo, card.reference, card.quote)
        if card.quote and is_echo:
            await asyncio.to_thread(self._memory.forget_echo, card.reference)
            return  # it was written here
        pieces = news_pieces(card.reference, card.news, card.quote)
        for piece in pieces[len(progress.sent) :]:
            sent = await self._say(chat, card.reference, piece, place)
            progress = replace(progress, sent=(*progress.sent, sent.message_id))
            if not await asyncio.to_thread(
                self._memory.keep_message,
                chat,
                sent.message_id,
                card.reference,
                progress=progress,
            ):
                await self.remove(chat, sent.message_id)

    async def _say(
        self,
        chat: int | str,
        reference: str,
        piece: Piece,
        place: Place,
        buttons: InlineKeyboardMarkup | None = None,
    ) -> Message:
        """The message stands in the case's topic, or else answers its card.

        Where somebody closed the topic it is opened; where the bot may not do that, the message
        stands outside and names the case.
        """
        try:
            return await self._send(chat, piece, place, buttons)
        except BadRequest as error:
            if place.topic is None or not is_topic_closed(error):
                raise
        if await self._reopen(chat, place.topic):
            return await self._send(chat, piece, place, buttons)
        log.warning("topic_closed", reference=reference)
        return await self._send(chat, named(reference, piece), Place(), buttons)

    async def _reopen(self, chat: int | str, topic: int) -> bool:
        """The topic is open, if the bot may do that."""
        try:
            await self._bot.reopen_forum_topic(chat, topic)
        except BadRequest as error:
            return is_not_modified(error)
        return True

    async def _send(
        self,
        chat: int | str,
        piece: Piece,
        place: Place,
        buttons: InlineKeyboardMarkup | None,
    ) -> Message:
        to_card = None
        if place.topic is None and place.card:
            to_card = ReplyParameters(place.card[0], allow_sending_without_reply=True)
        with _in_doubt():
            return await self._bot.send_message(
                chat,
                piece.text,
                entities=piece.entities,
                reply_markup=buttons,
                message_thread_id=place.topic,
                reply_parameters=to_card,
                link_preview_options=_NO_PREVIEW,
            )

    # the end

    async def _erase(self, chat: int | str, card: Card, place: Place) -> None:
        """Nothing the person said is left in the chat, and the advisors know that it is gone."""
        is_known = bool(
            place.card or place.topic or await asyncio.to_thread(self._memory.said, card.reference)
        )
        (piece,) = card_pieces(card.title, card.text)[:1]
        is_deleted = place.topic is not None and await self._delete_topic(chat, place.topic)
        place = Place() if is_deleted else place
        await self._take_back(chat, card.reference, place, piece)
        if is_known:
            await self._say(chat, card.reference, Piece(card.news), place)
        await self._set_topic(chat, card, place, is_closed=True)
        await asyncio.to_thread(self._memory.forget, chat, card.reference)

    async def _take_back(
        self, chat: int | str, reference: str, place: Place, instead: Piece
    ) -> None:
        """Every message about the case is gone; its card says something else."""
        for where, message in await asyncio.to_thread(self._memory.said, reference):
            await self.remove(where, message)
        for further in place.card[1:]:
            await self.remove(chat, further)
        if place.card:
            await self._edit(chat, place.card[0], instead, None)

    async def _delete_topic(self, chat: int | str, topic: int) -> bool:
        """The topic is gone with everything that was said in it, if the bot may do that."""
        try:
            await self._bot.delete_forum_topic(chat, topic)
        except BadRequest as error:
            return is_topic_gone(error)
        return True

    async def remove(self, chat: int | str, message: int) -> None:
        """The message is gone or says nothing any more: what is old can be changed only."""
        try:
            await self._bot.delete_message(chat, message)
        except BadRequest:
            try:
                await self._edit(chat, message, Piece(words.GONE), None)
            except TelegramError as error:  # an advisor's own message: only they can remove it
                _let_be(error)
        except TelegramError as error:
            _let_be(error)


@contextmanager
def _in_doubt() -> Iterator[None]:
    """What may have arrived although it failed raises NotSent, with the doubt."""
    try:
        yield
    except TelegramError as error:
        if is_undecided(error):
            raise not_sent(error) from None
        raise


def _let_be(error: TelegramError) -> None:
    """Raises what may succeed later; what never will is left."""
    if not isinstance(error, BadRequest | Forbidden | ChatMigrated):
        raise error
    log.info("message_left", failure=type(error).__name__)
