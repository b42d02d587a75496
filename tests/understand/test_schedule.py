"""Questions about the calendar: understood in four languages, and nothing else taken for one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kpbot.content.dialogs import load_dialogs
from kpbot.content.events_feed import KIND_NAMES
from kpbot.content.faq import load_asked, load_faq
from kpbot.events import KINDS, STATUSES, DayRange, ScheduleQuestion
from kpbot.model import LANGUAGES, Language
from kpbot.understand.schedule import LONGEST, details, kinds_in, schedule_question
from kpbot.understand.schedule_spelling import respelt

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[2]
LINES: dict[Language, dict[str, list[Any]]] = yaml.safe_load(
    (Path(__file__).parent / "schedule_asked.yaml").read_text("utf-8")
)


def asked(text: str, language: Language) -> ScheduleQuestion:
    found = schedule_question(text, language, TODAY)
    assert found is not None, text
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_are_many_enough(language: Language) -> None:
    lines = LINES[language]
    assert sum(map(len, lines.values())) >= 100
    assert len(lines["other"]) >= 15
    assert len(lines["read"]) >= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_understood(language: Language) -> None:
    lines = LINES[language]["asked"]
    missed = [
        line
        for line in lines
        if (found := schedule_question(line, language, TODAY)) is None or found.wish
    ]
    assert len(missed) <= len(lines) * 0.05, missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_read_as_what_they_mean(language: Language) -> None:
    lines = LINES[language]["read"]
    wrong = {
        line["asked"]: differs
        for line in lines
        if (differs := misread(line["asked"], line["means"], language))
    }
    assert len(wrong) <= len(lines) * 0.05, wrong


def misread(text: str, means: str, language: Language) -> list[str]:
    """What was understood otherwise than it is meant."""
    found = schedule_question(text, language, TODAY)
    if found is None:
        return ["not understood"]
    wanted: dict[str, Any] = {"kinds": set(), "countries": (), "languages": (), "town": ""}
    wanted |= {"online": None, "status": None, "days": "", "past": False}
    for word in means.split():
        key, _, value = word.partition("=")
        if key in {"days", "town"}:
            wanted[key] = value
        elif key in {"in", "lang"}:
            wanted["countries" if key == "in" else "languages"] = (value,)
        elif key in {"online", "onsite"}:
            wanted["online"] = key == "online"
        elif key in STATUSES:
            wanted["status"] = key
        elif key == "past":
            wanted["past"] = True
        elif key != "any":
            wanted["kinds"] = set(key.split(","))
    got = {key: getattr(found, key) for key in wanted}
    is_over = found.days is not None and found.days.last < TODAY
    got |= {"kinds": set(found.kinds), "days": spelt(found.days, wanted["days"])}
    wanted["past"] |= is_over  # what a time says already needs no word for it
    got["past"] |= is_over
    return [f"{key}: {got[key]}" for key in wanted if got[key] != wanted[key]]


def spelt(days: DayRange | None, meant: str) -> str:
    """The days as the lines write them."""
    if days is None or meant == "some":
        return "" if days is None else "some"
    if days.last == date.max:
        return "after"
    if meant == "before" and days.first == TODAY:
        return "before"
    return f"{days.first}..{days.last}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_wishes_are_understood(language: Language) -> None:
    found = {line: schedule_question(line, language, TODAY) for line in LINES[language]["wish"]}
    assert [line for line, each in found.items() if each is None or not each.wish] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_nothing_else_is_taken_for_one(language: Language, spoken: Language) -> None:
    lines = LINES[language]["other"]
    assert [line for line in lines if schedule_question(line, spoken, TODAY) is not None] == []


@pytest.mark.slow
def test_no_other_question_of_the_faq_is_taken_for_one() -> None:
    entries, _ = load_faq(ROOT / "faq")
    real, _ = load_asked(ROOT / "faq")
    others = [
        (entry.language, question)
        for entry in (*entries, *real)
        if entry.id != "events_dates"
        for question in entry.questions[::8]
    ]
    wrong = [pair for pair in others if schedule_question(pair[1], pair[0], TODAY) is not None]
    assert len(others) > 1000
    assert len(wrong) <= len(others) * 0.003, wrong


@pytest.mark.parametrize(
    ("text", "language", "kinds", "wanted"),
    [
        ("wann ist das nächste Netzwerktreffen", "de", ("network_meeting",), "next"),
        ("Welche Seminare und Webinare gibt es im Mai?", "de", ("seminar", "webinar"), "list"),
        ("any seminars in May?", "en", ("seminar",), "list"),
        ("next conference?", "en", ("conference",), "next"),
        ("is there a calendar", "en", (), "calendar"),
        ("c'est quand la prochaine conférence", "fr", ("conference",), "next"),
        ("هل هناك لقاء بعد رمضان؟", "ar", ("network_meeting",), "list"),
        ("wa9tach el mo2tamar jay?", "ar", ("conference",), "next"),
        ("gibt's 2027 was in Tunesien?", "de", (), "list"),
        ("Gibt es nächste Woche ein Webinar?", "de", ("webinar",), "list"),
    ],
)
def test_kind_and_number(
    text: str, language: Language, kinds: tuple[str, ...], wanted: str
) -> None:
    found = asked(text, language)
    assert (found.kinds, found.wanted) == (kinds, wanted)


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("any seminars in May?", "en", DayRange(date(2027, 5, 1), date(2027, 5, 31))),
        ("gibt's 2027 was in Tunesien?", "de", DayRange(date(2027, 1, 1), date(2027, 12, 31))),
        (
            "هل هناك لقاء بعد رمضان؟",
            "ar",
            DayRange(date(2027, 3, 11), date.max, approximate=True),
        ),
        ("Seminare vor Ostern?", "de", DayRange(TODAY, date(2027, 3, 27))),
        ("any events before 1 October 2026?", "en", DayRange(date.min, date(2026, 9, 30))),
        ("Quels événements à partir de mars ?", "fr", DayRange(date(2027, 3, 1), date.max)),
        ("Welche Seminare gab es im Mai?", "de", DayRange(date(2026, 5, 1), date(2026, 5, 31))),
        ("next conference?", "en", None),
        ("conférence en ٢٠٢٧ ?", "fr", DayRange(date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_time(text: str, language: Language, days: DayRange | None) -> None:
    assert asked(text, language).days == days


def test_country_language_and_way() -> None:
    found = asked("Gibt es im Herbst Online-Seminare auf Französisch in Marokko?", "de")
    assert (found.countries, found.languages, found.online) == (("MA",), ("fr",), True)
    assert asked("Wo findet die Tagung vor Ort in Kairo statt?", "de").online is False
    assert asked("When is the next webinar?", "en").online is None


def test_where_people_are_from_is_no_place_of_an_event() -> None:
    found = asked("Wir kommen aus Tunesien, wann ist die nächste Konferenz?", "de")
    assert found.countries == ()
    found = asked("Wann ist die nächste Konferenz in Tunesien?", "de")
    assert found.countries == ("TN",)


@pytest.mark.parametrize(
    ("text", "language", "wish"),
    [
        ("Bitte erinnern Sie mich an die Konferenz", "de", "remind"),
        ("Sagen Sie mir Bescheid, wenn es neue Seminare gibt", "de", "tell"),
        ("subscribe to the calendar", "en", "subscribe"),
        ("unsubscribe", "en", "unsubscribe"),
        ("me désabonner", "fr", "unsubscribe"),
        ("إلغاء الاشتراك", "ar", "unsubscribe"),
    ],
)
def test_what_is_wished(text: str, language: Language, wish: str) -> None:
    assert asked(text, language).wish == wish


def test_the_past_is_asked_for_in_words() -> None:
    assert asked("Wann war die letzte Konferenz?", "de").past
    assert not asked("Wann ist die nächste Konferenz?", "de").past


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how long does the conference last?", "en"),
        ("any seminar in the last week of May?", "en"),
        ("Seminare in der letzten Woche im Mai?", "de"),
        ("Combien de temps dure la conférence ?", "fr"),
        ("I'd like to know when the last seminar before Easter is", "en"),
    ],
)
def test_the_last_is_not_always_past(text: str, language: Language) -> None:
    assert not asked(text, language).past


@pytest.mark.parametrize(
    ("text", "language", "status"),
    [
        ("Welche Termine sind bestätigt?", "de", "confirmed"),
        ("Ist die Konferenz im Mai bestätigt?", "de", None),
        ("which events are cancelled?", "en", "cancelled"),
        ("Is the conference in May cancelled?", "en", None),
        ("Quels événements ne sont pas encore confirmés ?", "fr", "planned"),
        ("ما الفعاليات الملغاة؟", "ar", "cancelled"),
    ],
)
def test_only_those_that_stand_so(text: str, language: Language, status: str | None) -> None:
    assert asked(text, language).status == status


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kind_is_read_by_the_name_it_is_shown_with(language: Language) -> None:
    service = load_dialogs(ROOT / "dialogs")[0].service[language]
    for kind in KINDS:
        shown = (service.sentences[f"schedule_kind_{kind}"], KIND_NAMES[kind][language])
        wanted = () if kind == "other" else (kind,)
        for name in shown:
            found = details(name, language, TODAY)
            assert found is not None, name
            assert (found.kinds, found.vague) == (wanted, False), name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Veranstalter einer Konferenz", "de"),
        ("Die Kommunen planen Schulen", "de"),
        ("Information et rencontrer", "fr"),
        ("الأدوات الفعلية", "ar"),
        ("confidence in meetings", "en"),
    ],
)
def test_words_of_their_own_are_no_slips_of_the_pen(text: str, language: Language) -> None:
    assert respelt(text, language) == text


def test_slips_of_the_pen_are_put_right() -> None:
    assert respelt("nächste Verantsaltung, Konferez", "de") == "nächste veranstaltung, konferenz"
    assert respelt("المؤتمؤ القادم", "ar").split()[1] == "القادم"


def test_a_noun_alone_is_not_sure() -> None:
    assert not asked("and the seminars?", "en").sure
    assert not asked("Konferenz im Mai", "de").sure
    assert asked("next conference?", "en").sure


def test_a_long_message_is_a_story() -> None:
    question = "Wann ist das nächste Netzwerktreffen?"
    assert schedule_question(question, "de", TODAY) is not None
    assert schedule_question(question + " " * LONGEST + "x", "de", TODAY) is None


def test_details_are_read_even_where_the_faq_was_surer() -> None:
    found = details("Ort und Tag des Kongresses 2027", "de", TODAY)
    assert found is not None
    assert found.kinds == ("conference",)
    assert found.days == DayRange(date(2027, 1, 1), date(2027, 12, 31))


def test_kinds_are_read_from_titles() -> None:
    assert kinds_in("Webinar: Abfall in Städten")[0] == "webinar"
    assert kinds_in("Conférence annuelle") == ("conference",)
    assert kinds_in("Sommerfest") == ()
