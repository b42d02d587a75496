"""Passwords: hashed by argon2id, a few at a time, and never known to a log."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
"""Characters of a password."""
LONGEST = 200
"""Characters that are read of what somebody types."""
_AT_ONCE = 2
"""Each takes 19 MiB and most of a core: more at once would only make all of them wait."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a password."""

    right: bool
    new_hash: str | None = None
    """To be kept instead of the old one, which was made with other parameters."""


class Passwords:
    """Checks passwords beside the event loop. Each check costs the same, right or wrong."""

    def __init__(self) -> None:
        """Nothing is being checked."""
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._nobodys: str | None = None

    async def check(self, password: str, password_hash: str | None) -> Checked:
        """Whether it is the password; without a hash, the same is done and it never is."""
        async with self._room:
            return await asyncio.to_thread(self._check, password, password_hash)

    def _check(self, password: str, password_hash: str | None) -> Checked:
        if self._nobodys is None:
            self._nobodys = hash_password(secrets.token_urlsafe(32))
        is_too_long, password = len(password) > LONGEST, _same(password[:LONGEST])
        try:
            _HASHER.verify(password_hash or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return Checked(right=False)
        if password_hash is None or is_too_long:
            return Checked(right=False)
        stale = _HASHER.check_needs_rehash(password_hash)
        return Checked(right=True, new_hash=_HASHER.hash(password) if stale else None)


def hash_password(password: str) -> str:
    """The password's hash, with its parameters and a salt of its own."""
    return _HASHER.hash(_same(password))


def new_password() -> str:
    """A password nobody can guess, easy to type: four groups of five letters, 99 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def complaint(password: str) -> str | None:
    """Why the password cannot be taken; None: it can."""
    if len(password) < SHORTEST:
        return f"A password needs {SHORTEST} characters or more."
    if len(password) > LONGEST:
        return f"A password has {LONGEST} characters at most."
    return None


def _same(password: str) -> str:
    """The same password, whichever keyboard and system composed its letters."""
    return unicodedata.normalize("NFKC", password)
