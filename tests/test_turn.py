"""One turn is one transaction: everything that follows from a message, or nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from kpbot.house import House, Receivers
from kpbot.meaning import LONGEST
from kpbot.model import (
    COMMAND,
    LANGUAGES,
    OFFER,
    Attached,
    Content,
    Conversation,
    Due,
    Edited,
    Inbound,
    Language,
    Letter,
    Opened,
    Outbound,
    Pressed,
    Said,
    Selected,
)
from kpbot.store import conversations, erasure, inbox, outbox, records, tables, timers
from kpbot.store.database import Database
from kpbot.turn import Taken, receive, take
from kpbot.understand.faq import Match
from kpbot.upkeep import fire_due_timers
from walk import HELLO, NOW, RECORD, next_step, told

DESK = "desk@example.org"
POISON = "Dieser Satz ist giftig?"


class Chat:
    """One person at a channel: what happens is received, what is said is read from the store."""

    def __init__(
        self,
        database: Database,
        house: House,
        person: str = "anna",
        language: Language | None = "de",
    ) -> None:
        """Nothing has happened yet."""
        self.database = database
        self.house = house
        self.person = person
        self.language = language
        self.count = 0
        self.taken: Taken | None = None

    def inbound(self, content: Content, id_: str | None = None) -> Inbound:
        """The content as it arrives, a minute after the one before."""
        self.count += 1
        at = NOW + timedelta(minutes=self.count)
        return Inbound(
            "web", self.person, id_ or f"{self.person}-{self.count}", at, content, self.language
        )

    def happen(self, content: Content, id_: str | None = None) -> Taken:
        """The content has become a turn."""
        taken = receive(self.database, self.inbound(content, id_), self.house)
        assert taken is not None
        self.taken = taken
        return taken

    def go_on(self, until: str) -> Taken:
        """The walk has gone on until the bot is there, or the record is handed over."""
        taken = self.taken or self.happen(Opened())
        for _ in range(40):
            if taken.at == until or (until == "record" and _is_complete(taken)):
                return taken
            taken = self.happen(next_step(taken.at, taken.conversation.turn))
        raise AssertionError(f"never came to {until}: {taken}")

    def said(self) -> list[Outbound]:
        """Everything that was said to the person."""
        rows = self.database.read(lambda c: outbox.said_to(c, "web", self.person))
        return [each for _, each in rows if isinstance(each, Outbound)]


@pytest.fixture
def open_house(house: House) -> House:
    """The house with a mailbox, countable references, and a question that raises."""
    counter = iter(range(10_000))
    quick = house.knowledge.faq

    def faq(text: str, language: Language) -> Match:
        if POISON in text:
            raise ArithmeticError(text)
        return quick(text, language)

    return replace(
        house,
        knowledge=replace(house.knowledge, faq=faq),
        new_reference=lambda: f"KP-{next(counter):05d}",
        receivers=Receivers(mail_to=(DESK,), mail_details=True),
    )


@pytest.fixture
def chat(database: Database, open_house: House) -> Chat:
    return Chat(database, open_house)


def _is_complete(taken: Taken) -> bool:
    return taken.record is not None and taken.record["summary_confirmed"]


def stored(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    return database.read(
        lambda c: {
            table.name: [tuple(row) for row in c.execute(sa.select(table))]
            for table in tables.metadata.sorted_tables
        }
    )


def letters(database: Database) -> list[Letter]:
    rows = database.read(lambda c: outbox.said_to(c, "mail", DESK))
    return [each for _, each in rows if isinstance(each, Letter)]


# ── a whole enquiry ──


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_enquiry_is_handed_over_in_every_language(
    database: Database, open_house: House, language: Language
) -> None:
    chat = Chat(database, open_house, language=None)
    first = chat.happen(Said(HELLO[language]))
    assert first.conversation.language == language
    taken = chat.go_on("record")
    assert taken.record is not None
    assert told(taken.record) == RECORD
    assert taken.record["language"] == language


def test_what_is_kept_is_what_the_turn_told(database: Database, chat: Chat) -> None:
    taken = chat.go_on("record")
    (kept,) = database.read(records.every)
    assert kept.record == taken.record
    assert kept.reference == taken.record["reference"]
    assert (kept.complete, kept.outcome, kept.dialog) == (True, "desk_maghreb", "intake")
    assert (kept.delete_on - kept.at.date()).days == chat.house.days
    for word in ("Stadt Musterhausen", "Sabine Kern", kept.reference):
        assert word in kept.summary


def test_the_reference_is_told_with_the_record_and_never_before(
    database: Database, chat: Chat
) -> None:
    taken = chat.go_on("record")
    assert taken.record is not None
    telling = [each for each in chat.said() if "KP-" in each.text]
    assert telling == chat.said()[-1:]
    assert taken.record["reference"] in telling[0].text
    assert database.read(lambda c: records.is_taken(c, taken.record["reference"]))


def test_the_letter_to_the_advisors_holds_the_summary(database: Database, chat: Chat) -> None:
    chat.go_on("record")
    (kept,) = database.read(records.every)
    (letter,) = letters(database)
    assert letter.reference == kept.reference
    assert letter.subject.startswith(kept.reference)
    assert letter.text.endswith(kept.summary)


def test_a_second_enquiry_has_another_reference(database: Database, chat: Chat) -> None:
    first = chat.go_on("record").record
    chat.happen(Said("Übersicht"))
    second = chat.go_on("record").record
    assert first is not None
    assert second is not None
    assert first["reference"] != second["reference"]
    assert len(database.read(records.every)) == 2


def test_a_reference_that_is_taken_is_not_given_again(database: Database, chat: Chat) -> None:
    chat.go_on("record")
    (kept,) = database.read(records.every)
    proposals = iter([kept.reference, kept.reference, "KP-NEWER"] + ["KP-NEVER"] * 99)
    bilal = Chat(database, replace(chat.house, new_reference=lambda: next(proposals)), "bilal")
    bilal.taken = bilal.happen(Opened())
    proposals = iter([kept.reference] * 3 + ["KP-NEWER"] * 99)
    record = bilal.go_on("record").record
    assert record is not None
    assert record["reference"] == "KP-NEWER"


# ── duplicates ──


@pytest.mark.parametrize(
    "content",
    [
        Opened(),
        Said("hallo"),
        Said("Wer zahlt die Reise?"),
        Pressed(0, COMMAND, "start"),
        Attached("voice"),
        Edited("hallo"),
        Selected(0, "topics", ("x",)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_message_that_comes_twice_changes_nothing(
    database: Database, chat: Chat, content: Content
) -> None:
    inbound = chat.inbound(content)
    assert receive(database, inbound, chat.house) is not None
    before = stored(database)
    again = replace(inbound, at=inbound.at + timedelta(hours=1))
    assert receive(database, again, chat.house) is None
    assert stored(database) == before


def test_sending_twice_hands_over_once(database: Database, chat: Chat) -> None:
    turn = chat.go_on("review").conversation.turn
    send = chat.inbound(Pressed(turn, COMMAND, "send"))
    receive(database, send, chat.house)
    receive(database, send, chat.house)
    chat.happen(Pressed(turn, COMMAND, "send"))  # a second tap is another message
    assert len(database.read(records.every)) == 1
    assert len(letters(database)) == 1


def test_a_late_duplicate_does_not_bring_an_erased_person_back(
    database: Database, chat: Chat
) -> None:
    first = chat.inbound(Said("hallo"))
    taken = receive(database, first, chat.house)
    assert taken is not None
    database.write(lambda c: erasure.erase(c, taken.conversation.id))
    assert receive(database, first, chat.house) is None
    assert stored(database)["conversations"] == []


# ── all or nothing ──


@pytest.mark.parametrize("until", ["consent", "review"])
def test_a_turn_that_fails_at_its_end_has_written_nothing(
    database: Database, chat: Chat, until: str
) -> None:
    taken = chat.go_on(until)
    before = stored(database)
    step = chat.inbound(next_step(taken.at, taken.conversation.turn))

    def work(connection: sa.Connection) -> None:
        assert take(connection, step, chat.house) is not None
        raise ArithmeticError("the plug is pulled")

    with pytest.raises(ArithmeticError):
        database.write(work)
    assert stored(database) == before
    assert receive(database, step, chat.house) is not None  # the channel delivers again


def test_when_the_database_fails_the_message_may_come_again(database: Database, chat: Chat) -> None:
    chat.go_on("group")
    inbound = chat.inbound(Said("Presse"))
    database.write(lambda c: c.exec_driver_sql("ALTER TABLE outbox RENAME TO away"))
    with pytest.raises(sa.exc.DBAPIError):
        receive(database, inbound, chat.house)
    database.write(lambda c: c.exec_driver_sql("ALTER TABLE away RENAME TO outbox"))
    taken = receive(database, inbound, chat.house)
    assert taken is not None
    assert taken.at == "municipality_name"


# ── poison ──


def test_a_poisoned_message_is_recorded_once_and_apologised_for_once(
    database: Database, chat: Chat
) -> None:
    chat.go_on("menu")
    before = chat.said()
    poison = chat.inbound(Said(POISON))
    for _ in range(3):
        receive(database, poison, chat.house)
    assert database.read(inbox.failures) == 1
    (apology,) = chat.said()[len(before) :]
    assert apology.text == chat.house.dialogs.service["de"].sentences["trouble"]
    assert apology.toast


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_apology_is_in_the_language_of_the_conversation(
    database: Database, open_house: House, language: Language
) -> None:
    chat = Chat(database, open_house, language=language)
    chat.happen(Said(HELLO[language]))
    taken = chat.happen(Said(POISON))
    assert taken.outbound is not None
    assert taken.outbound.text == open_house.dialogs.service[language].sentences["trouble"]


def test_the_conversation_goes_on_after_a_poisoned_message(chat: Chat) -> None:
    before = chat.go_on("population")
    after = chat.happen(Said(POISON))
    assert (after.at, after.conversation) == (before.at, before.conversation)
    record = chat.go_on("record").record
    assert record is not None
    assert told(record) == RECORD


def test_a_poisoned_message_blocks_nobody_else(database: Database, open_house: House) -> None:
    Chat(database, open_house, "anna").happen(Said(POISON))
    assert Chat(database, open_house, "bilal").go_on("record").record is not None


def test_a_poisoned_first_message_is_erased_with_the_person(database: Database, chat: Chat) -> None:
    chat.happen(Said(POISON))
    for conversation in database.read(lambda c: conversations.find(c, "anna")):
        database.write(lambda c, each=conversation: erasure.erase(c, each))
    assert "giftig" not in str(stored(database))


@pytest.mark.parametrize("state", ["", "{", "[]", '{"id": 5}'])
def test_a_broken_conversation_is_apologised_for_and_blocks_nobody_else(
    database: Database, open_house: House, state: str
) -> None:
    anna, bilal = Chat(database, open_house, "anna"), Chat(database, open_house, "bilal")
    anna.go_on("group")
    bilal.go_on("group")
    table = tables.conversations
    database.write(
        lambda c: c.execute(table.update().where(table.c.person == "anna").values(state=state))
    )
    taken = anna.happen(Said("Presse"), "broken")
    assert taken.outbound is not None
    assert taken.outbound.text == open_house.dialogs.service["de"].sentences["trouble"]
    assert database.read(inbox.failures) == 1
    assert bilal.go_on("record").record is not None


def test_a_person_with_a_broken_conversation_can_be_erased_and_begin_anew(
    database: Database, chat: Chat
) -> None:
    chat.go_on("group")
    database.write(lambda c: c.execute(tables.conversations.update().values(state="{")))
    (id_,) = database.read(lambda c: conversations.find(c, "anna"))
    database.write(lambda c: erasure.erase(c, id_))
    chat.taken = chat.happen(Opened())
    assert chat.go_on("record").record is not None


def test_a_timer_that_fails_is_used_up_and_nobody_is_told(database: Database, chat: Chat) -> None:
    chat.go_on("group")
    before = chat.said()
    database.write(lambda c: c.execute(tables.conversations.update().values(state="{")))
    later = NOW + timedelta(days=30)
    rounds = [
        fire_due_timers(database, lambda each: receive(database, each, chat.house), later)
        for _ in range(2)
    ]
    assert rounds[1] == 0
    assert chat.said() == before
    assert database.read(inbox.failures) == rounds[0] > 0


# ── timers ──


def test_a_draft_is_reminded_of_and_then_gone(database: Database, chat: Chat) -> None:
    chat.go_on("population")
    sentences = chat.house.dialogs.service["de"].sentences
    start = sentences["reminder"].split("{")[0]

    def let_pass(days: int) -> list[str]:
        before = len(chat.said())
        now = NOW + timedelta(days=days, hours=2)
        while fire_due_timers(database, lambda each: receive(database, each, chat.house), now):
            pass
        return [each.text for each in chat.said()[before:]]

    assert let_pass(1) == []
    (reminder,) = let_pass(2)
    assert reminder.startswith(start)
    assert let_pass(3) == []
    (expired,) = let_pass(10)
    assert expired.startswith(sentences["expired"])
    assert database.read(lambda c: conversations.load(c, "web", "anna", NOW)).drafts == {}


def test_a_timer_nobody_set_does_nothing(database: Database, chat: Chat) -> None:
    chat.go_on("group")
    before = chat.said()
    assert receive(database, chat.inbound(Due("remind:intake:0")), chat.house) is None
    assert chat.said() == before


# ── a person is asked for ──


def test_an_enquiry_that_is_not_complete_reaches_a_person_and_goes_on(
    database: Database, chat: Chat
) -> None:
    turn = chat.go_on("population").conversation.turn
    taken = chat.happen(Pressed(turn, COMMAND, "human"))
    (kept,) = database.read(records.every)
    assert (kept.complete, kept.record["municipality_name"]) == (False, "Stadt Musterhausen")
    assert taken.at == "population"
    assert taken.outbound is not None
    assert kept.reference in taken.outbound.text
    assert letters(database)[0].text.endswith(kept.summary)
    record = chat.go_on("record").record
    assert record is not None
    assert told(record) == RECORD
    (whole,) = database.read(records.every)
    assert (whole.complete, whole.reference) == (True, kept.reference), "one enquiry, one record"


# ── erasure ──


def _erase_in_chat(chat: Chat) -> Taken:
    taken = chat.happen(Said("löschen"))
    assert taken.conversation.offer is not None
    return chat.happen(Pressed(taken.conversation.offer.turn, OFFER, "yes"))


def test_deleting_leaves_nothing_but_the_goodbye_and_tells_the_advisors(
    database: Database, chat: Chat
) -> None:
    record = chat.go_on("record").record
    assert record is not None
    chat.happen(Said("Anfrage"))
    chat.go_on("email")
    taken = _erase_in_chat(chat)
    assert taken.erased
    rows = stored(database)
    assert rows["conversations"] == rows["records"] == rows["timers"] == []
    assert [each.text for each in chat.said()] == [taken.outbound.text if taken.outbound else ""]
    for word in ("Musterhausen", "Kern", "Nordafrika zum Abfall"):
        assert word not in str(rows)
    (letter,) = letters(database)
    assert letter.reference == record["reference"]
    assert "gelöscht" in letter.subject


def test_deleting_leaves_no_byte_in_the_file(file_database: Database, open_house: House) -> None:
    chat = Chat(file_database, open_house)
    chat.go_on("record")
    _erase_in_chat(chat)
    path = file_database.url.database or ""
    for name in (path, f"{path}-wal"):
        with open(name, "rb") as file:  # noqa: PTH123 (two files, one by its suffix)
            assert b"Musterhausen" not in file.read()


def test_somebody_else_keeps_everything(database: Database, open_house: House) -> None:
    anna, bilal = Chat(database, open_house, "anna"), Chat(database, open_house, "bilal")
    bilal.go_on("record")
    anna.go_on("record")
    before = bilal.said()
    _erase_in_chat(anna)
    assert bilal.said() == before
    assert len(database.read(records.every)) == 1


def test_after_deleting_a_person_may_begin_anew(chat: Chat) -> None:
    chat.go_on("record")
    _erase_in_chat(chat)
    chat.taken = chat.happen(Opened())
    record = chat.go_on("record").record
    assert record is not None
    assert told(record) == RECORD


# ── bad input ──

LONG = "Wir möchten zusammenarbeiten. " * 200
_OLD = Pressed(-5, "group", "media")
BAD: dict[str, Content] = {
    "6,000 characters": Said(LONG),
    "emoji only": Said("😀🎉👍🏽"),
    "one emoji": Said("🇩🇪"),
    "photo": Attached("photo"),
    "voice": Attached("voice"),
    "NUL": Said("Stadt\x00 Muster\x00hausen"),
    "bidi override": Said("\u202eneshcuaM tdatS\u202c"),
    "HTML": Said("<b>Stadt</b> <script>alert(1)</script> & Co."),
    "Markdown": Said("*Stadt* _Muster_ [Link](http://example.org) `x`"),
    "null": Said("Null"),
    "None": Said("None"),
    "nothing": Said(""),
    "white space": Said(" \n\t\u200b "),
    "half a character": Said("Stadt \ud83d"),
    "format braces": Said("{reference} {0} %s {"),
    "combining marks": Said("Z" + "\u0301" * 500),
    "SQL": Said("'; DROP TABLE inbox; --"),
    "a button of long ago": _OLD,
    "a button of nowhere": Pressed(10**30, "no such", "no such"),
    "a command of nowhere": Pressed(1, COMMAND, "no such:thing"),
    "an offer of nowhere": Pressed(1, OFFER, "yes"),
    "a selection of nothing": Selected(1, "topics", ()),
    "a selection of nowhere": Selected(1, "", ("x", "x", "y")),
    "an edit": Edited("<b>\x00"),
}
PLACES = ("menu", "consent", "group", "municipality_name", "population", "email", "review")


class _Undone(Exception):  # noqa: N818 (what happened to the work)
    """Carries what a turn came to out of the transaction that is undone."""

    def __init__(self, taken: Taken | None) -> None:
        """What the turn came to."""
        super().__init__()
        self.taken = taken


def _try(chat: Chat, content: Content) -> Taken | None:
    """What the content would come to; nothing has changed."""
    inbound = inbox.cleaned(chat.inbound(content))

    def work(connection: sa.Connection) -> None:
        raise _Undone(take(connection, inbound, chat.house))

    with pytest.raises(_Undone) as caught:
        chat.database.write(work)
    return caught.value.taken


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_input_gets_a_sentence_everywhere(
    database: Database, open_house: House, place: str, language: Language
) -> None:
    chat = Chat(database, open_house, language=language)
    chat.go_on(place)
    for name, content in BAD.items():
        taken = _try(chat, content)
        assert taken is not None, name
        assert taken.outbound is not None, name
        assert taken.outbound.text.strip(), name
        assert taken.outbound.language == language, name


def test_bad_input_on_the_way_does_not_change_what_is_handed_over(chat: Chat) -> None:
    for place in PLACES:
        chat.go_on(place)
        for content in BAD.values():
            if isinstance(content, Pressed | Selected | Attached | Edited) and content != _OLD:
                chat.taken = chat.happen(content)
                if chat.taken.conversation.offer is not None:
                    offer = chat.taken.conversation.offer
                    chat.taken = chat.happen(Pressed(offer.turn, OFFER, "no"))
    record = chat.go_on("record").record
    assert record is not None
    assert told(record) == RECORD


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_writes_very_much_is_told_how_much_is_read(
    database: Database, open_house: House, language: Language
) -> None:
    chat = Chat(database, open_house, language=language)
    chat.go_on("description")
    taken = chat.happen(Said(LONG))
    told_them = open_house.dialogs.service[language].sentences["too_long"].format(max=LONGEST)
    assert taken.outbound is not None
    assert taken.outbound.text.startswith(told_them)
    answer = taken.conversation.drafts["intake"].answers["description"].value
    assert isinstance(answer, str)
    assert LONG.startswith(answer)


@pytest.mark.parametrize(
    "name",
    [
        "Null",
        "undefined",
        "<b>Bad Ems</b>",
        "*Bad* _Ems_",
        "O'Fallon; DROP TABLE records",
        "{reference}",
        "القاهرة",
    ],
)
def test_a_name_arrives_as_it_was_written(database: Database, open_house: House, name: str) -> None:
    chat = Chat(database, open_house)
    chat.go_on("municipality_name")
    chat.happen(Said(name))
    record = chat.go_on("record").record
    assert record is not None
    assert record["words"]["municipality_name"]["text"] == name
    (kept,) = database.read(records.every)
    assert kept.record == record


@pytest.mark.parametrize("name", ["Stadt\x00 Muster\x1bhausen", "Stadt Musterhausen\ud83d"])
def test_what_is_no_character_is_left_out_of_a_name(
    database: Database, open_house: House, name: str
) -> None:
    chat = Chat(database, open_house)
    chat.go_on("municipality_name")
    chat.happen(Said(name))
    record = chat.go_on("record").record
    assert record is not None
    assert record["municipality_name"] == "Stadt Musterhausen"


def test_a_press_that_is_late_by_a_turn_never_changes_an_answer_silently(chat: Chat) -> None:
    turn = chat.go_on("group").conversation.turn
    chat.happen(Pressed(turn, "group", "media"))
    before = _answers(chat.go_on("population"))
    taken = chat.happen(Pressed(turn, "group", "science"))
    assert _answers(taken) == before
    assert taken.outbound is not None


def _answers(taken: Taken) -> dict[str, object]:
    draft = taken.conversation.drafts["intake"]
    return {name: answer.value for name, answer in draft.answers.items()}


def test_every_turn_is_answered_by_one_message(chat: Chat) -> None:
    chat.go_on("record")
    assert len(chat.said()) == chat.count


def test_a_conversation_of_two_channels_is_two(database: Database, open_house: House) -> None:
    for channel in ("web", "telegram"):
        receive(database, Inbound(channel, "anna", "m1", NOW, Opened(), "de"), open_house)
    assert len(database.read(lambda c: conversations.find(c, "anna"))) == 2
    kept = database.read(lambda c: conversations.load(c, "web", "anna", NOW))
    assert isinstance(kept, Conversation)
    assert database.read(lambda c: timers.due_timers(c, NOW + timedelta(days=99))) == []
