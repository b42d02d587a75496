"""A dialog changes under a draft: what still fits is kept, the rest is asked again."""

from dataclasses import replace

import pytest
from building import dialog, draft, given, question

from kpbot.engine.dialog import Question
from kpbot.engine.guards import Is
from kpbot.engine.migrate import migrate, takes
from kpbot.engine.place import place
from kpbot.model import Value

SIDE = question("side", "choice", of=("north", "south"))
TOWN = question("town", "text", maximum=20)
BEGUN = draft("old", side="north", town="Sfax")


def test_the_same_version_changes_nothing() -> None:
    begun = draft("1", gone="x")
    assert migrate(dialog(SIDE), begun) == (begun, ())
    assert migrate(dialog(SIDE), begun)[0] is begun


def test_an_answer_that_still_fits_is_kept_untouched() -> None:
    moved, again = migrate(dialog(SIDE, TOWN), BEGUN)
    assert (moved, again) == (replace(BEGUN, version="1"), ())


def test_an_answer_is_carried_over_from_the_former_id() -> None:
    city = question("city", "text", was="town")
    moved, again = migrate(dialog(SIDE, city), replace(BEGUN, focus="town"))
    assert {name: answer.value for name, answer in moved.answers.items()} == {
        "side": "north",
        "city": "Sfax",
    }
    assert (moved.trail, moved.focus, again) == (("side", "city"), "city", ())


def test_a_parked_answer_is_carried_over_as_parked() -> None:
    begun = replace(BEGUN, answers={"side": given("north")}, parked={"town": given("Sfax")})
    moved, _ = migrate(dialog(SIDE, question("city", "text", was="town")), begun)
    assert dict(moved.parked) == {"city": given("Sfax")}


def test_a_narrowed_option_is_asked_again() -> None:
    moved, again = migrate(dialog(replace(SIDE, of=("south",)), TOWN), BEGUN)
    assert (list(moved.answers), again) == (["town"], ("side",))
    assert place(dialog(replace(SIDE, of=("south",)), TOWN), moved) == "side"


def test_a_dropped_question_takes_its_answer_with_it() -> None:
    moved, again = migrate(dialog(TOWN), replace(BEGUN, focus="side"))
    assert (list(moved.answers), dict(moved.parked), again) == (["town"], {}, ())
    assert (moved.trail, moved.focus) == (("town",), None)


def test_reordered_questions_keep_their_answers() -> None:
    moved, again = migrate(dialog(TOWN, SIDE), BEGUN)
    assert ({*moved.answers}, moved.trail, again) == ({"side", "town"}, ("side", "town"), ())


def test_an_added_question_is_asked_and_repeats_nothing() -> None:
    made = dialog(question("new"), SIDE, TOWN)
    moved, again = migrate(made, BEGUN)
    assert (place(made, moved), again) == ("new", ())


def test_a_question_that_applies_no_more_is_parked() -> None:
    made = dialog(SIDE, replace(TOWN, when=Is("side", ("south",))))
    moved, again = migrate(made, BEGUN)
    assert (list(moved.parked), again) == (["town"], ())


def test_nothing_is_repeated_that_does_not_apply() -> None:
    made = dialog(SIDE, replace(TOWN, maximum=2, when=Is("side", ("south",))))
    assert migrate(made, BEGUN)[1] == ()


def test_consent_to_an_older_revision_never_counts() -> None:
    consent = question("privacy", "consent", revision=2)
    moved, again = migrate(dialog(consent, SIDE), draft("old", privacy=True, side="north"))
    assert (list(moved.answers), again) == (["side"], ("privacy",))


def test_consent_to_this_revision_counts() -> None:
    consent = question("privacy", "consent", revision=2)
    begun = replace(draft("old"), answers={"privacy": given(True, revision=2)})
    assert migrate(dialog(consent), begun)[1] == ()


def test_a_skipped_question_that_is_needed_now_is_asked_again() -> None:
    made = dialog(SIDE, TOWN)
    moved, again = migrate(made, draft("old", side="north", town=None))
    assert (place(made, moved), again) == ("town", ("town",))


WISH = question("q", "choices", of=("a", "b", "c"), maximum=2, exclusive=("c",))
TAKEN: list[tuple[Question, Value, bool]] = [
    (question("q"), True, True),
    (question("q"), "yes", False),
    (SIDE, "south", True),
    (SIDE, "west", False),
    (SIDE, ("south",), False),
    (WISH, ("a", "b"), True),
    (WISH, ("a", "x"), False),
    (WISH, ("a", "c"), False),
    (WISH, (), False),
    (replace(WISH, maximum=1), ("a", "b"), False),
    (question("q", "number", minimum=1, maximum=9), 9, True),
    (question("q", "number", minimum=1, maximum=9), 10, False),
    (question("q", "number", minimum=1, maximum=9), True, False),
    (question("q", "number", minimum=1, maximum=9), "viele", False),
    (question("q", "number", minimum=1, maximum=9, keep=True), "viele", True),
    (question("q", "number", minimum=1, maximum=9, keep=True), ("a",), False),
    (question("q", "date"), "2027-03-01", True),
    (question("q", "date"), "im März", False),
    (question("q", "text", maximum=3), "abcd", False),
    (question("q", "text", minimum=2), "a", False),
    (question("q", "text", maximum=3, cut=True), "abcd", True),
    (question("q", "email"), 7, False),
    (question("q", optional=True), None, True),
    (question("q", optional=Is("x", (True,))), None, True),
    (question("q"), None, False),
]


@pytest.mark.parametrize(("asked", "value", "expected"), TAKEN)
def test_a_question_takes_what_it_could_have_been_given(
    asked: Question, value: Value, expected: bool
) -> None:
    assert takes(asked, value) is expected
