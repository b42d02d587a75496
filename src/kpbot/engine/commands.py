"""Service words: they work at any point, typed or pressed."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kpbot.engine.answering import back, focus_on, skipped
from kpbot.engine.drafts import INTAKE, QUESTION, begin, hand_to_person, submit
from kpbot.engine.stage import Stage
from kpbot.engine.subscribing import offer_to_tell, unsubscribe
from kpbot.model import LANGUAGES, Commanded, CommandName, Export, ShowCommands, ShowStatus

PRIVACY = ("privacy", "controller", "protection_officer", "privacy_link")
"""The sentences of the privacy notice, here and on its page."""


def commanded(stage: Stage, happening: Commanded) -> None:  # noqa: PLR0912, PLR0915 (one arm a command)
    """The service word is done; the waiting question is shown again after a detour."""
    match happening.command:
        case "start":
            begin(stage, happening.argument or INTAKE)
        case "question":
            begin(stage, QUESTION)
        case "back":
            back(stage)
        case "skip":
            skipped(stage)
        case "brief":
            _brief(stage)
        case "change":
            _change(stage, happening.argument)
        case "help":
            stage.say("help_menu" if stage.filling is None else "help_words")
            stage.show_place(again=True, help=True)
        case "human":
            hand_to_person(stage)
        case "pause":
            _pause(stage)
        case "continue":
            _continue(stage)
        case "cancel":
            _cancel(stage)
        case "language":
            _language(stage, happening.argument)
        case "privacy":
            for key in PRIVACY:
                stage.say(key)
            _show_after(stage, ("mydata", "delete"))
        case "mydata":
            stage.follow(Export())
            _show_after(stage, ("delete",))
        case "delete":
            stage.offer("delete")
        case "status":
            stage.follow(ShowStatus())
            stage.show_place(again=True)
        case "menu":
            stage.change(active=None, offer=None, misses=0)
            stage.show_place()
        case "subscribe":
            offer_to_tell(stage)
        case "unsubscribe":
            unsubscribe(stage)
        case "review":
            _review(stage)
        case "send":
            submit(stage)
        case _:
            assert_never(happening.command)


def _brief(stage: Stage) -> None:
    if stage.filling is not None:
        dialog, draft = stage.filling
        stage.keep(dialog.name, replace(draft, brief=True, focus=None))
        stage.change(misses=0, offer=None)
    stage.show_place()


def _change(stage: Stage, question: str) -> None:
    if question:
        focus_on(stage, question)
        return
    walked = stage.walked
    if stage.filling is None and stage.conversation.sent:
        stage.say("add_how", reference=stage.conversation.sent[-1])
        stage.show_place(again=True)
        return
    if walked is None or not walked.values:
        stage.say("nothing_to_change")
        stage.show_place(again=True)
        return
    stage.say("which_change")
    stage.follow(ShowCommands(tuple(("change", name) for name in walked.values)))


def _pause(stage: Stage) -> None:
    if stage.filling is None:
        stage.say("nothing_to_cancel")
        stage.show_place(again=True)
        return
    dialog, draft = stage.filling
    stage.keep(dialog.name, draft)
    ends = (stage.event.at + dialog.expire).date().isoformat()
    stage.say("paused", date=ends, word="continue")
    stage.follow(ShowCommands((("continue", ""), ("human", ""))))


def _continue(stage: Stage) -> None:
    if stage.filling is not None:
        stage.show_place(again=True)
        return
    drafts = stage.conversation.drafts
    if not drafts:
        stage.say("nothing_to_continue")
        stage.show_place()
        return
    latest = max(drafts, key=lambda name: drafts[name].touched or drafts[name].began)
    begin(stage, latest)


def _cancel(stage: Stage) -> None:
    """Of an enquiry the person is asked first; where none is under way, notices of dates end."""
    if stage.filling is not None:
        stage.offer("cancel")
    elif stage.conversation.subscription is not None:
        unsubscribe(stage)
    else:
        stage.say("nothing_to_cancel")
        stage.show_place(again=True)


def _language(stage: Stage, language: str) -> None:
    if language not in LANGUAGES:
        stage.say("which_language")
        stage.follow(ShowCommands(tuple(("language", each) for each in LANGUAGES)))
        return
    stage.change(language=language, heard=None)
    stage.say("language_changed")
    stage.show_place(again=stage.filling is not None or stage.conversation.offer is not None)


def _review(stage: Stage) -> None:
    if stage.filling is not None:
        dialog, draft = stage.filling
        stage.keep(dialog.name, replace(draft, focus=None))
    stage.show_place(again=True)


def _show_after(stage: Stage, commands: tuple[CommandName, ...]) -> None:
    if stage.conversation.owner != "bot":
        stage.follow(ShowCommands(tuple((name, "") for name in commands)))
    elif stage.filling is None:
        stage.follow(ShowCommands(tuple((name, "") for name in (*commands, "menu"))))
    else:
        stage.show_place(again=True)
