"""What the desk's pages need of the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kpbot.cases import Case, Refused
from kpbot.channels.web.limits import Buckets, Rate
from kpbot.desk.canned import Canned
from kpbot.desk.guard import DeskAccess
from kpbot.desk.login_pages import DeskLanguage
from kpbot.desk.presence import Presence
from kpbot.engine.dialog import Dialogs
from kpbot.events import Calendar
from kpbot.model import ByAdvisor
from kpbot.store.database import Database

Act = Callable[[ByAdvisor, str], Case | Refused]
"""Does what an advisor did, once a message id: the case afterwards, or why it was not done."""
EraseCase = Callable[[str], bool]
"""Erases everything about the person of this reference; False: there is no such record."""
TitleOf = Callable[[str, DeskLanguage], str]
"""What a known question is called."""

API_RATE = Rate(burst=120, a_second=4)
"""Of one token."""


@dataclass(frozen=True)
class DeskHouse:
    """Everything the desk works with; what it does to cases is given to it as functions."""

    access: DeskAccess
    dialogs: Dialogs
    act: Act
    erase: EraseCase
    canned: tuple[Canned, ...] = ()
    send_invitation: Callable[[], None] | None = None
    """Called when an invitation waits in the outbox; None: no mail, invitations are files."""
    organiser: str = ""
    """Mail address from which invitations come, maybe with a name; empty: the advisor's own."""
    title_of: TitleOf = lambda intent, _: intent
    api_rate: Rate = API_RATE
    presence: Presence = field(default_factory=Presence)
    events_folder: Path | None = None
    """Where the calendar's files are; None: there is none to look at."""
    calendar: Callable[[], Calendar] = Calendar
    """The calendar as the bot answers from it."""
    calendar_changed: Callable[[], None] = lambda: None
    """Called after the calendar's files were written."""

    @property
    def database(self) -> Database:
        """Where cases and records are."""
        return self.access.database

    @property
    def clock(self) -> Callable[[], datetime]:
        """The present instant."""
        return self.access.clock

    def desks(self) -> tuple[str, ...]:
        """The ids of all desks, in the order of the dialogs."""
        every = (dialog.outcomes for dialog in self.dialogs.dialogs.values())
        return tuple(dict.fromkeys(outcome.to for outcomes in every for outcome in outcomes))

    def buckets(self) -> Buckets:
        """How often each token may ask."""
        return Buckets(self.api_rate, self.clock)
