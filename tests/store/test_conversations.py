"""One conversation a person and channel, kept as it is."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kpbot.model import Answer, Conversation, Draft
from kpbot.store.conversations import address, find, glance, load, save
from kpbot.store.database import Database
from kpbot.store.tables import conversations
from walk import NOW

DRAFT = Draft("v1", NOW, {"group": Answer("media", "Presse", "de", NOW)}, trail=("group",))


def _spoil(database: Database, state: str) -> None:
    database.write(lambda c: c.execute(conversations.update().values(state=state)))


def test_a_conversation_is_made_once_and_found_again(database: Database) -> None:
    first = database.write(lambda c: load(c, "web", "anna", NOW))
    assert first == Conversation(first.id)
    assert database.write(lambda c: load(c, "web", "anna", NOW)) == first


@pytest.mark.parametrize(("channel", "person"), [("telegram", "anna"), ("web", "ANNA")])
def test_another_channel_or_person_is_another_conversation(
    database: Database, channel: str, person: str
) -> None:
    first = database.write(lambda c: load(c, "web", "anna", NOW))
    assert database.write(lambda c: load(c, channel, person, NOW)).id != first.id


def test_a_conversation_is_kept_whole(database: Database) -> None:
    fresh = database.write(lambda c: load(c, "web", "anna", NOW))
    kept = Conversation(fresh.id, "ar", "intake", {"intake": DRAFT}, turn=7, sent=("KP-23456",))
    later = NOW + timedelta(hours=1)
    database.write(lambda c: save(c, kept, later))
    assert database.read(lambda c: load(c, "web", "anna", NOW)) == kept
    touched = database.read(lambda c: c.execute(sa.select(conversations.c.touched)).scalar_one())
    assert touched == later


def test_saving_a_conversation_that_is_gone_does_not_bring_it_back(database: Database) -> None:
    database.write(lambda c: save(c, Conversation("gone"), NOW))
    assert database.read(lambda c: address(c, "gone")) is None


def test_a_glance_makes_nothing(database: Database) -> None:
    assert database.read(lambda c: glance(c, "web", "anna")) is None
    assert database.read(lambda c: find(c, "anna")) == []


@pytest.mark.parametrize("state", ["", "{", "null", "[]", '{"id": 5}', '{"id": "x", "turn": "?"}'])
def test_a_glance_at_a_broken_conversation_gives_its_id(database: Database, state: str) -> None:
    fresh = database.write(lambda c: load(c, "web", "anna", NOW))
    _spoil(database, state)
    assert database.read(lambda c: glance(c, "web", "anna")) == Conversation(fresh.id)


def test_a_broken_conversation_is_an_error_and_no_new_conversation(database: Database) -> None:
    database.write(lambda c: load(c, "web", "anna", NOW))
    _spoil(database, "{")
    with pytest.raises(ValueError, match="Conversation"):
        database.write(lambda c: load(c, "web", "anna", NOW))


def test_a_person_is_found_in_every_channel(database: Database) -> None:
    made = [
        database.write(lambda c, name=channel: load(c, name, "anna", NOW)).id
        for channel in ("web", "telegram")
    ]
    database.write(lambda c: load(c, "web", "anna2", NOW))
    assert sorted(database.read(lambda c: find(c, "anna"))) == sorted(made)


def test_a_conversation_knows_where_it_is_held(database: Database) -> None:
    fresh = database.write(lambda c: load(c, "web", "anna", NOW))
    assert database.read(lambda c: address(c, fresh.id)) == ("web", "anna")
    assert database.read(lambda c: address(c, "nobody")) is None
