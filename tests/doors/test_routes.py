"""Every route that is served: who may enter, from where, and what every answer carries."""

from __future__ import annotations

from itertools import product
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from serving_all import OWN, PUBLIC, UNSAFE, Everything, Way

from kpbot.cases import Claim
from kpbot.channels.web.headers import SECURITY_HEADERS
from kpbot.house import House
from kpbot.model import ByAdvisor, Inbound, Opened
from kpbot.store import cases
from kpbot.store.advisors import Advisor
from kpbot.store.database import Database
from kpbot.store.tables import metadata
from kpbot.store.tokens import SCOPES
from kpbot.turn import receive
from walk import WORDS, next_step

pytestmark = pytest.mark.slow

FOR_EVERYBODY = {
    *("/", "/privacy", "/widget.js", "/page.css", "/icon.svg", "/healthz", "/readyz", "/chat"),
    *("/api/chat/messages", "/api/chat/stream", "/api/openapi.json"),
    *(
        "/desk/login",
        "/desk/login.css",
        "/desk/desk.css",
        "/desk/htmx.js",
        "/desk/unsent.js",
        "/desk/logout",
    ),
    *("/events", "/events.ics", "/events.{language}.ics", "/events.{language}.{kind}.ics"),
    *("/events/{uid}.ics", "/events/{uid}"),
}
"""Whoever adds a route that needs no login has to say so here."""
SCOPE_OF = {
    "GET /api/v1/cases": "cases:read",
    "GET /api/v1/cases/{reference}": "cases:read",
    "POST /api/v1/cases/{reference}/actions": "cases:write",
    "GET /api/v1/records/{reference}": "records:read",
    "DELETE /api/v1/records/{reference}": "records:erase",
    "GET /api/v1/statistics": "statistics:read",
    "GET /api/v1/events": "events:read",
}
CLAIM = {"action": "claim", "advisor": "leila@example.org"}


@pytest.fixture
def database() -> Any:
    """One kind of store is enough here."""
    opened = Database("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
async def everything(house: House, database: Database) -> Everything:
    return Everything(house, database)


@pytest.fixture
def leila(everything: Everything) -> Advisor:
    return everything.invite("Leila")


@pytest.fixture
def omar(everything: Everything) -> Advisor:
    return everything.invite("Omar")


@pytest.fixture
def admin(everything: Everything) -> Advisor:
    return everything.invite("Ada", "admin")


def enquire(everything: Everything, person: str = "p" * 64) -> str:
    """Somebody has sent an enquiry; its reference."""
    content: Any = Opened()
    for number in range(60):
        at = everything.service.clock()
        inbound = Inbound("web", person, f"{person[:8]}{number}", at, content, "de")
        taken = receive(everything.database, inbound, everything.service.house)
        assert taken is not None
        if taken.record is not None:
            return str(taken.record["reference"])
        content = next_step(taken.at, taken.conversation.turn)
    raise AssertionError(WORDS)


def everything_kept(database: Database) -> dict[str, list[Any]]:
    """Every row of every table, but when somebody was seen last."""
    kept: dict[str, list[Any]] = {}
    for table in metadata.sorted_tables:
        columns = [each for each in table.c if each.name not in {"seen", "used"}]
        found = database.read(lambda c, cs=columns: c.execute(sa.select(*cs)).all())
        kept[table.name] = sorted(map(repr, found))
    return kept


async def ask(browser: httpx.AsyncClient, way: Way, value: str = "KP-7FQ2M", **more: Any) -> Any:
    """The answer; a stream is not listened to."""
    if way.method in UNSAFE and not more:
        more = {"data": {"text": "x"}}
    if way.path.startswith("/api/v1") and way.method == "POST" and "data" in more:
        more = {"json": CLAIM}
    return await browser.request(way.method, way.filled(value), **more)


def check(answer: httpx.Response, way: object) -> None:
    """The answer carries what every answer must."""
    headers = answer.headers
    for name in SECURITY_HEADERS:
        assert name in headers, (str(way), name)
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= {*policy}, way
    assert {"script-src 'self'", "form-action 'self'"} <= {*policy}, way
    assert not [rule for rule in policy if "unsafe" in rule or "*" in rule or "data:" in rule]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"no-referrer", "same-origin"}
    assert "access-control-allow-origin" not in headers
    for cookie in headers.get_list("set-cookie"):
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax", "secure"} <= parts, (str(way), cookie)
        if not cookie.startswith("kp-chat="):
            assert cookie.startswith("__Host-"), cookie
            assert "path=/" in parts
            assert not [part for part in parts if part.startswith("domain")]


# who may enter


async def test_without_login_there_is_nothing_but_what_is_for_everybody(
    everything: Everything,
) -> None:
    enquire(everything)
    before = everything_kept(everything.database)
    async with everything.browser(**OWN) as browser:
        for way in everything.ways:
            if way.path in FOR_EVERYBODY:
                continue
            answer = await ask(browser, way)
            check(answer, way)
            assert answer.status_code in {303, 401, 403, 404}, (str(way), answer.status_code)
            if answer.status_code == 303:
                assert answer.headers["location"].startswith("/desk/login"), str(way)
    assert everything_kept(everything.database) == before


async def test_an_advisor_is_no_admin(everything: Everything, leila: Advisor) -> None:
    ways = [way for way in everything.ways if "/admin" in way.path]
    assert len(ways) >= 6
    before = everything_kept(everything.database)
    async with everything.browser(leila, **OWN) as browser:
        for way in ways:
            answer = await ask(browser, way, leila.id)
            assert answer.status_code == 403, str(way)
            check(answer, way)
    assert everything_kept(everything.database).keys() == before.keys()
    assert everything_kept(everything.database)["advisors"] == before["advisors"]
    assert everything_kept(everything.database)["tokens"] == before["tokens"]


async def test_a_token_opens_what_its_scope_says_and_nothing_else(
    everything: Everything, leila: Advisor, admin: Advisor
) -> None:
    del leila, admin
    reference = enquire(everything)
    ways = [way for way in everything.ways if way.path.startswith("/api/v1")]
    assert {str(way) for way in ways} == SCOPE_OF.keys()
    assert {*SCOPE_OF.values()} == {*SCOPES}
    for way, scope in product(ways, SCOPES):
        if way.method == "DELETE" and scope == SCOPE_OF[str(way)]:
            continue  # it would end the others
        async with everything.system(scope) as system:
            answer = await ask(system, way, reference)
            assert (answer.status_code == 403) is (scope != SCOPE_OF[str(way)]), (str(way), scope)
            check(answer, way)
        everything.database.write(lambda c: c.execute(metadata.tables["tokens"].delete()))
    for way in everything.ways:
        if way.path.startswith("/desk") and way.path not in FOR_EVERYBODY:
            async with everything.system(*SCOPES) as system:
                answer = await ask(system, way, reference)
                assert answer.status_code in {303, 403, 404}, str(way)
            everything.database.write(lambda c: c.execute(metadata.tables["tokens"].delete()))


async def test_what_another_advisor_has_cannot_be_acted_on(
    everything: Everything, leila: Advisor, omar: Advisor
) -> None:
    reference = enquire(everything)
    everything.service.act(ByAdvisor(reference, leila.id, leila.name, Claim()), "claim")
    found = everything.database.read(lambda c: cases.get(c, reference))
    assert found is not None
    async with everything.browser(omar, **OWN) as browser:
        for action in ("claim", "reply", "close", "hand", "snooze", "release", "reopen"):
            form = {
                "version": str(found.version),
                "once": f"once-{action}-0123456789",
                "text": "Hallo",
                "reason": "answered",
                "desk": "desk_egypt",
                "until": "2027-01-01",
                "day": "2027-01-01",
                "time": "10:00",
            }
            answer = await browser.post(f"/desk/cases/{reference}/{action}", data=form)
            assert answer.status_code in {409, 422}, (action, answer.status_code)
        invite = {"day": "2027-01-01", "time": "10:00", "minutes": "30", "email": "a@example.org"}
        answer = await browser.post(f"/desk/cases/{reference}/invite", data=invite)
        assert answer.status_code == 409
    assert everything.database.read(lambda c: cases.get(c, reference)) == found


async def test_a_person_hears_only_what_was_said_to_them(everything: Everything) -> None:
    async with everything.browser() as anna, everything.browser() as bert:
        tokens = []
        for number, each in enumerate((anna, bert)):
            body = {"id": f"{number:016}", "open": True, "language": "de"}
            answer = await each.post("/api/chat/messages", json=body)
            tokens.append(answer.json()["token"])
        said = everything.service.database.read(
            lambda c: c.execute(sa.select(metadata.tables["outbox"].c.address)).scalars().all()
        )
        assert len(set(tokens)) == len(set(said)) == 2
        assert not set(tokens) & set(said)
        for guess in (*said, tokens[0][:-1] + "A", "", "x" * 43, said[0][:43]):
            answer = await bert.get(
                "/api/chat/stream", headers={"authorization": f"Bearer {guess}"}
            )
            assert answer.status_code in {401, 404}


# from where


FOREIGN: list[dict[str, str]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example.org"},
    {"origin": "null"},
    {"origin": f"{PUBLIC}.evil.example.org"},
    {"origin": PUBLIC.replace("https", "http")},
    {"sec-fetch-site": "cross-site", "origin": PUBLIC},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_foreign_page_changes_nothing_in_anybodys_name(
    everything: Everything, admin: Advisor, headers: dict[str, str]
) -> None:
    reference = enquire(everything)
    ways = [way for way in everything.ways if way.method in UNSAFE and "/desk" in way.path]
    assert len(ways) >= 10
    async with everything.browser(admin, **headers) as browser:
        before = everything_kept(everything.database)
        for way in ways:
            answer = await ask(browser, way, reference)
            assert answer.status_code == 403, str(way)
            check(answer, way)
        assert everything_kept(everything.database) == before


async def test_a_cookie_is_no_token_for_the_api(everything: Everything, admin: Advisor) -> None:
    reference = enquire(everything)
    async with everything.browser(admin, **OWN) as browser:
        for way in everything.ways:
            if way.path.startswith("/api/v1"):
                assert (await ask(browser, way, reference)).status_code == 401, str(way)


async def test_reading_changes_nothing_but_the_file_of_the_case(
    everything: Everything, admin: Advisor
) -> None:
    """What a link or an image of a foreign page can cause: nothing that anybody would miss."""
    reference = enquire(everything)
    async with everything.browser(admin, **{"sec-fetch-site": "cross-site"}) as browser:
        before = everything_kept(everything.database)
        for way in everything.ways:
            if way.method not in UNSAFE and way.path != "/api/chat/stream":
                await ask(browser, way, reference)
        after = everything_kept(everything.database)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"case_entries"}


# what every answer carries


async def test_every_answer_carries_the_guards_errors_too(
    everything: Everything, admin: Advisor
) -> None:
    reference = enquire(everything)
    seen = set()
    async with everything.browser(admin, **OWN) as browser:
        for way in everything.ways:
            for value in (reference, "KP-00000"):
                if way.path in {"/desk/logout", "/api/chat/stream"}:
                    continue
                answer = await ask(browser, way, value)
                check(answer, way)
                seen.add(answer.status_code)
            wrong = Way("PATCH", way.path)
            answer = await ask(browser, wrong, reference)
            check(answer, wrong)
            assert answer.status_code in {403, 404, 405}
            seen.add(answer.status_code)
        for path in (
            "/nowhere",
            "/desk/nowhere",
            "/api/v1/nowhere",
            "/.env",
            "/docs",
            "/%00",
        ):
            answer = await browser.get(path)
            check(answer, path)
            assert answer.status_code in {404, 405}, path
        answer = await browser.post("/desk/logout", data={})
        check(answer, "logout")
    assert {200, 303, 404, 405} <= seen


async def test_a_failure_of_ours_carries_them_and_tells_nothing(
    everything: Everything, admin: Advisor
) -> None:
    reference = enquire(everything)
    async with everything.browser(admin, **OWN) as browser:
        everything.database.write(lambda c: c.execute(sa.text("DROP TABLE case_entries")))
        everything.database.write(lambda c: c.execute(sa.text("DROP TABLE cases")))
        failed = 0
        for way in everything.ways:
            if "/desk" not in way.path or way.path == "/desk/logout":
                continue
            answer = await ask(browser, way, reference)
            check(answer, way)
            assert "case" not in answer.text or answer.status_code < 500, str(way)
            assert "Traceback" not in answer.text
            failed += answer.status_code == 500
    assert failed >= 5


_F = "application/x-www-form-urlencoded"
BODIES: dict[str, dict[str, Any]] = {
    "nothing": {"content": b""},
    "no form": {"content": b"\xff\xfe\x00", "headers": {"content-type": "application/json"}},
    "deep": {"content": b"[" * 30_000, "headers": {"content-type": "application/json"}},
    "wide": {"content": b"a=&" * 20_000, "headers": {"content-type": _F}},
    "large": {"content": b"text=" + b"a" * 1_100_000, "headers": {"content-type": _F}},
    "large json": {
        "content": b'"' + b"a" * 1_100_000 + b'"',
        "headers": {"content-type": "application/json"},
    },
    "bytes": {"content": b"text=%ff%00%ed%a0%80&once=%00", "headers": {"content-type": _F}},
    "multipart": {"files": {"text": ("../../x", b"\0" * 1000)}},
    "no boundary": {"content": b"--x", "headers": {"content-type": "multipart/form-data"}},
    "odd type": {"content": b"x", "headers": {"content-type": "text/plain; charset=%"}},
}


@pytest.mark.parametrize("body", BODIES)
async def test_no_body_makes_anything_fail(
    everything: Everything, admin: Advisor, body: str
) -> None:
    reference = enquire(everything)
    ways = [way for way in everything.ways if way.method in UNSAFE]
    async with (
        everything.browser(admin, **OWN) as browser,
        everything.system(*SCOPES) as system,
    ):
        for way in sorted(ways, key=lambda way: way.path == "/desk/logout"):
            sender = system if way.path.startswith("/api/v1") else browser
            if way.method == "DELETE" or way.path.endswith(("/password", "/remove")):
                continue  # they read none
            answer = await ask(sender, way, reference, **BODIES[body])
            assert answer.status_code < 500, (str(way), answer.status_code)
            check(answer, way)


NOWHERE = [
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "....%2f%2fetc%2fpasswd",
    "..%5c..%5cwindows%5cwin.ini",
    "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd",
    "KP-7FQ2M%00.txt",
    "%00",
    "%0d%0aset-cookie:%20a=b",
    "%ff%fe",
    "%ed%a0%80",
    "a" * 6000,
    "%F0%9F%92%A9",
    "{reference}",
    "*",
    "%25%32%65",
    "-1",
    "kp-7fq2m'%20or%201=1--",
]


@pytest.mark.parametrize("value", NOWHERE, ids=lambda value: value[:20])
async def test_a_path_that_leads_elsewhere_leads_nowhere(
    everything: Everything, admin: Advisor, value: str
) -> None:
    enquire(everything)
    ways = [way for way in everything.ways if "{" in way.path]
    assert len(ways) >= 14
    async with (
        everything.browser(admin, **OWN) as browser,
        everything.system(*SCOPES) as system,
    ):
        before = everything_kept(everything.database)
        for way in ways:
            sender = system if way.path.startswith("/api/v1") else browser
            answer = await ask(sender, way, value)
            assert answer.status_code in {400, 404, 405, 422}, (str(way), answer.status_code)
            assert "root:" not in answer.text
            assert "set-cookie" not in answer.headers
            check(answer, way)
        assert everything_kept(everything.database) == before
