"""Occurrences as the events page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from urllib.parse import quote

from kpbot.engine.printing import printed_date
from kpbot.engine.speech_schedule import Sentences, told_source, told_time
from kpbot.events import (
    Calendar,
    Country,
    Kind,
    Occurrence,
    ScheduleQuestion,
    State,
    programme_day,
    text_in,
)
from kpbot.model import Language
from kpbot.understand.schedule_answer import END_OF_TIME, fits, state_of

MOST_SHOWN = 60
"""Occurrences on the page."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the page is narrowed to; None: not."""

    kind: Kind | None = None
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class EventView:
    """One occurrence in words."""

    title: str
    title_language: Language
    kind: str
    times: tuple[str, ...]
    """A line a time zone; none where the date is not confirmed any more."""
    day: str
    """First day in ISO 8601; empty where the date is not confirmed any more."""
    notes: tuple[str, ...]
    """How it stands."""
    description: str
    description_language: Language
    place: str
    online: str
    registration: str
    registration_link: str
    registration_mail: str
    until: str
    source: str
    file: str
    """Address of the event alone, as iCalendar; empty where it is not confirmed any more."""
    is_cancelled: bool


def listed(
    calendar: Calendar,
    now: datetime,
    sentences: Sentences,
    language: Language,
    chosen: Filter,
) -> tuple[list[EventView], bool]:
    """What is coming, in order, and whether there is more than is shown."""
    question = ScheduleQuestion(
        kinds=(chosen.kind,) if chosen.kind else (),
        countries=(chosen.country,) if chosen.country else (),
    )
    runs = (
        series.between(now, END_OF_TIME)
        for series in calendar.series
        if fits(series.event, question)
    )
    ordered = merge(*runs, key=lambda each: (each.from_utc, each.event.uid))
    found = list(islice(ordered, MOST_SHOWN + 1))
    today = programme_day(now)
    views = [_view(each, state_of(each, today), sentences, language) for each in found[:MOST_SHOWN]]
    return views, len(found) > MOST_SHOWN


def _view(found: Occurrence, state: State, sentences: Sentences, language: Language) -> EventView:
    event, register = found.event, found.event.registration
    title, title_language = text_in(event.title, language)
    description, description_language = text_in(event.description, language)
    is_dated, is_open = state != "outdated", state in {"confirmed", "planned"}
    times = told_time(sentences, language, found) if is_dated else ""
    return EventView(
        title=title,
        title_language=title_language,
        kind=sentences[f"schedule_kind_{event.kind}"],
        times=tuple(times.splitlines()),
        day=found.first_day.isoformat() if is_dated else "",
        notes=_notes(found, state, sentences, language),
        description=description,
        description_language=description_language,
        place=event.place if is_dated else "",
        online=event.online if is_open else "",
        registration=text_in(register.text, language)[0] if is_open else "",
        registration_link=register.url if is_open else "",
        registration_mail=register.mail if is_open else "",
        until=_until(found, sentences, language) if is_open else "",
        source=told_source(sentences, language, event.source, event.as_of),
        file=f"/events/{quote(event.uid, safe='@')}.ics?language={language}" if is_dated else "",
        is_cancelled=state == "cancelled",
    )


def _notes(
    found: Occurrence, state: State, sentences: Sentences, language: Language
) -> tuple[str, ...]:
    if state == "confirmed":
        return ()
    as_of = printed_date(found.event.as_of.isoformat(), language)
    return (sentences[f"schedule_status_{state}"].format(date=as_of),)


def _until(found: Occurrence, sentences: Sentences, language: Language) -> str:
    until = found.event.registration.until
    if until is None:
        return ""
    return sentences["schedule_registration_end"].format(
        date=printed_date(until.isoformat(), language)
    )
