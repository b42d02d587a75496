"""What a release would do to the conversations that are open: counted, and nobody named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kpbot.content.release_lock import Lock, Meaning, Version
from kpbot.engine.dialog import Dialog, Dialogs, Question
from kpbot.engine.guards import All, AnyOf, AtLeast, Below, Guard, Has, HasAnswer, Is, IsNot
from kpbot.engine.migrate import migrate
from kpbot.engine.place import walk
from kpbot.model import Conversation, Draft

Kind = Literal["untouched", "changed", "finish_old", "closed", "gone"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a draft at its next message."""

    kind: Kind
    new: tuple[str, ...] = ()
    """Questions that were not open before, and are now."""
    again: tuple[str, ...] = ()
    """Questions that were answered and must be answered again."""
    dropped: tuple[str, ...] = ()
    """Questions whose answers go, by their ids of before."""
    aside: tuple[str, ...] = ()
    """Questions that apply no more: their answers are parked, and back if they apply again."""
    unknown: bool = False
    """No release tells what the draft's version asked: `new` is empty for want of knowledge."""


@dataclass(slots=True)
class Plan:
    """What becomes of the open drafts of one dialog."""

    dialog: str
    fates: Counter[Fate] = field(default_factory=Counter)

    @property
    def open(self) -> int:
        """Open drafts."""
        return self.fates.total()


def plan(
    dialogs: Dialogs, locks: Mapping[str, Lock], conversations: Iterable[Conversation]
) -> dict[str, Plan]:
    """A plan for every dialog, and for every dialog that is no more but has drafts."""
    plans = {name: Plan(name) for name in dialogs.dialogs}
    for conversation in conversations:
        for name, draft in conversation.drafts.items():
            fate = fate_of(dialogs, locks.get(name), name, draft)
            plans.setdefault(name, Plan(name)).fates[fate] += 1
    return plans


def fate_of(dialogs: Dialogs, lock: Lock | None, name: str, draft: Draft) -> Fate:
    """What becomes of the draft when these dialogs are in force."""
    present, own = dialogs.dialogs.get(name), dialogs.at(name, draft.version)
    if present is None or own is None:
        return Fate("gone")
    if not present.open:
        return Fate("closed")
    if own is not present:
        return Fate("finish_old")
    if draft.version == present.version:
        return Fate("untouched")
    moved, again = migrate(present, draft)
    before = _before(lock, draft.version)
    open_before = set(walk(before, draft).open) if before is not None else set()
    new = (
        ()
        if before is None
        else tuple(
            name
            for name in walk(present, moved).open
            if name not in again and not open_before & {name, *present.by_id[name].former}
        )
    )
    now = {former: each.id for each in present.questions for former in (each.id, *each.former)}
    given = (name for name, answer in draft.answers.items() if answer.value is not None)
    left = sorted(name for name in given if now.get(name) not in {*moved.answers, *again})
    aside = tuple(name for name in left if now.get(name) in moved.parked)
    dropped = tuple(name for name in left if name not in aside)
    kind: Kind = "changed" if new or again or left else "untouched"
    return Fate(kind, new, again, dropped, aside, unknown=before is None)


def _before(lock: Lock | None, version: str) -> Dialog | None:
    """The dialog as it was published in the version, without words; None: nobody knows."""
    if lock is None:
        return None
    published = next((v for v in (lock.last, *lock.earlier) if v.version == version), None)
    try:
        return None if published is None else _dialog(lock.dialog, published)
    except (ValueError, TypeError, IndexError):  # written by hand
        return None


def _dialog(name: str, published: Version) -> Dialog:
    questions = tuple(_question(each, meaning) for each, meaning in published.questions.items())
    return Dialog(name, published.version, questions, ())


def _question(name: str, meaning: Meaning) -> Question:
    optional = meaning.optional
    return Question(
        name,
        meaning.type,
        "",
        of=meaning.of,
        when=guard_from(meaning.when),
        optional=optional if isinstance(optional, bool) else guard_from(optional) or False,
        implied=tuple(
            (guard, tuple(value) if isinstance(value, list) else value)
            for written, value in meaning.implied
            if (guard := guard_from(written)) is not None
        ),
        essential=meaning.essential,
        revision=meaning.rev,
        was=meaning.was,
        formerly=meaning.formerly,
    )


def guard_from(data: Any) -> Guard | None:
    """The guard that `guard_data` made this of. Raises ValueError if it did not."""
    match data:
        case None:
            return None
        case ["is", str(question), list(values)]:
            return Is(question, tuple(values))
        case ["not", str(question), list(values)]:
            return IsNot(question, tuple(values))
        case ["has", str(question), list(words)]:
            return Has(question, tuple(words))
        case ["gte", str(question), int(limit)]:
            return AtLeast(question, limit)
        case ["lt", str(question), int(limit)]:
            return Below(question, limit)
        case ["answered", str(question), bool(expected)]:
            return HasAnswer(question, expected)
        case ["all", list(parts)]:
            return All(tuple(_parts(parts)))
        case ["any", list(parts)]:
            return AnyOf(tuple(_parts(parts)))
    raise ValueError(data)


def _parts(parts: list[Any]) -> Iterable[Guard]:
    return [guard for part in parts if (guard := guard_from(part)) is not None]
