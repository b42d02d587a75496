"""What a release would do to the drafts that are open."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kpbot.content.dialogs_meaning import guard_data
from kpbot.content.release_lock import Lock, lock_of
from kpbot.content.release_plan import Fate, fate_of, guard_from, plan
from kpbot.engine.dialog import Dialog, Dialogs, Edition, Outcome, Question
from kpbot.engine.guards import All, AnyOf, AtLeast, Below, Guard, Has, HasAnswer, Is, IsNot
from kpbot.model import Answer, Conversation, Draft, Value

BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SIDE = Question("side", "choice", "all", of=("north", "south"))
TOWN = Question("town", "text", "all", maximum=20)
WISH = Question("wish", "choices", "all", of=("water", "waste"))
OLD = Dialog("trip", "1", (SIDE, TOWN, WISH), (Outcome("desk"),))


def draft(version: str = "1", **values: Value) -> Draft:
    answers = {name: Answer(value, "", "de", BEGAN) for name, value in values.items()}
    return Draft(version, BEGAN, answers, trail=tuple(values))


def locks(dialog: Dialog = OLD) -> Mapping[str, Lock]:
    return {dialog.name: lock_of(Edition(dialog, {}), None, date(2026, 11, 23))}


def released(*questions: Question, **fields: object) -> Dialogs:
    made = replace(OLD, version="2", questions=questions, **fields)  # type: ignore[arg-type]
    return Dialogs({"trip": made}, {"trip": {}}, {})


def fate(dialogs: Dialogs, begun: Draft, known: Mapping[str, Lock] | None = None) -> Fate:
    return fate_of(dialogs, (locks() if known is None else known).get("trip"), "trip", begun)


FULL = draft(side="north", town="Sfax", wish=("waste",))


def test_what_changes_nothing_for_a_draft_leaves_it_untouched() -> None:
    wider = released(replace(SIDE, of=("north", "south", "west")), TOWN, WISH)
    assert fate(wider, FULL) == Fate("untouched")
    assert fate(wider, draft(version="2")) == Fate("untouched")


def test_a_question_that_waited_before_is_not_new() -> None:
    more = released(SIDE, Question("more", "yesno", "all"), TOWN, WISH)
    assert fate(more, draft(side="north")) == Fate("changed", new=("more",))
    renamed = released(SIDE, replace(TOWN, id="city", was="town"), WISH)
    assert fate(renamed, draft(side="north")) == Fate("untouched")


def test_only_who_chose_what_is_gone_answers_again() -> None:
    narrower = released(SIDE, TOWN, replace(WISH, of=("water",)))
    assert fate(narrower, FULL) == Fate("changed", again=("wish",))
    assert fate(narrower, draft(wish=("water",))) == Fate("untouched")


def test_an_answer_that_goes_and_one_that_is_set_aside_are_told_apart() -> None:
    assert fate(released(SIDE, WISH), FULL) == Fate("changed", dropped=("town",))
    guarded = released(SIDE, replace(TOWN, when=Is("side", ("south",))), WISH)
    assert fate(guarded, FULL) == Fate("changed", aside=("town",))


def test_a_version_that_nobody_released_is_owned_up_to() -> None:
    narrower = released(SIDE, Question("more", "yesno", "all"), TOWN, replace(WISH, of=("water",)))
    expected = Fate("changed", again=("wish",), unknown=True)
    assert fate(narrower, FULL, {}) == expected
    assert fate(narrower, replace(FULL, version="0")) == expected


def test_a_closed_dialog_and_one_that_is_gone_keep_people_waiting() -> None:
    assert fate(released(SIDE, open=False), FULL) == Fate("closed")
    assert fate_of(Dialogs({}, {}, {}), None, "trip", FULL) == Fate("gone")


def test_a_draft_may_finish_with_its_own_version() -> None:
    made = replace(released(WISH), earlier={("trip", "1"): Edition(OLD, {})})
    assert fate(made, FULL) == Fate("finish_old")
    assert fate(made, replace(FULL, version="0")).kind == "changed"


def test_everybody_is_counted_once() -> None:
    narrower = released(SIDE, TOWN, replace(WISH, of=("water",)))
    many = [Conversation(str(n), "de", drafts={"trip": FULL}) for n in range(3)]
    none = [Conversation("a"), Conversation("b", drafts={"gone": FULL})]
    plans = plan(narrower, locks(), [*many, *none])
    assert dict(plans["trip"].fates) == {Fate("changed", again=("wish",)): 3}
    assert (plans["trip"].open, dict(plans["gone"].fates)) == (3, {Fate("gone"): 1})


GUARDS: list[Guard] = [
    Is("a", ("x", "y")),
    Is("a", (True,)),
    IsNot("a", ("x",)),
    Has("a", ("x",)),
    AtLeast("a", 5),
    Below("a", 5),
    HasAnswer("a", expected=False),
    All((Is("a", ("x",)), AnyOf((Below("b", 1), HasAnswer("c", expected=True))))),
]


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_comes_back_as_it_was_stored(guard: Guard) -> None:
    assert guard_from(guard_data(guard)) == guard


def test_what_is_no_guard_is_none() -> None:
    assert guard_from(None) is None
    with pytest.raises(ValueError, match="nonsense"):
        guard_from(["nonsense", "a"])
