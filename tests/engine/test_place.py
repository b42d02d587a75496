"""Where a draft stands follows from the dialog and the answers alone."""

from dataclasses import replace

from building import dialog, draft, given, question

from kpbot.engine.guards import HasAnswer, Is
from kpbot.engine.place import park, place, put, walk
from kpbot.model import Draft, Value

TOWN = dialog(
    question("side", "choice", of=("north", "south")),
    question("land", "choice", of=("eg", "de"), implied=((Is("side", ("north",)), "de"),)),
    question("note", "text", optional=True),
    question("mail", "email", optional=True),
    question("phone", "phone", optional=HasAnswer("mail")),
)


def test_the_first_open_question_waits() -> None:
    assert place(TOWN, draft()) == "side"
    assert place(TOWN, draft(side="south")) == "land"
    assert place(TOWN, draft(side="south", land="eg", mail="a@b.org")) == "note"


def test_the_review_waits_when_nothing_is_open() -> None:
    full = draft(side="south", land="eg", note=None, mail="a@b.org", phone=None)
    assert place(TOWN, full) is None


def test_what_is_implied_is_not_asked() -> None:
    walked = walk(TOWN, draft(side="north"))
    assert walked.values == {"side": "north", "land": "de"}
    assert place(TOWN, draft(side="north")) == "note"


def test_an_answer_wins_over_what_is_implied() -> None:
    assert walk(TOWN, draft(side="north", land="eg")).values["land"] == "eg"


def test_a_question_skipped_under_another_guard_is_asked_after_all() -> None:
    skipped = {"side": "south", "land": "eg", "note": None, "phone": None}
    assert place(TOWN, draft(**skipped, mail="a@b.org")) is None
    assert place(TOWN, draft(**skipped, mail=None)) == "phone"


def test_the_focus_waits_if_it_applies() -> None:
    begun = draft(side="south")
    assert place(TOWN, replace(begun, focus="side")) == "side"
    assert place(TOWN, replace(begun, focus="gone")) == "land"


def test_in_brief_only_what_must_be_answered_is_asked() -> None:
    brief = replace(draft(side="north"), brief=True)
    walked = walk(TOWN, brief)
    assert walked.open == ("phone",)
    assert walked.values == {"side": "north", "land": "de", "note": None, "mail": None}


def test_in_brief_an_answer_given_before_stays() -> None:
    brief = replace(draft(side="north", note="Text"), brief=True)
    assert walk(TOWN, brief).values["note"] == "Text"


def test_parking_takes_away_what_applies_no_more_and_names_it() -> None:
    tiny = dialog(question("a"), question("b", "text", when=Is("a", (True,))))
    parked, gone = park(tiny, draft(a=False, b="Wort"))
    assert gone == ("b",)
    assert list(parked.answers) == ["a"]
    assert {name: answer.value for name, answer in parked.parked.items()} == {"b": "Wort"}


def test_parking_keeps_nothing_of_what_was_skipped() -> None:
    tiny = dialog(question("a"), question("b", "text", optional=True, when=Is("a", (True,))))
    parked, gone = park(tiny, draft(a=False, b=None))
    assert (gone, dict(parked.parked), list(parked.answers)) == ((), {}, ["a"])


def test_parking_nothing_changes_nothing() -> None:
    begun = draft(side="north")
    assert park(TOWN, begun) == (begun, ())


def test_the_newest_answer_is_last_on_the_trail() -> None:
    again = put(draft(side="north", land="de"), "side", given("south"))
    assert again.trail == ("land", "side")
    assert again.answers["side"].value == "south"


def test_an_answer_ends_its_own_focus_and_its_parking_only() -> None:
    values: dict[str, Value] = {"side": "north"}
    begun = replace(draft(**values), focus="land", parked={"land": given("eg"), "x": given("y")})
    other = put(begun, "note", given("Text"))
    assert (other.focus, set(other.parked)) == ("land", {"land", "x"})
    own = put(begun, "land", given("de"))
    assert (own.focus, set(own.parked)) == (None, {"x"})


def test_no_given_draft_is_changed() -> None:
    begun = Draft("1", given(True).at)
    put(begun, "side", given("north"))
    assert begun == Draft("1", given(True).at)
