"""Instants an advisor can choose, in German time. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from kpbot.events import GERMANY, programme_day

MORNING = time(8)


def snoozed_until(choice: str, now: datetime) -> datetime | None:
    """When a case that is put off comes back; None: there is no such choice.

    `hour` is an hour from now; the others are eight in the morning, whatever the clocks did.
    """
    today = programme_day(now)
    match choice:
        case "hour":
            return now + timedelta(hours=1)
        case "morning":
            return _morning(today + timedelta(days=1))
        case "days":
            return _morning(today + timedelta(days=3))
        case "week":
            return _morning(today + timedelta(days=7 - today.weekday()))
        case _:
            return None


def digest_day(now: datetime, at: time, last: str | None) -> str | None:
    """The day whose digest is due now; None: none is, or it was sent.

    Only from Monday to Friday; after the time of day all the same, if nobody was there then.
    """
    local = now.astimezone(GERMANY)
    day = local.date().isoformat()
    is_due = local.weekday() < 5 and local.time() >= at and day != last
    return day if is_due else None


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, GERMANY).astimezone(UTC)
