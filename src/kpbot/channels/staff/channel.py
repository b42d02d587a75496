"""The advisors' chat as a channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING

from kpbot.cases import Case, Refused
from kpbot.channels import NotSent
from kpbot.channels.staff.memory import CHANNEL, Memory
from kpbot.model import ByAdvisor, Card, Message
from kpbot.store.database import Database

if TYPE_CHECKING:  # python-telegram-bot is imported where the channel starts
    from kpbot.channels.staff.running import Running

TELEGRAM = "https://api.telegram.org"
Act = Callable[[ByAdvisor, str], Case | Refused]
"""Does what an advisor wants, under an id that is the same if it comes twice. Blocks."""


class StaffChannel:
    """Cases in the advisors' Telegram group, and what advisors do there."""

    name = CHANNEL
    repeats_show = True

    def __init__(  # noqa: PLR0913 (what an operator sets, and the doors to the house)
        self,
        token: str,
        *,
        chat: str,
        database: Database,
        act: Act,
        desks: Mapping[str, str],
        clock: Callable[[], datetime],
        api: str = TELEGRAM,
        digest_at: time | None = None,
        pause: float = 60.0,
    ) -> None:
        """`chat`: id of the group. `desks`: id and German title of every desk.

        `digest_at`: time of day in Germany, from Monday to Friday; None: no digest. `pause`:
        seconds between two rounds for digest and reminders.
        """
        self._token = token
        self._api = api
        self._database = database
        self._act = act
        self._desks = desks
        self._clock = clock
        self._digest_at = digest_at
        self._pause = pause
        self._memory = Memory(database, chat)
        self._running: Running | None = None

    async def start(self) -> None:
        """Cards can be sent. Reaches out to nobody yet."""
        await self._started()

    async def _started(self) -> Running:
        from kpbot.channels.staff.requests import AiohttpRequest  # noqa: PLC0415 (see above)
        from kpbot.channels.staff.running import Running, made_bot  # noqa: PLC0415 (the same)

        requests = (AiohttpRequest(), AiohttpRequest())
        bot = made_bot(self._token, self._api, *requests)
        running = Running(bot, requests, self._memory)
        await running.start()
        self._running = running
        return running

    async def run(self) -> None:
        """What advisors do is done, until this is cancelled. Starts the channel if need be.

        Waits as long as the server cannot be reached. Only one process may do this for a token:
        another one makes both fail in turns.
        """
        from kpbot.channels.staff.office import Office  # noqa: PLC0415 (see above)

        running = self._running or await self._started()
        office = Office(
            running.bot,
            self._memory,
            database=self._database,
            act=self._act,
            desks=self._desks,
            clock=self._clock,
        )
        await running.run(office, self._digest_at, self._pause)

    async def close(self) -> None:
        """Every connection is closed. To be called after `run` has ended."""
        running, self._running = self._running, None
        if running is not None:
            await running.close()

    async def send(self, address: str, message: Message) -> None:  # noqa: ARG002 (there is one chat)
        """The case stands in the advisors' chat as it is. Raises NotSent where it does not."""
        if not isinstance(message, Card):
            raise NotSent("not_a_card", never=True)
        if self._running is None:
            raise NotSent("not_started")
        await self._running.send(message)
