"""How often somebody may try to log in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from kpbot.channels.web.limits import Buckets, Rate
from kpbot.store.advisors import same_email

ACCOUNT_RATE = Rate(burst=10, a_second=1 / 30)
"""Two guesses a minute are 3,000 a day: too few for a password of twelve characters."""
CLIENT_RATE = Rate(burst=30, a_second=1 / 10)
"""An office shares one address; a script soon waits."""


class LoginLimits:
    """Attempts for each account and each client address, in memory only."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Nobody has tried yet."""
        self._accounts = Buckets(ACCOUNT_RATE, clock)
        self._clients = Buckets(CLIENT_RATE, clock)

    def client(self, address: str) -> float:
        """Zero where the address may try once more; else the seconds until it may."""
        return self._clients.take(address)

    def account(self, email: str) -> float:
        """The same for an account, whether there is one or not."""
        return self._accounts.take(hashlib.sha256(same_email(email).encode()).hexdigest())
