"""Who may enter the desk, and the operator's own systems: accounts and tokens."""

from __future__ import annotations

import getpass
import json
import re
import sys
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from kpbot import casework
from kpbot.app import Clock
from kpbot.cli import common
from kpbot.cli.failing import WrongUse
from kpbot.desk import passwords
from kpbot.store import advisors, tokens
from kpbot.store.advisors import Advisor, AlreadyThere, Role

T = TypeVar("T")

_MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_TOKEN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def add(  # noqa: PLR0913 (what is known of a person)
    name: str,
    *,
    email: str,
    role: Role,
    telegram: str = "",
    ask: bool = False,
    no_password: bool = False,
) -> None:
    """The advisor may enter; a password that was made up is shown this once.

    `ask`: the password is typed in. `no_password`: by the login service alone. Who was removed
    before and comes back is the same advisor.
    """
    _refuse_wrong(name, email, telegram)
    if ask and no_password:
        raise WrongUse("Either --ask or --no-password, not both.")
    made = None if ask or no_password else passwords.new_password()
    password = _asked() if ask else made
    password_hash = None if password is None else passwords.hash_password(password)

    def work(connection: sa.Connection) -> None:
        was = advisors.find_by_email(connection, email, only_active=False)
        if was is None:
            advisors.add(
                connection,
                name,
                email,
                role=role,
                at=Clock()(),
                telegram=telegram or None,
                password_hash=password_hash,
            )
            return
        if was.active:
            raise AlreadyThere
        advisors.change(connection, Advisor(was.id, name, email, role, telegram or None))
        advisors.set_password(connection, was.id, password_hash)

    try:
        _write(work, make=True)
    except AlreadyThere:
        raise WrongUse("Another advisor has this e-mail address or Telegram id.") from None
    print(f"{name} may enter the desk as {role}, with the address {advisors.same_email(email)}.")
    _show_once("Password", made)


def list_all(*, as_json: bool) -> None:
    """Every advisor is listed, by name."""
    for each in _read(advisors.every):
        if as_json:
            row = {column: getattr(each, column) for column in Advisor.__slots__}
            print(json.dumps(row, ensure_ascii=False))
        else:
            parts = [each.name, each.email, each.role]
            parts += [f"Telegram {each.telegram}"] if each.telegram else []
            parts += [] if each.active else ["removed"]
            print("  ".join(parts))


def remove(email: str) -> int:
    """No door opens to the advisor any more, from this moment on; 1 where there is none."""

    def work(connection: sa.Connection) -> bool:
        found = advisors.find_by_email(connection, email)
        if found is not None:
            casework.remove_advisor(connection, found.id, Clock()())
        return found is not None

    return _said(_write(work), "Removed, and logged out everywhere.", "advisor with this address")


def password(email: str, *, ask: bool = False) -> int:
    """The advisor has another password and is logged out everywhere; 1 where there is none."""
    if _read(lambda connection: advisors.find_by_email(connection, email)) is None:
        return _said(False, "", "advisor with this address")
    made = None if ask else passwords.new_password()
    password_hash = passwords.hash_password(made or _asked())

    def work(connection: sa.Connection) -> bool:
        found = advisors.find_by_email(connection, email)
        if found is not None:
            advisors.set_password(connection, found.id, password_hash)
        return found is not None

    status = _said(_write(work), "The password is another now.", "advisor with this address")
    if status == 0:
        _show_once("Password", made)
    return status


def add_token(name: str, *, scopes: tuple[str, ...]) -> None:
    """The token is good for the scopes; it is shown this once."""
    if not _TOKEN_NAME.fullmatch(name):
        raise WrongUse("A token's name has letters, digits, dots and hyphens, 80 at most.")
    unknown = [each for each in scopes if each not in tokens.SCOPES]
    if unknown or not scopes:
        raise WrongUse(f"Name one scope or more of these: {', '.join(tokens.SCOPES)}.")
    wanted = tuple(each for each in tokens.SCOPES if each in scopes)
    try:
        secret = _write(
            lambda connection: tokens.add(connection, name, wanted, Clock()()), make=True
        )
    except tokens.NameTaken:
        raise WrongUse("There is a token of this name already.") from None
    _show_once("Token", secret)


def list_tokens(*, as_json: bool) -> None:
    """Every token is listed by name: what it is good for and when it was used last."""
    for each in _read(tokens.every):
        used = each.used.isoformat(timespec="minutes") if each.used else None
        if as_json:
            row = {"name": each.name, "scopes": each.scopes, "used": used}
            row["created"] = each.created.isoformat(timespec="minutes")
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"{each.name}  {' '.join(each.scopes)}  used: {used or 'never'}")


def remove_token(name: str) -> int:
    """The token opens nothing any more; 1 where there was none."""
    gone = _write(lambda connection: tokens.remove(connection, name))
    return _said(gone, "Removed.", "token of this name")


def _refuse_wrong(name: str, email: str, telegram: str) -> None:
    if not name.strip() or len(name.strip()) > 120:
        raise WrongUse("A name has between 1 and 120 characters.")
    if not _MAILBOX.fullmatch(email.strip()) or len(email.strip()) > 254:
        raise WrongUse("This is no mail address.")
    if telegram and not (telegram.isascii() and telegram.isdigit() and len(telegram) <= 20):
        raise WrongUse("A Telegram id is a number; the bot's /start tells it.")


def _asked() -> str:
    """The password, typed twice where somebody sits, else one line of standard input."""
    if sys.stdin.isatty():
        typed = getpass.getpass("Password: ")
        if typed != getpass.getpass("Once more: "):
            raise WrongUse("The two passwords differ.")
    else:
        typed = sys.stdin.readline().rstrip("\n")
    problem = passwords.complaint(typed)
    if problem is not None:
        raise WrongUse(problem)
    return typed


def _show_once(what: str, secret: str | None) -> None:
    if secret is not None:
        print(f"{what}, shown this once: {secret}")


def _said(done: bool, sentence: str, missing: str) -> int:
    if not done:
        sys.stderr.write(f"kpbot: There is no {missing}.\n")
        return 1
    print(sentence)
    return 0


def _write(work: Callable[[sa.Connection], T], *, make: bool = False) -> T:
    database = common.database(common.settings(), make=make)
    try:
        return database.write(work)
    finally:
        database.close()


def _read(work: Callable[[sa.Connection], T]) -> T:
    database = common.database(common.settings())
    try:
        return database.read(work)
    finally:
        database.close()
