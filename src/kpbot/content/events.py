"""The calendar as people keep it: every entry of `events/*.yaml`, loaded strictly.

Folders below are not looked into: examples are never loaded.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kpbot.content import events_fields as values
from kpbot.content.problems import Problem, probable
from kpbot.content.strict import read
from kpbot.content.strict_fields import Fields, Reader
from kpbot.content.zones import zone_names
from kpbot.events import (
    AUDIENCES,
    BERLIN,
    COUNTRIES,
    KINDS,
    STATUSES,
    CalendarEvent,
    Registration,
)
from kpbot.model import LANGUAGES
from kpbot.understand.schedule_occurrences import (
    MOST_OCCURRENCES,
    BadRuleError,
    count_until,
    fits_its_rule,
)

LARGEST_CALENDAR = 5000
"""Entries."""
_UID = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._-]{2,199}")
_REQUIRED = ("uid", "kind", "title", "start", "as_of")
_OPTIONAL = (
    *("end", "zone", "description", "place", "online", "for", "countries", "languages"),
    *("registration", "source", "valid_until", "status", "repeats", "except"),
    *("sequence", "last_modified", "fingerprint", "edited"),
)
_YEARS_COUNTED = timedelta(days=5 * 366)
"""So far ahead of its first time an event is counted out."""


def load_events(folder: Path) -> tuple[tuple[CalendarEvent, ...], tuple[Problem, ...]]:
    """Every sound entry of the folder's own files, and what is wrong; no folder is no problem."""
    problems: list[Problem] = []
    events: dict[str, CalendarEvent] = {}
    for path in sorted(folder.glob("*.yaml")):
        for event in load_file(path, problems):
            first = events.setdefault(event.uid, event)
            if first is not event:
                sentence = (
                    f'E06: the uid "{event.uid}" stands already in {first.file}:{first.line}.'
                )
                problems.append(Problem(event.file, event.line, sentence))
    if len(events) > LARGEST_CALENDAR:
        sentence = f"The calendar has more than {LARGEST_CALENDAR} entries."
        problems.append(Problem(str(folder), 1, sentence))
    return tuple(events.values()), tuple(sorted(problems))


def load_file(path: Path, problems: list[Problem]) -> list[CalendarEvent]:
    """Every sound entry of one file; what is wrong is added to the problems."""
    reader = Reader(str(path), problems)
    root = read(path, problems)
    entries = [
        reader.fields(node, "event", _OPTIONAL, _REQUIRED) for node in reader.items(root, "entries")
    ]
    return [event for fields in entries if (event := _event(fields)) is not None]


def _event(fields: Fields) -> CalendarEvent | None:
    """The entry; None where it has no uid, no time, no zone or no rule one could follow."""
    uid, zone, span = _uid(fields), _zone(fields), values.span(fields)
    title, as_of = values.texts(fields, "title"), values.day(fields, "as_of")
    _check_edited(fields)
    source = values.optional_word(fields, "source")
    if not source:
        line = values.line_of(fields, "source")
        fields.reader.complain(line, f'E05: the source of "{uid}" is missing.')
    kind = values.one_of(fields, "kind", KINDS, "other")
    if fields.get("title") is not None and not title:
        fields.reader.complain(values.line_of(fields, "title"), 'E03: "title" has no text.')
    registration = _registration(fields)
    if not uid or zone is None or span is None or not title or as_of is None or not source:
        return None
    starts, ends, all_day = span
    event = CalendarEvent(
        uid=uid,
        kind=kind,
        title=title,
        starts=starts,
        ends=ends,
        all_day=all_day,
        zone=zone,
        source=source,
        as_of=as_of,
        description=values.texts(fields, "description"),
        place=values.optional_word(fields, "place"),
        online=values.link(fields, "online"),
        audience=values.one_of(fields, "for", AUDIENCES, "both"),
        countries=values.several_of(fields, "countries", COUNTRIES),
        languages=values.several_of(fields, "languages", LANGUAGES),
        registration=registration,
        valid_until=values.day(fields, "valid_until"),
        status=values.one_of(fields, "status", STATUSES, "planned"),
        recurrence=values.optional_word(fields, "repeats").removeprefix("RRULE:"),
        exceptions=_exceptions(fields, starts),
        sequence=_sequence(fields),
        last_modified=values.moment(fields, "last_modified") or _midnight(as_of),
        file=fields.reader.file,
        line=fields.table.line,
    )
    return event if _is_followable(event, fields) else None


def _uid(fields: Fields) -> str:
    uid = fields.word("uid").strip()
    if uid and not _UID.fullmatch(uid):
        sentence = '"uid" must be letters, digits and @ . _ - only (3 to 200).'
        fields.reader.complain(values.line_of(fields, "uid"), sentence)
        return ""
    return uid


def _zone(fields: Fields) -> str | None:
    zone = values.optional_word(fields, "zone") or BERLIN
    if zone in zone_names():
        return zone
    sentence = f'E02: there is no time zone "{zone}".'
    line = values.line_of(fields, "zone")
    fields.reader.complain(line, sentence, probable(zone, zone_names()))
    return None


def _registration(fields: Fields) -> Registration:
    node = fields.get("registration")
    if node is None:
        return Registration()
    inner = fields.reader.fields(node, "registration", ("url", "mail", "text", "until"))
    return Registration(
        url=values.link(inner, "url"),
        mail=values.mail(inner, "mail"),
        text=values.texts(inner, "text"),
        until=values.day(inner, "until"),
    )


def _exceptions(fields: Fields, starts: datetime) -> tuple[datetime, ...]:
    """The starts that are left out; a day alone means the start on that day."""
    found = []
    for word, line in values.words_at(fields, "except"):
        left_out = values.local(fields, "except", word, line) if word else None
        if left_out is not None:
            when, whole = left_out
            found.append(datetime.combine(when.date(), starts.time()) if whole else when)
    return tuple(sorted(found))


def _sequence(fields: Fields) -> int:
    number = fields.whole("sequence")
    if number is not None and number < 0:
        fields.reader.complain(values.line_of(fields, "sequence"), '"sequence" counts from 0.')
        return 0
    return number or 0


def _check_edited(fields: Fields) -> None:
    """The note of who changed the entry at the desk, and when, says both."""
    node = fields.get("edited")
    if node is not None:
        inner = fields.reader.fields(node, "edited", (), ("by", "at"))
        inner.word("by")
        values.moment(inner, "at")


def _midnight(as_of: date) -> datetime:
    return datetime.combine(as_of, datetime.min.time(), UTC)


def _is_followable(event: CalendarEvent, fields: Fields) -> bool:
    """Whether the rule gives the first start and not too many others; complains if not."""
    if not event.recurrence:
        return True
    line = values.line_of(fields, "repeats")
    try:
        fits = fits_its_rule(event)
        count = count_until(event, (event.starts + _YEARS_COUNTED).date())
    except (BadRuleError, OverflowError) as error:
        sentence = f"E07: the rule cannot be followed: {str(error).rstrip('.')}."
        fields.reader.complain(line, sentence)
        return False
    if not fits:
        fields.reader.complain(line, "E07: the first start does not fit the rule.")
        return False
    if count > MOST_OCCURRENCES:
        sentence = f"E08: the event takes place more than {MOST_OCCURRENCES} times in five years."
        fields.reader.complain(line, sentence)
        return False
    return True
