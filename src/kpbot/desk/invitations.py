"""An invitation to a talk from the page of a case: as a file, or by mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from kpbot.cases import Note, Refused
from kpbot.channels.invitation import Mailbox, invitation
from kpbot.desk.case_actions import message_id
from kpbot.desk.case_pages import missing, refused
from kpbot.desk.case_view import NOTHING_TYPED
from kpbot.desk.exporting import download
from kpbot.desk.forms import Form, Who, instant_of, line, looks_like_reference
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_form import Fields, field
from kpbot.desk.login_pages import DESK_HEADERS
from kpbot.engine.invitation_letter import Talk, letter_to_advisor, letter_to_person
from kpbot.events import BERLIN
from kpbot.model import LANGUAGES, ByAdvisor, Inbound, Language
from kpbot.store import case_list, cases, conversations, inbox, outbox
from kpbot.store.advisors import Advisor
from kpbot.store.case_list import Listed

MINUTES = (15, 30, 45, 60, 90, 120)
LONGEST = 200
"""Characters of the place, and of what the talk is about."""
_MAILBOX = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


@dataclass(frozen=True, slots=True)
class _Invited:
    """An invitation as it was asked for."""

    listed: Listed
    advisor: Advisor
    talk: Talk
    address: str
    """The person's mail address."""

    @property
    def language(self) -> Language:
        """The person's."""
        spoken = self.listed.record.record.get("language")
        return next((each for each in LANGUAGES if each == spoken), "de")


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
        deed = message_id(advisor, form, "invite")
        invited = _invited(form, house, advisor, listed, deed)
        if not isinstance(invited, _Invited):
            return refused(request, house, advisor, reference, invited, NOTHING_TYPED)
        by_mail = field(form, "way") == "mail" and house.send_invitation is not None
        calendar = house.database.write(
            lambda connection: _invite(connection, house, invited, deed, by_mail=by_mail)
        )
        if by_mail and house.send_invitation is not None:
            house.send_invitation()
            address = f"/desk/cases/{listed.case.reference}?done=invite"
            return RedirectResponse(address, 303, headers=DESK_HEADERS)
        name = f"{listed.case.reference}.ics"
        return download(calendar.encode(), "text/calendar; charset=utf-8; method=REQUEST", name)

    return router


def _invited(
    form: Fields, house: DeskHouse, advisor: Advisor, listed: Listed, deed: str
) -> _Invited | Refused | str:
    """What was asked for, or why it is not done."""
    case = listed.case
    if case.advisor != advisor.id:
        return Refused("not_yours", case)
    if field(form, "version") != str(case.version) and not _was_here(house, advisor, listed, deed):
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
    talk = Talk(
        case.reference,
        start,
        int(minutes),
        place=line(field(form, "place"), LONGEST),
        note=line(field(form, "about"), LONGEST),
        country=str(listed.record.record.get("country") or ""),
    )
    return _Invited(listed, advisor, talk, address)


def _invite(
    connection: sa.Connection, house: DeskHouse, invited: _Invited, deed: str, *, by_mail: bool
) -> str:
    """The invitation stands in the file and, `by_mail`, waits to go out: once a deed.

    As iCalendar text. A second invitation takes the place of the first.
    """
    case, start = invited.listed.case, invited.talk.start.isoformat()
    file = cases.entries(connection, case.reference)
    before = sum(each.kind == "invited" for each in file)
    came = _inbound(connection, house, invited.advisor, invited.listed, deed)
    if came is None or not inbox.accept(connection, came, case.conversation):
        return _calendar(house, invited, max(before - 1, 0))
    calendar = _calendar(house, invited, before)
    cases.enter(
        connection,
        case.reference,
        house.clock(),
        author=invited.advisor.id,
        kind="invited",
        text=start,
    )
    if by_mail:
        _put_letters(connection, house, invited, calendar)
    return calendar


def _put_letters(
    connection: sa.Connection, house: DeskHouse, invited: _Invited, calendar: str
) -> None:
    """They belong to the person's conversation, and go when the person does."""
    service, talk, advisor = house.dialogs.service, invited.talk, invited.advisor
    letters = {
        # Whoever invites gets the entry, too; an advisor who tries it on themselves gets one mail.
        advisor.email: letter_to_advisor(service["de"].sentences, talk, calendar=calendar),
        invited.address: letter_to_person(
            service[invited.language].sentences,
            invited.language,
            talk,
            advisor=advisor.name,
            calendar=calendar,
        ),
    }
    for address, letter in letters.items():
        if address:
            outbox.put(
                connection,
                letter,
                channel="mail",
                address=address,
                conversation=invited.listed.case.conversation,
                at=house.clock(),
            )


def _calendar(house: DeskHouse, invited: _Invited, sequence: int) -> str:
    sentences = house.dialogs.service[invited.language].sentences
    talk, advisor = invited.talk, invited.advisor
    name, address = parseaddr(house.organiser)
    organiser = Mailbox(address, name or sentences["invitation_sender"])
    own = Mailbox(advisor.email, advisor.name)
    attendees = [Mailbox(invited.address)]
    if not address:
        organiser = own
    elif advisor.email not in {"", address, invited.address}:
        attendees.append(own)
    return invitation(
        reference=talk.reference,
        summary=sentences["invitation_title"].format(reference=talk.reference),
        description=talk.note,
        location=talk.place,
        start=talk.start,
        end=talk.end,
        zone=BERLIN,
        organiser=organiser,
        attendees=tuple(attendees),
        sequence=sequence,
        at=house.clock(),
    )


def _was_here(house: DeskHouse, advisor: Advisor, listed: Listed, deed: str) -> bool:
    """Whether the very same form came before: a second press is no old page."""

    def known(connection: sa.Connection) -> bool:
        came = _inbound(connection, house, advisor, listed, deed)
        return came is not None and inbox.is_known(connection, came)

    return house.database.read(known)


def _inbound(
    connection: sa.Connection, house: DeskHouse, advisor: Advisor, listed: Listed, deed: str
) -> Inbound | None:
    """The deed as what has come in: its key makes a second press harmless, the file tells of it."""
    case = listed.case
    address = conversations.address(connection, case.conversation)
    if address is None:
        return None
    done = ByAdvisor(case.reference, advisor.id, advisor.name, Note(""))
    return inbox.cleaned(Inbound(*address, f"advisor:{deed}", house.clock(), done))
