"""The calendar's commands: what is in it, and taking another calendar in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpbot.cli import common
from kpbot.cli.failing import WrongUse

if TYPE_CHECKING:
    from datetime import date

    from kpbot.content.events_import import Report
    from kpbot.events import ToldOccurrence
    from kpbot.model import Language


def list_events(*, as_json: bool) -> int:
    """Everything that is coming is listed, the next first; 1 where the calendar has problems."""
    from kpbot.app import Clock
    from kpbot.content.events import load_events
    from kpbot.events import ToldOccurrence
    from kpbot.understand.schedule_answer import END_OF_TIME, state_of
    from kpbot.understand.schedule_occurrences import calendar_of

    events, problems = load_events(common.settings().content / "events")
    now = Clock()()
    today = _today()
    calendar = calendar_of(events, today)
    for each in calendar.between(now, END_OF_TIME):
        told = ToldOccurrence(each, state_of(each, today))
        print(json.dumps(_row(told), ensure_ascii=False) if as_json else _line(told))
    if not events and not as_json:
        print("The calendar is empty.")
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


def import_from(source: str, language: Language = "de", *, as_json: bool = False) -> int:
    """What stands in the file or at the web address is in `events/imported.yaml`.

    1 where some of it could not be taken. Raises WrongUse where it cannot be had or is no calendar.
    """
    from kpbot.channels.calendar_fetch import looks_like_address

    if looks_like_address(source):
        return import_address(source, language, as_json=as_json)
    return import_file(Path(source), language, as_json=as_json)


def import_address(
    url: str, language: Language = "de", *, allow_private: bool = False, as_json: bool = False
) -> int:
    """The same for an address; `allow_private`: also one in this network."""
    from kpbot.channels.calendar_fetch import NotFetched, fetch_calendar, shown_source

    try:
        raw = fetch_calendar(url, allow_private=allow_private)
    except NotFetched as error:
        raise WrongUse(f"The calendar cannot be fetched: {error}") from None
    return import_bytes(raw, shown_source(url), language, as_json=as_json)


def import_file(path: Path, language: Language = "de", *, as_json: bool = False) -> int:
    """The file's events are in `events/imported.yaml`; 1 where some could not be taken.

    Raises WrongUse where the file cannot be read or is no calendar.
    """
    from kpbot.content.events_ics import LARGEST

    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror}.") from None
    return import_bytes(raw, path.name, language, as_json=as_json)


def import_bytes(raw: bytes, source: str, language: Language = "de", *, as_json: bool) -> int:
    """The same for text that came from elsewhere; `source` is its name or address."""
    from kpbot.content.events_import import BadCalendarError, import_events

    folder = common.settings().content / "events"
    try:
        report = import_events(raw, folder, source=source, today=_today(), language=language)
    except BadCalendarError as error:
        raise WrongUse(f"{source}: {error}") from None
    except OSError as error:
        raise WrongUse(f"{folder} cannot be written: {error.strerror}.") from None
    _print_report(report, as_json=as_json)
    return 1 if report.problems or report.skipped else 0


def _print_report(report: Report, *, as_json: bool) -> None:
    groups = {
        "new": report.new,
        "changed": report.changed,
        "cancelled": report.cancelled,
        "unchanged": report.unchanged,
        "kept as edited by hand": report.kept,
        "no longer in the source, left as they are": report.missing,
        "not imported": report.skipped,
    }
    if as_json:
        problems = [str(problem) for problem in report.problems]
        kept = {"kept": report.kept, "missing": report.missing, "skipped": report.skipped}
        plain = {name: groups[name] for name in ("new", "changed", "cancelled", "unchanged")}
        print(json.dumps({**plain, **kept, "problems": problems}, ensure_ascii=False))
        return
    for name, items in groups.items():
        if items:
            print(f"{name} ({len(items)}): " + ", ".join(items))
    for problem in report.problems:
        print(f"Nothing was written: {problem}")
    if not any(groups.values()):
        print("The calendar holds no event.")


def _today() -> date:
    from kpbot.app import Clock
    from kpbot.events import programme_day

    return programme_day(Clock()())


def _row(told: ToldOccurrence) -> dict[str, Any]:
    found, event = told.occurrence, told.occurrence.event
    return {
        "uid": event.uid,
        "kind": event.kind,
        "title": dict(event.title),
        "start": found.first_day.isoformat() if event.all_day else found.starts.isoformat(),
        "end": found.last_day.isoformat() if event.all_day else found.ends.isoformat(),
        "zone": event.zone,
        "place": event.place,
        "online": event.online,
        "countries": list(event.countries),
        "state": told.state,
        "source": event.source,
        "as_of": event.as_of.isoformat(),
    }


def _line(told: ToldOccurrence) -> str:
    found, event = told.occurrence, told.occurrence.event
    when = f"{found.starts:%Y-%m-%d}" if event.all_day else f"{found.starts:%Y-%m-%d %H:%M}"
    where = event.place or event.online
    zone = "" if event.all_day else f" {event.zone}"
    return (
        f"{when}{zone}  {told.state:9}  {event.kind:15}  {event.title_in('de')}  {where}".rstrip()
    )
