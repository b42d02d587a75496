"""Facts the operator fills in: amounts, deadlines and dates, each with its source and its end.

Until one is given, and again when it has run out, the bot says that an advisor will tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kpbot.content import events_fields as values
from kpbot.content.faq import INTENTS
from kpbot.content.problems import Problem, probable
from kpbot.content.strict import read
from kpbot.content.strict_fields import Fields, Reader
from kpbot.events import Texts
from kpbot.model import LANGUAGES, Language

FACTS_FILE = "facts.yaml"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the operator states about one intent, for a time."""

    intent: str
    text: Texts
    """A sentence by language; `{value}` stands for the value with its unit."""
    value: str
    unit: Texts
    source: str
    as_of: date
    valid_until: date
    """Last day on which it may be stated."""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    def holds(self, today: date) -> bool:
        """Whether it may be stated on that day."""
        return self.as_of <= today <= self.valid_until


def load_facts(faq_folder: Path) -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    """Every sound fact, and what is wrong; no file, or one of comments only, is no problem."""
    path = faq_folder / FACTS_FILE
    problems: list[Problem] = []
    if not path.exists():
        return (), ()
    root = read(path, problems)
    reader = Reader(str(path), problems)
    required = ("intent", "source", "as_of", "valid_until")
    entries = [
        reader.fields(node, "fact", ("text", "value", "unit"), required)
        for node in reader.items(root, "entries")
    ]
    facts = [fact for fields in entries if (fact := _fact(fields)) is not None]
    return tuple(facts), tuple(sorted(problems))


def _fact(fields: Fields) -> Fact | None:
    intent = fields.word("intent").strip()
    if intent and intent not in INTENTS:
        sentence = f'A01: there is no intent "{intent}".'
        line = values.line_of(fields, "intent")
        fields.reader.complain(line, sentence, probable(intent, INTENTS))
        return None
    text, unit = values.texts(fields, "text"), values.texts(fields, "unit")
    value = values.optional_word(fields, "value")
    as_of, valid_until = values.day(fields, "as_of"), values.day(fields, "valid_until")
    source = fields.word("source").strip()
    if not text and not value:
        fields.reader.complain(fields.table.line, 'A02: the fact needs "text" or "value".')
        return None
    if not intent or not source or as_of is None or valid_until is None:
        return None
    file, line = fields.reader.file, fields.table.line
    return Fact(intent, text, value, unit, source, as_of, valid_until, file, line)


def check_facts(facts: Iterable[Fact], today: date | None = None) -> Iterator[Problem]:
    """A02 to A04: languages and placeholders, dates, and two facts for one day."""
    kept = tuple(facts)
    for number, fact in enumerate(kept):
        yield from _texts_whole(fact)
        if fact.valid_until < fact.as_of:
            yield Problem(fact.file, fact.line, 'A03: "valid_until" lies before "as_of".')
        elif today is not None and fact.valid_until < today:
            sentence = f'A03: the fact on "{fact.intent}" has run out: renew it, or take it out.'
            yield Problem(fact.file, fact.line, sentence)
        for other in kept[:number]:
            if other.intent == fact.intent and _overlap(fact, other):
                sentence = f'A04: "{fact.intent}" is stated for the same days in line {other.line}.'
                yield Problem(fact.file, fact.line, sentence)


def _texts_whole(fact: Fact) -> Iterator[Problem]:
    for name, given in (("text", fact.text), ("unit", fact.unit)):
        for language in LANGUAGES:
            if given and language not in given:
                sentence = f'A02: "{name}" is missing in "{language}".'
                yield Problem(fact.file, fact.line, sentence)
    for language, text in fact.text.items():
        unknown = set(_PLACEHOLDER.findall(text)) - {"value"}
        lonely = re.search("[{}]", _PLACEHOLDER.sub("", text))
        if unknown or lonely or ("{value}" in text and not fact.value):
            sentence = f'A02: a placeholder of "text.{language}" has nothing to stand for.'
            yield Problem(fact.file, fact.line, sentence)


def _overlap(one: Fact, other: Fact) -> bool:
    return one.as_of <= other.valid_until and other.as_of <= one.valid_until


def facts_for(facts: Iterable[Fact], intent: str, today: date) -> Fact | None:
    """What may be stated about the intent on that day: of several the latest; None: nothing."""
    holding = (fact for fact in facts if fact.intent == intent and fact.holds(today))
    return max(holding, key=lambda fact: fact.as_of, default=None)


def fact_text(fact: Fact, language: Language) -> str:
    """The fact as it is said in the language; empty where it has no words for it."""
    value = " ".join(part for part in (fact.value, fact.unit.get(language, "")) if part)
    if not fact.text:
        return value if not fact.unit or language in fact.unit else ""
    return fact.text.get(language, "").replace("{value}", value)
