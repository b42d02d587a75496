"""An invitation to a talk about a case, as iCalendar text that calendars answer (RFC 5546)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # start-up time
    from icalendar import vCalAddress

PRODUCT = "-//kpbot//kpbot//DE"
_AROUND = timedelta(days=400)
_MAILBOX = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")
_NO_NAME = re.compile(r"[\x00-\x1f\x7f\"]+")
"""What no name in a calendar holds (RFC 5545, 3.1: quotation marks and control characters)."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Who invites or is invited."""

    address: str
    name: str = ""
    """As calendars show it; empty: they show the address."""


def invitation(  # noqa: PLR0913 (what an invitation holds)
    *,
    reference: str,
    summary: str,
    start: datetime,
    end: datetime,
    zone: str,
    organiser: Mailbox,
    attendees: tuple[Mailbox, ...],
    description: str = "",
    location: str = "",
    sequence: int = 0,
    uid: str = "",
    at: datetime,
) -> str:
    """The invitation as text with METHOD:REQUEST and the rules of the zone.

    A calendar takes one with the same `uid` and a higher `sequence` for the same talk, changed;
    without `uid`, there is one talk a reference. Raises ValueError where the talk ends before it
    begins or one of these is no mail address.
    """
    from icalendar import STATUS, Calendar, Event  # noqa: PLC0415 (start-up time)

    if end <= start:
        raise ValueError("The talk must end after it begins.")
    event = Event.new(
        uid=uid or f"{reference.lower()}@kpbot.invalid",
        summary=summary,
        description=description or None,
        location=location or None,
        start=start.astimezone(ZoneInfo(zone)),
        end=end.astimezone(ZoneInfo(zone)),
        stamp=at.astimezone(UTC),
        sequence=sequence,
        status=STATUS.CONFIRMED,
        organizer=_party(organiser),
        attendees=[
            _party(each, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp=True)
            for each in attendees
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


def _party(who: Mailbox, **more: str | bool) -> vCalAddress:
    from icalendar import vCalAddress  # noqa: PLC0415 (start-up time)

    if not _MAILBOX.fullmatch(who.address):
        raise ValueError("An invitation goes from a mail address to a mail address.")
    name = _NO_NAME.sub(" ", who.name).strip()
    return vCalAddress.new(who.address, cn=name or None, **more)  # type: ignore[arg-type]
