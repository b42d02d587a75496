"""Floods: answered once, then not heard for a while; everybody else is heard all the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from bot_running import TOKEN, Running
from hypothesis import given
from hypothesis import strategies as st

from bot_api import BotApi
from kpbot.channels.limits import Buckets, Rate
from kpbot.channels.telegram import reception
from kpbot.channels.telegram.reception import NOTICE_RATE, PERSON_RATE
from kpbot.channels.telegram.words import too_often
from kpbot.house import House
from kpbot.model import LANGUAGES, Inbound
from kpbot.store.database import Database
from kpbot.turn import receive

pytestmark = pytest.mark.slow

BURST = int(PERSON_RATE.burst)


@pytest.fixture
def database() -> Iterator[Database]:
    """One kind of store is enough: the limit stands before it."""
    opened = Database("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as running:
        running.bot(TOKEN, username="kpbot")
        yield running


@pytest.fixture
def taken() -> list[Inbound]:
    """What went on to the house."""
    return []


@pytest.fixture
def running(
    api: BotApi,
    house: House,
    database: Database,
    taken: list[Inbound],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Running]:
    """The bot; what it takes is counted, and the first message becomes a real turn.

    Its limit grows so slowly that the speed of this machine plays no part.
    """
    monkeypatch.setattr(reception, "PERSON_RATE", Rate(BURST, 1 / 60))

    def take(inbound: Inbound) -> None:
        taken.append(inbound)
        if len(taken) == 1:
            receive(database, inbound, house)

    started = Running(api, house, database, take=take)
    yield started
    started.stop()


class Person:
    """Somebody who writes as quickly as a machine."""

    def __init__(self, running: Running, id_: int, language: str = "fr") -> None:
        self._running = running
        self._bot = running.bot
        self._language = language
        self.chat = running.api.private_chat(self._bot, id_, begun=True)
        self._update = id_ * 1000

    def write(self, text: str = "?") -> None:
        self._update += 1
        user = {"id": self.chat.id, "is_bot": False, "first_name": "S"}
        message = {
            "message_id": self._update,
            "date": 1,
            "chat": {"id": self.chat.id, "type": "private", "first_name": "S"},
            "from": {**user, "language_code": self._language},
            "text": text,
        }
        self._running.do(
            self._running.channel.take({"update_id": self._update, "message": message})
        )

    def press(self) -> None:
        self._update += 1
        user = {"id": self.chat.id, "is_bot": False, "first_name": "S"}
        query = {"id": str(self._update), "from": user, "chat_instance": "1", "data": "a.1.b.c"}
        query["message"] = {
            "message_id": 1,
            "date": 1,
            "chat": {"id": self.chat.id, "type": "private", "first_name": "S"},
        }
        update = {"update_id": self._update, "callback_query": query}
        self._running.do(self._running.channel.take(update))

    @property
    def heard(self) -> list[str]:
        return [message.text for message in self.chat.messages]


def test_a_person_is_told_once_and_then_not_heard_for_a_while(
    running: Running, taken: list[Inbound]
) -> None:
    person = Person(running, 1001)
    person.write("/start fr")
    for _ in range(2 * BURST):
        person.write()
    assert len(taken) == BURST
    assert person.heard == [too_often("fr")]


def test_presses_count_as_well(running: Running, taken: list[Inbound]) -> None:
    person = Person(running, 1001)
    for _ in range(2 * BURST):
        person.press()
    assert len(taken) == BURST
    assert len(person.heard) == 1


def test_everybody_else_is_heard(running: Running, taken: list[Inbound]) -> None:
    flood = Person(running, 1001)
    for _ in range(BURST + 5):
        flood.write()
    for number in range(5):
        Person(running, 2000 + number).write("hallo")
    assert [each.person for each in taken[BURST:]] == [str(2000 + number) for number in range(5)]


def test_after_a_while_the_person_is_heard_and_if_need_be_told_again(
    running: Running, taken: list[Inbound], api: BotApi
) -> None:
    person = Person(running, 1001)
    for _ in range(BURST + 5):
        person.write()
    api.advance(61)
    person.write("noch einmal")
    assert len(taken) == BURST + 1
    assert len(person.heard) == 1
    for _ in range(2 * BURST):
        person.write()
    assert len(person.heard) == 2


def test_the_language_is_the_conversations_else_that_of_the_program_else_every_one(
    running: Running,
) -> None:
    people = {"en": Person(running, 1001, "de"), "de": Person(running, 1002, "de")}
    people["en"].write("/start en")  # it becomes a real turn
    people[""] = Person(running, 1003, "pl")
    for person in people.values():
        for _ in range(BURST + 1):
            person.write()
    assert people["en"].heard == [too_often("en")]
    assert people["de"].heard == [too_often("de")]
    assert people[""].heard == [too_often(None)]


def test_the_sentence_is_in_four_languages_and_different_in_each() -> None:
    each = [too_often(language) for language in LANGUAGES]
    assert len(set(each)) == 4
    assert too_often(None) == "\n\n".join(each)


def test_what_telegram_must_bring_again_is_not_counted_against_the_person(
    api: BotApi, house: House, database: Database
) -> None:
    """A store that is away for a minute must not make us lose a message."""
    taken: list[Inbound] = []

    def take(inbound: Inbound) -> None:
        if len(taken) < 3 * BURST:
            taken.append(inbound)
            raise sa.exc.OperationalError("", None, Exception())
        receive(database, inbound, house)

    running = Running(api, house, database, take=take)
    try:
        person = Person(running, 1001)
        for _ in range(3 * BURST):
            with pytest.raises(sa.exc.OperationalError):
                person.write("eins")
        person.write("zwei")
        running.deliver()
        assert len(person.heard) == 1
        assert too_often("fr") not in person.heard
    finally:
        running.stop()


def test_a_person_who_cannot_be_told_is_silent_and_nothing_fails(
    running: Running, taken: list[Inbound]
) -> None:
    person = Person(running, 1001)
    person.chat.blocked = True
    for _ in range(BURST + 3):
        person.write()
    assert len(taken) == BURST


def test_a_hand_is_never_too_quick() -> None:
    """One press a second for an hour, and a minute's burst of a very quick typist."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    buckets = Buckets(PERSON_RATE, lambda: now)
    for _ in range(3600):
        assert buckets.take("a") == 0
        now += timedelta(seconds=1)
    assert all(buckets.take("a") == 0 for _ in range(50))
    assert NOTICE_RATE.a_second <= 1 / 60


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 20), st.booleans()), max_size=200))
def test_never_more_than_the_burst_and_what_has_grown_since(
    steps: list[tuple[str, int, bool]],
) -> None:
    rate = Rate(burst=5, a_second=0.5)
    now = start = datetime(2026, 11, 23, tzinfo=UTC)
    buckets = Buckets(rate, lambda: now)
    passed = dict.fromkeys("abc", 0)
    for key, seconds, gives_back in steps:
        now += timedelta(seconds=seconds)
        if buckets.take(key) == 0:
            if gives_back:
                buckets.give_back(key)
            else:
                passed[key] += 1
        grown = (now - start).total_seconds() * rate.a_second
        assert all(count <= rate.burst + grown for count in passed.values())


def test_a_crowd_of_keys_costs_no_more_memory_than_so_many() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    buckets = Buckets(Rate(burst=5, a_second=0.001), lambda: now)
    for number in range(30_000):
        buckets.take(str(number))
    assert len(buckets._levels) <= 10_001
