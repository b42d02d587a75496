"""What comes in with a request at the desk, cleaned and checked for form only."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import Depends, Request

from kpbot.desk.guard import Refused, current_advisor, require_admin, watching_advisor
from kpbot.desk.login_form import Fields, Unreadable, read_form
from kpbot.events import GERMANY
from kpbot.store.advisors import Advisor

Who = Annotated[Advisor, Depends(current_advisor)]
"""Who is logged in."""
Watcher = Annotated[Advisor, Depends(watching_advisor)]
"""Who is logged in, without a sign of life: pages ask by themselves."""
Admin = Annotated[Advisor, Depends(require_admin)]

_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_A_YEAR = timedelta(days=366)
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,12}")


async def read_fields(request: Request) -> Fields:
    """The fields of the request's form. Raises Refused."""
    try:
        return await read_form(request)
    except Unreadable:
        raise Refused(400, "unreadable") from None


Form = Annotated[Fields, Depends(read_fields)]


def clean(text: str) -> str:
    """The text without control characters, its lines parted as everywhere in the house.

    A text of which nothing can be seen is empty.
    """
    cleaned = _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    is_seen = any(unicodedata.category(each)[0] not in "CZ" for each in cleaned)
    return cleaned if is_seen else ""


def line(text: str, longest: int) -> str:
    """The text as one line of so many characters at most."""
    return " ".join(clean(text).split())[:longest]


def looks_like_reference(text: str) -> bool:
    """Whether a case could have this reference: everything else is nowhere."""
    return _REFERENCE.fullmatch(text) is not None


def day_of(text: str) -> date | None:
    """The ISO 8601 day, if it is one of these centuries."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2999 else None


def instant_of(day: str, clock: str) -> datetime | None:
    """The instant of the day and time in Germany."""
    on = day_of(day)
    try:
        at = time.fromisoformat(clock[:5])
    except ValueError:
        return None
    return None if on is None else datetime.combine(on, at, GERMANY)


def is_within_a_year(then: datetime, at: datetime) -> bool:
    """Whether the instant is still to come, and within 366 days: so long a case may rest."""
    # years first: an instant at the end of time cannot be compared in another zone
    return abs(then.year - at.year) <= 2 and at < then <= at + _A_YEAR
