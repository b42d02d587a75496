"""The next opening of an office as people read it, in four languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kpbot.engine.hours import OfficeHours, local_times, next_open, open_until
from kpbot.engine.printing import has_arabic, isolated, printed_date
from kpbot.model import Language

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_CITIES: dict[str, dict[Language, str]] = {
    "Europe/Berlin": {"de": "Berlin", "fr": "Berlin", "ar": "برلين", "en": "Berlin"},
    "Africa/Cairo": {"de": "Kairo", "fr": "Le Caire", "ar": "القاهرة", "en": "Cairo"},
    "Africa/Algiers": {"de": "Algier", "fr": "Alger", "ar": "الجزائر", "en": "Algiers"},
    "Africa/Casablanca": {
        "de": "Casablanca",
        "fr": "Casablanca",
        "ar": "الدار البيضاء",
        "en": "Casablanca",
    },
    "Africa/Tunis": {"de": "Tunis", "fr": "Tunis", "ar": "تونس", "en": "Tunis"},
}
_LATER: dict[Language, str] = {
    "de": "am {weekday}, {date}, ab {times}",
    "fr": "le {weekday} {date} à partir de {times}",
    "ar": "يوم {weekday} {date} ابتداءً من الساعة {times}",
    "en": "on {weekday}, {date}, from {times}",
}
_NOW: dict[Language, str] = {
    "de": "jetzt, bis {times}",
    "fr": "maintenant, jusqu’à {times}",
    "ar": "الآن، حتى الساعة {times}",
    "en": "now, until {times}",
}


def spoken_opening(
    hours: OfficeHours, at: datetime, zones: Sequence[str], language: Language
) -> str:
    """When somebody is there next, as part of a sentence; empty where nobody ever is.

    The office's own time comes first, then that of each zone whose clock shows another. Where
    somebody is there at this moment, it says until when.
    """
    shown_in = (hours.zone, *zones)
    until = open_until(hours, at)
    if until is not None:
        return _NOW[language].format(times=_times(until, shown_in, language))
    opening = next_open(hours, at)
    if opening is None:
        return ""
    _, local = local_times(opening, shown_in)[0]
    return _LATER[language].format(
        weekday=_WEEKDAYS[language][local.weekday()],
        date=printed_date(local.date().isoformat(), language),
        times=_times(opening, shown_in, language),
    )


def _times(instant: datetime, zones: tuple[str, ...], language: Language) -> str:
    local = local_times(instant, zones)
    day = local[0][1].date()
    parts = [
        f"{_weekday(moment, day, language)}{_time(moment, language)} ({_city(zone, language)})"
        for zone, moment in local
    ]
    return ("، " if language == "ar" else ", ").join(parts)


def _weekday(moment: datetime, day: object, language: Language) -> str:
    """The weekday where it is another than the one that was said."""
    return "" if moment.date() == day else f"{_WEEKDAYS[language][moment.weekday()]} "


def _time(moment: datetime, language: Language) -> str:
    if language == "de":
        return f"{moment.hour}:{moment:%M} Uhr"
    if language == "fr":
        return (
            f"{moment.hour}\u00a0h\u00a0{moment:%M}" if moment.minute else f"{moment.hour}\u00a0h"
        )
    return isolated(f"{moment.hour}:{moment:%M}", language)


def _city(zone: str, language: Language) -> str:
    known = _CITIES.get(zone)
    name = known[language] if known else zone.rpartition("/")[2].replace("_", " ")
    return name if has_arabic(name) else isolated(name, language)
