"""What a system asks for in the name of an advisor, as an action of the case."""

from __future__ import annotations

import secrets
from typing import Any, Literal

import sqlalchemy as sa

from kpbot.cases import (
    Action,
    Case,
    Claim,
    Close,
    HandOver,
    Note,
    Refused,
    Release,
    Reopen,
    Reply,
    Snooze,
)
from kpbot.desk.api_models import (
    ActionIn,
    ClaimIn,
    CloseIn,
    HandOverIn,
    NoteIn,
    ReleaseIn,
    ReopenIn,
    ReplyIn,
    SnoozeIn,
)
from kpbot.desk.api_problems import Denied
from kpbot.desk.forms import clean, is_within_a_year
from kpbot.desk.house import DeskHouse
from kpbot.model import ByAdvisor, Inbound
from kpbot.store import advisors, cases, conversations, inbox, tables
from kpbot.store.advisors import Advisor
from kpbot.store.codec import tagged

_WRONG = {"unknown": 404, "empty": 422, "too_long": 422}


def carry_out(house: DeskHouse, reference: str, wanted: ActionIn, token: str) -> Case:
    """The case after the action. Raises Denied."""

    def find(connection: sa.Connection) -> tuple[Case | None, Advisor | None]:
        advisor = advisors.find_by_email(connection, wanted.advisor)
        return cases.get(connection, reference), advisor

    case, advisor = house.database.read(find)
    if case is None:
        raise Denied(404, "unknown")
    if advisor is None:
        raise Denied(422, "no_advisor", "No active advisor has this e-mail address.")
    action = _action(wanted, house)
    if wanted.version is not None and wanted.version != case.version:
        raise Denied(409, "changed", "The case has changed meanwhile.")
    once = wanted.id or secrets.token_urlsafe(12)
    done = ByAdvisor(case.reference, advisor.id, advisor.name, action)
    id_ = f"api:{token}:{case.reference}:{once}"
    is_fresh = _kept(house, case, done, id_) is None
    result = house.act(done, id_)
    if isinstance(result, Refused):
        raise Denied(_WRONG.get(result.why, 409), result.why)
    if _kept(house, case, done, id_) == "other":  # what came first is what was done
        raise Denied(409, "id_taken", "Something else was sent under this id before.")
    if is_fresh:
        _name_token(house, done, token)
    return result


def _kept(
    house: DeskHouse, case: Case, done: ByAdvisor, id_: str
) -> Literal["same", "other"] | None:
    """Whether this or something else came under the id; None: nothing did."""

    def find(connection: sa.Connection) -> tuple[dict[str, Any], dict[str, Any] | None]:
        address = conversations.address(connection, case.conversation) or ("", "")
        asked = inbox.cleaned(Inbound(*address, f"advisor:{id_}", house.clock(), done))
        query = sa.select(tables.inbox.c.content).where(
            tables.inbox.c.channel == asked.channel,
            tables.inbox.c.message_id == asked.message_id,
        )
        return tagged(asked.content), connection.execute(query).scalar_one_or_none()

    asked, kept = house.database.read(find)
    if kept is None:
        return None
    alike = all(kept.get(key) == asked[key] for key in ("case", "advisor", "action"))
    return "same" if alike else "other"


def _name_token(house: DeskHouse, done: ByAdvisor, token: str) -> None:
    """The case's file names the system that did it in the advisor's name."""
    house.database.write(
        lambda connection: cases.enter(
            connection, done.case, house.clock(), author=done.advisor, kind="through", text=token
        )
    )


def _action(wanted: ActionIn, house: DeskHouse) -> Action:
    match wanted:
        case ClaimIn():
            return Claim()
        case ReleaseIn():
            return Release()
        case ReopenIn():
            return Reopen()
        case ReplyIn(text=text):
            return Reply(clean(text))
        case NoteIn(text=text):
            return Note(clean(text))
        case CloseIn(reason=reason):
            return Close(reason)
        case HandOverIn(desk=desk):
            if desk not in house.desks():
                raise Denied(422, "no_desk", "There is no such desk.")
            return HandOver(desk)
        case SnoozeIn(until=until):
            if not is_within_a_year(until, house.clock()):
                raise Denied(422, "no_time", "A case rests for a year at most.")
            return Snooze(until)
