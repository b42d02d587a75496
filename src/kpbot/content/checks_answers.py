"""D05, D06, D09 and D10: exact over every answer that guards can tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpbot.content.checks_content import Content
from kpbot.content.checks_dialog import duplicate_ids, forward_looks, unknown_names, wrong_values
from kpbot.content.checks_walk import BUDGET, TooManyAnswersError, reachable
from kpbot.content.problems import Problem
from kpbot.engine.dialog import Dialog, Flag, Question
from kpbot.engine.guards import Guard, holds
from kpbot.model import Value

Answers = Mapping[str, Value]
_MUST_BE_SOUND = (duplicate_ids, unknown_names, forward_looks, wrong_values)
"""What these complain about has no meaning that could be walked."""


def answer_space(content: Content) -> Iterator[Problem]:
    """D05 never asked, D06 guard always or never true, D09 no outcome, D10 outcome never chosen."""
    unsound = {problem.file for check in _MUST_BE_SOUND for problem in check(content)}
    for dialog in content.dialogs.dialogs.values():
        if dialog.file in unsound:
            continue
        for position, question in enumerate(dialog.questions):
            yield from _question(dialog, question, position)
        for flag in dialog.flags:
            yield from _flag(dialog, flag)
        yield from _outcomes(dialog)


def _question(dialog: Dialog, question: Question, position: int) -> Iterator[Problem]:
    guards = [guard for guard, _ in question.implied]
    guards += [question.when] if question.when is not None else []
    guards += [question.optional] if not isinstance(question.optional, bool) else []
    if not guards:
        return
    name = question.id
    try:
        states = reachable(dialog, guards, position)
    except TooManyAnswersError as error:
        yield _too_many(dialog, question.line, f'the guards of "{name}"', error)
        return
    for sentence in _sentences(question, states):
        yield Problem(dialog.file, question.line, sentence)


def _sentences(question: Question, states: Sequence[Answers]) -> Iterator[str]:
    name = question.id
    applying = [values for values in states if _holds(question.when, values)]
    if not applying:
        yield f'D05: "{name}" is never asked: no answers make its guard true.'
        return
    if question.when is not None and len(applying) == len(states):
        yield f'D06: the guard of "{name}" is always true: leave "when" out.'
    if isinstance(question.optional, bool):
        skippable = None
    else:
        skippable = sum(holds(question.optional, values) for values in applying)
    if skippable == len(applying):
        yield f'D06: "optional" of "{name}" is always true: write "optional: yes".'
    if skippable == 0:
        yield f'D06: "optional" of "{name}" is never true: leave it out.'
    asked = applying
    for guard, value in question.implied:
        left = [values for values in asked if not holds(guard, values)]
        if asked and len(left) == len(asked):
            yield f'D06: "implied" of "{name}" never gives "{_shown(value)}": leave it out.'
        asked = left
    if not asked:
        yield f'D05: "{name}" is never asked: its answer is always implied.'


def _flag(dialog: Dialog, flag: Flag) -> Iterator[Problem]:
    try:
        states = reachable(dialog, [flag.when], len(dialog.questions))
    except TooManyAnswersError as error:
        yield _too_many(dialog, flag.line, f'the flag "{flag.id}"', error)
        return
    raised = sum(holds(flag.when, values) for values in states)
    if raised == len(states):
        yield Problem(dialog.file, flag.line, f'D06: the flag "{flag.id}" is always raised.')
    if raised == 0:
        yield Problem(dialog.file, flag.line, f'D06: the flag "{flag.id}" is never raised.')


def _outcomes(dialog: Dialog) -> Iterator[Problem]:
    guards = [outcome.when for outcome in dialog.outcomes if outcome.when is not None]
    line = dialog.outcomes[-1].line if dialog.outcomes else 1
    try:
        left = reachable(dialog, guards, len(dialog.questions))
    except TooManyAnswersError as error:
        yield _too_many(dialog, line, "the outcomes", error)
        return
    for outcome in dialog.outcomes:
        passed = [values for values in left if not _holds(outcome.when, values)]
        if len(passed) == len(left):
            sentence = f'D10: the outcome "{outcome.to}" is never chosen.'
            yield Problem(dialog.file, outcome.line, sentence)
        elif outcome.when is not None and not passed:
            sentence = f'D06: the guard of the outcome "{outcome.to}" is always true by then.'
            yield Problem(dialog.file, outcome.line, sentence)
        left = passed
    if left:
        example = min(_example(values) for values in left)
        sentence = f"D09: there is no outcome for {example}: end with one that has no guard."
        yield Problem(dialog.file, line, sentence)


def _holds(guard: Guard | None, values: Answers) -> bool:
    return guard is None or holds(guard, values)


def _too_many(dialog: Dialog, line: int, what: str, error: TooManyAnswersError) -> Problem:
    sentence = (
        f"D05: {what} cannot be checked: there are more than {BUDGET} combinations of answers "
        f"to {', '.join(error.questions)}. Use fewer of them, or split the dialog."
    )
    return Problem(dialog.file, line, sentence)


def _example(values: Answers) -> str:
    shown = [f"{name} = {_shown(value)}" for name, value in values.items()]
    return ", ".join(shown) or "any answers"


def _shown(value: Value) -> str:
    match value:
        case None:
            return "(skipped)"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return " + ".join(value)
        case _:
            return str(value)
