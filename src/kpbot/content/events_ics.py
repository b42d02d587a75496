"""Reads iCalendar text of others into entries as people would write them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from kpbot.content.zones import zone_names
from kpbot.events import BERLIN, Kind
from kpbot.model import LANGUAGES, Language
from kpbot.understand.schedule import kinds_in

LARGEST = 1_000_000
"""Bytes."""
MOST_EVENTS = 500
LONGEST_TEXT = 2000
"""Characters of a description."""
Component = Any
"""An event of the library: its properties are of many types, and a stranger chose them."""
_LONGEST_LINE = 200
_STATUS = {"CONFIRMED": "confirmed", "CANCELLED": "cancelled", "TENTATIVE": "planned"}
_LINK = re.compile(r"https?://[^\s<>\"']{1,1000}")
_NOT_UID = re.compile(r"[^A-Za-z0-9@._-]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069]")


class BadCalendarError(ValueError):
    """The text cannot be imported; the sentence says why."""


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """One entry, ready to be written."""

    uid: str
    text: str
    """The entry as YAML, without a fingerprint."""
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class _Given:
    """What holds for every event of the file."""

    source: str
    today: date
    language: Language
    zone: str
    """Of times without one."""
    moved: dict[str, list[date]]
    """Uid → single times that stand as events of their own."""


class _Skip(Exception):  # noqa: N818 (it is a sentence for the report)
    """The event is left out; the sentence says why."""


def parsed(
    raw: bytes, *, source: str, today: date, language: Language
) -> tuple[list[ImportedEvent], list[str]]:
    """The entries, and what was left out and why. Raises BadCalendarError."""
    if len(raw) > LARGEST:
        raise BadCalendarError(f"The calendar is larger than {LARGEST} bytes.")
    if raw.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise BadCalendarError(f"The calendar has more than {MOST_EVENTS} events.")
    try:
        calendar = icalendar.Calendar.from_ical(raw)
        events = list(calendar.walk("VEVENT"))
    except Exception as error:  # (the parser raises whatever its input makes it)
        raise BadCalendarError("This is not an iCalendar file.") from error
    default = str(calendar.get("X-WR-TIMEZONE", "")) or BERLIN
    given = _Given(
        source, today, language, default if default in zone_names() else BERLIN, _moved(events)
    )
    found: dict[str, ImportedEvent] = {}
    skipped: list[str] = []
    for event in events:
        name = _line(event.get("SUMMARY", "")) or "?"
        try:
            entry = _entry(event, given)
        except _Skip as reason:
            skipped.append(f"{name}: {reason}")
        except Exception:  # noqa: BLE001 (one event of a stranger's file must not stop the rest)
            skipped.append(f"{name}: it cannot be read.")
        else:
            if entry.uid in found:
                skipped.append(f"{name}: its uid stands twice in the file.")
            found.setdefault(entry.uid, entry)
    return list(found.values()), skipped


def _moved(events: Iterable[Component]) -> dict[str, list[date]]:
    """Uid → single times that stand as events of their own."""
    moved: dict[str, list[date]] = {}
    for event in events:
        if "RECURRENCE-ID" not in event:
            continue
        try:
            when = event["RECURRENCE-ID"].dt
        except Exception:  # noqa: BLE001, S112 (no time, or two: the event itself is left out)
            continue
        moved.setdefault(str(event.get("UID", "")), []).append(when)
    return moved


def _entry(event: Component, given: _Given) -> ImportedEvent:
    title = _line(event.get("SUMMARY", ""))
    if not title:
        raise _Skip("it has no title.")
    if "RDATE" in event:
        raise _Skip("it is repeated on single dates (RDATE), which is not supported.")
    first, zone = _local(event["DTSTART"].dt, given.zone)
    spoken = _language(event.get("SUMMARY"), given.language)
    status = _STATUS.get(str(event.get("STATUS", "")).upper(), "planned")
    fields: dict[str, Any] = {
        "uid": _uid(event),
        "kind": _kind(event, title),
        "title": {spoken: title},
    }
    description = _text(event.get("DESCRIPTION", ""))
    if description:
        fields["description"] = {spoken: description}
    fields |= _when(event, first, zone, given)
    location, link = _line(event.get("LOCATION", "")), str(event.get("URL", "")).strip()
    online = next((each for each in (location, link) if _LINK.fullmatch(each)), "")
    if location and location != online:
        fields["place"] = location
    if online:
        fields["online"] = online
    fields |= {"source": given.source, "as_of": given.today, "status": status}
    fields |= _repeated(event, first, zone, given)
    if _is_endless(fields.get("repeats", "")):
        # Half a year: after that somebody shall look whether it still takes place.
        fields["valid_until"] = given.today + timedelta(days=183)
    fields["sequence"] = max(0, int(event.get("SEQUENCE", 0)))
    if "LAST-MODIFIED" in event:
        stamp = event["LAST-MODIFIED"].dt.astimezone(UTC)
        fields["last_modified"] = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
    return ImportedEvent(fields["uid"], _yaml(fields), status == "cancelled")


def _when(event: Component, first: date, zone: str, given: _Given) -> dict[str, object]:
    """Start, end and zone."""
    if "DTEND" in event:
        last: date = _in_zone(event["DTEND"].dt, zone, given.zone)
    elif "DURATION" in event:
        last = first + event["DURATION"].dt
    else:
        last = first + timedelta(days=1) if not isinstance(first, datetime) else first
    if isinstance(first, datetime) != isinstance(last, datetime):
        raise _Skip("its start and end do not go together.")
    if not isinstance(first, datetime):
        return {"start": first, "end": max(first, last - timedelta(days=1)), "zone": zone}
    if last <= first:
        raise _Skip("it has no end, or ends before it begins.")
    return {"start": f"{first:%Y-%m-%d %H:%M}", "end": f"{last:%Y-%m-%d %H:%M}", "zone": zone}


def _repeated(event: Component, first: date, zone: str, given: _Given) -> dict[str, object]:
    """Rule and exceptions; a single time that was moved is an exception, and its own event."""
    if "RRULE" not in event or "RECURRENCE-ID" in event:
        return {}
    rules = event["RRULE"]
    if isinstance(rules, list):
        raise _Skip("it has several rules, which is not supported.")
    lists = _as_list(event.get("EXDATE", []))
    left_out = [each.dt for several in lists for each in several.dts]
    left_out += given.moved.get(str(event.get("UID", "")), [])
    fields: dict[str, object] = {"repeats": rules.to_ical().decode()}
    if left_out:
        local = (_in_zone(each, zone, given.zone) for each in left_out)
        form = "%Y-%m-%d %H:%M" if isinstance(first, datetime) else "%Y-%m-%d"
        fields["except"] = sorted({each.strftime(form) for each in local})
    return fields


def _local(when: date, default_zone: str) -> tuple[date, str]:
    """The day, or the local time without its zone, and the name of the zone."""
    if not isinstance(when, datetime):
        return when, default_zone
    if when.tzinfo is None:
        return when, default_zone
    key = str(getattr(when.tzinfo, "key", ""))
    # UTC says when, not where; a zone of the file's own has no name that others know.
    zone = key if key in zone_names() and key not in {"UTC", "Etc/UTC"} else default_zone
    return when.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone


def _in_zone(when: date, zone: str, default_zone: str) -> date:
    """The same in that zone, without it."""
    if isinstance(when, datetime) and when.tzinfo is not None:
        return when.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return _local(when, default_zone)[0]


def _uid(event: Component) -> str:
    """The event's own uid as far as it may stand in an address; a moved one gets its time too."""
    uid = str(event.get("UID", "")).strip()
    if not uid:
        raise _Skip("it has no uid.")
    if "RECURRENCE-ID" in event:
        uid = f"{event['RECURRENCE-ID'].dt:%Y%m%d}-{uid}"
    plain = _NOT_UID.sub("-", uid).lstrip("@._-")
    if plain == uid and 3 <= len(uid) <= 200:
        return uid
    return f"{plain[:150]}-{hashlib.sha256(uid.encode()).hexdigest()[:12]}".lstrip("-")


def _kind(event: Component, title: str) -> Kind:
    """The kind its categories or its title name."""
    lists = _as_list(event.get("CATEGORIES", []))
    categories = " ".join(str(each) for several in lists for each in getattr(several, "cats", []))
    for text in (categories.replace("_", " "), title):
        if found := kinds_in(text):
            return found[0]
    return "other"


def _as_list(value: Any) -> list[Any]:
    """One or several: the library gives a list only where a property stands more than once."""
    return value if isinstance(value, list) else [value]


def _language(summary: object, default: Language) -> Language:
    """The language the title says it is in."""
    given = getattr(summary, "params", {}).get("LANGUAGE", "")
    return next((each for each in LANGUAGES if str(given).lower()[:2] == each), default)


def _is_endless(rule: object) -> bool:
    text = str(rule).upper()
    return bool(text) and "UNTIL=" not in text and "COUNT=" not in text


def _line(value: object) -> str:
    """The text on one line, without what is invisible."""
    return " ".join(_CONTROL.sub(" ", str(value)).split())[:_LONGEST_LINE]


def _text(value: object) -> str:
    lines = (_CONTROL.sub(" ", line).strip() for line in str(value).splitlines())
    return "\n".join(lines).strip()[:LONGEST_TEXT]


def _yaml(fields: dict[str, Any]) -> str:
    """The entry as YAML; every text in double quotes, which JSON and YAML share."""
    lines = []
    for number, (key, value) in enumerate(fields.items()):
        lines.append(f"{'- ' if number == 0 else '  '}{key}: {_scalar(key, value)}")
    return "\n".join(lines) + "\n"


_PLAIN = frozenset({"uid", "kind", "start", "end", "zone", "as_of", "valid_until", "status"})


def _scalar(key: str, value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{name}: {_quoted(text)}" for name, text in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    if key in _PLAIN or isinstance(value, int):
        return str(value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
