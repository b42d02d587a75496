"""What a question about the calendar costs, with a calendar as full as one could be."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

from kpbot.bench.figures import show
from kpbot.events import COUNTRIES, KINDS, ZONE_OF, Calendar, CalendarEvent
from kpbot.model import LANGUAGES, Language
from kpbot.understand.schedule import schedule_question
from kpbot.understand.schedule_answer import answer_to
from kpbot.understand.schedule_occurrences import calendar_of

EVENTS = 500
QUESTIONS = 2000
_AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
_RULES = ("", "", "", "FREQ=MONTHLY;BYDAY=2TU;COUNT=24", "FREQ=WEEKLY;BYDAY=MO;COUNT=100", "")
_ASKED: tuple[tuple[Language, str], ...] = (
    ("de", "Wann ist das nächste Netzwerktreffen?"),
    ("de", "Welche Seminare gibt es im Mai?"),
    ("en", "any seminars in May?"),
    ("en", "next conference?"),
    ("fr", "C'est quand la prochaine conférence ?"),
    ("fr", "Quels webinaires en mars en Tunisie ?"),
    ("ar", "هل هناك لقاء بعد رمضان؟"),
    ("ar", "متى المؤتمر القادم؟"),
)


def run(*, as_json: bool) -> None:
    """Milliseconds of a question with its answer, and of expanding the calendar once a day."""
    began = time.perf_counter()
    calendar = full_calendar()
    expanded = time.perf_counter() - began
    times = sorted(_asked(calendar, time.perf_counter))
    own = sorted(_asked(calendar, time.thread_time))
    figures = {
        "events": float(len(calendar.series)),
        "occurrences": float(sum(len(each.occurrences) for each in calendar.series)),
        "expand_ms": expanded * 1e3,
        "question_and_answer_p50_ms": times[len(times) // 2] * 1e3,
        "question_and_answer_p99_ms": times[len(times) * 99 // 100] * 1e3,
        "without_waiting_for_the_processor_p99_ms": own[len(own) * 99 // 100] * 1e3,
    }
    show(figures, as_json=as_json)


def full_calendar() -> Calendar:
    """Invented events of every kind and country; a third of them are repeated."""
    return calendar_of(map(_event, range(EVENTS)), _AT.date())


def _event(number: int) -> CalendarEvent:
    """A weekly rule must begin on its day, a monthly one too."""
    rule = _RULES[number % len(_RULES)]
    starts = datetime.fromisoformat("2026-01-13T09:00") + timedelta(days=number % 700)
    if "WEEKLY" in rule:
        starts -= timedelta(days=starts.weekday())
    elif rule:
        starts = starts.replace(year=2026, month=1 + number % 12, day=8)
        starts += timedelta(days=(1 - starts.weekday()) % 7)
    return CalendarEvent(
        uid=f"event-{number}@example.org",
        kind=KINDS[number % len(KINDS)],
        title=dict.fromkeys(LANGUAGES, f"Invented event {number}"),
        starts=starts,
        ends=starts + timedelta(hours=3),
        zone=ZONE_OF[COUNTRIES[number % len(COUNTRIES)]],
        place="Musterhaus",
        countries=(COUNTRIES[number % len(COUNTRIES)],),
        source="Jahresplan",
        as_of=date(2027, 1, 4),
        recurrence=rule,
    )


def _asked(calendar: Calendar, ticks: Callable[[], float]) -> list[float]:
    """Seconds of each question with its answer, by this clock."""
    times = []
    for language, text in islice(cycle(_ASKED), QUESTIONS):
        began = ticks()
        question = schedule_question(text, language, _AT.date())
        assert question is not None, text  # noqa: S101 (each is one)
        answer_to(question, calendar, _AT, "Africa/Tunis")
        times.append(ticks() - began)
    return times
