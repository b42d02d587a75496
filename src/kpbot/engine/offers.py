"""What a yes, a no or a choice does to the offer on the table."""

from __future__ import annotations

from dataclasses import replace

from kpbot.engine.answering import answered
from kpbot.engine.asking import asked, remember
from kpbot.engine.drafts import QUESTION, begin, cancel, erase
from kpbot.engine.relay import reached
from kpbot.engine.stage import Stage
from kpbot.engine.subscribing import subscribe
from kpbot.events import ASKED_WHEN
from kpbot.model import Asked, Offer, Part, Relay, Toast


def settled(stage: Stage, choice: str, turn: int) -> None:
    """The offer is taken, declined, or was no longer there."""
    offer = stage.conversation.offer
    if offer is None or offer.turn != turn:
        stage.follow(Toast("press_old"))
        return
    stage.change(offer=None)
    if offer.kind == "which":
        _which(stage, offer, choice)
    elif offer.kind == "question_or_answer":
        _question_or_answer(stage, offer, choice)
    elif offer.kind == "subscribe":
        subscribe(stage, offer, choice)
    elif offer.kind == "reach":
        reached(stage, choice)
    elif choice == "yes":
        _accepted(stage, offer)
    else:
        _declined(stage, offer)


def _accepted(stage: Stage, offer: Offer) -> None:
    match offer.kind:
        case "answer" | "change" | "edited" | "keep" if offer.part is not None:
            answered(stage, (offer.part,))
        case "pass_on":
            if offer.asked is not None:
                remember(stage, offer.asked.text, None)
            begin(stage, QUESTION)
        case "add" if offer.asked is not None:
            stage.follow(Relay("said", offer.asked.text, stage.conversation.sent[-1]))
            stage.say("added")
            stage.change(misses=0)
            stage.show_place(again=True)
        case "cancel":
            cancel(stage)
        case "delete":
            erase(stage)
        case _:
            stage.show_place(again=True)


def _declined(stage: Stage, offer: Offer) -> None:
    match offer.kind:
        case "answer":
            stage.show_place(again=True, help=True)
        case "cancel":
            stage.say("not_cancelled")
            stage.show_place(again=True)
        case "add":
            stage.say("miss_menu_1")
            stage.show_place(again=True)
        case "delete":
            stage.say("not_deleted")
            stage.show_place(again=True)
        case _:
            stage.show_place(again=stage.filling is not None)


def _which(stage: Stage, offer: Offer, choice: str) -> None:
    question = offer.asked
    if question is not None:
        meant = tuple(hit for hit in question.hits if hit.intent == choice)
        schedule = stage.event.schedule if choice == ASKED_WHEN else None
        asked(stage, Asked(question.text, meant, schedule))


def _question_or_answer(stage: Stage, offer: Offer, choice: str) -> None:
    if choice == "question" and offer.asked is not None:
        asked(stage, replace(offer.asked, schedule=stage.event.schedule))
    elif choice == "answer" and offer.part is not None:
        answered(stage, (offer.part, *_own_words(stage, offer.part)))
    else:
        stage.show_place(again=True)


def _own_words(stage: Stage, part: Part) -> tuple[Part, ...]:
    """Of an answer that is none of the options: what the person wrote, where it is asked for."""
    question = stage.dialog.by_id.get(part.question) if stage.dialog is not None else None
    if question is None or question.other_text is None or part.value != question.other:
        return ()
    return (Part(question.other_text, part.typed, part.typed),)
