"""How much a bot may send: token buckets, as full as Telegram tolerates."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass
class Bucket:
    """Holds `size` tokens at most and gains `rate` of them a second."""

    size: float
    rate: float
    _tokens: float = field(init=False)
    _at: float | None = None

    def __post_init__(self) -> None:
        self._tokens = self.size

    def wait(self, now: float) -> int:
        """Whole seconds until a token is there; 0: now."""
        if self._at is not None:
            gained = max(0.0, now - self._at) * self.rate
            self._tokens = min(self.size, self._tokens + gained)
        self._at = now
        return 0 if self._tokens >= 1 else max(1, math.ceil((1 - self._tokens) / self.rate))

    def take(self) -> None:
        """One token is gone."""
        self._tokens -= 1


@dataclass
class Limits:
    """Messages of a bot: a second over all chats, in a private chat, a minute in a group."""

    a_second: float = 30
    private_a_second: float = 1
    private_burst: float = 5
    """So many at once are tolerated in a private chat."""
    group_a_minute: float = 20
    _overall: dict[str, Bucket] = field(default_factory=dict)
    _chats: dict[tuple[str, int], Bucket] = field(default_factory=dict)

    def wait(self, token: str, chat_id: int, now: float) -> int:
        """0 and a message is counted, or the seconds after which it may be tried again."""
        overall = self._overall.setdefault(token, Bucket(self.a_second, self.a_second))
        chat = self._chats.setdefault((token, chat_id), self._bucket(chat_id))
        longest = max(overall.wait(now), chat.wait(now))
        if not longest:
            overall.take()
            chat.take()
        return longest

    def _bucket(self, chat_id: int) -> Bucket:
        if chat_id > 0:
            return Bucket(self.private_burst, self.private_a_second)
        return Bucket(self.group_a_minute, self.group_a_minute / 60)
