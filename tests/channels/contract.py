"""What every channel must do. A channel's tests subclass `ChannelContract` and give it a `talk`."""

from __future__ import annotations

import re
from typing import Protocol

import pytest

from kpbot.engine.place import place
from kpbot.house import House
from kpbot.model import COMMAND, Attached, Content, Conversation, Opened, Pressed, Said, Selected
from kpbot.store import conversations, inbox, records
from kpbot.store.database import Database
from walk import NOW, RECORD, next_step, told

TYPED = {
    "menu": "Anfrage",
    "consent": "Ja",
    "group": "Deutsche Kommune",
    "country": "Deutschland",
    "body_type": "Stadt",
    "partnership_status": "Keine",
    "wanted_country": "Tunesien und Marokko",
    "concern": "Neue Partnerschaft",
    "topics": "Abfallmanagement, Umweltbildung",
    "review": "senden",
}
"""What a person writes who never presses a button."""
HARMFUL = "<b>Bad</b> *Ems* [x](http://example.org) \u202eabc & {0} \u2067مدينة"
LONG = "Wir arbeiten zum Abfall. " * 55


class Talk(Protocol):
    """One person's end of the channel, with the real house behind it."""

    channel: str
    person: str
    database: Database
    house: House

    def do(self, content: Content) -> list[str]:
        """The person does it as people do it in the channel; the texts that arrived then."""

    def again(self) -> list[str]:
        """The channel delivers the last thing a second time; the texts that arrived then."""

    def deliver(self, *texts: str) -> list[str]:
        """These messages were put into the outbox for the person; the texts that arrived."""


class ChannelContract:
    """The tests. The fixture `talk` gives a fresh conversation in German."""

    @pytest.fixture
    def talk(self) -> Talk:
        """A person who has not written yet."""
        raise NotImplementedError

    def test_the_same_conversation_leads_to_the_same_record(self, talk: Talk) -> None:
        _walk(talk)
        assert told(_record(talk)) == RECORD

    def test_typing_leads_to_the_same_record_as_pressing(self, talk: Talk) -> None:
        talk.do(Opened())
        while not _sent(talk):
            at = _at(talk)
            step = next_step(at, _conversation(talk).turn)
            written = TYPED.get(at) or (step.text if isinstance(step, Said) else "überspringen")
            assert talk.do(Said(written))
        assert told(_record(talk)) == RECORD

    def test_a_picture_on_the_way_is_answered_and_changes_nothing(self, talk: Talk) -> None:
        talk.do(Opened())
        while not _sent(talk):
            assert talk.do(Attached("photo"))
            talk.do(next_step(_at(talk), _conversation(talk).turn))
        assert told(_record(talk)) == RECORD

    def test_a_second_delivery_of_everything_is_harmless(self, talk: Talk) -> None:
        talk.do(Opened())
        while not _sent(talk):
            talk.do(next_step(_at(talk), _conversation(talk).turn))
            before = _conversation(talk)
            assert talk.again() == []
            assert _conversation(talk) == before
        assert told(_record(talk)) == RECORD

    def test_every_step_is_answered(self, talk: Talk) -> None:
        assert talk.do(Opened())
        while not _sent(talk):
            assert talk.do(next_step(_at(talk), _conversation(talk).turn))

    def test_the_reference_arrives(self, talk: Talk) -> None:
        last = _walk(talk)
        assert _record(talk)["reference"] in "".join(last)

    def test_a_late_press_is_answered_and_changes_nothing(self, talk: Talk) -> None:
        talk.do(Opened())
        _until(talk, "group")
        turn = _conversation(talk).turn
        _until(talk, "population")
        before = _conversation(talk).drafts["intake"].answers
        assert talk.do(Pressed(turn, "group", "german_municipality"))
        assert _conversation(talk).drafts["intake"].answers == before

    def test_a_press_on_nothing_is_answered(self, talk: Talk) -> None:
        talk.do(Opened())
        assert talk.do(Pressed(1, COMMAND, "nothing"))
        _until(talk, "concern")
        assert talk.do(Selected(_conversation(talk).turn, "concern", ("nothing",)))
        assert _failures(talk) == 0

    def test_a_long_text_arrives_whole(self, talk: Talk) -> None:
        long = "".join(f"{number:>7}" for number in range(1500))
        assert "".join(talk.deliver(long)).replace("\n", "") == long

    def test_a_long_answer_is_shown_whole_at_the_review(self, talk: Talk) -> None:
        talk.do(Opened())
        _until(talk, "description")
        talk.do(Said(LONG))
        shown = _until(talk, "review")
        assert LONG.strip() in "".join(shown)

    @pytest.mark.parametrize(
        "text", [HARMFUL, "<script>alert(1)</script>", "&amp; &lt;b&gt;", "𝔸😀"]
    )
    def test_a_text_arrives_as_it_was_sent(self, talk: Talk, text: str) -> None:
        assert "".join(talk.deliver(text)) == text

    def test_what_a_person_writes_is_read_back_as_it_was_written(self, talk: Talk) -> None:
        talk.do(Opened())
        _until(talk, "municipality_name")
        talk.do(Said(f"\x00{HARMFUL}\x1b"))
        shown = "".join(_until(talk, "review"))
        assert _visible(HARMFUL) in _visible(shown)
        assert "\x00" not in shown
        assert "\u202e" not in shown, "an override turns round what the bot says after it"
        assert _failures(talk) == 0

    def test_messages_arrive_in_the_order_they_were_put(self, talk: Talk) -> None:
        talk.do(Opened())
        texts = [f"message {number}" for number in range(30)]
        assert talk.deliver(*texts) == texts


def _visible(text: str) -> str:
    """The text without what only steers its direction."""
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)


def _walk(talk: Talk) -> list[str]:
    arrived = talk.do(Opened())
    while not _sent(talk):
        arrived = talk.do(next_step(_at(talk), _conversation(talk).turn))
    return arrived


def _until(talk: Talk, wanted: str) -> list[str]:
    arrived: list[str] = []
    while _at(talk) != wanted:
        arrived = talk.do(next_step(_at(talk), _conversation(talk).turn))
    return arrived


def _conversation(talk: Talk) -> Conversation:
    return talk.database.write(lambda c: conversations.load(c, talk.channel, talk.person, NOW))


def _at(talk: Talk) -> str:
    conversation = _conversation(talk)
    dialog = talk.house.dialogs.dialogs.get(conversation.active or "")
    if dialog is None:
        return "menu"
    return place(dialog, conversation.drafts[dialog.name]) or "review"


def _sent(talk: Talk) -> bool:
    return bool(_conversation(talk).sent)


def _record(talk: Talk) -> dict[str, object]:
    (kept,) = talk.database.read(records.every)
    return kept.record


def _failures(talk: Talk) -> int:
    return talk.database.read(inbox.failures)
