"""What the page of a case shows."""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from kpbot.cases import CLOSE_REASONS, PERSON, SYSTEM, Case
from kpbot.desk import record_view
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_pages import DeskLanguage, Words
from kpbot.desk.wording import moment, words_in
from kpbot.engine.case import LONGEST_REPLY
from kpbot.model import LANGUAGES
from kpbot.store import advisors, case_list, cases, transcript
from kpbot.store.advisors import Advisor
from kpbot.store.case_list import Listed
from kpbot.store.cases import Entry
from kpbot.store.transcript import Line

AUDIT = ("viewed", "exported", "printed")
"""Kinds of entries about reading, not about the person."""
_QUOTED = frozenset({"said", "edited", "replied", "noted", "undelivered", "doubtful"})
_SIDES: Mapping[str, str] = {PERSON: "person", SYSTEM: "system"}


@dataclass(frozen=True, slots=True)
class Found:
    """A case with everything around it."""

    listed: Listed
    entries: tuple[Entry, ...]
    lines: tuple[Line, ...]
    people: Mapping[str, Advisor]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the boxes: what was typed and not done."""

    reply: str = ""
    note: str = ""


NOTHING_TYPED = Typed()


def find(connection: sa.Connection, reference: str, *, whole: bool = True) -> Found | None:
    """The case of this reference; None: there is none. `whole`: with what the bot heard."""
    listed = case_list.one(connection, reference)
    if listed is None:
        return None
    return Found(
        listed,
        tuple(cases.entries(connection, listed.case.reference)),
        tuple(transcript.of(connection, listed.case.conversation)) if whole else (),
        {each.id: each for each in advisors.every(connection)},
    )


def mark(case: Case, entries: tuple[Entry, ...], readers: tuple[str, ...]) -> str:
    """Another word as soon as something on the page is another."""
    last = entries[-1].id if entries else 0
    return f"{case.version}-{last}-{zlib.crc32(repr(readers).encode()):x}"


def standing(case: Case, advisor: Advisor) -> str:
    """What the advisor is to the case: that decides what can be done."""
    if case.state == "closed":
        return "closed"
    if case.advisor is None:
        return "free"
    return "mine" if case.advisor == advisor.id else "others"


def values(
    house: DeskHouse,
    found: Found,
    advisor: Advisor,
    language: DeskLanguage,
    typed: Typed = NOTHING_TYPED,
) -> dict[str, object]:
    """Everything the templates of a case need."""
    case, kept = found.listed.case, found.listed.record
    record, at, words = kept.record, house.clock(), words_in(language)
    owner = found.people.get(case.advisor or "")
    readers = house.presence.readers(at, but=advisor.id).get(case.reference, ())
    return {
        "case": case,
        "kept": kept,
        "record": record,
        "place": record_view.text_of(record, "municipality_name"),
        "country": record_view.option(house.dialogs, record, "country", language),
        "person": record_view.text_of(record, "contact_name"),
        "email": record_view.text_of(record, "email"),
        "desk": record_view.desk_title(house.dialogs, case.desk, language),
        "desks": {
            each: record_view.desk_title(house.dialogs, each, language)
            for each in house.desks()
            if each != case.desk
        },
        "sections": record_view.sections(house.dialogs, record, language),
        "not_given": record_view.not_given(house.dialogs, record, language),
        "flags": record_view.flags(house.dialogs, record, language),
        "unanswered": record.get("unanswered", ()),
        "owner": owner.name if owner is not None else "",
        "standing": standing(case, advisor),
        "overdue": case.is_overdue(at),
        "readers": readers,
        "mark": mark(case, found.entries, readers),
        "file": [
            _shown(each, found, house, language, words)
            for each in found.entries
            if each.kind not in AUDIT
        ],
        "audit": [
            _shown(each, found, house, language, words)
            for each in found.entries
            if each.kind in AUDIT
        ],
        "lines": found.lines,
        "reasons": CLOSE_REASONS,
        "canned": house.canned,
        "canned_languages": _spoken_first(str(record.get("language", "de"))),
        "longest": LONGEST_REPLY,
        "mails": house.send_invitation is not None,
        "typed": typed,
        "once": secrets.token_urlsafe(12),
        "now": at,
    }


def _spoken_first(language: str) -> tuple[str, ...]:
    return tuple(sorted(LANGUAGES, key=lambda each: each != language))


def _shown(
    entry: Entry, found: Found, house: DeskHouse, language: DeskLanguage, words: Words
) -> dict[str, object]:
    side = _SIDES.get(entry.author, "advisor")
    if entry.kind == "noted":
        side = "note"
    quoted = entry.kind in _QUOTED
    return {
        "id": entry.id,
        "at": entry.at,
        "author": _author(entry, found, words),
        "side": side,
        "kind": words.get(f"kind_{entry.kind}", entry.kind),
        "quote": entry.text if quoted else "",
        "detail": "" if quoted else _detail(entry, house, language, words),
    }


def _author(entry: Entry, found: Found, words: Words) -> str:
    if entry.author in _SIDES:
        return words[f"author_{entry.author}"]
    known = found.people.get(entry.author)
    return known.name if known is not None else words["author_gone"]


def _detail(entry: Entry, house: DeskHouse, language: DeskLanguage, words: Words) -> str:
    """What else the entry holds, in words."""
    match entry.kind:
        case "handed":
            return record_view.desk_title(house.dialogs, entry.text, language)
        case "closed":
            return words.get(f"reason_{entry.text}", entry.text)
        case "attached":
            return words.get(f"attached_{entry.text}", words["attached_other"])
        case "wished":
            return words.get(f"wish_{entry.text}", entry.text)
        case "exported":
            return words.get(f"format_{entry.text}", entry.text)
        case "snoozed" | "invited":
            return _moment_of(entry.text, language)
        case _:
            return entry.text


def _moment_of(text: str, language: DeskLanguage) -> str:
    try:
        return moment(datetime.fromisoformat(text), language)
    except ValueError:
        return text
