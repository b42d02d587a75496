"""Keys under which fields are kept encrypted: AES-256-GCM, the first key writes, all of them read.

A sealed value is one byte for the key's id, twelve random ones (the nonce), then cipher text and
tag. Where the value stands, as `table.column`, is authenticated with it.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass, field

KEY_BYTES = 32
NONCE_BYTES = 12
HIGHEST_ID = 255


class WrongKey(ValueError):  # noqa: N818 (it is a sentence for the operator)
    """The setting names no usable keys: the sentence says what is wrong, and never a key."""


class Unreadable(Exception):  # noqa: N818 (it is what the value is)
    """A sealed value cannot be opened: its key is not here, or it was changed or moved."""


class NoKey(Unreadable):
    """The key is not here: with it the value could be opened."""


@dataclass(frozen=True, slots=True)
class FieldKey:
    """A key and the number it is known by."""

    id: int
    secret: bytes = field(repr=False)


class KeyRing:
    """Seals with the first key, opens with any of them."""

    def __init__(self, keys: tuple[FieldKey, ...]) -> None:
        """At least one key."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 (only where there are keys)
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        self.first = keys[0].id
        self._ciphers = {key.id: AESGCM(key.secret) for key in keys}
        self._invalid = InvalidTag

    def __contains__(self, id_: int) -> bool:
        return id_ in self._ciphers

    def seal(self, text: str, place: str) -> bytes:
        """The text, sealed for this place under the first key."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._ciphers[self.first].encrypt(nonce, text.encode(), place.encode())
        return bytes([self.first]) + nonce + sealed

    def open(self, sealed: bytes, place: str) -> str:
        """The text that was sealed for this place. Raises Unreadable."""
        cipher = self._ciphers.get(sealed[0]) if sealed else None
        if cipher is None:
            number = sealed[0] if sealed else 0
            raise NoKey(f"{place}: KPBOT_FIELD_KEY does not hold key {number}")
        nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, rest, place.encode()).decode()
        except (self._invalid, ValueError):
            raise Unreadable(f"{place}: key {sealed[0]} does not open a value") from None


def parse_keys(setting: str) -> tuple[FieldKey, ...]:
    """The keys of `id:base64,id:base64`, the one that writes first; none of an empty setting.

    Raises WrongKey.
    """
    keys = tuple(_parsed(part.strip()) for part in setting.split(",") if part.strip())
    ids = [key.id for key in keys]
    twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if twice is not None:
        raise WrongKey(f"names key {twice} twice; each key needs a number of its own")
    return keys


def new_key(others: tuple[FieldKey, ...] = ()) -> str:
    """A fresh key as the setting takes it, under the number after the highest of the others."""
    free = (id_ for id_ in range(1, HIGHEST_ID + 1) if id_ > max((k.id for k in others), default=0))
    taken = {key.id for key in others}
    id_ = next(free, None) or next(n for n in range(1, HIGHEST_ID + 1) if n not in taken)
    return f"{id_}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _parsed(part: str) -> FieldKey:
    number, colon, encoded = part.partition(":")
    if not colon or not number.isascii() or not number.isdecimal():
        raise WrongKey("must be id:base64, several with commas between; kpbot key new makes one")
    if not 1 <= int(number) <= HIGHEST_ID:
        raise WrongKey(f"has a key id that is not between 1 and {HIGHEST_ID}")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise WrongKey(f"has no valid base64 for key {int(number)}") from None
    if len(secret) != KEY_BYTES:
        raise WrongKey(
            f"holds {len(secret)} bytes for key {int(number)}; a key has {KEY_BYTES}: "
            "kpbot key new makes one"
        )
    return FieldKey(int(number), secret)
