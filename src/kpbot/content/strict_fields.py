"""Readers for strict trees: what is asked for comes out typed, everything else as a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from kpbot.content.problems import Problem, probable
from kpbot.content.strict import Items, Node, Table, Word

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DURATION = re.compile(r"([0-9]{1,4})([dhm])")
_UNITS: Mapping[str, timedelta] = {
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
FLAGS: Mapping[str, bool] = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(slots=True)
class Reader:
    """Reads the nodes of one file and collects what is wrong; it never raises.

    `name` is what the author calls the value: it stands in the complaint.
    """

    file: str
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int, sentence: str, meant: str = "") -> None:
        """The problem is collected."""
        self.problems.append(Problem(self.file, line, sentence, meant))

    def table(self, node: Node | None, name: str) -> Table:
        """The mapping; an empty one where there is none."""
        if isinstance(node, Table):
            return node
        if node is not None:
            self.complain(node.line, f'"{name}" must be a mapping (key: value).')
        return Table(node.line if node else 1)

    def items(self, node: Node | None, name: str) -> list[Node]:
        """The list; an empty one where there is none."""
        if isinstance(node, Items):
            return node.nodes
        if node is not None:
            self.complain(node.line, f'"{name}" must be a list.')
        return []

    def word(self, node: Node | None, name: str) -> str:
        """The word; an empty one where there is none."""
        if node is None:
            return ""
        if not isinstance(node, Word):
            self.complain(node.line, f'"{name}" must be a word.')
            return ""
        if not node.text.strip():
            self.complain(node.line, f'"{name}" is empty.')
        return node.text

    def words(self, node: Node | None, name: str) -> tuple[str, ...]:
        """The words of a list."""
        found = (self.word(item, name) for item in self.items(node, name))
        return tuple(word for word in found if word)

    def whole(self, node: Node | None, name: str) -> int | None:
        """The whole number, if there is one."""
        word = self.word(node, name)
        if _WHOLE.fullmatch(word):
            return int(word)
        if node is not None and word:
            self.complain(node.line, f'"{name}" must be a whole number, not "{word}".')
        return None

    def flag(self, node: Node | None, name: str, default: bool = False) -> bool:
        """The yes or no."""
        word = self.word(node, name)
        if node is not None and word and word not in FLAGS:
            self.complain(node.line, f'"{name}" must be yes or no, not "{word}".')
        return FLAGS.get(word, default)

    def duration(self, node: Node | None, name: str) -> timedelta | None:
        """The time span, if there is one."""
        word = self.word(node, name)
        if match := _DURATION.fullmatch(word):
            return int(match[1]) * _UNITS[match[2]]
        if node is not None and word:
            self.complain(
                node.line, f'"{name}" must be a duration such as 2d, 12h or 30m, not "{word}".'
            )
        return None

    def fields(
        self, node: Node | None, name: str, known: Iterable[str], required: Iterable[str] = ()
    ) -> Fields:
        """The mapping with only known keys in it and complaints about the others."""
        table = self.table(node, name)
        known = frozenset(known) | frozenset(required)
        for key in table.nodes.keys() - known:
            self.complain(
                table.lines[key], f'Unknown key "{key}" in "{name}".', probable(key, known)
            )
        if isinstance(node, Table):
            for key in required:
                if key not in table.nodes:
                    self.complain(table.line, f'The key "{key}" is missing in "{name}".')
        return Fields(self, table)


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping whose keys are known."""

    reader: Reader
    table: Table

    def get(self, key: str) -> Node | None:
        """The node of the key, if given."""
        return self.table.nodes.get(key)

    def word(self, key: str) -> str:
        """The word of the key; empty where not given."""
        return self.reader.word(self.get(key), key)

    def words(self, key: str) -> tuple[str, ...]:
        """The words of the key's list."""
        return self.reader.words(self.get(key), key)

    def whole(self, key: str) -> int | None:
        """The whole number of the key, if given."""
        return self.reader.whole(self.get(key), key)

    def flag(self, key: str, default: bool = False) -> bool:
        """The yes or no of the key."""
        return self.reader.flag(self.get(key), key, default)

    def items(self, key: str) -> list[Node]:
        """The nodes of the key's list."""
        return self.reader.items(self.get(key), key)

    def entries(self, key: str) -> dict[str, Node]:
        """The nodes of the key's mapping, whatever its keys."""
        return self.reader.table(self.get(key), key).nodes
