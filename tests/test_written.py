"""What a person wrote counts: below a picture, changed afterwards, and however long."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kpbot.cases import Claim
from kpbot.house import House
from kpbot.meaning import LONGEST
from kpbot.model import (
    LANGUAGES,
    OFFER,
    Attached,
    ByAdvisor,
    Content,
    Edited,
    Inbound,
    Language,
    Opened,
    Pressed,
    Said,
)
from kpbot.store import cases, inbox, transcript
from kpbot.store.database import Database
from kpbot.store.tables import inbox as kept
from kpbot.turn import Taken, act, receive
from walk import HELLO, NOW, next_step

CAPTION = "Beschluss Nr. 4711, bitte bis Freitag"
LONG = "Wir möchten zusammenarbeiten. " * 200 + "Ende."


class Writer:
    """A person whose messages have ids in their chat, as an edit of one needs them."""

    def __init__(self, database: Database, house: House, language: Language = "de") -> None:
        """Nothing was written yet."""
        self.database = database
        self.house = house
        self.language = language
        self.count = 0
        self.taken: Taken | None = None

    def write(self, content: Content, original: str = "") -> Taken:
        """The content has become a turn, a minute after the one before."""
        self.count += 1
        at = NOW + timedelta(minutes=self.count)
        id_ = str(self.count)
        inbound = Inbound("telegram", "1001", id_, at, content, self.language, original or id_)
        self.taken = receive(self.database, inbound, self.house)
        assert self.taken is not None
        return self.taken

    def go_on(self, until: str) -> str:
        """The dialog has come to that question; the id of the message before it."""
        taken = self.taken or self.write(Opened())
        while taken.at != until:
            taken = self.write(next_step(taken.at, taken.conversation.turn))
        return str(self.count)

    def answer(self, question: str) -> object:
        """The present answer to the question."""
        assert self.taken is not None
        return self.taken.conversation.drafts["intake"].answers[question].value

    def sentence(self, key: str) -> str:
        return self.house.dialogs.service[self.language].sentences[key]


@pytest.fixture
def writer(database: Database, house: House) -> Writer:
    return Writer(database, house)


@pytest.fixture
def claimed(writer: Writer) -> str:
    """The reference of the person's enquiry, which an advisor has claimed."""
    taken = writer.write(Opened())
    while not taken.conversation.sent:
        taken = writer.write(next_step(taken.at, taken.conversation.turn))
    (reference,) = taken.conversation.sent
    done = ByAdvisor(reference, "a1", "Anna Amsel", Claim())
    act(writer.database, done, "claim", NOW + timedelta(hours=2), writer.house)
    return reference


def said_in(writer: Writer, reference: str) -> list[tuple[str, str]]:
    """Kind and words of what the person sent to the advisor."""
    entries = writer.database.read(lambda c: cases.entries(c, reference))
    return [(each.kind, each.text) for each in entries if each.author == "person"]


def text_of(taken: Taken) -> str:
    assert taken.outbound is not None
    return taken.outbound.text


# ── below a picture ──


def test_words_below_a_picture_reach_the_advisor(writer: Writer, claimed: str) -> None:
    taken = writer.write(Attached("photo", CAPTION))
    assert said_in(writer, claimed)[-2:] == [("attached", "photo"), ("said", CAPTION)]
    assert text_of(taken) == writer.sentence("attachment_advisor")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_below_a_picture_answer_the_question(
    database: Database, house: House, language: Language
) -> None:
    writer = Writer(database, house, language)
    writer.go_on("contact_name")
    taken = writer.write(Attached("document", "Meier"))
    assert writer.answer("contact_name") == "Meier"
    assert taken.at != "contact_name"
    assert text_of(taken).startswith(writer.sentence("attachment"))


def test_a_picture_without_words_leaves_the_question(writer: Writer) -> None:
    writer.go_on("contact_name")
    taken = writer.write(Attached("photo"))
    assert taken.at == "contact_name"
    assert text_of(taken).count(writer.sentence("attachment")) == 1


def test_who_begins_with_a_picture_reads_first_who_speaks(writer: Writer) -> None:
    text = text_of(writer.write(Attached("photo", HELLO["de"])))
    assert text.index(writer.sentence("identity")) < text.index(writer.sentence("attachment"))


def test_the_language_of_the_words_below_a_picture_is_heard(
    database: Database, house: House
) -> None:
    writer = Writer(database, house)
    taken = writer.write(Attached("photo", "Bonjour, nous cherchons une commune partenaire"))
    assert taken.conversation.language == "fr"


def test_the_words_stand_in_the_transcript_too(writer: Writer) -> None:
    taken = writer.write(Attached("photo", CAPTION))
    lines = writer.database.read(lambda c: transcript.of(c, taken.conversation.id))
    assert [(each.kind, each.text) for each in lines[:2]] == [
        ("attached", "photo"),
        ("said", CAPTION),
    ]


def test_a_picture_of_an_earlier_release_is_read(writer: Writer) -> None:
    taken = writer.write(Attached("photo", CAPTION))
    old = {"type": "Attached", "kind": "photo"}
    writer.database.write(lambda c: c.execute(sa.update(kept).values(content=old)))
    lines = writer.database.read(lambda c: transcript.of(c, taken.conversation.id))
    assert [(each.kind, each.text) for each in lines if each.kind != "bot"] == [
        ("attached", "photo")
    ]


# ── changed afterwards ──


def test_an_edit_is_offered_for_the_question_its_message_answered(writer: Writer) -> None:
    writer.go_on("description")
    writer.write(Said("Wir suchen Hilfe beim Wasser."), "the description")
    writer.go_on("contact_name")
    writer.write(Said("Sabine Kern"), "the name")
    changed = "Wir suchen Hilfe beim Abwasser."
    taken = writer.write(Edited(changed), "the description")
    offer = taken.conversation.offer
    assert offer is not None
    assert offer.part is not None
    assert (offer.kind, offer.part.question) == ("edited", "description")
    writer.write(Pressed(offer.turn, OFFER, "yes"))
    assert (writer.answer("description"), writer.answer("contact_name")) == (
        changed,
        "Sabine Kern",
    )


def test_an_edited_word_below_a_picture_is_offered_as_well(writer: Writer) -> None:
    writer.go_on("contact_name")
    writer.write(Attached("photo", "Meier"), "the picture")
    taken = writer.write(Edited("Maier"), "the picture")
    assert taken.conversation.offer is not None
    assert taken.conversation.offer.part is not None
    assert taken.conversation.offer.part.value == "Maier"


@pytest.mark.parametrize("original", ["unknown", "the question", "the start"])
def test_an_edit_of_what_answered_nothing_is_offered_for_nothing(
    writer: Writer, original: str
) -> None:
    writer.write(Said("hallo"), "the start")
    writer.go_on("contact_name")
    writer.write(Said("Wie beginnt der Beratungsprozess?"), "the question")
    writer.write(Said("Sabine Kern"), "the name")
    taken = writer.write(Edited("Maier"), original)
    assert taken.conversation.offer is None
    assert writer.sentence("edited_plain") in text_of(taken)


def test_an_answer_that_was_given_anew_is_not_offered_the_old_message(writer: Writer) -> None:
    writer.go_on("contact_name")
    writer.write(Said("Sabine"), "first")
    writer.write(Said("zurück"))
    writer.write(Said("Sabine Kern"), "second")
    taken = writer.write(Edited("Sabina"), "first")
    assert taken.conversation.offer is None
    assert writer.sentence("edited_plain") in text_of(taken)


def test_an_edit_of_a_message_with_several_answers_is_offered_for_none(writer: Writer) -> None:
    writer.go_on("group")
    both = "Wir sind die Stadt Musterhausen und haben 50000 Einwohner"
    taken = writer.write(Said(both), "both")
    given = taken.conversation.drafts["intake"].answers
    typed = {each for each, answer in given.items() if answer.typed}
    assert typed >= {"group", "municipality_name"}, "else nothing is shown here"
    taken = writer.write(Edited(both.replace("50000", "5000")), "both")
    assert taken.conversation.offer is None
    assert writer.sentence("edited_plain") in text_of(taken)


def test_where_messages_have_no_ids_the_last_one_is_meant(writer: Writer) -> None:
    taken = writer.write(Opened())
    conversation = taken.conversation.id
    writer.write(Said("eins"), "1")
    writer.write(Attached("photo"), "2")
    writer.write(Edited("zwei"), "1")

    def came(original: str) -> object:
        return writer.database.read(lambda c: inbox.came_at(c, conversation, original))

    assert came("") == came("1") == NOW + timedelta(minutes=2)
    assert came("2") is None, "a picture without words has none that could be changed"


# ── however long ──


def test_nothing_is_cut_while_an_advisor_listens(writer: Writer, claimed: str) -> None:
    assert len(LONG) > LONGEST
    for content, kind in ((Said(LONG), "said"), (Edited(LONG), "edited")):
        taken = writer.write(content)
        assert said_in(writer, claimed)[-1] == (kind, LONG)
        assert taken.outbound is None, "an advisor speaks, and nobody else"


def test_words_below_a_picture_are_read_as_far_as_others(writer: Writer) -> None:
    writer.go_on("description")
    text = text_of(writer.write(Attached("photo", LONG)))
    notices = [writer.sentence("attachment"), writer.sentence("too_long").format(max=LONGEST)]
    assert text.startswith("\n\n".join(notices))
