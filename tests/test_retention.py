"""What may be kept no longer goes, by kind; what may be kept stays; and it is said what went."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kpbot.app import Clock, periods_of
from kpbot.cases import Claim, Reply
from kpbot.cli import privacy
from kpbot.engine.counting import Counted
from kpbot.events import Subscription
from kpbot.house import House, Receivers
from kpbot.model import (
    ByAdvisor,
    Card,
    Conversation,
    Inbound,
    Letter,
    Notification,
    Opened,
    Outbound,
    Said,
)
from kpbot.person import Person
from kpbot.retention import Periods, remove_daily, remove_expired
from kpbot.settings import Settings
from kpbot.store import (
    advisors,
    cases,
    conversations,
    counts,
    expiry,
    inbox,
    notes,
    outbox,
    records,
    sessions,
    tables,
    timers,
)
from kpbot.store.database import Database
from kpbot.turn import Taken, act
from kpbot.upkeep import rounds
from walk import NOW, Arrive, next_step

DAY = timedelta(days=1)
EVERYBODY = Receivers(("desk@example.org",), mail_details=True, staff_chat="-100", webhook=True)
PERIODS = Periods()
NOTHING = dict.fromkeys(
    (
        "records",
        "messages_failed",
        "messages_received",
        "messages_said",
        "messages_to_advisors",
        "conversations",
        "goodbyes",
        "keys_of_erased",
        "figures",
        "sessions",
        "copies",
    ),
    0,
)


def gone(database: Database, at: datetime, receivers: Receivers = EVERYBODY) -> dict[str, int]:
    """What a round at that instant removed, without the kinds of which nothing went."""
    removed = remove_expired(database, PERIODS, receivers, at)
    return {kind: number for kind, number in removed.items() if number}


def begin(database: Database, person: str, at: datetime = NOW) -> str:
    return database.write(lambda c: conversations.load(c, "web", person, at)).id


def say(database: Database, person: str, conversation: str | None, at: datetime) -> int:
    message = Outbound("web", person, 1, "de", "Guten Tag")
    return database.write(
        lambda c: outbox.put(
            c, message, channel="web", address=person, conversation=conversation, at=at
        )
    )


def deliver(database: Database, *ids: int) -> None:
    for id_ in ids:
        database.write(lambda c, id_=id_: outbox.mark_sent(c, id_))


def rows(database: Database, table: sa.Table) -> list[sa.Row[Any]]:
    return database.read(lambda c: list(c.execute(sa.select(table)).all()))


def sent(person: Person) -> str:
    person.happen(Opened())
    while True:
        assert person.taken is not None
        conversation = person.taken.conversation
        if conversation.sent:
            return conversation.sent[-1]
        person.happen(next_step(person.taken.at, conversation.turn))


def test_an_empty_store_loses_nothing(database: Database) -> None:
    assert remove_expired(database, PERIODS, EVERYBODY, NOW) == NOTHING


class TestRecords:
    @pytest.fixture
    def person(self, arrive: Arrive) -> Person:
        return arrive("leila", "de", receivers=EVERYBODY)

    @pytest.fixture
    def reference(self, person: Person) -> str:
        return sent(person)

    def due(self, database: Database, reference: str) -> date:
        kept = database.read(lambda c: records.get(c, reference))
        assert kept is not None
        return kept.delete_on

    def on(self, day: date) -> datetime:
        return datetime.combine(day, NOW.timetz())

    def test_a_record_goes_on_its_day_with_everything_about_it(
        self, database: Database, reference: str
    ) -> None:
        at = self.on(self.due(database, reference))
        assert "records" not in gone(database, at - DAY)
        assert database.read(lambda c: records.get(c, reference)) is not None
        assert gone(database, at)["records"] == 1
        assert database.read(lambda c: records.get(c, reference)) is None
        assert database.read(lambda c: cases.get(c, reference)) is None
        assert database.read(lambda c: cases.entries(c, reference)) == []
        names = [row.name for row in rows(database, tables.timers)]
        assert not any(reference in name for name in names)
        about = [row for row in rows(database, tables.outbox) if reference in str(row.message)]
        told = [row for row in about if row.message["type"] != "Outbound"]
        assert {row.channel: row.conversation for row in told} == dict.fromkeys(
            ("mail", "staff", "webhook")
        )
        assert gone(database, at + DAY).get("records") is None

    def test_whoever_holds_a_copy_is_told_and_nobody_else(
        self, database: Database, reference: str
    ) -> None:
        at = self.on(self.due(database, reference))
        before = {row.id for row in rows(database, tables.outbox)}
        gone(database, at, Receivers(("desk@example.org",), mail_details=False, staff_chat="-100"))
        fresh = [row for row in rows(database, tables.outbox) if row.id not in before]
        (told,) = fresh
        assert told.channel == "staff"
        assert told.message["title"] == f"{reference} · gelöscht"
        assert "Aufbewahrungsfrist" in told.message["text"]

    def test_the_person_hears_honestly_what_is_left(
        self, database: Database, person: Person, reference: str
    ) -> None:
        assert reference in person.happen(Said("status"))[0].text
        person.clock.ahead += timedelta(days=100)
        gone(database, person.clock())
        (said,) = person.happen(Said("status"))
        assert reference not in said.text
        assert "Es ist nichts gespeichert, das Sie über diesen Chat gesendet haben." in said.text

    def test_an_advisor_who_speaks_gives_the_word_back_to_the_bot(
        self, database: Database, person: Person, reference: str
    ) -> None:
        anna = database.write(
            lambda c: advisors.add(c, "Anna Amsel", "anna@example.org", role="advisor", at=NOW)
        )
        for number, action in enumerate((Claim(), Reply("Guten Tag."))):
            done = ByAdvisor(reference, anna.id, anna.name, action)
            assert isinstance(act(database, done, str(number), person.clock(), person.house), Taken)
        person.wait(timedelta(0))
        gone(database, self.on(self.due(database, reference)))
        (said,) = person.happen(Said("Hallo?"))
        assert person.taken is not None
        assert person.taken.conversation.owner == "bot"
        assert person.taken.conversation.case is None
        assert said.text

    def test_another_record_of_the_person_stays(self, database: Database, reference: str) -> None:
        first = database.read(lambda c: records.get(c, reference))
        assert first is not None
        later = {**vars_of(first), "reference": "KP-22222", "delete_on": first.delete_on + DAY}
        database.write(lambda c: records.keep(c, records.KeptRecord(**later)))
        assert gone(database, self.on(first.delete_on))["records"] == 1
        assert [each.reference for each in database.read(records.every)] == ["KP-22222"]


def vars_of(kept: records.KeptRecord) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in kept.__slots__}


def test_what_was_said_goes_by_its_own_age_and_the_last_word_stays(database: Database) -> None:
    conversation = begin(database, "anna")
    timers_set(database, conversation)
    ids = [say(database, "anna", conversation, NOW + number * DAY) for number in range(3)]
    deliver(database, *ids)
    assert gone(database, NOW + 91 * DAY) == {"messages_said": 1}
    assert gone(database, NOW + 300 * DAY) == {"messages_said": 1}
    assert [row.id for row in rows(database, tables.outbox)] == ids[-1:]


def timers_set(database: Database, conversation: str) -> None:
    database.write(lambda c: timers.set_timer(c, conversation, "expire:intake", NOW + 999 * DAY))


def test_what_arrived_goes_by_its_own_age(database: Database) -> None:
    conversation = begin(database, "anna")
    timers_set(database, conversation)
    for number in range(3):
        inbound = Inbound("web", "anna", f"{number}", NOW + number * DAY, Said("Guten Tag"))
        database.write(lambda c, i=inbound: inbox.accept(c, i, conversation))
    assert gone(database, NOW + 90 * DAY) == {}
    assert gone(database, NOW + 91 * DAY + timedelta(seconds=1)) == {"messages_received": 2}
    assert [row.message_id for row in rows(database, tables.inbox)] == ["2"]


def test_what_could_not_be_handled_loses_its_content_earlier(database: Database) -> None:
    conversation = begin(database, "anna")
    inbound = Inbound("web", "anna", "1", NOW, Said("Sabine Kern"))
    database.write(lambda c: inbox.park(c, inbound, conversation, "ValueError"))
    assert gone(database, NOW + 14 * DAY) == {}
    assert gone(database, NOW + 15 * DAY) == {"messages_failed": 1}
    (row,) = rows(database, tables.inbox)
    assert (row.content, row.failure) == ({}, "ValueError")
    assert gone(database, NOW + 16 * DAY) == {}


@pytest.mark.parametrize(
    "message",
    [
        Letter("KP-22222", "Sabine Kern", "KP-22222"),
        Card("KP-22222", "KP-22222", "Sabine Kern", ()),
        Notification("case.opened", "KP-22222", NOW, {"name": "Sabine Kern"}),
    ],
    ids=["mail", "staff", "webhook"],
)
def test_what_went_out_to_advisors_goes_and_what_waits_stays_longer(
    database: Database, message: Any, request: pytest.FixtureRequest
) -> None:
    channel = request.node.callspec.id.split("-")[-1]
    conversation = begin(database, "anna")
    timers_set(database, conversation)

    def put() -> int:
        return database.write(
            lambda c: outbox.put(
                c, message, channel=channel, address="x", conversation=conversation, at=NOW
            )
        )

    deliver(database, put())
    waiting = put()
    assert gone(database, NOW + 14 * DAY) == {}
    assert gone(database, NOW + 15 * DAY) == {"messages_to_advisors": 1}
    assert [row.id for row in rows(database, tables.outbox)] == [waiting]
    assert gone(database, NOW + 91 * DAY) == {"messages_to_advisors": 1}


def test_an_idle_chat_goes_and_one_that_holds_something_stays(database: Database) -> None:
    idle, timed = begin(database, "idle"), begin(database, "timed")
    begin(database, "lately", NOW + 60 * DAY)
    deliver(database, say(database, "idle", idle, NOW))
    timers_set(database, timed)
    database.write(lambda c: notes.put(c, "web", "idle", "keyboard", "7", conversation=idle))
    assert gone(database, NOW + 91 * DAY) == {"conversations": 1}
    assert sorted(row.person for row in rows(database, tables.conversations)) == ["lately", "timed"]
    assert rows(database, tables.notes) == []
    assert rows(database, tables.outbox) == []


def test_whoever_writes_at_that_moment_stays(database: Database) -> None:
    conversation = begin(database, "anna")
    late = NOW + 90 * DAY
    found = database.read(lambda c: expiry.idle_conversations(c, late))
    assert found == [conversation]
    kept = database.read(lambda c: conversations.glance(c, "web", "anna"))
    assert kept is not None
    database.write(lambda c: conversations.save(c, kept, late))
    assert not database.write(lambda c: expiry.remove_conversation(c, conversation, late))
    assert database.read(lambda c: conversations.find(c, "anna")) == [conversation]


def test_whoever_is_told_of_dates_stays(database: Database) -> None:
    conversation = begin(database, "anna")
    told = Conversation(conversation, subscription=Subscription(NOW, "de", "hash"))
    database.write(lambda c: conversations.save(c, told, NOW))
    assert gone(database, NOW + 500 * DAY) == {}


def test_the_last_word_to_somebody_who_was_erased_goes_a_day_later(database: Database) -> None:
    deliver(database, say(database, "anna", None, NOW))
    waits = say(database, "bilal", None, NOW)
    assert gone(database, NOW + DAY) == {}
    assert gone(database, NOW + DAY + timedelta(seconds=1)) == {"goodbyes": 1}
    assert [row.id for row in rows(database, tables.outbox)] == [waits]
    assert gone(database, NOW + 8 * DAY) == {"goodbyes": 1}


def test_figures_become_monthly_and_rare_ones_go(database: Database) -> None:
    often, rare = Counted("begun", "intake", "de", ""), Counted("begun", "intake", "ar", "")
    for number in range(4):
        day = date(2026, 3, 1 + number)
        database.write(lambda c, day=day: counts.add(c, [often], day))
    database.write(lambda c: counts.add(c, [rare, rare], date(2026, 3, 9)))
    database.write(lambda c: counts.add(c, [rare], date(2026, 11, 9)))
    assert gone(database, NOW) == {"figures": 4}
    assert sorted((row.day, row.language, row.number) for row in rows(database, tables.counts)) == [
        (date(2026, 3, 1), "de", 4),
        (date(2026, 11, 9), "ar", 1),
    ]
    assert gone(database, NOW) == {}


def test_sessions_that_have_ended_go(database: Database) -> None:
    anna = database.write(
        lambda c: advisors.add(c, "Anna Amsel", "anna@example.org", role="advisor", at=NOW)
    )
    database.write(lambda c: sessions.begin(c, anna.id, NOW))
    assert gone(database, NOW + timedelta(minutes=59)) == {}
    assert gone(database, NOW + 2 * DAY) == {"sessions": 1}


def test_copies_of_the_file_go(file_database: Database) -> None:
    path = Path(str(file_database.url.database))
    copy = path.with_name(f"{path.name}.before-upgrade-0001")
    copy.write_bytes(b"Sabine Kern")
    os.utime(copy, (NOW.timestamp(), NOW.timestamp()))
    assert gone(file_database, NOW + 30 * DAY) == {}
    assert copy.exists()
    assert gone(file_database, NOW + 31 * DAY) == {"copies": 1}
    assert not copy.exists()


def test_a_dry_run_says_the_same_and_removes_nothing(file_database: Database, house: House) -> None:
    person = Person(house, file_database, "leila", "de")
    sent(person)
    path = Path(str(file_database.url.database))
    copy = path.with_name(f"{path.name}.before-upgrade-0001")
    copy.write_bytes(b"x")
    os.utime(copy, (1, 1))
    at = person.clock() + 100 * DAY
    before = {table.name: rows(file_database, table) for table in tables.metadata.sorted_tables}
    dry = remove_expired(file_database, PERIODS, EVERYBODY, at, dry=True)
    assert dry["records"] == dry["copies"] == 1
    after = {table.name: rows(file_database, table) for table in tables.metadata.sorted_tables}
    assert after == before
    assert copy.exists()
    wet = remove_expired(file_database, PERIODS, EVERYBODY, at)
    # only what the record's end itself sets free may come on top
    assert {kind: number for kind, number in wet.items() if number < dry[kind]} == {}
    person._runner.close()


def test_it_is_done_once_a_day_whatever_restarts(file_database: Database) -> None:
    def daily(database: Database, at: datetime) -> bool:
        return remove_daily(database, PERIODS, EVERYBODY, at) is not None

    assert [daily(file_database, NOW + timedelta(hours=each)) for each in (0, 1, 14)] == [
        True,
        False,
        False,
    ]
    again = Database(str(file_database.url))
    assert not daily(again, NOW + timedelta(hours=14))
    assert daily(again, NOW + DAY)
    again.close()


async def test_the_rounds_do_what_is_due_daily(database: Database) -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    seen = []

    def daily(at: datetime) -> None:
        seen.append(at)
        loop.call_soon_threadsafe(done.set)

    task = asyncio.create_task(
        rounds(database, lambda _: None, lambda: NOW, pause=0.001, besides=daily)
    )
    async with asyncio.timeout(30):
        await done.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert seen[0] == NOW


def test_the_operator_sets_the_periods() -> None:
    chosen = Settings(chat_days=1, sent_days=2, failed_days=3, count_days=4, copy_days=5)
    assert periods_of(chosen) == Periods(DAY, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY)
    assert periods_of(Settings()) == PERIODS


def test_the_command_says_what_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPBOT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KPBOT_CHAT_DAYS", "1")
    database = Database(f"sqlite:///{tmp_path / 'kpbot.db'}")
    begin(database, "anna", Clock()() - 2 * DAY)
    database.close()
    for dry in (True, False, False):
        privacy.retention(dry=dry, as_json=True)
    first, second, third = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == second == {**NOTHING, "conversations": 1}
    assert third == NOTHING
    privacy.retention(dry=True, as_json=False)
    assert "conversations: 0 would go" in capsys.readouterr().out
