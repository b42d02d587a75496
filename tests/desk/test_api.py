"""The API: by token and scope, typed, refused in one form, and without a way to break it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from working import Office

from kpbot.cases import Claim
from kpbot.channels.web.limits import Rate
from kpbot.desk.api_models import MOST
from kpbot.desk.api_problems import LARGEST_BODY
from kpbot.house import House
from kpbot.model import Said
from kpbot.store.database import Database

ALL = ("cases:read", "cases:write", "records:read", "records:erase", "statistics:read")


@pytest.fixture
def office(database: Database, house: House) -> Office:
    return Office(database, house)


def problem(answer: httpx.Response) -> dict[str, Any]:
    """The refusal, which has the one form."""
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    return told


async def test_nothing_without_a_token_and_the_scope(office: Office) -> None:
    reference = office.enquire("anna")
    paths = [
        ("GET", "/api/v1/cases", "cases:read"),
        ("GET", f"/api/v1/cases/{reference}", "cases:read"),
        ("POST", f"/api/v1/cases/{reference}/actions", "cases:write"),
        ("GET", f"/api/v1/records/{reference}", "records:read"),
        ("DELETE", f"/api/v1/records/{reference}", "records:erase"),
        ("GET", "/api/v1/statistics", "statistics:read"),
    ]
    async with office.browser(office.invite()) as nobody:
        for method, path, _ in paths:
            body = {} if method == "POST" else None
            answer = await nobody.request(method, path, json=body)
            assert problem(answer)["status"] == 401, path  # a cookie is no token
            assert "bearer" in answer.headers["www-authenticate"].lower()
    for method, path, scope in paths:
        others = [each for each in ALL if each != scope]
        async with office.system(*others, name=f"{method}{len(path)}") as system:
            body = {"action": "claim", "advisor": "a@example.org"} if method == "POST" else None
            assert problem(await system.request(method, path, json=body))["status"] == 403
    assert office.case(reference).state == "open"


async def test_cases_are_listed_a_page_at_a_time(office: Office) -> None:
    references = []
    for number in range(5):
        references.append(office.enquire(f"person{number}"))
        office.time.passes(minutes=1)
    async with office.system("cases:read") as system:
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            answer = await system.get("/api/v1/cases", params={"limit": "2", **cursor})
            page = answer.json()
            seen += [each["reference"] for each in page["items"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert seen == references[::-1]
        assert answer.json()["items"][0]["municipality"] == "Stadt Musterhausen"
        for params in ({"limit": str(MOST + 1)}, {"cursor": "AAAA"}, {"state": "gone"}):
            assert problem(await system.get("/api/v1/cases", params=params))["status"] == 422


async def test_filters_of_the_list(office: Office) -> None:
    leila = office.invite()
    first = office.enquire("anna")
    office.do(leila, first, Claim())
    second = office.enquire("amina", "ar")
    async with office.system("cases:read") as system:
        for params, wanted in (
            ({"state": "claimed"}, [first]),
            ({"advisor": "leila@example.org"}, [first]),
            ({"advisor": "nobody@example.org"}, []),
            ({"language": "ar"}, [second]),
            ({"country": "TN"}, []),
            ({"desk": "desk_egypt"}, []),
            ({"opened_before": "2026-11-23T08:00:00Z"}, []),
            ({"overdue": "true"}, []),
        ):
            found = (await system.get("/api/v1/cases", params=params)).json()["items"]
            assert [each["reference"] for each in found] == wanted, params


async def test_an_advisor_acts_through_a_system(office: Office) -> None:
    office.invite()
    reference = office.enquire("anna")
    where = f"/api/v1/cases/{reference}/actions"
    who = {"advisor": "Leila@example.org"}
    async with office.system("cases:read", "cases:write") as system:
        case = (await system.post(where, json={"action": "claim", **who})).json()
        assert (case["state"], case["advisor"]) == ("claimed", "leila@example.org")
        reply = {
            "action": "reply",
            "text": "Guten Tag",
            "id": "1",
            "version": case["version"],
            **who,
        }
        assert (await system.post(where, json=reply)).json()["state"] == "waiting_person"
        assert problem(await system.post(where, json=reply))["reason"] == "changed"
        del reply["version"]
        assert (await system.post(where, json=reply)).status_code == 200
        assert len(office.entries(reference, "replied")) == 1
        for wrong, status, reason in (
            ({"action": "claim", "advisor": "x@example.org"}, 422, "no_advisor"),
            ({"action": "reopen", **who}, 409, "not_closed"),
            ({"action": "hand_over", "desk": "nowhere", **who}, 422, "no_desk"),
            ({"action": "snooze", "until": "9999-12-31T23:59:59-23:59", **who}, 422, "no_time"),
            ({"action": "note", "text": "\x00 \x07", **who}, 422, "empty"),
            ({"action": "claim", "extra": 1, **who}, 422, ""),
            ({"action": "fly", **who}, 422, ""),
        ):
            told = problem(await system.post(where, json=wrong))
            assert (told["status"], told["reason"]) == (status, reason)
        unknown = "/api/v1/cases/KP-XXXXX/actions"
        assert problem(await system.post(unknown, json={"action": "claim", **who}))["status"] == 404


async def test_an_id_stands_for_one_deed(office: Office) -> None:
    office.invite()
    reference = office.enquire("anna")
    where = f"/api/v1/cases/{reference}/actions"
    who = {"advisor": "leila@example.org"}
    async with office.system("cases:write") as system:
        await system.post(where, json={"action": "claim", **who})
        for text, status in (("Guten Tag", 200), ("Guten Tag", 200), ("ANDERER TEXT", 409)):
            reply = {"action": "reply", "id": "r1", "text": text, **who}
            answer = await system.post(where, json=reply)
            assert answer.status_code == status
        assert problem(answer)["reason"] == "id_taken"
        note = {"action": "note", "id": "r1", "text": "Guten Tag", **who}
        assert problem(await system.post(where, json=note))["reason"] == "id_taken"
    assert [each.text for each in office.entries(reference, "replied")] == ["Guten Tag"]
    assert office.entries(reference, "noted") == []


async def test_the_file_names_the_system_that_did_it(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    where = f"/api/v1/cases/{reference}/actions"
    claim = {"action": "claim", "id": "1", "advisor": leila.email}
    async with office.system("cases:write") as system:
        for _ in range(2):
            assert (await system.post(where, json=claim)).status_code == 200
        await system.post(where, json={"action": "reopen", "advisor": leila.email})  # refused
    entries = [(each.author, each.text) for each in office.entries(reference, "through")]
    assert entries == [(leila.id, "crm")]
    async with office.browser(leila) as browser:
        assert "über API: <bdi>crm</bdi>" in (await browser.get(f"/desk/cases/{reference}")).text


async def test_a_filter_that_nobody_knows_is_refused(office: Office) -> None:
    office.enquire("anna")
    async with office.system("cases:read", "statistics:read") as system:
        for path in ("cases?q=x", "cases?foo=1", "cases?state=open&stat=1", "statistics?form=2026"):
            told = problem(await system.get(f"/api/v1/{path}"))
            assert told["status"] == 422, path
        described = (await system.get("/api/openapi.json")).json()
    asked = described["paths"]["/api/v1/cases"]["get"]["parameters"]
    assert {each["name"] for each in asked} == {
        *("state", "desk", "advisor", "language", "country", "opened_since", "opened_before"),
        *("overdue", "limit", "cursor"),
    }


async def test_what_is_no_request_is_refused(office: Office) -> None:
    reference = office.enquire("anna")
    where = f"/api/v1/cases/{reference}/actions"

    async def much() -> Any:
        for _ in range(LARGEST_BODY // 1000 + 2):
            yield b"x" * 1000

    async with office.system("cases:write") as system:
        json_type = {"content-type": "application/json"}
        large = await system.post(where, content=b" " * (LARGEST_BODY + 1), headers=json_type)
        assert problem(large)["status"] == 413
        assert problem(await system.post(where, content=much(), headers=json_type))["status"] == 413
        assert problem(await system.post(where, data={"action": "claim"}))["status"] == 415
        told = problem(await system.post(where, content=b"{", headers=json_type))
        assert told["status"] == 422
        secret = {"action": "claim", "advisor": "geheim geheim"}
        assert "geheim" not in (await system.post(where, json=secret)).text


async def test_a_case_and_its_record_are_read_and_it_is_written_down(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("amina", "ar", description="نود التعاون مع مدينة ألمانية")
    office.do(leila, reference, Claim())
    office.happen("amina", Said("مرحبا"), "ar")
    async with office.system("cases:read", "records:read") as system:
        case = (await system.get(f"/api/v1/cases/{reference.lower()}")).json()
        assert [each["author"] for each in case["entries"] if each["kind"] != "exported"] == [
            "system",
            "leila@example.org",
            "person",
        ]
        record = (await system.get(f"/api/v1/records/{reference}")).json()
        assert record["record"]["description"] == "نود التعاون مع مدينة ألمانية"
        assert problem(await system.get("/api/v1/records/KP-XXXXX"))["status"] == 404
    assert [each.text for each in office.entries(reference, "exported")] == ["API crm"]


async def test_erasing_erases_everything(office: Office) -> None:
    reference = office.enquire("anna")
    async with office.system("records:erase", "cases:read") as system:
        assert (await system.delete(f"/api/v1/records/{reference}")).status_code == 204
        assert problem(await system.delete(f"/api/v1/records/{reference}"))["status"] == 404
        assert (await system.get("/api/v1/cases")).json()["items"] == []


async def test_statistics_name_nobody(office: Office) -> None:
    office.enquire("anna")
    async with office.system("statistics:read") as system:
        told = (await system.get("/api/v1/statistics")).json()
        assert (told["opened"], told["first_answers"]["none"]) == (1, 1)
        wrong = {"since": "2026-02-01", "until": "2026-01-01"}
        assert problem(await system.get("/api/v1/statistics", params=wrong))["status"] == 422
        early = {"since": "0001-01-01", "until": "0001-01-02"}
        assert problem(await system.get("/api/v1/statistics", params=early))["status"] == 422


async def test_too_often_is_told_with_the_wait(database: Database, house: House) -> None:
    office = Office(database, house, api_rate=Rate(burst=2, a_second=0.5))
    async with (
        office.system("cases:read") as system,
        office.system("cases:read", name="b") as other,
    ):
        answers = [await system.get("/api/v1/cases") for _ in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 429]
        assert answers[2].headers["retry-after"] == "2"
        assert (await other.get("/api/v1/cases")).status_code == 200


async def test_the_description_names_every_refusal(office: Office) -> None:
    async with office.browser() as anybody:
        described = (await anybody.get("/api/openapi.json")).json()
    assert set(described["paths"]) == {
        "/api/v1/cases",
        "/api/v1/cases/{reference}",
        "/api/v1/cases/{reference}/actions",
        "/api/v1/records/{reference}",
        "/api/v1/statistics",
        "/api/v1/events",
    }
    action = described["paths"]["/api/v1/cases/{reference}/actions"]["post"]
    assert set(action["responses"]) == {
        *("200", "400", "401", "403", "404", "409", "413", "415", "422", "429")
    }
    assert "HTTPValidationError" not in described["components"]["schemas"]
