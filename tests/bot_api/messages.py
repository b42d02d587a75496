"""Messages, their buttons, and presses, as a person sees them and as the Bot API writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot_api.world import Raw

if TYPE_CHECKING:
    from bot_api.chats import Chat


@dataclass(frozen=True)
class User:
    """Somebody with an account: a person, or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    """Missing for some people, as in real life."""
    is_bot: bool = False

    def raw(self) -> Raw:
        """As in the Bot API."""
        fields = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True)
class Button:
    """A button under a message."""

    title: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Document:
    """A file as it was uploaded."""

    name: str
    content: bytes
    file_id: str


@dataclass(eq=False)
class Message:
    """A message; the object changes when it is edited or deleted."""

    id: int
    chat: Chat
    sender: User
    date: int
    text: str
    """Of a file: its caption."""
    entities: list[Raw] = field(default_factory=list)
    markup: Raw | None = None
    """The reply markup as it was sent."""
    reply_to: Message | None = None
    thread_id: int | None = None
    document: Document | None = None
    extra: Raw = field(default_factory=dict)
    """Other fields of the Bot API: photo, contact, service messages …"""
    edits: list[str] = field(default_factory=list)
    """The texts it had before, oldest first."""
    edit_date: int | None = None
    deleted: bool = False
    pinned: bool = False
    params: Raw = field(default_factory=dict)
    """Of a bot's message: the parameters of the call that made it."""

    @property
    def buttons(self) -> list[list[Button]]:
        """The rows of buttons under it."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            [Button(b["text"], b.get("callback_data"), b.get("url")) for b in row] for row in rows
        ]

    @property
    def titles(self) -> list[str]:
        """What stands on its buttons, row by row."""
        return [button.title for row in self.buttons for button in row]

    @property
    def keyboard(self) -> list[list[str]]:
        """The titles of the keyboard it brought in place of the letters."""
        rows = (self.markup or {}).get("keyboard", [])
        return [[key if isinstance(key, str) else key["text"] for key in row] for row in rows]

    @property
    def is_service(self) -> bool:
        """Whether Telegram itself says it: a topic was made, a member came."""
        return not self.text and self.document is None and not self.extra.keys().isdisjoint(SERVICE)

    def button(self, wanted: str) -> Button:
        """The button with that title, or else with that data. Raises LookupError."""
        every = [button for row in self.buttons for button in row]
        found = [button for button in every if button.title == wanted] or [
            button for button in every if button.data == wanted
        ]
        if len(found) != 1:
            raise LookupError(f"{len(found)} buttons {wanted!r} in {self!r}: {every}")
        return found[0]

    def raw(self, *, with_reply: bool = True) -> Raw:
        """As in the Bot API."""
        made: Raw = {
            "message_id": self.id,
            "from": self.sender.raw(),
            "chat": self.chat.raw(),
            "date": self.date,
        }
        if self.thread_id is not None:
            made |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.edit_date is not None:
            made["edit_date"] = self.edit_date
        captioned = bool(self.extra.keys() & CAPTIONED)
        if self.text:
            made["caption" if captioned else "text"] = self.text
        if self.entities:
            made["caption_entities" if captioned else "entities"] = self.entities
        if self.reply_to is not None and with_reply:
            made["reply_to_message"] = self.reply_to.raw(with_reply=False)
        if self.markup is not None and "inline_keyboard" in self.markup:
            made["reply_markup"] = self.markup
        return made | self.extra

    def __repr__(self) -> str:
        text = self.text if len(self.text) <= 60 else f"{self.text[:60]}…"
        return f"<message {self.id} {text!r} {self.titles}>"


CAPTIONED = {"photo", "document", "voice", "video", "audio", "animation"}
SERVICE = {
    "forum_topic_created", "forum_topic_closed", "forum_topic_reopened", "forum_topic_edited",
    "pinned_message", "new_chat_members", "left_chat_member", "migrate_to_chat_id",
    "migrate_from_chat_id", "new_chat_title",
}  # fmt: skip


@dataclass(eq=False)
class Press:
    """A person pressed a button and sees a spinner until the bot answers."""

    id: str
    user: User
    message: Message
    data: str
    at: float
    """Seconds since 1970."""
    answered: bool = False
    toast: str = ""
    alert: bool = False
    url: str = ""

    def raw(self) -> Raw:
        """The callback query of the Bot API."""
        message: dict[str, Any] = self.message.raw()
        if self.message.deleted:
            chat = self.message.chat.raw()
            message = {"chat": chat, "message_id": self.message.id, "date": 0}
        return {
            "id": self.id,
            "from": self.user.raw(),
            "message": message,
            "chat_instance": str(abs(self.message.chat.id) * 7919),
            "data": self.data,
        }
