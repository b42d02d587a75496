"""Columns that are encrypted where the operator gave keys; what was written before stays readable.

The keys belong to an engine. A sealed value is text that begins with a mark no written text begins
with, so plain and sealed values stand in one column, and keys may come, change and go.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from kpbot.store.keys import KeyRing, NoKey, Unreadable

SEALED = "\x01"
"""How a sealed value begins; control characters are taken out of all that people write."""
PLAIN = "\x02"
"""How a plain value begins that would otherwise begin with one of the two marks."""

_rings: WeakKeyDictionary[Dialect, KeyRing] = WeakKeyDictionary()
"""The keys of each engine, by its dialect: that is what a column's type is handed."""


def give_keys(engine: sa.Engine, ring: KeyRing | None) -> None:
    """What the engine writes from now on is sealed under the ring's first key; None: plain."""
    if ring is None:
        _rings.pop(engine.dialect, None)
    else:
        _rings[engine.dialect] = ring


def ring_of(dialect: Dialect) -> KeyRing | None:
    """The keys of the engine; None: it has none."""
    return _rings.get(dialect)


def key_of(stored: object) -> int | None:
    """The number of the key a stored value is sealed under; None: it is plain.

    Raises Unreadable.
    """
    if not isinstance(stored, str) or not stored.startswith(SEALED):
        return None
    return _bytes(stored)[0]


class EncryptedText(sa.TypeDecorator[str]):
    """Text that nobody reads without a key."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, place: str) -> None:
        """`place`: the column as `table.column`; a value is good in this column only."""
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The value as it is stored."""
        return None if value is None else _sealed(value, self.place, dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The value as it was given. Raises Unreadable."""
        return None if value is None else _opened(value, self.place, dialect)


class EncryptedJSON(sa.TypeDecorator[Any]):
    """A JSON object that nobody reads without a key; sealed, the column holds a JSON string."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, place: str) -> None:
        """`place`: as for EncryptedText."""
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The object, or the string it is sealed in."""
        if value is None or ring_of(dialect) is None:
            return value
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return _sealed(text, self.place, dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The object as it was given. Raises Unreadable."""
        if not isinstance(value, str) or not value.startswith(SEALED):
            return value
        return json.loads(_opened(value, self.place, dialect))


def as_stored(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """The column's values as they are stored, sealed or not."""
    plain = sa.JSON() if isinstance(column.type, EncryptedJSON) else sa.Text()
    return sa.type_coerce(column, plain).label(column.name)


def opened(column: sa.Column[Any], stored: Any, dialect: Dialect) -> Any:
    """A value that was read as it is stored, as it was given. Raises Unreadable."""
    assert isinstance(column.type, EncryptedText | EncryptedJSON)  # noqa: S101 (only those are)
    return column.type.process_result_value(stored, dialect)


def _sealed(text: str, place: str, dialect: Dialect) -> str:
    ring = ring_of(dialect)
    if ring is not None:
        return SEALED + base64.b64encode(ring.seal(text, place)).decode()
    return PLAIN + text if text.startswith((SEALED, PLAIN)) else text


def _opened(stored: str, place: str, dialect: Dialect) -> str:
    if stored.startswith(PLAIN):
        return stored[1:]
    if not stored.startswith(SEALED):
        return stored
    ring = ring_of(dialect)
    if ring is None:
        raise NoKey(f"{place} is encrypted, and KPBOT_FIELD_KEY holds no key")
    return ring.open(_bytes(stored), place)


def _bytes(stored: str) -> bytes:
    try:
        sealed = base64.b64decode(stored[len(SEALED) :], validate=True)
    except binascii.Error:
        raise Unreadable("a sealed value was changed") from None
    if not sealed:
        raise Unreadable("a sealed value was changed")
    return sealed
