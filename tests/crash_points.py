"""Kills a process at its k-th boundary, for every k: each statement, commit and send is one.

A scenario is what was before (`prepare`) and what happens (`act`). What happens is begun in a
child process that is killed with SIGKILL at its k-th boundary; then a new process does what a
restart does, and what the channel delivers again. `play` gives what is left in the store and what
went out, to be compared with a run that nobody disturbed. To add a scenario, add it to SCENARIOS
in test_crash_points.py.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from kpbot.delivery import deliver_due
from kpbot.house import House
from kpbot.model import Content, Conversation, Inbound, Message
from kpbot.store import conversations, outbox
from kpbot.store.codec import tagged
from kpbot.store.database import Database
from kpbot.store.tables import metadata
from kpbot.turn import Taken, receive
from kpbot.upkeep import fire_due_timers
from postgres import Server
from walk import NOW

CHANNELS = ("web", "mail", "staff", "webhook")
LATER = outbox.LEASE + timedelta(seconds=1)
"""After so long a new process has what a dead one had leased."""
FAILED = 70
"""Exit status of a child in which something raised."""

_FLEETING = {
    "outbox": {"id", "attempts", "doubts", "leased_until"},
    "inbox": {"id"},
    "case_entries": {"id"},
}
"""Columns in which a disturbed run may differ: tries, and gaps in numbers."""

Plug = Callable[[], None]
"""Called at each boundary; it may not return."""


@dataclass
class World:
    """One process with its database, its channels and its clock."""

    database: Database
    house: House
    sent: Path
    plug: Plug
    now: datetime = NOW

    def happen(self, person: str, message_id: str, content: Content) -> Taken | None:
        """The message has become a turn, as on its first delivery and on every later one."""
        return receive(self.database, self._inbound(person, message_id, content), self.house)

    def fire(self, at: datetime) -> None:
        """Every timer that is due then has become a turn, and those these turns made due."""
        while fire_due_timers(
            self.database, lambda each: receive(self.database, each, self.house), at
        ):
            pass

    def deliver(self) -> None:
        """What is due went out."""
        channels = {name: _Channel(name, self.sent, self.plug) for name in CHANNELS}
        asyncio.run(deliver_due(self.database, channels, lambda: self.now))

    def shown(self, person: str) -> Conversation:
        """The person's conversation as it is now."""
        kept = self.database.read(lambda c: conversations.glance(c, "web", person))
        assert kept is not None
        return kept

    def _inbound(self, person: str, message_id: str, content: Content) -> Inbound:
        return Inbound("web", person, message_id, NOW, content, "de")


@dataclass(frozen=True)
class Scenario:
    """What was before, and what happens; both are the same every time."""

    name: str
    prepare: Callable[[World], None]
    act: Callable[[World], None]


@dataclass
class Left:
    """What is left when everything went out."""

    rows: dict[str, list[str]]
    """Of each table, in order, without the columns that may differ."""
    sent: dict[str, list[str]]
    """Of each address, what arrived, in order."""


class Stage:
    """Where scenarios are played: a fresh copy of the same database each time."""

    def __init__(self, folder: Path, house: House, server: Server | None) -> None:
        """Databases are files in the folder, or on the server."""
        self.folder = folder
        self.house = house
        self.server = server
        self._template = f"sqlite:///{folder / 'before.db'}"

    def prepare(self, scenario: Scenario) -> None:
        """What was before is in the database that copies are made of."""
        if self.server is not None:
            self._template = self.server.create()
        with self._world(self._template, NOW) as world:
            scenario.prepare(world)

    def play(self, scenario: Scenario, k: int | None) -> tuple[Left, bool]:
        """What is left after a kill at the k-th boundary, a restart and a second delivery.

        Also whether the process was killed at all; None: it is not.
        """
        url = self._copied()
        sent = self.folder / "sent"
        sent.write_text("")
        status = self._child(scenario, url, sent, k)
        if status not in {0, -signal.SIGKILL}:
            raise AssertionError(f"{scenario.name}, boundary {k}: the child ended with {status}")
        with self._world(url, NOW + LATER, sent) as world:
            world.database.forget()  # as a server does when it starts
            scenario.act(world)
            world.deliver()
            names = world.database.read(_names)
            rows = world.database.read(_rows)
            left = Left(_named(rows, names), _named(_lines(sent), names))
        if self.server is not None:
            self.server.drop(url)
        return left, status == -signal.SIGKILL

    def clear(self) -> None:
        """What copies were made of is gone."""
        if self.server is not None:
            self.server.drop(self._template)

    def _copied(self) -> str:
        if self.server is not None:
            return self.server.create(self._template.partition("@/")[2].partition("?")[0])
        for old in self.folder.glob("after.db*"):
            old.unlink()
        shutil.copy(self.folder / "before.db", self.folder / "after.db")
        return f"sqlite:///{self.folder / 'after.db'}"

    def _child(self, scenario: Scenario, url: str, sent: Path, k: int | None) -> int:
        """How a process ended that did what happens; negative: the signal that killed it."""
        pid = os.fork()
        if pid == 0:
            try:
                plug = _Count(k)
                with self._world(url, NOW, sent, plug) as world:
                    _listen(world.database.engine, plug)
                    scenario.act(world)
                os._exit(0)
            except BaseException:  # noqa: BLE001 (the child must never return into the test)
                traceback.print_exc(file=sys.__stderr__)
                os._exit(FAILED)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    @contextmanager
    def _world(
        self, url: str, now: datetime, sent: Path = Path(os.devnull), plug: Plug = lambda: None
    ) -> Iterator[World]:
        database = Database(url)
        try:
            house = replace(self.house, new_reference=_references().__next__)
            yield World(database, house, sent, plug, now)
        finally:
            database.close()


class _Count:
    """Kills the process when it comes to the k-th boundary."""

    def __init__(self, k: int | None) -> None:
        self._left = k
        self._lock = threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            if self._left is None:
                return
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class _Channel:
    """What is sent is a line in a file that survives the process, as it would at a mail server."""

    name: str
    file: Path
    plug: Plug
    repeats_show: bool = True

    async def send(self, address: str, message: Message) -> None:
        """The line is in the file."""
        self.plug()
        line = json.dumps([f"{self.name}:{address}", tagged(message)], sort_keys=True)
        with self.file.open("a") as file:
            file.write(f"{line}\n")
        self.plug()


def _listen(engine: sa.Engine, plug: Plug) -> None:
    sa.event.listen(engine, "before_cursor_execute", lambda *_: plug())
    commit = engine.dialect.do_commit

    def committing(connection: Any) -> None:
        plug()
        commit(connection)
        plug()

    engine.dialect.do_commit = committing  # type: ignore[method-assign]


def _references() -> Iterator[str]:
    """The same references in every process: the first that is free is taken."""
    return (f"KP-222{a}{b}" for a, b in product("23456789", repeat=2))


def _rows(connection: sa.Connection) -> dict[str, list[str]]:
    rows = {}
    for table in metadata.sorted_tables:
        fleeting = _FLEETING.get(table.name, set())
        columns = ", ".join(c.name for c in table.c if c.name not in fleeting)
        order = ", ".join(c.name for c in table.primary_key)
        found = connection.exec_driver_sql(  # plain text: nothing is compiled anew each time
            f"SELECT {columns} FROM {table.name} ORDER BY {order}"  # noqa: S608 (our own names)
        )
        rows[table.name] = [str(tuple(row)) for row in found]
    return rows


def _names(connection: sa.Connection) -> dict[str, str]:
    """By conversation the person it is with: ids are drawn anew each time."""
    people = connection.exec_driver_sql("SELECT id, person FROM conversations").all()
    return {id_: f"of {person}" for id_, person in people}


def _named(lists: dict[str, list[str]], names: dict[str, str]) -> dict[str, list[str]]:
    """The same with names in place of ids."""
    ids = re.compile("|".join(map(re.escape, names)) or "(?!)")
    return {
        key: [ids.sub(lambda found: names[found[0]], each) for each in values]
        for key, values in lists.items()
    }


def _lines(sent: Path) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {}
    for address, message in map(json.loads, sent.read_text().splitlines()):
        lines.setdefault(address, []).append(json.dumps(message, sort_keys=True))
    return lines
