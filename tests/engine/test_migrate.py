"""A dialog changes under a draft: what still fits is kept, the rest is asked again."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import hypothesis
import pytest
from building import FACTS, Chat, changed, dialog, draft, given, house, question
from hypothesis import strategies as st
from test_always import Journey, assert_record, assert_stands, walk_on
from wandering import (
    MOVES,
    Move,
    World,
    guards,
    happening_of,
    journeys,
    questions,
    set_out,
    small_or_shipped,
    wander,
)
from wandering import _narrowed as narrowed
from wandering import _valid as valid

from kpbot.content.dialogs_meaning import version_of
from kpbot.content.release_changes import classify
from kpbot.content.release_lock import lock_of, with_formerly
from kpbot.engine.dialog import Dialog, Dialogs, Edition, Question
from kpbot.engine.expect import expects
from kpbot.engine.guards import Is, IsNot
from kpbot.engine.migrate import migrate, takes
from kpbot.engine.place import place, walk
from kpbot.engine.speech import speak
from kpbot.engine.step import step
from kpbot.model import (
    Answer,
    Ask,
    Conversation,
    Draft,
    Due,
    Effect,
    Event,
    Happening,
    Pressed,
    ShowCommands,
    ShowOffer,
    ShowReview,
    Value,
)
from kpbot.store.codec import conversation_from_json, conversation_to_json

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


def test_an_answer_to_an_older_revision_never_counts_whatever_the_type() -> None:
    made = dialog(replace(SIDE, revision=2), TOWN)
    moved, again = migrate(made, BEGUN)
    assert (list(moved.answers), again) == (["town"], ("side",))
    answered = replace(BEGUN, answers={**BEGUN.answers, "side": given("north", revision=2)})
    assert migrate(made, answered)[1] == ()


def test_what_was_left_open_stays_open_under_another_revision() -> None:
    made = dialog(SIDE, replace(TOWN, optional=True, revision=2))
    moved, again = migrate(made, draft("old", side="north", town=None))
    assert (place(made, moved), again) == (None, ())


def test_an_answer_finds_its_question_through_several_releases() -> None:
    made = dialog(SIDE, question("place", "text", was="city", formerly=("town",)))
    moved, again = migrate(made, replace(BEGUN, focus="town"))
    assert {name: answer.value for name, answer in moved.answers.items()} == {
        "side": "north",
        "place": "Sfax",
    }
    assert (moved.trail, moved.focus, again) == (("side", "place"), "place", ())


def test_an_answer_that_does_not_fit_and_was_parked_repeats_nothing() -> None:
    begun = replace(BEGUN, answers={"side": given("north")}, parked={"town": given("Sfax")})
    moved, again = migrate(dialog(SIDE, replace(TOWN, maximum=2)), begun)
    assert (dict(moved.parked), again) == ({}, ())


def test_what_may_no_longer_be_left_open_by_this_person_is_asked_again() -> None:
    made = dialog(SIDE, replace(TOWN, optional=IsNot("side", ("north",))))
    moved, again = migrate(made, draft("old", side="north", town=None))
    assert (place(made, moved), again) == ("town", ("town",))


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


# ── any release under any conversation ───────────────────────────────────────────────────────


@dataclass
class Sleeper(Chat):
    """A person whose conversation lies in the store, as JSON, while releases go by."""

    def sleep(self) -> "Sleeper":
        self.conversation = conversation_from_json(conversation_to_json(self.conversation))
        return self

    def send(self, happening: Happening, **fields: Any) -> tuple[Effect, ...]:
        """As for everybody, and spoken in the words of the draft's own version."""
        self.number += 1
        self.at += timedelta(minutes=1)
        language = fields.pop("language", self.conversation.language)
        event = Event(
            f"e{self.number}", self.at, happening, language, reference=f"KP-{self.number}"
        )
        before = self.conversation.drafts
        self.conversation, self.effects = step(self.dialogs, self.conversation, event)
        own = self.dialogs.under({**before, **self.conversation.drafts})
        expects(self.dialogs.under(self.conversation.drafts), self.conversation)
        self.out = speak(own, self.conversation, self.effects, FACTS, channel="t", person="p")
        if self.out is not None:
            turn = self.out.turn
            self.buttons += [Pressed(turn, each.question, each.id) for each in self.out.buttons]
        return self.effects

    @property
    def dialog(self) -> Dialog:
        name = self.conversation.active or ""
        found = self.dialogs.at(name, self.conversation.drafts[name].version)
        assert found is not None
        return found


_UPHEAVALS = (
    "add", "drop", "move", "rename", "lose", "narrow", "retype", "bounds",
    "guard", "unguard", "must", "may", "revise", "consent", "stand alone",
)  # fmt: skip


@st.composite
def upheavals(draw: st.DrawFn, before: Dialogs, name: str, version: int) -> Dialogs:
    """The dialogs after changes of every kind to this one, most of which no linter would allow."""
    old = before.dialogs[name]
    asked = list(old.questions)
    for number in range(draw(st.integers(1, 5))):
        asked = _upheaval(draw, asked, f"{version}{number}")
    made = replace(old, questions=valid(asked), version=f"{name}-{version}")
    if draw(st.integers(0, 9)) == 0:
        made = replace(made, open=not made.open)
    return with_dialog(before, made)


def with_dialog(before: Dialogs, made: Dialog) -> Dialogs:
    words = {**before.words, **house(made).words}
    return Dialogs({**before.dialogs, made.name: made}, words, before.service, before.earlier)


def _upheaval(draw: st.DrawFn, asked: list[Question], mark: str) -> list[Question]:
    here = draw(st.integers(0, len(asked) - 1))
    chosen, before, after = asked[here], asked[:here], asked[here + 1 :]
    rest = [*before, *after]
    earlier = [each for each in before if each.type != "consent"]
    match draw(st.sampled_from(_UPHEAVALS)):
        case "add":
            return [*before, draw(questions(f"n{mark}", earlier)), chosen, *after]
        case "drop" if rest:
            return rest
        case "move":
            there = draw(st.integers(0, len(rest)))
            return [*rest[:there], chosen, *rest[there:]]
        case "rename":
            renamed = replace(chosen, id=f"r{mark}", was=chosen.id, formerly=chosen.former)
            return [*before, renamed, *after]
        case "lose":
            return [*before, replace(chosen, id=f"l{mark}", was=None, formerly=()), *after]
        case "consent":
            return [replace(q, revision=q.revision + (q.type == "consent")) for q in asked]
        case kind:
            return [*before, _altered(draw, kind, chosen, earlier), *after]


def _altered(draw: st.DrawFn, kind: str, chosen: Question, earlier: list[Question]) -> Question:
    match kind:
        case "retype" if chosen.type != "consent":
            fresh = draw(questions(chosen.id, earlier))
            revision = chosen.revision + draw(st.integers(0, 1))
            return replace(fresh, was=chosen.was, formerly=chosen.formerly, revision=revision)
        case "narrow":
            return narrowed(chosen)
        case "bounds" if chosen.type in {"text", "place", "number", "year"}:
            low = draw(st.integers(1, 8))
            high = low + draw(st.integers(0, 8))
            return replace(chosen, minimum=low, maximum=high, keep=False)
        case "guard" if earlier:
            return replace(chosen, when=draw(guards(earlier)))
        case "unguard":
            return replace(chosen, when=None)
        case "must":
            return replace(chosen, optional=False)
        case "may":
            return replace(chosen, optional=draw(guards(earlier)) if earlier else True)
        case "revise":
            return replace(chosen, revision=chosen.revision + 1)
        case "stand alone" if chosen.type == "choices":
            return replace(chosen, exclusive=chosen.of[-1:])
        case _:
            return chosen


@st.composite
def upheaved(draw: st.DrawFn, releases: int = 3) -> list[World]:
    """Dialogs and their next releases."""
    worlds = [draw(small_or_shipped())]
    name = worlds[0].name
    for version in range(draw(st.integers(1, releases))):
        worlds.append(World(draw(upheavals(worlds[-1].dialogs, name, version)), name))
    return worlds


def asleep(world: World, journey: Journey) -> Sleeper:
    """Somebody who went some of the way and is away now, in the middle of the dialog."""
    chat = Sleeper(world.dialogs, Conversation("c", "de", greeted=True))
    set_out(chat, world.name, journey[0])
    for _ in wander(chat, world.name, journey[1]):
        pass
    if chat.conversation.active != world.name:
        chat.begin(world.name)
    return chat.sleep()


_NEWS = {"dialog_changed", "consent_again"}


def news(chat: Chat) -> list[str]:
    return [key for key in chat.said if key in _NEWS]


@pytest.mark.slow
@hypothesis.given(upheaved(), journeys(longest=6), st.lists(MOVES, min_size=1, max_size=8))
def test_whoever_is_in_the_middle_goes_on_whatever_is_released(
    worlds: list[World], journey: Journey, moves: list[Move]
) -> None:
    name = worlds[0].name
    chat = asleep(worlds[0], journey)
    for number, move in enumerate(moves):
        if number + 1 < len(worlds):
            chat.sleep().release(worlds[number + 1].dialogs)
        chat.send(happening_of(chat, move))
        assert_stands(chat)
        assert_record(chat)
    chat.release(worlds[-1].dialogs).command("menu")
    chat.begin(name)
    if chat.dialog.open:
        assert any(isinstance(effect, Ask | ShowReview) for effect in chat.effects)
        walk_on(chat)
        chat.button("send")
        assert chat.submitted is not None
        assert chat.submitted.draft.version == chat.dialogs.dialogs[name].version
        assert_record(chat)
    else:
        assert "dialog_closed" in chat.said


@pytest.mark.slow
@hypothesis.given(upheaved(), journeys(longest=6))
def test_exactly_the_answers_that_still_fit_are_kept(worlds: list[World], journey: Journey) -> None:
    chat = asleep(worlds[0], journey)
    made = worlds[-1].dialogs.dialogs[worlds[0].name]
    before = chat.draft
    after, again = migrate(made, before)
    had = {**before.parked, **before.answers}
    fit: dict[str, Answer] = {}
    for asked in made.questions:
        name = next((each for each in (asked.id, *asked.former) if each in had), None)
        if name is not None and counts(asked, had[name]):
            fit[asked.id] = had[name]
    kept = {**after.parked, **after.answers}
    walked = walk(made, after)
    assert kept.keys() <= fit.keys()
    assert all(kept[name] == fit[name] for name in kept)
    assert all(fit[name].value is None for name in fit.keys() - kept.keys())
    assert not after.parked.keys() & after.answers.keys()
    assert {*after.answers} <= {*walked.applying}
    assert {*after.trail} <= {*fit}
    assert all(name not in after.answers or name in walked.open for name in again)
    assert migrate(made, after) == (after, ())


def counts(asked: Question, answer: Answer) -> bool:
    """Whether it could be given to the question today, word for word."""
    if answer.value is None:
        return asked.optional is not False
    return answer.revision >= asked.revision and takes(asked, answer.value)


@pytest.mark.slow
@hypothesis.given(upheaved(), journeys(longest=6), MOVES, MOVES)
def test_one_is_told_once_and_only_if_something_must_be_repeated(
    worlds: list[World], journey: Journey, first: Move, second: Move
) -> None:
    chat = asleep(worlds[0], journey)
    made = worlds[-1].dialogs.dialogs[worlds[0].name]
    after, again = migrate(made, chat.draft)
    chat.release(worlds[-1].dialogs)
    happening = happening_of(chat, first)
    chat.send(happening)
    if chat.conversation.active is None or isinstance(happening, Due) or not made.open:
        return
    assert len(news(chat)) == bool(again), (again, chat.said)
    asked = [made.by_id[name] for name in again]
    assert all(
        name in walk(made, after).open or _answers_itself(made, after, name) for name in again
    )
    assert ("consent_again" in chat.said) == any(each.type == "consent" for each in asked)
    chat.send(happening_of(chat, second))
    assert news(chat) == []


def _answers_itself(made: Dialog, draft: Draft, name: str) -> bool:
    """Its answer is gone, and nobody is asked: what follows from others stands instead."""
    return name not in draft.answers and name in walk(made, draft).values


@pytest.mark.slow
@hypothesis.given(upheaved(), journeys(longest=3))
def test_who_presses_send_after_a_release_sends_what_the_new_version_asks(
    worlds: list[World], journey: Journey
) -> None:
    chat = asleep(worlds[0], journey)
    if not chat.dialog.open:
        return
    walk_on(chat)
    chat.command("review")
    chat.sleep().release(worlds[-1].dialogs)
    made = chat.dialogs.dialogs[worlds[0].name]
    after, _ = migrate(made, chat.draft)
    still_open = walk(made, after).open
    chat.button("send")
    if not made.open:
        assert (chat.submitted, "dialog_closed" in chat.said) == (None, True)
    elif still_open:
        assert chat.submitted is None
        assert chat.place == still_open[0]
        assert any(isinstance(effect, Ask | ShowOffer) for effect in chat.effects)
    else:
        assert chat.submitted is not None
        assert chat.submitted.draft.version == made.version
        assert_record(chat)


@pytest.mark.slow
@hypothesis.given(small_or_shipped(), journeys(longest=6), st.lists(MOVES, min_size=1, max_size=8))
def test_a_dialog_that_is_switched_off_loses_nothing_and_reminds_nobody(
    world: World, journey: Journey, moves: list[Move]
) -> None:
    chat = asleep(world, journey)
    chat.conversation = replace(chat.conversation, offer=None)
    kept = chat.draft
    chat.release(changed(chat.dialogs, world.name, version=chat.dialog.version, open=False))
    chat.send(Due(f"remind:{world.name}:0"))
    assert chat.out is None
    chat.command("review")
    assert "dialog_closed" in chat.said
    offered = [effect for effect in chat.effects if isinstance(effect, ShowCommands)]
    assert offered[-1].commands == (("human", ""), ("delete", ""))
    assert (chat.draft.answers, chat.draft.parked) == (kept.answers, kept.parked)
    for move in moves:
        if chat.conversation.active != world.name:
            break
        chat.send(happening_of(chat, move))
        assert_stands(chat)
        assert chat.submitted is None or not chat.submitted.complete
        assert not any(
            isinstance(effect, Ask) and effect.dialog == world.name for effect in chat.effects
        )


@pytest.mark.slow
@hypothesis.given(small_or_shipped(), journeys(longest=6), st.data())
def test_answers_follow_their_question_through_every_release_slept_through(
    world: World, journey: Journey, data: st.DataObject
) -> None:
    chat = asleep(world, journey)
    had = chat.draft
    made, lock = chat.dialog, lock_of(Edition(chat.dialog, {}), None, date(2026, 11, 23))
    origin = {each.id: each.id for each in made.questions}
    for version in range(data.draw(st.integers(1, 4))):
        here = data.draw(st.integers(0, len(made.questions) - 1))
        asked = list(made.questions)
        renamed = f"again{version}"
        origin[renamed] = origin[asked[here].id]
        asked[here] = replace(asked[here], id=renamed, was=asked[here].id, when=None, formerly=())
        asked = [each if each.when is None else replace(each, when=None) for each in asked]
        made = replace(made, version=f"v{version}", questions=valid(asked))
        made = with_formerly(made, lock)
        assert not [each for each in classify(lock, Edition(made, {})) if each.kind == "breaks"]
        lock = lock_of(Edition(made, {}), lock, date(2026, 11, 24))
    after, _ = migrate(made, had)
    every = {**had.parked, **had.answers}
    kept = {origin[name]: answer for name, answer in {**after.parked, **after.answers}.items()}
    assert {n: a for n, a in every.items() if a.value is not None} == {
        n: a for n, a in kept.items() if a.value is not None
    }


@pytest.mark.slow
@hypothesis.given(upheaved(releases=1))
def test_every_change_of_meaning_is_named_and_nothing_else(worlds: list[World]) -> None:
    old, new = (world.dialogs.dialogs[world.name] for world in worlds)
    named = classify(lock_of(Edition(old, {}), None, date(2026, 11, 23)), Edition(new, {}))
    assert bool(named) == (version_of(old) != version_of(new)), named


@pytest.mark.slow
@hypothesis.given(upheaved(releases=1), journeys(longest=6))
def test_what_only_adds_takes_no_answer_from_anybody(worlds: list[World], journey: Journey) -> None:
    chat = asleep(worlds[0], journey)
    made = worlds[-1].dialogs.dialogs[worlds[0].name]
    named = classify(lock_of(Edition(chat.dialog, {}), None, date(2026, 11, 23)), Edition(made, {}))
    if {change.kind for change in named} - {"adds"}:
        return
    before = chat.draft
    after, again = migrate(made, before)
    now = {each.was or each.id: each.id for each in made.questions}
    assert again == ()
    assert {now[name]: answer for name, answer in before.answers.items()} == after.answers


# ── drafts that finish with the version they began ───────────────────────────────────────────


def finishing(old: Dialogs, new: Dialogs, name: str) -> Dialogs:
    """The new dialogs, under which drafts of the old version finish with it."""
    kept = Edition(replace(old.dialogs[name], open=True), old.words[name])
    made = {**new.dialogs, name: replace(new.dialogs[name], open=True)}
    earlier = {(name, kept.dialog.version): kept}
    return replace(new, dialogs=made, earlier=earlier, fields={}, _views={})


@pytest.mark.slow
@hypothesis.given(upheaved(), journeys(longest=6), st.lists(MOVES, min_size=1, max_size=8))
def test_who_may_finish_with_the_old_version_notices_nothing(
    worlds: list[World], journey: Journey, moves: list[Move]
) -> None:
    name, old = worlds[0].name, worlds[0].dialogs
    undisturbed, chat = asleep(worlds[0], journey), asleep(worlds[0], journey)
    chat.release(finishing(old, worlds[-1].dialogs, name))
    for move in moves:
        happening = happening_of(undisturbed, move)
        undisturbed.send(happening)
        chat.send(happening)
        if name not in undisturbed.conversation.drafts:
            break
        assert chat.conversation == undisturbed.conversation
        assert chat.effects == undisturbed.effects
        assert chat.out == undisturbed.out
    for each in (undisturbed, chat):
        assert_stands(each)
    assert chat.submitted == undisturbed.submitted


@pytest.mark.slow
@hypothesis.given(upheaved(), journeys(longest=3))
def test_the_next_draft_is_of_the_new_version(worlds: list[World], journey: Journey) -> None:
    name = worlds[0].name
    chat = asleep(worlds[0], journey)
    chat.release(finishing(chat.dialogs, worlds[-1].dialogs, name))
    walk_on(chat)
    chat.button("send")
    assert chat.submitted is not None
    assert chat.submitted.draft.version == worlds[0].dialogs.dialogs[name].version
    chat.begin(name)
    assert chat.draft.version == worlds[-1].dialogs.dialogs[name].version
    assert chat.dialog is chat.dialogs.dialogs[name]


def test_a_version_that_is_no_longer_kept_changes_over_like_any_other() -> None:
    old = house(dialog(SIDE, TOWN))
    chat = Sleeper(old).begin()
    chat.answer(side="north")
    new = house(dialog(replace(SIDE, of=("south",)), TOWN, version="2"))
    chat.release(finishing(old, new, "tiny")).command("review")
    assert (news(chat), chat.place, chat.draft.version) == ([], "town", "1")
    chat.release(new).command("review")
    assert (news(chat), chat.place, chat.draft.version) == (["dialog_changed"], "side", "2")
