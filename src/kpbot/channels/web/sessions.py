"""Who is writing: an unguessable token, and the address in the store that is made from it."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import OrderedDict

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_MOST_FIRST = 1000


def new_token() -> str:
    """A token nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def address_of(token: str) -> str:
    """The person's address: whoever reads the store cannot speak as the person."""
    return hashlib.sha256(token.encode()).hexdigest()


def read_token(value: str | None) -> str | None:
    """The token, if the value has the form of one."""
    return value if value and _TOKEN.fullmatch(value) else None


def bearer(header: str | None) -> str | None:
    """The token of an Authorization header, if it has one."""
    scheme, _, value = (header or "").partition(" ")
    return read_token(value.strip()) if scheme.lower() == "bearer" else None


def proof_of(token: str) -> str:
    """What a form of this session carries and a foreign site cannot know."""
    return hashlib.sha256(f"form:{token}".encode()).hexdigest()[:32]


class FirstMessages:
    """Sessions begun lately, by the id of their first message, in memory only.

    A first message whose answer was lost on the line comes again with the same id and still
    without a token: it must reach the session it began, not begin another.
    """

    def __init__(self) -> None:
        """No session yet."""
        self._tokens: OrderedDict[str, str] = OrderedDict()

    def token(self, message_id: str) -> str:
        """The token of the session that this first message began, or a new one."""
        token = self._tokens.setdefault(message_id, new_token())
        while len(self._tokens) > _MOST_FIRST:
            self._tokens.popitem(last=False)
        return token
