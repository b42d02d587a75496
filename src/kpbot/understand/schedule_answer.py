"""What the calendar holds about a question: exactly that, and how it may be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import islice
from zoneinfo import ZoneInfo

from kpbot.events import (
    BERLIN,
    Calendar,
    CalendarEvent,
    DayRange,
    Occurrence,
    ScheduleAnswer,
    ScheduleQuestion,
    Series,
    State,
    Texts,
    ToldOccurrence,
    programme_day,
)

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
MOST_TOLD = 5
"""Occurrences in one answer; the rest are counted."""


def answer_to(
    question: ScheduleQuestion, calendar: Calendar, now: datetime, asker_zone: str | None = None
) -> ScheduleAnswer:
    """The matching occurrences, told as what they are.

    Coming ones in their order; past ones, last first, only where the past was asked for, by its
    words or by a range that is over. `now` is aware; days are those of Berlin.
    """
    today = programme_day(now)
    past = question.past or (question.days is not None and question.days.last < today)
    first, last = _bounds(question, calendar, now, past)
    for reading in _readings(question, calendar):
        asked = [each for each in calendar.series if reading.fits(each.event)]
        runs = [
            series.over(first, last, now)[::-1] if past else series.between(first, last)
            for series in asked
        ]
        if any(runs):
            break
    elsewhere = question.town if reading.question.town != question.town else ""
    question = reading.question
    ordered = merge(*runs, key=_when, reverse=past)
    is_next = question.wanted == "next"
    if is_next:
        found, count = _up_to_first_standing(ordered, today), 0
    else:
        found, count = list(islice(ordered, MOST_TOLD)), sum(map(len, runs))
    return ScheduleAnswer(
        question=question,
        told=tuple(ToldOccurrence(each, state_of(each, today), past) for each in found),
        more=max(0, count - len(found)),
        asker_zone=asker_zone,
        past=past,
        window=_window(question, calendar, asked, past=past and not (found and is_next)),
        elsewhere=_names(elsewhere) if elsewhere else {},
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to take a question."""

    question: ScheduleQuestion
    uids: frozenset[str] | None = None
    """Only these events; None: all that fit."""

    def fits(self, event: CalendarEvent) -> bool:
        return (self.uids is None or event.uid in self.uids) and fits(event, self.question)


def _readings(question: ScheduleQuestion, calendar: Calendar) -> Iterator[_Reading]:
    """The ways to take it, the most exact one first: the first that finds something is meant.

    A title says which event it is where nothing else does; a vague question without one finds
    nothing. Where none is in the town that was named, others of its country may help.
    """
    # Its words are many expressions: who only looks at events does not wait for them.
    from kpbot.understand.schedule_titles import meant_by  # noqa: PLC0415

    loose = question.vague or question.kinds == ("other",)
    uids = meant_by(question.words, calendar.titled, nearly=loose)
    if loose and uids:
        question = replace(question, kinds=(), vague=False)
    if uids or question.vague:
        yield _Reading(question, uids)
    if not question.vague and not (loose and uids):
        yield _Reading(question)
    if question.town:
        wider = replace(question, town="")
        yield _Reading(wider, uids if loose and (uids or question.vague) else None)


def _names(town: str) -> Texts:
    from kpbot.understand.schedule_towns import town_names  # noqa: PLC0415 (as above)

    return town_names(town)


def _when(found: Occurrence) -> tuple[datetime, str]:
    return found.from_utc, found.event.uid


def fits(event: CalendarEvent, question: ScheduleQuestion) -> bool:
    """Whether the event is of what the question asks for, whenever it takes place.

    A town is looked for in the place of the event, whatever country the entry is about.
    """
    if question.status is not None and event.status != question.status:
        return False
    if question.kinds and event.kind not in question.kinds:
        return False
    if question.town:
        from kpbot.understand.schedule_towns import takes_place_in  # noqa: PLC0415

        if not takes_place_in(event.place, question.town):
            return False
    elif question.countries and not set(question.countries) & set(event.countries):
        return False
    if question.languages and not set(question.languages) & set(event.languages):
        return False
    if question.online is None:
        return True
    is_online = bool(event.online) or event.kind == "webinar"
    return is_online if question.online else bool(event.place)


def state_of(found: Occurrence, today: date) -> State:
    """How the occurrence may be told on that day."""
    event = found.event
    if event.status == "cancelled":
        return "cancelled"
    until = event.valid_until
    # What was valid on its day stays true afterwards.
    if until is not None and until < today and until < found.first_day:
        return "outdated"
    return event.status


def _bounds(
    question: ScheduleQuestion, calendar: Calendar, now: datetime, past: bool
) -> tuple[datetime, datetime]:
    """From when until when is looked, in UTC."""
    days = question.days
    berlin = ZoneInfo(BERLIN)
    first = days.first if days else calendar.first
    last = days.last if days else calendar.last
    low = datetime.combine(max(first, calendar.first), time(), berlin).astimezone(UTC)
    end = max(min(last, calendar.last), calendar.first) + timedelta(days=1)
    high = datetime.combine(end, time(), berlin).astimezone(UTC)
    return (low, high) if past else (max(low, now), high)


def _up_to_first_standing(ordered: Iterable[Occurrence], today: date) -> list[Occurrence]:
    """The first that stands; before it, of every event once, what is cancelled or not confirmed."""
    found: dict[str, Occurrence] = {}
    for each in ordered:
        if state_of(each, today) in {"confirmed", "planned"}:
            kept = list(found.values())[: MOST_TOLD - 1]
            return [*kept, each]
        found.setdefault(each.event.uid, each)
    return list(found.values())[:MOST_TOLD]


def _window(
    question: ScheduleQuestion, calendar: Calendar, asked: Iterable[Series], *, past: bool
) -> DayRange | None:
    """The calendar's window, where what was asked for may lie outside of it."""
    days, window = question.days, DayRange(calendar.first, calendar.last)
    if days is not None and days.last != date.max and days.last > window.last:
        return window
    first = days.first if days is not None else date.min
    older = any(each.event.starts.date() < window.first for each in asked)
    if first == date.min:
        return window if past and older else None
    return window if first < window.first else None
