"""What every turn needs besides the message: content and the operator's choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from kpbot.engine.case import Terms
from kpbot.engine.dialog import Dialogs
from kpbot.engine.hours import OfficeHours, add_working_time
from kpbot.engine.utterance import Answers
from kpbot.model import File, Language
from kpbot.understand.readers import Knowledge


@dataclass(frozen=True)
class Receivers:
    """Who hears of enquiries, and where they are worked on."""

    mail_to: tuple[str, ...] = ()
    """Mailboxes of the advisors."""
    mail_details: bool = False
    """Whether mails hold what the person said."""
    staff_chat: str = ""
    """The advisors' chat, if there is a staff bot."""
    webhook: bool = False
    """Whether the operator's own systems hear of cases."""
    desk: str = ""
    """Address of the desk, without a slash at its end; empty: there is none."""

    def case_link(self, reference: str) -> str:
        """The address of a case at the desk; empty where there is no desk."""
        return f"{self.desk}/cases/{reference}" if self.desk else ""


NOBODY = Receivers()
"""Records are kept, and `kpbot records` shows them."""


@dataclass(frozen=True)
class House:
    """Content and the operator's choices."""

    dialogs: Dialogs
    knowledge: Knowledge
    answers: Answers
    new_reference: Callable[[], str]
    days: int = 90
    contact: str = ""
    privacy_link: str = ""
    reminder_days: tuple[int, ...] = (14, 1)
    """Days before an event on which subscribers are reminded."""
    calendar_link: str = ""
    """Address of the calendar's page; empty: nobody can open one."""
    event_file: Callable[[tuple[str, ...], Language], File | None] = lambda _uids, _language: None
    """The events of these uids as one calendar file; None: there are none."""
    receivers: Receivers = NOBODY
    lease: timedelta = timedelta(days=1)
    """An advisor keeps a case so long without doing anything."""
    answer: timedelta = timedelta(days=1)
    """The first answer is due after so long."""
    hours: Mapping[str, OfficeHours] = field(default_factory=dict)
    """Office hours by desk; those of every other desk under the empty name."""

    def hours_of(self, desk: str) -> OfficeHours | None:
        """When the advisors of the desk are there; None: nobody has said."""
        return self.hours.get(desk) or self.hours.get("")

    def terms(self, desk: str) -> Terms:
        """How long the advisors of the desk have: in office hours, or by the clock."""
        hours = self.hours_of(desk)
        if hours is None:
            return Terms(self.lease, self.answer, lambda at, time: at + time)
        return Terms(self.lease, self.answer, lambda at, time: add_working_time(hours, at, time))

    def desk_title(self, dialog: str, outcome: str) -> str:
        """What the desk of an outcome is called in German; its id where the words are gone."""
        words = self.dialogs.words.get(dialog)
        return words["de"].outcomes.get(outcome, outcome) if words is not None else outcome
