"""Everything about a person is told to them, and no table about people is forgotten."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from kpbot.cases import Claim, Note, Reply
from kpbot.house import Receivers
from kpbot.model import ByAdvisor, Language, Said
from kpbot.store import access, advisors, conversations, notes
from kpbot.store.access import everything_about, personal_tables
from kpbot.store.database import Database
from kpbot.store.erasure import erase
from kpbot.store.tables import metadata
from kpbot.turn import Taken, act
from marks import NOTE, PLANTED, REPLY, begin_another, chatter, enquire
from walk import NOW, Arrive

EVERYBODY = Receivers(("desk@example.org",), mail_details=True, staff_chat="-100", webhook=True)
WORDS: dict[Language, tuple[str, str]] = {
    "de": ("Deutsch", "meine daten"),
    "fr": ("Français", "mes données"),
    "ar": ("العربية", "بياناتي"),
    "en": ("English", "my data"),
}
NOT_ABOUT_PEOPLE = {"advisors", "counts", "sessions", "tokens"}
"""Tables that hold nothing about the people who write."""


def about(database: Database, *, internal: bool = False) -> dict[str, Any]:
    (found,) = database.read(lambda c: conversations.find(c, "leila"))
    return database.read(lambda c: everything_about(c, found, internal=internal))


@pytest.fixture
def stored(arrive: Arrive, database: Database) -> Any:
    """A person who wrote, asked, sent, began anew and talked with an advisor."""
    person = arrive("leila", "de", receivers=EVERYBODY)
    reference = enquire(person)
    begin_another(person)
    anna = database.write(
        lambda c: advisors.add(c, "Anna Amsel", "anna@example.org", role="advisor", at=NOW)
    )
    for number, action in enumerate((Claim(), Reply(REPLY), Note(NOTE))):
        done = ByAdvisor(reference, anna.id, anna.name, action)
        assert isinstance(act(database, done, str(number), person.clock(), person.house), Taken)
    person.wait(timedelta(0))
    chatter(person)
    return person


def test_every_table_is_either_read_or_not_about_people() -> None:
    covered = {table.name for table in access.COVERED}
    assert covered | NOT_ABOUT_PEOPLE == set(metadata.tables)
    assert covered & NOT_ABOUT_PEOPLE == set()
    assert personal_tables() == covered


@pytest.mark.usefixtures("stored")
def test_everything_planted_is_told(database: Database) -> None:
    told = json.dumps(about(database, internal=True), ensure_ascii=False)
    assert [each for each in PLANTED if each not in told] == []


@pytest.mark.usefixtures("stored")
def test_what_advisors_noted_for_each_other_is_counted_only(database: Database) -> None:
    found = about(database)
    (sent,) = found["sent"]
    assert sent["internal_notes"] == 1
    assert not any(entry["text"] == NOTE for entry in sent["file"])
    assert [e["text"] for e in sent["file"] if e["author"] == "advisor" and e["text"]] == [REPLY]
    assert "Anna" not in json.dumps(sent["file"])


@pytest.mark.usefixtures("stored")
def test_the_parts_are_there(database: Database) -> None:
    database.write(
        lambda c: notes.put(
            c,
            "terminal",
            "leila",
            "keyboard",
            "7",
            conversation=conversations.find(c, "leila")[0],
        )
    )
    found = about(database)
    assert found["conversation"]["address"] == "leila"
    assert found["conversation"]["language"] == "de"
    assert list(found["conversation"]["drafts"]) == ["intake"]
    (sent,) = found["sent"]
    assert sent["record"]["consent_given"]["revision"] == 1
    assert len(sent["record"]["consent_text"]) == 64
    assert sent["case"]["state"] == "waiting_advisor"
    assert found["channel_notes"] == [{"name": "keyboard", "value": "7"}]
    assert found["timers"]
    assert {each["channel"] for each in found["told_to_advisors"]} == {"mail", "staff", "webhook"}


@pytest.mark.usefixtures("stored")
def test_nothing_is_told_of_somebody_else(database: Database, arrive: Arrive) -> None:
    arrive("omar", "de").happen(Said("Hier schreibt Wuhletal9"))
    assert "Wuhletal9" not in json.dumps(about(database, internal=True))


@pytest.mark.usefixtures("stored")
def test_nothing_is_told_after_an_erasure(database: Database) -> None:
    (found,) = database.read(lambda c: conversations.find(c, "leila"))
    database.write(lambda c: erase(c, found))
    assert database.read(lambda c: everything_about(c, found, internal=True)) == {}


@pytest.mark.parametrize("language", ["de", "fr", "ar", "en"])
def test_the_text_in_the_chat_is_complete(
    arrive: Arrive, database: Database, language: Language
) -> None:
    person = arrive("leila", "de")
    reference = enquire(person)
    begin_another(person)
    for word in ({"de": "Deutsch", "fr": "Français", "ar": "العربية", "en": "English"}[language],):
        person.happen(Said(word))
    text = "\n".join(
        each.text
        for each in person.happen(
            Said(
                {"de": "meine daten", "fr": "mes données", "ar": "بياناتي", "en": "my data"}[
                    language
                ]
            )
        )
    )
    kept = about(database)["sent"][0]["record"]
    assert reference in text
    assert kept["consent_text"] in text
    assert "UTC" in text
    for name, words in kept["words"].items():
        assert str(kept[name]) in text or words["text"] in text, name
