"""Consent can be proved: which words, which version, in which language, when; and it ends."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from kpbot.app import Clock
from kpbot.engine.dialog import Dialogs
from kpbot.house import House
from kpbot.model import OFFER, Language, Opened, Pressed, Said
from kpbot.person import Person
from kpbot.store import conversations, records, tables
from kpbot.store.database import Database
from walk import NOW, Arrive, next_step


def sent(person: Person) -> dict[str, Any]:
    """The record of a whole enquiry."""
    person.happen(Opened())
    return sent_from_here(person)


def worded(house: House, text: str) -> Dialogs:
    """The dialogs, with other words for the consent in German."""
    words = house.dialogs.words["intake"]["de"]
    questions = {**words.questions}
    questions["consent"] = replace(questions["consent"], ask=text)
    every = {**house.dialogs.words["intake"], "de": replace(words, questions=questions)}
    return replace(house.dialogs, words={**house.dialogs.words, "intake": every})


@pytest.mark.parametrize("language", ["de", "fr", "ar", "en"])
def test_the_record_holds_what_was_agreed_to(
    arrive: Arrive, house: House, language: Language
) -> None:
    clock = Clock(NOW - Clock()())
    person = arrive("leila", language, clock)
    person.happen(Opened())
    heard = ""
    while person.taken is not None and person.taken.record is None:
        at, turn = person.taken.at, person.taken.conversation.turn
        if at == "consent":
            assert person.taken.outbound is not None
            heard = person.taken.outbound.text
        person.happen(next_step(at, turn))
    assert person.taken is not None
    assert person.taken.record is not None
    given = person.taken.record["consent_given"]
    assert given["language"] == language
    assert given["revision"] == house.dialogs.dialogs["intake"].by_id["consent"].revision
    assert abs(datetime.fromisoformat(given["at"]) - clock()).total_seconds() < 300
    ask = house.dialogs.question_words("intake", "consent", language).ask.format(days=house.days)
    assert ask in heard
    assert person.taken.record["consent_text"] == hashlib.sha256(ask.encode()).hexdigest()


def test_other_words_or_other_days_are_another_consent(arrive: Arrive, house: House) -> None:
    same = worded(house, house.dialogs.question_words("intake", "consent", "de").ask)
    other = worded(house, "Darf ich alles speichern? Löschung nach {days} Tagen.")
    hashes = [
        sent(arrive(user, "de", **changes))["consent_text"]
        for user, changes in (
            ("anna", {}),
            ("bilal", {"dialogs": same}),
            ("carla", {"dialogs": other}),
            ("dina", {"days": 91}),
        )
    ]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


def test_without_consent_nothing_is_kept_of_an_enquiry(arrive: Arrive, database: Database) -> None:
    person = arrive("leila", "de")
    person.happen(Opened())
    person.happen(next_step("menu", person.taken.conversation.turn))  # type: ignore[union-attr]
    person.happen(Said("nein"))
    conversation = database.read(lambda c: conversations.glance(c, "terminal", "leila"))
    assert conversation is not None
    assert dict(conversation.drafts) == {}
    assert database.read(records.every) == []


def test_withdrawing_is_one_word_and_one_confirmation(arrive: Arrive, database: Database) -> None:
    person = arrive("leila", "de")
    sent(person)
    person.happen(Said("löschen"))
    assert person.taken is not None
    person.happen(Pressed(person.taken.conversation.turn, OFFER, "yes"))
    assert database.read(records.every) == []
    assert database.read(lambda c: conversations.find(c, "leila")) == []


def agree(person: Person) -> None:
    """The person has agreed, and something else is asked."""
    person.happen(Opened())
    for _ in range(2):
        assert person.taken is not None
        person.happen(next_step(person.taken.at, person.taken.conversation.turn))


def finish(person: Person) -> records.KeptRecord:
    """The record of the rest of the enquiry."""
    record = sent_from_here(person)
    kept = person.database.read(lambda c: records.get(c, record["reference"]))
    assert kept is not None
    return kept


def sent_from_here(person: Person) -> dict[str, Any]:
    while person.taken is not None and person.taken.record is None:
        person.happen(next_step(person.taken.at, person.taken.conversation.turn))
    assert person.taken is not None
    assert person.taken.record is not None
    return person.taken.record


@pytest.mark.parametrize(("agreed", "now", "kept_for"), [(30, 365, 30), (365, 30, 30)])
def test_what_was_agreed_to_counts_whatever_is_said_later(
    arrive: Arrive, house: House, agreed: int, now: int, kept_for: int
) -> None:
    person = arrive("leila", "de", days=agreed)
    agree(person)
    shown = house.dialogs.question_words("intake", "consent", "de").ask.format(days=agreed)
    later = worded(house, "Darf ich alles speichern? Löschung nach {days} Tagen.")
    person.house = replace(person.house, days=now, dialogs=later)
    kept = finish(person)
    assert kept.record["consent_text"] == hashlib.sha256(shown.encode()).hexdigest()
    assert (kept.delete_on - kept.at.date()).days == kept_for


def test_an_answer_of_an_earlier_release_counts_as_before(arrive: Arrive, house: House) -> None:
    person = arrive("leila", "de", days=30)
    agree(person)

    def forget_agreed(connection: sa.Connection) -> None:
        row = connection.execute(sa.select(tables.conversations)).one()
        state = json.loads(row.state)
        del state["drafts"]["intake"]["answers"]["consent"]["agreed"]
        connection.execute(tables.conversations.update().values(state=json.dumps(state)))

    person.database.write(forget_agreed)
    person.house = replace(person.house, days=365)
    kept = finish(person)
    ask = house.dialogs.question_words("intake", "consent", "de").ask.format(days=365)
    assert kept.record["consent_text"] == hashlib.sha256(ask.encode()).hexdigest()
    assert (kept.delete_on - kept.at.date()).days == 365
