"""The vocabulary of a case: what advisors do, what a case is, and what follows from either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

CaseState = Literal["open", "claimed", "waiting_person", "waiting_advisor", "closed"]

CloseReason = Literal["answered", "passed_on", "no_reply", "outside", "duplicate", "withdrawn"]
CLOSE_REASONS: tuple[CloseReason, ...] = (
    "answered",
    "passed_on",
    "no_reply",
    "outside",
    "duplicate",
    "withdrawn",
)

SYSTEM = "system"
PERSON = "person"
"""Authors of entries that are no advisor."""


@dataclass(frozen=True, slots=True)
class Case:
    """What became of a record."""

    reference: str
    conversation: str
    state: CaseState
    desk: str
    """Outcome of the dialog: which advisors it is for."""
    opened: datetime
    advisor: str | None = None
    """Who has it; None: nobody."""
    answer_due: datetime | None = None
    """When somebody must have answered the person; None: it is their turn, or the case is over."""
    answered: datetime | None = None
    """When an advisor first wrote to the person."""
    lease_until: datetime | None = None
    """Until when the advisor has it without doing anything."""
    snoozed_until: datetime | None = None
    escalated: int = 0
    """How often the answer it waits for was overdue."""
    closed: datetime | None = None
    reason: CloseReason | None = None
    version: int = 1

    def is_overdue(self, at: datetime) -> bool:
        """Whether somebody should have answered the person by then."""
        if self.answer_due is None or self.state == "closed":
            return False
        return self.escalated > 0 or self.answer_due <= at


# ── what advisors do ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Claim:
    """The advisor takes the case: from now on they speak, not the bot."""

    deed: Literal["claim"] = "claim"


@dataclass(frozen=True, slots=True)
class Release:
    """The advisor gives the case back to the desk: the bot speaks again."""

    deed: Literal["release"] = "release"


@dataclass(frozen=True, slots=True)
class Reply:
    """The advisor writes to the person."""

    text: str
    deed: Literal["reply"] = "reply"


@dataclass(frozen=True, slots=True)
class Note:
    """The advisor writes for colleagues; it never reaches the person."""

    text: str
    deed: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class HandOver:
    """The case goes to another desk."""

    desk: str
    deed: Literal["hand_over"] = "hand_over"


@dataclass(frozen=True, slots=True)
class Snooze:
    """The case rests until then."""

    until: datetime
    deed: Literal["snooze"] = "snooze"


@dataclass(frozen=True, slots=True)
class Close:
    """The case is finished."""

    reason: CloseReason
    deed: Literal["close"] = "close"


@dataclass(frozen=True, slots=True)
class Reopen:
    """A closed case is taken up again by the advisor."""

    deed: Literal["reopen"] = "reopen"


# `deed` tells them apart where they are kept as JSON.
Action = Claim | Release | Reply | Note | HandOver | Snooze | Close | Reopen


# ── what happens to a case otherwise ─────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PersonWrote:
    """The person wrote while an advisor listens, changed it later, or sent something else."""

    kind: Literal["said", "edited", "attached"]
    text: str
    """The words, or the kind of what was attached."""


@dataclass(frozen=True, slots=True)
class PersonWished:
    """The person wishes to be reached otherwise, since nobody had come."""

    how: Literal["mail", "call", "wait"]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message to the person was given up."""

    text: str
    in_doubt: bool
    """It may have arrived all the same: nobody can know."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The enquiry of which advisors had the half is complete now."""


Instant = Literal["lease", "answer", "snooze"]
"""The end of the advisor's lease, the time an answer is due, the end of a snooze."""


@dataclass(frozen=True, slots=True)
class Came:
    """An instant of the case has come."""

    instant: Instant


CaseEvent = Action | PersonWrote | PersonWished | Undelivered | Completed | Came


# ── what follows ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Entered:
    """This stands in the case's file."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The person hears that an advisor speaks with them now."""

    case: str
    advisor: str
    name: str


@dataclass(frozen=True, slots=True)
class AdvisorSaid:
    """The person reads what the advisor wrote."""

    case: str
    advisor: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AdvisorLeft:
    """The bot speaks again, where the talk was about this case."""

    case: str
    how: Literal["released", "lapsed", "handed", "closed"]


@dataclass(frozen=True, slots=True)
class NobodyCame:
    """The person hears that nobody has come yet, and which other ways there are."""

    case: str


ToPerson = Joined | AdvisorSaid | AdvisorLeft | NobodyCame

News = Literal[
    "opened",
    "completed",
    "claimed",
    "released",
    "replied",
    "noted",
    "handed",
    "snoozed",
    "woke",
    "closed",
    "reopened",
    "said",
    "edited",
    "attached",
    "wished",
    "lapsed",
    "overdue",
    "undelivered",
    "doubtful",
    "erased",
]


@dataclass(frozen=True, slots=True)
class Announce:
    """The advisors learn that this happened."""

    news: News
    text: str = ""


@dataclass(frozen=True, slots=True)
class SetInstant:
    """The instant of this name comes then; one set before is replaced."""

    instant: Instant
    due: datetime


@dataclass(frozen=True, slots=True)
class CancelInstants:
    """None of these instants comes."""

    instants: tuple[Instant, ...]


CaseEffect = Entered | ToPerson | Announce | SetInstant | CancelInstants


@dataclass(frozen=True, slots=True)
class Advanced:
    """The case as it is now, and what follows."""

    case: Case
    effects: tuple[CaseEffect, ...]


RefusedWhy = Literal[
    "taken", "speaking", "not_yours", "closed", "not_closed", "empty", "too_long", "unknown"
]
"""`speaking`: an advisor speaks with the person about another case, which `case` then is."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changed, and why."""

    why: RefusedWhy
    case: Case | None = None
