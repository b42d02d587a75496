"""Invitations to a talk: in the person's language and time, in the advisor's calendar too, once."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar, Event
from working import Office, form_of

from kpbot.cases import Claim, Note
from kpbot.house import House
from kpbot.model import Language, Letter
from kpbot.store.codec import message_from
from kpbot.store.database import Database
from kpbot.store.tables import outbox
from walk import PRESSES

PERSON = "mona@example.org"
WHEN = {"day": "2026-12-01", "time": "10:00", "minutes": "30", "email": PERSON}
ORGANISER = "Beratung Nordafrika <beratung@example.org>"
SAID: dict[Language, tuple[str, ...]] = {
    "de": ("Dienstag, 01.12.2026, 10:00–10:30 Uhr", "Berlin", "Kairo", "30 Minuten", "in dem Chat"),
    "fr": ("mardi 01/12/2026", "Berlin", "Le Caire", "30 minutes", "le chat"),
    "ar": ("الثلاثاء", "برلين", "القاهرة", "دقيقة", "المحادثة"),
    "en": ("Tuesday, 1 December 2026, 10:00–10:30", "Berlin", "Cairo", "30 minutes", "the chat"),
}


@pytest.fixture
def office(database: Database, house: House) -> Office:
    return Office(database, house, organiser=ORGANISER)


def letters(office: Office) -> dict[str, Letter]:
    """The invitations that wait, by address: one for each, or this fails."""
    rows = office.database.read(
        lambda c: c.execute(sa.select(outbox).where(outbox.c.channel == "mail")).all()
    )
    found = [(row.address, message_from(row.message)) for row in rows]
    assert len({address for address, _ in found}) == len(found)
    return {address: each for address, each in found if isinstance(each, Letter)}


def event_of(calendar: str) -> Event:
    (event,) = Calendar.from_ical(calendar).events
    return event


async def press(office: Office, reference: str, times: int = 1, **form: str) -> list[Any]:
    """The owner has sent the page's form so often; the answers."""
    owner = next(each for each in office.people() if each.id == office.case(reference).advisor)
    async with office.browser(owner) as browser:
        hidden = form_of((await browser.get(f"/desk/cases/{reference}")).text, "invite")
        filled = {**hidden, **WHEN, "way": "mail", **form}
        where = f"/desk/cases/{reference}/invite"
        return [await browser.post(where, data=filled) for _ in range(times)]


@pytest.mark.parametrize("language", list(SAID))
async def test_a_person_is_invited_in_their_language_and_their_time(
    office: Office, language: Language
) -> None:
    leila = office.invite()
    egypt = {**PRESSES, "group": "north_african_municipality", "country": "EG"}
    reference = office.enquire("mona", language, presses=egypt)
    office.do(leila, reference, Claim())
    await press(office, reference, place="https://meet.example.org/x?a=1", about="Abfall")
    letter = letters(office)[PERSON]
    assert letter.language == language
    assert letter.subject.endswith(reference)
    for part in (*SAID[language], "Leila Brandt", reference, "https://meet.example.org/x?a=1"):
        assert part in letter.text
    for clock in ("10:00", "10:30", "11:00", "11:30"):  # Berlin and Cairo
        assert clock in letter.text
    assert "Abfall" in letter.text
    event = event_of(letter.calendar)
    sentences = office.house.dialogs.service[language].sentences
    assert event["SUMMARY"] == sentences["invitation_title"].format(reference=reference)
    assert (event["LOCATION"], event["DESCRIPTION"]) == ("https://meet.example.org/x?a=1", "Abfall")


async def test_a_person_in_the_same_time_reads_one_line(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    await press(office, reference)
    letter = letters(office)[PERSON]
    assert "10:00–10:30 Uhr (Berlin)\nDauer: 30 Minuten\n\n" in letter.text
    assert "LOCATION" not in letter.calendar
    assert "DESCRIPTION" not in letter.calendar


async def test_the_advisor_gets_the_entry_too(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("amina", "ar")
    office.do(leila, reference, Claim())
    await press(office, reference, place="Rathaus, Saal 2")
    found = letters(office)
    assert set(found) == {PERSON, leila.email}
    assert found[leila.email].calendar == found[PERSON].calendar
    assert found[leila.email].language == "de"
    assert "Dienstag, 01.12.2026, 10:00–10:30 Uhr" in found[leila.email].text
    assert "Ort: Rathaus, Saal 2" in found[leila.email].text
    event = event_of(found[PERSON].calendar)
    assert event["ORGANIZER"] == "mailto:beratung@example.org"
    assert event["ORGANIZER"].params["CN"] == "Beratung Nordafrika"
    person, advisor = event["ATTENDEE"]
    assert person == f"mailto:{PERSON}"
    assert (advisor, advisor.params["CN"]) == (f"mailto:{leila.email}", leila.name)


@pytest.mark.parametrize(
    ("organiser", "address", "name"),
    [
        ("kpbot@localhost", "kpbot@localhost", "Beratung, Kommunale Zusammenarbeit Nordafrika"),
        ("", "leila@example.org", "Leila Brandt"),
    ],
)
async def test_whoever_invites_has_a_name(
    database: Database, house: House, *, organiser: str, address: str, name: str
) -> None:
    office = Office(database, house, organiser=organiser)
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    (answer,) = await press(office, reference, way="file")
    event = event_of(answer.text)
    assert event["ORGANIZER"] == f"mailto:{address}"
    assert event["ORGANIZER"].params["CN"] == name


async def test_a_second_press_sends_no_second_mail(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    answers = await press(office, reference, times=2)
    assert [each.status_code for each in answers] == [303, 303]
    assert set(letters(office)) == {PERSON, leila.email}
    assert len(office.entries(reference, "invited")) == 1


async def test_a_second_press_of_a_page_that_is_old_by_then_is_no_error(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    async with office.browser(leila) as browser:
        where = f"/desk/cases/{reference}"
        hidden = form_of((await browser.get(where)).text, "invite")
        form = {**hidden, **WHEN, "way": "mail", "version": str(office.case(reference).version)}
        assert (await browser.post(f"{where}/invite", data=form)).status_code == 303
        reply = form_of((await browser.get(where)).text, "reply")
        await browser.post(f"{where}/reply", data={**reply, "text": "Guten Tag."})
        assert str(office.case(reference).version) != form["version"]
        assert (await browser.post(f"{where}/invite", data=form)).status_code == 303
        other = {**form, "minutes": "45"}
        assert (await browser.post(f"{where}/invite", data=other)).status_code == 409
    assert len(office.entries(reference, "invited")) == 1


async def test_a_changed_invitation_takes_the_place_of_the_first(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    first, again = await press(office, reference, times=2, way="file")
    (changed,) = await press(office, reference, way="file", time="15:00")
    events = [event_of(each.text) for each in (first, again, changed)]
    assert [each["SEQUENCE"] for each in events] == [0, 0, 1]
    assert len({each["UID"] for each in events}) == 1
    assert letters(office) == {}
    assert len(office.entries(reference, "invited")) == 2


async def test_an_invitation_goes_when_the_person_does(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    await press(office, reference)
    assert office.desk.erase(reference)
    assert letters(office) == {}


async def test_only_the_owner_invites(office: Office) -> None:
    leila, omar = office.invite(), office.invite("Omar Haddad")
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        assert 'value="s.kern@musterhausen.de"' in page
    async with office.browser(omar) as browser:
        where = f"/desk/cases/{reference}/invite"
        form = {**form_of(page, "invite"), **WHEN, "way": "mail"}
        assert (await browser.post(where, data=form)).status_code == 409
    assert letters(office) == {}
    assert office.entries(reference, "invited") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "a@b\r\nATTENDEE:x"},
        {"email": "nobody"},
        {"day": "2026-11-01"},
        {"day": "soon"},
        {"minutes": "31"},
    ],
)
async def test_what_cannot_be_is_refused_and_not_written_down(
    office: Office, wrong: dict[str, str]
) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    office.do(leila, reference, Note("x"))
    (answer,) = await press(office, reference, **wrong)
    assert answer.status_code == 422
    assert letters(office) == {}
    assert office.entries(reference, "invited") == []
