"""Strict YAML: every scalar stays a word, every node keeps its line, nothing is expanded.

The tree is built from the parser's events, not from PyYAML's own nodes: only events still show
anchors, aliases and tags, and no alias can blow the tree up before it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kpbot.content.problems import Problem

LARGEST_FILE = 1_000_000
"""Bytes."""
DEEPEST = 20
MOST_NODES = 50_000

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser where there is one: ten times as fast."""


@dataclass(slots=True)
class Word:
    """A scalar, exactly as written: `yes`, `no`, `on` and `1` are words."""

    line: int
    text: str


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A mapping; of a key given twice the first stands."""

    line: int
    nodes: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """Line of each key."""


Node = Word | Items | Table


class _BrokenError(Exception):
    """The file cannot be read any further."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


def read(path: Path, problems: list[Problem]) -> Node | None:
    """The tree of the file; None, and a problem more, where it cannot be read at all."""
    try:
        return _Builder(str(path), problems).document(_text(path))
    except _BrokenError as broken:
        problems.append(Problem(str(path), broken.line, broken.sentence))
        return None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _BrokenError(1, f"The file cannot be opened: {error.strerror}.") from error
    if len(raw) > LARGEST_FILE:
        raise _BrokenError(1, f"The file is larger than {LARGEST_FILE} bytes.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _BrokenError(line, "The file is not UTF-8 text.") from error


class _Builder:
    """Turns the parser's events into a tree and refuses what strict files may not have."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems
        self._left = MOST_NODES
        self._events: Iterator[yaml.Event] = iter(())

    def document(self, text: str) -> Node:
        """The one tree of the text."""
        self._events = _events(text)
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _BrokenError(1, "The file is empty.")
        root = self._node(next(self._events), 1)
        next(self._events)  # the document ends
        following = next(self._events)
        if not isinstance(following, yaml.StreamEndEvent):
            self._complain(_line(following), "A file holds one document; here begins another.")
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        self._left -= 1
        if self._left < 0:
            raise _BrokenError(line, f"The file has more than {MOST_NODES} values.")
        if depth > DEEPEST:
            raise _BrokenError(line, f"The file is nested more than {DEEPEST} levels deep.")
        if isinstance(event, yaml.AliasEvent):
            self._complain(line, f"Aliases are not allowed: write *{event.anchor} out.")
            return Word(line, "")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._refuse_marks(event, line)
        if isinstance(event, yaml.ScalarEvent):
            return Word(line, event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(line, depth)
        return self._table(line, depth)

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.anchor is not None:
            self._complain(line, f"Anchors are not allowed: leave &{event.anchor} out.")
        if event.tag is not None:
            self._complain(line, f"Tags are not allowed: leave {event.tag} out.")

    def _items(self, line: int, depth: int) -> Items:
        items = Items(line)
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.nodes.append(self._node(event, depth + 1))
        return items

    def _table(self, line: int, depth: int) -> Table:
        table = Table(line)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Word):
                self._complain(key.line, "A key must be a word.")
            elif key.text in table.nodes:
                first = table.lines[key.text]
                self._complain(key.line, f'The key "{key.text}" stands already in line {first}.')
            else:
                table.nodes[key.text] = value
                table.lines[key.text] = key.line
        return table

    def _complain(self, line: int, sentence: str) -> None:
        self._problems.append(Problem(self._file, line, sentence))


def _events(text: str) -> Iterator[yaml.Event]:
    """The parser's events; what it refuses comes out as one `_BrokenError`."""
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "unknown reason"
        # What is left open is noticed behind the end; the last line is where to look.
        last = text.rstrip().count("\n") + 1
        line = min(mark.line + 1, last) if mark else 1
        raise _BrokenError(line, f"This is not YAML: {reason}.") from error
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise _BrokenError(line, "The file holds a character that YAML does not allow.") from error


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1
