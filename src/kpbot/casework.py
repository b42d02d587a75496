"""Cases in the house: opened with a record, advanced by advisors, people and the clock.

The machine itself is `engine.case`; here its effects are carried out: the case is kept, its file
written, its instants set, and everyone who receives enquiries hears of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kpbot.cases import (
    PERSON,
    SYSTEM,
    Advanced,
    Announce,
    Came,
    CancelInstants,
    Case,
    CaseEvent,
    Completed,
    Entered,
    Instant,
    PersonWished,
    PersonWrote,
    Refused,
    SetInstant,
    ToPerson,
)
from kpbot.engine.card import card
from kpbot.engine.case import Actor, advance, opened
from kpbot.engine.letters import letter_about
from kpbot.house import House
from kpbot.model import ByAdvisor, Message, Notification, Relay
from kpbot.store import advisors, cases, outbox, records, timers

TIMER = "case:"
"""Timers of cases begin so: `case:<instant>:<reference>`."""
_MAILED = frozenset({"opened", "completed", "overdue", "wished", "lapsed"})
"""What the advisors' mailbox hears of."""


@dataclass(frozen=True, slots=True)
class CaseTurn:
    """What an event did to a case."""

    case: Case | None
    refused: Refused | None = None
    to_person: tuple[ToPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    """Who does something, when, and where it is kept."""

    connection: sa.Connection
    house: House
    at: datetime
    actor: Actor


def open_case(
    connection: sa.Connection, kept: records.KeptRecord, house: House, at: datetime
) -> None:
    """The record has its case; one that there was already hears that it is complete."""
    moment = _Moment(connection, house, at, Actor(SYSTEM))
    known = cases.get(connection, kept.reference)
    if known is not None:
        _advance(moment, known, Completed())
        return
    fresh = Case(kept.reference, kept.conversation, "open", kept.outcome, at)
    advanced = opened(fresh, house.terms(fresh.desk))
    cases.open_case(connection, advanced.case)
    _carry_out(moment, advanced)


def by_advisor(connection: sa.Connection, done: ByAdvisor, house: House, at: datetime) -> CaseTurn:
    """What the advisor did is done, or refused with the reason."""
    case = cases.get(connection, done.case)
    if case is None:
        return CaseTurn(None, Refused("unknown"))
    moment = _Moment(connection, house, at, Actor(done.advisor, done.name))
    return _advance(moment, case, done.action)


def by_clock(connection: sa.Connection, timer: str, house: House, at: datetime) -> CaseTurn:
    """An instant of a case has come; one of a case that is gone does nothing."""
    _, instant, reference = timer.split(":", 2)
    case = cases.get(connection, reference)
    if case is None:
        return CaseTurn(None)
    moment = _Moment(connection, house, at, Actor(SYSTEM))
    return _advance(moment, case, Came(instant))  # type: ignore[arg-type]


def by_person(
    connection: sa.Connection, reference: str, relay: Relay, house: House, at: datetime
) -> None:
    """The advisor of the case reads what the person wrote or wishes."""
    case = cases.get(connection, reference)
    if case is None:
        return
    _advance(_Moment(connection, house, at, Actor(PERSON)), case, _event(relay))


def _event(relay: Relay) -> CaseEvent:
    match relay.kind:
        case "said" | "edited" | "attached":
            return PersonWrote(relay.kind, relay.text)
        case _:
            return PersonWished(relay.kind)


def _advance(moment: _Moment, case: Case, event: CaseEvent) -> CaseTurn:
    terms = moment.house.terms(case.desk)
    advanced = advance(case, event, moment.actor, moment.at, terms)
    if isinstance(advanced, Refused):
        return CaseTurn(case, advanced)
    if advanced.case != case:
        kept = cases.save(moment.connection, advanced.case)
        advanced = Advanced(kept, advanced.effects)
    return _carry_out(moment, advanced)


def _carry_out(moment: _Moment, advanced: Advanced) -> CaseTurn:
    case = advanced.case
    connection, at = moment.connection, moment.at
    to_person: list[ToPerson] = []
    for effect in advanced.effects:
        match effect:
            case Entered(kind, text):
                author = moment.actor.id
                cases.enter(connection, case.reference, at, author=author, kind=kind, text=text)
            case SetInstant(instant, due):
                timers.set_timer(connection, case.conversation, _timer(case, instant), due)
            case CancelInstants(instants):
                for each in instants:
                    timers.cancel_timers(connection, case.conversation, _timer(case, each))
            case Announce():
                _announce(moment, case, effect)
            case _:
                to_person.append(effect)
    return CaseTurn(case, to_person=tuple(to_person))


def _timer(case: Case, instant: Instant) -> str:
    return f"{TIMER}{instant}:{case.reference}"


def _announce(moment: _Moment, case: Case, announced: Announce) -> None:
    """Everyone who receives enquiries hears of it: the staff's chat, the mailbox, the webhook."""
    kept = records.get(moment.connection, case.reference)
    if kept is None:
        return
    receivers = moment.house.receivers
    desk = moment.house.desk_title(kept.dialog, case.desk)
    if receivers.staff_chat:
        shown = card(
            case,
            announced,
            summary=kept.summary,
            desk=desk,
            advisor=_name(moment.connection, case.advisor),
            actor=moment.actor.name,
        )
        _put(moment, case, shown, "staff", receivers.staff_chat)
    if announced.news in _MAILED:
        letter = letter_about(
            announced.news,
            case.reference,
            desk,
            summary=kept.summary if receivers.mail_details else "",
            link=receivers.case_link(case.reference),
            text=announced.text,
        )
        for address in receivers.mail_to:
            _put(moment, case, letter, "mail", address)
    if receivers.webhook:
        news = f"case.{announced.news}"
        data = _data(case, kept, announced)
        _put(
            moment, case, Notification(news, case.reference, moment.at, data), "webhook", "webhook"
        )


def _data(case: Case, kept: records.KeptRecord, announced: Announce) -> dict[str, Any]:
    """What the operator's own systems read: the record once, then what changed."""
    data = {"state": case.state, "desk": case.desk, "advisor": case.advisor, "text": announced.text}
    if announced.news in {"opened", "completed"}:
        return {**data, "record": kept.record, "summary": kept.summary}
    return data


def _put(moment: _Moment, case: Case, message: Message, channel: str, address: str) -> None:
    """It holds what the person said, so it belongs to the conversation and goes with it."""
    outbox.put(
        moment.connection,
        message,
        channel=channel,
        address=address,
        conversation=case.conversation,
        at=moment.at,
    )


def _name(connection: sa.Connection, advisor: str | None) -> str:
    found = advisors.get(connection, advisor) if advisor is not None else None
    return found.name if found is not None else ""
