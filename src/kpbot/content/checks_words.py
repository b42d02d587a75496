"""D07 and D08: no word may mean two things, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpbot.content.checks_content import LANGUAGE_NAMES, Content
from kpbot.content.dialogs import SERVICE
from kpbot.content.problems import Problem
from kpbot.content.strict import Node, Table
from kpbot.engine.dialog import Phrase, ServiceWords
from kpbot.model import LANGUAGES, Language
from kpbot.understand.normalise import normalise


@dataclass(frozen=True, slots=True)
class Use:
    """A word and what it means."""

    word: str
    normal: str
    meaning: str
    language: Language
    file: str
    line: int


def choices_apart(content: Content) -> Iterator[Problem]:
    """D07: a word of one option is also one of another option of its question; an empty word."""
    for dialog in content.dialogs.dialogs.values():
        for question in dialog.questions:
            yield from _nothing_left(_cue_uses(content, dialog.name, question.id), "")
            if not question.of:
                continue
            uses = [
                use
                for option in question.of
                for use in _option_uses(content, dialog.name, question.id, option)
            ]
            yield from _nothing_left(uses, f'of "{question.id}"')
            yield from _ambiguous(uses, f'D07: "{{}}" is {{}} and {{}} of "{question.id}".')


def commands_apart(content: Content) -> Iterator[Problem]:
    """D08: a word of an option, an offer or an answer is also a service word, or of two such."""
    commands = list(_command_uses(content))
    yield from _nothing_left(commands, "")
    yield from _ambiguous(commands, 'D08: "{}" is {} and {}.')
    taken: dict[str, Use] = {}
    for use in commands:
        taken.setdefault(use.normal, use)
    for use in _other_uses(content):
        if use.normal in taken:
            command = taken[use.normal]
            sentence = f'D08: "{use.word}" is {use.meaning} and {_named(command, use.language)}.'
            yield Problem(use.file, use.line, sentence)


def _command_uses(content: Content) -> Iterator[Use]:
    for language, words in _service(content):
        for name, phrase in words.commands.items():
            keys = ("commands", name)
            yield from _uses(
                content, (SERVICE, language), keys, phrase, f'the service word "{name}"'
            )


def _other_uses(content: Content) -> Iterator[Use]:
    """Every word that must not be a service word, each place of the files once."""
    seen: set[Use] = set()
    for use in _answer_uses(content):
        if use not in seen:
            seen.add(use)
            yield use


def _answer_uses(content: Content) -> Iterator[Use]:
    for language, words in _service(content):
        place = (SERVICE, language)
        for kind, options in words.offers.items():
            for option, phrase in options.items():
                meaning = f'the choice "{option}" of the offer "{kind}"'
                yield from _uses(content, place, ("offers", kind, option), phrase, meaning)
        for key, answers in (("yes", words.yes), ("no", words.no)):
            phrase = Phrase("", answers)
            yield from _uses(content, place, (key,), phrase, f'a word for "{key}"')
        for kind, greetings in words.greetings.items():
            phrase = Phrase("", greetings)
            yield from _uses(content, place, ("greetings", kind), phrase, f'a greeting "{kind}"')
    for dialog in content.dialogs.dialogs.values():
        for question in dialog.questions:
            for option in question.of:
                yield from _option_uses(
                    content, dialog.name, question.id, option, f' of "{question.id}"'
                )


def _option_uses(
    content: Content, dialog: str, question: str, option: str, suffix: str = ""
) -> Iterator[Use]:
    by_language = content.dialogs.words[dialog]
    for language in (known for known in LANGUAGES if known in by_language):
        words = by_language[language].questions.get(question)
        phrase = words.options.get(option) if words else None
        if phrase is not None:
            keys = ("questions", question, "options", option)
            meaning = f'the option "{option}"{suffix}'
            yield from _uses(content, (dialog, language), keys, phrase, meaning)


def _cue_uses(content: Content, dialog: str, question: str) -> Iterator[Use]:
    """The words that introduce an answer to the question."""
    for language, found in content.dialogs.words[dialog].items():
        words = found.questions.get(question)
        if words is not None:
            phrase = Phrase("", words.cues)
            keys = ("questions", question, "cues")
            yield from _uses(content, (dialog, language), keys, phrase, f'a cue of "{question}"')


def _uses(
    content: Content,
    place: tuple[str, Language],
    keys: Iterable[str],
    phrase: Phrase,
    meaning: str,
) -> Iterator[Use]:
    file = content.sources.files[place]
    line = _line(file.table, keys)
    for word in (phrase.say, *phrase.also, *phrase.near, *phrase.cues):
        if word:
            yield Use(word, normalise(word), meaning, place[1], file.file, line)


def _line(table: Table, keys: Iterable[str]) -> int:
    """The line of the last key there is on the way."""
    node: Node | None = table
    line = table.line
    for key in keys:
        if not isinstance(node, Table) or key not in node.lines:
            break
        line, node = node.lines[key], node.nodes[key]
    return line


def _nothing_left(uses: Iterable[Use], where: str) -> Iterator[Problem]:
    for use in uses:
        if not use.normal:
            sentence = f'D07: "{use.word}", {use.meaning} {where}'.rstrip()
            yield Problem(use.file, use.line, f"{sentence}, has no letter or digit to type.")


def _ambiguous(uses: Iterable[Use], sentence: str) -> Iterator[Problem]:
    """A problem for each word and second meaning; the first stays in force."""
    first: dict[str, Use] = {}
    told: set[tuple[str, str]] = set()
    for use in uses:
        other = first.setdefault(use.normal, use)
        if use.normal and other.meaning != use.meaning and (use.normal, use.meaning) not in told:
            told.add((use.normal, use.meaning))
            filled = sentence.format(use.word, use.meaning, _named(other, use.language))
            yield Problem(use.file, use.line, filled)


def _named(use: Use, language: Language) -> str:
    """The meaning; with its language where it is another."""
    if use.language == language:
        return use.meaning
    return f"{use.meaning} ({LANGUAGE_NAMES[use.language]})"


def _service(content: Content) -> Iterator[tuple[Language, ServiceWords]]:
    for language in LANGUAGES:
        if language in content.dialogs.service:
            yield language, content.dialogs.service[language]
