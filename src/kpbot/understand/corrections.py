"""Taking back an earlier answer in one's own words, and one message that answers two questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from rapidfuzz import fuzz

from kpbot.model import Answered, Commanded, Expectation, Field, Happening, Language, Part, Value
from kpbot.understand.answers import Read, Vocabulary, read
from kpbot.understand.normalise import normalise


class Words(Protocol):
    """The words that open corrections and ask for changes."""

    @property
    def corrections(self) -> tuple[str, ...]:
        """Normalised words that open a correction, longest first."""

    @property
    def changes(self) -> frozenset[str]:
        """Normalised words that ask for a change."""

    @property
    def commands(self) -> Mapping[str, tuple[str, str]]:
        """Normalised service words."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The bot's own words."""


PATCH_SIMILARITY = 70
"""From this `fuzz.ratio` on, a word replaces the part of an address it resembles."""

_LONG = 12
"""Words from which on a text is no correction but a text of its own."""


def correction(text: str, expected: Expectation, words: Words) -> Happening | None:
    """The corrected answer, or the wish to change one; None where nothing is taken back."""
    plain = normalise(text)
    if not expected.answered or len(plain.split()) > _LONG:
        return None
    named = _named_change(text, plain, expected, words)
    return named or _last_changed(text, plain, expected, words)


def parts_beside(value: Value, field: Field, expected: Expectation) -> list[Part]:
    """What the first words of a name tell besides: "Stadt …" answers which kind of body it is.

    Only where exactly one option of exactly one open question is called so.
    """
    if field.type != "place" or not isinstance(value, str):
        return []
    words = normalise(value).split()
    found = {
        (other.id, option.id)
        for other in expected.open
        if other.type == "choice"
        for option in other.options
        for count in (1, 2)
        if len(words) > count and " ".join(words[:count]) in _option_words(option.words)
    }
    if len(found) != 1:
        return []
    question, choice = next(iter(found))
    return [Part(question, choice, "")]


def _named_change(text: str, plain: str, expected: Expectation, words: Words) -> Happening | None:
    """ "email wrong, …", "change phone": a question is named and a change is asked for."""
    asks = [word for word in plain.split() if word in words.changes]
    free = expected.field is not None and expected.field.type == "text"
    begins = bool(asks) and plain.split(maxsplit=1)[0] == asks[0]
    if (
        not asks
        or (expected.mode != "review" and not _strong(asks, words))
        or (free and not begins)
    ):
        return None
    field, name = _named_field(plain, expected)
    if field is None:
        return None
    rest = _without(text, {*name.split(), *words.changes})
    if not rest:
        return Commanded("change", field.id)
    return _corrected(rest, field, expected.language, words) or Commanded("change", field.id)


def _last_changed(text: str, plain: str, expected: Expectation, words: Words) -> Happening | None:
    """ "sorry, it is …": the last answer is said anew; "sorry, what is …?" asks."""
    opening = next((word for word in words.corrections if _opens(plain, word)), None)
    if opening is None or text.rstrip().endswith(("?", "؟")):
        return None
    rest = _without_opening(text, opening)
    follows = sorted({*words.corrections, *words.changes}, key=len, reverse=True)
    rest = _without_opening(rest, next((w for w in follows if _opens(normalise(rest), w)), ""))
    return _corrected(rest, expected.answered[0], expected.language, words) if rest else None


def _corrected(rest: str, field: Field, language: Language, words: Words) -> Answered | None:
    if field.type == "email" and isinstance(field.value, str) and "@" not in rest:
        patched = _patched_address(field.value, rest)
        return Answered((Part(field.id, patched, rest),)) if patched else None
    result = read(rest, field, language, words.vocabulary)
    if isinstance(result, Read) and result.other is None:
        return Answered((Part(field.id, result.value, rest),), result.cut)
    return None


def _patched_address(address: str, rest: str) -> str | None:
    """The address with the part that `rest` resembles replaced by it."""
    word = rest.strip(" .,;:!").casefold()
    local, _, domain = address.rpartition("@")
    name, dot, ending = domain.partition(".")
    if not re.fullmatch(r"[\w.-]+", word):
        return None
    if "." in word and fuzz.ratio(word, domain) >= PATCH_SIMILARITY:
        return f"{local}@{word}"
    if "." not in word and fuzz.ratio(word, name) >= PATCH_SIMILARITY:
        return f"{local}@{word}{dot}{ending}"
    if fuzz.ratio(word, local.casefold()) >= PATCH_SIMILARITY:
        return f"{word}@{domain}"
    return None


def _named_field(plain: str, expected: Expectation) -> tuple[Field | None, str]:
    best: tuple[Field | None, str] = (None, "")
    for field in expected.answered:
        for name in map(normalise, field.names):
            if f" {name} " in f" {plain} " and len(name) > len(best[1]):
                best = (field, name)
    return best


def _strong(asks: list[str], words: Words) -> bool:
    """Whether one of the words is itself the service word for changing."""
    return any(words.commands.get(word, ("", ""))[0] == "change" for word in asks)


def _opens(plain: str, word: str) -> bool:
    return bool(word) and plain.startswith(f"{word} ")


def _without(text: str, dropped: set[str]) -> str:
    kept = [
        token
        for token in text.split()
        if not set(re.split(r"[-\s]", normalise(token))) <= dropped and normalise(token)
    ]
    return " ".join(kept).strip(" ,;:.-–")


def _without_opening(text: str, opening: str) -> str:
    """The text after the words whose normalised form is `opening`."""
    tokens = text.split()
    for count in range(1, len(tokens) + 1):
        if opening and normalise(" ".join(tokens[:count])) == opening:
            return " ".join(tokens[count:]).strip(" ,;:.-–")
        joined = normalise(" ".join(tokens[:count]))
        if opening and joined.startswith(f"{opening} "):
            return _split_elision(" ".join(tokens[:count]), opening, tokens[count:])
    return text


def _split_elision(head: str, opening: str, rest: list[str]) -> str:
    """ "c'est" and the like end inside a token: what stands after the apostrophe is kept."""
    tail = head
    while tail and normalise(head[: len(head) - len(tail)]) != opening:
        tail = tail[1:]
    return " ".join([tail, *rest]).strip(" ,;:.-–'’")


def _option_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(normalise, words))
