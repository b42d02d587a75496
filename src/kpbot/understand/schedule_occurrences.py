"""Repeated events become single occurrences: once, over a window, never while somebody waits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from kpbot.events import Calendar, CalendarEvent, Occurrence, Series, occurrence
from kpbot.understand.normalise import words_of

DAYS_BACK = 400
DAYS_AHEAD = 800
"""The window around today: more than a year each way, so that a late renewal does no harm."""
MOST_OCCURRENCES = 1500
"""Of one event, within five years."""
_MOST_SEARCHED = 20_000
"""Of one event, from its first one on: half a century of days."""
_RULE = re.compile(r"[A-Z]+=[A-Z0-9,+:-]+(?:;[A-Z]+=[A-Z0-9,+:-]+)*")
_PARTS = {
    "DAILY": frozenset[str](),
    "WEEKLY": frozenset({"BYDAY"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTHDAY", "BYSETPOS"}),
    "YEARLY": frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH"}),
}
"""What each frequency may be narrowed by."""
_PLAIN_DAYS = re.compile(r"(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*")
_POSITIONS = re.compile(r"-?[1-4](?:,-?[1-4])*")
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_COMPACT = "%Y%m%d%H%M%S"
_LONGEST_RULE = 300


class BadRuleError(ValueError):
    """The rule cannot be followed; the text says why, for the person who wrote it."""


def calendar_of(events: Iterable[CalendarEvent], today: date) -> Calendar:
    """The calendar around today. Raises BadRuleError; loading has refused such events before."""
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    series = tuple(_series(event, first, last) for event in events)
    return Calendar(series, first, last, _titled(each.event for each in series))


def _titled(events: Iterable[CalendarEvent]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for event in events:
        for title in event.title.values():
            for word in words_of(title):
                found.setdefault(word, set()).add(event.uid)
    return {word: frozenset(uids) for word, uids in found.items()}


def _series(event: CalendarEvent, first: date, last: date) -> Series:
    kept = tuple(occurrences(event, first, last))
    return Series(
        event,
        kept,
        tuple(each.from_utc for each in kept),
        tuple(each.to_utc for each in kept),
    )


def occurrences(event: CalendarEvent, first: date, last: date) -> Iterator[Occurrence]:
    """Every occurrence that touches the days from first to last, in order. Raises BadRuleError."""
    length = event.ends - event.starts
    low = datetime.combine(first, datetime.min.time())
    high = datetime.combine(last, datetime.max.time())
    left_out = frozenset(event.exceptions)
    for starts in islice(_starts(event, high), _MOST_SEARCHED):
        if starts + length >= low and starts not in left_out:
            yield occurrence(event, starts)


def count_until(event: CalendarEvent, last: date) -> int:
    """How many occurrences there are up to the day, from the first one on. Raises BadRuleError."""
    high = datetime.combine(last, datetime.max.time())
    return sum(1 for _ in islice(_starts(event, high), MOST_OCCURRENCES + 1))


def _starts(event: CalendarEvent, last: datetime) -> Iterator[datetime]:
    """Every local start up to the instant."""
    if not event.recurrence:
        return takewhile(partial(datetime.__ge__, last), iter((event.starts,)))
    rule = rule_of(event)
    # Without an end a rule that never fits would be searched up to the year 9999.
    ended = rule.each.replace(until=min(rule.until, last) if rule.until else last)
    return islice(iter(ended), rule.count)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over local time, its ends apart."""

    each: rrule
    until: datetime | None
    """Last local start that may be."""
    count: int | None


def rule_of(event: CalendarEvent) -> Rule:
    """The event's rule. Raises BadRuleError."""
    text = event.recurrence.strip().upper()
    if len(text) > _LONGEST_RULE or not _RULE.fullmatch(text):
        raise BadRuleError("it is not of the form FREQ=MONTHLY;BYDAY=1TU")
    parts = dict(part.split("=", 1) for part in text.split(";"))
    until, count = parts.pop("UNTIL", ""), parts.pop("COUNT", "")
    _refuse_what_may_never_fit(parts)
    if count and not count.isdecimal():
        raise BadRuleError("COUNT is no number")
    try:
        each = rrulestr(";".join(map("=".join, parts.items())), dtstart=event.starts)
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise BadRuleError(str(error) or "it is not understood") from None
    if not isinstance(each, rrule):
        raise BadRuleError("only one rule is possible")
    return Rule(each, _until(until, event.zone) if until else None, int(count) if count else None)


def _refuse_what_may_never_fit(parts: Mapping[str, str]) -> None:
    """Raises BadRuleError: the library would look for a 31 February up to the year 9999."""
    frequency = parts.get("FREQ", "")
    if frequency not in _PARTS:
        raise BadRuleError(f"FREQ must be one of {', '.join(_PARTS)}")
    narrowed = parts.keys() - {"FREQ", "INTERVAL", "WKST"}
    unknown = narrowed - _PARTS[frequency]
    if unknown:
        raise BadRuleError(f"{min(unknown)} is not possible with FREQ={frequency}")
    if {"BYDAY", "BYMONTHDAY"} <= narrowed:
        raise BadRuleError("BYDAY and BYMONTHDAY do not go together")
    is_plain = _PLAIN_DAYS.fullmatch(parts.get("BYDAY", "")) is not None
    if frequency == "WEEKLY" and "BYDAY" in narrowed and not is_plain:
        raise BadRuleError("BYDAY of a week is MO, TU, WE, TH, FR, SA or SU")
    if "BYSETPOS" in narrowed and not (is_plain and _POSITIONS.fullmatch(parts["BYSETPOS"])):
        raise BadRuleError("BYSETPOS goes with weekdays, and counts from 1 to 4 or from -1 to -4")
    if not _is_in_some_month(parts.get("BYMONTHDAY", "1"), parts.get("BYMONTH", "")):
        raise BadRuleError("there is no such day in the month")


def _is_in_some_month(days: str, months: str) -> bool:
    try:
        least = min(abs(int(day)) for day in days.split(","))
        longest = max(_LONGEST_MONTH[int(month) - 1] for month in (months or "1").split(","))
    except (ValueError, IndexError):
        return False
    return 1 <= least <= longest


def fits_its_rule(event: CalendarEvent) -> bool:
    """The first start is one that the rule gives. Raises BadRuleError."""
    return next(_starts(event, event.starts), None) == event.starts


def is_endless(event: CalendarEvent) -> bool:
    """The event is repeated without an end."""
    text = event.recurrence.upper()
    return bool(text) and "UNTIL=" not in text and "COUNT=" not in text


def _until(text: str, zone: str) -> datetime:
    """The end of a rule in local time: RFC 5545 writes it in UTC. Raises BadRuleError."""
    found = _UNTIL.fullmatch(text)
    try:
        day = datetime.strptime(found[1] + (found[2] or "235959"), _COMPACT) if found else None  # noqa: DTZ007 (local)
    except ValueError:
        day = None
    if found is None or day is None:
        raise BadRuleError("UNTIL is no date such as 20271231 or 20271231T225959Z")
    if not found[3]:
        return day
    return day.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
