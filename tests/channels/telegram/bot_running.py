"""The public bot against the fake Bot API server, in a loop of its own, and a person who talks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

from bot_api import Bot, BotApi, Message, PrivateChat
from kpbot.channels.telegram import TelegramChannel
from kpbot.channels.telegram.pacing import Pace, Rate
from kpbot.channels.telegram.payload import DONE, MARKED, OPEN, Payload, encode
from kpbot.channels.telegram.polling import Waits
from kpbot.delivery import deliver_due
from kpbot.house import House
from kpbot.model import (
    Attached,
    Content,
    Edited,
    Inbound,
    Opened,
    Outbound,
    Pressed,
    Said,
    Selected,
)
from kpbot.store import conversations, outbox
from kpbot.store.database import Database
from kpbot.turn import Taken, receive

TOKEN = "123456789:AAtest-token-of-an-invented-bot_0000"  # noqa: S105 (invented)
CHANNEL = "telegram"
QUICK = Waits(poll=30, first=0.01, longest=0.05, conflict=0.01, toast=1.5, last=1.5)
MOST_ROUNDS = 50
T = TypeVar("T")


def unpaced() -> Pace:
    """As many messages as one likes."""
    return Pace(overall=Rate(0), private=Rate(0), group=Rate(0))


class Running:
    """The channel, started; updates are polled, and the test delivers when it wants."""

    def __init__(
        self,
        api: BotApi,
        house: House,
        database: Database,
        *,
        take: Callable[[Inbound], None] | None = None,
        waits: Waits = QUICK,
        pace: Pace | None = None,
    ) -> None:
        """`take`: what the channel is given instead of the turn."""
        self.api = api
        self.house = house
        self.database = database
        self.clock = api.world.clock
        self.taken: Taken | None = None
        self.channel = TelegramChannel(
            TOKEN,
            api=api.url,
            database=database,
            receive=take or self.receive,
            clock=self.clock,
            service=house.dialogs.service,
            waits=waits,
            pace=pace or unpaced(),
            ticks=lambda: self.clock().timestamp(),
        )
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="the-bot")
        self._thread.start()
        self._polling: asyncio.Task[None] | None = None
        self.do(self.channel.start())

    @property
    def bot(self) -> Bot:
        """As the server knows it."""
        return self.api.world.bots[TOKEN]

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """The work's result, done in the bot's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def receive(self, inbound: Inbound) -> None:
        """The turn is committed."""
        taken = receive(self.database, inbound, self.house)
        self.taken = taken or self.taken

    def poll(self) -> None:
        """Updates are fetched from now on."""

        async def begin() -> asyncio.Task[None]:
            return asyncio.create_task(self.channel.run_polling())

        self._polling = self.do(begin())

    def stop_polling(self) -> None:
        """No update is fetched any more; what was in hand is finished."""
        polling, self._polling = self._polling, None
        if polling is None:
            return

        async def end() -> None:
            polling.cancel()
            await asyncio.wait({polling})

        self.do(end())

    def stop(self) -> None:
        """As at the end of the process."""
        self.stop_polling()
        self.do(self.channel.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def settle(self) -> None:
        """Every update was taken and confirmed, and what could be delivered was."""
        self.api.wait_for(lambda: self.bot.unconfirmed == 0 and self.bot.polling is not None)
        self.deliver()

    def polled_again(self, act: Callable[[], object]) -> None:
        """What follows from the act was fetched, taken, and then more was asked for."""
        before = len(self.api.called("getUpdates"))
        act()
        self.api.wait_for(lambda: len(self.api.called("getUpdates")) > before)
        self.settle()

    def deliver(self) -> int:
        """Everything in the outbox went out or was given up; how many rounds it took."""
        channels = {CHANNEL: self.channel}
        for number in range(MOST_ROUNDS):
            self.do(deliver_due(self.database, channels, self.clock))
            count, due = self.database.read(outbox.waiting)
            if not count or due is None:
                return number
            self.api.advance(max((due - self.clock()).total_seconds(), number) + 0.1)
        raise AssertionError("the outbox never became empty")

    def put(self, chat: PrivateChat, *messages: Outbound) -> None:
        """The messages wait in the outbox."""
        for message in messages:
            self.database.write(
                lambda connection, each=message: outbox.put(
                    connection,
                    each,
                    channel=CHANNEL,
                    address=str(chat.id),
                    conversation=each.conversation or None,
                    at=self.clock(),
                )
            )

    def states(self) -> list[tuple[str, int]]:
        """State and doubts of everything that was ever put into the outbox."""
        return self.database.read(
            lambda connection: [
                (row.state, row.doubts)
                for row in connection.execute(
                    outbox.outbox.select().order_by(outbox.outbox.c.id)
                ).all()
            ]
        )


Run = Callable[..., Running]
"""Starts one more bot: its arguments are those of Running, after the database."""


class Talk:
    """A person in the chat, as the channel contract wants it."""

    channel = CHANNEL

    def __init__(self, running: Running, chat: PrivateChat) -> None:
        """Nothing was said yet."""
        self.running = running
        self.chat = chat
        self.person = str(chat.id)
        self.house = running.house
        self.database = running.database
        self.language = "de"

    def do(self, content: Content) -> list[str]:
        return self._arrived(lambda: self._act(content))

    def again(self) -> list[str]:
        return self._arrived(lambda: self.running.polled_again(self.running.bot.redeliver_last))

    def deliver(self, *texts: str) -> list[str]:
        self.chat.begun = True
        messages = [Outbound(CHANNEL, self.person, 1, "de", text) for text in texts]
        return self._arrived(lambda: self.running.put(self.chat, *messages))

    def shown(self) -> Message:
        """The last message with buttons."""
        return next(m for m in reversed(self.chat.messages) if m.buttons)

    def _arrived(self, act: Callable[[], object]) -> list[str]:
        before, toasts = len(self.chat.messages), len(self.chat.toasts)
        act()
        self.running.settle()
        return [m.text for m in self.chat.messages[before:]] + self.chat.toasts[toasts:]

    def _act(self, content: Content) -> None:
        match content:
            case Opened():
                self.chat.start(self.language)
            case Said(text):
                self.chat.say(text)
            case Attached():
                self.chat.send_photo()
            case Edited(text):
                mine = [m for m in self.chat.log if m.sender == self.chat.user]
                self.chat.edit(mine[-1], text)
            case Pressed(turn, question, choice):
                self.press(turn, question, choice)
            case Selected(turn, question, choices):
                self.select(turn, question, choices)

    def press(self, turn: int, question: str, choice: str) -> None:
        """The button, wherever it stood: an old screen still shows it."""
        data = encode(Payload(self.conversation, turn, question, choice))
        there = {button.data for row in self.chat.last.buttons for button in row}
        self.chat.press(self.chat.last, data, stale=data not in there)

    def select(self, turn: int, question: str, choices: Iterable[str]) -> None:
        """Each choice is marked, then the selection is sent."""
        for choice in choices:
            self.press(turn, question, f"{OPEN}{choice}")
            self.running.settle()
        self.press(turn, question, DONE)

    @property
    def conversation(self) -> str:
        """The id, as buttons begin with it."""
        found = self.database.read(
            lambda connection: conversations.glance(connection, CHANNEL, self.person)
        )
        return found.id if found is not None else ""

    def marks(self) -> list[str]:
        """Titles that are marked in the last message."""
        return [
            button.title
            for row in self.chat.last.buttons
            for button in row
            if f".{MARKED}" in str(button.data)
        ]
