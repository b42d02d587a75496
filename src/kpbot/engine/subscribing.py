"""Being told of the calendar: agreed to, told, and ended with one word."""

from __future__ import annotations

import hashlib

from kpbot.engine.stage import Stage
from kpbot.events import Country, Kind, ScheduleQuestion, Subscription, Tidings
from kpbot.model import (
    CALENDAR,
    Asked,
    CancelTimers,
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
    stage.offer("subscribe", asked=asked)


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
    """Nobody tells the person any more, and nothing of it is kept."""
    had = stage.conversation.subscription is not None
    stage.change(subscription=None)
    stage.follow(CancelTimers(CALENDAR))
    stage.say("unsubscribed" if had else "unsubscribed_already")
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


def _question(offer: Offer) -> ScheduleQuestion | None:
    schedule = offer.asked.schedule if offer.asked is not None else None
    return schedule.question if schedule is not None else None
