"""F01 to F07: what is wrong with the FAQ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpbot.content.checks_content import LANGUAGE_NAMES, Content
from kpbot.content.faq import INTENTS, FaqEntry
from kpbot.content.problems import Problem, probable
from kpbot.model import LANGUAGES, Language
from kpbot.understand.normalise import ascii_digits, normalise

SOURCED_NUMBERS = frozenset({"2024", "2030", "17"})
"""The only numbers the sources give: since 2024, the Agenda 2030, its 17 goals."""
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")


def entries_missing(content: Content) -> Iterator[Problem]:
    """F01: a language lacks an entry that must be there or that another language has."""
    if not content.faq_folder:
        return
    everywhere = {entry.id for entry in content.faq if not entry.in_scope} | set(INTENTS)
    for language in LANGUAGES:
        here = {entry.id for entry in content.faq if entry.language == language}
        for name in sorted(everywhere - here):
            sentence = f'F01: the {LANGUAGE_NAMES[language]} entry "{name}" is missing.'
            yield Problem(f"{content.faq_folder}/{language}", 1, sentence)


def entries_unknown(content: Content) -> Iterator[Problem]:
    """F02: an id that nobody measures; only what is out of scope may have an id of its own."""
    for entry in content.faq:
        if entry.in_scope and entry.id not in INTENTS:
            sentence = f'F02: "{entry.id}" is not one of the {len(INTENTS)} ids.'
            yield Problem(entry.file, entry.line, sentence, probable(entry.id, INTENTS))


def entries_twice(content: Content) -> Iterator[Problem]:
    """F03: an id stands twice in one language."""
    first: dict[tuple[Language, str], FaqEntry] = {}
    for entry in content.faq:
        other = first.setdefault((entry.language, entry.id), entry)
        if other is not entry:
            sentence = f'F03: "{entry.id}" stands already in {other.file}:{other.line}.'
            yield Problem(entry.file, entry.line, sentence)


def languages_agree(content: Content) -> Iterator[Problem]:
    """F04: what is known, its source or its scope differs between languages."""
    first: dict[str, FaqEntry] = {}
    for entry in sorted(content.faq, key=lambda entry: LANGUAGES.index(entry.language)):
        other = first.setdefault(entry.id, entry)
        for key in ("known", "source", "in_scope"):
            here, there = getattr(entry, key), getattr(other, key)
            if here != there:
                sentence = (
                    f'F04: "{key}" of "{entry.id}" is "{here}", '
                    f'in {LANGUAGE_NAMES[other.language]} it is "{there}".'
                )
                yield Problem(entry.file, entry.line, sentence)


def numbers_sourced(content: Content) -> Iterator[Problem]:
    """F05: an answer names an amount, a share, a date or a year that no source gives."""
    for entry in content.faq:
        for number in _NUMBER.findall(ascii_digits(entry.answer)):
            if number not in SOURCED_NUMBERS:
                sentence = f'F05: the answer of "{entry.id}" names {number}; no source gives it.'
                yield Problem(entry.file, entry.line, sentence)


def phrases_apart(content: Content) -> Iterator[Problem]:
    """F06: the same question stands for two entries of one language."""
    first: dict[tuple[Language, str], FaqEntry] = {}
    for entry in content.faq:
        for question in entry.questions:
            other = first.setdefault((entry.language, normalise(question)), entry)
            if other.id != entry.id:
                sentence = f'F06: "{question}" stands for "{entry.id}" and for "{other.id}".'
                yield Problem(entry.file, entry.line, sentence)


def asked_known(content: Content) -> Iterator[Problem]:
    """F07: a real question means an entry that there is not."""
    known = {entry.id for entry in content.faq}
    for asked in content.asked:
        if asked.id is not None and asked.id not in known:
            sentence = f'F07: no entry is called "{asked.id}".'
            yield Problem(asked.file, asked.line, sentence, probable(asked.id, known))
