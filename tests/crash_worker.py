"""Ten conversations at a time against one database file, until killed: run by test_crash.

usage: crash_worker.py DATABASE DELIVERED CONVERSATIONS

Prints `ready`, then a JSON line for each turn that was acknowledged, then `done`. What a channel
delivers is appended to the file DELIVERED, as a mail server would keep it whoever dies.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from kpbot.app import build_house
from kpbot.channels.terminal import TerminalChannel
from kpbot.model import Letter, Opened, Outbound
from kpbot.person import Person
from kpbot.settings import Settings
from kpbot.store.database import Database
from walk import next_step

AT_ONCE = 10


class WitnessedChannel(TerminalChannel):
    """The terminal, but what is sent is also in a file that survives this process."""

    def __init__(self, path: Path) -> None:
        """Lines are appended to the file of this path."""
        super().__init__()
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    async def send(self, address: str, message: Outbound | Letter) -> None:
        """The message is in the file before it counts as sent."""
        assert isinstance(message, Outbound)
        line = json.dumps([address, message.turn, message.text])
        os.write(self._file, f"{line}\n".encode())
        await super().send(address, message)


def main(url: str, delivered: str, conversations: int) -> None:
    """Every conversation has handed over its record."""
    with tempfile.TemporaryDirectory() as folder:
        house = build_house(Settings(data_dir=Path(folder)))
        database = Database(url)
        printing = Lock()

        def tell(line: object) -> None:
            with printing:
                sys.stdout.write(f"{json.dumps(line)}\n")
                sys.stdout.flush()

        def talk(number: int) -> None:
            user = f"person-{number}"
            person = Person(house, database, user, "de")
            person.channel = WitnessedChannel(Path(delivered))
            content = Opened()
            while True:
                said = [[each.turn, each.text] for each in person.happen(content)]
                assert person.taken is not None
                tell([user, said])
                conversation = person.taken.conversation
                if conversation.sent:
                    person._runner.close()
                    return
                content = next_step(person.taken.at, conversation.turn)

        tell("ready")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(talk, range(conversations)))
        database.close()
        tell("done")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
