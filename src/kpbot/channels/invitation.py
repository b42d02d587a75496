"""An invitation to a talk about a case, as iCalendar text that calendars answer (RFC 5546)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

PRODUCT = "-//kpbot//kpbot//DE"
_AROUND = timedelta(days=400)
_MAILBOX = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


def invitation(  # noqa: PLR0913 (what an invitation holds)
    *,
    reference: str,
    summary: str,
    start: datetime,
    end: datetime,
    zone: str,
    organiser: str,
    attendee: str,
    description: str = "",
    sequence: int = 0,
    uid: str = "",
    at: datetime,
) -> str:
    """The invitation as text with METHOD:REQUEST and the rules of the zone.

    A calendar takes one with the same `uid` and a higher `sequence` for the same talk, changed;
    without `uid`, there is one talk a reference. Raises ValueError where the talk ends before it
    begins or one of the two is no mail address.
    """
    from icalendar import STATUS, Calendar, Event, vCalAddress  # noqa: PLC0415 (start-up time)

    if end <= start:
        raise ValueError("The talk must end after it begins.")
    event = Event.new(
        uid=uid or f"{reference.lower()}@kpbot.invalid",
        summary=summary,
        description=description or None,
        start=start.astimezone(ZoneInfo(zone)),
        end=end.astimezone(ZoneInfo(zone)),
        stamp=at.astimezone(UTC),
        sequence=sequence,
        status=STATUS.CONFIRMED,
        organizer=vCalAddress.new(_mailbox(organiser)),
        attendees=[
            vCalAddress.new(
                _mailbox(attendee), role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp=True
            )
        ],
    )
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "REQUEST")
    calendar.add_component(event)
    calendar.add_missing_timezones((start - _AROUND).date(), (end + _AROUND).date())
    text: str = calendar.to_ical().decode()
    return text


def _mailbox(address: str) -> str:
    if not _MAILBOX.fullmatch(address):
        raise ValueError("An invitation goes from a mail address to a mail address.")
    return address
