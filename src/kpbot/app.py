"""Puts the parts together: content, settings and database become the house."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from kpbot.content.checks_service import missing_words
from kpbot.content.dialogs import load_dialogs
from kpbot.content.events_live import LiveCalendar
from kpbot.content.facts import Fact, fact_text, facts_for, load_facts
from kpbot.content.faq import FaqEntry, load_faq
from kpbot.content.faq_index import lazy_matcher
from kpbot.content.knowledge import knowledge_of
from kpbot.content.problems import Problem
from kpbot.engine.commands import PRIVACY
from kpbot.engine.speech_sentences import sentence
from kpbot.engine.utterance import Speech, StatedFact, Told
from kpbot.events import programme_day
from kpbot.house import House, Receivers
from kpbot.model import Conversation, File, Language, Say
from kpbot.retention import Periods
from kpbot.settings import Settings
from kpbot.store import rotation
from kpbot.store.database import Database

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L: a reference is read out on the telephone."""


LONGEST_TITLE = 60
"""Characters of a button."""


class BrokenContent(Exception):  # noqa: N818 (what it is)
    """The content has problems that keep the bot from speaking: all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """All problems, in the order of files and lines."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Clock:
    """Now, in UTC; the terminal may let time pass."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC) + self.ahead  # noqa: TID251 (the one clock of the house)


def new_reference() -> str:
    """KP- and five letters or digits that nobody can guess or confuse."""
    return "KP-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(5))


def build_house(settings: Settings) -> House:
    """Content and the operator's choices, ready for turns. Raises BrokenContent."""
    dialogs, problems = load_dialogs(settings.content / "dialogs")
    entries, faq_problems = load_faq(settings.content / "faq")
    calendar = LiveCalendar(settings.content / "events", programme_day(Clock()()))
    facts, fact_problems = load_facts(settings.content / "faq")
    broken = [*problems, *faq_problems, *calendar.problems, *fact_problems]
    if settings.content_dir is not None and not problems:
        shipped, _ = load_dialogs(settings.shipped_content / "dialogs")
        broken += missing_words(dialogs, shipped, settings.content / "dialogs")
    if broken:
        raise BrokenContent(tuple(sorted(broken)))
    matcher = lazy_matcher(settings.content / "faq", entries, settings.cache)
    return House(
        dialogs=dialogs,
        knowledge=replace(
            knowledge_of(dialogs, entries, matcher),
            calendar=calendar,
            stated=lambda intent, day: facts_for(facts, intent, day) is not None,
        ),
        answers=_Answers(entries, facts),
        new_reference=new_reference,
        days=settings.record_days,
        chat_days=settings.chat_days,
        contact=settings.contact,
        privacy_link=settings.privacy_url,
        controller=settings.controller,
        protection_officer=settings.protection_officer,
        calendar_link=f"{settings.public_url.rstrip('/')}/events" if settings.public_url else "",
        event_file=partial(_event_file, calendar),
        reminder_days=settings.reminder_days,
        receivers=receivers_of(settings),
        lease=timedelta(hours=settings.case_lease_hours),
        answer=timedelta(hours=settings.case_answer_hours),
        hours=settings.hours,
    )


def _event_file(calendar: LiveCalendar, uids: tuple[str, ...], language: Language) -> File | None:
    from kpbot.content.events_feed import told_file  # noqa: PLC0415 (icalendar takes a while)

    return told_file(calendar(), programme_day(Clock()()), uids, language)


def receivers_of(settings: Settings) -> Receivers:
    """Who hears of enquiries, by the operator's settings."""
    return Receivers(
        mail_to=settings.mail_to if settings.smtp_url else (),
        mail_details=settings.mail_details,
        staff_chat=settings.staff_chat if settings.staff_token else "",
        webhook=bool(settings.webhook_url),
        desk=f"{settings.public_url.rstrip('/')}/desk" if settings.public_url else "",
        desk_mail=settings.desk_mail if settings.smtp_url else {},
    )


def periods_of(settings: Settings) -> Periods:
    """How long what is kept, by the operator's settings."""
    return Periods(
        chats=timedelta(days=settings.chat_days),
        sent=timedelta(days=settings.sent_days),
        failed=timedelta(days=settings.failed_days),
        counts=timedelta(days=settings.count_days),
        copies=timedelta(days=settings.copy_days),
    )


def open_database(settings: Settings) -> Database:
    """The operator's database; the data folder is made where SQLite needs it."""
    if not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Database(settings.database, keys=settings.field_keys)


def _title(entry: FaqEntry) -> str:
    """How the question is shown on a button: its first whole question that fits."""
    fitting = (
        question
        for question in entry.questions
        if question.rstrip().endswith(("?", "؟")) and len(question) <= LONGEST_TITLE
    )
    whole = (question for question in fitting if question[:1].isupper() or "؟" in question)
    return next(whole, entry.questions[0] if entry.questions else entry.id)


class _Answers:
    """What is said to a known question: the FAQ's answer, and what the operator states today."""

    def __init__(self, entries: tuple[FaqEntry, ...], facts: tuple[Fact, ...]) -> None:
        self._entries: Mapping[tuple[str, Language], FaqEntry] = {
            (entry.id, entry.language): entry for entry in entries
        }
        self._facts = facts

    def __call__(self, intent: str, language: Language, today: date, /) -> Told:
        entry = self._entries[intent, language]
        source = "programme" if entry.source.startswith("seed") else "bot"
        fact = facts_for(self._facts, intent, today)
        return Told(
            text=entry.answer,
            source=source if entry.in_scope else "",
            title=_title(entry),
            fact=StatedFact(fact_text(fact, language), fact.source, fact.as_of) if fact else None,
        )


def is_ready(database: Database) -> bool:
    """Whether messages can be taken: the database takes what is written, and its keys are here."""
    if not database.answers():
        return False
    try:
        return database.read(rotation.holds_keys)
    except SQLAlchemyError:  # it went away in this very moment
        return False


def privacy_text(house: House, language: Language) -> str:
    """The privacy notice: who speaks, and then what the chat says of it."""
    speech = Speech(house.dialogs, Conversation("", language), house.facts(Clock()()))
    parts = [sentence(speech, Say(key)) for key in ("identity", *PRIVACY)]
    return "\n\n".join(part for part in parts if part)
