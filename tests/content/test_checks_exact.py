"""The exact lints agree with trying every answer there is."""

from collections.abc import Iterator, Mapping
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kpbot.content.checks import Content
from kpbot.content.checks_answers import answer_space
from kpbot.content.dialogs import Sources
from kpbot.engine.dialog import Dialog, Dialogs, Flag, Outcome, Question
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
    holds,
)
from kpbot.model import Value

TYPES = ("consent", "yesno", "choice", "choices", "number", "text")
OPTIONS = ("a", "b", "c")
Answers = Mapping[str, Value]


@st.composite
def atoms(draw: st.DrawFn, before: list[Question]) -> Guard:
    question = draw(st.sampled_from(before))
    name = question.id
    if draw(st.integers(0, 4)) == 0:
        return HasAnswer(name, draw(st.booleans()))
    some = draw(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2, unique=True))
    match question.type:
        case "yesno" | "consent":
            return draw(st.sampled_from((Is, IsNot)))(name, (draw(st.booleans()),))
        case "choice":
            return draw(st.sampled_from((Is, IsNot)))(name, tuple(some))
        case "choices":
            return Has(name, tuple(some))
        case "number":
            return draw(st.sampled_from((AtLeast, Below)))(name, draw(st.integers(0, 5)))
        case _:
            return HasAnswer(name, draw(st.booleans()))


@st.composite
def guards(draw: st.DrawFn, before: list[Question]) -> Guard:
    parts = draw(st.lists(atoms(before), min_size=1, max_size=3))
    if len(parts) == 1:
        return parts[0]
    return draw(st.sampled_from((All, AnyOf)))(tuple(parts))


@st.composite
def questions(draw: st.DrawFn, name: str, before: list[Question]) -> Question:
    kind = draw(st.sampled_from(TYPES))
    guard = guards(before) if before else st.none()
    optional = draw(st.one_of(st.booleans(), guards(before)) if before else st.booleans())
    value: Value = {
        "consent": True,
        "yesno": True,
        "choice": "b",
        "choices": ("b",),
        "number": 2,
        "text": "x",
    }[kind]
    implied = draw(st.lists(guards(before), max_size=2)) if before else []
    bounds = {"choices": draw(st.sampled_from(((None, None), (1, 1), (2, None), (None, 2))))}
    low, high = bounds.get(kind, (1, 4) if kind == "number" else (None, None))
    return Question(
        name,
        kind,
        "all",
        of=OPTIONS if kind in ("choice", "choices") else (),
        when=draw(st.one_of(st.none(), guard)),
        optional=optional,
        implied=tuple((each, value) for each in implied) if draw(st.booleans()) else (),
        minimum=low,
        maximum=high,
        exclusive=draw(st.sampled_from(((), ("c",)))) if kind == "choices" else (),
        keep=kind == "number" and draw(st.booleans()),
    )


@st.composite
def small_dialogs(draw: st.DrawFn) -> Dialog:
    asked: list[Question] = []
    for number in range(draw(st.integers(1, 4))):
        asked.append(draw(questions(f"q{number}", list(asked))))
    flags = draw(st.lists(guards(asked), max_size=2))
    ends = draw(st.lists(st.one_of(st.none(), guards(asked)), min_size=1, max_size=3))
    return Dialog(
        "d",
        "v",
        tuple(asked),
        tuple(Outcome(f"o{number}", guard) for number, guard in enumerate(ends)),
        flags=tuple(Flag(f"f{number}", guard) for number, guard in enumerate(flags)),
        file="d",
    )


def every_value(question: Question) -> list[Value]:
    match question.type:
        case "consent":
            return [True]
        case "yesno":
            return [True, False]
        case "choice":
            return list(question.of)
        case "number":
            return [1, 2, 3, 4, *(["x"] if question.keep else [])]
        case "choices":
            free = [option for option in question.of if option not in question.exclusive]
            low, high = question.minimum or 1, question.maximum or len(free)
            sets = chain.from_iterable(combinations(free, n) for n in range(low, high + 1))
            return [*sets, *((option,) for option in question.exclusive if low == 1)]
        case _:
            return ["x"]


def every_answer(asked: tuple[Question, ...]) -> Iterator[Answers]:
    if not asked:
        yield {}
        return
    *before, question = asked
    for values in every_answer(tuple(before)):
        if question.when is not None and not holds(question.when, values):
            yield values
            continue
        skip = question.optional
        possible = every_value(question)
        if skip is True or (skip is not False and holds(skip, values)):
            possible.append(None)
        # What is implied must be an answer all the same, even where bounds forbid to choose it.
        possible += [value for guard, value in question.implied if holds(guard, values)][:1]
        for value in possible:
            yield {**values, question.id: value}


def expected(dialog: Dialog) -> Iterator[str]:
    """Code and name of every complaint, by definition."""
    for position, question in enumerate(dialog.questions):
        yield from expected_of(question, list(every_answer(dialog.questions[:position])))
    final = list(every_answer(dialog.questions))
    for flag in dialog.flags:
        if len({holds(flag.when, s) for s in final}) == 1:
            yield f"D06 {flag.id}"
    for outcome in dialog.outcomes:
        passed = [s for s in final if outcome.when is not None and not holds(outcome.when, s)]
        if len(passed) == len(final):
            yield f"D10 {outcome.to}"
        elif outcome.when is not None and not passed:
            yield f"D06 {outcome.to}"
        final = passed
    if final:
        yield "D09"


def expected_of(question: Question, states: list[Answers]) -> Iterator[str]:
    when, optional = question.when, question.optional
    applying = [s for s in states if when is None or holds(when, s)]
    if not applying:
        yield f"D05 {question.id}"
        return
    if when is not None and len(applying) == len(states):
        yield f"D06 when {question.id}"
    if not isinstance(optional, bool) and len({holds(optional, s) for s in applying}) == 1:
        yield f"D06 optional {question.id}"
    for index, (guard, _) in enumerate(question.implied):
        earlier = [other for other, _ in question.implied[:index]]
        left = [s for s in applying if not any(holds(other, s) for other in earlier)]
        if left and not any(holds(guard, s) for s in left):
            yield f"D06 implied {question.id}"
    if all(any(holds(guard, s) for guard, _ in question.implied) for s in applying):
        yield f"D05 {question.id}"


def found(dialog: Dialog) -> Iterator[str]:
    content = Content(Sources(Dialogs({"d": dialog}, {}, {}), (), {}))
    for problem in answer_space(content):
        words = problem.sentence.split('"')
        code = problem.sentence[:3]
        part = ""
        if code == "D06" and words[1] in ("optional", "implied"):
            part, words = f"{words[1]} ", words[2:]
        elif code == "D06" and problem.sentence.startswith('D06: the guard of "q'):
            part = "when "
        yield "D09" if code == "D09" else f"{code} {part}{words[1]}"


@settings(max_examples=150, deadline=None)
@given(small_dialogs())
def test_exact_lints_agree_with_trying_every_answer(dialog: Dialog) -> None:
    assert sorted(found(dialog)) == sorted(expected(dialog))
