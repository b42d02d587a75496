"""What would fit now, told to the readers as data."""

from __future__ import annotations

from dataclasses import replace

from kpbot.engine.dialog import Dialogs, Phrase, Question
from kpbot.engine.place import Walk, place, walk
from kpbot.engine.subscribing import choice_title
from kpbot.model import (
    LANGUAGES,
    Conversation,
    Expectation,
    Field,
    Language,
    Offer,
    Option,
)


def expects(dialogs: Dialogs, conversation: Conversation) -> Expectation:
    """What the conversation waits for; the menu where nothing is being filled in."""
    dialogs = dialogs.under(conversation.drafts)
    language = conversation.language or "de"
    offer = offer_options(dialogs, conversation.offer, language) if conversation.offer else ()
    offer_turn = conversation.offer.turn if conversation.offer else 0
    if conversation.owner != "bot":
        return Expectation("advisor", language, offer=offer, offer_turn=offer_turn)
    dialog = dialogs.dialogs.get(conversation.active or "")
    draft = conversation.drafts.get(conversation.active or "")
    if dialog is None or draft is None:
        return Expectation(
            "menu",
            language,
            offer=offer,
            offer_turn=offer_turn,
            schedule=conversation.schedule,
        )
    walked = walk(dialog, draft)
    waiting = place(dialog, draft)

    def field(question: str) -> Field:
        return field_of(dialogs, dialog.name, dialog.by_id[question], language, walked)

    return Expectation(
        mode="question" if waiting else "review",
        language=language,
        field=field(waiting) if waiting else None,
        open=tuple(field(q.id) for q in dialog.questions if _may_fill(q, waiting, walked)),
        answered=tuple(
            field(q) for q in reversed(_answered_order(draft.trail, walked)) if q != waiting
        ),
        offer=offer,
        offer_turn=offer_turn,
        schedule=conversation.schedule,
    )


def field_of(
    dialogs: Dialogs, dialog: str, question: Question, language: Language, walked: Walk
) -> Field:
    """The question as a reader needs it, with its present value and whether it may be skipped."""
    key = (dialog, question.id, language)
    if key not in dialogs.fields:
        dialogs.fields[key] = _bare_field(dialogs, dialog, question, language)
    bare = dialogs.fields[key]
    return replace(
        bare, optional=question.id in walked.skippable, value=walked.values.get(question.id)
    )


def offer_options(dialogs: Dialogs, offer: Offer, language: Language) -> tuple[Option, ...]:
    """The options of an offer with every word for them; intents have only their id as a word."""
    service = dialogs.service[language]
    words = service.offers.get(offer.kind) or service.offers["answer"]
    options = []
    for option, phrase in words.items():
        every = [phrase.say, *phrase.also]
        if offer.kind in service.offers:
            every.append(choice_title(service, offer, option, language))
        for other in LANGUAGES:
            spoken = dialogs.service[other]
            if option in spoken.offers.get(offer.kind, {}):
                every.append(spoken.offers[offer.kind][option].say)
            every.extend({"yes": spoken.yes, "no": spoken.no}.get(option, ()))
        options.append(Option(option, phrase.say, tuple(every)))
    return tuple(options)


def _bare_field(dialogs: Dialogs, dialog: str, question: Question, language: Language) -> Field:
    order = (language, *(other for other in LANGUAGES if other != language))
    words = [dialogs.question_words(dialog, question.id, each) for each in order]
    options = tuple(
        Option(
            id=option,
            label=words[0].options[option].say,
            words=tuple(w for each in words for w in _said(each.options[option])),
            near=tuple(w for each in words for w in each.options[option].near),
            cues=tuple(w for each in words for w in each.options[option].cues),
        )
        for option in question.of
    )
    return Field(
        id=question.id,
        type=question.type,
        options=options,
        minimum=question.minimum,
        maximum=question.maximum,
        other=question.other,
        other_text=question.other_text,
        exclusive=question.exclusive,
        cut=question.cut,
        keep=question.keep,
        names=tuple(name for each in words for name in (each.short, *each.also)),
        cues=tuple(cue for each in words for cue in each.cues),
    )


def _said(phrase: Phrase) -> tuple[str, ...]:
    return (phrase.say, *phrase.also)


def _may_fill(question: Question, waiting: str | None, walked: Walk) -> bool:
    """Open questions, and those whose guard may come to hold: the engine checks the order."""
    if question.id == waiting or question.type == "consent":
        return False
    return question.id in walked.open or (
        question.id not in walked.values and question.when is not None
    )


def _answered_order(trail: tuple[str, ...], walked: Walk) -> tuple[str, ...]:
    given: list[str] = [item for item in walked.values if item not in trail]
    return (*given, *(item for item in trail if item in walked.values))
