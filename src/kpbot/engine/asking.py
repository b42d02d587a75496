"""Questions on the way, and messages that fit nothing: answered or passed on, never a dead end."""

from __future__ import annotations

from kpbot.engine.drafts import hand_to_person
from kpbot.engine.stage import MENU, Stage
from kpbot.engine.subscribing import as_offered, offer_to_tell, unsubscribe
from kpbot.events import ASKED_WHEN, ScheduleAnswer, Wish
from kpbot.model import (
    Ask,
    Asked,
    CommandName,
    Hit,
    Offer,
    OpenQuestion,
    Part,
    ShowCommands,
    ShowStatus,
    Tell,
    TellSchedule,
    Unclear,
    Unsure,
)

INTENT_COMMANDS: dict[str, tuple[tuple[CommandName, str], ...]] = {
    "consultation_start": (("start", ""),),
    "contact_human": (("human", ""),),
    "data_privacy": (("privacy", ""), ("mydata", ""), ("delete", "")),
    ASKED_WHEN: (("subscribe", ""),),
    "data_deletion_export": (("mydata", ""), ("delete", "")),
    "intake_status": (("status", ""),),
    "bot_identity": (("human", ""),),
    "working_languages": (("language", ""),),
}
"""What one can do at once after the answer to one of the questions about the bot itself."""

STATUS = "intake_status"
PERSON = "contact_human"
"""Questions that the bot does something about."""

KEPT = 120
"""Characters of a text that are kept where it could not be read as the type."""


def asked(stage: Stage, question: Asked) -> None:
    """The question is answered as far as it is known; the rest is passed on or offered to be."""
    if len(question.hits) > 1:
        stage.offer("which", asked=as_offered(question))
        return
    if stage.conversation.offer is not None and stage.conversation.offer.kind == "which":
        stage.change(offer=None)  # who asks another question has left the doubtful one
    if question.schedule is not None and question.schedule.question.wish:
        _wished(stage, question, question.schedule.question.wish)
        return
    if question.schedule is not None and _is_for_calendar(question, question.schedule):
        _scheduled(stage, question.text, question.schedule)
        return
    hit = question.hits[0] if question.hits else None
    if hit is not None:
        stage.follow(Tell(hit.intent, hit.known))
    if hit is not None and hit.intent == STATUS:
        stage.follow(ShowStatus())
        _show_after_answer(stage, hit.intent)
    elif hit is not None and hit.intent == PERSON and stage.filling is None:
        hand_to_person(stage)
    elif hit is None or hit.known != "all":
        _unknown(stage, question.text, hit)
    else:
        _show_after_answer(stage, hit.intent)


def _is_for_calendar(question: Asked, answer: ScheduleAnswer) -> bool:
    """The calendar holds something, or that it holds nothing is the answer.

    So it is where a time, a town or a state is named, or an event that nobody knows.
    """
    asked = answer.question
    named = asked.days or asked.past or asked.wanted == "next" or asked.town or asked.status
    return bool(answer.told) or not question.hits or (asked.sure and bool(named)) or asked.vague


def _wished(stage: Stage, question: Asked, wish: Wish) -> None:
    """The person wants to be told of the calendar, or no longer."""
    if wish == "unsubscribe":
        unsubscribe(stage)
    else:
        offer_to_tell(stage, question)


def _scheduled(stage: Stage, text: str, answer: ScheduleAnswer) -> None:
    """What the calendar holds is told; where it holds nothing, the question is passed on."""
    stage.follow(TellSchedule(answer))
    stage.change(schedule=answer.question)
    if not answer.none_known or answer.past or _is_called_off(answer):
        _show_after_answer(stage, ASKED_WHEN)
        return
    remember(stage, text, Hit(ASKED_WHEN, "none"))
    if stage.filling is not None:
        stage.say("passed_along")
        stage.show_place(again=True)
        return
    stage.offer("pass_on")
    stage.follow(ShowCommands((("subscribe", ""),)))


def _is_called_off(answer: ScheduleAnswer) -> bool:
    """What was asked about is cancelled: that is the answer, unless the next one is wanted."""
    is_cancelled = any(each.state == "cancelled" for each in answer.told)
    return is_cancelled and answer.question.wanted != "next"


def unclear(stage: Stage, happening: Unclear) -> None:
    """The person reads what is wrong, then gets help, then a person: three different texts."""
    stage.change(misses=stage.conversation.misses + 1, offer=None)
    waiting = stage.place
    if stage.filling is None:
        _miss_in_menu(stage, happening)
    elif not stage.filling[0].open:
        stage.show_place()
    elif waiting is None:
        stage.say("review_misread")
        stage.show_place(again=True)
    else:
        _miss_at_question(stage, waiting, happening)


def unsure(stage: Stage, happening: Unsure) -> None:
    """The person is asked what is meant; the text is kept meanwhile."""
    part = happening.part
    if happening.edited:
        stage.offer("edited", part=part)
    elif happening.asked is not None:
        stage.offer("question_or_answer", part=part, asked=as_offered(happening.asked))
    else:
        stage.offer("answer", part=part)


def _unknown(stage: Stage, text: str, hit: Hit | None) -> None:
    remember(stage, text, hit)
    stage.say("unknown_rest" if hit is not None and hit.known == "part" else "unknown")
    if stage.filling is not None:
        stage.say("passed_along")
        stage.show_place(again=True)
        return
    stage.say("other_ways")
    stage.offer("pass_on")
    dated = hit is not None and hit.intent == ASKED_WHEN
    stage.follow(ShowCommands((("subscribe" if dated else "start", ""),)))


def remember(stage: Stage, text: str, hit: Hit | None) -> None:
    """The question travels with the next record."""
    stage.remember_question(
        OpenQuestion(
            text=text,
            intent=hit.intent if hit else None,
            known=hit.known if hit else "none",
            language=stage.conversation.language or "de",
            at=stage.event.at,
        )
    )


def _show_after_answer(stage: Stage, intent: str) -> None:
    if stage.filling is not None:
        stage.show_place(again=True)
        return
    stage.change(misses=0)
    _show_next(stage, intent)


def _show_next(stage: Stage, intent: str) -> None:
    if stage.conversation.offer is not None:
        stage.show_place(again=True)
        return
    commands = INTENT_COMMANDS.get(intent, ())
    rest = tuple(command for command in MENU if command not in commands)
    stage.follow(ShowCommands((*commands, *rest)))


def _miss_in_menu(stage: Stage, happening: Unclear) -> None:
    """After an enquiry was sent, words that fit nothing are most likely meant for it."""
    if stage.conversation.sent and happening.text.strip():
        stage.offer("add", asked=Asked(happening.text, ()))
        return
    misses = min(stage.conversation.misses, 3)
    stage.say(f"miss_menu_{misses}")
    if misses < 3:
        stage.show_place(again=misses == 1)
        return
    stage.say("other_ways")
    stage.offer("pass_on", asked=Asked(happening.text, ()))


def _miss_at_question(stage: Stage, waiting: str, happening: Unclear) -> None:
    assert stage.filling is not None  # noqa: S101 (a question waits)
    dialog, _ = stage.filling
    misses = stage.conversation.misses
    stage.say(f"wrong:{waiting}:{happening.problem}", **happening.params)
    keep = None
    if dialog.by_id[waiting].keep and happening.text.strip():
        keep = happening.text.strip()[:KEPT]
        stage.change(offer=Offer("keep", stage.turn, Part(waiting, keep, keep)))
    if misses == 1:
        stage.follow(Ask(dialog.name, waiting, again=True, keep=keep))
    elif misses < dialog.tries:
        stage.say("miss_2")
        stage.follow(Ask(dialog.name, waiting, again=True, help=True, keep=keep))
    else:
        stage.say("miss_3")
        if stage.walked is not None and waiting in stage.walked.skippable:
            stage.say("miss_3_optional")
        stage.follow(Ask(dialog.name, waiting, again=True, help=True, keep=keep))
