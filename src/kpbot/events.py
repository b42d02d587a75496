"""The programme's calendar as data: events, when they take place, and an answer about them.

Local time and the name of the zone are the truth; UTC is computed from them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from kpbot.languages import LANGUAGES, Language

Kind = Literal["network_meeting", "conference", "seminar", "training", "webinar", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Status = Literal["planned", "confirmed", "cancelled"]
STATUSES: tuple[Status, ...] = get_args(Status)
Audience = Literal["german", "north_african", "both"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
Country = Literal["DE", "EG", "DZ", "MA", "TN"]
COUNTRIES: tuple[Country, ...] = get_args(Country)

ASKED_WHEN = "events_dates"
"""The FAQ's question when something takes place."""

BERLIN = "Europe/Berlin"
GERMANY = ZoneInfo(BERLIN)
"""In whose time the programme and its advisors live."""
ZONE_OF: Mapping[str, str] = {
    "DE": BERLIN,
    "EG": "Africa/Cairo",
    "DZ": "Africa/Algiers",
    "MA": "Africa/Casablanca",
    "TN": "Africa/Tunis",
}
"""The one zone of each country, in which its people read a time."""


def programme_day(at: datetime) -> date:
    """The day it is then where the programme is."""
    return at.astimezone(GERMANY).date()


Texts = Mapping[Language, str]
"""The same text in the languages there are."""


def text_in(texts: Texts, language: Language) -> tuple[str, Language]:
    """The text and the language it is in: the wanted one, else the first there is."""
    for each in (language, *LANGUAGES):
        if texts.get(each):
            return texts[each], each
    return "", language


@dataclass(frozen=True, slots=True)
class Registration:
    """How one registers; all empty: nothing is known about it."""

    url: str = ""
    mail: str = ""
    text: Texts = field(default_factory=dict)
    until: date | None = None
    """Last day, in the event's zone."""

    @property
    def is_known(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.url or self.mail or self.text or self.until)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry of the calendar, once or repeated."""

    uid: str
    kind: Kind
    title: Texts
    starts: datetime
    """Local, without zone; of an event of whole days: its first midnight."""
    ends: datetime
    """Local, without zone, exclusive; of an event of whole days: the midnight after the last."""
    zone: str
    source: str
    as_of: date
    all_day: bool = False
    description: Texts = field(default_factory=dict)
    place: str = ""
    online: str = ""
    """Address of the online meeting, or empty."""
    audience: Audience = "both"
    countries: tuple[Country, ...] = ()
    """Where it takes place and whom it is about."""
    languages: tuple[Language, ...] = ()
    """Languages it is held in."""
    registration: Registration = field(default_factory=Registration)
    valid_until: date | None = None
    """Last day on which the entry may be stated as fact; None: until the event is over."""
    status: Status = "confirmed"
    recurrence: str = ""
    """RRULE of RFC 5545 without its name; empty: once."""
    exceptions: tuple[datetime, ...] = ()
    """Local starts that are left out."""
    sequence: int = 0
    last_modified: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    def title_in(self, language: Language) -> str:
        """The title in the language, or in another where it is missing."""
        return text_in(self.title, language)[0]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time an event takes place."""

    event: CalendarEvent
    starts: datetime
    """Aware, in the event's zone."""
    ends: datetime
    """Aware, in the event's zone, exclusive."""
    from_utc: datetime
    to_utc: datetime

    @property
    def first_day(self) -> date:
        """The day it begins, in the event's zone."""
        return self.starts.date()

    @property
    def last_day(self) -> date:
        """The day it ends, in the event's zone."""
        if self.event.all_day:
            return (self.ends - timedelta(days=1)).date()
        return self.ends.date()


def occurrence(event: CalendarEvent, starts: datetime) -> Occurrence:
    """The event at this local start: it lasts as long on the clock as the first time."""
    zone = ZoneInfo(event.zone)
    first = starts.replace(tzinfo=zone)
    last = (starts + (event.ends - event.starts)).replace(tzinfo=zone)
    return Occurrence(event, first, last, first.astimezone(UTC), last.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Series:
    """An event with every time it takes place within the calendar's window, in order."""

    event: CalendarEvent
    occurrences: tuple[Occurrence, ...]
    begins: tuple[datetime, ...]
    """`from_utc` of each: what is searched in."""
    overs: tuple[datetime, ...]
    """`to_utc` of each; as ordered as the beginnings, for all last equally long on the clock."""

    def between(self, first: datetime, last: datetime) -> Sequence[Occurrence]:
        """All that touch the time from `first` up to `last` (aware; exclusive)."""
        return self.occurrences[bisect_right(self.overs, first) : bisect_left(self.begins, last)]

    def after(self, now: datetime) -> Sequence[Occurrence]:
        """All that have not begun (aware)."""
        return self.occurrences[bisect_right(self.begins, now) :]

    def over(self, first: datetime, last: datetime, now: datetime) -> Sequence[Occurrence]:
        """Those of them that are over."""
        end = min(bisect_left(self.begins, last), bisect_right(self.overs, now))
        return self.occurrences[bisect_right(self.overs, first) : end]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every event, expanded once over a window of days."""

    series: tuple[Series, ...] = ()
    first: date = date(2000, 1, 1)
    last: date = date(2100, 1, 1)
    """The window: occurrences outside are not known here."""
    titled: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Normalised word of a title → uids of the events that bear it."""

    @property
    def events(self) -> tuple[CalendarEvent, ...]:
        """Every event."""
        return tuple(each.event for each in self.series)

    def between(self, first: datetime, last: datetime) -> tuple[Occurrence, ...]:
        """All occurrences that touch the time from `first` up to `last`, in order."""
        found = (each for series in self.series for each in series.between(first, last))
        return tuple(sorted(found, key=lambda each: (each.from_utc, each.event.uid)))


@dataclass(frozen=True, slots=True)
class Feed:
    """The calendar, or a part of it, as an iCalendar file."""

    body: bytes
    etag: str
    """Quoted; equal for equal bytes."""


# ── a question about it, and the answer ──────────────────────────────────────────────────────

Wanted = Literal["next", "list", "calendar"]
Wish = Literal["", "tell", "remind", "subscribe", "unsubscribe"]


@dataclass(frozen=True, slots=True)
class DayRange:
    """A run of whole days, as it was understood."""

    first: date
    """`date.min`: from ever on."""
    last: date
    """`date.max`: without an end."""
    approximate: bool = False
    """By the Islamic calendar: plus or minus one day."""


@dataclass(frozen=True, slots=True)
class ScheduleQuestion:
    """What a person wants to know of the calendar, or have from it."""

    kinds: tuple[Kind, ...] = ()
    """Empty: any."""
    days: DayRange | None = None
    countries: tuple[Country, ...] = ()
    languages: tuple[Language, ...] = ()
    """Languages the event shall be held in; empty: any."""
    online: bool | None = None
    """False: only where people meet in a place."""
    town: str = ""
    """Where it shall take place: a town of `schedule_towns`, or empty for anywhere."""
    status: Status | None = None
    """Only those that stand so; None: however they stand."""
    past: bool = False
    words: tuple[str, ...] = ()
    """The normalised words of the text, in which titles are looked for; empty: in vain."""
    vague: bool = False
    """Nothing but a title can say which event is meant: no kind is named, nor events as such."""
    wanted: Wanted = "list"
    wish: Wish = ""
    whole: bool = False
    """It says nothing else: whatever else the text is like, this is what it asks."""
    sure: bool = True
    """False: it names an event and asks nothing ("And the seminars?"): a question about the
    calendar in the menu or after another one, but not where an answer is awaited."""


State = Literal["confirmed", "planned", "cancelled", "outdated"]
"""`outdated`: nobody has confirmed the entry lately, so it is no fact any more."""


@dataclass(frozen=True, slots=True)
class ToldOccurrence:
    """An occurrence and how it may be told."""

    occurrence: Occurrence
    state: State
    past: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleAnswer:
    """Exactly what the calendar holds about the question."""

    question: ScheduleQuestion
    told: tuple[ToldOccurrence, ...] = ()
    more: int = 0
    """How many further ones there are."""
    asker_zone: str | None = None
    past: bool = False
    """What was asked lies in the past."""
    window: DayRange | None = None
    """What was asked for may lie outside of these days, and only they were looked through."""
    elsewhere: Texts = field(default_factory=dict)
    """The town that was named, where none is: what is told takes place elsewhere in its country."""

    @property
    def none_known(self) -> bool:
        """Nothing stands: there is none, or all are cancelled or no longer confirmed.

        Where the cancelled ones were asked for: there is none of them.
        """
        if self.question.status == "cancelled":
            return not self.told
        return not any(each.state in {"confirmed", "planned"} for each in self.told)


# ── being told ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a person wants to be told of, and what they have been told."""

    since: datetime
    language: Language
    """Of the words that were agreed to."""
    consent: str
    """Hash of these words."""
    kinds: tuple[Kind, ...] = ()
    """Empty: every kind."""
    countries: tuple[Country, ...] = ()
    """Empty: every country."""
    seen: Mapping[str, str] = field(default_factory=dict)
    """Uid → digest of the event as it was last told or found; empty until the first look."""
    looked: datetime | None = None
    """When the calendar was last looked into for this person."""


NoticeKind = Literal["new", "changed", "cancelled", "reminder"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a subscriber is told of their own calendar."""

    kind: NoticeKind
    told: ToldOccurrence


@dataclass(frozen=True, slots=True)
class Tidings:
    """What a look into the calendar brings to a subscriber."""

    subscription: Subscription
    """As it is after the look."""
    notices: tuple[Notice, ...]
    next_look: datetime
    asker_zone: str | None = None
