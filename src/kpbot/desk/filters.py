"""What of the list is wanted, as it stands in the address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import get_args
from urllib.parse import urlencode

from kpbot.cases import CaseState
from kpbot.desk.forms import day_of, line
from kpbot.events import GERMANY
from kpbot.model import LANGUAGES
from kpbot.store.case_list import ORDERS, Order, Wanted

STATES: tuple[CaseState, ...] = get_args(CaseState)
ALL = "all"
MINE = "mine"
NOBODY = "nobody"
_LONGEST = 100
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Filters:
    """Every filter; what is empty does not matter."""

    q: str = ""
    state: str = ""
    """A state, or `all`; empty: all that are not closed."""
    desk: str = ""
    advisor: str = ""
    """An advisor's id, `mine` or `nobody`."""
    spoken: str = ""
    """The language of the chat; `language` in the address is that of the desk."""
    country: str = ""
    since: str = ""
    until: str = ""
    """ISO 8601 days, both included."""
    overdue: str = ""
    sort: Order = "next"
    down: str = ""
    page: int = 1

    def wanted(self, me: str) -> Wanted:
        """The cases that pass."""
        states = STATES if self.state == ALL else tuple(s for s in STATES if s == self.state)
        whose = {"": None, MINE: me, NOBODY: ""}.get(self.advisor, self.advisor)
        return Wanted(
            text=self.q,
            states=states or tuple(s for s in STATES if s != "closed"),
            desk=self.desk,
            advisor=whose,
            language=self.spoken,
            country=self.country,
            since=_begin(day_of(self.since)),
            until=_begin(day_of(self.until), timedelta(days=1)),
            overdue=bool(self.overdue),
        )

    def address(self, path: str = "/desk", **changes: object) -> str:
        """The address of the list with these filters and changes; what is usual is left out."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        usual = Filters()
        names = Filters.__slots__
        given = [
            (n, str(getattr(changed, n))) for n in names if getattr(changed, n) != getattr(usual, n)
        ]
        return f"{path}?{urlencode(given)}" if given else path

    @property
    def is_narrow(self) -> bool:
        """Whether anything is filtered at all."""
        return replace(self, sort="next", down="", page=1) != Filters()


def filters_of(
    query: Mapping[str, str],
    *,
    desks: Collection[str],
    advisors: Collection[str],
    countries: Collection[str],
) -> Filters:
    """The filters of an address; what is no value of a filter is left out."""

    def of(name: str, known: Collection[str]) -> str:
        value = query.get(name, "")
        return value if value in known else ""

    order = of("sort", ORDERS)
    return Filters(
        q=line(query.get("q", ""), _LONGEST),
        state=of("state", (*STATES, ALL)),
        desk=of("desk", desks),
        advisor=of("advisor", (*advisors, MINE, NOBODY)),
        spoken=of("spoken", LANGUAGES),
        country=of("country", countries),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        overdue=of("overdue", ("1",)),
        sort=next((each for each in ORDERS if each == order), "next"),
        down=of("down", ("1",)),
        page=_page(query.get("page", "")),
    )


def _day(text: str) -> str:
    found = day_of(text)
    return found.isoformat() if found else ""


def _page(text: str) -> int:
    return (
        min(max(int(text), 1), _MOST_PAGES)
        if text.isascii() and text.isdigit() and len(text) < 6
        else 1
    )


def _begin(day: date | None, later: timedelta = timedelta(0)) -> datetime | None:
    """When the day begins in Germany."""
    return None if day is None else datetime.combine(day + later, time(), GERMANY)
