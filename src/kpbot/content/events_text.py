"""An entry of the calendar as values by key, and as the YAML people would write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from kpbot.events import CalendarEvent, Registration
from kpbot.model import LANGUAGES

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._/+-]*(?: \d\d:\d\d)?(?:T\d\d:\d\d:\d\dZ)?")


class Entry(dict[str, object]):
    """Values by key, in the order in which they are written; what is empty is left out."""

    @classmethod
    def of(cls, event: CalendarEvent) -> Entry:
        """The event as the entry that gives it."""
        first, last = event.starts, event.ends
        return cls(
            uid=event.uid,
            kind=event.kind,
            title=dict(event.title),
            description=dict(event.description),
            start=local(first, event.all_day),
            end=local(last - timedelta(days=1) if event.all_day else last, event.all_day),
            zone=event.zone,
            place=event.place,
            online=event.online,
            **{"for": event.audience},
            countries=list(event.countries),
            languages=list(event.languages),
            registration=_registration(event.registration),
            source=event.source,
            as_of=event.as_of.isoformat(),
            valid_until=_day(event.valid_until),
            status=event.status,
            repeats=event.recurrence,
            **{"except": [local(each, event.all_day) for each in event.exceptions]},
            sequence=str(event.sequence),
            last_modified=instant(event.last_modified),
        )


def local(at: datetime, all_day: bool) -> str:
    """The day, or the local time, as it stands in the files."""
    return f"{at:%Y-%m-%d}" if all_day else f"{at:%Y-%m-%d %H:%M}"


def instant(at: datetime) -> str:
    """The instant as it stands in the files."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def entry_text(entry: Mapping[str, object]) -> str:
    """The entry as YAML; words that people wrote are in double quotes."""
    lines = [line for key, value in entry.items() if value for line in _lines(key, value)]
    return "".join(f"{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def _lines(key: str, value: object) -> Iterator[str]:
    """The value as lines; none where everything in it is empty."""
    if isinstance(value, Mapping) and key == "edited":
        inner = ", ".join(f"{name}: {_scalar(name, word)}" for name, word in value.items())
        yield f"{key}: {{{inner}}}"
    elif isinstance(value, Mapping):
        within = [line for name, each in value.items() if each for line in _lines(name, each)]
        if within:
            yield f"{key}:"
            yield from (f"  {line}" for line in within)
    elif isinstance(value, list):
        yield f"{key}: [{', '.join(_scalar(key, each) for each in value)}]"
    else:
        yield f"{key}: {_scalar(key, value)}"


def _scalar(key: str, value: object) -> str:
    word = str(value)
    if key not in LANGUAGES and _PLAIN.fullmatch(word):
        return word
    return json.dumps(word, ensure_ascii=False)


def _registration(known: Registration) -> dict[str, object]:
    return {
        "url": known.url,
        "mail": known.mail,
        "text": dict(known.text),
        "until": _day(known.until),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
