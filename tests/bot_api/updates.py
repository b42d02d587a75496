"""What waits for one bot: kept until it is confirmed or too old."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from random import Random

from bot_api.world import Raw, World

DAY = 24 * 3600.0
QUERY_LIFE = 150.0
"""Seconds a callback query can be answered."""
IDLE = 7 * DAY
"""After so long without updates the next number is random."""
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(eq=False)
class Pending:
    """One update that was not confirmed."""

    number: int
    kind: str
    content: Raw
    lane: Hashable
    """A webhook gets the updates of a lane one after the other, those of two lanes in any order."""
    until: float
    attempts: int = 0
    given_out: bool = False
    """Whether the bot has seen its number."""
    not_before: float = 0

    def raw(self) -> Raw:
        """As in the Bot API."""
        return {"update_id": self.number, **self.content}


@dataclass(eq=False)
class Updates:
    """The queue of a bot. Everything is called with the world's lock held."""

    world: World
    random: Random
    allowed: list[str] = field(default_factory=list)
    """Empty: all but those in NOT_BY_DEFAULT."""
    pending: list[Pending] = field(default_factory=list)
    again: list[Pending] = field(default_factory=list)
    """Given out once more although confirmed."""
    confirmed: list[Pending] = field(default_factory=list)
    held: list[tuple[str, Raw, Hashable]] | None = None
    """What happened since updates are held back; None: they are not."""
    _next: int = 0
    _last_at: float = float("-inf")

    def push(self, kind: str, content: Raw, lane: Hashable) -> None:
        """The update waits, if the bot wants such."""
        if self.allowed and kind not in self.allowed and kind != "raw":
            return
        if not self.allowed and kind in NOT_BY_DEFAULT:
            return
        if self.held is not None:
            self.held.append((kind, content, lane))
            return
        now = self.world.now()
        if now - self._last_at > IDLE:
            self._next = self.random.randrange(100_000_000, 900_000_000)
        self._last_at = now
        life = QUERY_LIFE if kind == "callback_query" else DAY
        body = content if kind == "raw" else {kind: content}
        self.pending.append(Pending(self._next, kind, body, lane, now + life))
        self._next += 1
        self.world.changed()

    def release(self, *, backwards: bool) -> None:
        """What was held back waits now, in the order it happened or the other way round."""
        waited, self.held = self.held or [], None
        for kind, content, lane in reversed(waited) if backwards else waited:
            self.push(kind, content, lane)

    def expire(self) -> None:
        """What is too old is gone."""
        now = self.world.now()
        self.pending = [update for update in self.pending if update.until > now]

    def confirm(self, those: Iterable[Pending]) -> None:
        """They will not come again."""
        gone = list(those)
        self.pending = [update for update in self.pending if update not in gone]
        self.confirmed.extend(gone)
        self.world.changed()

    def confirm_before(self, offset: int) -> None:
        """What `getUpdates` says with its offset; negative: all but the last so many."""
        if offset > 0:
            self.confirm([update for update in self.pending if update.number < offset])
        elif offset < 0:
            self.confirm(self.pending[:offset])

    def batch(self, limit: int) -> list[Pending]:
        """What `getUpdates` gives out; it stays until it is confirmed."""
        self.expire()
        repeated, self.again = self.again, []
        found = (repeated + self.pending)[:limit]
        for update in found:
            update.given_out = True
        return found

    def poison(self) -> None:
        """An update nobody can parse waits before those the bot has not seen."""
        self.push("raw", {"message": {"message_id": 1}}, ("raw",))
        fresh = [update for update in self.pending if not update.given_out]
        if fresh:
            numbers = sorted(update.number for update in fresh)
            fresh.insert(0, fresh.pop())
            for update, number in zip(fresh, numbers, strict=True):
                update.number = number
            self.pending.sort(key=lambda update: update.number)

    def repeat_last(self, matches: Callable[[Pending], bool] = lambda _: True) -> None:
        """The last confirmed update comes once more. Raises LookupError if there is none."""
        found = [update for update in self.confirmed if matches(update)]
        if not found:
            raise LookupError("nothing was confirmed yet")
        last = found[-1]
        self.again.append(
            Pending(last.number, last.kind, last.content, last.lane, last.until + DAY)
        )
        self.world.changed()
