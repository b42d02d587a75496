"""One of several processes on one database: run by test_races.

usage: replica.py DATABASE SENT SEED

Four workers take every step of every enquiry, each in an order of its own; then everything that
waits is delivered, with the others, into the file SENT.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kpbot.app import build_house
from kpbot.delivery import deliver_due
from kpbot.house import House
from kpbot.model import Content, Inbound, Message, Opened, Outbound
from kpbot.settings import Settings
from kpbot.store import outbox
from kpbot.store.database import Database
from kpbot.turn import receive
from walk import NOW, next_step

PEOPLE = [f"person-{number}" for number in range(5)]


class _Witness:
    """What is sent is a line in a file that all replicas share."""

    name = "web"
    repeats_show = True

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    async def send(self, address: str, message: Message) -> None:
        """The line is in the file."""
        assert isinstance(message, Outbound)
        os.write(self._file, (json.dumps([address, message.turn, message.text]) + "\n").encode())


def _script(house: House) -> list[Content]:
    database = Database("sqlite://")
    script: list[Content] = [Opened()]
    taken = receive(database, Inbound("web", "x", "0", NOW, script[0], "de"), house)
    while taken is not None and not taken.conversation.sent:
        script.append(next_step(taken.at, taken.conversation.turn))
        message_id = str(len(script))
        taken = receive(database, Inbound("web", "x", message_id, NOW, script[-1], "de"), house)
    database.close()
    return script


def main(url: str, sent: str, seed: int) -> None:
    """Every enquiry is handed over, and nothing waits any more."""
    with tempfile.TemporaryDirectory() as folder:
        house = build_house(Settings(data_dir=Path(folder)))
    script = _script(house)
    database = Database(url)
    channel = _Witness(sent)

    def work(number: int) -> None:
        people: Sequence[str] = PEOPLE
        people = random.Random(10 * seed + number).sample(people, len(people))  # noqa: S311 (an order)
        for step, content in enumerate(script):
            for person in people:
                inbound = Inbound("web", person, f"{person}:{step}", NOW, content, "de")
                receive(database, inbound, house)
            asyncio.run(deliver_due(database, {"web": channel}, lambda: NOW))

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    while database.read(outbox.waiting)[0]:
        asyncio.run(deliver_due(database, {"web": channel}, lambda: NOW))
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
