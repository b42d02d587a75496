"""Several of the options in one message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kpbot.model import Field, Language
from kpbot.understand.answers_choice import OTHER_LENGTH, label_of
from kpbot.understand.answers_lexicon import Lexicon, contained, exact, lexicon, misspelt
from kpbot.understand.answers_result import Nearly, Read, Result, Vocabulary, Wrong
from kpbot.understand.answers_text import clean, has_letter
from kpbot.understand.answers_words import Tokens, bare, clauses_of, tokens_of, without_fillers

_LONGEST = 400
_LISTED = re.compile(r"[,;،؛\n|•]+")
_JOINED = re.compile(
    r"\s*[&+/]\s*|\s+(?:und|u\.?|sowie|oder|bzw\.?|et|ainsi\ que|ou|and|as\ well\ as|or|plus"
    r"|و|أو|او|w)\s+",
    re.IGNORECASE | re.VERBOSE,
)
_BULLET = re.compile(r"^\s*(?:\(?\d{1,2}[.)]\s+|[-–—*·]\s*)")
_ATTACHED = re.compile(r"(?<=\s)و(?=\w{3})")
_ONLY_JOINS = re.compile(
    r"^(?:und|oder|et|ou|and|or|و|أو|او|aber|mais|but)(?:\s+|$)", re.IGNORECASE
)
_COMMA = {"ar": "، "}


@dataclass(slots=True)
class _Heard:
    """What was understood so far."""

    named: set[str] = field(default_factory=set)
    guessed: set[str] = field(default_factory=set)
    rest: list[str] = field(default_factory=list)
    exact: bool = True


def read_choices(text: str, field: Field, language: Language, vocabulary: Vocabulary) -> Result:
    """The options the text names, in the order of the field."""
    cleaned = clean(text)
    if len(cleaned) > _LONGEST:
        return Wrong("choice")
    words = lexicon(field.options, vocabulary)
    heard = _Heard()
    for part in _parts(cleaned, words, vocabulary):
        _hear(part, words, vocabulary, heard)
    if not heard.named and not heard.guessed:
        return _unknown(cleaned, heard, field)
    return _settled(heard, field, language)


def _parts(text: str, words: Lexicon, vocabulary: Vocabulary) -> Iterator[str]:
    """The listed parts, and those parts of them that joining words set apart.

    A label that contains such a word itself (`Seminar or event`) stays whole.
    """
    if exact(words, tokens_of(text), vocabulary) is not None:
        yield text
        return
    for listed in _LISTED.split(text):
        item = _ONLY_JOINS.sub("", _BULLET.sub("", listed).strip())
        if exact(words, tokens_of(item), vocabulary) is not None:
            yield item
        else:
            yield from _JOINED.split(_detached(item, words))


def _detached(text: str, words: Lexicon) -> str:
    """The text with an Arabic `and` written apart where a known word or an article follows."""

    def apart(found: re.Match[str]) -> str:
        following = tokens_of(text[found.end() :].split(maxsplit=1)[0])
        first = following[0] if following else ""
        return "و " if bare(first) != first or first in words.openings else "و"

    return _ATTACHED.sub(apart, text)


def _hear(part: str, words: Lexicon, vocabulary: Vocabulary, heard: _Heard) -> None:
    """One part is understood: named options, a guess, something denied, or the person's words."""
    tokens = tokens_of(part)
    if not without_fillers(tokens, vocabulary) and tokens not in words.whole:
        return
    named = exact(words, tokens, vocabulary)
    if named is not None:
        heard.named.add(named)
        return
    heard.exact = False
    clauses = clauses_of(part)
    hits = contained(words, clauses)
    options = {hit.phrase.option for hit in hits if not hit.denied and not hit.phrase.near}
    near = {hit.phrase.option for hit in hits if not hit.denied and hit.phrase.near}
    if options:
        heard.named |= options
    elif near:
        heard.guessed |= near
    elif not hits:
        _guess(part, clauses, words, vocabulary, heard)


def _guess(
    part: str, clauses: Tokens, words: Lexicon, vocabulary: Vocabulary, heard: _Heard
) -> None:
    guess = misspelt(words, without_fillers(clauses, vocabulary))
    if guess is not None:
        heard.guessed.add(guess)
    elif part.strip():
        heard.rest.append(part.strip())


def _unknown(text: str, heard: _Heard, field: Field) -> Result:
    """Nothing was understood: the person's own words, if there is room for them."""
    kept = field.other is not None and has_letter("".join(heard.rest)) and len(text) <= OTHER_LENGTH
    return Read((field.other or "",), exact=False, other=text) if kept else Wrong("choice")


def _settled(heard: _Heard, field: Field, language: Language) -> Result:
    """The options found, checked; a suggestion where some of it is a guess or lost."""
    rest = ", ".join(part for part in heard.rest if has_letter(part))
    options = heard.named | heard.guessed
    own_words = bool(rest) and field.other is not None and len(rest) <= OTHER_LENGTH
    if own_words and field.other is not None:
        options = options | {field.other}
    value = tuple(option.id for option in field.options if option.id in options)
    problem = _refused(value, field)
    if problem is not None:
        return problem
    if heard.guessed or (rest and not own_words):
        return Nearly(value, _labels(value, field, language))
    return Read(value, exact=heard.exact and not rest, other=rest if own_words else None)


def _refused(value: tuple[str, ...], field: Field) -> Wrong | None:
    alone = [option for option in value if option in field.exclusive]
    if alone and len(value) > 1:
        return Wrong("alone", {"value": label_of(alone[0], field.options)})
    if field.minimum is not None and len(value) < field.minimum:
        return Wrong("few", {"min": str(field.minimum)})
    if field.maximum is not None and len(value) > field.maximum:
        return Wrong("many", {"max": str(field.maximum)})
    return None


def _labels(value: Iterable[str], field: Field, language: Language) -> str:
    comma = _COMMA.get(language, ", ")
    return comma.join(label_of(option, field.options) for option in value)
