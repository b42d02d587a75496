"""What is stored about a person, what may be kept no longer, and keys for what is stored."""

from __future__ import annotations

import json
import sys
from typing import Any

from kpbot.cli import common
from kpbot.cli.failing import WrongUse


def my_data(*, reference: str, user: str, as_json: bool) -> int:
    """Everything about the person is shown; 1 where nothing is stored. Raises WrongUse."""
    from kpbot.store import conversations, records
    from kpbot.store.access import everything_about

    if bool(reference) == bool(user):
        raise WrongUse("Say whom: either a reference or --user with the person's address.")
    database = common.database(common.settings())

    def collect(connection: Any) -> list[dict[str, Any]]:
        if user:
            found = conversations.find(connection, user)
        else:
            kept = records.get(connection, reference)
            found = [] if kept is None else [kept.conversation]
        return [everything_about(connection, each, internal=True) for each in found]

    try:
        every = database.read(collect)
    finally:
        database.close()
    if not every:
        sys.stderr.write("kpbot: Nothing is stored about this person.\n")
        return 1
    for each in every:
        print(json.dumps(each, ensure_ascii=False) if as_json else "\n".join(_lines(each)))
    return 0


def retention(*, dry: bool, as_json: bool) -> None:
    """What may be kept no longer is gone, and how much of each kind is shown."""
    from kpbot.app import Clock, periods_of, receivers_of
    from kpbot.retention import remove_expired

    settings = common.settings()
    database = common.database(settings)
    try:
        gone = remove_expired(
            database, periods_of(settings), receivers_of(settings), Clock()(), dry=dry
        )
    finally:
        database.close()
    if as_json:
        print(json.dumps(gone))
        return
    word = "would go" if dry else "removed"
    for kind, number in gone.items():
        print(f"{kind.replace('_', ' ')}: {number} {word}")


def new_key() -> None:
    """A fresh key is on standard output, as KPBOT_FIELD_KEY takes it; nothing is kept of it."""
    from kpbot.store.keys import new_key as make

    print(make(common.settings().field_keys))


def rotate_keys() -> None:
    """Every field is encrypted with the first key. Raises WrongUse where there is no key."""
    from kpbot.store.keys import Unreadable
    from kpbot.store.rotation import rotate

    settings = common.settings()
    if not settings.field_keys:
        raise WrongUse("KPBOT_FIELD_KEY holds no key; kpbot key new makes one.")
    database = common.database(settings)
    try:
        changed = rotate(database)
        database.forget()
    except Unreadable as error:
        raise WrongUse(f"Stopped: {error}.") from None
    finally:
        database.close()
    first = settings.field_keys[0].id
    print(f"{changed} fields were encrypted anew; all are under key {first} now.")


def _lines(value: Any, indent: str = "") -> list[str]:
    """JSON values as indented lines for people."""
    if isinstance(value, dict):
        items = [(f"{name}:", each) for name, each in value.items()]
    else:
        items = [("-", each) for each in value]
    lines = []
    for head, each in items:
        if isinstance(each, dict | list) and each:
            lines += [f"{indent}{head}", *_lines(each, indent + "  ")]
        else:
            lines.append(f"{indent}{head} {_plain(each)}")
    return lines


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\n", " / ")
    return json.dumps(value)
