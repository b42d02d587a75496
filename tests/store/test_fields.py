"""Personal fields are sealed where there are keys, and readable whatever was set before."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.app import is_ready
from kpbot.model import Conversation, Inbound, OpenQuestion, Outbound, Said
from kpbot.store import cases, conversations, inbox, notes, outbox, records, rotation
from kpbot.store.database import Database
from kpbot.store.fields import PLAIN, SEALED
from kpbot.store.keys import KEY_BYTES, FieldKey, NoKey
from kpbot.store.records import KeptRecord
from kpbot.store.rotation import WrongKeys, rotate, sealed
from walk import NOW

ONE, TWO = FieldKey(1, b"1" * KEY_BYTES), FieldKey(2, b"2" * KEY_BYTES)
WORD = "Zyxomma7 Größe مرحبا"
COLUMNS = {
    "case_entries.text",
    "conversations.state",
    "inbox.content",
    "notes.value",
    "outbox.message",
    "records.record",
    "records.summary",
}


@pytest.fixture
def opened() -> Iterator[list[Database]]:
    """Databases that are closed after the test."""
    every: list[Database] = []
    yield every
    for each in every:
        each.close()


def _plant(database: Database, person: str = "anna", word: str = WORD) -> None:
    """Every sealed column holds the word."""

    def work(connection: sa.Connection) -> None:
        fresh = conversations.load(connection, "web", person, NOW)
        question = OpenQuestion(word, None, "none", "de", NOW)
        conversations.save(connection, Conversation(fresh.id, questions=(question,)), NOW)
        inbox.accept(connection, Inbound("web", person, f"1-{person}", NOW, Said(word)), fresh.id)
        message = Outbound("web", person, 1, "de", word)
        outbox.put(
            connection, message, channel="web", address=person, conversation=fresh.id, at=NOW
        )
        reference = f"KP-{person[:5].upper()}"
        kept = KeptRecord(
            reference, fresh.id, "intake", NOW, "desk", True, {"name": word}, word, NOW.date()
        )
        records.keep(connection, kept)
        cases.enter(connection, reference, NOW, author="person", kind="said", text=word)
        notes.put(connection, "web", person, "note", word, conversation=fresh.id)

    database.write(work)


def _told(database: Database, person: str = "anna") -> list[str]:
    """The word, as every reader of the store gets it."""

    def read(connection: sa.Connection) -> list[str]:
        conversation = conversations.glance(connection, "web", person)
        assert conversation is not None
        kept = records.get(connection, f"KP-{person[:5].upper()}")
        assert kept is not None
        ((_, message),) = outbox.said_to(connection, "web", person)
        assert isinstance(message, Outbound)
        (entry,) = cases.entries(connection, kept.reference)
        content = connection.execute(
            sa.select(inbox.inbox.c.content).where(inbox.inbox.c.message_id == f"1-{person}")
        ).scalar_one()
        return [
            conversation.questions[0].text,
            message.text,
            kept.record["name"],
            kept.summary,
            entry.text,
            content["text"],
            notes.get(connection, "web", person, "note") or "",
        ]

    return database.read(read)


def _stored(database: Database) -> list[str]:
    """Every sealed column as it is stored."""

    def read(connection: sa.Connection) -> list[str]:
        return [
            f"{column.table.name}.{column.name}: {raw}"
            for column in rotation.columns()
            for (raw,) in connection.execute(
                sa.text(f"SELECT CAST({column.name} AS TEXT) FROM {column.table.name}")  # noqa: S608
            )
        ]

    return database.read(read)


def test_these_columns_are_sealed() -> None:
    assert {f"{each.table.name}.{each.name}" for each in rotation.columns()} == COLUMNS


def test_every_column_names_its_own_place() -> None:
    for each in rotation.columns():
        assert each.type.place == f"{each.table.name}.{each.name}"  # type: ignore[attr-defined]


def test_nothing_stored_holds_the_word_and_every_reader_gets_it(
    url: str, opened: list[Database]
) -> None:
    opened.append(Database(url, keys=(ONE,)))
    _plant(opened[0])
    assert _told(opened[0]) == [WORD] * 7
    stored = _stored(opened[0])
    assert len(stored) == len(COLUMNS)
    assert not any("Zyxomma7" in each or "Größe" in each for each in stored)
    assert opened[0].read(sealed) == {"key 1": 7}


def test_without_keys_fields_are_plain_and_counted_so(url: str, opened: list[Database]) -> None:
    opened.append(Database(url))
    _plant(opened[0])
    assert _told(opened[0]) == [WORD] * 7
    assert sum("Zyxomma7" in each for each in _stored(opened[0])) == 7
    assert opened[0].read(sealed) == {"clear": 7}


def test_what_was_plain_stays_readable_and_is_sealed_by_rotation(
    url: str, opened: list[Database]
) -> None:
    opened.append(Database(url))
    _plant(opened[0])
    opened.append(Database(url, keys=(ONE,)))
    assert _told(opened[1]) == [WORD] * 7
    _plant(opened[1], "bilal")
    assert opened[1].read(sealed) == {"clear": 7, "key 1": 7}
    assert rotate(opened[1]) == 7
    assert opened[1].read(sealed) == {"key 1": 14}
    assert _told(opened[1]) == _told(opened[1], "bilal") == [WORD] * 7


def test_another_key_first_is_written_with_and_rotation_can_be_repeated(
    url: str, opened: list[Database]
) -> None:
    opened.append(Database(url, keys=(ONE,)))
    _plant(opened[0])
    opened.append(Database(url, keys=(TWO, ONE)))
    _plant(opened[1], "bilal")
    assert opened[1].read(sealed) == {"key 1": 7, "key 2": 7}
    assert [rotate(opened[1]), rotate(opened[1])] == [7, 0]
    opened.append(Database(url, keys=(TWO,)))
    assert _told(opened[2]) == _told(opened[2], "bilal") == [WORD] * 7


def test_several_batches_are_rotated_while_turns_go_on(
    url: str, opened: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "TOGETHER", 3)
    opened.append(Database(url))
    people = [f"p{number:04}" for number in range(20)]
    for person in people:
        _plant(opened[0], person)
    opened[0].close()
    opened.append(Database(url, keys=(ONE,)))
    late = [f"q{number:04}" for number in range(10)]
    writing = threading.Thread(target=lambda: [_plant(opened[1], each) for each in late])
    writing.start()
    changed = rotate(opened[1])
    writing.join()
    assert changed == len(people) * len(COLUMNS)
    assert opened[1].read(sealed) == {"key 1": (len(people) + len(late)) * len(COLUMNS)}
    assert all(_told(opened[1], each) == [WORD] * 7 for each in (*people, *late))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ((), "encrypted, and KPBOT_FIELD_KEY holds no key"),
        ((TWO,), "does not hold key 1"),
        ((FieldKey(1, b"x" * KEY_BYTES),), "key 1 does not open"),
    ],
)
def test_a_missing_or_wrong_key_is_told_at_the_opening(
    url: str, opened: list[Database], keys: tuple[FieldKey, ...], said: str
) -> None:
    opened.append(Database(url, keys=(ONE,)))
    _plant(opened[0])
    with pytest.raises(WrongKeys, match=said) as caught:
        Database(url, keys=keys)
    assert "Zyxomma7" not in str(caught.value)


def test_a_missing_key_is_found_wherever_its_values_are(url: str, opened: list[Database]) -> None:
    """Between values that are plain, or sealed under a key that is here."""
    for keys, person in (((), "anna"), ((ONE,), "bilal"), ((TWO, ONE), "carla"), ((ONE, TWO), "d")):
        opened.append(Database(url, keys=keys))
        _plant(opened[-1], person)
    for table in ("conversations", "notes", "records"):  # their order is not that of time
        opened[0].write(lambda c, table=table: c.execute(sa.text(f"DELETE FROM {table}")))  # noqa: S608
    assert opened[-1].read(sealed) == {"clear": 3, "key 1": 6, "key 2": 3}
    with pytest.raises(WrongKeys, match="does not hold key 2"):
        Database(url, keys=(ONE,))


def test_a_value_that_was_changed_is_counted_and_keeps_nobody_from_the_rest(
    url: str, opened: list[Database]
) -> None:
    opened.append(Database(url, keys=(ONE,)))
    for person in ("anna", "bilal", "carla"):
        _plant(opened[0], person)
    changed = sa.text("UPDATE case_entries SET text = :text WHERE id = 2")
    opened[0].write(lambda c: c.execute(changed, {"text": f"{SEALED}?"}))
    opened.append(Database(url, keys=(ONE,)))
    assert opened[1].read(sealed) == {"key 1": 20, "damaged": 1}


def test_a_server_that_lacks_the_key_of_a_rotation_is_not_ready(
    url: str, opened: list[Database]
) -> None:
    opened.append(Database(url, keys=(ONE,)))
    for person in ("anna", "bilal"):
        _plant(opened[0], person)
    opened.append(Database(url, keys=(TWO, ONE)))
    assert is_ready(opened[0])
    rotate(opened[1])
    assert not is_ready(opened[0])
    assert is_ready(opened[1])


def test_one_value_that_was_changed_is_no_reason_not_to_be_ready(
    url: str, opened: list[Database]
) -> None:
    opened.append(Database(url, keys=(ONE,)))
    _plant(opened[0])
    moved = "UPDATE case_entries SET text = (SELECT summary FROM records)"
    opened[0].write(lambda c: c.execute(sa.text(moved)))
    assert is_ready(opened[0])


@pytest.mark.parametrize(
    "word", [SEALED, PLAIN, f"{SEALED}AXq+", f"{PLAIN}hallo", "", "{}", "\x03"]
)
@pytest.mark.parametrize("keys", [(), (ONE,)])
def test_no_text_is_taken_for_a_sealed_one(
    url: str, opened: list[Database], keys: tuple[FieldKey, ...], word: str
) -> None:
    opened.append(Database(url, keys=keys))
    opened[0].write(
        lambda c: cases.enter(c, "KP-22222", NOW, author="person", kind="said", text=word)
    )
    (entry,) = opened[0].read(lambda c: cases.entries(c, "KP-22222"))
    assert entry.text == word


def test_a_value_moved_to_another_column_is_not_read(url: str, opened: list[Database]) -> None:
    opened.append(Database(url, keys=(ONE,)))
    _plant(opened[0])
    opened[0].write(
        lambda c: c.execute(sa.text("UPDATE case_entries SET text = (SELECT summary FROM records)"))
    )
    with pytest.raises(Exception, match=r"case_entries\.text"):
        opened[0].read(lambda c: cases.entries(c, "KP-ANNA"))


def test_a_message_that_was_changed_is_given_up_and_holds_up_nobody(
    url: str, opened: list[Database]
) -> None:
    opened.append(Database(url, keys=(ONE,)))
    for person in ("anna", "bilal"):
        _plant(opened[0], person)
    moved = "UPDATE outbox SET message = (SELECT content FROM inbox WHERE message_id = '1-anna')"
    opened[0].write(lambda c: c.execute(sa.text(f"{moved} WHERE address = 'anna'")))
    (leased,) = opened[0].write(lambda c: outbox.lease(c, ["web"], NOW))
    assert leased.address == "bilal"
    query = sa.select(outbox.outbox.c.state, outbox.outbox.c.failure)
    assert ("failed", "unreadable") in opened[0].read(lambda c: list(c.execute(query).all()))


def test_without_its_key_a_message_waits_for_the_key(url: str, opened: list[Database]) -> None:
    opened.append(Database(url, keys=(ONE,)))
    opened.append(Database(url, keys=(TWO, ONE)))
    _plant(opened[1])  # another process has the new key already
    with pytest.raises(NoKey):
        opened[0].write(lambda c: outbox.lease(c, ["web"], NOW))
    (leased,) = opened[1].write(lambda c: outbox.lease(c, ["web"], NOW))
    assert leased.address == "anna"


def test_databases_of_one_process_have_their_own_keys(tmp_path: Path) -> None:
    plain = Database(f"sqlite:///{tmp_path / 'plain.db'}")
    first = Database(f"sqlite:///{tmp_path / 'first.db'}", keys=(ONE,))
    second = Database(f"sqlite:///{tmp_path / 'second.db'}", keys=(TWO,))
    for each in (plain, first, second):
        _plant(each)
        assert _told(each) == [WORD] * 7
    assert [each.read(sealed) for each in (plain, first, second)] == [
        {"clear": 7},
        {"key 1": 7},
        {"key 2": 7},
    ]
    for each in (plain, first, second):
        each.close()


def test_a_json_column_holds_json_sealed_or_not(url: str, opened: list[Database]) -> None:
    opened.append(Database(url, keys=(ONE,)))
    _plant(opened[0])
    (stored,) = [each for each in _stored(opened[0]) if each.startswith("outbox.message")]
    assert isinstance(json.loads(stored.partition(": ")[2]), str)
