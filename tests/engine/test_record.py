"""A record holds exactly the questions that apply, typed, and the person's own words."""

from dataclasses import replace

from building import BEGIN, dialog, draft, given, question

from kpbot.engine.dialog import Flag
from kpbot.engine.guards import HasAnswer, Is
from kpbot.engine.record import freeze
from kpbot.model import Answer, Conversation, Draft, OpenQuestion, Submit

TRIP = dialog(
    question("consent", "consent", revision=3),
    question("side", "choice", of=("north", "south")),
    question("land", "choice", of=("de", "eg"), implied=((Is("side", ("north",)), "de"),)),
    question("note", "text", when=Is("side", ("south",))),
    question("wish", "choices", of=("water", "waste")),
    question("mail", "email", optional=True),
    question("speak", "choice", of=("de", "fr"), optional=True, default_language=True),
    flags=(Flag("no_mail", HasAnswer("mail", expected=False)), Flag("far", Is("land", ("eg",)))),
)
FULL = replace(
    draft(side="north", wish=("water",), mail=None, speak=None),
    parked={"note": given("geheim")},
)
FULL = replace(
    FULL,
    answers={
        "consent": given(True, revision=3, language="fr"),
        **FULL.answers,
        "wish": Answer(("water",), "das Wasser", "de", BEGIN),
    },
)
DEADLINE = OpenQuestion("Frist?", "funding_deadlines", "none", "de", BEGIN)


def submitted(filled: Draft, *questions: OpenQuestion, complete: bool = True) -> dict[str, object]:
    submit = Submit("tiny", filled, "desk", questions, "KP-1", complete)
    return freeze(TRIP, submit, Conversation("c", "fr"), ("near",))


def test_a_record_is_exactly_this() -> None:
    assert submitted(FULL, DEADLINE) == {
        "consent": True,
        "side": "north",
        "land": "de",
        "wish": ["water"],
        "mail": None,
        "speak": "fr",
        "summary_confirmed": True,
        "reference": "KP-1",
        "dialog": "tiny",
        "version": "1",
        "language": "fr",
        "outcome": "desk",
        "flags": ["no_mail", "near", "unanswered_questions"],
        "unanswered": [
            {
                "text": "Frist?",
                "intent": "funding_deadlines",
                "known": "none",
                "language": "de",
            }
        ],
        "consent_given": {"revision": 3, "language": "fr", "at": BEGIN.isoformat()},
        "words": {"wish": {"text": "das Wasser", "language": "de"}},
    }


def test_parked_answers_are_left_out() -> None:
    assert "geheim" not in str(submitted(FULL))


def test_a_half_record_holds_what_was_answered_and_says_so() -> None:
    half = submitted(draft(side="south"), complete=False)
    assert half["side"] == "south"
    assert half["summary_confirmed"] is False
    assert half["consent_given"] is None
    assert not {"land", "note", "wish"} & set(half)


def test_a_value_kept_as_typed_stays_text() -> None:
    made = dialog(question("count", "number", minimum=1, maximum=9, keep=True))
    submit = Submit("tiny", draft(count="viele"), "desk", (), "KP-1")
    assert freeze(made, submit, Conversation("c"))["count"] == "viele"
