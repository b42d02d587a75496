"""What the calendar holds about a question: exactly that, and how it may be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import islice
from zoneinfo import ZoneInfo

from kpbot.events import (
    BERLIN,
    Calendar,
    CalendarEvent,
    Occurrence,
    ScheduleAnswer,
    ScheduleQuestion,
    State,
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
    runs = [
        series.over(first, last, now)[::-1] if past else series.between(first, last)
        for series in calendar.series
        if fits(series.event, question)
    ]
    ordered = merge(*runs, key=_when, reverse=past)
    if question.wanted == "next":
        found, count = _up_to_first_standing(ordered, today), 0
    else:
        found, count = list(islice(ordered, MOST_TOLD)), sum(map(len, runs))
    return ScheduleAnswer(
        question=question,
        told=tuple(ToldOccurrence(each, state_of(each, today), past) for each in found),
        more=max(0, count - len(found)),
        asker_zone=asker_zone,
        past=past,
        beyond=_is_beyond(question, calendar),
    )


def _when(found: Occurrence) -> tuple[datetime, str]:
    return found.from_utc, found.event.uid


def fits(event: CalendarEvent, question: ScheduleQuestion) -> bool:
    """Whether the event is of what the question asks for, whenever it takes place."""
    if question.kinds and event.kind not in question.kinds:
        return False
    if question.countries and not set(question.countries) & set(event.countries):
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


def _is_beyond(question: ScheduleQuestion, calendar: Calendar) -> bool:
    days = question.days
    return days is not None and (days.last > calendar.last or days.first < calendar.first)
