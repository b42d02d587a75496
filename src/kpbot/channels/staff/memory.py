"""What the advisors' bot remembers, in the store's notes.

Ids of messages and references only. What leads from a message to its case goes with the person;
what is needed to clear the chat after an erasure stays until that is done.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

import sqlalchemy as sa

from kpbot.cases import Case
from kpbot.store import notes
from kpbot.store.database import Database
from kpbot.store.tables import cases

CHANNEL = "staff"
TEAM = "team"
"""The address of notes that outlive a change of the group."""
HANDLED = 100
"""Updates whose numbers are remembered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands in a chat."""

    card: tuple[int, ...] = ()
    """The card's message, and those in which a long card goes on."""
    topic: int | None = None
    is_closed: bool = False
    """Whether the topic is closed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a message that needs several calls has come."""

    digest: str
    """Hash of the message."""
    is_first: bool = False
    """The card was new."""
    sent: tuple[int, ...] = field(default=())
    """The parts of the news that have gone out."""


def digest_of(*words: str) -> str:
    """A short name for these words that does not tell them."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


class Memory:
    """The notes of one staff chat. Every method is one transaction and blocks meanwhile."""

    def __init__(self, database: Database, home: str) -> None:
        """`home`: the chat as the operator set it."""
        self._database = database
        self._home = home

    # the chat

    def chat(self) -> int | str:
        """The id of the staff chat now: it may have become a supergroup."""
        chat = self._get(self._home, "migrated") or self._home
        return int(chat) if chat.lstrip("-").isdigit() else chat

    def migrated(self, chat: int) -> None:
        """The staff chat is this one from now on."""
        self._put(self._home, "migrated", str(chat))

    # cards and topics

    def place(self, chat: int | str, reference: str) -> Place:
        """Where the case stands in the chat."""

        def work(connection: sa.Connection) -> Place:
            card = notes.get(connection, CHANNEL, str(chat), f"card:{reference}") or ""
            topic = notes.get(connection, CHANNEL, str(chat), f"topic:{reference}") or ""
            number, _, closed = topic.partition(" ")
            ids = tuple(int(each) for each in card.split(",") if each)
            return Place(ids, int(number) if number else None, bool(closed))

        return self._database.read(work)

    def keep_place(self, chat: int | str, reference: str, place: Place) -> None:
        """The case stands there; replies to its card belong to it."""

        def work(connection: sa.Connection) -> None:
            card = ",".join(map(str, place.card))
            notes.put(connection, CHANNEL, str(chat), f"card:{reference}", card)
            for message in place.card:
                _link(connection, chat, message, reference)
            if place.topic is not None:
                topic = f"{place.topic} closed" if place.is_closed else str(place.topic)
                notes.put(connection, CHANNEL, str(chat), f"topic:{reference}", topic)
            else:
                notes.forget(connection, CHANNEL, str(chat), f"topic:{reference}")

        self._database.write(work)

    # messages

    def keep_message(
        self,
        chat: int | str,
        message: int,
        reference: str,
        *,
        progress: Progress | None = None,
    ) -> bool:
        """The message belongs to the case: replies to it, and its end when the person goes.

        False: the person has gone meanwhile, so the message must go too.
        """

        def work(connection: sa.Connection) -> bool:
            if not _link(connection, chat, message, reference):
                return False
            name = f"said:{reference}"
            said = json.loads(notes.get(connection, CHANNEL, TEAM, name) or "[]")
            if [chat, message] not in said:
                said.append([chat, message])
            notes.put(connection, CHANNEL, TEAM, name, json.dumps(said))
            if progress is not None:
                _keep_progress(connection, reference, progress)
            return True

        return self._database.write(work)

    def has_case(self, reference: str) -> bool:
        """Whether the case is still there."""
        query = sa.select(sa.exists().where(cases.c.reference == reference))
        return self._database.read(lambda connection: bool(connection.execute(query).scalar_one()))

    def reference_of(self, chat: int | str, message: int) -> str | None:
        """The case the message belongs to."""
        return self._get(str(chat), f"message:{message}")

    def said(self, reference: str) -> list[tuple[int | str, int]]:
        """Chat and id of every message about the case beside its card."""
        kept = self._get(TEAM, f"said:{reference}") or "[]"
        return [(chat, message) for chat, message in json.loads(kept)]

    def forget(self, chat: int | str, reference: str) -> None:
        """Nothing of the case is remembered."""
        messages = [
            *self.said(reference),
            *((chat, id_) for id_ in self.place(chat, reference).card),
        ]

        def work(connection: sa.Connection) -> None:
            for where, message in messages:
                notes.forget(connection, CHANNEL, str(where), f"message:{message}")
            for address in (str(chat), TEAM):
                for name in ("card", "topic", "said", "echo", "reminded", "progress"):
                    notes.forget(connection, CHANNEL, address, f"{name}:{reference}")

        self._database.write(work)

    # one message in several calls

    def progress(self, reference: str, digest: str) -> Progress | None:
        """How far this message of the case has come."""
        kept = self._get(TEAM, f"progress:{reference}")
        if kept is None:
            return None
        found = json.loads(kept)
        known = Progress(found["digest"], found["first"], tuple(found["sent"]))
        return known if known.digest == digest else None

    def keep_progress(self, reference: str, progress: Progress) -> None:
        """The message of the case has come so far; nothing is kept of a case that is gone."""
        self._database.write(lambda connection: _keep_progress(connection, reference, progress))

    def end_progress(self, reference: str) -> None:
        """The message is out."""
        self._database.write(
            lambda connection: notes.forget(connection, CHANNEL, TEAM, f"progress:{reference}")
        )

    # an advisor's own words, which need not come back to the chat they were written in

    def expect_echo(self, reference: str, text: str) -> None:
        """These words stand in the staff chat already."""

        def work(connection: sa.Connection) -> None:
            conversation = _conversation(connection, reference)
            if conversation is not None:
                name, digest = f"echo:{reference}", digest_of(text)
                notes.put(connection, CHANNEL, TEAM, name, digest, conversation=conversation)

        self._database.write(work)

    def is_echo(self, reference: str, text: str) -> bool:
        """Whether the words stand in the staff chat already."""
        return self._get(TEAM, f"echo:{reference}") == digest_of(text)

    def forget_echo(self, reference: str) -> None:
        """The words did not become a reply, or they have been accounted for."""
        self._database.write(
            lambda connection: notes.forget(connection, CHANNEL, TEAM, f"echo:{reference}")
        )

    # updates

    def handled(self) -> list[int]:
        """The numbers of the last updates that were handled, the newest last."""
        return [int(each) for each in (self._get(TEAM, "handled") or "").split(",") if each]

    def keep_handled(self, numbers: list[int]) -> None:
        """These updates were handled."""
        self._put(TEAM, "handled", ",".join(map(str, numbers[-HANDLED:])))

    # once a day, once a lease

    def begin_once(self, name: str, value: str, *, case: Case | None = None) -> bool:
        """The note has this value; False if it had it before, so that it is done once only."""

        def work(connection: sa.Connection) -> bool:
            if notes.get(connection, CHANNEL, TEAM, name) == value:
                return False
            conversation = case.conversation if case is not None else None
            notes.put(connection, CHANNEL, TEAM, name, value, conversation=conversation)
            return True

        return self._database.write(work)

    def undo_once(self, name: str) -> None:
        """It was not done after all."""
        self._database.write(lambda connection: notes.forget(connection, CHANNEL, TEAM, name))

    def _get(self, address: str, name: str) -> str | None:
        return self._database.read(lambda connection: notes.get(connection, CHANNEL, address, name))

    def _put(self, address: str, name: str, value: str) -> None:
        self._database.write(
            lambda connection: notes.put(connection, CHANNEL, address, name, value)
        )


def _conversation(connection: sa.Connection, reference: str) -> str | None:
    """The conversation of the case; None: it was erased.

    Until this transaction ends nobody erases it: what is noted meanwhile goes with it.
    """
    query = sa.select(cases.c.conversation).where(cases.c.reference == reference)
    found: str | None = connection.execute(query.with_for_update(read=True)).scalar_one_or_none()
    return found


def _link(connection: sa.Connection, chat: int | str, message: int, reference: str) -> bool:
    """Replies to the message belong to the case; False: there is none any more."""
    conversation = _conversation(connection, reference)
    if conversation is None:
        return False
    name = f"message:{message}"
    notes.put(connection, CHANNEL, str(chat), name, reference, conversation=conversation)
    return True


def _keep_progress(connection: sa.Connection, reference: str, progress: Progress) -> None:
    conversation = _conversation(connection, reference)
    if conversation is None:
        return
    name = f"progress:{reference}"
    kept = {"digest": progress.digest, "first": progress.is_first, "sent": progress.sent}
    notes.put(connection, CHANNEL, TEAM, name, json.dumps(kept), conversation=conversation)
