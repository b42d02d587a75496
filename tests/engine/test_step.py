"""The hard cases of the design, one by one: what is decided there holds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from building import (
    BEGIN,
    KNOWN,
    UNKNOWN,
    Chat,
    changed,
    partners,
    shipped,
    with_question,
    without,
)

from kpbot.engine.dialog import Dialogs
from kpbot.model import (
    COMMAND,
    Answered,
    Ask,
    Asked,
    Attached,
    CancelTimers,
    Commanded,
    Conversation,
    Due,
    Edited,
    Erase,
    Export,
    Greeted,
    Happening,
    Hit,
    Opened,
    Part,
    SetTimer,
    ShowCommands,
    ShowMenu,
    ShowOffer,
    ShowReview,
    Tell,
    Unclear,
    Unsure,
)

BASE: dict[str, Any] = {"privacy": True, "side": "german", "town": "Musterhausen"}
WITH_PARTNER = {**BASE, "inhabitants": 12, "has_partner": True, "partner": "Sfax"}
REVIEW = {"wish": ("water",), "email": "a@example.org"}


def at(goal: str | None, **values: Any) -> Chat:
    """A conversation of the small dialog that waits there."""
    return Chat(partners()).begin().walk_to(goal, **{**BASE, **REVIEW, **values})


def kinds(chat: Chat) -> list[type]:
    timers = (SetTimer, CancelTimers)
    return [type(effect) for effect in chat.effects if not isinstance(effect, timers)]


# ── a question while a form is open ──────────────────────────────────────────────────────────


def test_a_question_in_mid_form_is_answered_and_the_same_question_asked_again() -> None:
    chat = at("town")
    answers = chat.answers
    chat.send(KNOWN)
    assert chat.effects == (Tell("partner_countries", "all"), Ask("tiny", "town", again=True))
    assert "again town? de" in chat.text
    assert chat.answers == answers


def test_a_question_nobody_can_answer_travels_with_the_record_once() -> None:
    chat = at("town")
    chat.send(UNKNOWN)
    chat.send(UNKNOWN)
    assert [each.text for each in chat.conversation.questions] == ["gibt's da ne frist?"]
    assert chat.said == ["unknown", "passed_along"]
    assert chat.effects[-1] == Ask("tiny", "town", again=True)


def test_a_detour_is_no_miss_and_does_not_reset_the_count() -> None:
    chat = at("inhabitants")
    chat.miss()
    chat.send(KNOWN)
    assert chat.conversation.misses == 1
    chat.miss()
    assert "miss_2" in chat.said


# ── a text that is a question or an answer ───────────────────────────────────────────────────


def doubtful() -> Chat:
    chat = at("town")
    chat.send(Unsure("Was ist das?", Part("town", "Was ist das?", "Was ist das?"), KNOWN))
    return chat


def test_question_or_answer_is_asked_and_nothing_is_taken() -> None:
    chat = doubtful()
    assert kinds(chat) == [ShowOffer]
    assert set(chat.titles) == {"question", "answer"}
    assert KNOWN.text in chat.text
    assert "town" not in chat.answers


def test_a_text_that_was_an_answer_is_taken_as_it_was() -> None:
    chat = doubtful()
    chat.offer("answer")
    assert chat.answers["town"] == "Was ist das?"
    assert chat.place == "inhabitants"


def test_a_text_that_was_a_question_is_answered() -> None:
    chat = doubtful()
    chat.offer("question")
    assert chat.effects == (Tell("partner_countries", "all"), Ask("tiny", "town", again=True))
    assert "town" not in chat.answers


@pytest.mark.parametrize(
    "detour", [KNOWN, UNKNOWN, Attached("voice"), Greeted("thanks"), Edited("x")]
)
def test_an_offer_survives_a_detour(detour: Happening) -> None:
    chat = doubtful()
    chat.send(detour)
    assert kinds(chat)[-1] is ShowOffer
    chat.offer("answer")
    assert chat.answers["town"] == "Was ist das?"


def test_a_near_answer_is_confirmed_first() -> None:
    chat = at("side")
    chat.send(Unsure("deutchland", Part("side", "german", "deutchland")))
    assert "side" not in chat.answers
    chat.offer("yes")
    assert chat.answers["side"] == "german"


def test_a_near_answer_that_was_not_meant_brings_help() -> None:
    chat = at("side")
    chat.send(Unsure("deutchland", Part("side", "german", "deutchland")))
    chat.offer("no")
    assert chat.effects == (Ask("tiny", "side", again=True, help=True),)


def test_which_of_several_questions_is_meant_is_asked_and_answered() -> None:
    chat = at("town")
    chat.send(Asked("Was?", (Hit("partner_countries"), Hit("costs"))))
    assert set(chat.titles) == {"partner_countries", "costs", "none"}
    chat.offer("costs")
    assert chat.effects == (Tell("costs", "all"), Ask("tiny", "town", again=True))


# ── several answers, later answers ───────────────────────────────────────────────────────────


def test_several_answers_at_once_are_all_taken_and_read_back_in_one_line() -> None:
    chat = at("side")
    chat.answer(town="Sfax", land="tn", side="north_african")
    assert chat.said == ["noted_several"]
    assert "side de: north_african de; land de: tn de; town de: Sfax" in chat.text
    assert chat.place == "inhabitants"


def test_an_answer_to_a_later_question_counts_if_that_applies() -> None:
    chat = at("side")
    chat.answer(town="Sfax")
    assert (chat.answers["town"], chat.place) == ("Sfax", "side")


def test_an_answer_to_a_question_that_does_not_apply_is_no_answer() -> None:
    chat = at("side")
    chat.answer(land="tn")
    assert "land" not in chat.answers
    assert chat.effects[0] == Ask("tiny", "side")


def test_a_cut_is_told() -> None:
    chat = at("town")
    chat.send(replace(answer_of("town", "Ort"), cut=7))
    assert chat.said == ["cut"]
    assert "7" in chat.text


def answer_of(name: str, value: Any) -> Any:
    return Answered((Part(name, value, str(value)),))


# ── back, keep, forward ──────────────────────────────────────────────────────────────────────


def test_back_deletes_nothing_and_shows_the_answer_to_keep() -> None:
    chat = at("town")
    before = chat.answers
    chat.command("back")
    assert (chat.place, chat.answers) == ("side", before)
    assert chat.titles["keep"] == "Behalten: german de"
    chat.press("side", "keep")
    assert (chat.place, chat.answers) == ("town", before)


def test_back_twice_over_conditional_questions_and_forward_again() -> None:
    chat = at("wish", **WITH_PARTNER)
    before = chat.answers
    for expected in ("formal", "partner", "has_partner"):
        chat.command("back")
        assert chat.place == expected
    chat.press("has_partner", "keep")
    assert (chat.place, chat.answers) == ("wish", before)


def test_back_at_the_first_question_says_that_nothing_is_before() -> None:
    chat = Chat(partners()).begin()
    chat.command("back")
    assert chat.said == ["nothing_before"]
    assert chat.effects[-1] == Ask("tiny", "privacy", again=True)


def test_another_answer_after_back_is_a_change_that_is_told() -> None:
    chat = at("town")
    chat.command("back")
    chat.answer(side="north_african")
    assert chat.said == ["changed"]
    assert chat.place == "land"


# ── edits at the review ──────────────────────────────────────────────────────────────────────


def test_an_edit_that_makes_questions_apply_asks_only_those_and_then_the_review() -> None:
    chat = at(None, has_partner=False)
    chat.command("change", "has_partner")
    assert chat.place == "has_partner"
    chat.answer(has_partner=True)
    asked = []
    while chat.place is not None:
        asked.append(chat.place)
        chat.walk_to(chat.place)
        chat.answer(**{chat.place: "Sfax" if chat.place == "partner" else True})
    assert asked == ["partner", "formal"]
    assert kinds(chat)[-1] is ShowReview


def test_an_edit_that_takes_questions_away_parks_and_names_them() -> None:
    chat = at(None, **WITH_PARTNER)
    chat.command("change", "has_partner")
    chat.answer(has_partner=False)
    assert chat.parked == {"partner": "Sfax", "formal": True}
    assert "partner" not in chat.answers
    assert "parked" in chat.said
    assert "partner de: Sfax; formal de: Ja" in chat.text
    assert kinds(chat)[-1] is ShowReview


def test_parked_answers_are_shown_as_not_sent_and_are_never_sent() -> None:
    chat = at(None, **WITH_PARTNER)
    chat.answer(has_partner=False)
    assert "Wird nicht gesendet: partner de: Sfax" in chat.text
    chat.command("send")
    assert chat.submitted is not None
    assert "partner" not in chat.submitted.draft.answers


def test_a_parked_answer_comes_back_with_one_tap() -> None:
    chat = at(None, **WITH_PARTNER)
    chat.answer(has_partner=False)
    chat.answer(has_partner=True)
    assert chat.place == "partner"
    assert chat.titles["keep"] == "Behalten: Sfax"
    chat.press("partner", "keep")
    chat.press("formal", "keep")
    assert chat.place is None
    assert (chat.answers["partner"], chat.parked) == ("Sfax", {})


# ── old buttons, double taps ─────────────────────────────────────────────────────────────────


def test_an_old_button_with_the_same_value_is_only_noted() -> None:
    chat = at("side")
    turn = chat.turn
    chat.press("side", "german")
    before = (chat.answers, chat.turn)
    chat.press("side", "german", turn)
    assert (chat.toasts, kinds(chat)[1:]) == (["press_noted"], [])
    assert (chat.answers, chat.turn) == before


def test_an_old_button_with_another_value_offers_the_change() -> None:
    chat = at("side")
    turn = chat.turn
    chat.press("side", "german")
    chat.press("side", "north_african", turn)
    assert chat.answers["side"] == "german"
    assert "german de" in chat.text
    assert "north_african de" in chat.text
    chat.offer("yes")
    assert chat.answers["side"] == "north_african"


def test_an_offered_change_that_is_declined_changes_nothing() -> None:
    chat = at("side")
    turn = chat.turn
    chat.press("side", "german")
    chat.press("side", "north_african", turn)
    chat.offer("no")
    assert chat.answers["side"] == "german"
    assert chat.effects == (Ask("tiny", "town", again=True),)


def test_an_old_button_of_a_question_that_is_gone_shows_where_one_is() -> None:
    chat = at("land", side="north_african")
    turn = chat.turn
    chat.press("land", "tn")
    chat.answer(side="german")
    chat.press("land", "dz", turn)
    assert chat.toasts == ["press_gone"]
    assert chat.effects[-1] == Ask("tiny", "town", again=True)
    assert chat.parked == {"land": "tn"}


@pytest.mark.parametrize("choice", ["yes", "no"])
def test_an_old_button_never_touches_a_consent(choice: str) -> None:
    chat = Chat(partners()).begin()
    turn = chat.turn
    chat.press("privacy", "yes")
    before = chat.conversation.drafts
    chat.press("privacy", choice, turn)
    assert chat.toasts == ["press_consent"]
    assert chat.conversation.drafts == before


def test_consent_is_not_given_by_a_button_under_another_text() -> None:
    chat = Chat(partners()).begin()
    old = partners()
    revised = with_question(old, "tiny", "privacy", revision=2)
    chat.release(changed(old, "tiny", questions=revised))
    chat.press("privacy", "yes")
    assert chat.toasts == ["press_old"]
    assert (chat.answers, chat.place) == ({}, "privacy")
    chat.press("privacy", "yes")
    assert chat.draft.answers["privacy"].revision == 2


def test_a_double_tap_answers_one_question_only() -> None:
    chat = at("has_partner")
    turn = chat.turn
    chat.press("has_partner", "yes", turn)
    chat.press("has_partner", "yes", turn)
    assert chat.toasts == ["press_noted"]
    assert chat.place == "partner"


def test_a_double_tap_on_skip_skips_one_question_only() -> None:
    chat = at("inhabitants")
    turn = chat.turn
    chat.press("inhabitants", "skip", turn)
    chat.press("inhabitants", "skip", turn)
    assert (chat.toasts, chat.place) == (["press_noted"], "has_partner")


def test_a_double_tap_on_send_sends_once() -> None:
    chat = at(None)
    turn = chat.turn
    chat.button("send", turn)
    assert chat.submitted is not None
    chat.button("send", turn)
    assert (chat.submitted, chat.toasts) == (None, ["press_old"])
    assert len(chat.conversation.sent) == 1


def test_a_double_tap_on_an_offer_takes_it_once() -> None:
    chat = at("town")
    chat.command("cancel")
    turn = chat.turn
    chat.offer("yes")
    chat.press("offer", "yes", turn)
    assert chat.toasts == ["press_old"]


def test_the_same_event_twice_changes_nothing() -> None:
    chat = at("side")
    chat.send(answer_of("side", "german"), id="same")
    before = chat.conversation
    assert chat.send(answer_of("side", "north_african"), id="same") == ()
    assert chat.conversation == before


def test_a_selection_that_cannot_be_is_told_why() -> None:
    chat = at("wish")
    chat.select("wish", "water", "open")
    assert chat.said == ["wrong:wish:alone"]
    assert "open de" in chat.text
    chat.select("wish")
    assert chat.said == ["wrong:wish:few"]
    assert "wish" not in chat.answers


# ── releases ─────────────────────────────────────────────────────────────────────────────────


def test_a_release_that_repeats_nothing_says_nothing() -> None:
    chat = at("town")
    chat.release(changed(chat.dialogs, "tiny", questions=without(chat.dialogs, "tiny", "email")))
    chat.answer(town="Ort")
    assert chat.said == []
    assert chat.place == "inhabitants"


def test_a_release_under_an_open_form_says_one_sentence_and_asks_again() -> None:
    chat = at("town")
    fewer = with_question(chat.dialogs, "tiny", "side", of=("north_african",))
    chat.release(changed(chat.dialogs, "tiny", questions=fewer))
    chat.send(KNOWN)
    assert chat.said == ["dialog_changed"]
    assert Ask("tiny", "side", again=True) in chat.effects


def test_consent_to_an_older_revision_is_asked_for_again_and_the_rest_is_kept() -> None:
    chat = at("town")
    revised = with_question(chat.dialogs, "tiny", "privacy", revision=2)
    chat.release(changed(chat.dialogs, "tiny", questions=revised))
    chat.send(Opened())
    assert chat.said == ["consent_again", "hello_again"]
    assert (chat.place, chat.answers) == ("privacy", {"side": "german"})


def test_send_after_a_release_asks_what_is_open_instead() -> None:
    chat = at(None)
    must = with_question(chat.dialogs, "tiny", "wish", of=("waste", "energy"), exclusive=())
    chat.release(changed(chat.dialogs, "tiny", questions=must))
    chat.button("send")
    assert chat.submitted is None
    assert "not_complete" in chat.said
    assert chat.place == "wish"


def test_a_draft_left_in_the_menu_is_brought_up_to_date_when_it_is_taken_up() -> None:
    chat = at("town")
    chat.command("menu")
    fewer = with_question(chat.dialogs, "tiny", "side", of=("north_african",))
    chat.release(changed(chat.dialogs, "tiny", questions=fewer))
    chat.command("continue")
    assert chat.said == ["dialog_changed"]
    assert chat.place == "side"


def test_an_offer_about_a_question_that_is_gone_is_off_the_table() -> None:
    chat = doubtful()
    chat.release(changed(chat.dialogs, "tiny", questions=without(chat.dialogs, "tiny", "town")))
    chat.send(KNOWN)
    assert chat.table is None
    assert Ask("tiny", "inhabitants", again=True) in chat.effects


# ── a dialog that is closed or gone ──────────────────────────────────────────────────────────


def closed(goal: str | None) -> Chat:
    chat = at(goal)
    return chat.release(changed(chat.dialogs, "tiny", open=False))


@pytest.mark.parametrize("happening", [Opened(), KNOWN, Unclear("hm")])
def test_a_closed_dialog_keeps_the_answers_and_offers_a_person_or_erasing(
    happening: Happening,
) -> None:
    chat = closed("town")
    before = chat.answers
    chat.send(happening)
    assert "dialog_closed" in chat.said
    assert ShowCommands((("human", ""), ("delete", ""))) in chat.effects
    assert Ask not in kinds(chat)
    assert chat.answers == before


def test_a_closed_dialog_takes_no_record() -> None:
    chat = closed(None)
    chat.command("send")
    assert (chat.submitted, chat.said) == (None, ["dialog_closed"])


def test_a_closed_dialog_reminds_nobody() -> None:
    assert closed("town").due("remind:tiny:0") == ()


def test_a_dialog_that_is_not_there_leaves_the_menu() -> None:
    chat = Chat(partners())
    chat.command("start", "gone")
    assert chat.said == ["dialog_closed"]
    assert kinds(chat)[-1] is ShowCommands


def test_a_draft_of_a_dialog_that_is_gone_can_be_told_of() -> None:
    chat = at("town")
    chat.release(Dialogs({}, {}, chat.dialogs.service))
    for command in ("mydata", "status", "continue", "back"):
        chat.command(command)
        assert chat.text


# ── language ─────────────────────────────────────────────────────────────────────────────────


def test_a_language_switch_changes_the_language_only_and_repeats_the_question() -> None:
    chat = at("town")
    before = chat.conversation.drafts
    chat.command("language", "fr")
    assert chat.conversation.language == "fr"
    assert chat.conversation.drafts == before
    assert "again town? fr" in chat.text


def test_answers_are_printed_in_the_new_language_and_own_words_keep_theirs() -> None:
    chat = at(None)
    chat.command("language", "ar")
    assert "german ar" in chat.text
    assert chat.draft.answers["town"].language == "de"


def test_a_greeting_in_an_unknown_language_is_answered_in_all_with_the_choice() -> None:
    chat = Chat(shipped(), Conversation("c"))
    chat.send(Greeted("hello"))
    for language, service in shipped().service.items():
        assert service.sentences["identity"] in chat.text
        assert f"language:{language}" in chat.titles
    chat.send(Unclear("hm"))
    assert chat.text.count("\n") == 3
    assert len(chat.titles) == 4
    chat.press(COMMAND, "language:ar")
    assert (chat.conversation.language, kinds(chat)[-1]) == ("ar", ShowMenu)


def test_another_language_is_offered_in_that_language() -> None:
    chat = at("town")
    chat.send(KNOWN, suggest="en")
    assert shipped().service["en"].sentences["suggest_language"] in chat.text
    assert "language:en" in chat.titles


def test_french_is_offered_once_beside_arabizi() -> None:
    chat = Chat(shipped(), Conversation("c", "ar", greeted=True))
    chat.send(KNOWN, arabizi=True)
    assert "offer_french" in chat.said
    chat.send(KNOWN, arabizi=True)
    assert "offer_french" not in chat.said


# ── a person, deleting, cancelling ───────────────────────────────────────────────────────────


def test_a_person_in_mid_form_gets_the_half_record_and_the_form_goes_on() -> None:
    chat = Chat(shipped()).begin("intake").walk_to("country", group="association")
    before = chat.answers
    chat.command("human")
    assert chat.submitted is not None
    assert not chat.submitted.complete
    assert dict(chat.submitted.draft.answers) == dict(chat.draft.answers)
    assert (chat.answers, chat.place) == (before, "country")
    assert Ask("intake", "country", again=True) in chat.effects


def test_a_person_is_informed_once() -> None:
    chat = at("town")
    chat.command("human")
    reference = chat.draft.case
    assert reference is not None
    chat.command("human")
    assert (chat.submitted, chat.said[0]) == (None, "human")
    assert reference in chat.text


def test_a_person_without_consent_asks_for_it_first() -> None:
    chat = Chat(shipped()).begin("intake")
    chat.command("human")
    assert chat.submitted is None
    assert chat.said == ["human_start", "other_ways"]
    assert (chat.conversation.active, chat.place) == ("question", "consent")


def test_deleting_is_confirmed_and_leaves_only_the_language() -> None:
    chat = at("town")
    chat.command("delete")
    assert "side" in chat.answers
    chat.offer("yes")
    assert chat.effects[0] == Erase()
    assert CancelTimers("") in chat.effects
    left = Conversation("c", "de", turn=chat.turn, greeted=True, last=f"e{chat.number}")
    assert chat.conversation == left


def test_a_yes_to_something_else_later_deletes_nothing() -> None:
    chat = Chat(partners())
    chat.command("delete")
    chat.command("privacy")
    assert chat.table is None
    chat.press("offer", "yes", chat.turn)
    assert Erase() not in chat.effects


def test_cancelling_keeps_questions_asked_before_and_drops_those_asked_since() -> None:
    chat = Chat(partners())
    chat.send(Asked("früher?", ()))
    chat.begin().answer(privacy=True)
    chat.send(Asked("später?", ()))
    chat.command("cancel")
    chat.offer("yes")
    assert [each.text for each in chat.conversation.questions] == ["früher?"]
    assert (dict(chat.conversation.drafts), chat.conversation.active) == ({}, None)
    assert kinds(chat)[-1] is ShowMenu


def test_cancelling_that_was_not_meant_changes_nothing() -> None:
    chat = at("town")
    before = chat.answers
    chat.command("cancel")
    chat.offer("no")
    assert (chat.answers, chat.said) == (before, ["not_cancelled"])


def test_consent_refused_leaves_no_draft() -> None:
    chat = Chat(partners()).begin()
    chat.press("privacy", "no")
    assert dict(chat.conversation.drafts) == {}
    assert chat.said == ["consent_refused", "other_ways"]
    assert kinds(chat)[-1] is ShowMenu


# ── misses ───────────────────────────────────────────────────────────────────────────────────


def test_three_attempts_bring_three_different_texts_and_the_last_a_person() -> None:
    chat = at("inhabitants")
    texts = []
    for _ in range(3):
        chat.miss("hm", "range", min="1", max="1000")
        texts.append(chat.text)
    assert len(set(texts)) == 3
    assert chat.said == ["wrong:inhabitants:range", "miss_3", "miss_3_optional"]
    assert {"human", "skip"} <= set(chat.titles)


def test_the_second_attempt_brings_help_and_an_example() -> None:
    chat = at("side")
    chat.miss()
    assert "help side" not in chat.text
    chat.miss()
    assert "help side de" in chat.text
    assert "example side de" in chat.text


def test_misses_in_the_menu_end_in_an_offer_to_pass_it_on() -> None:
    chat = Chat(shipped())
    texts = []
    for _ in range(3):
        chat.miss("bla")
        texts.append(chat.text)
    assert len(set(texts)) == 3
    chat.offer("yes")
    assert (chat.conversation.active, chat.answers["question"]) == ("question", "bla")


def test_what_cannot_be_read_may_be_kept_as_typed_even_after_a_detour() -> None:
    chat = at("inhabitants")
    chat.miss("ein paar tausend", "number")
    chat.send(KNOWN)
    assert "ein paar tausend" in chat.titles["yes"]
    chat.offer("yes")
    assert chat.answers["inhabitants"] == "ein paar tausend"


# ── timers ───────────────────────────────────────────────────────────────────────────────────


def test_an_answer_sets_every_reminder_and_the_end_anew() -> None:
    chat = at("town")
    chat.answer(town="Ort")
    due = {effect.name: effect.due for effect in chat.effects if isinstance(effect, SetTimer)}
    days = {"remind:tiny:0": 2, "remind:tiny:1": 4, "expire:tiny": 7}
    assert due == {name: chat.at + timedelta(days=number) for name, number in days.items()}


def test_a_reminder_says_until_when_and_shows_the_question() -> None:
    chat = at("town")
    chat.due("remind:tiny:0")
    assert chat.said == ["reminder"]
    assert chat.effects[-1] == Ask("tiny", "town", again=True)
    assert "01.12.2026" in chat.text


def test_an_expired_draft_is_gone_and_the_person_reads_it() -> None:
    chat = at("town")
    chat.send(UNKNOWN)
    chat.due("expire:tiny", timedelta(days=7))
    assert (chat.said, kinds(chat)[-1]) == (["expired"], ShowMenu)
    assert (dict(chat.conversation.drafts), chat.conversation.questions) == ({}, ())


def test_a_draft_that_expires_takes_no_question_from_another() -> None:
    chat = Chat(shipped()).begin("intake").walk_to("group")
    chat.command("question")
    chat.answer(consent=True)
    chat.send(Asked("Frist?", ()))
    chat.due("expire:intake")
    assert [each.text for each in chat.conversation.questions] == ["Frist?"]
    assert chat.conversation.active == "question"


@pytest.mark.parametrize("timer", ["expire:gone", "remind:gone:0", "other", ""])
def test_a_timer_of_nothing_says_nothing(timer: str) -> None:
    chat = at("town")
    revised = with_question(chat.dialogs, "tiny", "privacy", revision=2)
    chat.release(changed(chat.dialogs, "tiny", questions=revised))
    assert chat.send(Due(timer)) == ()


def test_a_reminder_of_another_draft_leaves_no_offer_of_this_one() -> None:
    chat = Chat(shipped()).begin("intake").walk_to("group")
    chat.command("question")
    chat.answer(consent=True)
    chat.send(Unsure("Was?", Part("question", "Was?", "Was?"), KNOWN))
    chat.due("remind:intake:0")
    assert chat.table is None
    assert chat.effects[-1] == Ask("intake", "group", again=True)


# ── never silent ─────────────────────────────────────────────────────────────────────────────

EVERYTHING: list[Happening] = [
    Opened(),
    KNOWN,
    UNKNOWN,
    Unclear("hm"),
    Greeted("thanks"),
    Attached("voice"),
    Edited("neu"),
    answer_of("side", "german"),
    answer_of("gone", "x"),
    Unsure("so", Part("side", "german", "so")),
]


@pytest.mark.parametrize("happening", EVERYTHING)
@pytest.mark.parametrize("goal", ["menu", "side", None])
def test_every_event_is_answered(happening: Happening, goal: str | None) -> None:
    chat = Chat(partners()) if goal == "menu" else at(goal)
    chat.send(happening)
    assert chat.text


@pytest.mark.parametrize("command", ["back", "skip", "review", "brief", "continue", "send"])
def test_a_service_word_without_ground_still_gets_words(command: str) -> None:
    chat = Chat(partners())
    chat.send(Opened())
    chat.send(_command(command))
    assert chat.text
    assert chat.titles


def _command(name: Any) -> Happening:
    return Commanded(name)


def test_what_is_stored_is_shown_on_request() -> None:
    chat = at("inhabitants")
    chat.command("mydata")
    assert Export() in chat.effects
    assert "town de: Musterhausen" in chat.text


def test_a_step_takes_its_time_from_the_event() -> None:
    chat = Chat(partners()).begin()
    chat.send(answer_of("privacy", True), at=BEGIN + timedelta(days=3))
    assert chat.draft.answers["privacy"].at == BEGIN + timedelta(days=3)
