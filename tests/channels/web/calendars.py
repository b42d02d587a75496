"""A filled calendar for tests: invented events of every kind and state."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from kpbot.channels.web.calendar import CalendarHouse
from kpbot.content.dialogs import load_dialogs
from kpbot.content.events_feed import Feeds
from kpbot.events import Calendar, CalendarEvent, Registration
from kpbot.model import LANGUAGES
from kpbot.understand.schedule_occurrences import calendar_of

local = datetime.fromisoformat
ROOT = Path(__file__).parents[3]
NOW = datetime(2027, 1, 11, 8, tzinfo=UTC)
SENTENCES = {
    language: words.sentences
    for language, words in load_dialogs(ROOT / "dialogs")[0].service.items()
}
CONFERENCE = CalendarEvent(
    uid="conference-2027@example.org",
    kind="conference",
    title={
        "de": "Partnerschaftskonferenz Wasser",
        "fr": "Conférence de partenariat Eau",
        "ar": "مؤتمر الشراكة حول المياه",
        "en": "Partnership conference on water",
    },
    description=dict.fromkeys(LANGUAGES, "Musterhafte & <b>fette</b> Angaben."),
    starts=local("2027-06-01T10:00"),
    ends=local("2027-06-02T16:00"),
    zone="Africa/Casablanca",
    place="Haus am Meer, Casablanca",
    countries=("MA",),
    languages=("fr", "ar"),
    registration=Registration(url="https://example.org/anmeldung", until=date(2027, 5, 1)),
    source="Rundschreiben 1",
    as_of=date(2027, 1, 5),
)
WEBINAR = CalendarEvent(
    uid="webinar@example.org",
    kind="webinar",
    title={"de": "Sprechstunde für Kommunen", "en": "Question hour"},
    starts=local("2027-01-12T10:00"),
    ends=local("2027-01-12T11:00"),
    zone="Europe/Berlin",
    online="https://example.org/raum",
    countries=("DE",),
    languages=("de",),
    source="Jahresplan",
    as_of=date(2027, 1, 5),
    status="planned",
    recurrence="FREQ=MONTHLY;BYDAY=2TU;UNTIL=20271231T230000Z",
    exceptions=(local("2027-08-10T10:00"),),
    sequence=2,
)
CANCELLED = CalendarEvent(
    uid="seminar-cancelled@example.org",
    kind="seminar",
    title={language: f"Seminar Müll {language}" for language in LANGUAGES},
    starts=local("2027-03-09T00:00"),
    ends=local("2027-03-11T00:00"),
    all_day=True,
    zone="Europe/Berlin",
    place="Bonn",
    countries=("DE",),
    source="Jahresplan",
    as_of=date(2027, 1, 5),
    status="cancelled",
)
OUTDATED = CalendarEvent(
    uid="meeting-outdated@example.org",
    kind="network_meeting",
    title={language: f"Netzwerktreffen {language}" for language in LANGUAGES},
    starts=local("2027-09-07T09:00"),
    ends=local("2027-09-07T17:00"),
    zone="Africa/Tunis",
    place="Tunis",
    countries=("TN",),
    source="Flugblatt",
    as_of=date(2026, 6, 1),
    valid_until=date(2026, 12, 31),
)
PAST = CalendarEvent(
    uid="conference-2026@example.org",
    kind="conference",
    title={language: f"Konferenz von früher {language}" for language in LANGUAGES},
    starts=local("2026-10-06T09:00"),
    ends=local("2026-10-06T17:00"),
    zone="Africa/Cairo",
    place="Kairo",
    countries=("EG",),
    source="Flugblatt",
    as_of=date(2026, 6, 1),
)
EVENTS = (CONFERENCE, WEBINAR, CANCELLED, OUTDATED, PAST)


def calendar_house(
    calendar: Calendar | None = None, public_url: str = "", now: datetime = NOW
) -> CalendarHouse:
    """What the routes need, with the filled calendar or another."""
    shown = calendar_of(EVENTS, now.date()) if calendar is None else calendar
    feeds = Feeds(lambda: shown, now.date)
    return CalendarHouse(
        calendar=lambda: shown,
        feed=feeds.feed,
        single=feeds.single,
        clock=lambda: now,
        sentences=SENTENCES,
        public_url=public_url,
    )
