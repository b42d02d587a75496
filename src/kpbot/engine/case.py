"""The case machine: pure, total, and the only place where a case or its owner changes.

open → claimed → (waiting for the person ⇄ waiting for the advisor) → closed; a lease that ends
and a hand-over lead back to open, a reopening to claimed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from kpbot.cases import (
    Advanced,
    AdvisorLeft,
    AdvisorSaid,
    Announce,
    Came,
    CancelInstants,
    Case,
    CaseEffect,
    CaseEvent,
    Claim,
    Close,
    Completed,
    Entered,
    HandOver,
    Joined,
    NobodyCame,
    Note,
    PersonWished,
    PersonWrote,
    Refused,
    Release,
    Reopen,
    Reply,
    SetInstant,
    Snooze,
)

LONGEST_REPLY = 3500
"""Characters of a reply: with the name above it, every channel takes it in one message."""
MOST_ESCALATIONS = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """How long advisors have, in working time where office hours are known."""

    lease: timedelta
    """An advisor keeps a case so long without doing anything."""
    answer: timedelta
    """The first answer is due after so long."""
    after: Callable[[datetime, timedelta], datetime]
    """The instant so much (working) time later."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: an advisor with their name, the person, or the clock."""

    id: str
    name: str = ""


def opened(case: Case, terms: Terms) -> Advanced:
    """The case is open and its first answer is due in time."""
    due = terms.after(case.opened, terms.answer)
    return Advanced(
        replace(case, answer_due=due),
        (Entered("opened"), SetInstant("answer", due), Announce("opened")),
    )


def advance(
    case: Case, event: CaseEvent, actor: Actor, at: datetime, terms: Terms
) -> Advanced | Refused:
    """The case after the event and what follows; refused where the actor may not do that now.

    Only the owner replies, releases, hands over, snoozes and closes. A claim of what somebody
    has is refused; a note is everybody's.
    """
    match event:
        case Claim():
            return _claimed(case, actor, at, terms)
        case Reopen():
            return _reopened(case, actor, at, terms)
        case Note(text):
            return _noted(case, text)
        case Release() | Reply() | HandOver() | Snooze() | Close():
            return _refusal(case, actor) or _by_owner(case, event, actor, at, terms)
        case PersonWrote(kind, text):
            return _person_wrote(case, kind, text)
        case PersonWished(how):
            return Advanced(case, (Entered("wished", how), Announce("wished", how)))
        case Completed():
            return Advanced(case, (Entered("completed"), Announce("completed")))
        case Came(instant):
            return _came(case, instant, at, terms)
        case _:
            assert_never(event)


def _refusal(case: Case, actor: Actor) -> Refused | None:
    if case.state == "closed":
        return Refused("closed", case)
    return Refused("not_yours", case) if case.advisor != actor.id else None


def _claimed(case: Case, actor: Actor, at: datetime, terms: Terms) -> Advanced | Refused:
    if case.state == "closed":
        return Refused("closed", case)
    if case.advisor == actor.id:
        return Advanced(case, ())  # a second press is no second claim
    if case.advisor is not None:
        return Refused("taken", case)
    return _taken(case, actor, at, terms, "claimed")


def _reopened(case: Case, actor: Actor, at: datetime, terms: Terms) -> Advanced | Refused:
    if case.state != "closed":
        return Refused("not_closed", case)
    return _taken(replace(case, closed=None, reason=None), actor, at, terms, "reopened")


def _taken(case: Case, actor: Actor, at: datetime, terms: Terms, how: str) -> Advanced:
    lease = terms.after(at, terms.lease)
    taken = replace(case, state="claimed", advisor=actor.id, lease_until=lease, snoozed_until=None)
    return Advanced(
        taken,
        (
            Entered(how),
            CancelInstants(("snooze",)),
            SetInstant("lease", lease),
            Joined(case.reference, actor.id, actor.name),
            Announce("reopened" if how == "reopened" else "claimed"),
        ),
    )


def _noted(case: Case, text: str) -> Advanced | Refused:
    if not text.strip():
        return Refused("empty", case)
    return Advanced(case, (Entered("noted", text), Announce("noted", text)))


def _by_owner(
    case: Case,
    event: Release | Reply | HandOver | Snooze | Close,
    actor: Actor,
    at: datetime,
    terms: Terms,
) -> Advanced | Refused:
    match event:
        case Reply(text):
            return _replied(case, text, actor, at, terms)
        case Release():
            return _left(case, AdvisorLeft("released"), Entered("released"), Announce("released"))
        case HandOver(desk):
            handed = replace(case, desk=desk)
            return _left(
                handed, AdvisorLeft("handed"), Entered("handed", desk), Announce("handed", desk)
            )
        case Snooze(until):
            return _snoozed(case, until, at)
        case Close(reason):
            return _closed(case, event, at, reason)
        case _:
            assert_never(event)


def _replied(case: Case, text: str, actor: Actor, at: datetime, terms: Terms) -> Advanced | Refused:
    if not text.strip():
        return Refused("empty", case)
    if len(text) > LONGEST_REPLY:
        return Refused("too_long", case)
    lease = terms.after(at, terms.lease)
    replied = replace(
        case,
        state="waiting_person",
        lease_until=lease,
        answered=case.answered or at,
        snoozed_until=None,
    )
    return Advanced(
        replied,
        (
            Entered("replied", text),
            CancelInstants(("answer", "snooze")),
            SetInstant("lease", lease),
            AdvisorSaid(actor.name, text),
            Announce("replied", text),
        ),
    )


def _left(case: Case, *effects: CaseEffect) -> Advanced:
    left = replace(case, state="open", advisor=None, lease_until=None, snoozed_until=None)
    return Advanced(left, (CancelInstants(("lease", "snooze")), *effects))


def _snoozed(case: Case, until: datetime, at: datetime) -> Advanced | Refused:
    if until <= at:
        return Refused("empty", case)
    rested = replace(case, snoozed_until=until, lease_until=None)
    return Advanced(
        rested,
        (
            Entered("snoozed", until.isoformat()),
            CancelInstants(("lease",)),
            SetInstant("snooze", until),
            Announce("snoozed"),
        ),
    )


def _closed(case: Case, event: Close, at: datetime, reason: str) -> Advanced:
    closed = replace(
        case,
        state="closed",
        advisor=None,
        lease_until=None,
        snoozed_until=None,
        closed=at,
        reason=event.reason,
    )
    return Advanced(
        closed,
        (
            Entered("closed", reason),
            CancelInstants(("lease", "snooze", "answer")),
            AdvisorLeft("closed"),
            Announce("closed", reason),
        ),
    )


def _person_wrote(case: Case, kind: str, text: str) -> Advanced:
    """What the person says wakes a resting case; the advisor's turn has come."""
    waiting = case if case.advisor is None else replace(case, state="waiting_advisor")
    effects: tuple[CaseEffect, ...] = (Entered(kind, text), Announce(kind, text))  # type: ignore[arg-type]
    return Advanced(waiting, effects)


def _came(case: Case, instant: str, at: datetime, terms: Terms) -> Advanced:
    if case.state == "closed":
        return Advanced(case, ())
    if instant == "lease":
        return _lapsed(case, at)
    if instant == "snooze":
        return _woke(case, at, terms)
    return _overdue(case, at, terms)


def _lapsed(case: Case, at: datetime) -> Advanced:
    if case.advisor is None or case.lease_until is None or case.lease_until > at:
        return Advanced(case, ())
    return _left(case, AdvisorLeft("lapsed"), Entered("lapsed"), Announce("lapsed"))


def _woke(case: Case, at: datetime, terms: Terms) -> Advanced:
    if case.snoozed_until is None or case.snoozed_until > at:
        return Advanced(case, ())
    lease = terms.after(at, terms.lease)
    awake = replace(case, snoozed_until=None, lease_until=lease)
    return Advanced(awake, (Entered("woke"), SetInstant("lease", lease), Announce("woke")))


def _overdue(case: Case, at: datetime, terms: Terms) -> Advanced:
    """Nobody has answered in time: the desk hears of it each time, the person once."""
    if case.answered is not None or case.answer_due is None or case.answer_due > at:
        return Advanced(case, ())
    due = terms.after(at, terms.answer)
    late = replace(case, escalated=case.escalated + 1, answer_due=due)
    effects: list[CaseEffect] = [Entered("overdue"), Announce("overdue")]
    if late.escalated < MOST_ESCALATIONS:
        effects.append(SetInstant("answer", due))
    if late.escalated == 1 and case.advisor is None:
        effects.append(NobodyCame(case.reference))
    return Advanced(late, tuple(effects))
