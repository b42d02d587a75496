"""What the words of a turn need from the store, and the files that go with them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from kpbot.engine.speech_schedule import coming_uids
from kpbot.engine.utterance import Facts, KeptChat, SentRecord
from kpbot.house import House
from kpbot.model import Conversation, Effect, Export, File, Outbound, ShowStatus
from kpbot.store import cases, outbox, records, transcript
from kpbot.store.access import everything_about

DATA = "kpbot-data.json"
"""Name of the file with everything that is stored about a person."""


def facts_for(
    connection: sa.Connection,
    conversation: Conversation,
    effects: tuple[Effect, ...],
    house: House,
    at: datetime,
) -> Facts:
    """What the words of these effects need to know. To be asked before they are carried out."""
    records_told = _sent_records(connection, conversation, effects)
    chat = _kept_chat(connection, conversation, effects, house, at)
    return replace(house.facts(at), records=records_told, chat=chat)


def with_files(
    connection: sa.Connection, outbound: Outbound, effects: tuple[Effect, ...], house: House
) -> Outbound:
    """The message with the files that belong to what it says."""
    return _with_data(connection, _with_events(outbound, effects, house), effects)


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


def _with_events(outbound: Outbound, effects: tuple[Effect, ...], house: House) -> Outbound:
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
