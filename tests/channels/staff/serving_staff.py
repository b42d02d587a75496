"""The advisors' bot as `serve` runs it, in a thread, against the Bot API server of the tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sa

from bot_api import Bot, BotApi, Group, Message, PrivateChat, User
from kpbot import turn
from kpbot.app import Clock
from kpbot.cases import Case, Refused
from kpbot.channels.staff import StaffChannel
from kpbot.delivery import deliver_forever
from kpbot.handover import erase_conversation
from kpbot.house import House, Receivers
from kpbot.model import ByAdvisor, Card, Outbound, Pressed, Said
from kpbot.person import Person
from kpbot.store import advisors, cases, notes, outbox
from kpbot.store.advisors import Advisor
from kpbot.store.database import Database
from kpbot.store.tables import notes as notes_table
from kpbot.store.tables import outbox as outbox_table
from walk import NOW, next_step

PERSONAL = ("Musterhausen", "Sabine Kern", "s.kern@", "Geheimes Wort", "Aus dem Amt")
"""What stands in the walk and in tests of a person."""
TOKEN = "77:staff"  # noqa: S105 (invented)


@dataclass
class Stopped(Clock):
    """A clock that only a test moves."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """A Tuesday morning, and what was added to it."""
        return NOW + self.ahead


class Served:
    """The bot between `start` and `stop`, with delivery of what waits for it."""

    def __init__(self, team: Team, digest_at: time | None) -> None:
        self._team = team
        self._digest_at = digest_at
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self.wake: asyncio.Event | None = None
        self.errors: list[BaseException] = []

    def start(self) -> Served:
        """Cards go out and updates are fetched."""
        self._thread.start()
        self._ready.wait()
        return self

    def stop(self) -> None:
        """Everything has ended, as when the process is asked to stop."""
        assert self._loop is not None
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        assert not self.errors

    def nudge(self) -> None:
        """What waits is looked at now."""
        assert self._loop is not None
        assert self.wake is not None
        self._loop.call_soon_threadsafe(self.wake.set)

    async def _serve(self) -> None:
        team = self._team
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self.wake = asyncio.Event()
        channel = StaffChannel(
            TOKEN,
            api=team.api.url,
            chat=team.home,
            database=team.database,
            act=self._act,
            desks=team.desks,
            clock=team.clock,
            digest_at=self._digest_at,
            pause=0.2,
        )
        await channel.start()
        tasks = [
            asyncio.create_task(channel.run()),
            asyncio.create_task(
                deliver_forever(team.database, {channel.name: channel}, team.clock, self.wake, 0.2)
            ),
        ]
        self._ready.set()
        await self._stop.wait()
        for task in tasks:
            task.cancel()
        for task in tasks:
            try:
                with suppress(asyncio.CancelledError):
                    await task
            except Exception as error:  # noqa: BLE001 (the test shall hear of it)
                self.errors.append(error)
        await channel.close()

    def _act(self, done: ByAdvisor, message_id: str) -> Case | Refused:
        team = self._team
        team.acts.append((done, message_id))
        if team.before_act is not None:
            team.before_act()
        return team.act(done, message_id)


class Team:
    """Two advisors with their group, a stranger, and people who write at the terminal."""

    def __init__(
        self, api: BotApi, house: House, database: Database, *, forum: bool, admin: bool
    ) -> None:
        self.api = api
        self.bot: Bot = api.bot(TOKEN, username="kpteambot")
        self.anna = _private_chat(api, self.bot, 501, "Anna")
        self.bert = _private_chat(api, self.bot, 502, "Bert")
        self.stranger = api.user(999, "Fremd")
        self.group: Group = api.group(
            self.bot, self.anna.user, self.bert.user, forum=forum, admin=admin
        )
        self.home = str(self.group.id)
        self.house = replace(house, receivers=Receivers(staff_chat=self.home))
        self.database = database
        self.clock = Stopped()
        self.desks = dict(house.dialogs.words["intake"]["de"].outcomes)
        self.acts: list[tuple[ByAdvisor, str]] = []
        self.before_act: Callable[[], object] | None = None
        self.people: list[Person] = []
        self.served: Served | None = None
        for chat, name in ((self.anna, "Anna Amsel"), (self.bert, "Bert Buche")):
            self._hire(chat.user, name)

    def _hire(self, user: User, name: str) -> None:
        def work(connection: sa.Connection) -> None:
            advisors.add(
                connection,
                name,
                f"a{user.id}@example.org",
                role="advisor",
                at=NOW,
                telegram=str(user.id),
            )

        self.database.write(work)

    # the bot

    def serve(self, digest_at: time | None = None) -> Served:
        """The bot runs."""
        self.served = Served(self, digest_at).start()
        return self.served

    def restart(self, digest_at: time | None = None) -> Served:
        """The bot was stopped and started again."""
        self.stop()
        return self.serve(digest_at)

    def stop(self) -> None:
        """The bot does not run."""
        if self.served is not None:
            self.served.stop()
            self.served = None

    def later(self, **time: float) -> None:
        """So much time has passed; what waits is looked at."""
        self.clock.ahead += timedelta(**time)
        if self.served is not None:
            self.served.nudge()

    # people

    def person(self, user: str = "sabine") -> Person:
        """Somebody at the terminal."""
        person = Person(self.house, self.database, user, "de", self.clock)
        self.people.append(person)
        return person

    def intake(self, user: str = "sabine", **said: str) -> tuple[Person, str]:
        """Somebody handed an enquiry over; its reference."""
        person = self.person(user)
        person.happen(Pressed(0, "command", "start"))
        for _ in range(60):
            assert person.taken is not None
            if person.taken.record is not None:
                break
            at, conversation = person.taken.at, person.taken.conversation
            step = next_step(at, conversation.turn)
            person.happen(Said(said[at]) if at in said else step)
        assert person.taken is not None
        assert person.taken.record is not None
        if self.served is not None:
            self.served.nudge()
        return person, str(person.taken.record["reference"])

    def says(self, person: Person, text: str) -> None:
        """The person writes."""
        person.happen(Said(text))
        if self.served is not None:
            self.served.nudge()

    def heard(self, person: Person) -> list[str]:
        """Everything the person was told, in order."""
        rows = self.database.read(lambda c: outbox.said_to(c, "terminal", person.user))
        return [message.text for _, message in rows if isinstance(message, Outbound)]

    def heard_soon(self, person: Person, text: str) -> None:
        """The person was told this. Raises TimeoutError."""
        eventually(lambda: any(text in each for each in self.heard(person)))

    # what there is

    def case(self, reference: str) -> Case:
        """The case now."""
        found = self.database.read(lambda connection: cases.get(connection, reference))
        assert found is not None
        return found

    def card(self, reference: str) -> Message:
        """The card of the case in the group. Raises TimeoutError."""
        wanted = self.group.wait_for(
            lambda ms: next((m for m in ms if m.text.startswith(f"{reference} ·")), None)
        )
        assert isinstance(wanted, Message)
        return wanted

    def shows(self, reference: str, state: str, *titles: str) -> Message:
        """The card once it shows this state and has these buttons. Raises TimeoutError."""
        card = self.card(reference)
        self.api.wait_for(
            lambda: (
                state.lower() in card.text.lower() and (not titles or card.titles == list(titles))
            )
        )
        return card

    def claimed(self, reference: str) -> Message:
        """The card, after Anna took the case."""
        self.group.press_as(self.anna.user, self.card(reference), "Übernehmen")
        return self.shows(reference, "Anna Amsel")

    def waiting(self) -> list[sa.Row[Any]]:
        """What is in the outbox for the staff chat: state, failure, doubts."""
        query = (
            sa.select(outbox_table.c.state, outbox_table.c.failure, outbox_table.c.doubts)
            .where(outbox_table.c.channel == "staff")
            .order_by(outbox_table.c.id)
        )
        return self.database.read(lambda connection: list(connection.execute(query)))

    def all_sent(self) -> None:
        """Everything for the staff chat has gone out. Raises TimeoutError."""
        eventually(lambda: all(row.state == "sent" for row in self.waiting()))

    def note(self, name: str, address: str = "team") -> str | None:
        """What is remembered, of the team or of a chat."""
        return self.database.read(lambda c: notes.get(c, "staff", address, name))

    def notes(self) -> list[sa.Row[Any]]:
        """Everything that is remembered: name and value."""
        query = sa.select(notes_table.c.name, notes_table.c.value)
        return self.database.read(lambda connection: list(connection.execute(query)))

    def forget_notes(self, beginning: str) -> None:
        """Nothing is remembered under names that begin so, as after a sudden death."""
        gone = notes_table.delete().where(notes_table.c.name.startswith(beginning))
        self.database.write(lambda connection: connection.execute(gone))

    def put(self, *messages: Card) -> None:
        """These wait for the staff chat, each with a case behind it."""
        at = self.clock()
        for message in messages:

            def work(connection: sa.Connection, message: Card = message) -> None:
                if cases.get(connection, message.reference) is None:
                    cases.open_case(connection, Case(message.reference, "c", "open", "", at))
                outbox.put(
                    connection,
                    message,
                    channel="staff",
                    address=message.reference,
                    conversation="c",
                    at=at,
                )

            self.database.write(work)
        if self.served is not None:
            self.served.nudge()

    def act(self, done: ByAdvisor, message_id: str) -> Case | Refused:
        """An advisor did it, here or at the desk."""
        taken = turn.act(self.database, done, message_id, self.clock(), self.house)
        if self.served is not None:
            self.served.nudge()
        if isinstance(taken, Refused):
            return taken
        assert taken.case is not None
        return taken.case

    def advisor(self, chat: PrivateChat) -> Advisor:
        """Who the advisor of the chat is."""
        found = self.database.read(lambda c: advisors.find_by_telegram(c, str(chat.user.id)))
        assert found is not None
        return found

    def erase(self, reference: str) -> None:
        """The person and all they said are gone from the store."""
        conversation = self.case(reference).conversation
        at = self.clock()
        self.database.write(lambda c: erase_conversation(c, conversation, self.house.receivers, at))
        if self.served is not None:
            self.served.nudge()

    def close(self) -> None:
        """The bot is stopped and every loop closed."""
        self.stop()
        for person in self.people:
            person._runner.close()


MakeTeam = Callable[..., Team]


def eventually(wanted: Callable[[], object], patience: float = 20.0) -> None:
    """It is so now, in the store as in the chat. Raises TimeoutError after seconds."""
    until = monotonic() + patience
    while not wanted():
        if monotonic() > until:
            raise TimeoutError(f"not within {patience} seconds")
        sleep(0.02)


def _private_chat(api: BotApi, bot: Bot, user_id: int, name: str) -> PrivateChat:
    """The chat of an advisor with the bot, begun."""
    return api.private_chat(bot, user_id, first_name=name, begun=True)
