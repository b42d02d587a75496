"""Many at once: every message is one turn, in order, with one record, and goes out once."""

import asyncio
import json
import random
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.delivery import deliver_due
from kpbot.house import House
from kpbot.model import Content, Conversation, Inbound, Message, Opened, Outbound, Said
from kpbot.store import conversations, inbox, outbox, records
from kpbot.store.database import Database
from kpbot.store.tables import conversations as conversations_table
from kpbot.store.tables import inbox as inbox_table
from kpbot.store.tables import timers
from kpbot.turn import receive
from postgres import Server
from walk import NOW, RECORD, next_step, told

WORKERS = 8
PEOPLE = [f"person-{number}" for number in range(5)]
REPLICA = Path(__file__).parent / "replica.py"


def _script(house: House) -> list[Content]:
    """Everything a person does from the first word to the record."""
    database = Database("sqlite://")
    script: list[Content] = [Opened()]
    taken = receive(database, _inbound("somebody", 0, script[0]), house)
    while taken is not None and not taken.conversation.sent:
        script.append(next_step(taken.at, taken.conversation.turn))
        taken = receive(database, _inbound("somebody", len(script), script[-1]), house)
    database.close()
    return script


def _inbound(person: str, number: int, content: Content) -> Inbound:
    return Inbound("web", person, f"{person}:{number}", NOW, content, "de")


def _said(database: Database, person: str) -> list[Outbound]:
    said = database.read(lambda c: outbox.said_to(c, "web", person))
    return [each for _, each in said if isinstance(each, Outbound)]


def _count(database: Database, query: sa.Select[tuple[int]]) -> int:
    return database.read(lambda c: c.execute(query).scalar_one())


def test_eight_who_deliver_the_same_enquiries_hand_over_each_once(
    shared_database: Database, house: House
) -> None:
    """As when every update comes eight times: nobody goes on before the step is known."""
    script = _script(house)
    start = threading.Barrier(WORKERS)

    def deliver(_: int) -> int:
        start.wait()
        steps = [(number, person) for number in range(len(script)) for person in PEOPLE]
        return sum(
            receive(shared_database, _inbound(person, number, script[number]), house) is not None
            for number, person in steps
        )

    with ThreadPoolExecutor(WORKERS) as pool:
        taken = sum(pool.map(deliver, range(WORKERS)))
    assert taken == len(script) * len(PEOPLE), "every message is one turn"
    kept = shared_database.read(records.every)
    assert len(kept) == len(PEOPLE)
    assert len({each.conversation for each in kept}) == len(PEOPLE)
    assert all(told(each.record) == RECORD for each in kept)
    assert shared_database.read(inbox.failures) == 0
    for person in PEOPLE:
        turns = [each.turn for each in _said(shared_database, person) if not each.toast]
        assert turns == sorted(set(turns)), "answers stand in the order of their turns"
        assert len(turns) == len(script)


def test_updates_that_come_twice_and_in_any_order_are_one_turn_each(
    shared_database: Database, house: House
) -> None:
    chance = random.Random(7)  # noqa: S311 (an order)
    messages = [
        _inbound(person, number, Said(f"Nachricht {number}"))
        for person in PEOPLE
        for number in range(12)
    ]
    updates = messages * 3
    chance.shuffle(updates)
    with ThreadPoolExecutor(WORKERS) as pool:
        taken = list(pool.map(lambda each: receive(shared_database, each, house), updates))
    assert len([each for each in taken if each is not None]) == len(messages)
    assert _count(shared_database, sa.select(sa.func.count()).select_from(inbox_table)) == len(
        messages
    )
    assert shared_database.read(inbox.failures) == 0
    for person in PEOPLE:
        turns = [each.turn for each in _said(shared_database, person) if not each.toast]
        assert turns == sorted(turns)
        assert len(_said(shared_database, person)) == 12, "every message was answered once"


def test_a_person_whose_first_words_come_eightfold_has_one_conversation(
    shared_database: Database, house: House
) -> None:
    start = threading.Barrier(WORKERS)

    def greet(number: int) -> object:
        start.wait()
        return receive(shared_database, _inbound("anna", number, Said("Guten Tag")), house)

    with ThreadPoolExecutor(WORKERS) as pool:
        assert all(pool.map(greet, range(WORKERS)))
    count = sa.select(sa.func.count()).select_from(conversations_table)
    assert _count(shared_database, count) == 1


def test_a_conversation_begun_outside_a_turn_at_the_same_moment_is_one(
    shared_database: Database,
) -> None:
    """As the desk does it: nothing but the table's key stands between them."""
    start = threading.Barrier(WORKERS)

    def load(_: int) -> str:
        start.wait()
        return shared_database.write(lambda c: conversations.load(c, "web", "anna", NOW)).id

    with ThreadPoolExecutor(WORKERS) as pool:
        assert len(set(pool.map(load, range(WORKERS)))) == 1


def test_no_change_to_a_conversation_is_lost(shared_database: Database) -> None:
    """Who loads a conversation has it alone until they have saved it."""

    def count(_: int) -> None:
        def work(connection: sa.Connection) -> None:
            kept = conversations.load(connection, "web", "anna", NOW)
            conversations.save(connection, Conversation(kept.id, turn=kept.turn + 1), NOW)

        shared_database.write(work)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(count, range(80)))
    kept = shared_database.read(lambda c: conversations.glance(c, "web", "anna"))
    assert kept is not None
    assert kept.turn == 80


def test_a_message_that_comes_again_while_the_person_is_erased_begins_nothing(
    shared_database: Database, house: House
) -> None:
    """The last message of a person who goes is delivered by all at the same moment."""
    for round_ in range(6):
        person = f"person-{round_}"
        receive(shared_database, _inbound(person, 0, Opened()), house)
        taken = receive(shared_database, _inbound(person, 1, Said("löschen")), house)
        assert taken is not None
        last = _inbound(person, 2, Said("ja"))
        with ThreadPoolExecutor(WORKERS) as pool:
            done = list(
                pool.map(lambda each: receive(shared_database, each, house), [last] * WORKERS)
            )
        (gone,) = [each for each in done if each is not None]
        assert gone.erased
        found = shared_database.read(lambda c, each=person: conversations.find(c, each))  # type: ignore[misc]
        assert found == []


def test_two_who_stand_in_each_others_way_are_both_done(shared_database: Database) -> None:
    """A deadlock on PostgreSQL: one is undone by the server, and begun again by us."""
    for name in ("left", "right"):
        shared_database.write(
            lambda c, each=name: c.execute(  # type: ignore[misc]
                timers.insert().values(conversation="c", name=each, due=NOW)
            )
        )
    both_hold_one = threading.Barrier(2)
    begun: Counter[str] = Counter()

    def cross(order: tuple[str, str]) -> None:
        def work(connection: sa.Connection) -> None:
            begun[order[0]] += 1
            _touch(connection, order[0])
            if shared_database.url.get_backend_name() == "postgresql" and begun[order[0]] == 1:
                both_hold_one.wait()
            _touch(connection, order[1])

        shared_database.write(work)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(cross, [("left", "right"), ("right", "left")]))
    expected = 3 if shared_database.url.get_backend_name() == "postgresql" else 2
    assert sum(begun.values()) == expected


def _touch(connection: sa.Connection, name: str) -> None:
    connection.execute(timers.update().where(timers.c.name == name).values(due=NOW))


class _Witness:
    """Counts what is sent."""

    repeats_show = True

    def __init__(self, sent: "list[tuple[str, str]]") -> None:
        self.name = "web"
        self.sent = sent

    async def send(self, address: str, message: Message) -> None:
        assert isinstance(message, Outbound)
        await asyncio.sleep(0)
        self.sent.append((address, message.text))


def test_eight_who_deliver_send_everything_once_and_each_address_in_order(
    shared_database: Database,
) -> None:
    def put(connection: sa.Connection) -> None:
        for number in range(20):
            for person in PEOPLE:
                words = Outbound("web", person, number, "de", f"{number:02}")
                outbox.put(
                    connection, words, channel="web", address=person, conversation=None, at=NOW
                )

    shared_database.write(put)
    sent: list[tuple[str, str]] = []
    start = threading.Barrier(WORKERS)

    def deliver(_: int) -> None:
        start.wait()
        while shared_database.read(outbox.waiting)[0]:
            asyncio.run(deliver_due(shared_database, {"web": _Witness(sent)}, lambda: NOW))

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(deliver, range(WORKERS)))
    assert len(sent) == 100
    for person in PEOPLE:
        texts = [text for address, text in sent if address == person]
        assert texts == [f"{number:02}" for number in range(20)]


@pytest.mark.slow
def test_two_replicas_on_one_database_are_one_bot(
    postgresql: Server, postgresql_url: str, tmp_path: Path
) -> None:
    """Two processes of four workers take the same updates in different orders, and deliver."""
    del postgresql
    sent = tmp_path / "sent"
    replicas = [
        subprocess.Popen(
            [sys.executable, REPLICA, postgresql_url, sent, str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(2)
    ]
    for each in replicas:  # both are ready before either begins
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n", each.communicate()[1]
    for each in replicas:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in replicas:
        _, complaints = each.communicate()
        assert each.returncode == 0, complaints

    database = Database(postgresql_url)
    kept = database.read(records.every)
    assert len(kept) == len(PEOPLE)
    assert all(told(each.record) == RECORD for each in kept)
    assert database.read(inbox.failures) == 0
    assert database.read(outbox.waiting) == (0, None)
    said = {(person, each.text) for person in PEOPLE for each in _said(database, person)}
    lines = [tuple(json.loads(line)) for line in sent.read_text().splitlines()]
    messages = [(address, number) for address, number, _ in lines]
    assert len(messages) == len(set(messages)), "a message went out twice"
    assert {(address, text) for address, _, text in lines} == said
    for person in PEOPLE:
        numbers = [number for address, number, _ in lines if address == person]
        assert numbers == sorted(numbers), "a person got messages out of order"
    database.close()
