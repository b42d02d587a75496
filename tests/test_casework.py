"""Advisors and people in one conversation: nobody talks over the other, nothing is lost."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

import pytest

from kpbot.app import Clock
from kpbot.cases import (
    Action,
    Case,
    Claim,
    Close,
    HandOver,
    Note,
    Refused,
    Release,
    Reopen,
    Reply,
    Snooze,
)
from kpbot.casework import remove_advisor, undelivered
from kpbot.channels import NotSent
from kpbot.delivery import deliver_due
from kpbot.engine.hours_text import parse_hours
from kpbot.house import Receivers
from kpbot.model import (
    COMMAND,
    OFFER,
    Attached,
    ByAdvisor,
    Card,
    Edited,
    Inbound,
    Language,
    Letter,
    Message,
    Notification,
    Opened,
    Pressed,
    Said,
)
from kpbot.person import Person
from kpbot.store import advisors, cases, outbox, records, timers, transcript
from kpbot.store.database import Database
from kpbot.turn import Taken, act, receive
from walk import NOW, Arrive, next_step

EVERYBODY = Receivers(("desk@example.org",), mail_details=False, staff_chat="-100", webhook=True)
T = TypeVar("T")
Act = Callable[..., Taken | Refused]


@pytest.fixture
def person(arrive: Arrive) -> Person:
    return arrive("leila", "fr", receivers=EVERYBODY)


@pytest.fixture
def reference(person: Person) -> str:
    return sent(person)


def sent(person: Person) -> str:
    """The reference of an enquiry that the person just sent."""
    person.happen(Opened())
    while True:
        assert person.taken is not None
        conversation = person.taken.conversation
        if conversation.sent:
            return conversation.sent[-1]
        person.happen(next_step(person.taken.at, conversation.turn))


def sent_again(person: Person) -> str:
    """The reference of a second enquiry of the same person."""
    person.happen(Pressed(0, COMMAND, "start"))
    while True:
        assert person.taken is not None
        conversation = person.taken.conversation
        if len(conversation.sent) > 1:
            return conversation.sent[-1]
        person.happen(next_step(person.taken.at, conversation.turn))


@pytest.fixture
def anna(database: Database) -> str:
    added = database.write(
        lambda c: advisors.add(c, "Anna Amsel", "anna@example.org", role="advisor", at=NOW)
    )
    return added.id


@pytest.fixture
def do(person: Person, anna: str) -> Act:
    """What an advisor does, Anna unless said otherwise."""
    numbers = count()

    def doing(
        reference: str, action: Action, *, by: str = "", name: str = "Anna Amsel", id_: str = ""
    ) -> Taken | Refused:
        done = ByAdvisor(reference, by or anna, name, action)
        message_id = id_ or str(next(numbers))
        return act(person.database, done, message_id, person.clock(), person.house)

    return doing


def heard(person: Person) -> str:
    """Everything that was said to the person meanwhile."""
    return "\n\n".join(each.text for each in person.wait(timedelta(0)))


def waiting(database: Database, channel: str, kind: type[T]) -> list[T]:
    leased = database.write(lambda c: outbox.lease(c, [channel], NOW + timedelta(days=400)))
    found: list[T] = []
    while leased:
        for each in leased:
            assert isinstance(each.message, kind)
            found.append(each.message)
            database.write(lambda c, id_=each.id: outbox.mark_sent(c, id_))
        leased = database.write(lambda c: outbox.lease(c, [channel], NOW + timedelta(days=400)))
    return found


def case_of(database: Database, reference: str) -> Case:
    case = database.read(lambda c: cases.get(c, reference))
    assert case is not None
    return case


def kinds(database: Database, reference: str) -> list[str]:
    return [each.kind for each in database.read(lambda c: cases.entries(c, reference))]


def test_a_sent_enquiry_is_a_case_that_everybody_hears_of(
    database: Database, reference: str
) -> None:
    assert case_of(database, reference).state == "open"
    (card,) = waiting(database, "staff", Card)
    assert (card.reference, card.news) == (reference, "Neue Anfrage.")
    assert [button.id for button in card.buttons] == ["claim"]
    (letter,) = waiting(database, "mail", Letter)
    assert reference in letter.subject
    assert "Sabine Kern" not in letter.text, "no personal data in mails by default"
    (news,) = waiting(database, "webhook", Notification)
    assert (news.kind, news.data["record"]["contact_name"]) == ("case.opened", "Sabine Kern")


def test_a_claim_lets_the_advisor_speak_and_the_bot_be_silent(
    person: Person, reference: str, do: Act
) -> None:
    do(reference, Claim())
    assert "Anna Amsel" in heard(person)
    assert person.happen(Said("Wer zahlt die Flüge?")) == []
    do(reference, Reply("Bonjour, wir zahlen \u2026"))
    assert "Bonjour, wir zahlen" in heard(person)
    assert kinds(person.database, reference) == ["opened", "claimed", "said", "replied"]


def test_the_second_who_claims_reads_who_has_it(reference: str, do: Act, anna: str) -> None:
    do(reference, Claim())
    answer = do(reference, Claim(), by="b2", name="Ben Buche")
    assert isinstance(answer, Refused)
    assert answer.case is not None
    assert (answer.why, answer.case.advisor) == ("taken", anna)


def test_the_same_press_twice_is_one_deed(person: Person, reference: str, do: Act) -> None:
    do(reference, Claim())
    do(reference, Reply("Guten Tag"), id_="once")
    do(reference, Reply("Guten Tag"), id_="once")
    assert heard(person).count("Guten Tag") == 1


def test_nobody_acts_on_a_case_that_is_not_there(do: Act) -> None:
    assert do("KP-22222", Claim()) == Refused("unknown")


@pytest.mark.parametrize("word", ["mes données", "confidentialité", "aide", "statut"])
def test_service_words_are_answered_even_then(
    person: Person, reference: str, do: Act, word: str
) -> None:
    do(reference, Claim())
    heard(person)
    assert person.happen(Said(word))
    assert "said" not in kinds(person.database, reference)


@pytest.mark.parametrize("word", ["retour", "menu", "annuler", "envoyer", "bonjour", "مرحبا"])
def test_every_other_word_is_for_the_advisor(
    person: Person, reference: str, do: Act, word: str
) -> None:
    do(reference, Claim())
    heard(person)
    assert person.happen(Said(word)) == []
    assert kinds(person.database, reference)[-1] == "said"
    assert person.taken is not None
    assert person.taken.conversation.language == "fr"


def test_edits_and_pictures_are_announced(person: Person, reference: str, do: Act) -> None:
    do(reference, Claim())
    heard(person)
    person.happen(Edited("je voulais dire mardi"))
    (told,) = person.happen(Attached("photo"))
    assert told.toast
    assert kinds(person.database, reference)[-2:] == ["edited", "attached"]
    news = [card.news for card in waiting(person.database, "staff", Card)]
    assert any("ein Bild" in each for each in news)


def test_an_old_button_says_who_speaks_now(person: Person, reference: str, do: Act) -> None:
    do(reference, Claim())
    heard(person)
    (told,) = person.happen(Pressed(3, "group", "company"))
    assert told.toast
    assert person.happen(Opened())[0].text.count("Anna Amsel") == 1


def test_a_note_stays_with_the_advisors(person: Person, reference: str, do: Act) -> None:
    do(reference, Claim())
    heard(person)
    do(reference, Note("Vorsicht: geheim"), by="b2", name="Ben Buche")
    assert heard(person) == ""
    assert "geheim" not in "".join(each.text for each in person.happen(Said("mes données")))


@pytest.mark.parametrize(
    "action",
    [Release(), HandOver("desk_general"), Close("answered")],
    ids=lambda a: type(a).__name__,
)
def test_afterwards_the_bot_speaks_again(
    person: Person, reference: str, do: Act, action: Action
) -> None:
    do(reference, Claim())
    heard(person)
    do(reference, action)
    assert heard(person)
    assert person.happen(Said("menu"))
    assert person.taken is not None
    assert person.taken.at == "menu"


def test_the_form_goes_on_at_its_place(arrive: Arrive, database: Database, anna: str) -> None:
    person = arrive("mid", "de", receivers=EVERYBODY)
    person.happen(Opened())
    while person.taken is None or person.taken.at != "population":
        at, turn = (
            (person.taken.at, person.taken.conversation.turn) if person.taken else ("menu", 1)
        )
        person.happen(next_step(at, turn))
    person.happen(Said("Mensch"))
    (reference,) = person.taken.conversation.sent
    done = ByAdvisor(reference, anna, "Anna Amsel", Claim())
    act(database, done, "1", person.clock(), person.house)
    heard(person)
    assert person.happen(Said("12000")) == [], "while an advisor listens nothing is an answer"
    person.wait(timedelta(hours=2))
    act(database, ByAdvisor(reference, anna, "Anna", Release()), "2", person.clock(), person.house)
    (back,) = person.wait(timedelta(0))
    assert back.buttons
    assert person.taken.at == "advisor"
    person.happen(Said("12000"))
    assert person.taken.at != "population"
    assert person.taken.conversation.drafts["intake"].answers["population"].value == 12000


def test_a_silent_advisor_loses_the_case_and_the_person_is_told(
    person: Person, reference: str, do: Act
) -> None:
    do(reference, Claim())
    heard(person)
    told = person.wait(timedelta(days=1, minutes=1))
    assert any("attend de nouveau" in each.text for each in told)
    assert case_of(person.database, reference).advisor is None
    assert isinstance(do(reference, Reply("Hallo")), Refused)


def test_activity_renews_the_lease(person: Person, reference: str, do: Act) -> None:
    do(reference, Claim())
    for _ in range(3):
        person.wait(timedelta(hours=20))
        do(reference, Reply("Ich bin noch da."))
    assert case_of(person.database, reference).advisor is not None


def test_nobody_coming_is_admitted_and_another_way_offered(
    person: Person, reference: str, database: Database
) -> None:
    (told,) = person.wait(timedelta(days=1, minutes=1))
    assert reference in told.text
    assert {"mail", "call", "wait"} <= {button.id for button in told.buttons}
    waiting(database, "staff", Card)
    assert person.happen(Pressed(told.turn, OFFER, "call"))
    (card,) = waiting(database, "staff", Card)
    assert card.news == "Die Person möchte per Telefon erreicht werden."
    letters = waiting(database, "mail", Letter)
    assert any("per Telefon" in letter.text for letter in letters)


def test_a_typed_wish_is_as_good_as_a_press(person: Person, reference: str) -> None:
    person.wait(timedelta(days=1, minutes=1))
    assert person.happen(Said("par téléphone"))
    assert kinds(person.database, reference)[-1] == "wished"


def test_reminders_wait_while_an_advisor_speaks(
    arrive: Arrive, database: Database, anna: str
) -> None:
    person = arrive("slow", "de", receivers=EVERYBODY)
    reference = sent(person)
    person.happen(Said("menü"))
    person.happen(Pressed(person.taken.conversation.turn, COMMAND, "start"))  # type: ignore[union-attr]
    for number in range(5):
        action: Action = Reply("Bin da") if number else Claim()
        done = ByAdvisor(reference, anna, "Anna", action)
        act(database, done, str(number), person.clock(), person.house)
        told = person.wait(timedelta(hours=20))
        assert all("Anna" in each.text for each in told), "no bot text between claim and release"
    assert database.read(lambda c: timers.due_timers(c, person.clock() + timedelta(days=30)))


def test_the_person_reads_what_became_of_the_enquiry(
    person: Person, reference: str, do: Act
) -> None:
    def state() -> str:
        return person.happen(Said("statut"))[-1].text

    assert "attend" in state()
    do(reference, Claim())
    assert "s’en occupe" in state()
    do(reference, Close("answered"))
    assert "terminée" in state()
    do(reference, Reopen())
    assert "s’en occupe" in state()


def test_a_snoozed_case_wakes_with_its_advisor(person: Person, reference: str, do: Act) -> None:
    do(reference, Claim())
    do(reference, Snooze(person.clock() + timedelta(days=5)))
    person.wait(timedelta(days=5, minutes=1))
    case = case_of(person.database, reference)
    assert (case.advisor is not None, case.snoozed_until) == (True, None)
    assert kinds(person.database, reference)[-1] == "woke"


def test_erasing_takes_the_case_and_what_was_said_in_it(
    person: Person, reference: str, do: Act, database: Database
) -> None:
    do(reference, Claim())
    heard(person)
    person.happen(Said("mon secret"))
    offer = person.happen(Said("supprimer"))[-1]
    waiting(database, "staff", Card)
    person.happen(Pressed(offer.turn, OFFER, "yes"))
    assert database.read(lambda c: cases.get(c, reference)) is None
    assert database.read(lambda c: cases.entries(c, reference)) == []
    assert database.read(records.every) == []
    (card,) = waiting(database, "staff", Card)
    assert (card.buttons, card.closed) == ((), True)
    assert "mon secret" not in card.text
    assert do(reference, Reply("Hallo?")) == Refused("unknown")


def test_a_press_from_before_everything_was_erased_is_an_old_one(person: Person) -> None:
    shown = person.happen(Opened())[-1]
    (told,) = person.happen(Pressed(shown.turn, COMMAND, "start", conversation="another"))
    assert told.toast


def test_what_comes_after_sending_is_added_to_the_enquiry(person: Person, reference: str) -> None:
    (asked,) = person.happen(Said("Le nouveau directeur s'appelle autrement xyzzy"))
    assert reference in asked.text
    person.happen(Pressed(asked.turn, OFFER, "yes"))
    last = person.database.read(lambda c: cases.entries(c, reference))[-1]
    assert (last.author, last.kind) == ("person", "said")
    assert "xyzzy" in last.text


def test_changing_after_sending_is_explained(person: Person, reference: str) -> None:
    assert reference in person.happen(Said("corriger"))[-1].text


OFFICE = parse_hours("Mon-Thu 09:00-12:00,13:00-16:00", zone="Europe/Berlin")
THURSDAY_NOON = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)


class StandingClock(Clock):
    """Stands on a Thursday after hours until it is moved."""

    def __call__(self) -> datetime:
        """The instant it was moved to."""
        return THURSDAY_NOON + self.ahead


@pytest.mark.parametrize(
    ("language", "there"),
    [
        ("de", "am Montag, 30.11.2026, ab 9:00 Uhr (Berlin)"),
        ("fr", "lundi 30/11/2026"),
        ("en", "Monday"),
        ("ar", "الاثنين"),
    ],
)
def test_the_hand_off_says_when_somebody_will_be_there(
    arrive: Arrive, *, language: Language, there: str
) -> None:
    person = arrive("late", language, StandingClock(), hours={"": OFFICE})
    sent(person)
    assert person.taken is not None
    assert person.taken.outbound is not None
    assert there in person.taken.outbound.text


def test_the_clock_for_the_first_answer_runs_in_office_hours_only(arrive: Arrive) -> None:
    person = arrive("late", "de", StandingClock(), hours={"": OFFICE}, answer=timedelta(hours=8))
    reference = sent(person)
    due = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)  # six hours on Monday, two on Tuesday
    assert case_of(person.database, reference).answer_due == due
    assert person.wait(timedelta(days=4)) == []


# ── two enquiries of one person ──────────────────────────────────────────────────────────────


def test_one_advisor_at_a_time_speaks_with_a_person(
    database: Database, person: Person, reference: str, do: Act
) -> None:
    second = sent_again(person)
    do(reference, Claim())
    heard(person)
    refused = do(second, Claim(), by="ben", name="Ben Buche")
    assert isinstance(refused, Refused)
    assert refused.why == "speaking"
    assert refused.case is not None
    assert refused.case.reference == reference
    assert not heard(person)
    assert person.happen(Said("Noch eine Frage zum ersten Vorhaben")) == []
    assert "said" in kinds(database, reference)
    assert "said" not in kinds(database, second)
    do(reference, Close("answered"))
    assert isinstance(do(second, Claim(), by="ben", name="Ben Buche"), Taken)


def test_of_two_cases_of_one_advisor_the_last_one_spoken_of_is_answered(
    database: Database, person: Person, reference: str, do: Act
) -> None:
    second = sent_again(person)
    do(reference, Claim())
    do(second, Claim())
    do(reference, Reply("Zum ersten: welche Stadt?"))
    person.happen(Said("Sfax"))
    assert "said" in kinds(database, reference)
    do(second, Close("duplicate"))
    heard(person)
    assert person.happen(Said("Oder Sousse")) == []
    assert kinds(database, reference).count("said") == 2
    assert case_of(database, second).state == "closed"


def test_nobody_coming_to_one_case_does_not_break_into_the_talk_about_another(
    database: Database, person: Person, reference: str, do: Act
) -> None:
    second = sent_again(person)
    do(reference, Claim())
    do(reference, Reply("Guten Tag"))
    heard(person)
    spoken = person.wait(timedelta(days=3))
    assert not any(second in each.text for each in spoken)
    assert case_of(database, second).escalated > 0
    person.happen(Said("Guten Tag zurück"))
    assert "said" in kinds(database, reference)


# ── nothing is forgotten ─────────────────────────────────────────────────────────────────────


def test_what_comes_after_the_end_opens_the_case_and_is_mailed(
    database: Database, person: Person, reference: str, do: Act
) -> None:
    do(reference, Claim())
    do(reference, Close("answered"))
    heard(person)
    waiting(database, "mail", Letter)
    offered = person.happen(Said("Übrigens hat der Stadtrat jetzt zugestimmt und freut sich"))[-1]
    person.happen(Pressed(offered.turn, OFFER, "yes"))
    assert case_of(database, reference).state == "open"
    assert kinds(database, reference)[-2:] == ["said", "reopened"]
    (letter,) = waiting(database, "mail", Letter)
    assert reference in letter.subject
    assert "Stadtrat" not in letter.text


def test_the_cases_of_who_is_removed_are_open_again(
    database: Database, person: Person, reference: str, do: Act, anna: str
) -> None:
    do(reference, Claim())
    do(reference, Snooze(NOW + timedelta(days=300)))
    database.write(lambda c: remove_advisor(c, anna, person.clock()))
    assert "attend de nouveau" in heard(person)
    assert (case_of(database, reference).state, case_of(database, reference).advisor) == (
        "open",
        None,
    )


def test_asking_for_a_person_again_reminds_the_advisors(arrive: Arrive, database: Database) -> None:
    person = arrive("omar", "de", receivers=EVERYBODY)
    person.happen(Opened())
    while person.taken is None or person.taken.at not in {"country", "contact_name"}:
        assert person.taken is not None
        person.happen(next_step(person.taken.at, person.taken.conversation.turn))
    person.happen(Said("Mensch"))
    waiting(database, "mail", Letter)
    person.happen(Said("Mensch"))
    (letter,) = waiting(database, "mail", Letter)
    assert "bittet um Rückmeldung" in letter.subject


class Shut:
    """A way to the person on which nothing arrives."""

    name = "terminal"
    repeats_show = True

    def __init__(self, failure: NotSent) -> None:
        """Every send fails so."""
        self._failure = failure

    async def send(self, _address: str, _message: Message) -> None:
        """Nothing goes out."""
        raise self._failure


def shut(person: Person, failure: NotSent) -> None:
    """What waits for the person was tried on a way that is shut."""
    asyncio.run(
        deliver_due(
            person.database,
            {"terminal": Shut(failure)},
            person.clock,
            given_up=lambda c, lost, at: undelivered(c, lost, person.house, at),
        )
    )


@pytest.mark.parametrize(
    ("failure", "tries", "kind", "state", "words"),
    [
        (NotSent("blocked", never=True), 1, "undelivered", "waiting_advisor", "nicht zugestellt"),
        (NotSent("broken", doubtful=True), 2, "doubtful", "waiting_person", "Niemand weiß"),
    ],
    ids=["blocked", "in doubt"],
)
def test_a_reply_that_did_not_arrive_is_known_to_everybody(
    person: Person,
    reference: str,
    do: Act,
    *,
    failure: NotSent,
    tries: int,
    kind: str,
    state: str,
    words: str,
) -> None:
    do(reference, Claim())
    heard(person)
    do(reference, Reply("Bonjour madame"))
    for channel in ("staff", "mail", "webhook"):
        waiting(person.database, channel, object)
    for _ in range(tries):
        shut(person, failure)
        assert isinstance(person.clock, Clock)
        person.clock.ahead += timedelta(minutes=1)
    entry = person.database.read(lambda c: cases.entries(c, reference))[-1]
    assert (entry.kind, entry.author) == (kind, "system")
    assert "Bonjour madame" in entry.text
    assert case_of(person.database, reference).state == state
    (card,) = waiting(person.database, "staff", Card)
    assert words in card.news
    assert "E-Mail oder Telefon" in card.news
    assert "Bonjour madame" in card.quote
    (letter,) = waiting(person.database, "mail", Letter)
    assert words in letter.text
    assert "Bonjour" not in letter.text
    (news,) = waiting(person.database, "webhook", Notification)
    assert news.kind == f"case.{kind}"
    conversation = case_of(person.database, reference).conversation
    lines = person.database.read(lambda c: transcript.of(c, conversation))
    assert [line.lost for line in lines if "Bonjour madame" in line.text] == [
        "failed" if kind == "undelivered" else kind
    ]


def test_what_the_bot_says_in_vain_concerns_no_advisor(person: Person, reference: str) -> None:
    before = kinds(person.database, reference)
    greeting = Inbound("terminal", "leila", "hello", person.clock(), Said("Bonjour"), "fr")
    assert receive(person.database, greeting, person.house) is not None
    shut(person, NotSent("blocked", never=True))
    assert heard(person) == ""
    assert kinds(person.database, reference) == before


def test_a_card_leads_to_the_case_at_the_desk(arrive: Arrive, database: Database) -> None:
    desk = "https://kpbot.example.org/desk"
    reference = sent(arrive("nadia", "de", receivers=Receivers(staff_chat="-100", desk=desk)))
    (card,) = waiting(database, "staff", Card)
    assert card.text.splitlines()[1] == f"Zum Fall: {desk}/cases/{reference}"


def test_each_case_waits_for_the_staff_chat_alone(arrive: Arrive, database: Database) -> None:
    references = {sent(arrive(name, "de", receivers=EVERYBODY)) for name in ("nadia", "otto")}
    leased = database.write(lambda c: outbox.lease(c, ["staff"], NOW + timedelta(days=400)))
    assert {each.address for each in leased} == references
