"""Sessions: who is logged in. Only a hash of what the browser holds is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from kpbot.store.advisors import Advisor
from kpbot.store.tables import advisors, sessions

LONGEST = timedelta(hours=8)
"""How long a session lasts at most."""
IDLE = timedelta(minutes=60)
"""How long a session lasts in which nothing happens."""
_SEEN_EVERY = timedelta(minutes=1)
"""A sign of life younger than this is not written anew: reading a page need not write."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that holds."""

    advisor: Advisor
    seen: datetime

    def is_stale(self, at: datetime) -> bool:
        """Whether the sign of life is old enough to be renewed."""
        return at - self.seen >= _SEEN_EVERY


def begin(connection: sa.Connection, advisor: str, at: datetime) -> str:
    """A new session of the advisor has begun; the 256 bits that the browser shall hold."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        sessions.insert().values(token_hash=_hash(token), advisor=advisor, began=at, seen=at)
    )
    return token


def find(connection: sa.Connection, token: str, at: datetime) -> Session | None:
    """The session, if it holds: neither too old nor too long idle, its advisor still active."""
    row = connection.execute(
        sa.select(
            advisors.c.id,
            advisors.c.name,
            advisors.c.email,
            advisors.c.role,
            advisors.c.telegram,
            advisors.c.active,
            sessions.c.seen,
        )
        .join(advisors, advisors.c.id == sessions.c.advisor)
        .where(
            sessions.c.token_hash == _hash(token),
            sessions.c.began > at - LONGEST,
            sessions.c.seen > at - IDLE,
            advisors.c.active,
        )
    ).one_or_none()
    return None if row is None else Session(Advisor(*row[:6]), row.seen)


def touch(connection: sa.Connection, token: str, at: datetime) -> None:
    """The session has been seen then; one that has ended stays ended."""
    connection.execute(
        sessions.update()
        .where(
            sessions.c.token_hash == _hash(token),
            sessions.c.seen > at - IDLE,
            sessions.c.seen < at,
        )
        .values(seen=at)
    )


def end(connection: sa.Connection, token: str) -> None:
    """The session has ended."""
    connection.execute(sessions.delete().where(sessions.c.token_hash == _hash(token)))


def end_all(connection: sa.Connection, advisor: str) -> None:
    """Every session of the advisor has ended."""
    connection.execute(sessions.delete().where(sessions.c.advisor == advisor))


def remove_expired(connection: sa.Connection, at: datetime) -> int:
    """Sessions that no longer hold are gone; how many they were."""
    gone = connection.execute(
        sessions.delete().where(
            sa.or_(sessions.c.began <= at - LONGEST, sessions.c.seen <= at - IDLE)
        )
    )
    return gone.rowcount


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
