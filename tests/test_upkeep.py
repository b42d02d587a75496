"""Due timers come in as messages: each once, the oldest first, never those that were moved."""

import asyncio
import contextlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.house import House
from kpbot.model import Due, Inbound
from kpbot.service import Service
from kpbot.settings import Settings
from kpbot.store import conversations, database_sqlite, inbox, timers
from kpbot.store.database import Database
from kpbot.upkeep import fire_due_timers, rounds
from walk import NOW

DAY = timedelta(days=1)


class Turns:
    """Takes timers as a turn does: the key first, then the timer itself."""

    def __init__(self, database: Database) -> None:
        """Nothing came in yet."""
        self.database = database
        self.fired: list[tuple[str, str]] = []

    def __call__(self, inbound: Inbound) -> None:
        """The timer is used up and told in `fired`."""
        self.database.write(lambda connection: self._take(connection, inbound))

    def _take(self, connection: sa.Connection, inbound: Inbound) -> None:
        assert isinstance(inbound.content, Due)
        kept = conversations.load(connection, inbound.channel, inbound.person, inbound.at)
        accepted = inbox.accept(connection, inbound, kept.id)
        name = inbound.content.timer
        if accepted and timers.take_due(connection, kept.id, name, inbound.at):
            self.fired.append((inbound.person, name))


@pytest.fixture
def turns(database: Database) -> Turns:
    return Turns(database)


def set_timer(database: Database, person: str, name: str, due: datetime) -> None:
    def work(connection: sa.Connection) -> None:
        kept = conversations.load(connection, "web", person, NOW)
        timers.set_timer(connection, kept.id, name, due)

    database.write(work)


def test_a_due_timer_fires_once(database: Database, turns: Turns) -> None:
    set_timer(database, "anna", "remind", NOW)
    assert [fire_due_timers(database, turns, NOW + each * DAY) for each in range(3)] == [1, 0, 0]
    assert turns.fired == [("anna", "remind")]


def test_timers_fire_in_the_order_they_came_due(database: Database, turns: Turns) -> None:
    for person, ago in (("anna", 1), ("bilal", 3), ("chloé", 2)):
        set_timer(database, person, "remind", NOW - ago * DAY)
    set_timer(database, "dora", "remind", NOW + DAY)
    assert fire_due_timers(database, turns, NOW) == 3
    assert [person for person, _ in turns.fired] == ["bilal", "chloé", "anna"]


def test_the_same_timer_of_two_people_due_at_the_same_instant_fires_for_both(
    database: Database, turns: Turns
) -> None:
    for person in ("anna", "bilal"):
        set_timer(database, person, "remind", NOW)
    fire_due_timers(database, turns, NOW)
    assert sorted(turns.fired) == [("anna", "remind"), ("bilal", "remind")]
    assert fire_due_timers(database, turns, NOW) == 0


def test_a_timer_that_is_moved_between_the_look_and_the_turn_does_not_fire(
    database: Database, turns: Turns
) -> None:
    set_timer(database, "anna", "remind", NOW)

    def move_first(inbound: Inbound) -> None:
        set_timer(database, "anna", "remind", NOW + DAY)
        turns(inbound)

    fire_due_timers(database, move_first, NOW)
    assert turns.fired == []
    fire_due_timers(database, turns, NOW + DAY)
    assert turns.fired == [("anna", "remind")]


def test_a_timer_that_is_set_again_after_it_fired_fires_again(
    database: Database, turns: Turns
) -> None:
    for number in range(3):
        set_timer(database, "anna", "remind", NOW + number * DAY)
        fire_due_timers(database, turns, NOW + number * DAY)
    assert turns.fired == [("anna", "remind")] * 3


def test_a_round_that_was_cut_off_is_made_up_for(database: Database, turns: Turns) -> None:
    for person in ("anna", "bilal"):
        set_timer(database, person, "remind", NOW)

    def die_after_one(inbound: Inbound) -> None:
        if turns.fired:
            raise sa.exc.OperationalError("", {}, Exception())
        turns(inbound)

    with pytest.raises(sa.exc.OperationalError):
        fire_due_timers(database, die_after_one, NOW)
    fire_due_timers(database, turns, NOW)
    assert sorted(turns.fired) == [("anna", "remind"), ("bilal", "remind")]


def test_more_timers_than_one_round_holds_fire_in_the_next(
    database: Database, turns: Turns
) -> None:
    for number in range(130):
        set_timer(database, f"person-{number}", "remind", NOW + timedelta(seconds=number))
    fired = [fire_due_timers(database, turns, NOW + DAY) for _ in range(3)]
    assert sum(fired) == 130
    assert [person for person, _ in turns.fired] == [f"person-{number}" for number in range(130)]


async def test_the_rounds_go_on_after_the_store_was_away(file_database: Database) -> None:
    turns = Turns(file_database)
    set_timer(file_database, "anna", "remind", NOW)
    fired = asyncio.Event()
    loop = asyncio.get_running_loop()
    calls = []

    def fail_once(inbound: Inbound) -> None:
        calls.append(inbound)
        if len(calls) == 1:
            raise sa.exc.OperationalError("", {}, Exception())
        turns(inbound)
        loop.call_soon_threadsafe(fired.set)

    task = asyncio.create_task(rounds(file_database, fail_once, lambda: NOW, pause=0.001))
    async with asyncio.timeout(30):
        await fired.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert turns.fired == [("anna", "remind")]


async def test_the_rounds_forget_what_a_reader_was_in_the_way_of(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_sqlite, "PATIENCE", 0)
    database = Database(f"sqlite:///{tmp_path / 'kpbot.db'}")
    service = Service(Settings(data_dir=tmp_path), house, database)
    log = tmp_path / "kpbot.db-wal"
    with database.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM timers").scalar_one()
        service.look_after(NOW)
        assert log.stat().st_size > 0
    service.look_after(NOW + timedelta(seconds=15))
    assert log.stat().st_size == 0
    database.close()
