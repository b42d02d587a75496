"""The file dialog.yaml: what is asked, in which order, under which guard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import cast, get_args

from kpbot.content.dialogs_guards import JOINTS, GuardReader
from kpbot.content.dialogs_meaning import version_of
from kpbot.content.problems import probable
from kpbot.content.strict import Node, Word
from kpbot.content.strict_fields import Fields, Reader
from kpbot.engine.dialog import Dialog, Flag, Inflight, Outcome, Question
from kpbot.engine.guards import Guard
from kpbot.model import QuestionType, Value

DIALOG_KEYS = ("open", "inflight", "resume", "fallback", "retired", "flags")
QUESTION_KEYS = (
    "of",
    "when",
    "optional",
    "implied",
    "min",
    "max",
    "exclusive",
    "other",
    "other_text",
    "cut",
    "keep",
    "essential",
    "default",
    "private",
    "rev",
    "was",
)
TYPES: tuple[QuestionType, ...] = get_args(QuestionType)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_EXPIRE = timedelta(days=7)
_TRIES = 3


def dialog_of(reader: Reader, root: Node, name: str, summary: str) -> Dialog:
    """The dialog; what could not be read is left out and complained about."""
    fields = reader.fields(root, "dialog", DIALOG_KEYS, ("dialog", "sections", "outcomes"))
    written = fields.word("dialog")
    if written and written != name:
        line = fields.table.lines["dialog"]
        reader.complain(line, f'The dialog is called "{written}" but lies in "{name}".', name)
    entries = list(_entries(reader, fields))
    guards = GuardReader(reader, {entry.word("id"): _type(entry) for _, entry in entries})
    resume = reader.fields(fields.get("resume"), "resume", ("remind", "expire"))
    fallback = reader.fields(fields.get("fallback"), "fallback", ("tries",))
    remind = (reader.duration(node, "remind") for node in resume.items("remind"))
    dialog = Dialog(
        name=name,
        version="",
        questions=tuple(_question(guards, section, entry) for section, entry in entries),
        outcomes=tuple(_outcome(guards, node) for node in fields.items("outcomes")),
        flags=tuple(_flags(guards, fields)),
        remind=tuple(span for span in remind if span is not None),
        expire=reader.duration(resume.get("expire"), "expire") or _EXPIRE,
        tries=fallback.whole("tries") or _TRIES,
        retired=fields.words("retired"),
        open=fields.flag("open", default=True),
        inflight=_inflight(fields),
        summary=summary,
        file=reader.file,
    )
    return replace(dialog, version=version_of(dialog))


def _inflight(fields: Fields) -> Inflight:
    word = fields.word("inflight") or "migrate"
    known = next((each for each in get_args(Inflight) if each == word), None)
    if known is None:
        line = fields.table.lines["inflight"]
        sentence = f'"inflight" can be migrate or finish_old, not "{word}".'
        fields.reader.complain(line, sentence, probable(word, get_args(Inflight)))
    return known or "migrate"


def _entries(reader: Reader, fields: Fields) -> Iterator[tuple[str, Fields]]:
    """Every question with the section it stands in; id and type are checked."""
    for node in fields.items("sections"):
        section = reader.fields(node, "section", (), ("section", "ask"))
        for item in section.items("ask"):
            entry = reader.fields(item, "question", QUESTION_KEYS, ("id", "type"))
            _check_names(entry)
            yield section.word("section"), entry


def _check_names(entry: Fields) -> None:
    line = entry.table.line
    name, kind = entry.get("id"), entry.get("type")
    if isinstance(name, Word) and (not _ID.fullmatch(name.text) or name.text in JOINTS):
        sentence = f'"{name.text}" cannot be an id: letters, digits and _ only, not all or any.'
        entry.reader.complain(line, sentence)
    if isinstance(kind, Word) and kind.text not in TYPES:
        sentence = f'Unknown type "{kind.text}".'
        entry.reader.complain(kind.line, sentence, probable(kind.text, TYPES))


def _type(entry: Fields) -> QuestionType:
    """The type; text where it is not known, so that reading goes on."""
    node = entry.get("type")
    known = isinstance(node, Word) and node.text in TYPES
    return cast("QuestionType", node.text) if known and isinstance(node, Word) else "text"


def _question(guards: GuardReader, section: str, entry: Fields) -> Question:
    name, kind = entry.word("id"), _type(entry)
    return Question(
        id=name,
        type=kind,
        section=section,
        of=entry.words("of"),
        when=guards.guard(entry.get("when"), "when"),
        optional=guards.condition(entry.get("optional"), "optional"),
        implied=tuple(_implied(guards, name, kind, entry)),
        minimum=entry.whole("min"),
        maximum=entry.whole("max"),
        exclusive=entry.words("exclusive"),
        other=entry.word("other") or None,
        other_text=entry.word("other_text") or None,
        cut=entry.flag("cut"),
        keep=entry.flag("keep"),
        essential=entry.flag("essential"),
        default_language=_default_language(entry),
        private=entry.flag("private"),
        revision=entry.whole("rev") or 1,
        was=entry.word("was") or None,
        line=entry.table.line,
    )


def _default_language(entry: Fields) -> bool:
    word = entry.word("default")
    if word and word != "language":
        line = entry.table.lines["default"]
        entry.reader.complain(line, f'"default" can only be language, not "{word}".', "language")
    return word == "language"


def _implied(
    guards: GuardReader, name: str, kind: QuestionType, entry: Fields
) -> Iterator[tuple[Guard, Value]]:
    for node in entry.items("implied"):
        fields = guards.reader.fields(node, "implied", (), ("value", "when"))
        guard = guards.guard(fields.get("when"), "when")
        if guard is not None and fields.get("value") is not None:
            yield guard, _value(guards, name, kind, fields)


def _value(guards: GuardReader, name: str, kind: QuestionType, fields: Fields) -> Value:
    if kind in ("number", "year"):
        return fields.whole("value")
    if kind == "choices":
        return fields.words("value")
    return guards.truth_or_word(name, fields.word("value"))


def _outcome(guards: GuardReader, node: Node) -> Outcome:
    fields = guards.reader.fields(node, "outcome", ("when",), ("to",))
    return Outcome(fields.word("to"), guards.guard(fields.get("when"), "when"), node.line)


def _flags(guards: GuardReader, fields: Fields) -> Iterator[Flag]:
    for node in fields.items("flags"):
        flag = guards.reader.fields(node, "flag", (), ("flag", "when"))
        guard = guards.guard(flag.get("when"), "when")
        if guard is not None:
            yield Flag(flag.word("flag"), guard, node.line)
