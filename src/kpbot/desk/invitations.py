"""An invitation to a talk from the page of a case: as a file, or by mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from kpbot.cases import Refused
from kpbot.channels.invitation import invitation
from kpbot.desk.case_pages import missing, refused
from kpbot.desk.case_view import NOTHING_TYPED
from kpbot.desk.exporting import download
from kpbot.desk.forms import Form, Who, instant_of, line, looks_like_reference
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_form import Fields, field
from kpbot.desk.login_pages import DESK_HEADERS
from kpbot.store import case_list, cases
from kpbot.store.advisors import Advisor
from kpbot.store.case_list import Listed

MINUTES = (15, 30, 45, 60, 90, 120)
ZONE = "Europe/Berlin"
_MAILBOX = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")
_TITLES: Mapping[str, str] = {
    "de": "Beratungsgespräch zu Ihrer Anfrage {reference}",
    "fr": "Entretien de conseil sur votre demande {reference}",
    "ar": "محادثة استشارية حول طلبكم {reference}",
    "en": "Consultation on your enquiry {reference}",
}


@dataclass(frozen=True, slots=True)
class Talk:
    """When, how long, and with whom."""

    start: datetime
    minutes: int
    address: str


def invitation_routes(house: DeskHouse) -> APIRouter:
    """POST /desk/cases/{reference}/invite."""
    router = APIRouter(include_in_schema=False)

    @router.post("/desk/cases/{reference}/invite")
    def invite(request: Request, reference: str, advisor: Who, form: Form) -> Response:
        listed = None
        if looks_like_reference(reference):
            listed = house.database.read(lambda connection: case_list.one(connection, reference))
        if listed is None:
            return missing(request, advisor)
        outcome = _talk(form, house, advisor, listed)
        if not isinstance(outcome, Talk):
            return refused(request, house, advisor, reference, outcome, NOTHING_TYPED)
        calendar = _calendar(house, advisor, listed, outcome)
        by_mail = field(form, "way") == "mail" and house.send_invitation is not None
        if by_mail and house.send_invitation is not None:
            house.send_invitation(listed.case.reference, outcome.address, calendar)
        _enter(house, advisor, listed, outcome)
        if by_mail:
            address = f"/desk/cases/{listed.case.reference}?done=invite"
            return RedirectResponse(address, 303, headers=DESK_HEADERS)
        name = f"{listed.case.reference}.ics"
        return download(calendar.encode(), "text/calendar; charset=utf-8; method=REQUEST", name)

    return router


def _talk(form: Fields, house: DeskHouse, advisor: Advisor, listed: Listed) -> Talk | Refused | str:
    """The talk, or why there is none."""
    case = listed.case
    if case.advisor != advisor.id:
        return Refused("not_yours", case)
    if field(form, "version") != str(case.version):
        return "refused_changed"
    start = instant_of(field(form, "day"), field(form, "time"))
    if start is None or start <= house.clock():
        return "refused_past"
    minutes = field(form, "minutes")
    if minutes not in map(str, MINUTES):
        return "refused_minutes"
    address = line(field(form, "email"), 254)
    if not _MAILBOX.fullmatch(address):
        return "refused_address"
    return Talk(start, int(minutes), address)


def _calendar(house: DeskHouse, advisor: Advisor, listed: Listed, talk: Talk) -> str:
    """A second invitation takes the place of the first."""
    case = listed.case
    before = house.database.read(lambda connection: cases.entries(connection, case.reference))
    spoken = str(listed.record.record.get("language", "de"))
    return invitation(
        reference=case.reference,
        summary=_TITLES.get(spoken, _TITLES["de"]).format(reference=case.reference),
        start=talk.start,
        end=talk.start + timedelta(minutes=talk.minutes),
        zone=ZONE,
        organiser=house.organiser or advisor.email,
        attendee=talk.address,
        sequence=sum(each.kind == "invited" for each in before),
        at=house.clock(),
    )


def _enter(house: DeskHouse, advisor: Advisor, listed: Listed, talk: Talk) -> None:
    house.database.write(
        lambda connection: cases.enter(
            connection,
            listed.case.reference,
            house.clock(),
            author=advisor.id,
            kind="invited",
            text=talk.start.isoformat(),
        )
    )
