"""What private chats and groups have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot_api.bots import Bot
from bot_api.messages import Message, Press, User
from bot_api.words import said_entities
from bot_api.world import Raw, Refused, World

PATIENCE = 20.0
"""Seconds a wait takes at most, unless the test says otherwise."""


class Chat:
    """A chat with one or more bots in it. A test may use it from any thread."""

    def __init__(self, world: World, chat_id: int, kind: str, bots: Sequence[Bot]) -> None:
        self.world = world
        self.id = chat_id
        self.kind = kind
        self.bots = list(bots)
        self.log: list[Message] = []
        """Every message of everybody, the deleted ones too."""
        self.presses: list[Press] = []
        self._last_id = 0
        for bot in self.bots:
            bot.chats[chat_id] = self

    # What a test looks at

    @property
    def messages(self) -> list[Message]:
        """What bots sent and did not delete, oldest first."""
        with self.world.lock:
            return [m for m in self.log if m.sender.is_bot and not m.deleted and not m.is_service]

    @property
    def last(self) -> Message:
        """The newest of `messages`. Raises IndexError if there is none."""
        return self.messages[-1]

    @property
    def toasts(self) -> list[str]:
        """The texts with which presses were answered; an answer without text is not among them."""
        with self.world.lock:
            return [press.toast for press in self.presses if press.toast]

    def wait_for(
        self, wanted: Callable[[list[Message]], Any] | str, timeout: float = PATIENCE
    ) -> Any:
        """What the function gives for the messages once it is true.

        A text instead: the newest message that contains it. The function must not call the
        server: the server waits for it. Raises TimeoutError after real
        seconds, with what was there instead.
        """

        def look() -> Any:
            if isinstance(wanted, str):
                return next((m for m in reversed(self.messages) if wanted in m.text), None)
            return wanted(self.messages)

        try:
            return self.world.wait_for(look, timeout)
        except TimeoutError:
            raise TimeoutError(f"not within {timeout} seconds; there are {self.messages}") from None

    def wait_for_next(self, after: Message | int | None = None, timeout: float = PATIENCE) -> Any:
        """The first message of a bot newer than that one (or that id). Raises TimeoutError."""
        known = after.id if isinstance(after, Message) else after or 0
        return self.wait_for(lambda ms: next((m for m in ms if m.id > known), None), timeout)

    # What happens in it; the lock is held

    def raw(self) -> Raw:
        """As in the Bot API."""
        raise NotImplementedError

    def check(self, bot: Bot, thread_id: int | None = None) -> None:
        """The bot may write here. Raises Refused."""
        raise NotImplementedError

    def shows(self, bot: Bot, message: Message) -> bool:  # noqa: ARG002 (groups look at it)
        """Whether the bot is told about the message."""
        return True

    def find(self, message_id: int) -> Message | None:
        """The message with that id, if it is still there."""
        return next((m for m in self.log if m.id == message_id and not m.deleted), None)

    def add(self, sender: User, text: str = "", **fields: Any) -> Message:
        """A new message stands at the end."""
        self._last_id += 1
        made = Message(self._last_id, self, sender, int(self.world.now()), text, **fields)
        self.log.append(made)
        self.world.changed()
        return made

    def arrive(self, sender: User, text: str = "", **fields: Any) -> Message:
        """A person's message stands at the end, and the bots that may see it are told."""
        message = self.add(sender, text, entities=said_entities(text), **fields)
        self.tell("message", message)
        return message

    def tell(self, kind: str, message: Message) -> None:
        """The bots that may see it are told about a message."""
        for bot in self.bots:
            if self.shows(bot, message):
                bot.updates.push(kind, message.raw(), ("chat", self.id))

    def change(self, message: Message, text: str, entities: list[Raw], markup: Raw | None) -> None:
        """The message reads otherwise from now on."""
        if (text, entities) != (message.text, message.entities):
            message.edits.append(message.text)
        message.text, message.entities, message.markup = text, entities, markup
        message.edit_date = int(self.world.now())
        self.world.changed()

    def pressed(self, user: User, message: Message, data: str) -> Press:
        """The bot that sent the message is told that the user pressed."""
        number = str(4_000_000_000 + self.world.number())
        press = Press(number, user, message, data, self.world.now())
        self.presses.append(press)
        bot = next(bot for bot in self.bots if bot.id == message.sender.id)
        bot.presses[press.id] = press
        # A queue of its own: a press and a text can overtake each other.
        bot.updates.push("callback_query", press.raw(), ("user", user.id))
        return press

    def press_as(self, user: User, message: Message, button: str, *, stale: bool = False) -> Press:
        """The user presses the button with that title, or else with that data.

        With `stale` the screen shows an older state of the message: `button` is data, whether
        it still stands there or not. Raises LookupError if there is no such button.
        """
        with self.world.lock:
            if stale:
                return self.pressed(user, message, button)
            if message.deleted:
                raise LookupError(f"{message} was deleted")
            found = message.button(button)
            if found.data is None:
                raise LookupError(f"{found} leads to a page")
            return self.pressed(user, message, found.data)

    def wait_for_answer(self, press: Press, timeout: float = PATIENCE) -> Press:
        """The press once it is answered: the spinner is gone. Raises TimeoutError."""
        self.world.wait_for(lambda: press.answered, timeout)
        return press

    def membership(self, bot: Bot, by: User, before: str, after: str) -> None:
        """The bot is told that its own place here changed."""
        content = {
            "chat": self.raw(),
            "from": by.raw(),
            "date": int(self.world.now()),
            "old_chat_member": _member(bot, before),
            "new_chat_member": _member(bot, after),
        }
        bot.updates.push("my_chat_member", content, ("chat", self.id))


def _member(bot: Bot, status: str) -> Raw:
    made: Raw = {"user": bot.user.raw(), "status": status}
    if status == "kicked":
        made["until_date"] = 0
    if status == "administrator":
        made |= dict.fromkeys(RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
    if status == "restricted":
        made |= dict.fromkeys(RESTRICTED, False) | {"is_member": True, "until_date": 0}
    return made


RESTRICTED = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages",
    "can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages",
    "can_manage_topics",
)  # fmt: skip
RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics",
    "can_send_welcome_messages",
)  # fmt: skip


def forbidden(sentence: str) -> Refused:
    """403 with the sentence in Telegram's wording."""
    return Refused(403, f"Forbidden: {sentence}")
