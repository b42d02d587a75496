"""After an erasure nothing of the person is left: in no column of no table, in no byte."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.model import Answer, Conversation, Draft, Inbound, Letter, OpenQuestion, Outbound, Said
from kpbot.store import conversations, inbox, outbox, records, timers
from kpbot.store.database import Database
from kpbot.store.erasure import erase
from kpbot.store.records import KeptRecord
from kpbot.store.tables import metadata
from walk import NOW

MARK = "Zyxomma7"
OTHER = "Wuhletal9"


def _plant(database: Database, person: str, mark: str, reference: str) -> str:
    """The person's mark stands wherever something of a person can stand; the conversation's id."""

    def work(connection: sa.Connection) -> str:
        fresh = conversations.load(connection, "web", person, NOW)
        for number in range(40):
            inbound = Inbound("web", person, f"{reference}-{number}", NOW, Said(f"{mark} {number}"))
            inbox.accept(connection, inbound, fresh.id)
            outbox.put(
                connection,
                Outbound("web", person, number, "de", f"Notiert: {mark} {number}"),
                channel="web",
                address=person,
                conversation=fresh.id,
                at=NOW,
            )
        parked = Inbound("web", person, f"{reference}-x", NOW, Said(mark))
        inbox.park(connection, parked, fresh.id, "ArithmeticError")
        letter = Letter(f"{reference} · {mark}", mark * 50, reference)
        outbox.put(
            connection,
            letter,
            channel="mail",
            address="desk@example.org",
            conversation=fresh.id,
            at=NOW,
        )
        answer = Answer(mark, f"ich heiße {mark}", "de", NOW)
        draft = Draft("v", NOW, {"contact_name": answer}, parked={"function": answer})
        question = OpenQuestion(f"Wer ist {mark}?", None, "none", "de", NOW)
        conversations.save(
            connection,
            Conversation(fresh.id, drafts={"intake": draft}, questions=(question,)),
            NOW,
        )
        timers.set_timer(connection, fresh.id, "expire:intake", NOW)
        kept = KeptRecord(
            reference, fresh.id, "intake", NOW, "desk", True, {"name": mark}, mark, NOW.date()
        )
        records.keep(connection, kept)
        return fresh.id

    return database.write(work)


def _columns_with(database: Database, mark: str) -> set[str]:
    def search(connection: sa.Connection) -> set[str]:
        return {
            f"{table.name}.{column.name}"
            for table in metadata.sorted_tables
            for row in connection.execute(sa.select(table)).mappings()
            for column in table.columns
            if mark in str(row[column.name])
        }

    return database.read(search)


def _files_with(database: Database, mark: str) -> list[str]:
    path = Path(str(database.url.database))
    files = sorted(path.parent.glob(f"{path.name}*"))
    forms = (mark.encode(), mark.encode("utf-16-le"), mark.encode("utf-16-be"))
    return [each.name for each in files if any(form in each.read_bytes() for form in forms)]


def test_a_mark_is_planted_in_every_place_a_word_can_stand(file_database: Database) -> None:
    _plant(file_database, MARK, MARK, "KP-22222")
    assert _columns_with(file_database, MARK) == {
        "conversations.person",
        "conversations.state",
        "inbox.content",
        "outbox.address",
        "outbox.message",
        "records.record",
        "records.summary",
    }
    assert _files_with(file_database, MARK) != []


def test_no_column_holds_the_mark_after_the_erasure(file_database: Database) -> None:
    conversation = _plant(file_database, MARK, MARK, "KP-22222")
    assert file_database.write(lambda c: erase(c, conversation)) == ["KP-22222"]
    assert _columns_with(file_database, MARK) == set()
    assert _columns_with(file_database, "KP-22222") == {"inbox.message_id"}


def test_no_byte_of_the_files_holds_the_mark_after_the_erasure(file_database: Database) -> None:
    conversation = _plant(file_database, MARK, MARK, "KP-22222")
    file_database.write(lambda c: erase(c, conversation))
    assert file_database.forget()
    assert _files_with(file_database, MARK) == []


def test_nobody_else_loses_anything(file_database: Database) -> None:
    anna = _plant(file_database, MARK, MARK, "KP-22222")
    _plant(file_database, OTHER, OTHER, "KP-33333")
    before = file_database.read(
        lambda c: {
            table.name: [tuple(row) for row in c.execute(sa.select(table)) if OTHER in str(row)]
            for table in metadata.sorted_tables
        }
    )
    file_database.write(lambda c: erase(c, anna))
    file_database.forget()
    after = file_database.read(
        lambda c: {
            table.name: [tuple(row) for row in c.execute(sa.select(table)) if OTHER in str(row)]
            for table in metadata.sorted_tables
        }
    )
    assert after == before


def test_a_message_from_before_the_erasure_is_still_known(database: Database) -> None:
    conversation = _plant(database, MARK, MARK, "KP-22222")
    database.write(lambda c: erase(c, conversation))
    late = Inbound("web", MARK, "KP-22222-0", NOW, Said(MARK))
    assert database.read(lambda c: inbox.is_known(c, late))


@pytest.mark.parametrize("times", [1, 2])
def test_erasing_nobody_is_harmless(database: Database, times: int) -> None:
    for _ in range(times):
        assert database.write(lambda c: erase(c, "nobody")) == []
