"""The case machine: what each event does in each state, and what always holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpbot.cases import (
    CLOSE_REASONS,
    Advanced,
    AdvisorLeft,
    AdvisorSaid,
    Announce,
    Came,
    CancelInstants,
    Case,
    CaseEvent,
    Claim,
    Close,
    Completed,
    Entered,
    HandOver,
    Joined,
    NobodyCame,
    Note,
    PersonWished,
    PersonWrote,
    Refused,
    Release,
    Reopen,
    Reply,
    SetInstant,
    Snooze,
    Undelivered,
)
from kpbot.engine.card import card
from kpbot.engine.case import (
    LONGEST_ESCALATION,
    LONGEST_REPLY,
    PATIENCE,
    Actor,
    Terms,
    advance,
    opened,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANNA, BEN = Actor("a1", "Anna Amsel"), Actor("b2", "Ben Buche")
PERSON, CLOCK = Actor("person"), Actor("system")
TERMS = Terms(timedelta(hours=24), timedelta(hours=16), lambda at, time: at + time)
OPEN = opened(Case("KP-23456", "c1", "open", "desk_egypt", NOW), TERMS).case
CLAIMED = replace(OPEN, state="claimed", advisor="a1", lease_until=NOW + TERMS.lease)
CLOSED = replace(OPEN, state="closed", answer_due=None, closed=NOW, reason="answered")
LATER = NOW + timedelta(days=2)


def after(case: Case, event: CaseEvent, actor: Actor = ANNA, at: datetime = NOW) -> Advanced:
    advanced = advance(case, event, actor, at, TERMS)
    assert isinstance(advanced, Advanced)
    return advanced


def refused(case: Case, event: CaseEvent, actor: Actor) -> str:
    answer = advance(case, event, actor, NOW, TERMS)
    assert isinstance(answer, Refused)
    return answer.why


def test_a_new_case_is_open_and_its_answer_due_in_time() -> None:
    advanced = opened(Case("KP-23456", "c1", "open", "desk_egypt", NOW), TERMS)
    assert advanced.case.answer_due == NOW + TERMS.answer
    assert SetInstant("answer", NOW + TERMS.answer) in advanced.effects
    assert Announce("opened") in advanced.effects


def test_who_claims_an_open_case_has_it_and_speaks() -> None:
    advanced = after(OPEN, Claim())
    assert (advanced.case.state, advanced.case.advisor) == ("claimed", "a1")
    assert Joined("KP-23456", "a1", "Anna Amsel") in advanced.effects
    assert SetInstant("lease", NOW + TERMS.lease) in advanced.effects


def test_the_second_claim_is_refused_and_names_the_first() -> None:
    answer = advance(after(OPEN, Claim()).case, Claim(), BEN, NOW, TERMS)
    assert isinstance(answer, Refused)
    assert answer.why == "taken"
    assert answer.case is not None
    assert answer.case.advisor == "a1"


def test_a_second_press_of_the_owner_changes_nothing() -> None:
    assert after(CLAIMED, Claim()) == Advanced(CLAIMED, ())


@pytest.mark.parametrize(
    "event",
    [Release(), Reply("Guten Tag"), HandOver("desk_general"), Snooze(LATER), Close("answered")],
    ids=lambda event: type(event).__name__,
)
def test_only_the_owner_does_what_the_person_would_feel(event: CaseEvent) -> None:
    assert refused(CLAIMED, event, BEN) == "not_yours"
    assert refused(OPEN, event, ANNA) == "not_yours"
    assert refused(CLOSED, event, ANNA) == "closed"


def test_a_reply_reaches_the_person_and_renews_the_lease() -> None:
    advanced = after(CLAIMED, Reply("Guten Tag"), at=LATER)
    assert advanced.case.state == "waiting_person"
    assert (advanced.case.answered, advanced.case.answer_due) == (LATER, None)
    assert advanced.case.lease_until == LATER + TERMS.lease * PATIENCE
    assert AdvisorSaid("KP-23456", "a1", "Anna Amsel", "Guten Tag") in advanced.effects


@pytest.mark.parametrize(
    ("text", "why"), [("", "empty"), (" \n", "empty"), ("x" * (LONGEST_REPLY + 1), "too_long")]
)
def test_a_reply_that_cannot_be_sent_is_refused(text: str, why: str) -> None:
    assert refused(CLAIMED, Reply(text), ANNA) == why


def test_a_note_is_everybodys_and_never_reaches_the_person() -> None:
    for case in (OPEN, CLAIMED, CLOSED):
        advanced = after(case, Note("Rückruf am Freitag"), BEN)
        assert advanced.case == case
        assert advanced.effects == (
            Entered("noted", "Rückruf am Freitag"),
            Announce("noted", "Rückruf am Freitag"),
        )


def test_the_person_writing_makes_it_the_advisors_turn() -> None:
    waiting = after(CLAIMED, Reply("Guten Tag")).case
    advanced = after(waiting, PersonWrote("said", "Danke"), PERSON, LATER)
    assert advanced.case.state == "waiting_advisor"
    assert advanced.case.lease_until == LATER + TERMS.lease
    assert Announce("said", "Danke") in advanced.effects


def test_who_asks_on_and_on_does_not_keep_the_case_for_a_silent_advisor() -> None:
    waiting = after(after(CLAIMED, Reply("Guten Tag")).case, PersonWrote("said", "a"), PERSON).case
    again = after(waiting, PersonWrote("said", "b"), PERSON, NOW + timedelta(hours=20))
    assert again.case.lease_until == NOW + TERMS.lease
    assert after(again.case, Came("lease"), CLOCK, NOW + TERMS.lease).case.state == "open"


def test_the_person_wakes_a_snoozed_case() -> None:
    rested = after(CLAIMED, Snooze(LATER)).case
    advanced = after(rested, PersonWrote("said", "Es eilt"), PERSON, NOW + timedelta(hours=1))
    assert (advanced.case.state, advanced.case.snoozed_until) == ("waiting_advisor", None)
    assert SetInstant("lease", NOW + timedelta(hours=1) + TERMS.lease) in advanced.effects
    assert CancelInstants(("snooze",)) in advanced.effects


def test_a_question_that_the_person_leaves_unanswered_closes_the_case() -> None:
    waiting = after(CLAIMED, Reply("Welche Stadt?")).case
    assert waiting.lease_until is not None
    advanced = after(waiting, Came("lease"), CLOCK, waiting.lease_until)
    assert (advanced.case.state, advanced.case.reason) == ("closed", "no_reply")
    assert AdvisorLeft("KP-23456", "closed") in advanced.effects


@pytest.mark.parametrize(
    "event",
    [PersonWrote("said", "Noch etwas"), PersonWished("call"), Completed()],
    ids=lambda event: type(event).__name__,
)
def test_what_the_person_does_opens_a_closed_case_again(event: CaseEvent) -> None:
    advanced = after(after(CLAIMED, Close("answered")).case, event, PERSON, LATER)
    assert (advanced.case.state, advanced.case.closed, advanced.case.reason) == ("open", None, None)
    assert advanced.case.answer_due == LATER + TERMS.answer
    assert Entered("reopened") in advanced.effects
    assert any(isinstance(each, Announce) for each in advanced.effects)


@pytest.mark.parametrize(
    ("event", "how"),
    [(Release(), "released"), (HandOver("desk_general"), "handed")],
)
def test_a_case_given_back_is_open_and_the_bot_speaks(event: CaseEvent, how: str) -> None:
    advanced = after(CLAIMED, event)
    assert (advanced.case.state, advanced.case.advisor) == ("open", None)
    assert AdvisorLeft("KP-23456", how) in advanced.effects  # type: ignore[arg-type]


def test_a_case_handed_over_is_with_the_other_desk() -> None:
    assert after(CLAIMED, HandOver("desk_general")).case.desk == "desk_general"


def test_a_lease_that_ends_opens_the_case_again() -> None:
    advanced = after(CLAIMED, Came("lease"), CLOCK, LATER)
    assert (advanced.case.state, advanced.case.advisor) == ("open", None)
    assert AdvisorLeft("KP-23456", "lapsed") in advanced.effects


def test_a_lease_that_was_renewed_does_not_end() -> None:
    renewed = replace(CLAIMED, lease_until=LATER + timedelta(seconds=1))
    assert after(renewed, Came("lease"), CLOCK, LATER) == Advanced(renewed, ())


def test_a_snoozed_case_rests_without_lease_and_wakes() -> None:
    rested = after(CLAIMED, Snooze(LATER)).case
    assert (rested.advisor, rested.lease_until, rested.snoozed_until) == ("a1", None, LATER)
    assert after(rested, Came("lease"), CLOCK, LATER).case.advisor == "a1"
    awake = after(rested, Came("snooze"), CLOCK, LATER)
    assert (awake.case.snoozed_until, awake.case.advisor) == (None, "a1")
    assert SetInstant("lease", LATER + TERMS.lease) in awake.effects


def test_a_snooze_into_the_past_is_refused() -> None:
    assert refused(CLAIMED, Snooze(NOW), ANNA) == "empty"


@pytest.mark.parametrize("reason", CLOSE_REASONS)
def test_a_closed_case_is_nobodys_and_tells_its_reason(reason: str) -> None:
    advanced = after(CLAIMED, Close(reason))  # type: ignore[arg-type]
    assert (advanced.case.state, advanced.case.advisor) == ("closed", None)
    assert (advanced.case.reason, advanced.case.closed) == (reason, NOW)
    assert AdvisorLeft("KP-23456", "closed") in advanced.effects


def test_a_closed_case_is_reopened_by_who_takes_it() -> None:
    advanced = after(CLOSED, Reopen(), BEN)
    assert (advanced.case.state, advanced.case.advisor) == ("claimed", "b2")
    assert (advanced.case.closed, advanced.case.reason) == (None, None)
    assert refused(OPEN, Reopen(), BEN) == "not_closed"


def test_nobody_answering_escalates_and_tells_the_person_once() -> None:
    case, heard, gaps = OPEN, 0, []
    for _ in range(LONGEST_ESCALATION + 2):
        due = case.answer_due
        assert due is not None
        advanced = after(case, Came("answer"), CLOCK, due)
        assert Announce("overdue") in advanced.effects
        heard += NobodyCame("KP-23456") in advanced.effects
        case = advanced.case
        assert case.answer_due is not None
        assert SetInstant("answer", case.answer_due) in advanced.effects
        assert case.is_overdue(due)
        gaps.append((case.answer_due - due) // TERMS.answer)
    assert heard == 1
    assert gaps == [1, 2, 3, 4, 5, 5, 5]


def test_a_case_left_unanswered_twice_goes_to_the_next_desk() -> None:
    terms = replace(TERMS, next_desk="desk_general")
    case = OPEN
    for desk in ("desk_egypt", "desk_general", "desk_general"):
        assert case.answer_due is not None
        advanced = advance(case, Came("answer"), CLOCK, case.answer_due, terms)
        assert isinstance(advanced, Advanced)
        handed = Announce("handed", "desk_general") in advanced.effects
        assert handed == (case.desk != advanced.case.desk)
        case = advanced.case
        assert case.desk == desk


def test_an_answered_case_is_not_overdue() -> None:
    answered = after(CLAIMED, Reply("Guten Tag")).case
    assert not answered.is_overdue(LATER)
    assert after(answered, Came("answer"), CLOCK, LATER) == Advanced(answered, ())


@pytest.mark.parametrize("event", [Release(), HandOver("desk_general"), Came("lease")])
def test_a_case_given_back_after_an_answer_is_due_again(event: CaseEvent) -> None:
    waiting = after(after(CLAIMED, Reply("Guten Tag")).case, PersonWrote("said", "?"), PERSON).case
    advanced = after(waiting, event, CLOCK if isinstance(event, Came) else ANNA, LATER)
    assert advanced.case.answer_due == LATER + TERMS.answer
    assert SetInstant("answer", LATER + TERMS.answer) in advanced.effects


# ── what always holds ──

EVENTS = st.one_of(
    st.sampled_from(
        [Claim(), Release(), Reopen(), Completed(), PersonWished("call"), HandOver("desk_general")]
    ),
    st.builds(Reply, st.sampled_from(["", "Guten Tag"])),
    st.builds(Note, st.sampled_from(["", "Notiz"])),
    st.builds(Close, st.sampled_from(CLOSE_REASONS)),
    st.builds(Snooze, st.sampled_from([NOW, LATER, LATER + timedelta(days=9)])),
    st.builds(PersonWrote, st.sampled_from(["said", "edited", "attached"]), st.just("photo")),
    st.builds(Came, st.sampled_from(["lease", "answer", "snooze"])),
    st.builds(Undelivered, st.just("Guten Tag"), st.booleans()),
)
STEPS = st.lists(
    st.tuples(EVENTS, st.sampled_from([ANNA, BEN, PERSON, CLOCK]), st.integers(0, 400)),
    max_size=30,
)


@given(STEPS)
def test_a_case_has_an_owner_exactly_while_it_is_in_hand(
    steps: list[tuple[CaseEvent, Actor, int]],
) -> None:
    case, at = OPEN, NOW
    speaking: str | None = None
    for event, actor, hours in steps:
        if isinstance(event, Claim | Reopen) and actor not in {ANNA, BEN}:
            continue
        at += timedelta(hours=hours)
        answer = advance(case, event, actor, at, TERMS)
        if isinstance(answer, Refused):
            assert answer.case == case
            continue
        for effect in answer.effects:
            if isinstance(effect, Joined):
                assert speaking is None, "two advisors speak at once"
                speaking = effect.advisor
            elif isinstance(effect, AdvisorLeft):
                assert speaking is not None, "the bot is told to go on while it speaks"
                speaking = None
            elif isinstance(effect, AdvisorSaid):
                assert speaking == actor.id
            elif isinstance(effect, Announce):
                shown = card(case, effect, summary="", desk="Ägypten", advisor="", actor="Anna")
                assert "{" not in shown.news
        case = answer.case
        assert case.advisor == speaking
        assert (case.advisor is None) == (case.state in {"open", "closed"})
        assert (case.closed is None) == (case.state != "closed")
        assert case.lease_until is None or case.advisor is not None
        asleep, held = case.snoozed_until is not None, case.lease_until is not None
        assert not (asleep and held)
        assert case.advisor is None or asleep or held, "a case in hand comes back by itself"
        assert case.state != "open" or case.answer_due is not None, "nobody's case is forgotten"


@pytest.mark.parametrize(
    ("in_doubt", "how", "state"),
    [(False, "undelivered", "waiting_advisor"), (True, "doubtful", "waiting_person")],
)
def test_what_did_not_arrive_is_told_and_the_advisors_turn(
    in_doubt: bool, how: str, state: str
) -> None:
    replied = after(CLAIMED, Reply("Guten Tag")).case
    advanced = after(replied, Undelivered("Guten Tag", in_doubt), CLOCK, LATER)
    assert {Entered(how, "Guten Tag"), Announce(how, "Guten Tag")} <= set(advanced.effects)  # type: ignore[arg-type]
    assert advanced.case.state == state


@pytest.mark.parametrize("case", [OPEN, CLOSED], ids=["of the bot alone", "closed"])
def test_what_did_not_arrive_is_no_news_where_no_advisor_speaks(case: Case) -> None:
    assert after(case, Undelivered("Guten Tag", in_doubt=False), CLOCK) == Advanced(case, ())
