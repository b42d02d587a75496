"""A bot as its owner registered it, with everything Telegram keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from bot_api.messages import Press, User
from bot_api.updates import Updates
from bot_api.world import Raw, Refused, World, bad_request

if TYPE_CHECKING:
    import asyncio

    from bot_api.chats import Chat


@dataclass
class Hook:
    """Where updates are sent; no url: nowhere."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_date: int = 0


@dataclass(eq=False)
class Bot:
    """One token."""

    world: World
    token: str
    username: str
    name: str
    sees_all_messages: bool = False
    """Privacy mode is off: groups show it everything."""
    hook: Hook = field(default_factory=Hook)
    chats: dict[int, Chat] = field(default_factory=dict)
    migrated: dict[int, int] = field(default_factory=dict)
    """Old group id to new."""
    presses: dict[str, Press] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Raw]] = field(default_factory=dict)
    """By scope (its JSON type, with chat id if any) and language."""
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    """Name, description and short_description by language."""
    actions: list[tuple[int, str]] = field(default_factory=list)
    """Chat id and action of every sendChatAction."""
    polling: asyncio.Event | None = None
    """Set to end the long poll that waits."""
    poll_end: str = ""
    """Why it was ended."""
    updates: Updates = field(init=False)

    def __post_init__(self) -> None:
        self.updates = Updates(self.world, Random(self.id))  # noqa: S311 (a test)

    @property
    def id(self) -> int:
        """The number before the colon of its token."""
        return int(self.token.partition(":")[0])

    @property
    def user(self) -> User:
        """The bot as sender."""
        return User(self.id, self.name, username=self.username, is_bot=True)

    def chat(self, chat_id: int) -> Chat:
        """The chat with that id. Raises Refused: unknown, or it became a supergroup."""
        if chat_id in self.migrated:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.migrated[chat_id],
            )
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def push_raw(self, content: Raw) -> None:
        """An update with this content (without its number) waits, whatever the bot wants."""
        with self.world.lock:
            self.updates.push("raw", content, ("raw",))

    def poison(self) -> None:
        """An update nobody can parse waits before those the bot has not seen."""
        with self.world.lock:
            self.updates.poison()

    def hold_updates(self) -> None:
        """What happens from now on is not told to the bot before `release_updates`."""
        with self.world.lock:
            self.updates.held = self.updates.held or []

    def release_updates(self, *, backwards: bool = False) -> None:
        """What happened meanwhile is told, if wanted the last first."""
        with self.world.lock:
            self.updates.release(backwards=backwards)

    def redeliver_last(self, kind: str | None = None) -> None:
        """The last update the bot confirmed (of the kind) comes again, with the same number."""
        with self.world.lock:
            self.updates.repeat_last(lambda update: kind in {None, update.kind})

    def forget_idle(self) -> None:
        """The next update has a random number, as after a week of silence."""
        with self.world.lock:
            self.updates._last_at = float("-inf")

    @property
    def unconfirmed(self) -> int:
        """How many updates wait for the bot."""
        with self.world.lock:
            self.updates.expire()
            return len(self.updates.pending) + len(self.updates.again)
