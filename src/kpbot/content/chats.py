"""Transcripts that must work: what a person does, step by step, and what must hold after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from kpbot.content.problems import Problem
from kpbot.content.strict import Items, Node, Table, Word, read
from kpbot.content.strict_fields import Fields, Reader
from kpbot.model import LANGUAGES, Language

ACTS = (
    "open",
    "say",
    "press",
    "press_old",
    "select",
    "wait",
    "restart",
    "again",
    "attach",
    "edit",
    "language",
)
"""What a person can do in a step; each step does exactly one of these."""

_CHECKS = ("asks", "faq", "says", "says_not", "fills", "empty", "record", "flags", "unanswered")

Told = Mapping[Language, str]
"""A text in each language."""


@dataclass(frozen=True)
class ChatStep:
    """One act and what must hold after it."""

    line: int
    act: str
    text: Told
    """Words or choice, the same in every language where the file gives one word."""
    wait: timedelta | None = None
    asks: str = ""
    """Question id, `review` or `menu`."""
    faq: str = ""
    """Intent that is answered; `none`: no question was understood."""
    says: Told = field(default_factory=dict)
    """Words that stand in the reply."""
    says_not: Told = field(default_factory=dict)
    fills: Mapping[str, str] = field(default_factory=dict)
    """Question → printed value, several options joined by commas."""
    empty: tuple[str, ...] = ()
    """Questions without an answer."""
    record: Mapping[str, str] = field(default_factory=dict)
    """Fields of the record that is handed over in this step."""
    flags: tuple[str, ...] | None = None
    """Flags of that record."""
    unanswered: int | None = None
    """How many open questions it holds."""


@dataclass(frozen=True)
class Chat:
    """One transcript."""

    file: str
    line: int
    name: str
    dialog: str
    """The folder it stands in."""
    languages: tuple[Language, ...]
    """Languages it runs in; the first word of a person may tell another."""
    start_language: bool
    """Whether the language is known from the start, as on a page that has one."""
    steps: tuple[ChatStep, ...]
    torture: bool = True


def load_chats(folder: Path) -> tuple[tuple[Chat, ...], tuple[Problem, ...]]:
    """Every transcript below `<folder>/<dialog>/chats/`, and what is wrong with the files."""
    problems: list[Problem] = []
    chats = []
    for path in sorted(folder.glob("*/chats/*.yaml")):
        node = read(path, problems)
        if node is None:
            continue
        reader = Reader(str(path))
        chats.append(_chat(reader, node, path))
        problems += reader.problems
    return tuple(chats), tuple(sorted(problems))


def _chat(reader: Reader, node: Node, path: Path) -> Chat:
    fields = reader.fields(
        node, path.name, ("languages", "start_language", "torture"), ("test", "steps")
    )
    named = fields.words("languages") if fields.get("languages") else LANGUAGES
    return Chat(
        file=str(path),
        line=node.line,
        name=fields.word("test"),
        dialog=path.parent.parent.name,
        languages=tuple(each for each in LANGUAGES if each in named),
        start_language=fields.flag("start_language", default=True),
        steps=tuple(_step(reader, item) for item in fields.items("steps")),
        torture=fields.flag("torture", default=True),
    )


def _step(reader: Reader, node: Node) -> ChatStep:
    fields = reader.fields(node, "step", (*ACTS, *_CHECKS))
    acts = [act for act in ACTS if fields.get(act) is not None]
    if len(acts) != 1:
        reader.complain(node.line, "A step does exactly one thing: " + ", ".join(ACTS) + ".")
        return ChatStep(node.line, "again", {})
    act = acts[0]
    wait = reader.duration(fields.get(act), act) if act == "wait" else None
    return ChatStep(
        line=node.line,
        act=act,
        text=_told(reader, fields.get(act)),
        wait=wait,
        asks=fields.word("asks"),
        faq=fields.word("faq"),
        says=_told(reader, fields.get("says")),
        says_not=_told(reader, fields.get("says_not")),
        fills=_pairs(reader, fields, "fills"),
        empty=fields.words("empty"),
        record=_pairs(reader, fields, "record"),
        flags=fields.words("flags") if fields.get("flags") is not None else None,
        unanswered=fields.whole("unanswered"),
    )


def _told(reader: Reader, node: Node | None) -> Told:
    """One word counts for every language; a mapping gives each its own."""
    if node is None:
        return {}
    if isinstance(node, Table):
        given = reader.fields(node, "text", LANGUAGES)
        return {each: given.word(each) for each in LANGUAGES if given.get(each) is not None}
    word = reader.word(node, "text")
    return dict.fromkeys(LANGUAGES, word)


def _pairs(reader: Reader, fields: Fields, key: str) -> dict[str, str]:
    return {name: _value(reader, node) for name, node in fields.entries(key).items()}


def _value(reader: Reader, node: Node) -> str:
    if isinstance(node, Items):
        return ",".join(item.text for item in node.nodes if isinstance(item, Word))
    return node.text if isinstance(node, Word) else reader.word(node, "value")
