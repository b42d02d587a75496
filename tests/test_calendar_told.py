"""Someone who only asks for dates, with a filled calendar: exactly what stands there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest

from kpbot.app import Clock
from kpbot.content.events_feed import told_file
from kpbot.engine.printing import printed_date
from kpbot.engine.speech_schedule import MOST_FILES, coming_uids
from kpbot.events import CalendarEvent, ScheduleAnswer, ScheduleQuestion, State, ToldOccurrence
from kpbot.events import occurrence as occurrence_of
from kpbot.house import House
from kpbot.model import LANGUAGES, Language, Said, TellSchedule
from kpbot.person import Person
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
