"""The fake Bot API server as a test holds it."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any

from bot_api.bots import Bot
from bot_api.chats import PATIENCE
from bot_api.faults import Faults
from bot_api.groups import Group
from bot_api.limits import Limits
from bot_api.messages import User
from bot_api.people import PrivateChat
from bot_api.server import Server
from bot_api.world import Call, World
from kpbot.app import Clock


class BotApi:
    """A Bot API server on a free port of 127.0.0.1 while the `with` block runs."""

    def __init__(self, *, clock: Clock | None = None, limits: Limits | None = None) -> None:
        """Limits: how much bots may send, None: as much as they like."""
        self.world = World(clock=clock or Clock(), limits=limits)
        self._server = Server(self.world)

    def __enter__(self) -> BotApi:
        self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()

    @property
    def url(self) -> str:
        """Where it answers; bots call `{url}/bot{token}/{method}`."""
        return self._server.url

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        return self.world.faults

    @property
    def calls(self) -> list[Call]:
        """Every call so far but the long polls, oldest first."""
        with self.world.lock:
            return [call for call in self.world.calls if call.method != "getUpdates"]

    def called(self, method: str) -> list[Call]:
        """The calls of one method so far, `getUpdates` too."""
        with self.world.lock:
            return [call for call in self.world.calls if call.method == method]

    def advance(self, seconds: float) -> None:
        """The clock has moved on; whoever waited for it was woken."""
        self.world.advance(seconds)

    def wait_for(self, wanted: Callable[[], Any], timeout: float = PATIENCE) -> Any:
        """What the function gives once it is true; looked at whenever something changed.

        The function must not call the server: the server waits for it. Raises TimeoutError
        after real seconds.
        """
        return self.world.wait_for(wanted, timeout)

    def bot(
        self,
        token: str,
        username: str = "kpbot",
        name: str = "kpbot",
        *,
        sees_all_messages: bool = False,
    ) -> Bot:
        """The token is known from now on; privacy mode is on unless it sees all messages."""
        with self.world.lock:
            bot = Bot(self.world, token, username, name, sees_all_messages)
            self.world.bots[token] = bot
            return bot

    def user(
        self,
        user_id: int,
        first_name: str = "Sabine",
        last_name: str | None = None,
        *,
        username: str | None = None,
        language_code: str | None = None,
    ) -> User:
        """Somebody with an account."""
        return User(user_id, first_name, last_name, username, language_code)

    def private_chat(
        self,
        bot: Bot,
        user_id: User | int,
        *,
        first_name: str = "Sabine",
        language_code: str | None = None,
        begun: bool = False,
    ) -> PrivateChat:
        """The chat of a person (or of a new one with that user id) with the bot.

        Begun: the person wrote before, so the bot may write first.
        """
        user = user_id
        if isinstance(user, int):
            user = self.user(user, first_name, language_code=language_code)
        with self.world.lock:
            return PrivateChat(self.world, bot, user, begun=begun)

    def group(
        self,
        bot: Bot,
        *members: User | PrivateChat,
        forum: bool = False,
        supergroup: bool = False,
        admin: bool = False,
    ) -> Group:
        """A group with the bot in it; a forum is a supergroup with topics.

        Only as an administrator the bot manages topics, pins, and sees everything.
        """
        with self.world.lock:
            number = 1000 + self.world.number()
            group_id = -1_000_000_000_000 - number if forum or supergroup else -number
            made = Group(self.world, group_id, bot, forum=forum, supergroup=supergroup, admin=admin)
            for member in members:
                made.members.append(member.user if isinstance(member, PrivateChat) else member)
            return made
