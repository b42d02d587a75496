"""Telephone numbers: digits and a leading plus; no country code is guessed.

Every digit that was typed as part of the number is kept: an extension follows the number it
belongs to, without the word for it. Only the zero in `+49 (0)69` goes: nobody dials it abroad.
"""

from __future__ import annotations

import re
import unicodedata

from kpbot.understand.answers_result import Nearly, Read, Result, Wrong
from kpbot.understand.normalise import ascii_digits

FEWEST, MOST = 6, 15
_LONGEST_TEXT = 300
_MARKS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_EXTENSION = re.compile(
    r"(?<=\d)[\s,.]*(?<![^\W\d_])(?:extension|ext|durchwahl|dw|nebenstelle|apparat|app|poste|x"
    r"|تحويلة|داخلي)(?![^\W\d_])[\s.:]*(?=\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\w)(?:\+\s*)?\(?\+?\d[\d \t\u00a0().\-/·]*(?:(?<=\d)\+(?!\d))?")
_TRUNK_ZERO = re.compile(r"^(\s*\(?\s*(?:\+|00)[\s\d)]*?)\(\s*0\s*\)")
_DATE = re.compile(r"\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\s*|\s*\d{4}-\d{2}-\d{2}\s*")


def read_phone(text: str) -> Result:
    """The number in its ASCII form: digits, with a plus in front if it or 00 was typed."""
    if len(text) > _LONGEST_TEXT:
        return Wrong("phone")
    plain = ascii_digits(unicodedata.normalize("NFKC", _MARKS.sub("", text)))
    plain = _EXTENSION.sub("-", _DASH.sub("-", plain))
    numbers = list(dict.fromkeys(_dialled(found) for found in _written(plain)))
    whole = [number for number in numbers if _length(number) >= FEWEST]
    if len(whole) > 1:
        return Nearly(whole[0], whole[0])
    if not whole:
        return Wrong(_too_short(plain, numbers))
    if _length(whole[0]) > MOST:
        return Wrong("phone_long")
    alone = len(numbers) == 1 and not any(letter.isalpha() for letter in plain)
    return Read(whole[0], exact=alone)


def _written(text: str) -> list[str]:
    return [found[0] for found in _NUMBER.finditer(text) if not _DATE.fullmatch(found[0])]


def _dialled(written: str) -> str:
    """The ASCII form of a written number; a plus at the wrong end (right to left) counts."""
    digits = re.sub(r"\D", "", _TRUNK_ZERO.sub(r"\1", written))
    if "+" in written:
        return "+" + digits.removeprefix("00")
    return "+" + digits[2:] if digits.startswith("00") else digits


def _length(number: str) -> int:
    return len(number.removeprefix("+"))


def _too_short(text: str, numbers: list[str]) -> str:
    """A number is too short if it is all there is or clearly meant as one."""
    if len(numbers) != 1:
        return "phone"
    alone = not any(letter.isalpha() for letter in text)
    return "phone_short" if alone or _length(numbers[0]) > 2 else "phone"
