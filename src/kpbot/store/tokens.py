"""Tokens: the operator's own systems that may use the API. Only a hash of each is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from kpbot.store.tables import tokens

PREFIX = "kpb_"
"""How every token begins: whoever finds one in a file knows what it opens."""
SCOPES = (
    "cases:read",
    "cases:write",
    "records:read",
    "records:erase",
    "statistics:read",
    "events:read",
)
"""What a token may be good for."""
_USED_EVERY = timedelta(minutes=1)
"""A use younger than this is not written anew."""


class NameTaken(Exception):  # noqa: N818 (it is the outcome)
    """There is a token of this name already."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; not the token itself."""

    name: str
    scopes: tuple[str, ...]
    created: datetime
    used: datetime | None = None

    def is_stale(self, at: datetime) -> bool:
        """Whether the last use is old enough to be written anew."""
        return self.used is None or at - self.used >= _USED_EVERY


def add(connection: sa.Connection, name: str, scopes: tuple[str, ...], at: datetime) -> str:
    """The token is good for these scopes from now on; it is told this once. Raises NameTaken."""
    if connection.execute(sa.select(sa.exists().where(tokens.c.name == name))).scalar_one():
        raise NameTaken
    secret = PREFIX + secrets.token_urlsafe(32)
    connection.execute(
        tokens.insert().values(name=name, token_hash=_hash(secret), scopes=list(scopes), created=at)
    )
    return secret


def find(connection: sa.Connection, secret: str) -> Token | None:
    """What is known of the token; None: nobody was given it, or it was removed."""
    wanted = _hash(secret)
    row = connection.execute(sa.select(tokens).where(tokens.c.token_hash == wanted)).one_or_none()
    if row is None or not hmac.compare_digest(row.token_hash, wanted):
        return None
    return Token(row.name, tuple(row.scopes), row.created, row.used)


def touch(connection: sa.Connection, name: str, at: datetime) -> None:
    """The token was used then."""
    connection.execute(tokens.update().where(tokens.c.name == name).values(used=at))


def remove(connection: sa.Connection, name: str) -> bool:
    """The token opens nothing any more; False if there was none of this name."""
    return connection.execute(tokens.delete().where(tokens.c.name == name)).rowcount == 1


def every(connection: sa.Connection) -> list[Token]:
    """All tokens, by name."""
    query = sa.select(tokens).order_by(tokens.c.name)
    return [
        Token(row.name, tuple(row.scopes), row.created, row.used)
        for row in connection.execute(query)
    ]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
