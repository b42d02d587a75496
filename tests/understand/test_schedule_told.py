"""Questions about the calendar, from the words to what is told: exactly the entry that is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kpbot.app import build_house
from kpbot.engine.expect import expects
from kpbot.events import CalendarEvent, ScheduleAnswer
from kpbot.model import Asked, Conversation, Language
from kpbot.settings import Settings
from kpbot.understand.language import hear
from kpbot.understand.readers import understand
from kpbot.understand.schedule import details
from kpbot.understand.schedule_answer import answer_to
from kpbot.understand.schedule_occurrences import DAYS_BACK, calendar_of

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
local = datetime.fromisoformat


def event(uid: str, starts: str, **changes: object) -> CalendarEvent:
    given = {
        "uid": uid,
        "kind": "seminar",
        "title": {"de": uid},
        "starts": local(starts),
        "ends": local(starts).replace(hour=17),
        "zone": "Europe/Berlin",
        "source": "Brief",
        "as_of": date(2026, 11, 1),
        "countries": ("DE",),
    }
    return CalendarEvent(**(given | changes))  # type: ignore[arg-type]


EVENTS = (
    event("webinar", "2026-11-24T10:00", kind="webinar", countries=("MA",),
          title={"de": "Webinar Marokko", "fr": "Webinaire Maroc"}),
    event("forum", "2027-02-02T10:00", kind="other", place="Bonn",
          title={"de": "Kommunalforum 2027", "en": "Municipal forum", "ar": "منتدى البلديات"}),
    event("wasser", "2027-03-02T10:00", kind="conference", place="Tunis", countries=("TN",),
          title={"de": "Konferenz Trinkwasser", "fr": "Conférence Eau potable"}),
    event("klima", "2027-05-04T10:00", kind="conference", place="القاهرة", countries=("EG",),
          title={"de": "Klimakonferenz", "en": "Conference on climate"}),
    event("mai", "2027-05-11T10:00", place="Rathaus Köln", status="planned",
          title={"de": "Seminar Abfall", "ar": "ندوة النفايات"}),
    event("weg", "2027-04-06T10:00", place="Bonn", status="cancelled", languages=("fr",),
          title={"de": "Seminar Haushalt"}),
    event("alt", "2025-06-10T10:00", kind="training", title={"de": "Schulung Verwaltung"}),
)  # fmt: skip
CALENDAR = calendar_of(EVENTS, TODAY)


Ask = Callable[[str, Language], ScheduleAnswer | None]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """What is told of the calendar to who says the text in the menu, by all readers and the FAQ."""
    house = build_house(Settings(data_dir=tmp_path_factory.mktemp("data")))
    knowledge = replace(house.knowledge, calendar=lambda: CALENDAR)

    def answer(text: str, language: Language) -> ScheduleAnswer | None:
        expectation = expects(house.dialogs, Conversation("c", language=language))
        heard = hear(text, language, None)
        happening = understand(text, NOW, heard, expectation, knowledge)
        return happening.schedule if isinstance(happening, Asked) else None

    return answer


@pytest.mark.parametrize(
    ("text", "language", "uids"),
    [
        # a title, a kind with a slip of the pen, and what is neither
        ("Wann ist das Kommunalforum?", "de", ["forum"]),
        ("when is the municipal forum?", "en", ["forum"]),
        ("متى منتدى البلديات؟", "ar", ["forum"]),
        ("Wann ist die Trinkwasserkonferenz?", "de", ["wasser"]),
        ("Wann ist die Konferenz zum Trinkwaser?", "de", ["wasser"]),
        ("wann findet die naechste Konferez statt", "de", ["wasser"]),
        ("wen is the nxt confrence", "en", ["wasser"]),
        ("When is the conference on climate?", "en", ["klima"]),
        ("متى ندوة النفايات؟", "ar", ["mai"]),
        # how they stand
        ("Welche Veranstaltungen sind schon vorbei?", "de", []),
        ("which events are cancelled?", "en", ["weg"]),
        ("Quels événements sont annulés ?", "fr", ["weg"]),
        ("welche Termine sind noch nicht bestätigt?", "de", ["mai"]),
        ("how long does the conference last?", "en", ["wasser"]),
        # before and after
        ("Gibt es vor Ostern eine Konferenz?", "de", ["wasser"]),
        ("any conference after Easter?", "en", ["klima"]),
        ("هل هناك فعاليات بعد رمضان؟", "ar", ["weg", "klima", "mai"]),
        ("فعاليات قبل رمضان", "ar", ["webinar", "forum"]),
        # towns
        ("Seminare in Köln?", "de", ["mai"]),
        ("séminaires à Cologne ?", "fr", ["mai"]),
        ("events in Cairo", "en", ["klima"]),
        ("événements à Tunis", "fr", ["wasser"]),
        ("الفعاليات في تونس", "ar", ["wasser"]),
        # by the way, in which language
        ("Gibt es Online-Veranstaltungen?", "de", ["webinar"]),
        ("فعاليات عبر الإنترنت", "ar", ["webinar"]),
        ("الندوة الإلكترونية القادمة", "ar", ["webinar"]),
        ("Welche Seminare sind auf Französisch?", "de", ["weg"]),
        ("anything tomorrow?", "en", ["webinar"]),
        ("شيء غدا", "ar", ["webinar"]),
    ],
)
def test_exactly_what_was_asked_for(
    ask: Ask, text: str, language: Language, uids: list[str]
) -> None:
    answer = ask(text, language)
    assert answer is not None
    assert [each.occurrence.event.uid for each in answer.told] == uids


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Unser Seminar ist im Mai, zahlen Sie den Dolmetscher?", "de"),
        ("Notre séminaire est en mai, payez-vous l'interprète ?", "fr"),
        ("Our seminar is in May, do you pay the interpreter?", "en"),
    ],
)
def test_a_question_about_money_is_not_answered_with_the_calendar(
    ask: Ask, text: str, language: Language
) -> None:
    assert ask(text, language) is None
    assert details(text, language, TODAY) is None


def test_what_names_no_entry_is_not_answered_with_all_of_them() -> None:
    question = details("Wann ist der Stadtdialog?", "de", TODAY)
    assert question is not None
    assert question.vague
    answer = answer_to(question, CALENDAR, NOW)
    assert answer.question.vague
    assert answer.told == ()
    general = details("Welche Termine stehen beim Stadtdialog an?", "de", TODAY)
    assert general is not None
    assert not general.vague


def test_a_title_does_not_hide_what_else_is_coming() -> None:
    question = details("Wann ist die nächste Schulung für die Verwaltung?", "de", TODAY)
    assert question is not None
    again = event("neu", "2027-01-12T10:00", kind="training", title={"de": "Schulung Recht"})
    answer = answer_to(question, calendar_of((*EVENTS, again), TODAY), NOW)
    assert [each.occurrence.event.uid for each in answer.told] == ["neu"]


def test_where_none_is_in_the_town_the_countrys_are_told_as_such(ask: Ask) -> None:
    answer = ask("Seminare in Berlin?", "de")
    assert answer is not None
    assert answer.elsewhere["ar"] == "برلين"
    assert [each.occurrence.event.uid for each in answer.told] == ["weg", "mai"]
    here = ask("Seminare in Köln?", "de")
    assert here is not None
    assert not here.elsewhere


def test_what_is_older_than_the_window_is_not_denied(ask: Ask) -> None:
    assert (TODAY - local("2025-06-10T10:00").date()).days > DAYS_BACK
    older = ask("Wann war die letzte Schulung?", "de")
    assert older is not None
    assert older.told == ()
    assert older.window is not None
    assert (older.window.first, older.window.last) == (CALENDAR.first, CALENDAR.last)
    never = ask("Wann war das letzte Webinar?", "de")
    assert never is not None
    assert (never.told, never.window) == ((), None)
