"""What a person is told is deleted is deleted: from the chat too, not only from the enquiry."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kpbot.house import House, Receivers
from kpbot.model import COMMAND, OFFER, File, Opened, Outbound, Pressed, Said
from kpbot.person import Person
from kpbot.retention import GOODBYE, Periods, remove_expired
from kpbot.store import access, conversations, expiry, outbox, records, tables
from kpbot.store.database import Database
from kpbot.store.erasure import erase
from walk import NOW, WORDS, Arrive, next_step

BEFORE = "Ist das hier der Städtechat?"
AFTER = "Und ist das hier immer noch der Städtechat?"
DAY = timedelta(days=1)


def fill_in(person: Person, until: str = "review") -> None:
    """The enquiry has come to that question, or to the review."""
    person.happen(Opened())
    person.happen(Said(BEFORE))
    go_on(person, until)


def go_on(person: Person, until: str) -> None:
    for _ in range(40):
        assert person.taken is not None
        if person.taken.at == until:
            return
        person.happen(next_step(person.taken.at, person.taken.conversation.turn))
    raise AssertionError(f"never came to {until}")


def send(person: Person) -> str:
    fill_in(person)
    person.happen(next_step("review", turn_of(person)))
    assert person.taken is not None
    return person.taken.conversation.sent[-1]


def turn_of(person: Person) -> int:
    assert person.taken is not None
    return person.taken.conversation.turn


def about(person: Person) -> str:
    """Everything that is stored about the person, as the operator's command shows it."""
    (found,) = person.database.read(lambda c: conversations.find(c, person.user))
    told = person.database.read(lambda c: access.everything_about(c, found, internal=True))
    return json.dumps(told, ensure_ascii=False)


def left(person: Person) -> list[str]:
    """What the person typed in the enquiry and is stored still."""
    return [each for each in WORDS.values() if each in about(person)]


def rows(database: Database, table: sa.Table) -> list[sa.Row[Any]]:
    return database.read(lambda c: list(c.execute(sa.select(table).order_by(table.c.id)).all()))


def cancel(person: Person) -> str:
    person.happen(Said("abbrechen"))
    (said,) = person.happen(Pressed(turn_of(person), OFFER, "yes"))
    return said.text


# ── a draft that ends ──


def test_a_cancelled_enquiry_leaves_no_word_in_the_chat(arrive: Arrive, database: Database) -> None:
    person = arrive("leila")
    fill_in(person)
    assert left(person) == list(WORDS.values())
    arrived = len(rows(database, tables.inbox))
    assert "Ihre Angaben sind gelöscht" in cancel(person)
    assert left(person) == []
    assert BEFORE in about(person)
    assert len(rows(database, tables.inbox)) == arrived + 2
    assert person.again() == []


def test_an_expired_enquiry_leaves_no_word_in_the_chat(arrive: Arrive) -> None:
    person = arrive("leila")
    fill_in(person)
    said = person.wait(8 * DAY)
    assert "gelöscht" in said[-1].text
    assert left(person) == []
    assert BEFORE in about(person)


def test_a_withdrawn_consent_leaves_no_word_in_the_chat(arrive: Arrive) -> None:
    person = arrive("leila")
    fill_in(person, "consent")
    person.happen(Said("Warum muss Sabine Kern hier zustimmen?"))
    assert "Sabine Kern" in about(person)
    person.happen(Said("nein"))
    assert "Sabine Kern" not in about(person)


def test_the_words_are_gone_from_the_files_as_well(
    house: House, file_database: Database, tmp_path: Path
) -> None:
    person = Person(house, file_database, "leila", "de")
    fill_in(person)

    def found() -> list[str]:
        every = b"".join(each.read_bytes() for each in tmp_path.iterdir() if each.is_file())
        return [each for each in WORDS.values() if each.encode() in every]

    assert "s.kern@musterhausen.de" in found()
    cancel(person)
    assert found() == []
    person._runner.close()


@pytest.fixture
def chat(database: Database) -> str:
    """A conversation in which one message went out and one waits."""
    id_ = database.write(lambda c: conversations.load(c, "web", "anna", NOW)).id
    for text in ("hinaus", "wartet"):
        put(database, id_, Outbound("web", "anna", 1, "de", text, conversation=id_))
    (first, _) = rows(database, tables.outbox)
    database.write(lambda c: outbox.mark_sent(c, first.id))
    return id_


def put(database: Database, conversation: str, message: Outbound) -> int:
    return database.write(
        lambda c: outbox.put(
            c, message, channel="web", address="anna", conversation=conversation, at=NOW
        )
    )


def texts(database: Database) -> list[str]:
    return [row.message["text"] for row in rows(database, tables.outbox)]


def test_what_waits_goes_out_and_is_gone_a_day_later(database: Database, chat: str) -> None:
    database.write(lambda c: outbox.forget_since(c, chat, NOW))
    assert texts(database) == ["wartet"]
    (leased,) = database.write(lambda c: outbox.lease(c, ["web"], NOW))
    database.write(lambda c: outbox.mark_sent(c, leased.id))
    late = NOW + GOODBYE + timedelta(minutes=1)
    database.write(lambda c: expiry.remove_goodbyes(c, late - GOODBYE, late - 7 * DAY))
    assert texts(database) == []


def test_what_waits_does_not_outlive_an_erasure(database: Database, chat: str) -> None:
    database.write(lambda c: outbox.forget_since(c, chat, NOW))
    database.write(lambda c: erase(c, chat))
    assert texts(database) == []


def test_what_was_said_before_stays(database: Database, chat: str) -> None:
    database.write(lambda c: outbox.forget_since(c, chat, NOW + DAY))
    assert texts(database) == ["hinaus", "wartet"]


# ── a record whose time is over ──


def expire(database: Database, reference: str) -> None:
    kept = database.read(lambda c: records.get(c, reference))
    assert kept is not None
    at = NOW.replace(year=kept.delete_on.year, month=kept.delete_on.month, day=kept.delete_on.day)
    remove_expired(database, Periods(), Receivers(), at)


def test_a_record_takes_its_words_along(arrive: Arrive, database: Database) -> None:
    person = arrive("leila", days=7)
    reference = send(person)
    assert WORDS["email"] in person.happen(Said("meine daten"))[0].text
    expire(database, reference)
    assert left(person) == []
    assert reference not in about(person)
    last = rows(database, tables.outbox)[-1].message
    assert (last["text"], last["files"]) == ("…", [])
    assert [each["question"] for each in last["buttons"]] == [COMMAND] * len(last["buttons"]) != []


def test_what_is_younger_than_the_record_stays(arrive: Arrive, database: Database) -> None:
    person = arrive("leila", days=7)
    reference = send(person)
    person.clock.ahead += 5 * DAY
    person.happen(Said(AFTER))
    person.happen(Said("meine daten"))
    go_on_again(person)
    expire(database, reference)
    assert AFTER in about(person)
    assert left(person) == [WORDS["municipality_name"]]
    assert reference not in about(person)
    person.happen(Said("zurück"))
    assert person.taken is not None
    assert person.taken.at == "municipality_name"


def go_on_again(person: Person) -> None:
    """Another enquiry has begun, and its municipality has a name."""
    person.happen(Pressed(turn_of(person), COMMAND, "start"))
    go_on(person, "municipality_name")
    person.happen(Said(WORDS["municipality_name"]))


def test_the_last_word_of_a_chat_is_emptied_in_its_time(database: Database, chat: str) -> None:
    button = File("x.txt", "text/plain", "x")
    last = put(database, chat, Outbound("web", "anna", 2, "de", "zuletzt", files=(button,)))
    for row in rows(database, tables.outbox):
        database.write(lambda c, id_=row.id: outbox.mark_sent(c, id_))
    database.write(lambda c: expiry.remove_said(c, NOW + DAY))
    (row,) = rows(database, tables.outbox)
    assert (row.id, row.message["text"], row.message["files"]) == (last, "…", [])
    assert len(database.read(lambda c: outbox.said_to(c, "web", "anna"))) == 1


# ── what a person is told of it ──


def test_my_data_tells_how_much_of_the_chat_is_kept_and_until_when(arrive: Arrive) -> None:
    person = arrive("leila", chat_days=20)
    person.happen(Opened())
    go_on(person, "review")
    cancel(person)
    (said,) = person.happen(Said("meine daten"))
    (file,) = said.files
    told = json.loads(file.text)
    assert (file.name, file.mime) == ("kpbot-data.json", "application/json")
    assert f"Nachrichten: {len(told['chat'])}." in said.text
    ends = person.clock() + 21 * DAY
    assert f"spätestens am {ends.day}." in said.text
    assert "Zu einer Anfrage ist keine Angabe gespeichert." in said.text
    assert not any(each in said.text + file.text for each in WORDS.values())


def test_of_the_files_with_a_person_s_data_one_is_kept(arrive: Arrive, database: Database) -> None:
    person = arrive("leila")
    for _ in range(3):
        person.happen(Said("meine daten"))
    kept = [row.message["files"] for row in rows(database, tables.outbox)]
    assert [len(files) for files in kept if files] == [1]
    assert kept[-1]
