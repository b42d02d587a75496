"""The letters that go with an invitation: to the person, in their language, and to the advisor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kpbot.engine.printing import isolated, quoted_direction
from kpbot.engine.speech_schedule import told_span
from kpbot.events import BERLIN, ZONE_OF
from kpbot.model import Language, Letter


@dataclass(frozen=True, slots=True)
class Talk:
    """What somebody is invited to."""

    reference: str
    start: datetime
    """Aware."""
    minutes: int
    place: str = ""
    """Where it is, or the address of an online meeting."""
    note: str = ""
    """What it is about, in the advisor's words."""
    country: str = ""
    """Of the person: times are told in its zone, too."""

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.start + timedelta(minutes=self.minutes)


Sentences = Mapping[str, str]
"""The bot's own sentences in one language."""


def letter_to_person(
    sentences: Sentences, language: Language, talk: Talk, *, advisor: str, calendar: str
) -> Letter:
    """Who invites, when and where it is, and what the person does if it does not fit."""
    greeting = sentences["invitation_greeting"].format(
        name=quoted_direction(advisor, language), reference=isolated(talk.reference, language)
    )
    note = [quoted_direction(talk.note, language)] if talk.note else []
    paragraphs = [
        greeting,
        *note,
        _told(sentences, language, talk),
        sentences["invitation_attached"],
        sentences["invitation_misfit"],
        sentences["invitation_goodbye"],
    ]
    subject = sentences["invitation_subject"].format(reference=talk.reference)
    text = "\n\n".join(paragraphs)
    return Letter(subject, text, talk.reference, calendar=calendar, language=language)


def letter_to_advisor(sentences: Sentences, talk: Talk, *, calendar: str) -> Letter:
    """The advisor's own entry, in German, as every letter to advisors. `sentences` are German."""
    paragraphs = [
        "Sie haben zu diesem Gespräch eingeladen. Der Termin für Ihren Kalender hängt an.",
        _told(sentences, "de", talk),
    ]
    subject = f"{talk.reference} · Ihr Beratungsgespräch"
    return Letter(subject, "\n\n".join(paragraphs), talk.reference, calendar=calendar)


def _told(sentences: Sentences, language: Language, talk: Talk) -> str:
    """Day and time in Berlin and where the person is, how long it takes, and where it is."""
    zones = (BERLIN, ZONE_OF.get(talk.country, BERLIN))
    minutes = isolated(str(talk.minutes), language)
    lines = [
        told_span(sentences, language, talk.start, talk.end, zones),
        sentences["invitation_minutes"].format(minutes=minutes),
    ]
    if talk.place.startswith(("https://", "http://")):
        lines.append(sentences["schedule_online"].format(link=isolated(talk.place, language)))
    elif talk.place:
        place = quoted_direction(talk.place, language)
        lines.append(sentences["schedule_place"].format(place=place))
    return "\n".join(lines)
