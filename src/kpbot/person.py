"""One person's side of a conversation, against the real house: for the terminal and rehearsals."""

from __future__ import annotations

import asyncio
import uuid
from datetime import datetime, timedelta

from kpbot.app import Clock
from kpbot.channels.terminal import TerminalChannel
from kpbot.delivery import deliver_due
from kpbot.house import House
from kpbot.model import Content, Inbound, Language, Outbound
from kpbot.store import outbox, timers
from kpbot.store.database import Database
from kpbot.turn import Taken, receive
from kpbot.upkeep import fire_due_timers


class Person:
    """What happens becomes turns; what is said comes back."""

    def __init__(
        self,
        house: House,
        database: Database,
        user: str,
        language: Language | None,
        clock: Clock | None = None,
    ) -> None:
        """The conversation of this user in this database; an earlier one goes on.

        What an earlier process had in hand when it died is said with the next answer.
        """
        self.house = house
        self.database = database
        self.user = user
        self.language = language
        self.clock = clock or Clock()
        self.channel = TerminalChannel()
        self.taken: Taken | None = None
        self._last: Inbound | None = None
        self._runner = asyncio.Runner()
        database.write(lambda c: outbox.release(c, self.channel.name, user))

    def happen(self, content: Content) -> list[Outbound]:
        """The content has become a turn; what was said to it."""
        self._last = Inbound(
            self.channel.name, self.user, uuid.uuid4().hex, self.clock(), content, self.language
        )
        return self._receive(self._last)

    def again(self) -> list[Outbound]:
        """The last event was delivered a second time."""
        return self._receive(self._last) if self._last is not None else []

    def wait(self, time: timedelta) -> list[Outbound]:
        """So much time has passed; each timer that came due has fired at its own instant."""
        end = self.clock() + time
        while due := self.database.read(lambda connection: timers.due_timers(connection, end, 1)):
            self._pass_until(due[0].due)
            fire_due_timers(self.database, self._fire, self.clock())
        self._pass_until(end)
        return self._deliver()

    def shown(self, turn: int | None = None) -> Outbound | None:
        """The message of that turn, or the last one, whose buttons are in force."""
        said = self.database.read(
            lambda connection: outbox.said_to(connection, self.channel.name, self.user)
        )
        messages = [each for _, each in said if isinstance(each, Outbound) and not each.toast]
        wanted = [each for each in messages if turn is None or each.turn == turn]
        return wanted[-1] if wanted else None

    def leave(self) -> None:
        """The conversation stays in the store; database and loop are closed."""
        self._runner.close()
        self.database.close()

    def _pass_until(self, instant: datetime) -> None:
        self.clock.ahead += max(instant - self.clock(), timedelta())

    def _receive(self, inbound: Inbound) -> list[Outbound]:
        self._fire(inbound)
        return self._deliver()

    def _fire(self, inbound: Inbound) -> None:
        taken = receive(self.database, inbound, self.house)
        if taken is not None:
            self.taken = taken

    def _deliver(self) -> list[Outbound]:
        channels = {self.channel.name: self.channel}
        self._runner.run(deliver_due(self.database, channels, self.clock, address=self.user))
        return self.channel.take()
