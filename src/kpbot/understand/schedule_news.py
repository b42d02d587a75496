"""What a look into the calendar brings to a subscriber: news, and reminders of what is near.

All follows from the subscription and the calendar as they are. A look that is made twice brings
nothing the second time, and one that comes late brings what was missed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kpbot.events import (
    BERLIN,
    Calendar,
    CalendarEvent,
    Notice,
    NoticeKind,
    Occurrence,
    ScheduleQuestion,
    Subscription,
    Tidings,
    ToldOccurrence,
)
from kpbot.understand.schedule_answer import fits, state_of

MORNING, EVENING = time(9), time(20)
"""Between them people are told of the calendar, in their own zone; never at night."""
LONGEST = timedelta(days=30)
"""A look is taken at least so often."""


def look(
    subscription: Subscription,
    calendar: Calendar,
    now: datetime,
    days_before: tuple[int, ...],
    asker_zone: str | None = None,
) -> Tidings:
    """What there is to tell now, and when the next look is due. `now` is aware.

    At night nothing is told and nothing forgotten: the look is due in the morning. The first
    look only takes note of what there is.
    """
    zone = ZoneInfo(asker_zone or BERLIN)
    morning = _morning_after(now, zone)
    if morning is not None and subscription.looked is not None:
        return Tidings(subscription, (), morning, asker_zone)
    wanted = _wanted(subscription, calendar)
    seen = {event.uid: digest(event) for event in wanted}
    today = now.astimezone(ZoneInfo(BERLIN)).date()
    notices: list[Notice] = []
    if subscription.looked is not None:
        notices += _news(subscription, wanted, calendar, now, today)
        told = {notice.told.occurrence.event.uid for notice in notices}
        notices += _reminders(subscription.looked, wanted, calendar, now, zone, days_before, told)
    after = replace(subscription, seen=seen, looked=now)
    return Tidings(
        after, tuple(notices), _next_look(wanted, calendar, now, zone, days_before), asker_zone
    )


def digest(event: CalendarEvent) -> str:
    """A short sign of all that makes a difference to who wants to come."""
    told = (
        *(event.kind, event.starts, event.ends, event.zone, event.place, event.online),
        *(event.status, event.recurrence, event.exceptions, event.registration, dict(event.title)),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _wanted(subscription: Subscription, calendar: Calendar) -> tuple[CalendarEvent, ...]:
    question = ScheduleQuestion(kinds=subscription.kinds, countries=subscription.countries)
    return tuple(event for event in calendar.events if fits(event, question))


def _news(
    subscription: Subscription,
    wanted: Iterable[CalendarEvent],
    calendar: Calendar,
    now: datetime,
    today: date,
) -> Iterator[Notice]:
    """What was not there at the last look, or was otherwise; nothing that is over."""
    for event in wanted:
        was = subscription.seen.get(event.uid)
        if was == digest(event):
            continue
        coming = next(iter(_coming(event, calendar, now)), None)
        if coming is None or (was is None and event.status == "cancelled"):
            continue
        kind: NoticeKind = "new" if was is None else "changed"
        state = state_of(coming, today)
        if state == "outdated":
            continue
        yield Notice("cancelled" if state == "cancelled" else kind, ToldOccurrence(coming, state))


def _reminders(  # noqa: PLR0913, PLR0917 (what a reminder depends on)
    looked: datetime,
    wanted: Iterable[CalendarEvent],
    calendar: Calendar,
    now: datetime,
    zone: ZoneInfo,
    days_before: tuple[int, ...],
    told: set[str],
) -> Iterator[Notice]:
    """Each coming event whose moment to be reminded came since the last look, once."""
    for event in wanted:
        if event.uid in told:
            continue  # they have just read of it
        for found in _coming(event, calendar, now):
            moments = _moments(found, zone, days_before)
            if all(moment > now for moment in moments):
                break  # so are those of all that come later
            state = state_of(found, now.astimezone(ZoneInfo(BERLIN)).date())
            if state in {"confirmed", "planned"} and any(looked < each <= now for each in moments):
                yield Notice("reminder", ToldOccurrence(found, state))


def _next_look(
    wanted: Iterable[CalendarEvent],
    calendar: Calendar,
    now: datetime,
    zone: ZoneInfo,
    days_before: tuple[int, ...],
) -> datetime:
    """The next moment at which somebody must be reminded, within `LONGEST`."""
    last = now + LONGEST
    horizon = last + timedelta(days=max(days_before, default=0) + 1)
    for event in wanted:
        for found in _coming(event, calendar, now):
            if found.from_utc > horizon:
                break
            last = min([last, *(each for each in _moments(found, zone, days_before) if each > now)])
    return last


def _coming(event: CalendarEvent, calendar: Calendar, now: datetime) -> tuple[Occurrence, ...]:
    """The event's occurrences that have not begun, in order."""
    series = next(each for each in calendar.series if each.event.uid == event.uid)
    return tuple(each for each in series.occurrences if each.from_utc > now)


def _moments(found: Occurrence, zone: ZoneInfo, days_before: tuple[int, ...]) -> list[datetime]:
    """The mornings on which the person is reminded, in their own zone."""
    day = found.from_utc.astimezone(zone).date()
    return [
        datetime.combine(day - timedelta(days=days), MORNING, zone).astimezone(
            found.from_utc.tzinfo
        )
        for days in days_before
    ]


def _morning_after(now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the night ends in which it is now; None: it is day."""
    local = now.astimezone(zone)
    if MORNING <= local.time() < EVENING:
        return None
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return datetime.combine(day, MORNING, zone).astimezone(now.tzinfo)
