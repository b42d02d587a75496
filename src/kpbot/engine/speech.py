"""Effects become words: one message a turn, with its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from kpbot.engine.dialog import Dialogs
from kpbot.engine.printing import isolated
from kpbot.engine.speech_lists import (
    speak_answer,
    speak_data,
    speak_menu,
    speak_offer,
    speak_status,
)
from kpbot.engine.speech_question import speak_question, speak_review
from kpbot.engine.speech_sentences import sentence
from kpbot.engine.utterance import Facts, Speech
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
        case Submit(dialog=dialog, reference=reference, complete=complete):
            done = speech.dialogs.words[dialog][speech.language].done
            text = done if complete else speech.sentences["human"]
            speech.add(text.format(reference=isolated(reference, speech.language)))
            if complete:
                speech.command("status")
                speech.command("menu")
        case ShowStatus():
            speak_status(speech)
        case Export():
            speak_data(speech)
        case _:
            pass
