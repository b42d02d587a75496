"""The calendar as advisors look at it: every entry, what is coming first, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kpbot.content.checks_events import check_events
from kpbot.content.events import load_events
from kpbot.content.problems import Problem
from kpbot.desk.login_pages import DeskLanguage
from kpbot.desk.wording import day
from kpbot.events import BERLIN, CalendarEvent, Occurrence, Series, State, occurrence, programme_day
from kpbot.understand.schedule_answer import state_of
from kpbot.understand.schedule_occurrences import calendar_of


@dataclass(frozen=True, slots=True)
class Row:
    """One entry."""

    uid: str
    title: str
    kind: str
    when: str
    """The next time, or the last one."""
    zone: str
    """Name of the zone where it is not Berlin's."""
    is_repeated: bool
    place: str
    online: str
    state: State
    source: str
    as_of: str
    file: str
    """File and line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole calendar."""

    coming: tuple[Row, ...]
    past: tuple[Row, ...]
    problems: tuple[Problem, ...]


def shown(folder: Path, now: datetime, language: DeskLanguage) -> Shown:
    """Every entry that can be read, and what is wrong with the files."""
    today = programme_day(now)
    events, loading = load_events(folder)
    problems = tuple(sorted({*loading, *check_events(events, today)}))
    coming: list[tuple[datetime, Row]] = []
    past: list[tuple[datetime, Row]] = []
    for series in calendar_of(events, today).series:
        found = _next(series, now)
        row = _row(found, state_of(found, today), language)
        (coming if found.to_utc > now else past).append((found.from_utc, row))
    return Shown(_ordered(coming), _ordered(past)[::-1], problems)


def short(problem: Problem) -> str:
    """The complaint with the file's name alone, not where the server keeps it."""
    where = f"{Path(problem.file).name}:{problem.line}"
    return f"{where}: {problem.sentence}"


def _ordered(found: Iterable[tuple[datetime, Row]]) -> tuple[Row, ...]:
    return tuple(row for _, row in sorted(found, key=lambda each: (each[0], each[1].uid)))


def _next(series: Series, now: datetime) -> Occurrence:
    """The time that is next or running, else the last that is known."""
    coming = next((each for each in series.occurrences if each.to_utc > now), None)
    if coming is not None:
        return coming
    if series.occurrences:
        return series.occurrences[-1]
    return occurrence(series.event, series.event.starts)  # outside of the window


def _row(found: Occurrence, state: State, language: DeskLanguage) -> Row:
    event = found.event
    return Row(
        uid=event.uid,
        title=event.title_in(language),
        kind=event.kind,
        when=_when(found, language),
        zone="" if event.all_day or event.zone == BERLIN else event.zone,
        is_repeated=bool(event.recurrence),
        place=event.place,
        online=event.online,
        state=state,
        source=event.source,
        as_of=day(event.as_of, language),
        file=_where(event),
    )


def _where(event: CalendarEvent) -> str:
    return f"{Path(event.file).name}:{event.line}"


def _when(found: Occurrence, language: DeskLanguage) -> str:
    first, last = day(found.first_day, language), day(found.last_day, language)
    if found.event.all_day:
        return first if first == last else f"{first} – {last}"
    begins, ends = f"{found.starts:%H:%M}", f"{found.ends:%H:%M}"
    if found.first_day == (found.ends - timedelta(seconds=1)).date():
        return f"{first}, {begins}–{ends}"
    return f"{first}, {begins} – {last}, {ends}"
