"""What holds after every step of every conversation, however it went."""

from dataclasses import replace
from functools import cache
from typing import Any

from building import FACTS, Chat, fitting
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from wandering import (
    Move,
    World,
    changing,
    happening_of,
    journeys,
    set_out,
    small_or_shipped,
    wander,
)

from kpbot.engine.migrate import takes
from kpbot.engine.place import walk
from kpbot.engine.record import freeze
from kpbot.engine.speech import speak
from kpbot.engine.step import step
from kpbot.model import (
    COMMAND,
    LANGUAGES,
    OFFER,
    Ask,
    Conversation,
    Due,
    Event,
    Happening,
    Language,
    Pressed,
    Selected,
    ShowCommands,
    ShowMenu,
    ShowOffer,
    ShowReview,
    Submit,
    Toast,
    Value,
)
from kpbot.store.codec import conversation_from_json, conversation_to_json

Journey = tuple[list[int], list[Move]]

_SHOWN = (Ask, ShowReview, ShowOffer, ShowMenu, ShowCommands, Submit)


def start(world: World, journey: Journey, language: Language = "de") -> Chat:
    dialogs, name = world.dialogs, world.name
    chat = Chat(dialogs, Conversation("c", language, greeted=True))
    return set_out(chat, name, journey[0])


@given(small_or_shipped(), journeys())
def test_there_is_always_an_ask_the_review_an_offer_or_the_menu(
    world: World, journey: Journey
) -> None:
    chat = start(world, journey)
    for _ in wander(chat, world.name, journey[1]):
        assert_stands(chat)
    assert_stands(chat)


def assert_stands(chat: Chat) -> None:
    """What was shown last leaves the person with something to do, in words that can be sent."""
    if chat.out is not None and not chat.out.toast:
        assert any(isinstance(effect, _SHOWN) for effect in chat.effects), chat.effects
    if chat.out is not None:
        assert chat.out.text.strip()
        assert all(0 < len(button.title) <= 60 for button in chat.out.buttons)
    if chat.table is not None:
        assert chat.table.turn == chat.turn, "an offer nobody sees is on the table"


@given(small_or_shipped(), journeys())
def test_nothing_but_a_timer_is_answered_with_silence(world: World, journey: Journey) -> None:
    chat = start(world, journey)
    for _, happening in wander(chat, world.name, journey[1]):
        _, effects = step(chat.dialogs, chat.conversation, event(chat, happening))
        assert isinstance(happening, Due) or any(
            isinstance(effect, (*_SHOWN, Toast)) for effect in effects
        )


@given(small_or_shipped(), journeys())
def test_the_same_event_twice_changes_nothing(world: World, journey: Journey) -> None:
    chat = start(world, journey)
    for _, happening in wander(chat, world.name, journey[1]):
        once, _ = step(chat.dialogs, chat.conversation, event(chat, happening))
        assert step(chat.dialogs, once, event(chat, happening)) == (once, ())


@given(small_or_shipped(), journeys())
def test_the_same_step_twice_is_the_same(world: World, journey: Journey) -> None:
    chat = start(world, journey)
    for _, happening in wander(chat, world.name, journey[1]):
        before = conversation_to_json(chat.conversation)
        first = step(chat.dialogs, chat.conversation, event(chat, happening))
        assert step(chat.dialogs, chat.conversation, event(chat, happening)) == first
        assert conversation_to_json(chat.conversation) == before


@given(small_or_shipped(), journeys(longest=8))
def test_a_late_press_changes_no_answer_unless_its_offer_is_accepted(
    world: World, journey: Journey
) -> None:
    chat = start(world, journey)
    for _, happening in wander(chat, world.name, journey[1]):
        del happening
        for press in late_presses(chat):
            assert_no_harm(chat, press)


def late_presses(chat: Chat) -> list[Pressed | Selected]:
    asked = [each for each in chat.buttons if each.question not in {COMMAND, OFFER}]
    late = [each for each in asked if each.turn != chat.turn]
    lists = {(each.turn, each.question): (each.choice,) for each in late}
    return [*late[-12:], *(Selected(*key, choices) for key, choices in [*lists.items()][-3:])]


def assert_no_harm(chat: Chat, press: Pressed | Selected) -> None:
    """No answer that was given changes; only the question that waits can be answered by it."""
    conversation, effects = step(chat.dialogs, chat.conversation, event(chat, press))
    name = chat.conversation.active
    if name is None or name not in chat.dialogs.dialogs:
        assert conversation.drafts == chat.conversation.drafts
        return
    before = chat.conversation.drafts[name]
    assert name in conversation.drafts
    after = conversation.drafts[name].answers
    fresh = set(after) - set(before.answers)
    assert {key: after[key] for key in before.answers} == before.answers
    assert fresh <= {chat.place}
    assert all(chat.dialog.by_id[key].type != "consent" for key in fresh)
    if not fresh:
        assert any(isinstance(effect, Toast | ShowOffer) for effect in effects)


@given(small_or_shipped(), journeys())
def test_a_record_is_exactly_the_questions_that_apply(world: World, journey: Journey) -> None:
    chat = start(world, journey)
    for _, happening in wander(chat, world.name, journey[1]):
        del happening
        assert_record(chat)
    if chat.conversation.active is None:
        chat.begin(world.name)
    walk_on(chat)
    chat.command("send")
    assert chat.submitted is not None
    assert chat.submitted.complete
    assert_record(chat)


def assert_record(chat: Chat) -> None:
    if chat.submitted is None:
        return
    submit = chat.submitted
    dialog = chat.dialogs.dialogs[submit.dialog]
    walked = walk(dialog, submit.draft)
    record = freeze(dialog, submit, chat.conversation)
    fields = {each.id for each in dialog.questions} & set(record)
    assert fields == set(walked.applying) - set(walked.open)
    assert not (submit.complete and walked.open)
    for name in fields:
        value: Value = tuple(record[name]) if isinstance(record[name], list) else record[name]
        question = dialog.by_id[name]
        fits = name in walked.skippable if value is None else takes(question, value)
        assert fits or (question.default_language and value in LANGUAGES)
    assert not set(record["words"]) - set(submit.draft.answers)


@given(small_or_shipped(), journeys(), st.integers(0, 59))
def test_plain_answers_reach_the_review_from_anywhere(
    world: World, journey: Journey, number: int
) -> None:
    chat = start(world, journey)
    for _ in wander(chat, world.name, journey[1]):
        pass
    if chat.conversation.active is None:
        chat.begin(world.name)
    count = walk_on(chat, number)
    assert count <= len(chat.dialog.questions)
    assert any(isinstance(effect, ShowReview) for effect in chat.effects) or not count


def walk_on(chat: Chat, number: int = 0) -> int:
    """The review is reached by plain answers; how many it took."""
    count = 0
    while chat.place is not None:
        assert count <= len(chat.dialog.questions)
        waiting = chat.dialog.by_id[chat.place]
        chat.answer(**{waiting.id: fitting(waiting, number + count)})
        count += 1
    return count


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@given(small_or_shipped(), journeys())
def test_conversations_and_effects_survive_json(world: World, journey: Journey) -> None:
    chat = start(world, journey)
    for _, happening in wander(chat, world.name, journey[1]):
        del happening
        kept = conversation_from_json(conversation_to_json(chat.conversation))
        assert kept == chat.conversation
        for effect in chat.effects:
            kind = adapter(type(effect))
            assert kind.validate_json(kind.dump_json(effect)) == effect


@given(small_or_shipped(), journeys())
def test_the_language_changes_no_answer(world: World, journey: Journey) -> None:
    told = start(world, journey)
    happened = [happening for _, happening in wander(told, world.name, journey[1])]
    happened = [each for each in happened if getattr(each, "command", "") != "language"]
    ends = []
    for language in LANGUAGES:
        chat = start(world, journey, language)
        for happening in happened:
            chat.send(happening, language=language)
        drafts = chat.conversation.drafts.items()
        values = {name: {k: a.value for k, a in draft.answers.items()} for name, draft in drafts}
        parked = {name: {k: a.value for k, a in draft.parked.items()} for name, draft in drafts}
        at = chat.place if chat.conversation.active else "menu"
        ends.append((values, parked, at, chat.turn, chat.conversation.sent))
    assert all(end == ends[0] for end in ends)


@given(changing(), journeys())
def test_a_release_under_a_conversation_never_leaves_anyone_without_an_ask_or_the_review(
    worlds: list[World], journey: Journey
) -> None:
    chat = start(worlds[0], journey)
    for number, move in enumerate(journey[1]):
        if number % 3 == 0 and number // 3 < len(worlds):
            chat.release(worlds[number // 3].dialogs)
        chat.send(happening_of(chat, move))
        assert_stands(chat)
        assert_record(chat)
    chat.command("menu")
    chat.begin(worlds[0].name)
    if chat.dialog.open:
        assert any(isinstance(effect, Ask | ShowReview) for effect in chat.effects)
        walk_on(chat)


@given(changing(), journeys())
def test_after_a_release_every_answer_fits_its_question(
    worlds: list[World], journey: Journey
) -> None:
    chat = start(worlds[0], journey)
    for move, world in zip(journey[1], worlds[1:], strict=False):
        chat.send(happening_of(chat, move))
        chat.release(world.dialogs).command("review")
        if chat.conversation.active is not None:
            assert_fits(chat)


def assert_fits(chat: Chat) -> None:
    assert chat.draft.version == chat.dialog.version
    for key, answer in chat.draft.answers.items():
        question = chat.dialog.by_id[key]
        assert takes(question, answer.value)
        assert question.type != "consent" or answer.revision >= question.revision


@given(small_or_shipped(), journeys(longest=6))
def test_every_step_can_be_said_in_every_language(world: World, journey: Journey) -> None:
    chat = start(world, journey)
    for _ in wander(chat, world.name, journey[1]):
        for language in LANGUAGES:
            spoken = replace(chat.conversation, language=language)
            out = speak(chat.dialogs, spoken, chat.effects, FACTS, channel="t", person="p")
            assert out is None or out.text.strip()


def event(chat: Chat, happening: Happening) -> Event:
    return Event("next", chat.at, happening, chat.conversation.language, reference="KP-NEXT")
