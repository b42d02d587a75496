"""One turn: from what came in to what shall go out. Start reading here.

1 accept the inbound (unique key = no message twice)     store.inbox
2 load the conversation it belongs to                    store.conversations
3 settle the language                                    understand.language
4 what would fit now?                                    engine.expect
5 what is meant?                                         understand: readers, in order
6 what follows?                                          engine.step
7 keep the conversation, carry out the effects           store, same transaction

What an advisor does comes in the same way: the case changes first (casework), then the person
hears of it as of anything else that happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog

from kpbot import casework
from kpbot.cases import Case, Refused
from kpbot.casework import CaseTurn
from kpbot.engine.counting import counted
from kpbot.engine.dialog import Dialogs
from kpbot.engine.place import place
from kpbot.engine.speech import speak
from kpbot.engine.step import step
from kpbot.events import ASKED_WHEN
from kpbot.handover import erase_conversation, hand_over
from kpbot.house import House
from kpbot.meaning import LONGEST, event_of, words_of
from kpbot.model import (
    Attached,
    ByAdvisor,
    CancelTimers,
    Content,
    Conversation,
    Due,
    Effect,
    Erase,
    Event,
    ForgetWords,
    Inbound,
    Language,
    Outbound,
    Relay,
    Say,
    SetTimer,
    Submit,
    Tell,
    TellSchedule,
)
from kpbot.saying import facts_for, with_files
from kpbot.store import cases, conversations, counts, inbox, outbox, timers
from kpbot.store.cases import StaleCase
from kpbot.store.database import Database, is_away
from kpbot.store.erasure import forget_words

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a turn came to, for those who show or check it."""

    conversation: Conversation
    outbound: Outbound | None
    at: str
    """Question id, `review`, `menu` or `advisor`."""
    intent: str | None = None
    record: dict[str, Any] | None = None
    erased: bool = False
    forgotten: bool = False
    """Something was deleted: `Database.forget` is to be called."""
    case: Case | None = None
    """The case an advisor or an instant was about, as it is now."""
    refused: Refused | None = None
    """Why what the advisor did was not done."""


def receive(database: Database, inbound: Inbound, house: House) -> Taken | None:
    """The turn is committed; None: the message was here before.

    A message that cannot be handled is recorded once, apologised for once, and never tried
    again. Where the database itself fails, the error is raised: the channel delivers again.
    """
    inbound = inbox.cleaned(inbound)
    try:
        taken = database.write(lambda connection: take(connection, inbound, house))
    except StaleCase:  # two advisors at the same instant: the other was first
        return receive(database, inbound, house)
    except Exception as error:
        if is_away(error):
            raise  # the store failed, not the message: it comes again
        if isinstance(inbound.content, ByAdvisor):
            raise  # nothing was done: the advisor is told, not the person
        failure = type(error).__name__
        log.error(  # noqa: TRY400 (a traceback could hold what a person wrote)
            "turn_failed", channel=inbound.channel, failure=failure
        )
        return database.write(lambda connection: _apologise(connection, inbound, house, failure))
    if taken is not None and taken.forgotten:
        database.forget()
    return taken


def take(connection: sa.Connection, inbound: Inbound, house: House) -> Taken | None:
    """The turn is carried out within the transaction; None: the message was here before."""
    conversation = _accepted(connection, inbound)
    if conversation is None:
        return None
    case_turn = _case_turn(connection, inbound, conversation, house)
    if case_turn is not None:
        return _hear_of_case(connection, inbound, conversation, case_turn, house)
    event = event_of(connection, inbound, conversation, house)
    before = conversation
    conversation, effects = step(house.dialogs, conversation, event)
    figures = counted(before, conversation, effects, event.happening)
    counts.add(connection, figures, inbound.at.date())
    if effects and before.owner == "bot":
        effects = _with_notices(inbound.content, effects)
    return _carry_out(connection, inbound, conversation, effects, house)


def _with_notices(content: Content, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """What was not read of a message is said before the rest, but after who speaks here."""
    notices: list[Effect] = []
    if isinstance(content, Attached) and content.text:
        notices.append(Say("attachment"))
    if len(words_of(content)) > LONGEST:
        notices.append(Say("too_long", {"max": LONGEST}))
    start = effects.index(_IDENTITY) + 1 if _IDENTITY in effects else 0
    return (*effects[:start], *notices, *effects[start:])


_IDENTITY = Say("identity")


def _accepted(connection: sa.Connection, inbound: Inbound) -> Conversation | None:
    """The conversation the message belongs to; None: the message was here before.

    A timer is used up by its turn, which makes a second one of it harmless; set anew for the
    same instant, it comes again.
    """
    if isinstance(inbound.content, Due):
        if conversations.glance(connection, inbound.channel, inbound.person) is None:
            return None  # erased since
        conversation = conversations.load(connection, inbound.channel, inbound.person, inbound.at)
        timer = inbound.content.timer
        if not timers.take_due(connection, conversation.id, timer, inbound.at):
            return None
        inbox.accept(connection, inbound, conversation.id)
        return conversation
    if inbox.is_known(connection, inbound):
        return None  # before anything is begun: the person may be erased since
    conversation = conversations.load(connection, inbound.channel, inbound.person, inbound.at)
    return conversation if inbox.accept(connection, inbound, conversation.id) else None


def act(
    database: Database, done: ByAdvisor, message_id: str, at: datetime, house: House
) -> Taken | Refused:
    """What an advisor did is committed, or refused with the reason.

    The same `message_id` is the same deed: done again, it changes nothing and is not refused.
    """
    address = database.read(lambda connection: _address(connection, done.case))
    if address is None:
        return Refused("unknown")
    inbound = Inbound(*address, f"advisor:{message_id}", at, done)
    taken = receive(database, inbound, house)
    if taken is None:  # it was here before
        case = database.read(lambda connection: cases.get(connection, done.case))
        return Refused("unknown") if case is None else Taken(Conversation(""), None, "", case=case)
    return taken.refused or taken


def _address(connection: sa.Connection, reference: str) -> tuple[str, str] | None:
    """Channel and address of the person whose case it is."""
    case = cases.get(connection, reference)
    return None if case is None else conversations.address(connection, case.conversation)


def _case_turn(
    connection: sa.Connection, inbound: Inbound, conversation: Conversation, house: House
) -> CaseTurn | None:
    """What happened to a case, if the inbound is about one."""
    match inbound.content:
        case ByAdvisor() as done:
            return casework.by_advisor(connection, done, conversation, house, inbound.at)
        case Due(timer) if timer.startswith(casework.TIMER):
            return casework.by_clock(connection, timer, house, inbound.at)
        case _:
            return None


def _hear_of_case(
    connection: sa.Connection,
    inbound: Inbound,
    conversation: Conversation,
    case_turn: CaseTurn,
    house: House,
) -> Taken:
    """The person hears what became of their case, if it concerns them."""
    effects: tuple[Effect, ...] = ()
    for number, happening in enumerate(case_turn.to_person):
        event = Event(
            id=f"{inbound.channel}:{inbound.message_id}:{number}",
            at=inbound.at,
            happening=happening,
            language=conversation.language,
        )
        conversation, follows = step(house.dialogs, conversation, event)
        effects += follows
    taken = _carry_out(connection, inbound, conversation, effects, house)
    return replace(taken, case=case_turn.case, refused=case_turn.refused)


def _carry_out(
    connection: sa.Connection,
    inbound: Inbound,
    conversation: Conversation,
    effects: tuple[Effect, ...],
    house: House,
) -> Taken:
    """Every effect is in the same transaction as the conversation it belongs to."""
    shown_of = conversation.id
    record = None
    facts = facts_for(connection, conversation, effects, house, inbound.at)
    for effect in effects:
        match effect:
            case SetTimer(name, due):
                timers.set_timer(connection, conversation.id, name, due)
            case CancelTimers(prefix):
                timers.cancel_timers(connection, conversation.id, prefix)
            case Submit():
                record = hand_over(connection, inbound, conversation, effect, house)
            case Relay():
                reference = effect.case or conversation.case or ""
                casework.by_person(connection, reference, effect, house, inbound.at)
            case Erase():
                receivers = house.receivers
                erase_conversation(connection, conversation.id, receivers, inbound.at)
                shown_of = ""
            case ForgetWords(since):
                forget_words(connection, conversation.id, since)
            case _:
                pass  # words: spoken below, all together
    if shown_of:
        conversations.save(connection, conversation, inbound.at)
    outbound = speak(
        house.dialogs,
        conversation,
        effects,
        facts,
        channel=inbound.channel,
        person=inbound.person,
    )
    if outbound is not None:
        outbound = with_files(connection, outbound, effects, house)
        _say(connection, inbound, outbound, shown_of or None)
    intents = [
        effect.intent if isinstance(effect, Tell) else ASKED_WHEN
        for effect in effects
        if isinstance(effect, Tell | TellSchedule)
    ]
    return Taken(
        conversation,
        outbound,
        at=_at(house.dialogs, conversation),
        intent=intents[0] if intents and intents[0] in house.knowledge.known else None,
        record=record,
        erased=not shown_of,
        forgotten=not shown_of or any(isinstance(effect, ForgetWords) for effect in effects),
    )


def _say(
    connection: sa.Connection, inbound: Inbound, outbound: Outbound, conversation: str | None
) -> None:
    outbox.put(
        connection,
        outbound,
        channel=inbound.channel,
        address=inbound.person,
        conversation=conversation,
        at=inbound.at,
    )


def _at(dialogs: Dialogs, conversation: Conversation) -> str:
    if conversation.owner != "bot":
        return "advisor"
    dialog = dialogs.under(conversation.drafts).dialogs.get(conversation.active or "")
    draft = conversation.drafts.get(conversation.active or "")
    if dialog is None or draft is None:
        return "menu"
    return place(dialog, draft) or "review"


def _apologise(
    connection: sa.Connection, inbound: Inbound, house: House, failure: str
) -> Taken | None:
    """The message is recorded with its failure, and the person is told, once.

    A timer that fails is used up, and nobody is told: nobody wrote.
    """
    conversation = conversations.glance(connection, inbound.channel, inbound.person)
    if conversation is None:
        conversation = conversations.load(connection, inbound.channel, inbound.person, inbound.at)
    if not inbox.park(connection, inbound, conversation.id, failure):
        return None
    if isinstance(inbound.content, Due):
        timers.take_due(connection, conversation.id, inbound.content.timer, inbound.at)
        return None
    spoken: Language = conversation.language or inbound.language or "de"
    text = house.dialogs.service[spoken].sentences["trouble"]
    outbound = Outbound(
        inbound.channel, inbound.person, conversation.turn, spoken, text, toast=True
    )
    _say(connection, inbound, outbound, conversation.id)
    return Taken(conversation, outbound, at=_at(house.dialogs, conversation))
