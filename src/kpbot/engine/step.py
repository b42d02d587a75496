"""One step of a conversation: pure, total, and the only place where a conversation changes."""

from __future__ import annotations

from typing import assert_never, get_args

from kpbot.cases import AdvisorLeft, AdvisorSaid, Joined, NobodyCame
from kpbot.engine.answering import answered, pressed
from kpbot.engine.asking import asked, unclear, unsure
from kpbot.engine.commands import commanded
from kpbot.engine.dialog import Dialogs
from kpbot.engine.drafts import expire, remind, update
from kpbot.engine.offers import settled
from kpbot.engine.relay import from_advisor, is_for_advisor
from kpbot.engine.stage import Stage
from kpbot.engine.subscribing import told
from kpbot.events import Tidings
from kpbot.model import (
    COMMAND,
    LANGUAGES,
    OFFER,
    Answered,
    Asked,
    Attached,
    Commanded,
    CommandName,
    Conversation,
    Due,
    Edited,
    Effect,
    Event,
    Greeted,
    Opened,
    Passed,
    Pressed,
    Selected,
    ShowCommands,
    Toast,
    Unclear,
    Unsure,
)


def step(
    dialogs: Dialogs, conversation: Conversation, event: Event
) -> tuple[Conversation, tuple[Effect, ...]]:
    """The conversation after the event, and what follows from it.

    Never raises, never changes what it was given, and leaves every person with a question, the
    review, an offer or the menu. The same event once more changes nothing. While an advisor
    speaks (`owner`), nothing is said but the answers to service words.
    """
    if event.id == conversation.last:
        return conversation, ()
    stage = Stage(dialogs, conversation, event)
    language = event.language or conversation.language
    stage.change(last=event.id, language=language, heard=event.heard)
    if not isinstance(event.happening, Due | Tidings):
        stage.change(schedule=None)
    if not isinstance(event.happening, Due | Tidings) and conversation.owner == "bot":
        update(stage)
    if not conversation.greeted and not isinstance(event.happening, Due | Tidings):
        _greet(stage)
    if not is_for_advisor(stage):
        _happened(stage)
    stage.show_something()
    _language_hints(stage)
    stage.set_timers()
    return stage.result()


def _happened(stage: Stage) -> None:  # noqa: PLR0912 (one arm a happening)
    match stage.event.happening:
        case Opened():
            _opened(stage)
        case Answered(parts, cut):
            answered(stage, parts, cut)
        case Commanded() as command:
            commanded(stage, command)
        case Asked() as question:
            asked(stage, question)
        case Unsure() as happening:
            unsure(stage, happening)
        case Unclear() as happening:
            _unclear(stage, happening)
        case Greeted(kind):
            _greeted(stage, kind)
        case Pressed() | Selected() as press:
            _pressed(stage, press)
        case Attached():
            stage.say("attachment")
            stage.show_place(again=True)
        case Edited():
            stage.say("edited_plain")
            stage.show_place(again=True)
        case Due(timer):
            _due(stage, timer)
        case Joined() | AdvisorSaid() | AdvisorLeft() | NobodyCame() as happening:
            from_advisor(stage, happening)
        case Tidings() as tidings:
            told(stage, tidings)
        case Passed():
            pass  # nobody listens any more: the place is shown
        case _:
            assert_never(stage.event.happening)


def _greet(stage: Stage) -> None:
    """The person reads first that this is a bot, in all languages while theirs is unknown."""
    stage.change(greeted=True)
    happening = stage.event.happening
    if isinstance(happening, Opened) or (
        isinstance(happening, Greeted) and happening.kind == "hello"
    ):
        stage.say("hello")
    stage.say("identity")


def _opened(stage: Stage) -> None:
    if stage.conversation.language is None:
        if stage.before.greeted:
            stage.say("which_language")
        stage.follow(ShowCommands(tuple(("language", each) for each in LANGUAGES)))
    elif stage.filling is not None:
        stage.say("hello_again")
        stage.show_place(again=True)
    else:
        stage.show_place()
        _mention_drafts(stage)


def _greeted(stage: Stage, kind: str) -> None:
    if stage.conversation.language is None:
        _opened(stage)
        return
    if kind in {"thanks", "bye"}:
        stage.say(kind)
    elif stage.before.greeted:
        stage.say("hello_again")
    stage.show_place(again=stage.filling is not None)
    _mention_drafts(stage)


def _mention_drafts(stage: Stage) -> None:
    if stage.filling is None and stage.conversation.drafts:
        stage.say("draft_open", word="continue")
        stage.follow(ShowCommands((("continue", ""),)))


def _unclear(stage: Stage, happening: Unclear) -> None:
    if stage.conversation.language is None:
        _opened(stage)
    else:
        unclear(stage, happening)


def _pressed(stage: Stage, press: Pressed | Selected) -> None:
    if not stage.conversation.id.startswith(press.conversation):
        stage.follow(Toast("press_old"))  # a button from before everything was erased
    elif isinstance(press, Pressed) and press.question == OFFER:
        settled(stage, press.choice, press.turn)
    elif isinstance(press, Pressed) and press.question == COMMAND:
        _pressed_command(stage, press)
    else:
        pressed(stage, press)


def _pressed_command(stage: Stage, press: Pressed) -> None:
    name, _, argument = press.choice.partition(":")
    if name not in _COMMANDS:
        stage.follow(Toast("press_old"))
    elif name == "send" and press.turn != stage.conversation.turn and stage.filling is not None:
        stage.say("review_changed")
        stage.show_place(again=True)
    elif name == "send" and stage.filling is None:
        stage.follow(Toast("press_old"))
    else:
        commanded(stage, Commanded(name, argument))  # type: ignore[arg-type]


def _due(stage: Stage, timer: str) -> None:
    kind, _, rest = timer.partition(":")
    name = rest.split(":")[0]
    if kind == "expire":
        expire(stage, name)
    elif kind == "remind":
        remind(stage, name)


def _language_hints(stage: Stage) -> None:
    """Another language is offered with a button, in that language; French once beside Arabizi."""
    suggest = stage.event.suggest
    if suggest is not None and suggest != stage.conversation.language:
        stage.say("suggest_language:" + suggest)
        stage.follow(ShowCommands((("language", suggest),)))
    if stage.event.arabizi and not stage.conversation.hinted_french:
        stage.change(hinted_french=True)
        stage.say("offer_french")
        stage.follow(ShowCommands((("language", "fr"),)))


_COMMANDS = frozenset(get_args(CommandName))
