"""Effects become words: one message a turn, with its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from kpbot.engine.dialog import Dialogs
from kpbot.engine.hours_words import spoken_opening
from kpbot.engine.place import walk
from kpbot.engine.printing import isolated
from kpbot.engine.speech_data import speak_data
from kpbot.engine.speech_lists import (
    speak_answer,
    speak_menu,
    speak_offer,
    speak_status,
)
from kpbot.engine.speech_question import speak_question, speak_review
from kpbot.engine.speech_schedule import speak_schedule, speak_tidings
from kpbot.engine.speech_sentences import sentence
from kpbot.engine.utterance import Facts, Speech
from kpbot.events import ZONE_OF
from kpbot.model import (
    Ask,
    Conversation,
    Effect,
    Export,
    Outbound,
    Say,
    ShowCommands,
    ShowMenu,
    ShowOffer,
    ShowReview,
    ShowStatus,
    Submit,
    Tell,
    TellSchedule,
    TellTidings,
    Toast,
)


def speak(  # noqa: PLR0913 (the last two are the address)
    dialogs: Dialogs,
    conversation: Conversation,
    effects: Sequence[Effect],
    facts: Facts,
    *,
    channel: str,
    person: str,
) -> Outbound | None:
    """The one message that tells the effects, or None where they say nothing."""
    sent = {each.dialog: each.draft for each in effects if isinstance(each, Submit)}
    dialogs = dialogs.under({**conversation.drafts, **sent})
    speech = Speech(dialogs, conversation, facts)
    toast = ""
    for effect in effects:
        if isinstance(effect, Toast):
            toast = speech.sentences[effect.key]
        else:
            _speak(speech, effect)
    if not speech.paragraphs and not speech.buttons:
        if not toast:
            return None
        return Outbound(
            channel,
            person,
            conversation.turn,
            speech.language,
            toast,
            toast=True,
            conversation=conversation.id,
        )
    text = "\n\n".join(([toast] if toast else []) + speech.paragraphs)
    return Outbound(
        channel,
        person,
        conversation.turn,
        speech.language,
        text,
        tuple(speech.buttons),
        speech.select,
        conversation=conversation.id,
    )


def _speak(speech: Speech, effect: Effect) -> None:  # noqa: PLR0912 (one arm an effect)
    match effect:
        case Say():
            speech.add(sentence(speech, effect))
        case Tell(intent):
            speak_answer(speech, intent)
        case TellSchedule(answer):
            speak_schedule(speech, answer, speech.facts.calendar_link)
        case TellTidings(tidings):
            speak_tidings(speech, tidings)
        case Ask():
            speak_question(speech, effect)
        case ShowReview(dialog):
            speak_review(speech, dialog)
        case ShowMenu():
            speak_menu(speech)
        case ShowOffer(offer):
            speak_offer(speech, offer)
        case ShowCommands(commands):
            for name, argument in commands:
                speech.command(name, argument)
        case Submit():
            _speak_submit(speech, effect)
        case ShowStatus():
            speak_status(speech)
        case Export():
            speak_data(speech)
        case _:
            pass


def _speak_submit(speech: Speech, submit: Submit) -> None:
    """The enquiry is with the advisors: its reference, and when somebody will be there."""
    done = speech.dialogs.words[submit.dialog][speech.language].done
    text = done if submit.complete else speech.sentences["human"]
    speech.add(text.format(reference=isolated(submit.reference, speech.language)))
    opening = _opening(speech, submit)
    if opening:
        speech.add(speech.sentences["advisors_there"].format(opening=opening))
    if submit.complete:
        speech.command("status")
        speech.command("menu")


def _opening(speech: Speech, submit: Submit) -> str:
    """When the desk is open next, in its own time and the person's; empty where nobody has said."""
    hours = speech.facts.hours(submit.outcome)
    if hours is None:
        return ""
    country = walk(speech.dialogs.dialogs[submit.dialog], submit.draft).values.get("country")
    zone = ZONE_OF.get(str(country))
    return spoken_opening(hours, speech.facts.at, (zone,) if zone else (), speech.language)
