"""What the doors may ask of the house: turns, deeds, erasure, the calendar and the FAQ."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime

from kpbot.app import Clock, periods_of
from kpbot.cases import Case, Refused
from kpbot.content.events_live import LiveCalendar
from kpbot.events import programme_day
from kpbot.handover import erase_conversation
from kpbot.house import House
from kpbot.model import CALENDAR, LANGUAGES, ByAdvisor, Inbound, Language
from kpbot.retention import remove_daily
from kpbot.settings import Settings
from kpbot.store import records, timers
from kpbot.store.database import Database
from kpbot.turn import Taken, act, receive
from kpbot.upkeep import take_feed


class NotReady(Exception):  # noqa: N818 (it is a state)
    """The server has started lately: whoever sends shall send again in a moment."""


class Service:
    """The house as one process serves it."""

    def __init__(self, settings: Settings, house: House, database: Database) -> None:
        """Nothing runs yet. To be made inside the running loop."""
        self.settings = settings
        self.house = house
        self.database = database
        self.clock = Clock()
        self.wake = asyncio.Event()
        self.warm = threading.Event()
        """Set when the FAQ of every language is compiled."""
        self._loop = asyncio.get_running_loop()
        self._looked = False

    def take_in(self, inbound: Inbound) -> None:
        """The turn is committed, and what it says goes out."""
        receive(self.database, inbound, self.house)
        self._wake()

    def take_when_warm(self, inbound: Inbound) -> None:
        """As `take_in`, or NotReady: the turn would hold the database while the FAQ compiles."""
        if not self.warm.is_set():
            raise NotReady
        self.take_in(inbound)

    def act(self, done: ByAdvisor, message_id: str) -> Case | Refused:
        """What the advisor did is committed: the case afterwards, or why it was not done."""
        acted = act(self.database, done, message_id, self.clock(), self.house)
        self._wake()
        if isinstance(acted, Taken):
            assert acted.case is not None  # noqa: S101 (a deed in a case has one)
            return acted.case
        return acted

    def title_of(self, intent: str, language: Language) -> str:
        """How a question is called; its id where the FAQ knows it no more."""
        if intent not in self.house.knowledge.known:
            return intent
        return self.house.answers(intent, language, programme_day(self.clock())).title

    def erase(self, reference: str) -> bool:
        """Everything about the person of this reference is gone; False: there is no such record."""
        kept = self.database.read(lambda connection: records.get(connection, reference))
        if kept is None:
            return False
        receivers = self.house.receivers
        self.database.write(
            lambda connection: erase_conversation(
                connection, kept.conversation, receivers, self.clock()
            )
        )
        self.database.forget()
        self._wake()
        return True

    def send_invitation(self) -> None:
        """The invitation that waits in the outbox goes out."""
        self._wake()

    def compile_faq(self) -> None:
        """The FAQ of every language is compiled: a first start takes a while."""
        for language in LANGUAGES:
            self.house.knowledge.faq("", language)
        self.warm.set()

    def look_after(self, now: datetime) -> None:
        """What has run out goes, once a day; a changed calendar is read and soon told of.

        What was deleted is tried once more to be forgotten, where a reader was in the way.
        """
        self.database.forget_what_is_left()
        remove_daily(self.database, periods_of(self.settings), self.house.receivers, now)
        self.read_calendar(now)

    def read_calendar(self, now: datetime) -> None:
        """A changed calendar is in force, and subscribers are soon told of it."""
        calendar = self.house.knowledge.calendar
        assert isinstance(calendar, LiveCalendar)  # noqa: S101 (the shipped house has no other)
        changed = calendar.refresh(programme_day(now))
        if changed or not self._looked:  # it may have changed while nobody served
            self.database.write(lambda connection: timers.hasten(connection, CALENDAR, now))
        self._looked = True

    def take_feed(self) -> None:
        """The operator's feed is in the calendar, or the calendar is as it was."""
        settings, now = self.settings, self.clock()
        taken = take_feed(
            settings.calendar_url,
            settings.content / "events",
            programme_day(now),
            settings.calendar_language,
            allow_private=settings.calendar_private,
        )
        if taken:
            self.read_calendar(self.clock())

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self.wake.set)
