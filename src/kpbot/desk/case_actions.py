"""What an advisor asks for with a form, as an action of the case."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from kpbot.cases import (
    CLOSE_REASONS,
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
from kpbot.desk.forms import clean, instant_of, is_within_a_year
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_form import Fields, field
from kpbot.engine.case import LONGEST_REPLY
from kpbot.model import ByAdvisor, Inbound
from kpbot.store import advisors, cases, conversations, inbox
from kpbot.store.advisors import Advisor

DONE = {
    "claim": "done_claim",
    "release": "done_release",
    "reply": "done_reply",
    "note": "done_note",
    "hand": "done_hand",
    "snooze": "done_snooze",
    "close": "done_close",
    "reopen": "done_reopen",
    "invite": "done_invite",
}
"""What can be done with a case, and the sentence that says it was done."""
_ALWAYS = frozenset({"note"})
"""What an old page may do as well: nothing in it depends on what came meanwhile."""
_ONCE = 40
_HIDDEN = frozenset({"version", "once", "canned"})


def action_of(name: str, form: Fields, house: DeskHouse) -> Action | str:
    """The action, or the word of the sentence that says what is missing."""
    text = clean(field(form, "text"))
    match name:
        case "claim":
            return Claim()
        case "release":
            return Release()
        case "reopen":
            return Reopen()
        case "reply" | "note":
            if not text.strip():
                return "refused_empty"
            if len(text) > LONGEST_REPLY:
                return "refused_too_long"
            return Reply(text) if name == "reply" else Note(text)
        case "hand":
            desk = field(form, "desk")
            return HandOver(desk) if desk in house.desks() else "refused_desk"
        case "snooze":
            until = instant_of(field(form, "day"), field(form, "time") or "09:00")
            if until is None or until <= house.clock():
                return "refused_past"
            return Snooze(until) if is_within_a_year(until, house.clock()) else "refused_far"
        case "close":
            chosen = field(form, "reason")
            reason = next((each for each in CLOSE_REASONS if each == chosen), None)
            return Close(reason) if reason is not None else "refused_reason"
        case _:
            return "refused_unknown"


def act(
    house: DeskHouse, advisor: Advisor, reference: str, name: str, form: Fields
) -> Refused | str | None:
    """It is done (None), refused by the case, or the word of the sentence that says why not."""
    case = house.database.read(lambda connection: cases.get(connection, reference))
    if case is None:
        return Refused("unknown")
    action = action_of(name, form, house)
    if isinstance(action, str):
        return action
    done = ByAdvisor(case.reference, advisor.id, advisor.name, action)
    id_ = message_id(advisor, form, name)
    is_old = name not in _ALWAYS and field(form, "version") != str(case.version)
    if is_old and not _was_here(house, case, done, id_):
        taken = name == "claim" and case.advisor not in {None, advisor.id}
        return Refused("taken", case) if taken else "refused_changed"
    result = house.act(done, id_)
    return result if isinstance(result, Refused) else None


def message_id(advisor: Advisor, form: Fields, name: str) -> str:
    """The same form sent twice is the same deed; with other words in it, it is another."""
    once = clean(field(form, "once"))[:_ONCE]
    filled = sorted((key, values) for key, values in form.items() if key not in _HIDDEN)
    words = hashlib.sha256(repr(filled).encode()).hexdigest()[:16]
    return f"desk:{advisor.id}:{name}:{once}:{words}"


def sentence_of(refused: Refused, house: DeskHouse) -> tuple[str, str]:
    """The word of the sentence that says why it was not done, and the name that stands in it."""
    name = ""
    if refused.case is not None and refused.case.advisor is not None:
        name = _name(house, refused.case)
    return f"refused_{refused.why}", name


def _name(house: DeskHouse, case: Case) -> str:
    def find(connection: sa.Connection) -> str:
        known = advisors.get(connection, case.advisor or "")
        return known.name if known is not None else ""

    return house.database.read(find)


def _was_here(house: DeskHouse, case: Case, done: ByAdvisor, id_: str) -> bool:
    """Whether the very same form came before: a second press is no old page."""

    def find(connection: sa.Connection) -> bool:
        address = conversations.address(connection, case.conversation)
        if address is None:
            return False
        before = Inbound(*address, f"advisor:{id_}", house.clock(), done)
        return inbox.is_known(connection, inbox.cleaned(before))

    return house.database.read(find)
