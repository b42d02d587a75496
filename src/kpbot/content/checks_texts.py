"""D11 to D13 and D17: keys, placeholders and lengths of the words, language by language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import get_args

from kpbot.content.checks_content import LANGUAGE_NAMES, Content
from kpbot.content.checks_dialog import private_ids
from kpbot.content.dialogs import SERVICE, WordFile
from kpbot.content.problems import Problem, probable
from kpbot.content.strict import Items, Node, Table, Word
from kpbot.engine.dialog import Dialog
from kpbot.model import LANGUAGES, CommandName, Language, OfferKind

LONGEST_BUTTON = 60
"""Characters."""
AUTOMATIC_FLAGS = frozenset({"urgent_date_mentioned", "unanswered_questions"})
"""Flags that are raised by the programme and by no guard."""
_SYNONYMS = frozenset({"also", "near", "cues"})
"""Every language has its own number of them."""
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One key of a word file."""

    line: int
    text: str | None
    """None: the key holds further keys."""


def texts_of(file: WordFile) -> dict[Keys, Text]:
    """Every key of the file, options that are borrowed from another question spelt out."""
    return dict(_walk(file.table, (), file.table))


def _walk(node: Node, keys: Keys, root: Table, line: int = 1) -> Iterator[tuple[Keys, Text]]:
    """Every key below the node, and the node's own, which stands in the line."""
    if isinstance(node, Word) and len(keys) == 3 and keys[::2] == ("questions", "options"):
        borrowed: Node | None = root
        for key in ("questions", node.text, "options"):
            borrowed = borrowed.nodes.get(key) if isinstance(borrowed, Table) else None
        for inner, text in _walk(borrowed or Table(line), keys, Table(line)):
            yield inner, Text(line, text.text)
    elif isinstance(node, Table):
        yield keys, Text(line, None)
        for key, value in node.nodes.items():
            if not (key in _SYNONYMS and isinstance(value, Items)):
                yield from _walk(value, (*keys, key), root, node.lines[key])
    else:
        yield keys, Text(line, node.text if isinstance(node, Word) else "")


def key_sets(content: Content) -> Iterator[Problem]:
    """D11: a key is missing or left over in a language, or a language is missing altogether."""
    for name, dialog in content.dialogs.dialogs.items():
        folder = dialog.file.removesuffix("dialog.yaml")
        yield from _compare(content, name, folder, _required(dialog), _allowed(content, dialog))
    if any(name == SERVICE for name, _ in content.sources.files):
        first = next(file for (name, _), file in content.sources.files.items() if name == SERVICE)
        folder = re.sub(r"text\.\w+\.yaml$", "", first.file)
        yield from _compare(content, SERVICE, folder, _service_required(), _service_allowed())


def _compare(
    content: Content, name: str, folder: str, required: Set[Keys], allowed: Set[Keys]
) -> Iterator[Problem]:
    """`allowed` holds closed keys: below their parents nothing else may stand."""
    files = {
        language: file
        for language in LANGUAGES
        if (file := content.sources.files.get((name, language))) is not None
    }
    texts = {language: texts_of(file) for language, file in files.items()}
    closed = {keys[:-1] for keys in allowed}
    left = {
        language: {keys for keys in found if _is_left_over(keys, allowed, closed)}
        for language, found in texts.items()
    }
    wanted = set(required)
    for language, found in texts.items():
        wanted |= {keys for keys in found if not any(keys[: len(x)] == x for x in left[language])}
    for language in LANGUAGES:
        if language not in files:
            sentence = f"D11: the {LANGUAGE_NAMES[language]} words are missing."
            yield Problem(f"{folder}text.{language}.yaml", 1, sentence)
            continue
        place, found = files[language].file, texts[language]
        for keys in sorted(left[language]):
            meant = probable(keys[-1], {known[-1] for known in allowed if known[:-1] == keys[:-1]})
            sentence = f'D11: the key "{".".join(keys)}" is left over: nothing needs it.'
            yield Problem(place, found[keys].line, sentence, meant)
        for keys in sorted({_topmost_absent(keys, found) for keys in wanted - found.keys()}):
            sentence = f'D11: the key "{".".join(keys)}" is missing.'
            yield Problem(place, found[keys[:-1]].line, sentence)


def _is_left_over(keys: Keys, allowed: Set[Keys], closed: Set[Keys]) -> bool:
    return keys[:-1] in closed and bool(keys) and keys not in allowed


def _topmost_absent(keys: Keys, found: Mapping[Keys, Text]) -> Keys:
    return next(keys[:end] for end in range(1, len(keys) + 1) if keys[:end] not in found)


def _required(dialog: Dialog) -> set[Keys]:
    keys: set[Keys] = {("title",), ("done",)}
    for question in dialog.questions:
        keys |= {("questions", question.id, word) for word in ("ask", "short")}
        keys |= {("questions", question.id, "options", option, "say") for option in question.of}
        keys.add(("sections", question.section))
    keys |= {("outcomes", outcome.to) for outcome in dialog.outcomes}
    keys |= {("flags", flag.id) for flag in dialog.flags}
    return keys


def _allowed(content: Content, dialog: Dialog) -> set[Keys]:
    keys = {("sections", question.section) for question in dialog.questions}
    keys |= {("outcomes", outcome.to) for outcome in dialog.outcomes}
    keys |= {("flags", flag) for flag in AUTOMATIC_FLAGS | {flag.id for flag in dialog.flags}}
    wrong = {key for words in content.dialogs.service.values() for key in words.wrong}
    allowed: set[Keys] = set(keys)
    for question in dialog.questions:
        allowed.add(("questions", question.id))
        # A question without options still closes the place where they would stand.
        options = ("questions", question.id, "options")
        allowed |= {(*options, option) for option in question.of or ("",)}
        allowed |= {("questions", question.id, "wrong", key) for key in wrong}
    return allowed


def _service_required() -> set[Keys]:
    keys: set[Keys] = {("commands", command, "say") for command in get_args(CommandName)}
    return keys | {("offers", kind) for kind in get_args(OfferKind) if kind != _BY_BUTTON}


_BY_BUTTON = "keep"
"""The one offer whose button shows the person's own words: it needs none of ours."""


def _service_allowed() -> set[Keys]:
    keys: set[Keys] = {("commands", command) for command in get_args(CommandName)}
    return keys | {("offers", kind) for kind in get_args(OfferKind)}


def placeholders(content: Content) -> Iterator[Problem]:
    """D12: a sentence has other placeholders than in the first language, or a lonely brace."""
    reference: dict[tuple[str, Keys], tuple[Language, set[str]]] = {}
    for (name, language), file in _ordered(content):
        for keys, text in texts_of(file).items():
            if text.text is None:
                continue
            path = ".".join(keys)
            if re.search("[{}]", _PLACEHOLDER.sub("", text.text)):
                sentence = f'D12: a brace in "{path}" belongs to no placeholder.'
                yield Problem(file.file, text.line, sentence)
            here = set(_PLACEHOLDER.findall(text.text))
            first, there = reference.setdefault((name, keys), (language, here))
            if here != there:
                sentence = f'D12: "{path}" has {_braced(here)}, in {LANGUAGE_NAMES[first]} it has'
                yield Problem(file.file, text.line, f"{sentence} {_braced(there)}.")


def _ordered(content: Content) -> list[tuple[tuple[str, Language], WordFile]]:
    """Every word file, languages in their usual order."""
    return sorted(
        content.sources.files.items(), key=lambda item: (item[0][0], LANGUAGES.index(item[0][1]))
    )


def _braced(names: Set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "no placeholder"


def button_lengths(content: Content) -> Iterator[Problem]:
    """D13: the text of a button is too long for a small screen."""
    for _, file in _ordered(content):
        for keys, text in texts_of(file).items():
            if keys[-1:] == ("say",) and len(text.text or "") > LONGEST_BUTTON:
                sentence = (
                    f'D13: the button "{".".join(keys[:-1])}" has {len(text.text or "")} '
                    f"characters, {LONGEST_BUTTON} are possible."
                )
                yield Problem(file.file, text.line, sentence)


def private_sentences(content: Content) -> Iterator[Problem]:
    """D17: a sentence of the dialog would show a private answer."""
    for (name, _), file in _ordered(content):
        dialog = content.dialogs.dialogs.get(name)
        private = private_ids(dialog) if dialog else frozenset()
        for keys, text in texts_of(file).items():
            for used in _PLACEHOLDER.findall(text.text or ""):
                if used in private:
                    sentence = f'D17: "{".".join(keys)}" shows the private "{used}".'
                    yield Problem(file.file, text.line, sentence)
