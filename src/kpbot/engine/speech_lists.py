"""Answers, the menu, offers, and what is stored about a person, in words."""

from __future__ import annotations

from collections.abc import Mapping

from kpbot.engine.printing import isolated, printed_date, quoted_direction
from kpbot.engine.speech_schedule import told_source
from kpbot.engine.speech_sentences import printed_part, short_name
from kpbot.engine.subscribing import choice_title, is_narrow
from kpbot.engine.utterance import Speech
from kpbot.model import OFFER, CommandName, Offer, Part


def speak_answer(speech: Speech, intent: str) -> None:
    """The answer to a known question, with its source."""
    told = speech.told(intent)
    text = told.text.strip()
    if told.source:
        source = speech.sentences[f"source_{told.source}"]
        text = f"{text}\n{speech.sentences['source'].format(source=source)}"
    speech.add(text)
    if told.fact is not None:
        fact = told.fact
        stated = told_source(speech.sentences, speech.language, fact.source, fact.as_of)
        speech.add(f"{fact.text}\n{stated}")


def speak_menu(speech: Speech) -> None:
    """The menu stands there, with a draft to go on with first."""
    speech.add(speech.sentences["menu"])
    if speech.conversation.drafts:
        speech.command("continue")
    for name in _MENU_COMMANDS:
        speech.command(name)


_MENU_COMMANDS: tuple[CommandName, ...] = (
    "start",
    "question",
    "human",
    "help",
    "language",
    "privacy",
)


def speak_offer(speech: Speech, offer: Offer) -> None:
    """The offer is made, each option a button."""
    sentences = speech.sentences
    text = {
        "cancel": "cancel",
        "delete": "delete",
        "which": "which",
        "answer": "meant",
        "change": "change_offer",
        "edited": "edited",
        "question_or_answer": "question_or_answer",
        "pass_on": "pass_on",
        "reach": "reach",
        "add": "add",
        "subscribe": "subscribe",
    }[offer.kind]
    if offer.kind == "pass_on" and len(speech.conversation.questions) >= _BUNDLE:
        text = "pass_on_several"
    speech.add(sentences[text].format(**_offer_words(speech, offer)))
    if offer.kind == "which" and offer.asked is not None:
        for hit in offer.asked.hits:
            title = speech.told(hit.intent).title
            speech.button(hit.intent, title, OFFER)
    service = speech.dialogs.service[speech.language]
    for option in service.offers[offer.kind]:
        if option != "some" or is_narrow(offer):
            title = choice_title(service, offer, option, speech.language)
            speech.button(option, title, OFFER)


_BUNDLE = 3
"""From this many open questions on, they are offered to be passed on together."""


def _offer_words(speech: Speech, offer: Offer) -> dict[str, str]:
    sent = speech.conversation.sent[-1] if speech.conversation.sent else ""
    words = {
        "word": speech.dialogs.service[speech.language].commands["unsubscribe"].say,
        "count": str(len(speech.conversation.questions)),
        "text": "",
        "reference": isolated(sent, speech.language),
    }
    if offer.asked is not None:
        words["text"] = quoted_direction(offer.asked.text, speech.language)
    if offer.part is None:
        return words
    words["value"] = printed_part(speech, offer.part)
    words["question"] = short_name(speech, offer.part.question)
    draft = speech.conversation.drafts.get(speech.conversation.active or "")
    old = draft.answers.get(offer.part.question) if draft else None
    words["old"] = (
        printed_part(speech, Part(offer.part.question, old.value, "")) if old is not None else ""
    )
    return words


def speak_status(speech: Speech) -> None:
    """What was sent and what was begun is told."""
    for record in speech.facts.records:
        arrived = speech.sentences["status"].format(
            reference=isolated(record.reference, speech.language),
            date=printed_date(record.at.date().isoformat(), speech.language),
        )
        speech.add(f"{arrived} {speech.sentences[_STATE[record.state]]}")
    for name in speech.conversation.drafts:
        speech.add(speech.sentences["status_draft"].format(title=_title(speech, name)))
    if not speech.facts.records and not speech.conversation.drafts:
        speech.add(speech.sentences["status_none"])


_STATE: Mapping[str, str] = {
    "open": "status_open",
    "claimed": "status_claimed",
    "waiting_person": "status_answered",
    "waiting_advisor": "status_claimed",
    "closed": "status_closed",
}


def _title(speech: Speech, dialog: str) -> str:
    """What the dialog is called; its id where it is no longer there."""
    words = speech.dialogs.words.get(dialog)
    return words[speech.language].title if words else dialog
