"""Advisors: who may work on cases, and how each is known to a way of logging in."""

from __future__ import annotations

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa

from kpbot.store.tables import advisors, sessions

Role = Literal["advisor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

_SHOWN = (
    advisors.c.id,
    advisors.c.name,
    advisors.c.email,
    advisors.c.role,
    advisors.c.telegram,
    advisors.c.active,
)


class AlreadyThere(Exception):  # noqa: N818 (it is the outcome)
    """Another advisor has this e-mail address or this Telegram id."""


@dataclass(frozen=True, slots=True)
class Advisor:
    """Somebody who works, or worked, on cases."""

    id: str
    name: str
    email: str
    role: Role
    telegram: str | None = None
    active: bool = True

    @property
    def is_admin(self) -> bool:
        """Whether the advisor may do what only admins may."""
        return self.role == "admin"


def same_email(email: str) -> str:
    """The address in the one spelling in which it is kept and compared."""
    return unicodedata.normalize("NFC", email).replace("\0", "").strip().lower()


def add(  # noqa: PLR0913 (one row)
    connection: sa.Connection,
    name: str,
    email: str,
    *,
    role: Role,
    at: datetime,
    telegram: str | None = None,
    password_hash: str | None = None,
) -> Advisor:
    """The advisor is there and active, under an id nobody had before. Raises AlreadyThere."""
    advisor = Advisor(uuid.uuid4().hex, name.strip(), same_email(email), role, telegram)
    _refuse_taken(connection, advisor)
    connection.execute(
        advisors.insert().values(**_values(advisor), password_hash=password_hash, created=at)
    )
    return advisor


def change(connection: sa.Connection, changed: Advisor) -> None:
    """The advisor of this id is as given; one who is no longer active is logged out at once.

    Raises AlreadyThere.
    """
    changed = Advisor(
        changed.id,
        changed.name.strip(),
        same_email(changed.email),
        changed.role,
        changed.telegram,
        changed.active,
    )
    _refuse_taken(connection, changed)
    connection.execute(
        advisors.update().where(advisors.c.id == changed.id).values(**_values(changed))
    )
    if not changed.active:
        _log_out(connection, changed.id)


def deactivate(connection: sa.Connection, advisor: str) -> None:
    """No door opens to the advisor any more; name and address stay for the cases of the past."""
    connection.execute(
        advisors.update()
        .where(advisors.c.id == advisor)
        .values(active=False, telegram=None, subject=None, password_hash=None)
    )
    _log_out(connection, advisor)


def set_password(connection: sa.Connection, advisor: str, password_hash: str | None) -> None:
    """The advisor logs in with this password only; every session of before has ended."""
    connection.execute(
        advisors.update().where(advisors.c.id == advisor).values(password_hash=password_hash)
    )
    _log_out(connection, advisor)


def renew_hash(connection: sa.Connection, advisor: str, old: str, new: str) -> None:
    """The same password is kept as another hash, unless it was changed meanwhile."""
    connection.execute(
        advisors.update()
        .where(advisors.c.id == advisor, advisors.c.password_hash == old)
        .values(password_hash=new)
    )


def set_subject(connection: sa.Connection, advisor: str, subject: str | None) -> None:
    """The login service knows the advisor under this subject."""
    connection.execute(advisors.update().where(advisors.c.id == advisor).values(subject=subject))


def get(connection: sa.Connection, advisor: str) -> Advisor | None:
    """The advisor of this id, active or not."""
    return _one(connection, advisors.c.id == advisor)


def every(connection: sa.Connection, *, only_active: bool = False) -> list[Advisor]:
    """All advisors, by name."""
    query = sa.select(*_SHOWN).order_by(advisors.c.name, advisors.c.id)
    if only_active:
        query = query.where(advisors.c.active)
    return [Advisor(*row) for row in connection.execute(query)]


def find_by_email(
    connection: sa.Connection, email: str, *, only_active: bool = True
) -> Advisor | None:
    """The advisor of this address, however it is spelled in capitals."""
    found = _one(connection, advisors.c.email == same_email(email))
    return found if found is None or found.active or not only_active else None


def find_by_telegram(connection: sa.Connection, telegram: str) -> Advisor | None:
    """The active advisor with this Telegram id."""
    return _one(connection, advisors.c.telegram == telegram, advisors.c.active)


def find_by_subject(connection: sa.Connection, subject: str) -> Advisor | None:
    """The active advisor whom the login service knows under this subject."""
    return _one(connection, advisors.c.subject == subject, advisors.c.active)


def has_subject(connection: sa.Connection, advisor: str) -> bool:
    """Whether the login service knows the advisor already."""
    query = sa.select(advisors.c.subject).where(advisors.c.id == advisor)
    return connection.execute(query).scalar_one_or_none() is not None


def password_hash_of(connection: sa.Connection, email: str) -> tuple[Advisor, str] | None:
    """The active advisor of this address with the password's hash; None: no such local account."""
    query = sa.select(*_SHOWN, advisors.c.password_hash).where(
        advisors.c.email == same_email(email),
        advisors.c.active,
        advisors.c.password_hash.is_not(None),
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (Advisor(*row[:-1]), row.password_hash)


def _one(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> Advisor | None:
    row = connection.execute(sa.select(*_SHOWN).where(*conditions)).one_or_none()
    return None if row is None else Advisor(*row)


def _values(advisor: Advisor) -> dict[str, Any]:
    return {column.name: getattr(advisor, column.name) for column in _SHOWN}


def _refuse_taken(connection: sa.Connection, advisor: Advisor) -> None:
    same = advisors.c.email == advisor.email
    if advisor.telegram is not None:
        same |= advisors.c.telegram == advisor.telegram
    query = sa.select(sa.exists().where(same, advisors.c.id != advisor.id))
    if connection.execute(query).scalar_one():
        raise AlreadyThere


def _log_out(connection: sa.Connection, advisor: str) -> None:
    connection.execute(sessions.delete().where(sessions.c.advisor == advisor))
