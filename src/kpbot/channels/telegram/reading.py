"""What an update means: which person or group, and what happened there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpbot.channels.telegram.keyboards import Rows
from kpbot.channels.telegram.payload import DONE, Payload, decode
from kpbot.model import (
    COMMAND,
    LANGUAGES,
    Attached,
    CommandName,
    Content,
    Edited,
    Language,
    Opened,
    Pressed,
    Said,
)

if TYPE_CHECKING:  # aiogram is imported by a bot that starts
    from aiogram.types import CallbackQuery, ChatMemberUpdated, Contact, Message, Update

USED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that are read: Telegram sends no others."""
COMMANDS: tuple[CommandName, ...] = (
    "start",
    "menu",
    "help",
    "back",
    "human",
    "status",
    "language",
    "privacy",
    "mydata",
    "delete",
    "cancel",
)
"""What the bot's menu lists, in this order. `/start` opens the chat, the others are buttons."""

KINDS = frozenset(
    {
        *("animation", "audio", "checklist", "contact", "dice", "document", "game", "live_photo"),
        *("location", "paid_media", "photo", "poll", "rich_message", "sticker", "story"),
        *("unknown", "venue", "video", "video_note", "voice", "web_app_data"),
    }
)
"""What people send that is no text. Everything else Telegram itself reports: it means nothing."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wrote:
    """A person sent something."""

    chat: int
    content: Content
    language: Language | None = None
    """Chosen with the link through which they came."""
    hint: Language | None = None
    """Language of their program: a hint and no more."""
    album: str | None = None
    """Pictures sent together have the same."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A person pressed a button."""

    chat: int
    callback: str
    message: int
    press: Payload | None
    """None: no button of ours."""
    data: str
    rows: Rows
    """The keyboard as it stood then; empty where the message is too old to be seen."""
    hint: Language | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """A person blocked the bot, or freed it."""

    chat: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class InGroup:
    """Somebody wrote in a group."""

    chat: int


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """A group has become another chat."""

    chat: int
    """What it is now."""
    before: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing that concerns us; a pressed button is answered all the same."""

    chat: int = 0
    callback: str = ""


Happened = Wrote | Tapped | Blocked | InGroup | GroupMoved | Nothing


def read(update: Update) -> Happened:
    """What happened."""
    if update.message is not None:
        return _message(update.message)
    if update.edited_message is not None:
        return _edited(update.edited_message)
    if update.callback_query is not None:
        return _callback(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    return Nothing()


def _message(message: Message) -> Happened:
    chat, sender = message.chat, message.from_user
    if chat.type in {"group", "supergroup"}:
        if message.migrate_to_chat_id is not None:
            return GroupMoved(message.migrate_to_chat_id, chat.id)
        if message.migrate_from_chat_id is not None:
            return GroupMoved(chat.id, message.migrate_from_chat_id)
        return InGroup(chat.id)
    if chat.type != "private" or sender is None or sender.is_bot:
        return Nothing(chat.id)
    hint = _language(sender.language_code)
    if message.text is not None:
        content, language = _text(message.text)
        return Wrote(chat.id, content, language, hint)
    if message.contact is not None:
        return Wrote(chat.id, _contact(message.contact, sender.id), hint=hint)
    kind = next((kind for kind in KINDS if kind == message.content_type), None)
    if kind is None:
        return Nothing(chat.id)
    return Wrote(chat.id, Attached(kind), hint=hint, album=message.media_group_id)


def _text(text: str) -> tuple[Content, Language | None]:
    """What was typed: a command, the start with what its link said, or words."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return Said(text), None
    name, argument = found[1].lower(), (found[2] or "").strip()
    if name == "start":
        return Opened(), _language(argument)
    if name == "language" and _language(argument):
        return Pressed(0, COMMAND, f"language:{_language(argument)}"), None
    if name in COMMANDS and not argument:
        return Pressed(0, COMMAND, name), None
    return Said(text.strip().removeprefix("/")), None


def _edited(message: Message) -> Happened:
    sender = message.from_user
    if message.chat.type != "private" or sender is None or message.text is None:
        return Nothing(message.chat.id)
    text = message.text.strip()
    return Wrote(
        message.chat.id,
        Edited(text.removeprefix("/") if _COMMAND.fullmatch(text) else message.text),
        hint=_language(sender.language_code),
    )


def _contact(contact: Contact, sender: int) -> Content:
    """A person's own number is an answer; somebody else's is nothing we should read."""
    if contact.user_id != sender:
        return Attached("contact")
    number = contact.phone_number.strip()
    return Said(f"+{number}" if number.isdigit() and not number.startswith("0") else number)


def _callback(query: CallbackQuery) -> Happened:
    message = query.message
    if message is None or message.chat.type != "private" or not query.data:
        return Nothing(query.from_user.id, query.id)
    markup = getattr(message, "reply_markup", None)
    rows = markup.inline_keyboard if markup is not None else []
    return Tapped(
        chat=message.chat.id,
        callback=query.id,
        message=message.message_id,
        press=decode(query.data),
        data=query.data,
        rows=tuple(tuple((key.text, key.callback_data or DONE) for key in row) for row in rows),
        hint=_language(query.from_user.language_code),
    )


def _membership(change: ChatMemberUpdated) -> Happened:
    if change.chat.type != "private":
        return Nothing(change.chat.id)
    return Blocked(change.chat.id, change.new_chat_member.status in {"kicked", "left"})


def _language(code: str | None) -> Language | None:
    """One of ours, from a code such as `fr` or `de-AT`."""
    wanted = (code or "").partition("-")[0].lower()
    return next((language for language in LANGUAGES if language == wanted), None)
