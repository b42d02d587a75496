"""A timer comes due once, when it was last set to, and not after it was cancelled."""

from datetime import timedelta

import pytest

from kpbot.store.conversations import load
from kpbot.store.database import Database
from kpbot.store.timers import DueTimer, cancel_timers, due_timers, set_timer, take_due
from walk import NOW

LATER = NOW + timedelta(days=2)


@pytest.fixture
def anna(database: Database) -> str:
    """The id of a conversation."""
    return database.write(lambda c: load(c, "web", "anna", NOW)).id


def _due(database: Database, at: object = NOW) -> list[str]:
    return [each.name for each in database.read(lambda c: due_timers(c, at))]  # type: ignore[arg-type]


def test_a_timer_is_due_from_its_instant_on(database: Database, anna: str) -> None:
    database.write(lambda c: set_timer(c, anna, "remind", LATER))
    assert _due(database, LATER - timedelta(microseconds=1)) == []
    assert database.read(lambda c: due_timers(c, LATER)) == [
        DueTimer(anna, "web", "anna", "remind", LATER)
    ]


def test_a_timer_that_is_set_again_is_moved(database: Database, anna: str) -> None:
    database.write(lambda c: set_timer(c, anna, "remind", NOW))
    database.write(lambda c: set_timer(c, anna, "remind", LATER))
    assert _due(database) == []
    assert not database.write(lambda c: take_due(c, anna, "remind", NOW))
    assert _due(database, LATER) == ["remind"]


def test_a_timer_is_taken_once(database: Database, anna: str) -> None:
    database.write(lambda c: set_timer(c, anna, "remind", NOW))
    assert [database.write(lambda c: take_due(c, anna, "remind", NOW)) for _ in range(2)] == [
        True,
        False,
    ]
    assert _due(database) == []


def test_the_oldest_timer_comes_first_and_no_more_than_wanted(
    database: Database, anna: str
) -> None:
    for hours in (3, 1, 2):
        due = NOW - timedelta(hours=hours)
        database.write(lambda c, n=str(hours), at=due: set_timer(c, anna, n, at))
    assert _due(database) == ["3", "2", "1"]
    assert [each.name for each in database.read(lambda c: due_timers(c, NOW, 2))] == ["3", "2"]


@pytest.mark.parametrize(
    ("prefix", "left"),
    [
        ("", []),
        ("remind:intake", ["expire:intake", "remind:question:0"]),
        ("expire:", ["remind:intake:0", "remind:intake:1", "remind:question:0"]),
        ("remind_", ["expire:intake", "remind:intake:0", "remind:intake:1", "remind:question:0"]),
        ("%", ["expire:intake", "remind:intake:0", "remind:intake:1", "remind:question:0"]),
    ],
)
def test_timers_are_cancelled_by_how_their_names_begin(
    database: Database, anna: str, prefix: str, left: list[str]
) -> None:
    for name in ("remind:intake:0", "remind:intake:1", "expire:intake", "remind:question:0"):
        database.write(lambda c, n=name: set_timer(c, anna, n, NOW))
    database.write(lambda c: cancel_timers(c, anna, prefix))
    assert sorted(_due(database)) == left


def test_another_conversation_keeps_its_timers(database: Database, anna: str) -> None:
    bilal = database.write(lambda c: load(c, "web", "bilal", NOW)).id
    for each in (anna, bilal):
        database.write(lambda c, i=each: set_timer(c, i, "remind", NOW))
    database.write(lambda c: cancel_timers(c, anna, ""))
    assert [each.person for each in database.read(lambda c: due_timers(c, NOW))] == ["bilal"]
    assert not database.write(lambda c: take_due(c, anna, "remind", NOW))
