"""Every answer that guards can tell apart, walked exactly.

Only the questions are walked that a guard names, and those that decide whether they are asked or
may be skipped; only the values are told apart that these guards tell apart; only the answers are
kept that a later guard still reads. Nothing is sampled: beyond the budget the walk fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from kpbot.content.checks_content import Atom, atoms_of
from kpbot.engine.dialog import Dialog, Question
from kpbot.engine.guards import AtLeast, Below, Guard, Has, Is, IsNot, holds, named
from kpbot.model import Value

BUDGET = 20_000
"""Answer combinations kept at once."""

State = tuple[tuple[str, Value], ...]
"""Answers by question, in order; None: skipped, absent: not asked."""


class TooManyAnswersError(Exception):
    """The walk went over the budget; the argument names the questions it had to keep."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(", ".join(questions))
        self.questions = tuple(questions)


def reachable(dialog: Dialog, guards: Iterable[Guard], until: int) -> list[Mapping[str, Value]]:
    """What the guards can find answered after the first `until` questions.

    Every combination once, with one value standing for all that the guards treat alike. A
    question whose answer is implied can still be answered otherwise, at the review for one.
    Raises TooManyAnswersError.
    """
    wanted = list(guards)
    questions, read = _needed(dialog, wanted, until)
    atoms = _atoms(read)
    states: set[State] = {()}
    for position, question in enumerate(questions):
        cells = tuple(_cells(question, atoms.get(question.id, [])))
        later = chain(wanted, *(_own_guards(other) for other in questions[position + 1 :]))
        keep = {name for guard in later for name in named(guard)}
        states = {
            tuple(entry for entry in following if entry[0] in keep)
            for state in states
            for following in _answered(question, state, cells)
        }
        if len(states) > BUDGET:
            raise TooManyAnswersError([other.id for other in questions if other.id in keep])
    return [dict(state) for state in states]


def _own_guards(question: Question) -> Iterator[Guard]:
    """The guards that decide about the question."""
    if question.when is not None:
        yield question.when
    if not isinstance(question.optional, bool):
        yield question.optional
    for guard, _ in question.implied:
        yield guard


def _needed(
    dialog: Dialog, guards: Sequence[Guard], until: int
) -> tuple[list[Question], list[Guard]]:
    """The questions that matter to the guards, in order, and every guard that is read."""
    read = list(guards)
    names = {name for guard in guards for name in named(guard)}
    needed: list[Question] = []
    for question in reversed(dialog.questions[:until]):
        if question.id in names:
            own = list(_own_guards(question))
            read += own
            names.update(name for guard in own for name in named(guard))
            needed.append(question)
    return needed[::-1], read


def _atoms(guards: Iterable[Guard]) -> Mapping[str, list[Atom]]:
    atoms: dict[str, list[Atom]] = {}
    for guard in guards:
        for atom in atoms_of(guard):
            atoms.setdefault(atom.question, []).append(atom)
    return atoms


def _answered(question: Question, state: State, cells: Iterable[Value]) -> Iterator[State]:
    """The state with every answer the question can have then."""
    values = dict(state)
    if question.when is not None and not holds(question.when, values):
        yield state
        return
    for value in cells:
        yield (*state, (question.id, value))
    optional = question.optional
    if optional is True or (not isinstance(optional, bool) and holds(optional, values)):
        yield (*state, (question.id, None))
    for guard, value in question.implied:
        if holds(guard, values):
            yield (*state, (question.id, value))
            return


def _cells(question: Question, atoms: Sequence[Atom]) -> Iterator[Value]:
    """One answer for each way in which the atoms can take it."""
    match question.type:
        case "consent":
            yield True  # whoever refuses leaves the dialog
        case "yesno":
            yield from (True, False)
        case "choice":
            yield from _choice_cells(question, atoms)
        case "choices":
            yield from _choices_cells(question, atoms)
        case "number" | "year":
            yield from _number_cells(question, atoms)
        case _:
            yield "answered"


def _choice_cells(question: Question, atoms: Sequence[Atom]) -> Iterator[str]:
    compared = [set(atom.values) for atom in atoms if isinstance(atom, Is | IsNot)]
    cells: dict[tuple[bool, ...], str] = {}
    for option in question.of:
        cells.setdefault(tuple(option in values for values in compared), option)
    yield from cells.values()


def _choices_cells(question: Question, atoms: Sequence[Atom]) -> Iterator[tuple[str, ...]]:
    """A selection for each set of `has` guards that a selection can meet."""
    members = list(dict.fromkeys(frozenset(a.values) for a in atoms if isinstance(a, Has)))
    together = [option for option in question.of if option not in question.exclusive]
    least, most = question.minimum or 1, question.maximum or len(question.of)
    found: dict[tuple[int, int], tuple[str, ...]] = {(0, 0): ()}
    for option in together:
        mark = _mark(option, members)
        for (met, count), chosen in list(found.items()):
            if count < most:
                found.setdefault((met | mark, count + 1), (*chosen, option))
        if len(found) > BUDGET:
            raise TooManyAnswersError([question.id])
    cells = {met: chosen for (met, count), chosen in reversed(found.items()) if count >= least}
    for option in question.exclusive if least == 1 else ():
        cells.setdefault(_mark(option, members), (option,))
    yield from cells.values()


def _mark(option: str, members: Sequence[frozenset[str]]) -> int:
    """One bit for each set that the option is in."""
    return sum(1 << index for index, words in enumerate(members) if option in words)


def _number_cells(question: Question, atoms: Sequence[Atom]) -> Iterator[Value]:
    low, high = question.minimum, question.maximum
    limits = sorted({atom.limit for atom in atoms if isinstance(atom, AtLeast | Below)})
    cuts = [
        limit
        for limit in limits
        if (low is None or limit > low) and (high is None or limit <= high)
    ]
    if low is None:
        low = cuts[0] - 1 if cuts else (high or 0)
    yield from (low, *cuts)
    if question.keep:
        yield "as typed"
