"""Cases as a list: found, filtered, in order, a page at a time; and the figures of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal, get_args

import sqlalchemy as sa

from kpbot.cases import Case, CaseState
from kpbot.store.records import KeptRecord
from kpbot.store.tables import advisors, case_entries, cases, records
from kpbot.understand.normalise import normalise

Order = Literal["next", "reference", "desk", "place", "language", "advisor", "opened", "due"]
ORDERS: tuple[Order, ...] = get_args(Order)

_SPOKEN = ("said", "edited", "replied", "noted")
"""Entries whose text is searched: words of people."""
_FIRST_TO_LAST: tuple[CaseState, ...] = (
    "waiting_advisor",
    "open",
    "claimed",
    "waiting_person",
    "closed",
)
"""How soon somebody must look at a case."""
_BY_RECORD: Mapping[str, str] = {"place": "municipality_name", "language": "language"}
"""Orders that follow a field of the record."""
_RECORDS = sa.select(records.c.record)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are looked for; what is empty does not matter."""

    text: str = ""
    """Words that all occur in the reference, the summary or what was written."""
    states: tuple[CaseState, ...] = ()
    desk: str = ""
    advisor: str | None = None
    """Whose; empty: nobody's; None: does not matter."""
    language: str = ""
    country: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """Opened at that instant or later, and before this one."""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A case with its record."""

    case: Case
    record: KeptRecord


@dataclass(frozen=True, slots=True)
class After:
    """Where a page ended: the last case of it."""

    opened: datetime
    reference: str


def page(  # noqa: PLR0913 (what a page of a list is)
    connection: sa.Connection,
    wanted: Wanted,
    at: datetime,
    *,
    order: Order = "next",
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[Listed], int]:
    """So many of the cases from that place on, and how many there are in all."""
    if order in _BY_RECORD or _asks_records(wanted):
        found = every(connection, wanted, at, order=order, descending=descending)
        return found[offset : offset + limit], len(found)
    query = _matching(wanted, at).order_by(*_order(order, descending=descending))
    counting = sa.select(sa.func.count()).select_from(_matching(wanted, at).subquery())
    total = connection.execute(counting).scalar_one()
    return list(_listed(connection, query.offset(offset).limit(limit))), total


def every(
    connection: sa.Connection,
    wanted: Wanted,
    at: datetime,
    *,
    order: Order = "opened",
    descending: bool = True,
) -> list[Listed]:
    """All the cases, the newest first where nothing else is said."""
    by_record = order in _BY_RECORD
    way = _order("opened" if by_record else order, descending=descending or by_record)
    found = _by_record(_listed(connection, _matching(wanted, at).order_by(*way)), wanted)
    listed = list(_with_words(connection, list(found), wanted.text))
    if by_record:
        field = _BY_RECORD[order]
        listed.sort(key=lambda each: _sorting(each, field), reverse=descending)
        listed.sort(key=lambda each: not each.record.record.get(field))  # without it: the last
    return listed


def after(
    connection: sa.Connection, wanted: Wanted, at: datetime, *, last: After | None, limit: int
) -> list[Listed]:
    """The next cases after the last one of the page before, the newest first."""
    query = _matching(wanted, at).order_by(cases.c.opened.desc(), cases.c.reference)
    if last is not None:
        same = sa.and_(cases.c.opened == last.opened, cases.c.reference > last.reference)
        query = query.where(sa.or_(cases.c.opened < last.opened, same))
    if wanted.language or wanted.country:
        return list(islice(_by_record(_listed(connection, query), wanted), limit))
    return list(_listed(connection, query.limit(limit)))


def one(connection: sa.Connection, reference: str) -> Listed | None:
    """The case of this reference with its record."""
    wanted = reference.strip().upper()
    query = _with_records().where(cases.c.reference == wanted)
    return next(iter(_listed(connection, query)), None)


def closers(connection: sa.Connection) -> dict[str, str]:
    """Reference → the author who closed it last, of every case that was ever closed."""
    query = (
        sa.select(case_entries.c.reference, case_entries.c.author)
        .where(case_entries.c.kind == "closed")
        .order_by(case_entries.c.id)
    )
    return {row.reference: row.author for row in connection.execute(query)}


def countries(connection: sa.Connection) -> list[str]:
    """The countries that occur in records, in order."""
    found = {record.get("country") for record in connection.execute(_RECORDS).scalars()}
    return sorted(str(each) for each in found if each)


def figures(connection: sa.Connection, since: datetime, until: datetime) -> list[Case]:
    """The cases that were opened then, without anything a person said."""
    query = sa.select(cases).where(cases.c.opened >= since, cases.c.opened < until)
    return [_case(row) for row in connection.execute(query.order_by(cases.c.opened))]


def _matching(wanted: Wanted, at: datetime) -> sa.Select[Any]:
    query = _with_records()
    if wanted.states:
        query = query.where(cases.c.state.in_(wanted.states))
    if wanted.desk:
        query = query.where(cases.c.desk == wanted.desk)
    if wanted.advisor is not None:
        mine = cases.c.advisor == wanted.advisor if wanted.advisor else cases.c.advisor.is_(None)
        query = query.where(mine)
    if wanted.since is not None:
        query = query.where(cases.c.opened >= wanted.since)
    if wanted.until is not None:
        query = query.where(cases.c.opened < wanted.until)
    if wanted.overdue:
        late = sa.or_(cases.c.escalated > 0, cases.c.answer_due <= at)
        query = query.where(_is_due(), late)
    return query


def _asks_records(wanted: Wanted) -> bool:
    """Whether something is looked for that may be encrypted: then it is found here, not there."""
    return bool(wanted.text.strip() or wanted.language or wanted.country)


def _by_record(found: Iterable[Listed], wanted: Wanted) -> Iterator[Listed]:
    """Those whose record fits."""
    for each in found:
        record = each.record.record
        fits = not wanted.language or record.get("language") == wanted.language
        if fits and (not wanted.country or record.get("country") == wanted.country):
            yield each


def _sorting(each: Listed, field: str) -> str:
    return str(each.record.record.get(field) or "").lower()


def _is_due() -> sa.ColumnElement[bool]:
    return sa.and_(cases.c.answer_due.is_not(None), cases.c.state != "closed")


def _with_records() -> sa.Select[Any]:
    shown = [column.label(f"record_{column.name}") for column in records.columns]
    return sa.select(cases, *shown).join(records, records.c.reference == cases.c.reference)


def _order(order: Order, *, descending: bool) -> list[sa.ColumnElement[Any]]:
    first: sa.ColumnElement[Any]
    match order:
        case "next":
            first = sa.case(
                {state: n for n, state in enumerate(_FIRST_TO_LAST)}, value=cases.c.state
            )
        case "due":
            first = sa.case((_is_due(), cases.c.answer_due))
        case "place" | "language":  # in the record, which may be encrypted
            raise AssertionError
        case "advisor":
            name = sa.select(advisors.c.name).where(advisors.c.id == cases.c.advisor)
            first = name.scalar_subquery()
        case "reference" | "desk" | "opened":
            first = cases.c[order]
    way = first.desc() if descending else first.asc()
    return [way.nulls_last(), cases.c.opened.desc(), cases.c.reference]


def _with_words(connection: sa.Connection, found: list[Listed], text: str) -> Iterator[Listed]:
    """Those in which every word occurs, whatever its accents and forms of letters."""
    words = normalise(text).split()
    said = _spoken(connection) if words else {}
    for each in found:
        reference = each.case.reference
        place = f"{reference}\n{each.record.summary}\n{said.get(reference, '')}"
        if not words or _holds(place, words):
            yield each


def _holds(text: str, words: list[str]) -> bool:
    # without its memory: what a person said is not to outlive an erasure
    folded = normalise.__wrapped__(text)
    return all(word in folded for word in words)


def _spoken(connection: sa.Connection) -> dict[str, str]:
    query = sa.select(case_entries.c.reference, case_entries.c.text).where(
        case_entries.c.kind.in_(_SPOKEN)
    )
    texts: dict[str, list[str]] = {}
    for row in connection.execute(query):
        texts.setdefault(row.reference, []).append(row.text)
    return {reference: "\n".join(parts) for reference, parts in texts.items()}


def _listed(connection: sa.Connection, query: sa.Select[Any]) -> Iterable[Listed]:
    for row in connection.execute(query):
        kept = {column.name: getattr(row, f"record_{column.name}") for column in records.columns}
        yield Listed(_case(row), KeptRecord(**kept))


def _case(row: sa.Row[Any]) -> Case:
    return Case(**{column.name: getattr(row, column.name) for column in cases.columns})
