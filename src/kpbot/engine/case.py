"""The case machine: pure, total, and the only place where a case or its owner changes.

open → claimed → (waiting for the person ⇄ waiting for the advisor) → closed; a lease that ends
and a hand-over lead back to open, a reopening to claimed, and what the person says to a closed
case to open. While nobody has answered the person, an answer is due.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, assert_never

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
    CloseReason,
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
    Undelivered,
)

LONGEST_REPLY = 3500
"""Characters of a reply: with the name above it, every channel takes it in one message."""
LONGEST_ESCALATION = 5
"""Times the first period: so far apart do reminders of an overdue answer grow."""
PATIENCE = 10
"""Leases for which an advisor's question waits for the person; then the case ends by itself."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long advisors have, in working time where office hours are known."""

    lease: timedelta
    """An advisor keeps a case so long without doing anything."""
    answer: timedelta
    """The first answer is due after so long."""
    after: Callable[[datetime, timedelta], datetime]
    """The instant so much (working) time later."""
    next_desk: str = ""
    """Where a case goes that the desk leaves unanswered twice; empty: nowhere."""


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
            return _person_wrote(case, Entered(kind, text), Announce(kind, text), at, terms)
        case PersonWished(how):
            return _awake(case, at, terms, Entered("wished", how), Announce("wished", how))
        case Completed():
            return _awake(case, at, terms, Entered("completed"), Announce("completed"))
        case Came(instant):
            return _came(case, instant, at, terms)
        case Undelivered():
            return _undelivered(case, event, at, terms)
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
            return _left(case, "released", at, terms)
        case HandOver(desk):
            return _left(replace(case, desk=desk), "handed", at, terms, desk)
        case Snooze(until):
            return _snoozed(case, until, at)
        case Close(reason):
            return _closed(case, reason, at)
        case _:
            assert_never(event)


def _replied(case: Case, text: str, actor: Actor, at: datetime, terms: Terms) -> Advanced | Refused:
    if not text.strip():
        return Refused("empty", case)
    if len(text) > LONGEST_REPLY:
        return Refused("too_long", case)
    lease = terms.after(at, terms.lease * PATIENCE)
    replied = replace(
        case,
        state="waiting_person",
        lease_until=lease,
        answered=case.answered or at,
        answer_due=None,
        escalated=0,
        snoozed_until=None,
    )
    return Advanced(
        replied,
        (
            Entered("replied", text),
            CancelInstants(("answer", "snooze")),
            SetInstant("lease", lease),
            AdvisorSaid(case.reference, actor.id, actor.name, text),
            Announce("replied", text),
        ),
    )


def _left(
    case: Case,
    how: Literal["released", "handed", "lapsed"],
    at: datetime,
    terms: Terms,
    desk: str = "",
) -> Advanced:
    """The case is open again; somebody must answer in time even if somebody has before."""
    left = replace(case, state="open", advisor=None, lease_until=None, snoozed_until=None)
    left, waiting = _unanswered(left, at, terms)
    gone = (CancelInstants(("lease", "snooze")), AdvisorLeft(case.reference, how))
    return Advanced(left, (*gone, Entered(how, desk), Announce(how, desk), *waiting))


def _unanswered(case: Case, at: datetime, terms: Terms) -> tuple[Case, tuple[CaseEffect, ...]]:
    """The case with an answer due in time; one that is due already stays so."""
    if case.answer_due is not None:
        return case, ()
    due = terms.after(at, terms.answer)
    return replace(case, answer_due=due, escalated=0), (SetInstant("answer", due),)


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


def _closed(case: Case, reason: CloseReason, at: datetime) -> Advanced:
    closed = replace(
        case,
        state="closed",
        advisor=None,
        answer_due=None,
        lease_until=None,
        snoozed_until=None,
        escalated=0,
        closed=at,
        reason=reason,
    )
    return Advanced(
        closed,
        (
            Entered("closed", reason),
            CancelInstants(("lease", "snooze", "answer")),
            AdvisorLeft(case.reference, "closed"),
            Announce("closed", reason),
        ),
    )


def _person_wrote(
    case: Case, entered: Entered, announced: Announce, at: datetime, terms: Terms
) -> Advanced:
    """The advisor's turn has come, with a whole lease for it; nobody's case is somebody's again."""
    if case.advisor is None:
        return _awake(case, at, terms, entered, announced)
    if case.state != "waiting_person" and case.snoozed_until is None:
        # Only the advisor's own deeds keep a case: whoever asks on and on shall not.
        return Advanced(replace(case, state="waiting_advisor"), (entered, announced))
    lease = terms.after(at, terms.lease)
    waiting = replace(case, state="waiting_advisor", lease_until=lease, snoozed_until=None)
    woken = (CancelInstants(("snooze",)), SetInstant("lease", lease))
    return Advanced(waiting, (entered, *woken, announced))


def _awake(
    case: Case, at: datetime, terms: Terms, entered: Entered, announced: Announce
) -> Advanced:
    """What the person does opens a closed case again: somebody must see it."""
    if case.state != "closed":
        return Advanced(case, (entered, announced))
    again, waiting = _unanswered(replace(case, state="open", closed=None, reason=None), at, terms)
    return Advanced(again, (entered, Entered("reopened"), *waiting, announced))


def _came(case: Case, instant: str, at: datetime, terms: Terms) -> Advanced:
    if case.state == "closed":
        return Advanced(case, ())
    if instant == "lease":
        return _lapsed(case, at, terms)
    if instant == "snooze":
        return _woke(case, at, terms)
    return _overdue(case, at, terms)


def _lapsed(case: Case, at: datetime, terms: Terms) -> Advanced:
    """An advisor who is silent loses the case; where the person is, it ends until they write."""
    if case.advisor is None or case.lease_until is None or case.lease_until > at:
        return Advanced(case, ())
    if case.state == "waiting_person":
        return _closed(case, "no_reply", at)
    return _left(case, "lapsed", at, terms)


def _woke(case: Case, at: datetime, terms: Terms) -> Advanced:
    if case.snoozed_until is None or case.snoozed_until > at:
        return Advanced(case, ())
    lease = terms.after(at, terms.lease)
    awake = replace(case, snoozed_until=None, lease_until=lease)
    return Advanced(awake, (Entered("woke"), SetInstant("lease", lease), Announce("woke")))


def _overdue(case: Case, at: datetime, terms: Terms) -> Advanced:
    """Nobody has answered in time: the desk hears of it each time, the person once.

    The second time a case that nobody has goes to the next desk.
    """
    if case.answer_due is None or case.answer_due > at:
        return Advanced(case, ())
    times = case.escalated + 1
    due = terms.after(at, terms.answer * min(times, LONGEST_ESCALATION))
    late = replace(case, escalated=times, answer_due=due)
    effects: list[CaseEffect] = [Entered("overdue"), Announce("overdue"), SetInstant("answer", due)]
    if case.advisor is None and times == 1:
        effects.append(NobodyCame(case.reference))
    if case.advisor is None and times == 2 and terms.next_desk not in {"", case.desk}:
        late = replace(late, desk=terms.next_desk)
        effects += [Entered("handed", late.desk), Announce("handed", late.desk)]
    return Advanced(late, tuple(effects))


def _undelivered(case: Case, event: Undelivered, at: datetime, terms: Terms) -> Advanced:
    """Whoever has spoken with the person learns that words did not arrive.

    Then it is not the person's turn, but the advisor's, who must find another way.
    """
    if case.state == "closed" or (case.advisor is None and case.answered is None):
        return Advanced(case, ())
    how: Literal["doubtful", "undelivered"] = "doubtful" if event.in_doubt else "undelivered"
    entered, announced = Entered(how, event.text), Announce(how, event.text)
    if event.in_doubt or case.state != "waiting_person":
        return Advanced(case, (entered, announced))
    lease = terms.after(at, terms.lease)
    waiting = replace(case, state="waiting_advisor", lease_until=lease, snoozed_until=None)
    woken = (CancelInstants(("snooze",)), SetInstant("lease", lease))
    return Advanced(waiting, (entered, *woken, announced))
