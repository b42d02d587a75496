"""From the bot to the advisors: a record frozen and announced, or erased and announced."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from kpbot.engine.record import freeze
from kpbot.engine.summary import summarise
from kpbot.house import House
from kpbot.model import Conversation, Inbound, Letter, Submit
from kpbot.store import erasure, outbox, records
from kpbot.understand.urgency import mentions_near_date


def hand_over(
    connection: sa.Connection,
    inbound: Inbound,
    conversation: Conversation,
    submit: Submit,
    house: House,
) -> dict[str, Any]:
    """The record is frozen and kept, and a letter to the advisors waits in the outbox."""
    dialog = house.dialogs.dialogs[submit.dialog]
    record = freeze(dialog, submit, conversation, _found_flags(submit, inbound))
    record["consent_text"] = _consent_text_hash(house, submit)
    delete_on = (inbound.at + timedelta(days=house.days)).date()
    kept = records.KeptRecord(
        reference=submit.reference,
        conversation=conversation.id,
        dialog=dialog.name,
        at=inbound.at,
        outcome=submit.outcome,
        complete=submit.complete,
        record=record,
        summary=summarise(house.dialogs, record, inbound.at, delete_on),
        delete_on=delete_on,
    )
    records.add(connection, kept)
    title = house.dialogs.words[dialog.name]["de"].outcomes.get(submit.outcome, submit.outcome)
    _write_to_advisors(
        connection,
        inbound,
        house,
        Letter(f"{kept.reference} · {title}", kept.summary, kept.reference),
        conversation.id,
    )
    return record


def _found_flags(submit: Submit, inbound: Inbound) -> tuple[str, ...]:
    today = inbound.at.date()
    texts = [answer for answer in submit.draft.answers.values() if isinstance(answer.value, str)]
    near = any(mentions_near_date(str(a.value), a.language, today) for a in texts)
    return ("urgent_date_mentioned",) if near else ()


def _consent_text_hash(house: House, submit: Submit) -> str | None:
    """A hash of the very words the person agreed to."""
    for question in house.dialogs.dialogs[submit.dialog].questions:
        answer = submit.draft.answers.get(question.id)
        if question.type == "consent" and answer is not None:
            words = house.dialogs.question_words(submit.dialog, question.id, answer.language)
            return hashlib.sha256(words.ask.encode()).hexdigest()
    return None


def erase(
    connection: sa.Connection, inbound: Inbound, conversation: Conversation, house: House
) -> None:
    """Nothing of the conversation is left; the advisors are told which references are gone."""
    for reference in erasure.erase(connection, conversation.id):
        _write_to_advisors(connection, inbound, house, erasure_letter(reference), None)


def erasure_letter(reference: str) -> Letter:
    """What the advisors are told when a record was erased."""
    text = (
        f"Die Anfrage {reference} wurde auf Wunsch der Person gelöscht. "
        "Bitte löschen Sie auch Ihre Kopien (Art. 17, 19 DSGVO)."
    )
    return Letter(f"{reference} · gelöscht", text, reference)


def _write_to_advisors(
    connection: sa.Connection,
    inbound: Inbound,
    house: House,
    letter: Letter,
    conversation: str | None,
) -> None:
    """A letter that holds what the person said belongs to the conversation: it goes with it."""
    for address in house.mail_to:
        outbox.put(
            connection,
            letter,
            channel="mail",
            address=address,
            conversation=conversation,
            at=inbound.at,
        )
