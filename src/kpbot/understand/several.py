"""One message that answers several open questions: only what is said exactly and unmistakably.

The message is searched for cues, words that introduce an answer to a question ("we are", "looking
for a partner", "on the topic of"). What a cue introduces is an answer to its question and to no
other; a word without a cue counts only where the whole message is a list of plain answers. Where
something is denied, supposed or contradicts itself, it is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpbot.model import Expectation, Field, Part
from kpbot.understand.answers import Read, read
from kpbot.understand.corrections import parts_beside
from kpbot.understand.several_beside import (
    BESIDE,
    GROUP_QUESTIONS,
    Words,
    group_of,
    open_fields,
    place_beside,
)
from kpbot.understand.several_contact import with_address
from kpbot.understand.several_options import (
    Said,
    introduced,
    part_of,
    phrases_of,
    said_at,
    surely,
    whole,
)
from kpbot.understand.several_places import (
    Name,
    country_after,
    first_name,
    is_option,
    name_after,
)
from kpbot.understand.several_words import (
    Met,
    Word,
    cues_by_word,
    cues_in,
    doubts,
    thoughts,
    words_in,
)

MOST_WORDS = 60
"""A longer message is a story, and stories are read by people."""
_MOST_LETTERS = 500
_CHOICES = frozenset({"choice", "choices"})


def several(text: str, expected: Expectation, known: Words) -> tuple[Part, ...]:
    """The answers the message gives to two or more open questions; else none."""
    field = expected.field
    if field is None or len(text) > _MOST_LETTERS or "?" in text or "؟" in text:
        return ()
    if field.type == "consent":
        return ()  # nothing is kept before it
    if "@" in text:
        return with_address(text, field, expected, known.vocabulary)
    if field.type == "text":
        return ()
    words = words_in(text)
    if not 1 < len(words) <= MOST_WORDS:
        return ()
    parts = _Search(text, words, expected, known).parts()
    return parts if sum(bool(part.typed) for part in parts) > 1 else ()


class _Search:
    """One message being searched."""

    def __init__(
        self, text: str, words: tuple[Word, ...], expected: Expectation, known: Words
    ) -> None:
        self.text = text
        self.words = words
        self.expected = expected
        self.known = known
        self.open = {field.id: field for field in open_fields(expected)}
        every = (*self.open.values(), *expected.answered)
        self.met = cues_in(words, [cues_by_word(f.cues, f.id) for f in every if f.cues])
        self.said: dict[str, list[Said]] = {}
        """Options said, by question."""
        self.found: dict[str, list[Part]] = {}
        """Other answers, by question."""
        self.used: set[int] = set()

    def parts(self) -> tuple[Part, ...]:
        """Everything said without contradiction, each question once."""
        for start, end in thoughts(self.words, self.met):
            self._thought(start, end)
        self._list()
        for name, said in self.said.items():
            self._take(part_of(self.text, self.words, self.open[name], said))
        return tuple(each[0] for each in self.found.values() if _agree(each))

    def _take(self, part: Part) -> None:
        if part.question in self.open:
            self.found.setdefault(part.question, []).append(part)

    def _say(self, name: str, said: Sequence[Said]) -> None:
        if said and name in self.open:
            self.said.setdefault(name, []).extend(said)

    # ── what cues introduce ──

    def _thought(self, start: int, end: int) -> None:
        """What a stretch of words says, unless some of it is denied or supposed."""
        sure: set[int] = set()
        said: list[tuple[str, list[Said]]] = []
        for field in self.open.values():
            options, used = surely(self.words, field, (start, end))
            said.append((field.id, options))
            sure |= used
        if doubts(word for i, word in enumerate(self.words[start:end], start) if i not in sure):
            return
        for name, options in said:
            self._say(name, options)
        met = [each for each in self.met if start <= each.start < end]
        for number, each in enumerate(met):
            stop = met[number + 1].start if number + 1 < len(met) else end
            self._introduced(each, stop)
            self.used |= set(range(each.start, stop))
        self.used |= sure

    def _introduced(self, met: Met, stop: int) -> None:
        """What stands after the cue, and inside it; nothing where two questions could be meant."""
        bodies = met.fields & BESIDE.keys()
        others = met.fields - bodies - GROUP_QUESTIONS
        if len(others) == 1 and others <= self.open.keys():
            field = self.open[next(iter(others))]
            if field.type in _CHOICES:
                regions = [(met.end, stop), *([met.gap] if met.gap[0] < met.gap[1] else [])]
                book = phrases_of(field, self.known.vocabulary)
                self._say(field.id, introduced(self.words, field, regions, book))
        if len(bodies) == 1 and bodies <= self.open.keys():
            self._body(self.open[next(iter(bodies))], (met.end, stop))

    def _body(self, field: Field, region: tuple[int, int]) -> None:
        """What the body is called, and who writes."""
        group = self.open.get(BESIDE[field.id].group)
        said: tuple[Said, ...] = ()
        if group is not None:
            book = phrases_of(group, self.known.vocabulary, cues=False)
            said = introduced(self.words, group, [region], book)[:1]
            self._say(group.id, said)
        passed = {index for each in said for index in range(each.start, each.end)}
        name = name_after(self.text, self.words, region, passed, self.known.places)
        if name is not None and not self._is_option(name):
            self._named(field, name, region[1])

    def _is_option(self, name: Name) -> bool:
        every = (*self.open.values(), *self.expected.answered)
        return is_option(self.text[name.start : name.end], every)

    def _named(self, field: Field, name: Name, end: int) -> None:
        """The name is said, and what follows from it."""
        typed = self.text[name.start : name.end]
        if not isinstance(read(typed, field, self.expected.language, self.known.vocabulary), Read):
            return
        self._take(Part(field.id, typed, typed))
        country = self._country(field, name, end)
        group = self.open.get(BESIDE[field.id].group)
        told = (
            group_of(typed, name.kind.plain, group, self.known.places, country) if group else None
        )
        if group is not None and told is not None:
            self._take(Part(group.id, told, typed))
        for part in place_beside(typed, field, self.expected, self.known.places, country):
            self._take(part)
        if BESIDE[field.id].group:
            rest = tuple(each for each in self.expected.open if each.id not in GROUP_QUESTIONS)
            expected = replace(self.expected, open=rest)
            for part in parts_beside(typed, field, expected):
                self._take(part)

    def _country(self, field: Field, name: Name, end: int) -> str | None:
        """The country said right after the name."""
        asked = self.open.get(BESIDE[field.id].country)
        position = country_after(self.words, name.next, end)
        if asked is None or position is None:
            return None
        said = said_at(
            self.words, position, end, phrases_of(asked, self.known.vocabulary, cues=False)
        )
        if said is None:
            return None
        self._say(asked.id, (said,))
        return said.option

    # ── lists of plain answers ──

    def _list(self) -> None:
        """Clauses without a cue, where each of them is an answer by itself."""
        bounds = [0, *(i for i, w in enumerate(self.words) if i and (w.soft or w.hard))]
        pairs = zip(bounds, [*bounds[1:], len(self.words)], strict=True)
        clauses = [(s, e) for s, e in pairs if self.used.isdisjoint(range(s, e))]
        if not clauses or doubts(self.words):
            return
        waiting = self.expected.field
        name = self._first_name(waiting, clauses[0]) if waiting is not None else None
        meant = [self._meant(each) for each in clauses[1 if name else 0 :]]
        if any(each is None for each in meant):
            return
        for each in meant:
            for question, said in each or ():
                self._say(question, (said,))
        if name is not None and waiting is not None:
            self._named(waiting, name, len(self.words))

    def _meant(self, clause: tuple[int, int]) -> list[tuple[str, Said]] | None:
        """The answer the clause is; nothing to say for a greeting; None: not understood."""
        start, end = clause
        words = self.words[start:end]
        plain = " ".join(word.plain for word in words)
        if plain in self.known.greetings or plain in self.known.vocabulary.fillers:
            return []
        meant = {
            field.id: Said(option, start, end)
            for field in self.open.values()
            if field.type in _CHOICES
            and (option := whole(words, field, self.known.vocabulary)) is not None
        }
        waiting = self.expected.field.id if self.expected.field is not None else ""
        near = {waiting, BESIDE[waiting].country} if waiting in BESIDE else {waiting}
        close = [(name, said) for name, said in meant.items() if name in near]
        return close or (list(meant.items()) if len(meant) == 1 else None)

    def _first_name(self, waiting: Field, clause: tuple[int, int]) -> Name | None:
        """The name that answers the waiting question, at the beginning of the message."""
        if waiting.id not in BESIDE or clause[0] != 0:
            return None
        name = first_name(self.text, self.words, clause, self.known.places)
        return None if name is None or self._is_option(name) else name


def _agree(parts: Sequence[Part]) -> bool:
    return len({part.value for part in parts}) == 1 and parts[0].value is not None
