"""How fast messages may go: over all chats, in one chat, in a group, and after a "wait"."""

from __future__ import annotations

from dataclasses import dataclass, field

MANY = 10_000
"""Chats after which those that may send anyway are forgotten."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many seconds between two messages, and so many at once after a pause."""

    seconds: float
    at_once: int = 1


@dataclass
class Pace:
    """Telegram's limits. All times are seconds of one monotonic clock."""

    overall: Rate = Rate(1 / 30)
    private: Rate = Rate(1.0, at_once=3)
    group: Rate = Rate(60 / 20)
    _overall_next: float = 0.0
    _next: dict[int, float] = field(default_factory=dict)
    """By chat: when the next message would be due if all went evenly."""
    _quiet_until: float = float("-inf")

    def wait(self, chat: int, now: float) -> float:
        """Seconds until one more message may go to the chat; 0: now, and it is counted."""
        rate = self.group if chat < 0 else self.private
        chat_next = max(self._next.get(chat, now), now)
        overall_next = max(self._overall_next, now)
        wait = max(
            self._quiet_until - now,
            chat_next - rate.seconds * (rate.at_once - 1) - now,
            overall_next - self.overall.seconds * (self.overall.at_once - 1) - now,
        )
        if wait > 0:
            return wait
        self._next[chat] = chat_next + rate.seconds
        self._overall_next = overall_next + self.overall.seconds
        self._forget_idle(now)
        return 0.0

    def quiet_for(self, now: float) -> float:
        """Seconds until the wait that Telegram asked for is over; 0: there is none."""
        return max(0.0, self._quiet_until - now)

    def quiet(self, seconds: float, now: float) -> None:
        """Telegram asked to wait: nothing goes anywhere for so long."""
        self._quiet_until = max(self._quiet_until, now + seconds)

    def _forget_idle(self, now: float) -> None:
        if len(self._next) > MANY:
            self._next = {chat: due for chat, due in self._next.items() if due > now}
