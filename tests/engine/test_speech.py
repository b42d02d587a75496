"""Every effect has words, in every language, with exactly the placeholders it is given."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from building import BEGIN, FACTS, KNOWN, Chat, partners, shipped, tiny
from building import question as asks

import kpbot.engine.speech as speech_module
from kpbot.engine.dialog import Dialogs
from kpbot.engine.speech import speak
from kpbot.engine.utterance import Facts, SentRecord
from kpbot.model import (
    LANGUAGES,
    Ask,
    Asked,
    CommandName,
    Conversation,
    Effect,
    Export,
    Hit,
    Language,
    Offer,
    OfferKind,
    OpenQuestion,
    Outbound,
    Part,
    Say,
    ShowCommands,
    ShowMenu,
    ShowOffer,
    ShowReview,
    ShowStatus,
    Submit,
    Tell,
    Toast,
)

ENGINE = Path(speech_module.__file__).parent
ALWAYS = {"days", "draft_days", "contact", "link", "count", "words", "example"}
"""Placeholders that every sentence may use."""
PARTS = {"list", "question", "value"}
"""Placeholders that answers fill."""
SPELLED = {
    "miss_menu_{misses}": ("miss_menu_1", "miss_menu_2", "miss_menu_3"),
    "advisor_{how}": ("advisor_released", "advisor_lapsed", "advisor_handed", "advisor_closed"),
    "reach_{choice}": ("reach_mail", "reach_call", "reach_wait"),
}
"""Keys put together in the code, by how they are."""
OFFERED = {"text", "value", "question", "old"}
SAID_OTHERWISE = {"suggest_language"}

Use = tuple[str, frozenset[str], frozenset[str]]
"""Key, placeholders it must have, placeholders it may have besides."""


def uses() -> list[Use]:
    """Every sentence the engine names, with what it gives to it."""
    found: list[Use] = []
    for path in sorted(ENGINE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found += used_by(node)
    return sorted(set(found))


def used_by(call: ast.Call) -> Iterator[Use]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = frozenset(word.arg for word in call.keywords if word.arg)
    if name == "say" and call.args:
        parts = PARTS if len(call.args) > 1 else set()
        for key in keys_of(call.args[0]):
            yield key, given, frozenset(ALWAYS | parts)
    elif name == "Toast":
        for key in keys_of(call.args[0]):
            yield key, frozenset(), frozenset()
    elif name == "format" and isinstance(call.func, ast.Attribute) and given:
        subscript = call.func.value
        if isinstance(subscript, ast.Subscript) and "sentences" in ast.dump(subscript.value):
            for key in keys_of(subscript.slice):
                yield key, given, frozenset()


def keys_of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from keys_of(node.body)
        yield from keys_of(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.partition(":")[0]
    elif isinstance(node, ast.JoinedStr):
        spelled = ast.unparse(node)[2:-1]
        yield from () if spelled.startswith(("wrong:", "source_")) else SPELLED[spelled]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("use", uses(), ids=lambda use: use[0])
def test_every_sentence_the_engine_says_is_there_with_its_placeholders(
    use: Use, language: Language
) -> None:
    key, given, allowed = use
    if key in SAID_OTHERWISE:
        return
    found = placeholders(shipped().service[language].sentences[key])
    assert given <= found <= given | allowed


def test_the_scan_finds_what_the_engine_says() -> None:
    keys = {key for key, _, _ in uses()}
    assert {"identity", "parked", "press_noted", "review", "miss_menu_3", "reminder"} <= keys
    assert len(keys) > 55


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_can_be_said_with_what_the_readers_give(language: Language) -> None:
    filled = {"min": "1", "max": "9", "value": "x", "example": "7"}
    for text in shipped().service[language].wrong.values():
        assert placeholders(text) <= set(filled)
    for words in shipped().words.values():
        for each in words[language].questions.values():
            assert all(placeholders(text) <= set(filled) for text in each.wrong.values())
            assert placeholders(each.ask) <= {"days"}
            assert not placeholders(each.again + each.help + each.example)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_service_word_and_offer_has_a_button(language: Language) -> None:
    service = shipped().service[language]
    assert set(get_args(CommandName)) <= set(service.commands)
    assert set(get_args(OfferKind)) - {"keep"} <= set(service.offers)


# ── every effect ─────────────────────────────────────────────────────────────────────────────

LONG = "ein sehr langer Text " * 12
ANSWERS: dict[str, Any] = {"description": LONG, "population": 12000, "concern": ("trip",)}
PART = Part("description", LONG, LONG)
QUESTION = Asked(LONG, (Hit("partner_countries"), Hit("costs")))
OFFERS: list[Offer] = [
    Offer(kind, 1, PART, QUESTION) for kind in get_args(OfferKind) if kind != "keep"
]


def filled() -> Conversation:
    chat = Chat(shipped()).begin("intake").walk_to(None, **ANSWERS)
    chat.command("change", "partner_name")
    chat.answer(partnership_status="none")
    chat.walk_to(None)
    chat.send(Asked("Frist?", ()))
    return chat.conversation


FILLED = filled()
DRAFT = FILLED.drafts["intake"]
EFFECTS: list[Effect] = [
    Tell("partner_countries", "all"),
    ShowReview("intake"),
    ShowMenu(),
    ShowStatus(),
    Export(),
    Submit("intake", DRAFT, "desk_general", (), "KP-7F3KQ"),
    Submit("intake", DRAFT, "desk_general", (), "KP-7F3KQ", complete=False),
    ShowCommands(tuple((name, "") for name in get_args(CommandName))),
    ShowCommands(tuple(("change", name) for name in DRAFT.answers)),
    ShowCommands(tuple(("language", language) for language in LANGUAGES)),
    *(ShowOffer(offer) for offer in OFFERS),
    *(Ask("intake", name, help=True, keep=LONG) for name in DRAFT.answers),
    *(Ask("intake", name, again=True) for name in DRAFT.answers),
    *(Toast(key) for key in ("press_noted", "press_gone", "press_consent", "press_old")),
    Say("parked", parts=(PART, Part("population", 12000, ""))),
]
RECORD = SentRecord("KP-7F3KQ", "intake", BEGIN, {"population": 12000, "topics": ("gone",)})


def spoken(effect: Effect, language: Language, conversation: Conversation = FILLED) -> Outbound:
    facts = Facts(FACTS.answers, FACTS.at, contact="mail@example.org", records=(RECORD,))
    said = Conversation(
        conversation.id,
        language,
        conversation.active,
        conversation.drafts,
        questions=conversation.questions,
    )
    out = speak(shipped(), said, (effect,), facts, channel="test", person="p")
    assert out is not None
    return out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(effect).__name__)
def test_every_effect_can_be_said(effect: Effect, language: Language) -> None:
    out = spoken(effect, language)
    assert out.text.strip() or isinstance(effect, ShowCommands)
    assert "{" not in out.text
    for button in out.buttons:
        assert button.title.strip()
        assert len(button.title) <= 60


def test_a_long_title_is_cut_without_leaving_a_direction_open() -> None:
    out = spoken(Ask("intake", "description"), "ar")
    title = next(button.title for button in out.buttons if button.id == "keep")
    opened = title.count("\u2066") + title.count("\u2068")
    assert (len(title) <= 60, opened) == (True, title.count("\u2069"))


def test_three_open_questions_are_offered_together() -> None:
    asked = tuple(OpenQuestion(f"{n}?", None, "none", "de", BEGIN) for n in range(3))
    out = spoken(ShowOffer(Offer("pass_on", 1)), "de", Conversation("c", questions=asked))
    assert "3" in out.text


# ── Arabic ───────────────────────────────────────────────────────────────────────────────────


def arabic(*effects: Effect) -> str:
    return "".join(spoken(effect, "ar").text for effect in effects)


def test_arabic_isolates_the_email_the_phone_and_the_reference() -> None:
    email, phone = DRAFT.answers["email"].value, DRAFT.answers["phone"].value
    text = arabic(ShowReview("intake"), ShowStatus(), Export())
    for left_to_right in (email, phone, "KP-7F3KQ"):
        assert f"\u2066{left_to_right}\u2069" in text
    submit = Submit("intake", DRAFT, "desk", (), "KP-7F3KQ")
    human = Say("human", {"reference": "KP-7F3KQ"})
    assert arabic(submit, human).count("\u2066KP-7F3KQ\u2069") == 2


def test_arabic_isolates_the_keep_button_and_the_offered_change() -> None:
    email = DRAFT.answers["email"].value
    out = spoken(Ask("intake", "email"), "ar")
    assert any(f"\u2066{email}\u2069" in button.title for button in out.buttons)
    offered = spoken(ShowOffer(Offer("change", 1, Part("email", "b@example.org", ""))), "ar")
    assert "\u2066b@example.org\u2069" in offered.text


def test_german_has_no_marks_of_direction() -> None:
    text = spoken(ShowReview("intake"), "de").text + spoken(Export(), "de").text
    assert not set(text) & set("\u2066\u2068\u2069")


# ── the message as a whole ───────────────────────────────────────────────────────────────────


def test_a_message_is_its_paragraphs_and_its_buttons_once() -> None:
    chat = Chat(partners()).begin()
    chat.send(KNOWN)
    assert chat.text == ("<partner_countries de>\nQuelle: Text des Programms\n\nagain privacy? de")
    assert list(chat.titles) == ["yes", "no", "help", "human"]


def test_a_toast_alone_leaves_the_last_message_in_force() -> None:
    out = spoken(Toast("press_noted"), "de")
    assert (out.toast, out.buttons, out.text) == (True, (), "Ist notiert.")


def test_a_multi_select_says_how_many_may_be_chosen() -> None:
    chat = Chat(tiny(asks("w", "choices", of=("a", "b", "c"), maximum=2))).begin()
    assert chat.out is not None
    assert chat.out.select is not None
    assert (chat.out.select.minimum, chat.out.select.maximum) == (1, 2)


def test_progress_counts_the_questions_that_apply() -> None:
    chat = Chat(partners()).begin()
    assert chat.text.startswith("Frage 1 von 7")


def test_nothing_to_say_is_no_message(dialogs: Dialogs) -> None:
    assert speak(dialogs, FILLED, (), FACTS, channel="test", person="p") is None
