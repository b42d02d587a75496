"""What advisors write: an answer to a message of a case goes to the person."""

from __future__ import annotations

import asyncio
import re

from telegram import Message, MessageEntity

from kpbot.cases import Note, Refused, Reply
from kpbot.channels.staff import words
from kpbot.channels.staff.office import Office, Visit


async def wrote(office: Office, visit: Visit, message: Message) -> None:
    """An answer to a message of a case was relayed; the advisor reads what became of it."""
    reference = await _case_of(office, message)
    if reference is None:
        await _answer_stray(office, visit, message)
        return
    await _remember(office, message, reference)
    if message.text is None:
        await office.answer(visit, words.ONLY_TEXT)
        return
    if message.text.startswith("/"):  # a mistyped /note must not reach the person
        await office.answer(visit, words.NO_COMMAND)
        return
    await _enter(office, visit, reference, Reply(message.text), words.SENT)


async def noted(office: Office, visit: Visit, message: Message) -> None:
    """`/note` and a text, as an answer to a message of a case, stands in the case's file."""
    reference = await _case_of(office, message)
    words_after = (message.text or "").split(maxsplit=1)[1:]
    if reference is None or not words_after:
        await office.answer(visit, words.NOTE_HOW)
        return
    await _remember(office, message, reference)
    await _enter(office, visit, reference, Note(words_after[0]), words.NOTED)


async def edited(office: Office, visit: Visit, message: Message) -> None:
    """Whoever changes a message of a case reads that the change goes nowhere."""
    if await _case_of(office, message) is not None:
        await office.answer(visit, words.EDITED)


async def _enter(
    office: Office, visit: Visit, reference: str, action: Reply | Note, done: str
) -> None:
    is_read_here = not visit.is_private
    if is_read_here:
        await asyncio.to_thread(office.memory.expect_echo, reference, action.text)
    outcome = await office.do(visit, reference, action)
    if isinstance(outcome, Refused):
        if is_read_here:
            await asyncio.to_thread(office.memory.forget_echo, reference)
        await office.answer(visit, await office.why(outcome))
        return
    await office.answer(visit, done, is_quiet=True)


async def _answer_stray(office: Office, visit: Visit, message: Message) -> None:
    """What belongs to no case: said in private, or to the bot, it is answered."""
    answered = message.reply_to_message
    is_to_bot = (
        answered is not None
        and answered.from_user is not None
        and answered.from_user.id == office.bot.id
        # In a topic everything answers its beginning: that is talk among colleagues.
        and answered.forum_topic_created is None
    )
    if is_to_bot:
        await office.answer(visit, words.NO_CASE)
    elif visit.is_private:
        await office.answer(visit, words.HELP)


async def _case_of(office: Office, message: Message) -> str | None:
    """The case of the message that this one answers."""
    answered = message.reply_to_message
    if answered is None:
        return None
    known = await asyncio.to_thread(
        office.memory.reference_of, message.chat_id, answered.message_id
    )
    return known or _told_case(office, answered)


_HEAD = re.compile(r"(KP-[0-9A-Z]{3,9})(?: ·|: )")
"""How cards and quotes of ours begin."""


def _told_case(office: Office, answered: Message) -> str | None:
    """The case a card or quote names itself: its number may not be noted down yet.

    Only what stands in our own words counts, never what a person wrote.
    """
    if answered.from_user is None or answered.from_user.id != office.bot.id:
        return None
    head = _HEAD.match(answered.text or "")
    if head is None or not answered.entities:
        return None
    first = answered.entities[0]
    is_card = first.type == MessageEntity.BOLD and first.offset == 0
    is_quote = first.type == MessageEntity.BLOCKQUOTE and first.offset > head.end()
    return head[1] if is_card or is_quote else None


async def _remember(office: Office, message: Message, reference: str) -> None:
    """When the person goes, these words go as far as the bot may remove them."""
    await asyncio.to_thread(
        office.memory.keep_message, message.chat_id, message.message_id, reference
    )
