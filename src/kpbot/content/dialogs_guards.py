"""Guards as authors write them, turned into the engine's guards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kpbot.content.problems import probable
from kpbot.content.strict import Items, Node, Table, Word
from kpbot.content.strict_fields import FLAGS, Reader
from kpbot.engine.guards import (
    All,
    AnyOf,
    AtLeast,
    Below,
    Guard,
    Has,
    HasAnswer,
    Is,
    IsNot,
)
from kpbot.model import QuestionType

OPERATORS = ("not", "has", "gte", "lt", "answered")
JOINTS = ("all", "any")
"""Words that join guards; no question may be called so."""
TRUTHS: frozenset[QuestionType] = frozenset({"yesno", "consent"})
"""Types whose answers are yes or no."""


@dataclass(frozen=True, slots=True)
class GuardReader:
    """Reads guards; it knows the type of every question, for `yes` is a word to some."""

    reader: Reader
    types: Mapping[str, QuestionType]

    def guard(self, node: Node | None, name: str) -> Guard | None:
        """The guard, if there is one that can be read."""
        if node is None:
            return None
        table = self.reader.table(node, name)
        if isinstance(node, Table) and not table.nodes:
            self.reader.complain(node.line, f'"{name}" is empty.')
        return _joined(self._part(key, value) for key, value in table.nodes.items())

    def condition(self, node: Node | None, name: str) -> bool | Guard:
        """Yes, no, or the guard it depends on."""
        if isinstance(node, Table):
            return self.guard(node, name) or False
        return self.reader.flag(node, name)

    def truth_or_word(self, question: str, word: str) -> str | bool:
        """The value as the engine has it: yes and no of a yes-no question are booleans."""
        if self.types.get(question) in TRUTHS:
            return FLAGS.get(word, word)
        return word

    def _part(self, key: str, node: Node) -> Guard | None:
        if key in JOINTS:
            return self._several(key, node)
        if isinstance(node, Table):
            return self._operators(key, node)
        values = self._values(key, node, key)
        return Is(key, values) if values else None

    def _several(self, joint: str, node: Node) -> Guard | None:
        items = self.reader.items(node, joint)
        if isinstance(node, Items) and not items:
            self.reader.complain(node.line, f'"{joint}" is empty.')
        parts = [part for item in items if (part := self.guard(item, joint)) is not None]
        if not parts:
            return None
        return All(tuple(parts)) if joint == "all" else AnyOf(tuple(parts))

    def _operators(self, question: str, table: Table) -> Guard | None:
        if not table.nodes:
            self.reader.complain(table.line, f'"{question}" is empty.')
        return _joined(
            self._operator(question, operator, node, table.lines[operator])
            for operator, node in table.nodes.items()
        )

    def _operator(self, question: str, operator: str, node: Node, line: int) -> Guard | None:
        match operator:
            case "not":
                values = self._values(question, node, operator)
                return IsNot(question, values) if values else None
            case "has":
                words = self._words(node, operator)
                return Has(question, words) if words else None
            case "gte":
                limit = self.reader.whole(node, operator)
                return None if limit is None else AtLeast(question, limit)
            case "lt":
                limit = self.reader.whole(node, operator)
                return None if limit is None else Below(question, limit)
            case "answered":
                return HasAnswer(question, self.reader.flag(node, operator, default=True))
        self.reader.complain(
            line, f'Unknown operator "{operator}" on "{question}".', probable(operator, OPERATORS)
        )
        return None

    def _values(self, question: str, node: Node, name: str) -> tuple[str | bool, ...]:
        return tuple(self.truth_or_word(question, word) for word in self._words(node, name))

    def _words(self, node: Node, name: str) -> tuple[str, ...]:
        if isinstance(node, Word):
            word = self.reader.word(node, name)
            return (word,) if word else ()
        words = self.reader.words(node, name)
        if isinstance(node, Items) and not node.nodes:
            self.reader.complain(node.line, f'"{name}" is empty.')
        return words


def _joined(parts: Iterable[Guard | None]) -> Guard | None:
    found = tuple(part for part in parts if part is not None)
    if len(found) <= 1:
        return found[0] if found else None
    return All(found)
