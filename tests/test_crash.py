"""Pulling the plug while ten conversations run loses no answer and hands over no record twice."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.model import Outbound
from kpbot.store import outbox, records
from kpbot.store.database import Database
from kpbot.store.tables import conversations, inbox
from walk import RECORD, told

CONVERSATIONS = 60
KILLS = 12
WORKER = Path(__file__).parent / "crash_worker.py"

Acknowledged = tuple[str, int, str]
"""Who, the turn, and what was said: an answer that the person has seen."""


class Run:
    """One life of the worker, from its start to its death."""

    def __init__(self, url: str, delivered: Path) -> None:
        """It has begun to talk."""
        self.acknowledged: list[Acknowledged] = []
        self.done = False
        self._process = subprocess.Popen(
            [sys.executable, str(WORKER), url, str(delivered), str(CONVERSATIONS)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == '"ready"\n', self._process.stderr.read()  # type: ignore[union-attr]
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def kill(self) -> None:
        """It was killed where it was."""
        os.kill(self._process.pid, signal.SIGKILL)
        self.finish()

    def wait(self, seconds: float) -> bool:
        """Whether it still runs after so much time."""
        self._reader.join(seconds)
        return self._reader.is_alive()

    def finish(self) -> str:
        """It has ended; what it complained of."""
        self._reader.join()
        self._process.wait()
        assert self._process.stderr is not None
        assert self._process.stdout is not None
        with self._process.stdout, self._process.stderr as complaints:
            return complaints.read()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for raw in self._process.stdout:
            if not raw.endswith("\n"):
                return  # killed while it wrote: nobody has read this answer
            line = json.loads(raw)
            if line == "done":
                self.done = True
                return
            user, said = line
            self.acknowledged += [(user, turn, text) for turn, text in said]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database that survives its processes."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kpbot.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.mark.slow
def test_killed_a_dozen_times_nothing_is_lost_and_nothing_handed_over_twice(
    url: str, tmp_path: Path
) -> None:
    chance = random.Random(1)  # noqa: S311 (when to pull the plug)
    delivered = tmp_path / "delivered"
    acknowledged: list[Acknowledged] = []
    kills = 0
    while True:
        run = Run(url, delivered)
        if kills < KILLS and run.wait(chance.uniform(0.01, 0.4)):
            run.kill()
            kills += 1
            acknowledged += run.acknowledged
            continue
        complaints = run.finish()
        acknowledged += run.acknowledged
        assert run.done, complaints
        break
    assert kills >= 10, "the conversations were over before the plug was pulled often enough"

    database = Database(url)
    said = _said(database)
    sent = Counter(_delivered(delivered))
    assert set(acknowledged) <= set(said), "an answer somebody saw is not in the store"
    assert all(count == 1 for count in Counter(said).values()), "an answer was given twice"
    assert set(said) <= set(sent), "an answer was never delivered"
    assert database.read(outbox.waiting) == (0, None)
    kept = database.read(records.every)
    assert Counter(each.conversation for each in kept) == dict.fromkeys(_conversations(database), 1)
    assert len(kept) == CONVERSATIONS
    assert all(told(each.record) == RECORD for each in kept)
    assert _failures(database) == []
    database.close()
    again = sum(sent.values()) - len(said)
    print(f"{kills} kills, {len(said)} answers, {len(acknowledged)} seen, {again} sent again")  # noqa: T201 (pytest -s)


def _said(database: Database) -> list[Acknowledged]:
    def work(connection: sa.Connection) -> list[Acknowledged]:
        return [
            (each.person, each.turn, each.text)
            for number in range(CONVERSATIONS)
            for _, each in outbox.said_to(connection, "terminal", f"person-{number}")
            if isinstance(each, Outbound)
        ]

    return database.read(work)


def _delivered(path: Path) -> list[Acknowledged]:
    return [(line[0], line[1], line[2]) for line in map(json.loads, path.read_text().splitlines())]


def _conversations(database: Database) -> list[str]:
    return database.read(lambda c: list(c.execute(sa.select(conversations.c.id)).scalars()))


def _failures(database: Database) -> list[str]:
    query = sa.select(inbox.c.failure).where(inbox.c.failure.is_not(None))
    return database.read(lambda c: [str(each) for each in c.execute(query).scalars()])
