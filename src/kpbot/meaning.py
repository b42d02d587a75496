"""What came in becomes an event: its language, and what it means where the conversation stands."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from kpbot.engine.expect import expects
from kpbot.events import ZONE_OF, ScheduleAnswer, Tidings
from kpbot.house import House
from kpbot.model import (
    CALENDAR,
    Answered,
    Attached,
    ByAdvisor,
    Content,
    Conversation,
    Due,
    Edited,
    Event,
    Expectation,
    Happening,
    Inbound,
    Language,
    Said,
)
from kpbot.store import inbox, records
from kpbot.understand.language import Hearing, hear
from kpbot.understand.readers import asked_before, reword, understand
from kpbot.understand.schedule_news import look

LONGEST = 4000
"""Characters of a message that the bot reads; an advisor reads all of them."""

_NOTHING_HEARD = Hearing(None, "no", arabizi=False, wish=False)


def event_of(
    connection: sa.Connection, inbound: Inbound, conversation: Conversation, house: House
) -> Event:
    """What the message means where the conversation stands, in the language it is in."""
    hearing = _hear(inbound, conversation)
    if conversation.owner != "bot":
        hearing = _NOTHING_HEARD  # the advisor and the person speak as they like
    language = conversation.language or _first_language(inbound, hearing)
    expectation = expects(house.dialogs, replace(conversation, language=language))
    if isinstance(inbound.content, Edited):
        gave = _answers_of(connection, inbound, conversation)
        answered = tuple(each for each in expectation.answered if each.id in gave)
        expectation = replace(expectation, answered=answered)
    happening = _happening(inbound, hearing, expectation, conversation, house)
    is_answer = isinstance(happening, Answered)
    if hearing.switch == "yes" and not is_answer:
        language = hearing.language or language
    foreign = hearing.language if hearing.language != language and not is_answer else None
    return Event(
        id=f"{inbound.channel}:{inbound.message_id}",
        at=inbound.at,
        happening=happening,
        language=language,
        suggest=hearing.language if hearing.switch == "ask" and not is_answer else None,
        heard=foreign,
        arabizi=hearing.arabizi and language == "ar",
        reference=_reference(connection, house),
        days=house.days,
        schedule=_asked_before(inbound, conversation, expectation, house),
    )


def _asked_before(
    inbound: Inbound, conversation: Conversation, expectation: Expectation, house: House
) -> ScheduleAnswer | None:
    """What the calendar holds now about the question that the offer on the table is about."""
    asked = conversation.offer.asked if conversation.offer is not None else None
    return asked_before(asked, inbound.at, expectation, house.knowledge)


def _answers_of(
    connection: sa.Connection, inbound: Inbound, conversation: Conversation
) -> set[str]:
    """The questions whose present answers were typed in the message that was edited now."""
    came = inbox.came_at(connection, conversation.id, inbound.original)
    draft = conversation.drafts.get(conversation.active or "")
    answers = draft.answers if draft is not None else {}
    return {each for each, answer in answers.items() if answer.typed and answer.at == came}


def _first_language(inbound: Inbound, hearing: Hearing) -> Language | None:
    """The language a conversation begins in: the person's own words go before the page's language.

    "hi" and "ok" are said in every language: so short a word leaves the page's.
    """
    if inbound.language is None or hearing.language is None:
        return inbound.language or hearing.language
    is_word = len(words_of(inbound.content).strip()) > _SHORT
    return hearing.language if is_word else inbound.language


_SHORT = 3
"""Letters up to which a word tells no language."""


def _hear(inbound: Inbound, conversation: Conversation) -> Hearing:
    words = words_of(inbound.content)
    if not words:
        return _NOTHING_HEARD
    current = conversation.language or inbound.language
    return hear(words[:LONGEST], current, conversation.heard)


def _happening(
    inbound: Inbound,
    hearing: Hearing,
    expectation: Expectation,
    conversation: Conversation,
    house: House,
) -> Happening:
    match inbound.content:
        case Attached(_, text) if not text or expectation.mode == "advisor":
            return inbound.content
        case Said(text) | Attached(_, text):
            read = text if expectation.mode == "advisor" else text[:LONGEST]
            return understand(read, inbound.at, hearing, expectation, house.knowledge)
        case Edited(text):
            reworded = reword(text[:LONGEST], expectation, house.knowledge)
            return reworded or inbound.content
        case Due(timer) if timer == CALENDAR and expectation.mode != "advisor":
            return _look(inbound, conversation, house) or inbound.content
        case ByAdvisor():  # it has become what the person hears of it
            raise AssertionError
        case other:
            return other


def _look(inbound: Inbound, conversation: Conversation, house: House) -> Tidings | None:
    """What the calendar brings to the subscriber now; None: they are none any more."""
    if conversation.subscription is None:
        return None
    answers = [draft.answers.get("country") for draft in conversation.drafts.values()]
    countries = [str(answer.value) for answer in answers if answer is not None]
    return look(
        conversation.subscription,
        house.knowledge.calendar(),
        inbound.at,
        house.reminder_days,
        ZONE_OF.get(countries[0]) if countries else None,
    )


def words_of(content: Content) -> str:
    """What the person wrote now, be it beside a picture."""
    return content.text if isinstance(content, Said | Attached) else ""


def _reference(connection: sa.Connection, house: House) -> str:
    """A reference that no record has."""
    reference = house.new_reference()
    while records.is_taken(connection, reference):
        reference = house.new_reference()
    return reference
