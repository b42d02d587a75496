"""The calendar as iCalendar (RFC 5545): for subscriptions, and one event to take along.

The bytes depend on the calendar, the language, the kind and the day alone: equal bytes, equal ETag.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from kpbot.events import BERLIN, Calendar, CalendarEvent, Feed, Kind, text_in
from kpbot.model import LANGUAGES, File, Language
from kpbot.understand.schedule_occurrences import is_endless, rule_of

PRODUCT = "-//kpbot//events//DE"
REFRESH = timedelta(hours=6)
NAMES: dict[Language, str] = {
    "de": "Kommunale Zusammenarbeit Nordafrika",
    "fr": "Coopération communale Afrique du Nord",
    "ar": "التعاون البلدي مع شمال أفريقيا",
    "en": "Municipal Cooperation North Africa",
}
KIND_NAMES: dict[Kind, dict[Language, str]] = {
    "network_meeting": {
        "de": "Netzwerktreffen",
        "fr": "Réunions du réseau",
        "ar": "لقاءات الشبكة",
        "en": "Network meetings",
    },
    "conference": {"de": "Konferenzen", "fr": "Conférences", "ar": "مؤتمرات", "en": "Conferences"},
    "seminar": {"de": "Seminare", "fr": "Séminaires", "ar": "ندوات", "en": "Seminars"},
    "training": {
        "de": "Schulungen",
        "fr": "Formations",
        "ar": "دورات تدريبية",
        "en": "Trainings",
    },
    "webinar": {
        "de": "Webinare",
        "fr": "Webinaires",
        "ar": "ندوات عبر الإنترنت",
        "en": "Webinars",
    },
    "other": {
        "de": "Weitere Veranstaltungen",
        "fr": "Autres manifestations",
        "ar": "فعاليات أخرى",
        "en": "Other events",
    },
}
_NOTES: dict[Language, tuple[str, str, str]] = {
    "de": (
        "Quelle: {source}, Stand {as_of}.",
        "Anmeldung bis {until}.",
        "Nicht mehr bestätigt.",
    ),
    "fr": (
        "Source : {source}, au {as_of}.",
        "Inscription jusqu'au {until}.",
        "N'est plus confirmé.",
    ),
    "ar": ("المصدر: {source}، بتاريخ {as_of}.", "التسجيل حتى {until}.", "لم يعد مؤكدًا."),
    "en": (
        "Source: {source}, as of {as_of}.",
        "Registration until {until}.",
        "Not confirmed any more.",
    ),
}
_UNCONFIRMED: dict[Language, str] = {
    "de": "Nicht mehr bestätigt: {title}",
    "fr": "N'est plus confirmé : {title}",
    "ar": "لم يعد مؤكدًا: {title}",
    "en": "Not confirmed any more: {title}",
}
"""What stands in a calendar instead of the title; a description is seldom opened."""
_STATUS = {"planned": "TENTATIVE", "confirmed": "CONFIRMED", "cancelled": "CANCELLED"}
_UNTIL = re.compile(r"UNTIL=[0-9TZ]+")
_YEARS_AHEAD = 3
_MOST_YEARS_AHEAD = 10
"""So far ahead the rules of the zones are written out."""


class Feeds:
    """The feeds of a calendar that changes now and then, each made once until it does."""

    def __init__(self, calendar: Callable[[], Calendar], today: Callable[[], date]) -> None:
        """`calendar` gives the one there is now, `today` the day it is told on."""
        self._calendar = calendar
        self._today = today
        self._made_of: tuple[Calendar, date] | None = None
        self._made: dict[tuple[Language | None, Kind | None], Feed] = {}

    def feed(self, language: Language | None = None, kind: Kind | None = None) -> Feed:
        """The feed as it is today."""
        calendar, today = self._calendar(), self._today()
        made, made_of = self._made, self._made_of
        if made_of is None or made_of[0] is not calendar or made_of[1] != today:
            made = {}  # a new one: who is still making an old feed puts it where nobody looks
            self._made, self._made_of = made, (calendar, today)
        if (language, kind) not in made:
            made[language, kind] = feed(calendar, today, language, kind)
        return made[language, kind]

    def single(self, uid: str, language: Language | None = None) -> Feed | None:
        """The event alone, as it is today; None where there is none of that uid."""
        return single(self._calendar(), self._today(), uid, language)


def feed(
    calendar: Calendar, today: date, language: Language | None = None, kind: Kind | None = None
) -> Feed:
    """Every event, or those of one kind. Without a language: German, described in all four."""
    events = [event for event in calendar.events if kind in {None, event.kind}]
    spoken: Language = language or "de"
    name = NAMES[spoken] if kind is None else f"{NAMES[spoken]}: {KIND_NAMES[kind][spoken]}"
    return _file(events, today, _last_day(calendar, today), language, name)


def single(
    calendar: Calendar, today: date, uid: str, language: Language | None = None
) -> Feed | None:
    """The event alone; None where there is none of that uid."""
    found = [event for event in calendar.events if event.uid == uid]
    if not found:
        return None
    return _file(
        found, today, _last_day(calendar, today), language, found[0].title_in(language or "de")
    )


def told_file(
    calendar: Calendar, today: date, uids: tuple[str, ...], language: Language
) -> File | None:
    """The events a person was told of, as one file to take along; None: none of them is there."""
    found = [event for event in calendar.events if event.uid in uids]
    if not found:
        return None
    name = found[0].title_in(language) if len(found) == 1 else NAMES[language]
    made = _file(found, today, _last_day(calendar, today), language, name)
    return File("events.ics", "text/calendar", made.body.decode())


def _last_day(calendar: Calendar, today: date) -> date:
    """Until when clocks have to be right: some years beyond the last event and the present."""
    ends = max((event.ends.year for event in calendar.events), default=today.year)
    last = min(max(ends, today.year), today.year + _MOST_YEARS_AHEAD)
    return date(last + _YEARS_AHEAD, 1, 1)


def _file(
    events: Iterable[CalendarEvent],
    today: date,
    last: date,
    language: Language | None,
    name: str,
) -> Feed:
    ordered = sorted(events, key=lambda event: (event.starts, event.uid))
    file = icalendar.Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", BERLIN)
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT6H")
    first = min((event.starts.year for event in ordered), default=today.year)
    for zone in sorted({BERLIN, *(event.zone for event in ordered if not event.all_day)}):
        file.add_component(
            icalendar.Timezone.from_tzinfo(ZoneInfo(zone), zone, date(first, 1, 1), last)
        )
    for event in ordered:
        file.add_component(_component(event, today, language))
    body = file.to_ical()
    return Feed(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _component(event: CalendarEvent, today: date, language: Language | None) -> icalendar.Event:
    part = icalendar.Event()
    part.add("uid", event.uid if "@" in event.uid else f"{event.uid}@kpbot")
    part.add("dtstamp", event.last_modified)
    part.add("last-modified", event.last_modified)
    part.add("sequence", event.sequence)
    title, spoken = text_in(event.title, language or "de")
    outdated = _is_outdated(event, today)
    summary = _UNCONFIRMED[spoken].format(title=title) if outdated else title
    part.add("summary", summary, parameters={"LANGUAGE": spoken})
    part.add("dtstart", _property(event, event.starts))
    part.add("dtend", _property(event, event.ends))
    part.add("status", "TENTATIVE" if outdated else _STATUS[event.status])
    part.add("categories", [event.kind])
    part.add("description", _description(event, language, outdated=outdated))
    if event.place or event.online:
        part.add("location", event.place or event.online)
    if event.online or event.registration.url:
        part.add("url", event.online or event.registration.url)
    if event.recurrence:
        part.add("rrule", icalendar.vRecur.from_ical(_rule(event)))
    if event.exceptions:
        part.add("exdate", [_property(event, each) for each in event.exceptions])
    part.add("transp", "TRANSPARENT" if event.status == "cancelled" else "OPAQUE")
    return part


def _property(event: CalendarEvent, local: datetime) -> date | datetime:
    return local.date() if event.all_day else local.replace(tzinfo=ZoneInfo(event.zone))


def _rule(event: CalendarEvent) -> str:
    """The rule with its end as RFC 5545 wants it: a date, or in UTC."""
    until = rule_of(event).until
    if until is None:
        return event.recurrence
    if event.all_day:
        return _UNTIL.sub(f"UNTIL={until:%Y%m%d}", event.recurrence)
    instant = until.replace(tzinfo=ZoneInfo(event.zone)).astimezone(UTC)
    return _UNTIL.sub(f"UNTIL={instant:%Y%m%dT%H%M%SZ}", event.recurrence)


def _is_outdated(event: CalendarEvent, today: date) -> bool:
    """Nobody has confirmed the event, or its coming times, lately."""
    until = event.valid_until
    if until is None or until >= today or event.status == "cancelled":
        return False
    return until < event.starts.date() or is_endless(event)


def _description(event: CalendarEvent, language: Language | None, *, outdated: bool) -> str:
    """What it is about, how one registers, where it is known from."""
    parts = []
    for spoken in [language] if language else LANGUAGES:
        source, until, unconfirmed = _NOTES[spoken]
        texts = [
            unconfirmed if outdated else "",
            text_in(event.description, spoken)[0]
            if language
            else event.description.get(spoken, ""),
            text_in(event.registration.text, spoken)[0]
            if language
            else event.registration.text.get(spoken, ""),
            until.format(until=event.registration.until) if event.registration.until else "",
            source.format(source=event.source, as_of=event.as_of),
        ]
        parts.append("\n".join(text for text in texts if text))
    contact = [event.online, event.registration.url, event.registration.mail]
    return "\n\n".join([*parts, *dict.fromkeys(each for each in contact if each)])
