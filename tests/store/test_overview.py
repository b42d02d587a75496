"""How the store stands: cases that are open, messages that were given up, a SQLite to replace."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from kpbot.cases import Case, CaseState
from kpbot.model import Outbound
from kpbot.store import cases, outbox, overview
from kpbot.store.database import Database
from walk import NOW


def test_open_cases_are_counted_by_state(database: Database) -> None:
    opened = Case("KP-22222", "c", "open", "desk_egypt", NOW)
    states: tuple[CaseState, ...] = ("open", "open", "waiting_person", "closed")

    def work(connection: sa.Connection) -> None:
        for number, state in enumerate(states):
            cases.open_case(connection, replace(opened, reference=f"KP-{number}", state=state))

    database.write(work)
    assert database.read(overview.open_cases) == {"open": 2, "waiting_person": 1}


def test_messages_that_were_given_up_are_counted_by_channel(database: Database) -> None:
    ends = {"web": None, "mail": False, "telegram": True}

    def work(connection: sa.Connection) -> None:
        for channel, doubtful in ends.items():
            message = Outbound(channel, "anna", 1, "de", "Guten Tag")
            for _ in range(2):
                id_ = outbox.put(
                    connection, message, channel=channel, address="anna", conversation=None, at=NOW
                )
            if doubtful is not None:
                outbox.mark_failed(connection, id_, "refused", None, doubtful=doubtful)

    database.write(work)
    assert database.read(overview.given_up) == {"mail": {"failed": 1}, "telegram": {"doubtful": 1}}


@pytest.mark.parametrize(
    ("version", "has"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_releases_of_sqlite_that_may_damage_a_file_are_known(
    version: tuple[int, ...], has: bool
) -> None:
    assert overview.has_wal_bug(version) is has
