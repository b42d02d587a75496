"""A private chat: what one person does with one bot."""

from __future__ import annotations

from bot_api import media
from bot_api.bots import Bot
from bot_api.chats import Chat, forbidden
from bot_api.messages import Message, Press, User
from bot_api.words import said_entities, units
from bot_api.world import Raw, World, bad_request


class PrivateChat(Chat):
    """The chat of a person with a bot. The bot may write once the person said something."""

    def __init__(self, world: World, bot: Bot, user: User, *, begun: bool) -> None:
        super().__init__(world, user.id, "private", [bot])
        self.user = user
        self.bot = bot
        self.begun = begun
        self.blocked = False
        self.deactivated = False

    # What the person does

    def say(self, text: str, *, reply_to: Message | None = None) -> Message:
        """The text was sent. Raises ValueError if it is too long or the bot is blocked."""
        if not text.strip() or units(text) > 4096:
            raise ValueError("a program of Telegram does not send this as one message")
        return self._send(text, reply_to=reply_to)

    def start(self, payload: str = "") -> Message:
        """Start was pressed, perhaps from a link with a payload; a blocked bot is free again."""
        if self.blocked:
            self.unblock()
        return self._send(f"/start {payload}".strip())

    def press(self, message: Message, button: str, *, stale: bool = False) -> Press:
        """The button with that title, or that data, was pressed; see `Chat.press_as`."""
        return self.press_as(self.user, message, button, stale=stale)

    def tap(self, title: str) -> Message:
        """The key of the keyboard the bot brought was pressed. Raises LookupError."""
        with self.world.lock:
            keys = [key for row in self.keys for key in row if key["text"] == title]
        if not keys:
            raise LookupError(f"no key {title!r} in {self.keys}")
        if keys[0].get("request_contact"):
            return self.send_contact(own=True)
        if keys[0].get("request_location"):
            return self.send_location()
        return self.say(title)

    def edit(self, message: Message, text: str) -> Message:
        """The person's own message reads otherwise; the bot is told."""
        with self.world.lock:
            if message.sender != self.user:
                raise ValueError("only their own")
            self.change(message, text, said_entities(text), None)
            self.tell("edited_message", message)
            return message

    def send_photo(self, caption: str = "") -> Message:
        """A photo was sent."""
        return self._send(caption, media.photo(self.world))

    def send_voice(self) -> Message:
        """A voice message was sent."""
        return self._send("", media.voice(self.world))

    def send_document(self, name: str, content: bytes, caption: str = "") -> Message:
        """A file was sent."""
        return self._send(caption, media.document(self.world, name, content))

    def send_sticker(self) -> Message:
        """A sticker was sent."""
        return self._send("", media.sticker(self.world))

    def send_location(self) -> Message:
        """A location was sent."""
        return self._send("", media.location())

    def send_poll(self) -> Message:
        """A poll was sent."""
        return self._send("", media.poll(self.world))

    def send_contact(self, *, own: bool = True, phone_number: str = "+49 30 0000000") -> Message:
        """The person's own contact was sent, or somebody else's."""
        user_id, name = (self.user.id, self.user.first_name) if own else (self.user.id + 1, "Ali")
        return self._send("", media.contact(user_id, name, phone_number))

    def block(self) -> None:
        """The bot is blocked and has been told so."""
        with self.world.lock:
            self.blocked = True
            self.membership(self.bot, self.user, "member", "kicked")

    def unblock(self) -> None:
        """The bot is free again and has been told so."""
        with self.world.lock:
            self.blocked = False
            self.membership(self.bot, self.user, "kicked", "member")

    def deactivate(self) -> None:
        """The account is gone."""
        with self.world.lock:
            self.deactivated = True

    @property
    def keys(self) -> list[list[Raw]]:
        """The keyboard in place of the letters, as the bot last left it."""
        for message in reversed(self.log):
            markup = message.markup or {}
            if markup.get("remove_keyboard"):
                return []
            if "keyboard" in markup:
                rows = markup["keyboard"]
                return [[{"text": k} if isinstance(k, str) else k for k in row] for row in rows]
        return []

    # What the server asks

    def raw(self) -> Raw:
        """As in the Bot API."""
        names = {"first_name", "last_name", "username"}
        who = {name: value for name, value in self.user.raw().items() if name in names}
        return {"id": self.id, "type": "private", **who}

    def check(self, bot: Bot, thread_id: int | None = None) -> None:  # noqa: ARG002
        """The bot may write here. Raises Refused."""
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if not self.begun:
            raise forbidden("bot can't initiate conversation with a user")
        if thread_id is not None:
            raise bad_request("message thread not found")

    def _send(
        self, text: str, extra: Raw | None = None, *, reply_to: Message | None = None
    ) -> Message:
        with self.world.lock:
            if self.blocked or self.deactivated:
                raise ValueError("this person cannot write to the bot now")
            self.begun = True
            return self.arrive(self.user, text, extra=extra or {}, reply_to=reply_to)
