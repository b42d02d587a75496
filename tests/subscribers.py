"""A month of simulated time with many subscribers, in a process of its own that may be killed.

    python subscribers.py DATABASE_URL

Goes on where an earlier process was killed; prints `told` for each reminder a turn has put out.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from kpbot.app import Clock, build_house
from kpbot.channels.terminal import TerminalChannel
from kpbot.delivery import deliver_due
from kpbot.events import Calendar, CalendarEvent
from kpbot.model import COMMAND, OFFER, Inbound, Pressed
from kpbot.settings import Settings
from kpbot.store import conversations, tables
from kpbot.store.database import Database
from kpbot.turn import receive
from kpbot.understand.schedule_occurrences import calendar_of
from kpbot.upkeep import fire_due_timers

START = datetime(2027, 1, 11, 9, tzinfo=UTC)
DAYS = 31
SUBSCRIBERS = 200


def _event(number: int, **changes: object) -> CalendarEvent:
    starts = datetime.fromisoformat("2027-01-20T10:00") + timedelta(days=3 * number)
    made = CalendarEvent(
        uid=f"event-{number}",
        kind="seminar",
        title={"de": f"Seminar {number}"},
        starts=starts,
        ends=starts + timedelta(hours=2),
        zone="Europe/Berlin",
        source="Rundschreiben",
        as_of=date(2027, 1, 4),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


EVENTS = (
    *(_event(number) for number in range(5)),
    _event(5, recurrence="FREQ=WEEKLY;COUNT=4", zone="Africa/Cairo"),
    _event(6, zone="Africa/Casablanca"),
)


def calendar(_: int) -> Calendar:
    """The calendar of the simulation."""
    return calendar_of(EVENTS, START.date())


class StandingClock(Clock):
    """Stands still until it is moved."""

    def __call__(self) -> datetime:
        """The instant it was moved to."""
        return START + self.ahead


def main(url: str) -> None:
    """The month has passed; every subscriber was told what they were to be told."""
    with tempfile.TemporaryDirectory() as folder:
        house = build_house(Settings(data_dir=Path(folder)))
    held = calendar(0)
    house = replace(house, knowledge=replace(house.knowledge, calendar=lambda: held))
    database = Database(url)
    clock = StandingClock()

    def take(inbound: Inbound) -> None:
        taken = receive(database, inbound, house)
        if taken is not None and taken.outbound is not None:
            sys.stdout.write("told\n")
            sys.stdout.flush()

    for number in range(SUBSCRIBERS):
        person = f"person-{number:03}"
        for step, content in enumerate(
            (Pressed(0, COMMAND, "language:de"), Pressed(0, COMMAND, "subscribe"), None)
        ):
            asked = content or _agree(database, person)
            receive(database, Inbound("terminal", person, f"{person}-{step}", START, asked), house)
    channel = TerminalChannel()
    clock.ahead = _simulated(database) - START
    while clock.ahead < timedelta(days=DAYS):
        while fire_due_timers(database, take, clock()):
            asyncio.run(deliver_due(database, {"terminal": channel}, clock))
        clock.ahead += timedelta(hours=3)
    database.close()


def _agree(database: Database, person: str) -> Pressed:
    known = database.read(lambda c: conversations.glance(c, "terminal", person))
    assert known is not None
    return Pressed(known.offer.turn if known.offer else 0, OFFER, "all")


def _simulated(database: Database) -> datetime:
    """How far an earlier process came."""
    last = database.read(lambda c: c.execute(sa.select(sa.func.max(tables.inbox.c.at))).scalar())
    return last or START


if __name__ == "__main__":
    main(sys.argv[1])
