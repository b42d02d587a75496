"""What a step adds to the statistics."""

from dataclasses import replace
from datetime import UTC, datetime

from kpbot.engine.counting import UNKNOWN, Counted, counted
from kpbot.model import (
    Answer,
    Ask,
    Asked,
    Conversation,
    Draft,
    Hit,
    Opened,
    Say,
    Submit,
    Tell,
)

AT = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
MENU = Conversation("c", language="de")


def draft(**answers: object) -> Draft:
    given = {name: Answer(value, "", "de", AT) for name, value in answers.items()}  # type: ignore[arg-type]
    return Draft("1", AT, given)


def filling(**answers: object) -> Conversation:
    return replace(MENU, active="intake", drafts={"intake": draft(**answers)})


def test_a_question_is_asked_and_answered_once() -> None:
    begun = filling()
    assert counted(MENU, begun, (Ask("intake", "country"),), Opened()) == (
        Counted("asked", "intake", "de", "country"),
        Counted("begun", "intake", "de", ""),
    )
    answered = filling(country="EG")
    assert counted(begun, answered, (Ask("intake", "region"),), Opened()) == (
        Counted("answered", "intake", "de", "country"),
        Counted("asked", "intake", "de", "region"),
    )
    back = (Ask("intake", "country"),)
    assert counted(answered, answered, back, Opened()) == ()
    changed = filling(country="TN")
    assert counted(answered, changed, (), Opened()) == (
        Counted("edited", "intake", "de", "country"),
    )


def test_what_was_skipped_helped_and_missed() -> None:
    before = filling()
    assert counted(before, filling(region=None), (), Opened()) == (
        Counted("skipped", "intake", "de", "region"),
    )
    missed = replace(before, misses=1)
    ask = Ask("intake", "country", again=True, help=True)
    assert counted(before, missed, (ask,), Opened()) == (
        Counted("helped", "intake", "de", "country"),
        Counted("missed", "intake", "de", "country"),
    )


def test_questions_in_a_dialog_are_detours() -> None:
    before = filling()
    tell = (Tell("travel_costs", "part"), Ask("intake", "country", again=True))
    asked = Asked("Wer zahlt die Flüge?", (Hit("travel_costs", "part"),))
    assert counted(before, before, tell, asked) == (
        Counted("detoured", "intake", "de", "travel_costs"),
        Counted("faq_partly", "intake", "de", "travel_costs"),
    )
    found = counted(MENU, MENU, (Say("unknown"),), Asked("Frau Kern, s.kern@example.org?", ()))
    assert found == (Counted("faq_unanswered", "", "de", UNKNOWN),)


def test_what_is_sent_counts_with_its_last_answer() -> None:
    submit = Submit("intake", draft(country="EG", email="a@example.org"), "desk_egypt", (), "KP-A")
    before = filling(country="EG")
    assert counted(before, MENU, (submit,), Opened()) == (
        Counted("answered", "intake", "de", "email"),
        Counted("submitted", "intake", "de", "desk_egypt"),
    )
    half = replace(submit, complete=False)
    assert counted(before, before, (half,), Opened()) == ()
