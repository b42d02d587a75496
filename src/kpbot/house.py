"""What every turn needs besides the message: content and the operator's choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kpbot.engine.case import Terms
from kpbot.engine.dialog import Dialogs
from kpbot.engine.hours import OfficeHours, add_working_time
from kpbot.engine.utterance import Answers, Facts
from kpbot.model import File, Language
from kpbot.understand.readers import Knowledge


@dataclass(frozen=True)
class Receivers:
    """Who hears of enquiries, and where they are worked on."""

    mail_to: tuple[str, ...] = ()
    """Mailboxes of the advisors, for desks without their own."""
    mail_details: bool = False
    """Whether mails hold what the person said."""
    staff_chat: str = ""
    """The advisors' chat, if there is a staff bot."""
    webhook: bool = False
    """Whether the operator's own systems hear of cases."""
    desk: str = ""
    """Address of the desk, without a slash at its end; empty: there is none."""
    desk_mail: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Mailboxes by desk, where a desk has its own."""

    def mailboxes(self, *desks: str) -> tuple[str, ...]:
        """Who gets mail about a case of these desks, each mailbox once."""
        every = (self.desk_mail.get(desk) or self.mail_to for desk in desks)
        return tuple(dict.fromkeys(address for own in every for address in own))

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
    """Days a record is kept."""
    chat_days: int = 90
    """Days what was said in a chat is kept."""
    contact: str = ""
    privacy_link: str = ""
    controller: str = ""
    """Who is responsible for the data (Art. 13 GDPR)."""
    protection_officer: str = ""
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

    def facts(self, at: datetime) -> Facts:
        """What the bot's words need, apart from the person's own data."""
        drafts = [dialog.expire.days for dialog in self.dialogs.dialogs.values()]
        return Facts(
            answers=self.answers,
            at=at,
            days=self.days,
            draft_days=max(drafts, default=7),
            chat_days=self.chat_days,
            contact=self.contact,
            privacy_link=self.privacy_link,
            controller=self.controller,
            protection_officer=self.protection_officer,
            calendar_link=self.calendar_link,
            hours=self.hours_of,
        )

    def hours_of(self, desk: str) -> OfficeHours | None:
        """When the advisors of the desk are there; None: nobody has said."""
        return self.hours.get(desk) or self.hours.get("")

    def terms(self, desk: str) -> Terms:
        """How long the advisors of the desk have: in office hours, or by the clock."""
        hours = self.hours_of(desk)
        next_desk = self._next_desk(desk)
        if hours is None:
            return Terms(self.lease, self.answer, lambda at, time: at + time, next_desk)
        return Terms(
            self.lease, self.answer, lambda at, time: add_working_time(hours, at, time), next_desk
        )

    def _next_desk(self, desk: str) -> str:
        """The desk for everything in the dialogs that lead to this one; empty: there is none."""
        lists = (dialog.outcomes for dialog in self.dialogs.dialogs.values())
        return next((each[-1].to for each in lists if desk in {one.to for one in each}), "")

    def desk_title(self, dialog: str, outcome: str) -> str:
        """What the desk of an outcome is called in German; its id where the words are gone."""
        words = self.dialogs.words.get(dialog)
        return words["de"].outcomes.get(outcome, outcome) if words is not None else outcome
