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

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog

from kpbot import casework
from kpbot.cases import Case, Refused
from kpbot.casework import CaseTurn
from kpbot.engine.counting import counted
from kpbot.engine.dialog import Dialogs
from kpbot.engine.expect import expects
from kpbot.engine.place import place
from kpbot.engine.speech import speak
from kpbot.engine.speech_schedule import coming_uids
from kpbot.engine.step import step
from kpbot.engine.utterance import KeptChat, SentRecord
from kpbot.events import ASKED_WHEN, ZONE_OF, ScheduleAnswer, Tidings
from kpbot.handover import erase_conversation, hand_over
from kpbot.house import House
from kpbot.model import (
    CALENDAR,
    Answered,
    Attached,
    ByAdvisor,
    CancelTimers,
    Content,
    Conversation,
    Due,
    Edited,
    Effect,
    Erase,
    Event,
    Expectation,
    Export,
    File,
    ForgetWords,
    Happening,
    Inbound,
    Language,
    Outbound,
    Relay,
    Said,
    Say,
    SetTimer,
    ShowStatus,
    Submit,
    Tell,
    TellSchedule,
)
from kpbot.store import cases, conversations, counts, inbox, outbox, records, timers, transcript
from kpbot.store.access import everything_about
from kpbot.store.cases import StaleCase
from kpbot.store.database import Database, is_away
from kpbot.store.erasure import forget_words
from kpbot.understand.language import Hearing, hear
from kpbot.understand.readers import asked_before, reword, understand
from kpbot.understand.schedule_news import look

log = structlog.get_logger()

DATA = "kpbot-data.json"
"""Name of the file with everything that is stored about a person."""
LONGEST = 4000
"""Characters of a message that the bot reads; an advisor reads all of them."""

_NOTHING_HEARD = Hearing(None, "no", arabizi=False, wish=False)


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
    event = _event(connection, inbound, conversation, house)
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
    if len(_words(content)) > LONGEST:
        notices.append(Say("too_long", {"max": LONGEST}))
    start = effects.index(_IDENTITY) + 1 if _IDENTITY in effects else 0
    return (*effects[:start], *notices, *effects[start:])


_IDENTITY = Say("identity")


def _words(content: Content) -> str:
    """What the person wrote now, be it beside a picture."""
    return content.text if isinstance(content, Said | Attached) else ""


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


def _event(
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
    is_word = len(_words(inbound.content).strip()) > _SHORT
    return hearing.language if is_word else inbound.language


_SHORT = 3
"""Letters up to which a word tells no language."""


def _hear(inbound: Inbound, conversation: Conversation) -> Hearing:
    words = _words(inbound.content)
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
    sent = _sent_records(connection, conversation, effects)
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
    kept = _kept_chat(connection, conversation, effects, house, inbound.at)
    facts = replace(house.facts(inbound.at), records=sent, chat=kept)
    outbound = speak(
        house.dialogs,
        conversation,
        effects,
        facts,
        channel=inbound.channel,
        person=inbound.person,
    )
    if outbound is not None:
        outbound = _with_file(outbound, effects, house)
        outbound = _with_data(connection, outbound, effects)
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


def _with_file(outbound: Outbound, effects: tuple[Effect, ...], house: House) -> Outbound:
    """The message with the coming events it tells of as a file, if there are any."""
    uids = coming_uids(effects)
    file = house.event_file(uids, outbound.language) if uids else None
    return outbound if file is None else replace(outbound, files=(file,))


def _with_data(
    connection: sa.Connection, outbound: Outbound, effects: tuple[Effect, ...]
) -> Outbound:
    """The message with everything that is stored as a file, where the person asked for it.

    Of several such files only the last one is kept.
    """
    if not any(isinstance(effect, Export) for effect in effects):
        return outbound
    outbox.drop_files(connection, outbound.conversation, DATA)
    found = everything_about(connection, outbound.conversation)
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return replace(outbound, files=(*outbound.files, File(DATA, "application/json", text)))


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


def _sent_records(
    connection: sa.Connection, conversation: Conversation, effects: tuple[Effect, ...]
) -> tuple[SentRecord, ...]:
    """What the person handed over before, where the effects tell of it."""
    if not any(isinstance(effect, Export | ShowStatus) for effect in effects):
        return ()
    states = {
        case.reference: case.state for case in cases.every(connection, conversation=conversation.id)
    }
    return tuple(
        SentRecord(
            kept.reference,
            kept.dialog,
            kept.at,
            {k: tuple(v) if isinstance(v, list) else v for k, v in kept.record.items()},
            states.get(kept.reference, "open"),
            tuple(
                (each.at, each.kind, each.text)
                for each in cases.entries(connection, kept.reference)
                if each.kind != "noted"
            ),
        )
        for kept in records.every(connection, conversation.id)
    )


def _kept_chat(
    connection: sa.Connection,
    conversation: Conversation,
    effects: tuple[Effect, ...],
    house: House,
    at: datetime,
) -> KeptChat | None:
    """How much of the chat is kept and until when, where the person asks."""
    if not any(isinstance(effect, Export) for effect in effects):
        return None
    lines = transcript.of(connection, conversation.id)
    until = at + timedelta(days=house.chat_days + 1)  # the round of that day takes it
    return KeptChat(len(lines), until.date())


def _at(dialogs: Dialogs, conversation: Conversation) -> str:
    if conversation.owner != "bot":
        return "advisor"
    dialog = dialogs.under(conversation.drafts).dialogs.get(conversation.active or "")
    draft = conversation.drafts.get(conversation.active or "")
    if dialog is None or draft is None:
        return "menu"
    return place(dialog, draft) or "review"


def _reference(connection: sa.Connection, house: House) -> str:
    """A reference that no record has."""
    reference = house.new_reference()
    while records.is_taken(connection, reference):
        reference = house.new_reference()
    return reference


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
