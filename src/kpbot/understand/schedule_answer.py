"""What the calendar holds about a question: exactly that, and how it may be told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
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
)

MOST_TOLD = 5
"""Occurrences in one answer; the rest are counted."""


def answer_to(
    question: ScheduleQuestion, calendar: Calendar, now: datetime, asker_zone: str | None = None
) -> ScheduleAnswer:
    """The matching occurrences, told as what they are.

    Coming ones in their order; past ones, last first, only where the past was asked for, by its
    words or by a range that is over. `now` is aware; days are those of Berlin.
    """
    today = now.astimezone(ZoneInfo(BERLIN)).date()
    past = question.past or (question.days is not None and question.days.last < today)
    first, last = _bounds(question, calendar, now, past)
    found = [
        each
        for series in calendar.series
        if fits(series.event, question)
        for each in series.between(first, last)
        if (each.to_utc <= now) == past
    ]
    found.sort(key=lambda each: (each.from_utc, each.event.uid), reverse=past)
    wanted = _up_to_first_standing(found, today) if question.wanted == "next" else found
    told = tuple(_told(each, today, past=past) for each in wanted[:MOST_TOLD])
    return ScheduleAnswer(
        question=question,
        told=told,
        more=max(0, len(wanted) - MOST_TOLD),
        asker_zone=asker_zone,
        past=past,
        beyond=_is_beyond(question, calendar),
    )


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
    end = min(last, calendar.last) + timedelta(days=1)
    high = datetime.combine(end, time(), berlin).astimezone(UTC)
    return (low, min(high, now)) if past else (max(low, now), high)


def _up_to_first_standing(found: list[Occurrence], today: date) -> list[Occurrence]:
    """The first that stands, and before it what is cancelled or no longer confirmed."""
    for number, each in enumerate(found):
        if state_of(each, today) in {"confirmed", "planned"}:
            return found[: number + 1]
    return found


def _told(found: Occurrence, today: date, *, past: bool) -> ToldOccurrence:
    return ToldOccurrence(found, state_of(found, today), past)


def _is_beyond(question: ScheduleQuestion, calendar: Calendar) -> bool:
    days = question.days
    return days is not None and (days.last > calendar.last or days.first < calendar.first)
