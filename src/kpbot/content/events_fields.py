"""Values that calendar entries and facts are made of, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from kpbot.content.problems import probable
from kpbot.content.strict import Node, Table, Word
from kpbot.content.strict_fields import Fields
from kpbot.events import Texts
from kpbot.model import LANGUAGES, Language

_Id = TypeVar("_Id", bound=str)
_LINK = re.compile(r"https?://[^\s<>\"']{1,1000}")
_MAIL = re.compile(r"[^\s@<>\"']{1,64}@[^\s@<>\"']{1,255}")
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::00)?)?")


def line_of(fields: Fields, key: str) -> int:
    """The line of the key, or of the entry where the key is missing."""
    return fields.table.lines.get(key, fields.table.line)


def optional_word(fields: Fields, key: str) -> str:
    """The word of the key, without its ends; it may be empty or missing."""
    node = fields.get(key)
    return node.text.strip() if isinstance(node, Word) else fields.word(key)


def one_of(fields: Fields, key: str, allowed: tuple[_Id, ...], default: _Id) -> _Id:
    """The word, which must be one of these; the default where it is missing or wrong."""
    word = optional_word(fields, key)
    if not word:
        return default
    return _known(fields, key, word, allowed) or default


def several_of(fields: Fields, key: str, allowed: tuple[_Id, ...]) -> tuple[_Id, ...]:
    """The words of a list, each one of these; wrong ones are left out."""
    found = (_known(fields, key, word, allowed) for word in fields.words(key))
    return tuple(dict.fromkeys(word for word in found if word is not None))


def _known(fields: Fields, key: str, word: str, allowed: Iterable[_Id]) -> _Id | None:
    allowed = tuple(allowed)
    for each in allowed:
        if each == word:
            return each
    sentence = f'"{key}" must be one of {", ".join(allowed)}, not "{word}".'
    fields.reader.complain(line_of(fields, key), sentence, probable(word, allowed))
    return None


def texts(fields: Fields, key: str) -> Texts:
    """The text in the languages it is given in; a language that is empty counts as missing."""
    node = fields.get(key)
    if node is None:
        return {}
    if not isinstance(node, Table):
        sentence = f'"{key}" must give the text by language (de, fr, ar, en).'
        fields.reader.complain(node.line, sentence)
        return {}
    known: dict[str, Language] = {each: each for each in LANGUAGES}
    inner = fields.reader.fields(node, key, known)
    given = {known[name]: optional_word(inner, name) for name in node.nodes if name in known}
    return {language: text for language, text in given.items() if text}


def day(fields: Fields, key: str) -> date | None:
    """The date, if given and right."""
    word = optional_word(fields, key)
    if not word:
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        sentence = f'"{key}" must be a date such as 2027-05-04, not "{word}".'
        fields.reader.complain(line_of(fields, key), sentence)
        return None


def moment(fields: Fields, key: str) -> datetime | None:
    """The instant in UTC, if given and right."""
    word = optional_word(fields, key)
    if not word:
        return None
    try:
        found = datetime.fromisoformat(word)
        return found.astimezone(UTC) if found.tzinfo else _not_aware()
    except ValueError:
        sentence = f'"{key}" must be an instant such as 2027-01-10T12:00:00Z, not "{word}".'
        fields.reader.complain(line_of(fields, key), sentence)
        return None


def _not_aware() -> datetime:
    raise ValueError


def local(fields: Fields, key: str, word: str, line: int) -> tuple[datetime, bool] | None:
    """The local time and whether it is a whole day; None, and a complaint, where it is neither."""
    found = _LOCAL.fullmatch(word)
    try:
        if found:
            whole = found[2] is None
            clock = found[2] or "00:00"
            return datetime.fromisoformat(f"{found[1]}T{clock}"), whole
    except ValueError:
        pass
    sentence = f'"{key}" must be a day or a local time such as 2027-05-04 09:00, not "{word}".'
    fields.reader.complain(line, sentence)
    return None


def span(fields: Fields) -> tuple[datetime, datetime, bool] | None:
    """Start, end (exclusive) and whether it is whole days; None where they are not both right."""
    first, last = optional_word(fields, "start"), optional_word(fields, "end")
    begins = local(fields, "start", first, line_of(fields, "start")) if first else None
    ends = local(fields, "end", last or first, line_of(fields, "end")) if last or first else None
    if begins is None or ends is None:
        return None
    if begins[1] != ends[1]:
        sentence = '"start" and "end" must both be days, or both have a time.'
        fields.reader.complain(line_of(fields, "end"), sentence)
        return None
    end = ends[0] + timedelta(days=1) if ends[1] else ends[0]
    if not last and not ends[1]:
        sentence = '"end" is missing: an event with a time needs both.'
        fields.reader.complain(line_of(fields, "end"), sentence)
        return None
    if end <= begins[0]:
        sentence = "E01: the event ends before it begins."
        fields.reader.complain(line_of(fields, "end"), sentence)
        return None
    return begins[0], end, begins[1]


def link(fields: Fields, key: str) -> str:
    """The web address, or an empty word and a complaint."""
    return _matching(fields, key, _LINK, "an address such as https://example.org/registration")


def mail(fields: Fields, key: str) -> str:
    """The mail address, or an empty word and a complaint."""
    return _matching(fields, key, _MAIL, "a mail address such as events@example.org")


def _matching(fields: Fields, key: str, form: re.Pattern[str], meant: str) -> str:
    word = optional_word(fields, key)
    if not word or form.fullmatch(word):
        return word
    fields.reader.complain(line_of(fields, key), f'E10: "{key}" must be {meant}.')
    return ""


def words_at(fields: Fields, key: str) -> list[tuple[str, int]]:
    """The words of a list with their lines."""
    nodes: list[Node] = fields.items(key)
    return [(fields.reader.word(node, key), node.line) for node in nodes]
