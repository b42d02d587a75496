"""The terminal does what every channel must do, and each person hears only what is theirs."""

from __future__ import annotations

import asyncio
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from contract import ChannelContract, Talk

from kpbot.channels.terminal import TerminalChannel
from kpbot.model import Content, Letter, Opened, Outbound, Said
from kpbot.person import Person
from kpbot.rehearsal import FixedClock
from kpbot.store import outbox
from kpbot.store.database import Database
from walk import NOW, RECORD, Arrive, next_step, told


class TerminalTalk:
    """A person at the terminal."""

    channel = "terminal"
    person = "anna"

    def __init__(self, anna: Person) -> None:
        """Nothing was said yet."""
        self.house = anna.house
        self.database = anna.database
        self._anna = anna

    def do(self, content: Content) -> list[str]:
        return [each.text for each in self._anna.happen(content)]

    def again(self) -> list[str]:
        return [each.text for each in self._anna.again()]

    def deliver(self, *texts: str) -> list[str]:
        if self._anna.taken is None:
            self._anna.happen(Opened())
        put(self.database, self.person, *texts)
        return [each.text for each in self._anna.again()]


def put(database: Database, person: str, *texts: str) -> None:
    for text in texts:
        message = Outbound("terminal", person, 1, "de", text)
        database.write(
            lambda c, each=message: outbox.put(
                c, each, channel="terminal", address=person, conversation=None, at=NOW
            )
        )


class TestTerminal(ChannelContract):
    @pytest.fixture
    def talk(self, arrive: Arrive) -> Talk:
        return TerminalTalk(arrive(TerminalTalk.person, clock=FixedClock()))


def test_what_was_said_is_taken_once() -> None:
    channel = TerminalChannel()
    message = Outbound("terminal", "anna", 1, "de", "Guten Tag")
    asyncio.run(channel.send("anna", message))
    asyncio.run(channel.send("anna", Letter("KP-1", "not for people", "KP-1")))
    assert channel.take() == [message]
    assert channel.take() == []


def test_nobody_hears_what_is_said_to_somebody_else(database: Database, arrive: Arrive) -> None:
    put(database, "bilal", "only for bilal")
    anna = arrive("anna")
    assert all("bilal" not in each.text for each in anna.happen(Opened()))
    bilal = arrive("bilal", clock=FixedClock())
    assert next(each.text for each in bilal.happen(Opened())) == "only for bilal"


def test_what_a_killed_process_had_in_hand_is_said_with_the_next_answer(
    database: Database, arrive: Arrive
) -> None:
    put(database, "anna", "in hand")
    leased = database.write(lambda c: outbox.lease(c, ["terminal"], NOW))
    assert [each.message.text for each in leased] == ["in hand"]
    anna = arrive("anna", clock=FixedClock())
    first, second = anna.happen(Opened())
    assert first.text == "in hand"
    assert second.buttons


def test_ten_people_at_the_same_instant_have_ten_conversations(arrive: Arrive) -> None:
    def talk(number: int) -> dict[str, object]:
        person = arrive(f"person-{number}", clock=FixedClock())
        person.happen(Opened())
        for _ in range(40):
            assert person.taken is not None
            if person.taken.record is not None:
                return told(person.taken.record)
            step = next_step(person.taken.at, person.taken.conversation.turn)
            assert len(person.happen(step)) == 1
        raise AssertionError(person.taken)

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(talk, range(10))) == list(itertools.repeat(RECORD, 10))


def test_a_conversation_goes_on_in_another_process(arrive: Arrive) -> None:
    first = arrive("anna")
    for content in (Opened(), Said("Anfrage"), Said("ja")):
        first.happen(content)
    second = arrive("anna", None)
    (shown,) = second.happen(Opened())
    assert second.taken is not None
    assert second.taken.at == "group"
    assert shown.language == "de"


def test_without_a_first_event_there_is_nothing_to_repeat(arrive: Arrive) -> None:
    assert arrive("anna").again() == []
