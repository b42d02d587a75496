"""The number a text names, in digits or words, in four languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kpbot.understand.answers_number_words import (
    APPROXIMATIONS,
    ARTICLES,
    BETWEEN,
    JOINS,
    PERSONS,
    Kind,
    Token,
    token_of,
)
from kpbot.understand.normalise import ascii_digits

_SIGNS = str.maketrans({"٫": ",", "٬": "'", "،": ",", "’": "'", "−": "-", "–": "-", "—": "-"})
_TOKEN = re.compile(r"[^\W\d_]+\d\w*|\d+(?:[.,']\d+| \d{3}(?!\d))*|[^\W\d_]+|\S")
_NEGATIVE = re.compile(
    r"(?:^|[\s(:])-(?=\d)|\b(?:minus|negativ)\b|\b(?:moins|ناقص|سالب)\s+(?=\d)", re.IGNORECASE
)
_YEAR_BESIDE = re.compile(
    r"[(\[][^()\[\]]*\b(?:19|20)\d\d\b[^()\[\]]*[)\]]"
    r"|\b(?:stand|jahr|im|in|seit|en|depuis|année|as of|since|year|census|recensement|سنة|عام|في)"
    r"\s*:?\s*(?:19|20)\d\d\b(?![.,' ]\d{3})",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"([1-9]\d{0,2})(?:([.,' ])\d{3})(?:\2\d{3})*(?:(?!\2)[.,](\d+))?")
_DECIMAL = re.compile(r"(\d{1,200})(?:[.,](\d{1,200}))?")
_ARABIC_AND = re.compile(r"\bو(?=\d)")
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Number:
    """The one number of a text."""

    value: int
    bare: bool
    """Nothing stands beside it but words such as `about`."""


def number_in(text: str) -> Number | None:
    """The one whole number the text names; none where it names none, several, or part of one."""
    plain = ascii_digits(unicodedata.normalize("NFKC", text)).translate(_SIGNS).casefold()
    plain = _ARABIC_AND.sub("و ", plain)
    if _NEGATIVE.search(plain) or "%" in plain or "٪" in plain:
        return None
    dated = _YEAR_BESIDE.sub(" ", plain)
    tokens = _tokens(dated) if any(sign.isalnum() for sign in dated) else []
    found = _values(tokens)
    if not found and dated != plain:
        tokens, dated = _tokens(plain), plain
        found = _values(tokens)
    if found is None or len(found) > 1:
        return None
    others = {token.text for token in tokens if token.kind is Kind.WORD}
    if not found:
        return Number(1, bare=others <= ARTICLES) if _is_one(others) else None
    if found[0].denominator != 1:
        return None
    return Number(int(found[0]), bare=others <= APPROXIMATIONS | ARTICLES and dated == plain)


def _tokens(text: str) -> list[Token]:
    return [token for found in _TOKEN.finditer(text) for token in token_of(found[0])]


def _is_one(words: set[str]) -> bool:
    """`eine Person`, `une`: the article is the number where nothing else is said."""
    return bool(words & ARTICLES) and words <= ARTICLES | PERSONS


def _values(tokens: list[Token]) -> list[Fraction] | None:
    """Every number of the text in order; None where one cannot be read or only a span is named."""
    if any(token.text in BETWEEN for token in tokens):
        return None
    values: list[Fraction] = []
    for run in _runs(tokens):
        read = _Reading()
        for token in run:
            if not read.take(token):
                return None
        values += read.finished()
    return values


def _runs(tokens: list[Token]) -> Iterator[list[Token]]:
    """Tokens that may belong to one number: joining words and hyphens do not part them."""
    run: list[Token] = []
    for token in tokens:
        if token.kind is Kind.WORD and token.text not in JOINS and token.text not in ARTICLES:
            yield run
            run = []
        elif token.kind is not Kind.WORD or run:
            run.append(token)
    yield run


class _Reading:
    """Numbers put together from tokens, one after the other."""

    def __init__(self) -> None:
        self._values: list[Fraction] = []
        self._start()

    def _start(self) -> None:
        self._total = Fraction(0)
        self._current: Fraction | None = None
        self._room = Fraction(10**30)
        """What is added must be smaller."""
        self._scale = 1
        self._joined = ""
        self._written = ""

    def take(self, token: Token) -> bool:
        """The token is part of the number or begins another; false where it makes no sense."""
        match token.kind:
            case Kind.NUMERAL:
                return self._numeral(token.text)
            case Kind.ADD:
                self._add(token.value)
            case Kind.PART:
                self._part(token.value)
            case Kind.HUNDRED | Kind.SCALE | Kind.PLURAL:
                return self._multiply(token)
            case Kind.WORD:
                self._word(token.text)
                return True
        self._joined = ""
        return True

    def finished(self) -> list[Fraction]:
        """The numbers that were found."""
        self._flush()
        return self._values

    def _flush(self) -> None:
        if self._current is not None or self._total:
            self._values.append(self._total + (self._current or 0))
        self._start()

    def _word(self, text: str) -> None:
        if text in JOINS:
            self._joined = text
        elif self._joined and text in {"un", "une"} and 10 <= self._room <= 20:
            self._add(Fraction(1))  # vingt et un
            self._joined = ""

    def _numeral(self, text: str) -> bool:
        value = _numeral(text)
        if value is None:
            return False
        fits = self._total and self._current is None and value < self._room
        if not fits:
            self._flush()
        self._current, self._room, self._written = value, Fraction(0), text
        self._joined = ""
        return True

    def _add(self, value: Fraction) -> None:
        current = self._current
        if value == 20 and current == 4 and self._joined in {"", "-"} and not self._written:
            self._current, self._room = Fraction(80), Fraction(20)  # quatre-vingts
        elif current is None and value < self._room:
            self._current, self._room = value, _room(value)
        elif current is not None and value < self._room:
            self._current, self._room = current + value, _room(value)
        elif self._is_arabic_ten(value):
            self._current, self._room = (current or 0) + value, Fraction(1)
        else:
            self._flush()
            self._current, self._room = value, _room(value)

    def _is_arabic_ten(self, value: Fraction) -> bool:
        """`خمسة وعشرون`: the unit stands before the ten."""
        unit = (self._current or Fraction(0)) % 100
        return self._joined == "و" and 0 < unit < 10 and value % 10 == 0 and 20 <= value < 100

    def _part(self, value: Fraction) -> None:
        if self._current is None and self._total:
            self._total += value * self._scale  # a million and a half
        else:
            self._current = (self._current or 0) + value
        self._room = Fraction(0)

    def _multiply(self, token: Token) -> bool:
        if token.kind is Kind.PLURAL and self._current is None:
            return False
        factor = int(token.value)
        if self._current is not None and self._current >= factor:
            self._flush()
        if self._total and factor >= self._scale > 1:
            self._flush()
        base = Fraction(1) if self._current is None else self._current
        if factor >= _MILLION and re.fullmatch(r"\d{1,3}[.,]\d{3}", self._written):
            base /= 1000  # 1.250 million
        if token.kind is Kind.HUNDRED:
            self._current, self._room = base * factor, Fraction(factor)
        else:
            self._total, self._current = self._total + base * factor, None
            self._room, self._scale = Fraction(factor), factor
        self._written = self._joined = ""
        return True


def _room(value: Fraction) -> Fraction:
    """What may still be added to such a word: units to tens, tens to hundreds …"""
    for step in (_MILLION, 1000, 100):
        if value >= step:
            return Fraction(step)
    if value in {60, 80}:  # soixante-dix, quatre-vingt-dix
        return Fraction(20)
    return Fraction(10 if value >= 20 or value == 10 else 0)


def _numeral(text: str) -> Fraction | None:
    """The number the digits stand for: groups of three are thousands in every language."""
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        part = grouped[3] or ""
        whole = text[: -len(part) - 1] if part else text
        return Fraction(f"{re.sub('[^0-9]', '', whole)}.{part or 0}")
    decimal = _DECIMAL.fullmatch(text)
    return Fraction(f"{decimal[1]}.{decimal[2] or 0}") if decimal else None
