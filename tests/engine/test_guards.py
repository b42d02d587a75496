"""A guard is true only on the strength of answers that were given and still apply."""

import pytest
from building import dialog, draft, question

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
    named,
)
from kpbot.engine.place import walk
from kpbot.model import Value

TABLE: list[tuple[Guard, Value, bool]] = [
    (Is("q", ("a", "b")), "a", True),
    (Is("q", ("a", "b")), "c", False),
    (Is("q", (True,)), True, True),
    (Is("q", (True,)), False, False),
    (Is("q", (False,)), False, True),
    (IsNot("q", ("a",)), "b", True),
    (IsNot("q", ("a",)), "a", False),
    (IsNot("q", (True,)), False, True),
    (Has("q", ("x", "y")), ("a", "y"), True),
    (Has("q", ("x", "y")), ("a",), False),
    (Has("q", ("x",)), "x", False),
    (AtLeast("q", 3), 3, True),
    (AtLeast("q", 3), 2, False),
    (AtLeast("q", 0), "ungefähr drei", False),
    (AtLeast("q", 0), True, False),
    (Below("q", 3), 2, True),
    (Below("q", 3), 3, False),
    (Below("q", 3), "zwei", False),
    (Below("q", 3), False, False),
    (HasAnswer("q"), "a", True),
    (HasAnswer("q"), False, True),
    (HasAnswer("q", expected=False), "a", False),
    (All((Is("q", ("a",)), HasAnswer("q"))), "a", True),
    (All((Is("q", ("a",)), Is("q", ("b",)))), "a", False),
    (AnyOf((Is("q", ("a",)), Is("q", ("b",)))), "b", True),
    (AnyOf((Is("q", ("a",)), Is("q", ("b",)))), "c", False),
    (AnyOf(()), "a", False),
    (All(()), "a", True),
]

ASKING = [Is("q", ("a",)), IsNot("q", ("a",)), Has("q", ("a",)), AtLeast("q", 0), Below("q", 9)]


@pytest.mark.parametrize(("guard", "value", "expected"), TABLE)
def test_a_guard_reads_the_answer(guard: Guard, value: Value, expected: bool) -> None:
    assert holds(guard, {"q": value}) is expected


@pytest.mark.parametrize("guard", [*ASKING, HasAnswer("q")])
@pytest.mark.parametrize("values", [{}, {"q": None}, {"other": "a"}])
def test_skipped_or_unasked_is_false(guard: Guard, values: dict[str, Value]) -> None:
    assert not holds(guard, values)


def test_only_not_answered_holds_for_what_was_skipped() -> None:
    assert holds(HasAnswer("q", expected=False), {"q": None})


def test_an_answer_that_applies_no_more_opens_nothing() -> None:
    tiny = dialog(
        question("a"),
        question("b", when=Is("a", (True,))),
        question("c", when=Is("b", (True,))),
    )
    assert walk(tiny, draft(a=True, b=True)).applying == ("a", "b", "c")
    assert walk(tiny, draft(a=False, b=True)).applying == ("a",)


def test_every_question_of_a_guard_is_named_in_order() -> None:
    guard = All((Is("a", ("x",)), AnyOf((Has("b", ("y",)), HasAnswer("a"))), Below("c", 1)))
    assert list(named(guard)) == ["a", "b", "a", "c"]
