"""Cases in the house: opened with a record, advanced by advisors, people and the clock.

The machine itself is `engine.case`; here its effects are carried out: the case is kept, its file
written, its instants set, and everyone who receives enquiries hears of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    Claim,
    Completed,
    Entered,
    Instant,
    PersonWished,
    PersonWrote,
    Refused,
    Reopen,
    Reply,
    SetInstant,
    ToPerson,
    Undelivered,
)
from kpbot.engine.card import card
from kpbot.engine.case import Actor, advance, opened
from kpbot.engine.letters import letter_about
from kpbot.house import House
from kpbot.model import ByAdvisor, Conversation, Message, Notification, Outbound, Relay
from kpbot.store import advisors, cases, outbox, records, timers

TIMER = "case:"
"""Timers of cases begin so: `case:<instant>:<reference>`."""
_MAILED = frozenset(
    {
        "opened",
        "completed",
        "overdue",
        "wished",
        "lapsed",
        "handed",
        "released",
        "undelivered",
        "doubtful",
    }
)
"""What the advisors' mailbox hears of."""
_MAILED_OF_NOBODYS = frozenset({"said", "edited", "attached"})
"""And of a case that nobody has."""


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


def by_advisor(
    connection: sa.Connection,
    done: ByAdvisor,
    conversation: Conversation,
    house: House,
    at: datetime,
) -> CaseTurn:
    """What the advisor did is done, or refused with the reason. One advisor speaks at a time."""
    case = cases.get(connection, done.case)
    if case is None:
        return CaseTurn(None, Refused("unknown"))
    if isinstance(done.action, Claim | Reopen | Reply):
        spoken_of = _spoken_of(connection, conversation, done.advisor)
        if spoken_of is not None and spoken_of.reference != case.reference:
            return CaseTurn(case, Refused("speaking", spoken_of))
    moment = _Moment(connection, house, at, Actor(done.advisor, done.name))
    return _advance(moment, case, done.action)


def _spoken_of(connection: sa.Connection, conversation: Conversation, advisor: str) -> Case | None:
    """The case about which another advisor speaks with the person."""
    if conversation.owner in {"bot", f"advisor:{advisor}"} or conversation.case is None:
        return None
    return cases.get(connection, conversation.case)


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


def remove_advisor(connection: sa.Connection, advisor: str, at: datetime) -> None:
    """No door opens to the advisor any more; their cases lapse with the next round."""
    advisors.deactivate(connection, advisor)
    for case in cases.in_hand(connection, advisor):
        ended = replace(case, state="claimed", lease_until=at, snoozed_until=None)
        cases.save(connection, ended)
        timers.cancel_timers(connection, case.conversation, _timer(case, "snooze"))
        timers.set_timer(connection, case.conversation, _timer(case, "lease"), at)


def undelivered(
    connection: sa.Connection, lost: outbox.Waiting, house: House, at: datetime
) -> None:
    """Whoever has a case of the person learns that this message to them was given up."""
    message = lost.message
    if not isinstance(message, Outbound) or message.toast or lost.conversation is None:
        return
    moment = _Moment(connection, house, at, Actor(SYSTEM))
    for case in cases.every(connection, conversation=lost.conversation, open_only=True):
        _advance(moment, case, Undelivered(message.text, in_doubt=lost.doubts > 0))


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
            link=receivers.case_link(case.reference),
        )
        # An address for each case: one whose card cannot go out holds up no other.
        _put(moment, case, shown, "staff", case.reference)
    if announced.news in (_MAILED if case.advisor else _MAILED | _MAILED_OF_NOBODYS):
        letter = letter_about(
            announced.news,
            case.reference,
            desk,
            summary=kept.summary if receivers.mail_details else "",
            link=receivers.case_link(case.reference),
            text=announced.text,
        )
        for address in receivers.mailboxes(case.desk):
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
