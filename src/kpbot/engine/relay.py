"""While an advisor speaks: the bot is silent, but for service words."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from kpbot.cases import AdvisorLeft, AdvisorSaid, Joined, NobodyCame, ToPerson
from kpbot.engine.stage import Stage
from kpbot.model import (
    BESIDE_ADVISOR,
    Answered,
    Asked,
    Attached,
    Commanded,
    Due,
    Edited,
    Opened,
    Passed,
    Pressed,
    Relay,
    Selected,
    SetTimer,
    ShowCommands,
    Toast,
    Unclear,
    Unsure,
)

LATER = timedelta(days=1)
"""Reminders and ends of drafts wait so long while an advisor speaks."""


def from_advisor(stage: Stage, happening: ToPerson) -> None:
    """The person hears of the advisor; the owner changes as the case did."""
    match happening:
        case Joined(case, advisor, name):
            stage.change(owner=f"advisor:{advisor}", advisor=name, case=case, offer=None)
            stage.say("advisor_joined", name=name, reference=case)
        case AdvisorSaid(case, advisor, name, text):
            # Of several cases the person answers in the one that was spoken of last.
            stage.change(owner=f"advisor:{advisor}", advisor=name, case=case, offer=None)
            stage.say("advisor_says", name=name, text=text)
        case AdvisorLeft(case, how):
            if case == stage.conversation.case:
                stage.change(owner="bot", advisor="", case=None)
                stage.say(f"advisor_{how}")
                stage.show_place(again=stage.filling is not None)
        case NobodyCame(case):
            if stage.conversation.owner == "bot":
                stage.change(case=case)
                stage.say("nobody_came", reference=case)
                stage.say("other_ways")
                stage.offer("reach")
        case _:
            assert_never(happening)


def is_for_advisor(stage: Stage) -> bool:  # noqa: PLR0912 (one arm a happening)
    """Whether an advisor speaks and what happened is for them: then it has been relayed."""
    if stage.conversation.owner == "bot":
        return False
    happening = stage.event.happening
    match happening:
        case Commanded(command) if command in BESIDE_ADVISOR:
            return _served(stage, command)
        case Pressed(question="command", choice=choice) if choice.split(":")[0] in BESIDE_ADVISOR:
            return _served(stage, choice)
        case Pressed(question="offer") | Joined() | AdvisorSaid() | AdvisorLeft() | NobodyCame():
            return False
        case Passed(kind, text):
            stage.follow(Relay(kind, text))
        case Edited(text):
            stage.follow(Relay("edited", text))
        case Attached(kind, text):
            words = (Relay("said", text),) if text else ()
            stage.follow(Relay("attached", kind), *words, Toast("attachment_advisor"))
        case Asked(text) | Unsure(text) | Unclear(text):
            stage.follow(Relay("said", text))
        case Answered(parts):
            stage.follow(*(Relay("said", part.typed) for part in parts if part.typed))
        case Due(timer):
            stage.follow(SetTimer(timer, stage.event.at + LATER))
        case Opened():
            stage.say("advisor_here", name=stage.conversation.advisor)
        case Pressed() | Selected():
            stage.follow(Toast("advisor_speaks"))
        case _:
            pass  # a greeting the readers let through is no more than that
    return True


def _served(stage: Stage, command: str) -> bool:
    """Help says who listens; every other service word does what it always does."""
    if command != "help":
        return False
    stage.say("advisor_here", name=stage.conversation.advisor)
    commands = tuple((name, "") for name in ("mydata", "delete"))
    stage.follow(ShowCommands(commands))  # type: ignore[arg-type]
    return True


def reached(stage: Stage, choice: str) -> None:
    """How the person wishes to be reached is with the advisors now."""
    if choice in {"mail", "call", "wait"} and stage.conversation.case is not None:
        stage.follow(Relay(choice))  # type: ignore[arg-type]
        stage.say(f"reach_{choice}")
    stage.show_place(again=stage.filling is not None)
