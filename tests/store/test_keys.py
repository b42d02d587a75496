"""Keys: read from the setting, made, and good only for what they sealed."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpbot.store.keys import (
    KEY_BYTES,
    NONCE_BYTES,
    FieldKey,
    KeyRing,
    Unreadable,
    WrongKey,
    new_key,
    parse_keys,
)

ONE, TWO = FieldKey(1, b"1" * KEY_BYTES), FieldKey(2, b"2" * KEY_BYTES)
PLACE = "records.summary"


@given(st.text())
def test_what_was_sealed_comes_back(text: str) -> None:
    ring = KeyRing((ONE,))
    assert ring.open(ring.seal(text, PLACE), PLACE) == text


def test_a_sealed_value_is_the_key_id_a_nonce_and_more() -> None:
    ring = KeyRing((TWO, ONE))
    first, second = (ring.seal("Sabine Kern", PLACE) for _ in range(2))
    assert first[0] == 2
    assert first[1 : 1 + NONCE_BYTES] != second[1 : 1 + NONCE_BYTES]
    assert b"Sabine" not in first
    assert len(first) == 1 + NONCE_BYTES + len("Sabine Kern") + 16


def test_the_first_key_writes_and_every_key_reads() -> None:
    old = KeyRing((ONE,)).seal("Sabine Kern", PLACE)
    ring = KeyRing((TWO, ONE))
    assert ring.open(old, PLACE) == "Sabine Kern"
    with pytest.raises(Unreadable, match="does not hold key 1"):
        KeyRing((TWO,)).open(old, PLACE)


@pytest.mark.parametrize("at", [1, NONCE_BYTES + 1, -1])
def test_what_was_changed_is_noticed(at: int) -> None:
    sealed = bytearray(KeyRing((ONE,)).seal("Sabine Kern", PLACE))
    sealed[at] ^= 1
    with pytest.raises(Unreadable, match="does not open"):
        KeyRing((ONE,)).open(bytes(sealed), PLACE)


def test_a_value_in_another_column_is_noticed() -> None:
    ring = KeyRing((ONE,))
    with pytest.raises(Unreadable):
        ring.open(ring.seal("Sabine Kern", PLACE), "records.record")


@pytest.mark.parametrize("cut", range(14))
def test_a_value_that_was_cut_is_noticed(cut: int) -> None:
    ring = KeyRing((ONE,))
    with pytest.raises(Unreadable):
        ring.open(ring.seal("Sabine Kern", PLACE)[:cut], PLACE)


def test_a_new_key_is_as_the_setting_takes_it_and_never_the_same() -> None:
    first = new_key()
    (key,) = parse_keys(first)
    assert (key.id, len(key.secret)) == (1, KEY_BYTES)
    assert new_key() != first
    assert [each.id for each in parse_keys(f"{new_key((key,))},{first}")] == [2, 1]
    assert parse_keys(new_key((FieldKey(255, key.secret),)))[0].id == 1


def test_no_setting_is_no_key() -> None:
    assert parse_keys("") == parse_keys(" , ") == ()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("secret", "must be id:base64"),
        ("x:AAAA", "must be id:base64"),
        ("0:AAAA", "between 1 and 255"),
        ("256:AAAA", "between 1 and 255"),
        ("1:*", "no valid base64 for key 1"),
        ("1:AAAA", "holds 3 bytes for key 1"),
        (f"1:{base64.b64encode(ONE.secret).decode()}," * 2, "key 1 twice"),
    ],
)
def test_a_wrong_setting_is_told_without_the_key(setting: str, said: str) -> None:
    with pytest.raises(WrongKey, match=said) as caught:
        parse_keys(setting)
    assert base64.b64encode(ONE.secret).decode() not in str(caught.value)


def test_a_key_is_never_shown() -> None:
    assert "1111" not in repr(ONE)
    assert "1111" not in repr(KeyRing((ONE,)))
