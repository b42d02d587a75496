"""Being told of the calendar: agreed to, told, and ended with one word."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from kpbot.engine.dialog import ServiceWords
from kpbot.engine.printing import joined
from kpbot.engine.stage import Stage
from kpbot.events import (
    Country,
    Kind,
    ScheduleAnswer,
    ScheduleQuestion,
    Subscription,
    Tidings,
)
from kpbot.model import (
    CALENDAR,
    Asked,
    CancelTimers,
    Language,
    Offer,
    SetTimer,
    ShowCommands,
    TellTidings,
)

_ALL = "all"
_SOME = "some"


def offer_to_tell(stage: Stage, asked: Asked | None = None) -> None:
    """What being told means is explained, and the person decides."""
    if stage.conversation.subscription is not None:
        stage.say("subscribed_already", word="unsubscribe")
        stage.show_place(again=True)
        return
    stage.offer("subscribe", asked=as_offered(asked) if asked is not None else None)


def as_offered(question: Asked) -> Asked:
    """The question as an offer keeps it: what the calendar holds is looked up when it is taken."""
    if question.schedule is None:
        return question
    return replace(question, schedule=ScheduleAnswer(question.schedule.question))


def subscribe(stage: Stage, offer: Offer, choice: str) -> None:
    """The person is told from now on: of everything, or of what their question was about."""
    if choice not in {_ALL, _SOME}:
        stage.show_place(again=stage.filling is not None)
        return
    kinds: tuple[Kind, ...] = ()
    countries: tuple[Country, ...] = ()
    question = _question(offer)
    if choice == _SOME and question is not None:
        kinds, countries = question.kinds, question.countries
    language = stage.conversation.language or "de"
    words = stage.dialogs.service[language].sentences["subscribe"]
    subscription = Subscription(
        since=stage.event.at,
        language=language,
        consent=hashlib.sha256(words.encode()).hexdigest(),
        kinds=kinds,
        countries=countries,
    )
    stage.change(subscription=subscription)
    stage.follow(SetTimer(CALENDAR, stage.event.at))
    stage.say("subscribed", word="unsubscribe")
    stage.show_place(again=True)


def unsubscribe(stage: Stage) -> None:
    """Nobody tells the person any more, nothing of it is kept, and the way back is a button."""
    had = stage.conversation.subscription is not None
    stage.change(subscription=None)
    stage.follow(CancelTimers(CALENDAR))
    stage.say("unsubscribed" if had else "unsubscribed_already")
    if had and stage.filling is None:
        stage.follow(ShowCommands((("subscribe", ""),)))  # the way back
    stage.show_place(again=True)


def told(stage: Stage, tidings: Tidings) -> None:
    """The person reads what is new or near; a look that brought nothing is not mentioned."""
    if stage.conversation.subscription is None:
        return
    stage.change(subscription=tidings.subscription)
    stage.follow(SetTimer(CALENDAR, tidings.next_look))
    if tidings.notices:
        stage.follow(TellTidings(tidings))
        if stage.filling is None and stage.conversation.offer is None:
            stage.follow(ShowCommands((("unsubscribe", ""), ("menu", ""))))
        else:
            stage.show_place(again=True)


def is_narrow(offer: Offer) -> bool:
    """Whether the question named a kind or a country: then one can be told of that alone."""
    question = _question(offer)
    return question is not None and bool(question.kinds or question.countries)


def choice_title(service: ServiceWords, offer: Offer, option: str, language: Language) -> str:
    """What the button of the option reads: "only this" says of what kind and country."""
    title = service.offers[offer.kind][option].say
    question = _question(offer)
    if offer.kind != "subscribe" or option != _SOME or question is None:
        return title
    names = [service.sentences[f"schedule_kind_{kind}"] for kind in question.kinds]
    names += [service.sentences[f"schedule_country_{each.lower()}"] for each in question.countries]
    return f"{title}: {joined(names, language)}" if names else title


def _question(offer: Offer) -> ScheduleQuestion | None:
    schedule = offer.asked.schedule if offer.asked is not None else None
    return schedule.question if schedule is not None else None
