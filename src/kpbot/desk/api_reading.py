"""What the API shows of cases, records and figures."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from kpbot.cases import SYSTEM
from kpbot.desk import figures
from kpbot.desk.api_models import (
    CaseDetail,
    CaseOut,
    EntryOut,
    FunnelOut,
    QuestionOut,
    RecordOut,
    StatisticsOut,
    StepOut,
)
from kpbot.desk.api_problems import Denied
from kpbot.desk.forms import looks_like_reference
from kpbot.desk.house import DeskHouse
from kpbot.desk.record_view import text_of
from kpbot.desk.statistics_pages import read
from kpbot.store import advisors, case_list, cases
from kpbot.store.case_list import After, Listed

READ_EVERY = timedelta(hours=1)


def emails(connection: sa.Connection) -> dict[str, str]:
    """The address of every advisor by id."""
    return {each.id: each.email for each in advisors.every(connection)}


def case_out(listed: Listed, known: Mapping[str, str], at: datetime) -> CaseOut:
    """The case as a list shows it."""
    case, record = listed.case, listed.record.record
    return CaseOut(
        reference=case.reference,
        state=case.state,
        desk=case.desk,
        advisor=known.get(case.advisor or ""),
        opened=case.opened,
        answer_due=case.answer_due,
        answered=case.answered,
        overdue=case.is_overdue(at),
        snoozed_until=case.snoozed_until,
        closed=case.closed,
        reason=case.reason,
        version=case.version,
        complete=listed.record.complete,
        language=text_of(record, "language"),
        country=text_of(record, "country") or None,
        municipality=text_of(record, "municipality_name") or None,
    )


def detail(house: DeskHouse, reference: str, token: str) -> CaseDetail | None:
    """The case with its file; it says there that the system has read it."""
    at = house.clock()

    def work(connection: sa.Connection) -> CaseDetail | None:
        listed = case_list.one(connection, reference)
        if listed is None:
            return None
        _note_reading(connection, listed.case.reference, token, at)
        known = emails(connection)
        entries = [
            EntryOut(
                id=each.id,
                at=each.at,
                author=known.get(each.author, each.author),
                kind=each.kind,
                text=each.text,
            )
            for each in cases.entries(connection, listed.case.reference)
        ]
        shown = case_out(listed, known, at)
        return CaseDetail(**shown.model_dump(), entries=entries)

    return house.database.write(work)


def record_out(house: DeskHouse, reference: str, token: str) -> RecordOut | None:
    """The record; the case's file says that the system has read it."""
    at = house.clock()

    def work(connection: sa.Connection) -> RecordOut | None:
        listed = case_list.one(connection, reference)
        if listed is None:
            return None
        _note_reading(connection, listed.case.reference, token, at)
        kept = listed.record
        return RecordOut(
            reference=kept.reference,
            dialog=kept.dialog,
            at=kept.at,
            desk=kept.outcome,
            complete=kept.complete,
            delete_on=kept.delete_on,
            summary=kept.summary,
            record=kept.record,
        )

    return house.database.write(work)


def statistics(house: DeskHouse, since: date, until: date) -> StatisticsOut:
    """The figures of these days, both included."""
    found, totals = read(house, since, until)
    of_cases = figures.of_cases(found, house.clock())
    return StatisticsOut(
        since=since,
        until=until,
        opened=of_cases.opened,
        closed=of_cases.closed,
        overdue=of_cases.overdue,
        median_seconds_to_first_answer=(
            int(of_cases.median.total_seconds()) if of_cases.median is not None else None
        ),
        first_answers=dict(of_cases.bands),
        funnels=[
            FunnelOut(
                dialog=each.dialog,
                language=each.language,
                begun=each.begun,
                steps=[
                    StepOut(
                        question=step.id,
                        asked=step.asked,
                        answered=step.answered,
                        missed=step.missed,
                    )
                    for step in each.steps
                ],
                submitted=each.submitted,
            )
            for each in figures.funnels(totals, house.dialogs)
        ],
        questions=[QuestionOut(**asdict(each)) for each in figures.questions(totals)],
    )


def cursor_after(last: Listed) -> str:
    """Where the next page begins, opaque."""
    place = json.dumps([last.case.opened.isoformat(), last.case.reference])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def after(cursor: str) -> After:
    """The end of the page before. Raises Denied where the cursor is none of ours."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        opened, reference = place
        instant = datetime.fromisoformat(opened).astimezone(UTC)
        if isinstance(reference, str) and looks_like_reference(reference):
            return After(instant, reference)
    except (ValueError, TypeError, OverflowError, binascii.Error):
        pass
    raise Denied(422, "no_cursor", "The cursor is not one that was given.")


def _note_reading(connection: sa.Connection, reference: str, token: str, at: datetime) -> None:
    """The file says it once an hour."""
    text = f"API {token}"
    before = cases.entries(connection, reference)
    if not any(each.text == text and at - each.at < READ_EVERY for each in before):
        cases.enter(connection, reference, at, author=SYSTEM, kind="exported", text=text)
