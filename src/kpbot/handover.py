"""From the bot to the advisors: a record frozen and announced, or erased and announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from kpbot.cases import Case
from kpbot.casework import open_case
from kpbot.engine.answering import agreed_to
from kpbot.engine.card import erased_card
from kpbot.engine.letters import letter_about
from kpbot.engine.record import freeze
from kpbot.engine.summary import summarise
from kpbot.house import House, Receivers
from kpbot.model import Agreed, Conversation, Inbound, Letter, Message, Notification, Submit
from kpbot.store import cases, erasure, outbox, records
from kpbot.understand.urgency import mentions_near_date


def hand_over(
    connection: sa.Connection,
    inbound: Inbound,
    conversation: Conversation,
    submit: Submit,
    house: House,
) -> dict[str, Any]:
    """The record is frozen and kept, and a letter to the advisors waits in the outbox."""
    house = replace(house, dialogs=house.dialogs.under({submit.dialog: submit.draft}))
    dialog = house.dialogs.dialogs[submit.dialog]
    record = freeze(dialog, submit, conversation, _found_flags(submit, inbound))
    agreed = _agreed(house, submit)
    record["consent_text"] = agreed.text_hash if agreed is not None else None
    days = min(house.days, agreed.days) if agreed is not None else house.days
    delete_on = (inbound.at + timedelta(days=days)).date()
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
    records.keep(connection, kept)
    open_case(connection, kept, house, inbound.at)
    return record


def _found_flags(submit: Submit, inbound: Inbound) -> tuple[str, ...]:
    today = inbound.at.date()
    texts = [answer for answer in submit.draft.answers.values() if isinstance(answer.value, str)]
    near = any(mentions_near_date(str(a.value), a.language, today) for a in texts)
    return ("urgent_date_mentioned",) if near else ()


def _agreed(house: House, submit: Submit) -> Agreed | None:
    """What the person agreed to; as it stands now where the answer of old did not keep it."""
    for question in house.dialogs.dialogs[submit.dialog].questions:
        answer = submit.draft.answers.get(question.id)
        if question.type == "consent" and answer is not None:
            words = house.dialogs.question_words(submit.dialog, question.id, answer.language)
            return answer.agreed or agreed_to(words.ask, house.days)
    return None


def erase_conversation(
    connection: sa.Connection, conversation: str, receivers: Receivers, at: datetime
) -> list[str]:
    """Nothing of the conversation is left; the advisors are told which references are gone.

    The references. `Database.forget` makes SQLite's files forget them too.
    """
    kept = cases.every(connection, conversation=conversation)
    mail_to = {each.reference: _mailboxes(connection, each, receivers) for each in kept}
    gone = erasure.erase(connection, conversation)
    for reference in gone:
        letter = letter_about("erased", reference, "")
        _announce_end(connection, letter, receivers, mail_to.get(reference, receivers.mail_to), at)
    return gone


def expire_record(
    connection: sa.Connection, reference: str, receivers: Receivers, at: datetime
) -> None:
    """Nothing of the record and its case is left; who holds a copy is told that it must go too.

    Mailboxes hear of it only where mails hold what the person said.
    """
    case = cases.get(connection, reference) if receivers.mail_details else None
    mail_to = _mailboxes(connection, case, receivers) if case is not None else ()
    erasure.erase_record(connection, reference, at)
    letter = letter_about("expired", reference, "")
    _announce_end(connection, letter, receivers, mail_to, at)


def _mailboxes(connection: sa.Connection, case: Case, receivers: Receivers) -> tuple[str, ...]:
    """Of every desk the case has been at: each may hold a copy."""
    kept = records.get(connection, case.reference)
    handed = [
        each.text for each in cases.entries(connection, case.reference) if each.kind == "handed"
    ]
    first = [kept.outcome] if kept is not None else []
    return receivers.mailboxes(*first, *handed, case.desk)


def _announce_end(
    connection: sa.Connection,
    letter: Letter,
    receivers: Receivers,
    mail_to: tuple[str, ...],
    at: datetime,
) -> None:
    """Whoever received the enquiry is told that it is gone and copies must go too."""
    reference = letter.reference
    waiting: list[tuple[str, str, Message]] = [("mail", each, letter) for each in mail_to]
    if receivers.staff_chat:
        waiting.append(("staff", reference, erased_card(reference, letter.text)))
    if receivers.webhook:
        waiting.append(("webhook", "webhook", Notification("case.erased", reference, at, {})))
    for channel, address, message in waiting:
        outbox.put(connection, message, channel=channel, address=address, conversation=None, at=at)
