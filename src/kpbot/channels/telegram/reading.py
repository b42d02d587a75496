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
    from aiogram.types import (
        CallbackQuery,
        ChatMemberUpdated,
        Contact,
        Message,
        MessageEntity,
        Update,
    )

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

REPORTS = frozenset(
    {
        *("boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed"),
        *("chat_owner_left", "chat_shared", "checklist_tasks_added", "checklist_tasks_done"),
        *("community_chat_added", "community_chat_joined", "community_chat_removed"),
        *("connected_website", "delete_chat_photo", "direct_message_price_changed"),
        *("forum_topic_closed", "forum_topic_created", "forum_topic_edited"),
        *("forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden"),
        *("gift", "gift_upgrade_sent", "giveaway_completed", "giveaway_created"),
        *("group_chat_created", "left_chat_member", "managed_bot_created"),
        *("message_auto_delete_timer_changed", "migrate_from_chat_id", "migrate_to_chat_id"),
        *("new_chat_members", "new_chat_photo", "new_chat_title", "paid_message_price_changed"),
        *("passport_data", "pinned_message", "poll_option_added", "poll_option_deleted"),
        *("proximity_alert_triggered", "refunded_payment", "successful_payment"),
        *("suggested_post_approval_failed", "suggested_post_approved", "suggested_post_declined"),
        *("suggested_post_paid", "suggested_post_refunded", "supergroup_chat_created"),
        *("unique_gift", "user_shared", "users_shared", "video_chat_ended"),
        *("video_chat_participants_invited", "video_chat_scheduled", "video_chat_started"),
        "write_access_allowed",
    }
)
"""What Telegram itself reports: it means nothing. Everything else that is no text was sent."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@\w+)?(\s.*)?", re.DOTALL)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
"""What a link to the bot can say."""


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
    original: int = 0
    """The message's id in the chat: an edited one keeps it."""


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
    content, language = _sent(message, sender.id)
    if content is None:
        return Nothing(chat.id)
    hint = _language(sender.language_code)
    return Wrote(chat.id, content, language, hint, message.media_group_id, message.message_id)


def _sent(message: Message, sender: int) -> tuple[Content | None, Language | None]:
    """What a person sent, and the language of the link they came through; None: nothing."""
    if message.text is not None:
        return _text(_words(message))
    if message.contact is not None:
        return _contact(message.contact, sender), None
    kind = str.__str__(message.content_type)  # the plain word, no member of an enumeration
    return (None if kind in REPORTS else Attached(kind, _words(message))), None


def _words(message: Message) -> str:
    """The text, or what stands below a picture, with the addresses it leads to."""
    if message.text is not None:
        return _with_links(message.text, message.entities)
    return _with_links(message.caption or "", message.caption_entities)


def _with_links(text: str, entities: list[MessageEntity] | None) -> str:
    """The text; behind words that lead to a page its address, which nobody else would see."""
    units = text.encode("utf-16-le", "surrogatepass")  # places are counted in them
    for entity in sorted(entities or (), key=lambda each: each.offset, reverse=True):
        url = entity.url or ""
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        is_hidden = units[start:end].decode("utf-16-le", "surrogatepass") != url
        if entity.type == "text_link" and is_hidden and url.lower().startswith(_PAGES):
            address = f" ({url})".encode("utf-16-le", "surrogatepass")
            units = units[:end] + address + units[end:]
    return units.decode("utf-16-le", "surrogatepass")


_PAGES = ("http://", "https://")


def _text(text: str) -> tuple[Content, Language | None]:
    """What was typed: a command, the start with what its link said, or words."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return Said(text), None
    name, argument = found[1].lower(), (found[2] or "").strip()
    if name == "start":
        return _started(found[2] or "")
    if name == "language" and _language(argument):
        return Pressed(0, COMMAND, f"language:{_language(argument)}"), None
    if name in COMMANDS and not argument:
        return Pressed(0, COMMAND, name), None
    return Said(text.strip().removeprefix("/")), None


def _started(rest: str) -> tuple[Content, Language | None]:
    """The start, or the words that were written after it: who writes first is greeted anyway."""
    link, _, words = rest.partition("\n")
    if not _PAYLOAD.fullmatch(link.strip()):
        link, words = "", rest
    return (Said(words.strip()) if words.strip() else Opened()), _language(link.strip())


def _edited(message: Message) -> Happened:
    sender, words = message.from_user, _words(message)
    if message.chat.type != "private" or sender is None or not words:
        return Nothing(message.chat.id)
    content, _ = _text(words)
    return Wrote(
        message.chat.id,
        Edited(content.text if isinstance(content, Said) else words.strip().removeprefix("/")),
        hint=_language(sender.language_code),
        original=message.message_id,
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
