"""What a look into the calendar brings to a subscriber: news, and reminders of what is near.

All follows from the subscription and the calendar as they are. A look that is made twice brings
nothing the second time, and one that comes late brings what was missed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
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
    programme_day,
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
    wanted = _wanted(subscription, calendar, now)
    notices: list[Notice] = []
    if subscription.looked is not None:
        notices += _news(subscription, wanted, now)
        told = {notice.told.occurrence.event.uid for notice in notices}
        unread = [each for each in wanted if each.event.uid not in told]
        notices += _reminders(subscription.looked, unread, now, zone, days_before)
    seen = {each.event.uid: each.digest for each in wanted}
    after = replace(subscription, seen=seen, looked=now)
    return Tidings(after, tuple(notices), _next_look(wanted, now, zone, days_before), asker_zone)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An event of what the subscriber asked for, and its occurrences that have not begun."""

    event: CalendarEvent
    digest: str
    coming: Sequence[Occurrence]


def digest(event: CalendarEvent) -> str:
    """A short sign of all that makes a difference to who wants to come."""
    told = (
        *(event.kind, event.starts, event.ends, event.zone, event.place, event.online),
        *(event.status, event.recurrence, event.exceptions, event.registration, dict(event.title)),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _wanted(subscription: Subscription, calendar: Calendar, now: datetime) -> list[_Wanted]:
    question = ScheduleQuestion(kinds=subscription.kinds, countries=subscription.countries)
    return [
        _Wanted(series.event, digest(series.event), series.after(now))
        for series in calendar.series
        if fits(series.event, question)
    ]


def _news(subscription: Subscription, wanted: Iterable[_Wanted], now: datetime) -> Iterator[Notice]:
    """What was not there at the last look, or was otherwise; nothing that is over."""
    for each in wanted:
        was = subscription.seen.get(each.event.uid)
        if was == each.digest or not each.coming:
            continue
        if was is None and each.event.status == "cancelled":
            continue
        kind: NoticeKind = "new" if was is None else "changed"
        coming = each.coming[0]
        state = state_of(coming, programme_day(now))
        if state == "outdated":
            continue
        yield Notice("cancelled" if state == "cancelled" else kind, ToldOccurrence(coming, state))


def _reminders(
    looked: datetime,
    wanted: Iterable[_Wanted],
    now: datetime,
    zone: ZoneInfo,
    days_before: tuple[int, ...],
) -> Iterator[Notice]:
    """Each coming event whose moment to be reminded came since the last look, once."""
    today = programme_day(now)
    for each in wanted:
        for found in each.coming:
            moments = _moments(found, zone, days_before)
            if all(moment > now for moment in moments):
                break  # so are those of all that come later
            state = state_of(found, today)
            if state in {"confirmed", "planned"} and any(
                looked < moment <= now for moment in moments
            ):
                yield Notice("reminder", ToldOccurrence(found, state))


def _next_look(
    wanted: Iterable[_Wanted], now: datetime, zone: ZoneInfo, days_before: tuple[int, ...]
) -> datetime:
    """The next moment at which somebody must be reminded, within `LONGEST`."""
    last = now + LONGEST
    horizon = last + timedelta(days=max(days_before, default=0) + 1)
    for each in wanted:
        for found in each.coming:
            if found.from_utc > horizon:
                break
            moments = _moments(found, zone, days_before)
            last = min([last, *(moment for moment in moments if moment > now)])
    return last


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
