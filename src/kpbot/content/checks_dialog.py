"""D01 to D04, D14 and D17: what is wrong with a dialog without walking its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from kpbot.content.checks_content import Atom, Content, atoms_of, guards_of
from kpbot.content.dialogs_guards import TRUTHS
from kpbot.content.problems import Problem, probable
from kpbot.engine.dialog import Dialog, Question
from kpbot.engine.guards import AtLeast, Below, Has, HasAnswer, Is, IsNot
from kpbot.model import QuestionType, Value

OPTIONED: frozenset[QuestionType] = frozenset({"choice", "choices"})
NUMERIC: frozenset[QuestionType] = frozenset({"number", "year"})


def duplicate_ids(content: Content) -> Iterator[Problem]:
    """D01: an id stands for two things."""
    for dialog in content.dialogs.dialogs.values():
        ids = [(question.id, question.line) for question in dialog.questions]
        yield from _twice(dialog, "question", ids)
        flags = [(flag.id, flag.line) for flag in dialog.flags]
        yield from _twice(dialog, "flag", flags)
        for question in dialog.questions:
            options = [(option, question.line) for option in question.of]
            yield from _twice(dialog, f'option of "{question.id}"', options)


def _twice(dialog: Dialog, kind: str, ids: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for name, line in ids:
        if name in first:
            sentence = f'D01: the {kind} "{name}" stands already in line {first[name]}.'
            yield Problem(dialog.file, line, sentence)
        first.setdefault(name, line)


def unknown_names(content: Content) -> Iterator[Problem]:
    """D02: a question or option is named that there is not."""
    for dialog in content.dialogs.dialogs.values():
        for guard, _, owner, line in guards_of(dialog):
            for atom in atoms_of(guard):
                if atom.question not in dialog.by_id:
                    sentence = f'D02: {owner} names the unknown question "{atom.question}".'
                    meant = probable(atom.question, dialog.by_id)
                    yield Problem(dialog.file, line, sentence, meant)
        for question in dialog.questions:
            yield from _unknown_parts(dialog, question)


def _unknown_parts(dialog: Dialog, question: Question) -> Iterator[Problem]:
    named = [("exclusive", option) for option in question.exclusive]
    named += [("other", question.other)] if question.other else []
    for key, option in named:
        if option not in question.of:
            sentence = f'D02: "{key}" of "{question.id}" names the unknown option "{option}".'
            yield Problem(dialog.file, question.line, sentence, probable(option, question.of))
    target = question.other_text
    if target and target not in dialog.by_id:
        sentence = f'D02: "other_text" of "{question.id}" names the unknown question "{target}".'
        yield Problem(dialog.file, question.line, sentence, probable(target, dialog.by_id))


def forward_looks(content: Content) -> Iterator[Problem]:
    """D03: a guard names a question that is not asked before it."""
    for dialog in content.dialogs.dialogs.values():
        every = {question.id for question in dialog.questions}
        for guard, position, owner, line in guards_of(dialog):
            before = {question.id for question in dialog.questions[:position]}
            for atom in atoms_of(guard):
                if atom.question in every - before:
                    sentence = f'D03: {owner} names "{atom.question}", which is not asked before.'
                    yield Problem(dialog.file, line, sentence)


def wrong_values(content: Content) -> Iterator[Problem]:
    """D04: a value is no option, an operator does not fit the type, bounds fit nothing."""
    for dialog in content.dialogs.dialogs.values():
        for guard, _, owner, line in guards_of(dialog):
            for atom in atoms_of(guard):
                question = dialog.by_id.get(atom.question)
                for sentence, meant in _misfits(atom, question) if question else ():
                    yield Problem(dialog.file, line, f"D04: {owner} {sentence}", meant)
        for question in dialog.questions:
            for sentence, meant in _wrong_parts(dialog, question):
                yield Problem(dialog.file, question.line, f"D04: {sentence}", meant)


def _misfits(atom: Atom, question: Question) -> Iterator[tuple[str, str]]:
    """What does not fit, and the word probably meant."""
    name, kind = question.id, question.type
    match atom:
        case Is(_, values) | IsNot(_, values) if kind == "choice" or kind in TRUTHS:
            yield from _strangers(question, values)
        case Has(_, words) if kind == "choices":
            yield from _strangers(question, words)
        case Is() | IsNot() if kind == "choices":
            yield f'compares "{name}", which has several answers: use has.', "has"
        case Is() | IsNot():
            yield f'compares "{name}", whose type is {kind}: only answered can be asked of it.', ""
        case Has():
            yield f'uses has on "{name}", whose type is {kind} and not choices.', ""
        case AtLeast() | Below() if kind not in NUMERIC:
            yield f'uses gte or lt on "{name}", whose type is {kind} and no number.', ""


def _strangers(question: Question, values: Iterable[str | bool]) -> Iterator[tuple[str, str]]:
    for value in values:
        if question.type in TRUTHS and not isinstance(value, bool):
            yield f'compares "{question.id}" with "{value}": it is answered by yes or no.', ""
        elif isinstance(value, str) and question.type in OPTIONED and value not in question.of:
            sentence = f'compares "{question.id}" with "{value}", which is none of its options.'
            yield sentence, probable(value, question.of)


def _wrong_parts(dialog: Dialog, question: Question) -> Iterator[tuple[str, str]]:
    name, kind = question.id, question.type
    if kind in OPTIONED and not question.of:
        yield f'"{name}" has no options in "of".', ""
    if kind not in OPTIONED and (question.of or question.exclusive or question.other):
        yield f'"{name}" has options, but its type is {kind}.', ""
    for _, value in question.implied:
        if not _fits(question, value):
            shown = ", ".join(value) if isinstance(value, tuple) else value
            meant = probable(value, question.of) if isinstance(value, str) else ""
            yield f'"implied" of "{name}" gives "{shown}", which is no answer to it.', meant
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        yield f'"min" of "{name}" is above its "max".', ""
    if kind == "choices" and question.of and (low or 0) > _most(question):
        yield f'"min" of "{name}" asks for more options than can be chosen together.', ""
    target = dialog.by_id.get(question.other_text or "")
    if target is not None and target.type != "text":
        yield f'"other_text" of "{name}" names "{target.id}", whose type is not text.', ""


def _most(question: Question) -> int:
    return len(set(question.of) - set(question.exclusive)) or 1


def _fits(question: Question, value: Value) -> bool:
    """Whether the value answers the question."""
    kind = question.type
    if kind in TRUTHS:
        return isinstance(value, bool)
    if kind in NUMERIC:
        low, high = question.minimum, question.maximum
        if not isinstance(value, int):
            return False
        return (low is None or low <= value) and (high is None or value <= high)
    if kind == "choice":
        return value in question.of
    if kind == "choices":
        return isinstance(value, tuple) and bool(value) and set(value) <= set(question.of)
    return isinstance(value, str) and bool(value)


def retired_ids(content: Content) -> Iterator[Problem]:
    """D14: a retired id came back."""
    for dialog in content.dialogs.dialogs.values():
        for question in dialog.questions:
            if question.id in dialog.retired:
                sentence = f'D14: "{question.id}" is retired: old answers would be misread.'
                yield Problem(dialog.file, question.line, sentence)


def private_guards(content: Content) -> Iterator[Problem]:
    """D17: an outcome or a flag lets a private answer show through.

    That something was answered at all is no private answer.
    """
    for dialog in content.dialogs.dialogs.values():
        private = private_ids(dialog)
        guarded = [(flag.when, f'flag "{flag.id}"', flag.line) for flag in dialog.flags]
        guarded += [
            (outcome.when, f'outcome "{outcome.to}"', outcome.line)
            for outcome in dialog.outcomes
            if outcome.when is not None
        ]
        for guard, owner, line in guarded:
            for atom in atoms_of(guard):
                if atom.question in private and not isinstance(atom, HasAnswer):
                    sentence = f'D17: the {owner} depends on the private "{atom.question}".'
                    yield Problem(dialog.file, line, sentence)


def private_ids(dialog: Dialog) -> Set[str]:
    """The questions whose answers stay out of logs, figures and sentences."""
    return {question.id for question in dialog.questions if question.private}
