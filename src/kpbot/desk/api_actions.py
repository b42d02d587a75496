"""What a system asks for in the name of an advisor, as an action of the case."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

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
from kpbot.desk.forms import clean
from kpbot.desk.house import DeskHouse
from kpbot.model import ByAdvisor
from kpbot.store import advisors, cases
from kpbot.store.advisors import Advisor

_LONGEST_SNOOZE = timedelta(days=366)
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
    result = house.act(done, f"api:{token}:{case.reference}:{once}")
    if isinstance(result, Refused):
        raise Denied(_WRONG.get(result.why, 409), result.why)
    return result


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
            if not _is_near(until, house.clock()):
                raise Denied(422, "no_time", "A case rests for a year at most.")
            return Snooze(until)


def _is_near(until: datetime, at: datetime) -> bool:
    return abs(until.year - at.year) <= 2 and at < until <= at + _LONGEST_SNOOZE
