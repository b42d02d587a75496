"""Answers from the calendar in words, with the shipped sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kpbot.content.dialogs import load_dialogs
from kpbot.engine.printing import printed_date
from kpbot.engine.speech_schedule import speak_schedule, told_event
from kpbot.engine.utterance import Facts, Speech, Told
from kpbot.events import (
    KINDS,
    ZONE_OF,
    Calendar,
    CalendarEvent,
    DayRange,
    Registration,
    ScheduleQuestion,
)
from kpbot.model import LANGUAGES, Conversation, Language
from kpbot.understand.schedule_answer import answer_to
from kpbot.understand.schedule_occurrences import calendar_of

local = datetime.fromisoformat
DIALOGS = load_dialogs(Path(__file__).parents[2] / "dialogs")[0]
NOW = datetime(2027, 1, 11, 8, tzinfo=UTC)
EVENT = CalendarEvent(
    uid="a-a",
    kind="conference",
    title={"de": "Wasser", "fr": "Eau", "ar": "المياه", "en": "Water"},
    starts=local("2027-06-01T10:00"),
    ends=local("2027-06-01T16:00"),
    zone="Africa/Casablanca",
    place="Haus am Meer",
    registration=Registration(url="https://example.org/an", until=date(2027, 5, 1)),
    source="Brief 7",
    as_of=date(2027, 1, 5),
)


def said(
    language: Language,
    *events: CalendarEvent,
    question: ScheduleQuestion | None = None,
    zone: str | None = None,
    link: str = "",
) -> str:
    conversation = Conversation("c", language=language)
    facts = Facts(answers=lambda *_: Told("", "", ""), at=NOW)
    speech = Speech(DIALOGS, conversation, facts)
    calendar = calendar_of(events, NOW.date()) if events else Calendar()
    answer = answer_to(question or ScheduleQuestion(), calendar, NOW, zone)
    speak_schedule(speech, answer, link)
    return "\n\n".join(speech.paragraphs)


def test_a_known_event_is_told_with_all_that_is_known() -> None:
    assert said("de", EVENT, zone=ZONE_OF["TN"]) == (
        "Dieser Termin steht im Kalender:\n\n"
        "Wasser (Konferenz)\n"
        "Dienstag, 01.06.2027, 10:00–16:00 Uhr (Casablanca)\n"
        "Dienstag, 01.06.2027, 12:00–18:00 Uhr (Berlin)\n"
        "Dienstag, 01.06.2027, 11:00–17:00 Uhr (Tunis)\n"
        "Ort: Haus am Meer\n"
        "Anmeldung bis 01.05.2027: https://example.org/an\n"
        "Quelle: Brief 7, Stand 05.01.2027."
    )


def test_equal_clocks_are_told_once() -> None:
    winter = replace(
        EVENT,
        zone="Europe/Berlin",
        starts=local("2027-02-01T10:00"),
        ends=local("2027-02-01T12:00"),
    )
    text = said("en", winter, zone=ZONE_OF["TN"])
    assert "Monday, 1 February 2027, 10:00–12:00 (Berlin, Tunis)\n" in text
    assert text.count("10:00") == 1


def test_an_evening_that_ends_at_midnight_is_one_day() -> None:
    evening = replace(
        EVENT,
        zone="Europe/Berlin",
        starts=local("2027-02-01T20:00"),
        ends=local("2027-02-02T00:00"),
    )
    assert "Montag, 01.02.2027, 20:00–00:00 Uhr (Berlin)" in said("de", evening)


def test_whole_days_have_no_clock() -> None:
    days = replace(
        EVENT, all_day=True, starts=local("2027-03-09T00:00"), ends=local("2027-03-11T00:00")
    )
    assert "\ndu mardi 09/03/2027 au mercredi 10/03/2027\n" in said("fr", days)


def test_arabic_dates_and_links_stand_in_isolates() -> None:
    text = said("ar", EVENT)
    assert "\u2066https://example.org/an\u2069" in text
    assert "\u206601/06/2027\u2069" in text
    assert "\u206610:00\u2069" in text
    assert "المياه (مؤتمر)" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_known_is_told_honestly(language: Language) -> None:
    text = said(language)
    sentences = DIALOGS.service[language].sentences
    for key in ("schedule_seed", "schedule_none", "schedule_tell_offer"):
        assert sentences[key] in text
    assert sentences["source_programme"] in text
    assert not any(letter.isdigit() for letter in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_event_is_never_told_as_coming(language: Language) -> None:
    old = replace(EVENT, starts=local("2026-06-01T10:00"), ends=local("2026-06-01T16:00"))
    assert "2026" not in said(language, old)
    text = said(language, old, question=ScheduleQuestion(past=True))
    sentences = DIALOGS.service[language].sentences
    assert sentences["schedule_found_past"] in text
    assert sentences["schedule_status_past"] in text
    assert "example.org" not in text  # nobody can register any more


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_nobody_confirmed_lately_is_not_told(language: Language) -> None:
    text = said(language, replace(EVENT, valid_until=date(2027, 1, 10)))
    assert "01.06.2027" not in text
    assert "01/06/2027" not in text
    assert "June" not in text
    assert EVENT.title[language] in text
    assert DIALOGS.service[language].sentences["schedule_none"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_cancelled_and_planned_are_told_as_such(language: Language) -> None:
    sentences = DIALOGS.service[language].sentences
    gone = said(language, replace(EVENT, status="cancelled"))
    assert sentences["schedule_status_cancelled"] in gone
    assert "example.org" not in gone
    assert sentences["schedule_none"] in gone
    assert sentences["schedule_status_planned"] in said(language, replace(EVENT, status="planned"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_range_that_was_understood_is_told(language: Language) -> None:
    days = DayRange(date(2027, 3, 11), date(2027, 3, 24), approximate=True)
    text = said(language, EVENT, question=ScheduleQuestion(days=days))
    assert text.count("2027") == 2
    assert DIALOGS.service[language].sentences["schedule_about"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_range_has_one_end(language: Language) -> None:
    after = ScheduleQuestion(days=DayRange(date(2027, 3, 11), date.max))
    before = ScheduleQuestion(days=DayRange(date.min, date(2026, 9, 30)))
    for question in (after, before):
        text = said(language, question=question)
        assert "9999" not in text
        assert "0001" not in text
    assert printed_date("2027-03-11", language) in said(language, question=after)
    assert printed_date("2026-09-30", language) in said(language, question=before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_event_is_meant_is_asked(language: Language) -> None:
    text = said(language, EVENT, question=ScheduleQuestion(words=("stadtdialog",), vague=True))
    assert text.startswith(DIALOGS.service[language].sentences["schedule_unclear"])
    assert EVENT.title[language] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_in_a_town_is_told_before_those_elsewhere(language: Language) -> None:
    sentences = DIALOGS.service[language].sentences
    asked = ScheduleQuestion(town="Rabat", countries=("MA",))
    text = said(language, replace(EVENT, countries=("MA",)), question=asked)
    none = sentences["schedule_none_town"].format(town="الرباط" if language == "ar" else "Rabat")
    assert text.index(none) < text.index(sentences["schedule_found_elsewhere"])
    assert text.index(sentences["schedule_found_elsewhere"]) < text.index(EVENT.title[language])
    assert none not in said(
        language, replace(EVENT, place="Rabat", countries=("MA",)), question=asked
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_older_than_the_calendar_looks_is_said(language: Language) -> None:
    old = replace(EVENT, starts=local("2025-03-01T10:00"), ends=local("2025-03-01T16:00"))
    text = said(language, old, question=ScheduleQuestion(past=True))
    assert DIALOGS.service[language].sentences["schedule_none_past"] in text
    window = calendar_of([old], NOW.date())
    assert printed_date(window.first.isoformat(), language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_is_cancelled(language: Language) -> None:
    sentences = DIALOGS.service[language].sentences
    planned = ScheduleQuestion(status="planned")
    assert said(language, EVENT, question=planned) == sentences["schedule_none_planned"]
    asked = ScheduleQuestion(status="cancelled")
    assert said(language, EVENT, question=asked) == sentences["schedule_none_cancelled"]
    gone = said(language, replace(EVENT, status="cancelled"), question=asked)
    assert sentences["schedule_none"] not in gone
    assert sentences["schedule_status_cancelled"] in gone


def test_the_rest_is_counted() -> None:
    weekly = replace(EVENT, recurrence="FREQ=WEEKLY;COUNT=9")
    text = said("de", weekly)
    assert text.count("Wasser") == 5
    assert text.endswith("Weitere Termine: 4.")


def test_the_calendar_is_linked_where_it_was_asked_for() -> None:
    asked = ScheduleQuestion(wanted="calendar")
    assert said("de", EVENT, question=asked, link="https://x.example.org/events").endswith(
        "finden Sie hier: https://x.example.org/events"
    )
    assert "https://x" not in said("de", EVENT, link="https://x.example.org/events")


def test_registration_in_every_form() -> None:
    def line(**known: object) -> str:
        event = replace(EVENT, registration=Registration(**known))  # type: ignore[arg-type]
        return said("de", event)

    assert "Anmeldung bis 01.05.2027.\n" in line(until=date(2027, 5, 1))
    assert "Anmeldung: Formular, a@example.org\n" in line(
        text={"de": "Formular"}, mail="a@example.org"
    )
    assert "Anmeldung" not in line()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_zone_has_words(language: Language) -> None:
    sentences = DIALOGS.service[language].sentences
    for kind in KINDS:
        for zone in (*ZONE_OF.values(), "America/New_York"):
            event = replace(EVENT, kind=kind, zone=zone)
            told = answer_to(ScheduleQuestion(), calendar_of([event], NOW.date()), NOW).told[0]
            for days in range(7):
                moved = replace(event, starts=event.starts + timedelta(days=days),
                                ends=event.ends + timedelta(days=days + 1))  # fmt: skip
                assert told_event(sentences, language, told)
                assert "{" not in said(language, moved)
