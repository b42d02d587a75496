"""Someone who only asks for dates, with a filled calendar: exactly what stands there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest

from kpbot.app import Clock, build_house
from kpbot.content.events_feed import told_file
from kpbot.engine.printing import printed_date
from kpbot.engine.speech_schedule import MOST_FILES, coming_uids
from kpbot.events import (
    CalendarEvent,
    Registration,
    ScheduleAnswer,
    ScheduleQuestion,
    State,
    ToldOccurrence,
)
from kpbot.events import occurrence as occurrence_of
from kpbot.house import House
from kpbot.model import COMMAND, LANGUAGES, OFFER, Language, Pressed, Said, TellSchedule
from kpbot.person import Person
from kpbot.settings import Settings
from kpbot.understand.schedule_occurrences import calendar_of
from walk import Arrive

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
TODAY = NOW.date()
LINK = "https://kpbot.example.org/events"
local = datetime.fromisoformat


class StandingClock(Clock):
    """Stands still until it is moved."""

    def __call__(self) -> datetime:
        """The instant it was moved to."""
        return NOW + self.ahead


def event(uid: str, starts: str, **changes: Any) -> CalendarEvent:
    made = CalendarEvent(
        uid=f"{uid}@example.org",
        kind="conference",
        title={language: f"{uid} {language}" for language in LANGUAGES},
        starts=local(starts),
        ends=local(starts).replace(hour=17),
        zone="Africa/Casablanca",
        place="Musterhaus",
        countries=("MA",),
        source="Rundschreiben 3/2027",
        as_of=date(2027, 1, 5),
    )
    return replace(made, **changes)


COMING = event("Wasserforum", "2027-06-01T10:00")
PAST = event("Altforum", "2026-06-02T10:00")
OUTDATED = event(
    "Seminartag",
    "2027-05-04T10:00",
    kind="seminar",
    as_of=date(2026, 6, 1),
    valid_until=date(2026, 12, 31),
)
EVENTS = (COMING, PAST, OUTDATED)

CONFERENCE: dict[Language, str] = {
    "de": "Wann ist die nächste Konferenz?",
    "fr": "C'est quand la prochaine conférence ?",
    "ar": "متى المؤتمر القادم؟",
    "en": "next conference?",
}
SEMINARS: dict[Language, str] = {
    "de": "Wann sind die nächsten Seminare?",
    "fr": "Quand ont lieu les prochains séminaires ?",
    "ar": "متى الندوات القادمة؟",
    "en": "when are the next seminars?",
}
TRAININGS: dict[Language, str] = {
    "de": "Wann ist die nächste Schulung?",
    "fr": "C'est quand la prochaine formation ?",
    "ar": "متى الدورة التدريبية القادمة؟",
    "en": "when is the next training?",
}


def person(arrive: Arrive, house: House, language: Language, *events: CalendarEvent) -> Person:
    calendar = calendar_of(events, TODAY)
    knowledge = replace(house.knowledge, calendar=lambda: calendar)
    return arrive("dates", language, StandingClock(), knowledge=knowledge, calendar_link=LINK)


def ask(person: Person, text: str) -> str:
    return "\n".join(outbound.text for outbound in person.happen(Said(text)))


def open_questions(person: Person) -> list[tuple[str | None, str]]:
    assert person.taken is not None
    return [(each.intent, each.known) for each in person.taken.conversation.questions]


@pytest.mark.parametrize("language", LANGUAGES)
def test_exactly_the_entry_with_date_and_source(
    arrive: Arrive, house: House, language: Language
) -> None:
    someone = person(arrive, house, language, *EVENTS)
    said = ask(someone, CONFERENCE[language])
    assert f"Wasserforum {language}" in said
    days = (printed_date(day, language) for day in ("2027-06-01", "2027-01-05"))
    for told in (*days, "Rundschreiben 3/2027", "Musterhaus"):
        assert told in said, (told, said)
    assert "Altforum" not in said, "what is over is not presented as coming"
    assert "Seminartag" not in said
    assert f"{LINK}/Wasserforum@example.org.ics?language={language}" in said
    assert said.count(".ics") == 1
    assert someone.taken is not None
    assert someone.taken.intent == "events_dates"
    assert open_questions(someone) == [], "what was told is not passed on as open"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_has_confirmed_is_no_fact(
    arrive: Arrive, house: House, language: Language
) -> None:
    someone = person(arrive, house, language, *EVENTS)
    said = ask(someone, SEMINARS[language])
    assert f"Seminartag {language}" in said
    assert printed_date("2027-05-04", language) not in said
    assert ".ics" not in said
    assert open_questions(someone) == [("events_dates", "none")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_known_the_question_is_kept(
    arrive: Arrive, house: House, language: Language
) -> None:
    someone = person(arrive, house, language, *EVENTS)
    said = ask(someone, TRAININGS[language])
    assert "Wasserforum" not in said
    assert "Seminartag" not in said
    assert someone.house.dialogs.service[language].sentences["schedule_none"] in said
    assert open_questions(someone) == [("events_dates", "none")]


def test_the_past_is_told_as_past_and_only_when_asked(arrive: Arrive, house: House) -> None:
    someone = person(arrive, house, "de", *EVENTS)
    said = ask(someone, "Wann war die letzte Konferenz?")
    assert "Altforum" in said
    assert "02.06.2026" in said
    assert "Wasserforum" not in said
    assert ".ics" not in said


def test_once_it_is_over_it_is_not_coming_any_more(arrive: Arrive, house: House) -> None:
    someone = person(arrive, house, "de", COMING)
    someone.clock.ahead = datetime(2027, 6, 3, tzinfo=UTC) - NOW
    said = ask(someone, CONFERENCE["de"])
    assert "Wasserforum" not in said
    assert open_questions(someone) == [("events_dates", "none")]


def test_without_a_public_address_there_is_no_link(arrive: Arrive, house: House) -> None:
    someone = person(arrive, house, "de", COMING)
    someone.house = replace(someone.house, calendar_link="")
    assert ".ics" not in ask(someone, CONFERENCE["de"])


# ── the file to take along ───────────────────────────────────────────────────────────────────


def told(uid: str, state: State = "confirmed", *, past: bool = False) -> ToldOccurrence:
    made = event(uid, "2027-06-01T10:00")
    return ToldOccurrence(occurrence_of(made, made.starts), state, past)


def test_only_what_is_coming_and_stands_is_taken_along() -> None:
    several = (
        told("a"),
        told("b", "planned"),
        told("a"),
        told("c", "cancelled"),
        told("d", "outdated"),
        told("e", past=True),
    )
    effects = (TellSchedule(ScheduleAnswer(ScheduleQuestion(), several)),)
    assert coming_uids(effects) == ("a@example.org", "b@example.org")
    many = tuple(told(f"n{number}") for number in range(9))
    assert len(coming_uids((TellSchedule(ScheduleAnswer(ScheduleQuestion(), many)),))) == MOST_FILES
    assert coming_uids(()) == ()


def test_several_events_are_one_file() -> None:
    calendar = calendar_of(EVENTS, TODAY)
    uids = (COMING.uid, OUTDATED.uid, "gone@example.org")
    file = told_file(calendar, TODAY, uids, "ar")
    assert file is not None
    assert (file.name, file.mime) == ("events.ics", "text/calendar")
    found = icalendar.Calendar.from_ical(file.text)
    assert {str(each["UID"]) for each in found.walk("VEVENT")} == set(uids[:2])
    assert told_file(calendar, TODAY, ("gone@example.org",), "de") is None


# ── beside the answers of the programme's text ───────────────────────────────────────────────


@pytest.fixture(scope="module")
def matching() -> House:
    """The shipped house with the real matcher: questions that may be meant otherwise."""
    return build_house(Settings())


MEETING = event(
    "Netztreffen",
    "2027-03-03T10:00",
    kind="network_meeting",
    registration=Registration(url="https://example.org/anmeldung", until=date(2027, 2, 20)),
)


def test_a_doubtful_question_is_answered_from_the_calendar_as_it_is_then(
    arrive: Arrive, matching: House
) -> None:
    held: list[CalendarEvent] = []
    knowledge = replace(matching.knowledge, calendar=lambda: calendar_of(held, TODAY))
    someone = arrive("dates", "en", StandingClock(), knowledge=knowledge)
    (offered,) = someone.happen(Said("send me the dates"))
    assert "events_dates" in {button.id for button in offered.buttons}
    held.append(COMING)
    (told_then,) = someone.happen(Pressed(offered.turn, OFFER, "events_dates"))
    assert "Wasserforum en" in told_then.text
    assert open_questions(someone) == []


def test_a_doubtful_question_that_meant_something_else_is_not_answered_with_dates(
    arrive: Arrive, matching: House
) -> None:
    someone = person(arrive, matching, "en", COMING)
    (offered,) = someone.happen(Said("send me the dates"))
    (told_then,) = someone.happen(Pressed(offered.turn, OFFER, "funding_deadlines"))
    assert "Wasserforum" not in told_then.text


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("de", "Gibts nächste Woche ein Webinar?", ("2027-01-18", "2027-01-24")),
        ("en", "any seminars in May?", ("2027-05-01", "2027-05-31")),
        ("de", "Termine 2028?", ("2028-01-01", "2028-12-31")),
        ("en", "events next week", ("2027-01-18", "2027-01-24")),
    ],
)
def test_that_nothing_is_known_of_a_time_is_the_answer(
    arrive: Arrive, matching: House, language: Language, text: str, period: tuple[str, str]
) -> None:
    someone = person(arrive, matching, language)
    (said,) = someone.happen(Said(text))
    sentences = someone.house.dialogs.service[language].sentences
    assert sentences["schedule_none"] in said.text
    assert sentences["schedule_tell_offer"] in said.text
    for day in period:
        assert printed_date(day, language) in said.text
    assert "subscribe" in {button.id for button in said.buttons}
    assert open_questions(someone) == [("events_dates", "none")]


def test_that_nothing_is_known_of_the_past_is_the_answer(arrive: Arrive, matching: House) -> None:
    someone = person(arrive, matching, "de")
    sentences = someone.house.dialogs.service["de"].sentences
    assert sentences["schedule_none_past"] in ask(someone, "Wann war die letzte Konferenz?")


def test_that_nothing_stands_so_is_the_answer(arrive: Arrive, matching: House) -> None:
    someone = person(arrive, matching, "de")
    said = ask(someone, "Welche Termine sind abgesagt?")
    assert someone.house.dialogs.service["de"].sentences["schedule_none_cancelled"] in said
    assert open_questions(someone) == [("events_dates", "none")]


def test_what_the_programme_offers_at_all_is_no_question_for_a_date(
    arrive: Arrive, matching: House
) -> None:
    someone = person(arrive, matching, "de")
    said = ask(someone, "Bietet das Programm Seminare an?")
    assert someone.taken is not None
    assert someone.taken.intent == "seminars_offer"
    assert someone.house.dialogs.service["de"].sentences["schedule_none"] not in said


REGISTRATION: dict[Language, str] = {
    "de": "Wie melde ich mich zum Netzwerktreffen an?",
    "fr": "Comment m'inscrire à la rencontre du réseau ?",
    "ar": "كيف أسجل في لقاء الشبكة؟",
    "en": "How do I register for the network meeting?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_one_registers_is_told_where_it_is_known(
    arrive: Arrive, matching: House, language: Language
) -> None:
    someone = person(arrive, matching, language, COMING, MEETING)
    said = ask(someone, REGISTRATION[language])
    assert "https://example.org/anmeldung" in said
    assert printed_date("2027-02-20", language) in said
    assert "Wasserforum" not in said
    assert open_questions(someone) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_one_registers_stays_open_where_it_is_not_known(
    arrive: Arrive, matching: House, language: Language
) -> None:
    someone = person(arrive, matching, language, replace(MEETING, registration=Registration()))
    ask(someone, REGISTRATION[language])
    assert open_questions(someone) == [("events_participation", "part")]


def test_that_it_is_cancelled_is_an_answer(arrive: Arrive, matching: House) -> None:
    off = event("Seminartag", "2027-12-08T10:00", kind="seminar", status="cancelled")
    someone = person(arrive, matching, "en", off)
    (said,) = someone.happen(Said("Is the 8 December seminar still on?"))
    sentences = someone.house.dialogs.service["en"].sentences
    assert sentences["schedule_status_cancelled"] in said.text
    assert sentences["pass_on"] not in said.text
    assert open_questions(someone) == []
    ask(someone, "When is the next seminar?")
    assert open_questions(someone) == [("events_dates", "none")], "the next one is not known"


@pytest.mark.parametrize(
    ("choice", "answer"), [("answer", "Konferenz im März"), ("question", None)]
)
def test_at_a_choice_a_question_for_dates_is_not_kept_as_an_answer(
    arrive: Arrive, house: House, choice: str, answer: str | None
) -> None:
    march = event("Märzforum", "2027-03-10T10:00")
    someone = person(arrive, house, "de", march)
    someone.happen(Pressed(0, COMMAND, "start"))
    shown = someone.shown()
    assert shown is not None
    someone.happen(Pressed(shown.turn, "consent", "yes"))
    (offered,) = someone.happen(Said("Konferenz im März"))
    assert {button.id for button in offered.buttons} == {"question", "answer"}
    (after,) = someone.happen(Pressed(offered.turn, OFFER, choice))
    assert ("Märzforum" in after.text) == (choice == "question")
    assert someone.taken is not None
    answers = someone.taken.conversation.drafts["intake"].answers
    assert (answers["group_other"].value if "group_other" in answers else None) == answer
    assert someone.taken.at == ("municipality_name" if answer else "group")


# ── a word on what was just told ─────────────────────────────────────────────────────────────

JUNE = event("Juniforum", "2027-06-08T10:00", countries=("TN",))
MARCH = event("Märzforum", "2027-03-10T10:00", status="cancelled")
AFTER: tuple[tuple[Language, str, set[str]], ...] = (
    ("en", "what about Tunisia?", {"Juniforum"}),
    ("fr", "et au Maroc ?", {"Märzforum"}),
    ("de", "Und im Juni?", {"Juniforum"}),
    ("ar", "وفي تونس؟", {"Juniforum"}),
    ("en", "and the seminars?", {"Seminartag"}),
    ("en", "is it cancelled?", {"Märzforum", "Juniforum"}),
    ("en", "where is it?", {"Märzforum", "Juniforum"}),
    ("fr", "C'est où ?", {"Märzforum", "Juniforum"}),
    ("de", "Und die Kosten?", set()),
    ("en", "what about the visa?", set()),
)


@pytest.mark.parametrize(("language", "text", "expected"), AFTER)
def test_a_word_after_an_answer_changes_that_part_of_the_question(
    arrive: Arrive, matching: House, language: Language, text: str, expected: set[str]
) -> None:
    someone = person(arrive, matching, language, JUNE, MARCH, OUTDATED)
    ask(someone, CONFERENCE[language])
    said = ask(someone, text)
    titles = {"Juniforum", "Märzforum", "Seminartag"}
    assert {title for title in titles if title in said} == expected


def test_only_the_very_next_message_is_a_word_on_the_answer(
    arrive: Arrive, matching: House
) -> None:
    someone = person(arrive, matching, "de", JUNE)
    ask(someone, CONFERENCE["de"])
    ask(someone, "Wer zahlt die Flüge?")
    assert "Juniforum" not in ask(someone, "Und im Juni?")


def test_a_whole_question_of_its_own_keeps_nothing_of_the_one_before(
    arrive: Arrive, matching: House
) -> None:
    someone = person(arrive, matching, "en", JUNE, event("Kurs", "2027-04-01T10:00"))
    assert "Juniforum" in ask(someone, "next conference in Tunisia?")
    assert "Kurs" in ask(someone, "next conference?")
