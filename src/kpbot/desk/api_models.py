"""What the API takes and gives, typed; fields nobody knows are refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kpbot.cases import CaseState, CloseReason
from kpbot.engine.case import LONGEST_REPLY
from kpbot.events import Audience, Country, Kind, State
from kpbot.languages import Language

EMAIL = r"^[^\s@<>,;\x00-\x1f]+@[^\s@<>,;\x00-\x1f]+$"
DESK = r"^[a-z0-9_]{1,60}$"
REFERENCE = r"^[A-Za-z0-9-]{1,12}$"
CURSOR = r"^[A-Za-z0-9_-]{1,200}$"

MOST = 200
"""Cases or events on a page."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CaseOut(_Strict):
    """What became of an enquiry, and as much of it as a list shows."""

    reference: str
    state: CaseState
    desk: str
    advisor: str | None = Field(description="E-mail address of who has it.")
    opened: datetime
    answer_due: datetime | None
    answered: datetime | None
    overdue: bool
    snoozed_until: datetime | None
    closed: datetime | None
    reason: CloseReason | None
    version: int = Field(description="Grows with each change.")
    complete: bool
    language: str
    country: str | None
    municipality: str | None


class CasePage(_Strict):
    """Some of the cases, the newest first."""

    items: list[CaseOut]
    next: str | None = Field(description="Cursor of the next page; null: this was the last.")


class EntryOut(_Strict):
    """Something that was said or done."""

    id: int
    at: datetime
    author: str = Field(description="`person`, `system`, or an advisor's e-mail address.")
    kind: str
    text: str


class CaseDetail(CaseOut):
    """A case with its file, in order."""

    entries: list[EntryOut]


class _ActionIn(_Strict):
    advisor: str = Field(
        max_length=254, pattern=EMAIL, description="E-mail address of the advisor who does it."
    )
    version: int | None = Field(
        None, ge=1, le=2**31 - 1, description="Refused (409) where the case has another by now."
    )
    id: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        pattern=r"^[A-Za-z0-9._-]+$",
        description="Sent again with the same id, it is not done again; anything else under a "
        "known id is refused (409).",
    )


class ClaimIn(_ActionIn):
    """The advisor takes the case."""

    action: Literal["claim"]


class ReleaseIn(_ActionIn):
    """The advisor gives the case back."""

    action: Literal["release"]


class ReopenIn(_ActionIn):
    """The advisor takes up a closed case again."""

    action: Literal["reopen"]


class ReplyIn(_ActionIn):
    """The advisor writes to the person."""

    action: Literal["reply"]
    text: str = Field(min_length=1, max_length=LONGEST_REPLY)


class NoteIn(_ActionIn):
    """The advisor writes for colleagues."""

    action: Literal["note"]
    text: str = Field(min_length=1, max_length=LONGEST_REPLY)


class HandOverIn(_ActionIn):
    """The case goes to another desk."""

    action: Literal["hand_over"]
    desk: str = Field(pattern=DESK)


class SnoozeIn(_ActionIn):
    """The case rests until then."""

    action: Literal["snooze"]
    until: AwareDatetime


class CloseIn(_ActionIn):
    """The case is finished."""

    action: Literal["close"]
    reason: CloseReason


ActionIn = Annotated[
    ClaimIn | ReleaseIn | ReopenIn | ReplyIn | NoteIn | HandOverIn | SnoozeIn | CloseIn,
    Field(discriminator="action"),
]


class RecordOut(_Strict):
    """What was handed over, frozen."""

    reference: str
    dialog: str
    at: datetime
    desk: str
    complete: bool
    delete_on: date
    summary: str = Field(description="In German, as advisors read it.")
    record: dict[str, Any] = Field(description="Question ids with typed values, and more.")


class RegistrationOut(_Strict):
    """How one registers; empty: nothing is known about it."""

    url: str
    mail: str
    text: dict[str, str] = Field(description="By language.")
    until: date | None = Field(description="Last day, in the event's zone.")


class CasesWanted(_Strict):
    """Which cases: a filter nobody knows is refused, or it would seem to work."""

    state: CaseState | None = None
    desk: str | None = Field(None, pattern=DESK)
    advisor: str | None = Field(None, pattern=EMAIL, max_length=254)
    language: Language | None = None
    country: str | None = Field(None, pattern=r"^[A-Za-z_]{1,20}$")
    opened_since: AwareDatetime | None = None
    opened_before: AwareDatetime | None = None
    overdue: bool = False
    limit: int = Field(50, ge=1, le=MOST)
    cursor: str | None = Field(None, pattern=CURSOR)


class PeriodWanted(_Strict):
    """Which days, both included; a filter nobody knows is refused."""

    since: date | None = None
    until: date | None = None


class EventsWanted(_Strict):
    """Which events: a filter nobody knows is refused, or it would seem to work."""

    since: date | None = None
    until: date | None = None
    kind: Kind | None = None
    country: Country | None = None
    limit: int = Field(50, ge=1, le=MOST)


class EventOut(_Strict):
    """One time an event takes place."""

    uid: str
    kind: Kind
    title: dict[str, str] = Field(description="By language.")
    description: dict[str, str] = Field(description="By language.")
    state: State = Field(
        description="`outdated`: nobody has confirmed it lately, so it is no fact any more."
    )
    all_day: bool
    start: AwareDatetime = Field(description="With the offset of the event's zone.")
    end: AwareDatetime = Field(description="Exclusive.")
    zone: str
    place: str
    online: str
    audience: Audience
    countries: list[Country]
    languages: list[Language]
    registration: RegistrationOut
    source: str
    as_of: date = Field(description="When it was last confirmed.")
    valid_until: date | None
    sequence: int


class EventPage(_Strict):
    """What takes place in the period, in order."""

    since: date
    until: date
    items: list[EventOut]
    more: bool = Field(description="There are more; ask from the last one's day on.")


class StepOut(_Strict):
    """One question of a dialog; null: fewer than five."""

    question: str
    asked: int | None
    answered: int | None
    missed: int | None


class FunnelOut(_Strict):
    """How far people come in a dialog, in one language."""

    dialog: str
    language: str
    begun: int | None
    steps: list[StepOut]
    submitted: int | None


class QuestionOut(_Strict):
    """How often the bot could answer a question; null: fewer than five."""

    intent: str
    answered: int | None
    partly: int | None
    unanswered: int | None


class StatisticsOut(_Strict):
    """The figures of a period. Nobody can be recognised in them."""

    since: date
    until: date
    opened: int
    closed: int
    overdue: int
    median_seconds_to_first_answer: int | None
    first_answers: dict[str, int] = Field(description="Cases by time to the first answer.")
    funnels: list[FunnelOut]
    questions: list[QuestionOut]
