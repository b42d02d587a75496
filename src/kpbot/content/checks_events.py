"""E01 to E12 and A01 to A04: what is wrong with the calendar and with the operator's facts.

E01, E02, E05 to E08 and E10 are found while loading: what they find cannot be used at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kpbot.content.checks_content import LANGUAGE_NAMES
from kpbot.content.events import load_events
from kpbot.content.facts import check_facts, load_facts
from kpbot.content.problems import Problem
from kpbot.events import CalendarEvent, Texts
from kpbot.model import LANGUAGES
from kpbot.understand.schedule_occurrences import is_endless


def check_calendar(folder: Path, today: date | None = None) -> tuple[Problem, ...]:
    """Every problem of `events` and `faq/facts.yaml` below the folder, by file and line.

    Without `today` nothing is said about what has run out.
    """
    events, loading = load_events(folder / "events")
    facts, facts_loading = load_facts(folder / "faq")
    found = (*loading, *check_events(events, today), *facts_loading, *check_facts(facts, today))
    return tuple(sorted(found))


def check_events(events: Iterable[CalendarEvent], today: date | None = None) -> Iterator[Problem]:
    """Every problem of entries that were loaded."""
    for event in events:
        yield from _languages(event)
        yield from _dates(event)
        if today is not None:
            yield from _stale(event, today)
        if event.status == "confirmed" and not (event.place or event.online):
            yield _problem(event, "E11: a confirmed event needs a place or an online address.")


def _languages(event: CalendarEvent) -> Iterator[Problem]:
    """E03: a text is given in some languages only."""
    texts: tuple[tuple[str, Texts], ...] = (
        ("title", event.title),
        ("description", event.description),
        ("registration.text", event.registration.text),
    )
    for name, given in texts:
        for language in LANGUAGES:
            if given and language not in given:
                sentence = f'E03: "{name}" is missing in {LANGUAGE_NAMES[language]}.'
                yield _problem(event, sentence)


def _dates(event: CalendarEvent) -> Iterator[Problem]:
    """E09 and E12: dates that do not go together."""
    if is_endless(event) and event.valid_until is None:
        yield _problem(event, 'E09: what is repeated without an end needs "valid_until".')
    if event.valid_until is not None and event.valid_until < event.as_of:
        yield _problem(event, 'E12: "valid_until" lies before "as_of".')
    until = event.registration.until
    if until is not None and until > event.ends.date() and not event.recurrence:
        yield _problem(event, "E12: the registration ends after the event.")


def _stale(event: CalendarEvent, today: date) -> Iterator[Problem]:
    """E04: nobody has confirmed a coming event lately; E12: it was noted in the future."""
    is_coming = event.ends.date() >= today or is_endless(event)
    if event.valid_until is not None and event.valid_until < today and is_coming:
        sentence = f'E04: "valid_until" has passed: confirm "{event.uid}" anew, or take it out.'
        yield _problem(event, sentence)
    if event.as_of > today:
        yield _problem(event, 'E12: "as_of" lies in the future.')


def _problem(event: CalendarEvent, sentence: str) -> Problem:
    return Problem(event.file, event.line, sentence)
