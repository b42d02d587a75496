"""The calendar through the API: what takes place, as what it stands, and to whom it is open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from entering import Time
from working import Office

from channels.web.calendars import CANCELLED, CONFERENCE, EVENTS, NOW, OUTDATED, PAST, WEBINAR
from kpbot.house import House
from kpbot.store.database import Database
from kpbot.understand.schedule_occurrences import calendar_of

PATH = "/api/v1/events"


@pytest.fixture
def office(database: Database, house: House) -> Office:
    calendar = calendar_of(EVENTS, NOW.date())
    return Office(database, house, time=Time(NOW), calendar=lambda: calendar)


async def test_what_is_coming_is_listed_as_what_it_is(office: Office) -> None:
    async with office.system("events:read") as system:
        page = (await system.get(PATH, params={"limit": 200})).json()
    assert (page["since"], page["until"], page["more"]) == ("2027-01-11", "2028-01-12", False)
    states = {each["uid"]: each["state"] for each in page["items"]}
    assert states == {
        WEBINAR.uid: "planned",
        CANCELLED.uid: "cancelled",
        CONFERENCE.uid: "confirmed",
        OUTDATED.uid: "outdated",
    }
    starts = [datetime.fromisoformat(each["start"]) for each in page["items"]]
    assert starts == sorted(starts)
    (conference,) = (each for each in page["items"] if each["uid"] == CONFERENCE.uid)
    assert conference["start"] == "2027-06-01T10:00:00Z", "Casablanca is UTC all year"
    assert conference["title"]["ar"] == CONFERENCE.title["ar"]
    assert conference["registration"]["until"] == "2027-05-01"
    assert sum(each["uid"] == WEBINAR.uid for each in page["items"]) == 11  # without August


async def test_filters_and_limits(office: Office) -> None:
    async with office.system("events:read") as system:

        async def uids(**params: str | int) -> list[str]:
            answer = await system.get(PATH, params=params)
            assert answer.status_code == 200
            return [each["uid"] for each in answer.json()["items"]]

        assert await uids(kind="conference") == [CONFERENCE.uid]
        assert await uids(country="TN") == [OUTDATED.uid]
        assert await uids(since="2026-10-06", until="2026-10-06") == [PAST.uid]
        assert await uids(since="2027-06-02", until="2027-06-02") == [CONFERENCE.uid]
        assert await uids(since="2027-06-03", until="2027-06-07") == []
        assert len(await uids(limit=2)) == 2
        assert (await system.get(PATH, params={"limit": 2})).json()["more"] is True
        for wrong in (
            {"since": "2027-02-01", "until": "2027-01-01"},
            {"since": "1900-01-01"},
            {"kind": "party"},
            {"country": "FR"},
            {"limit": 0},
            {"contry": "TN"},
            {"since": "2999-12-01", "until": "9999-12-31"},
        ):
            answer = await system.get(PATH, params=wrong)
            assert answer.status_code == 422, wrong
            assert answer.headers["content-type"] == "application/problem+json"


async def test_it_is_open_to_its_scope_alone(office: Office) -> None:
    async with office.browser() as nobody, office.system("cases:read", name="other") as other:
        assert (await nobody.get(PATH)).status_code == 401
        assert (await other.get(PATH)).status_code == 403


async def test_an_empty_calendar_is_an_empty_list(database: Database, house: House) -> None:
    office = Office(database, house, time=Time(datetime(2027, 1, 11, 9, tzinfo=UTC)))
    async with office.system("events:read") as system:
        assert (await system.get(PATH)).json()["items"] == []
