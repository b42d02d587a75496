"""Who may enter the desk, and by which door; nothing is open that nobody opened."""

from __future__ import annotations

import html
import re

import pytest
from entering import log_in
from working import Office

from kpbot.channels.web.headers import CONTENT_SECURITY_POLICY
from kpbot.house import House
from kpbot.store import advisors, tokens
from kpbot.store.database import Database

PAGES = (
    "/desk",
    "/desk/list",
    "/desk/export?format=csv",
    "/desk/cases/{reference}",
    "/desk/cases/{reference}/live",
    "/desk/cases/{reference}/print",
    "/desk/cases/{reference}/pdf",
    "/desk/statistics",
    "/desk/admin",
)
DEEDS = (
    "/desk/cases/{reference}/claim",
    "/desk/cases/{reference}/note",
    "/desk/cases/{reference}/canned",
    "/desk/cases/{reference}/invite",
    "/desk/admin/advisors",
    "/desk/admin/advisors/x/password",
    "/desk/admin/advisors/x/remove",
    "/desk/admin/tokens",
    "/desk/admin/tokens/x/remove",
)


@pytest.fixture
def office(database: Database, house: House) -> Office:
    return Office(database, house)


def secret_of(page: str) -> str:
    found = re.search(r'<code class="secret">([^<]*)</code>', page)
    assert found is not None
    return html.unescape(found[1])


async def test_without_login_there_is_nothing(office: Office) -> None:
    reference = office.enquire("anna")
    async with office.browser() as nobody:
        for path in PAGES:
            answer = await nobody.get(path.format(reference=reference))
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/desk/login")
            assert "Musterhausen" not in answer.text
        for path in DEEDS:
            answer = await nobody.post(path.format(reference=reference))
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/desk/login")
            answer = await nobody.post(path.format(reference=reference), data={"text": "x"})
            assert answer.status_code == 401, path
            assert "Musterhausen" not in answer.text
    assert [each.kind for each in office.entries(reference)] == ["opened"]


async def test_pages_of_the_desk_have_their_policy(office: Office) -> None:
    async with office.browser(office.invite()) as browser:
        page = await browser.get("/desk")
        for path in ("/desk/desk.css", "/desk/htmx.js"):
            again = {"if-none-match": (await browser.get(path)).headers["etag"]}
            assert (await browser.get(path, headers=again)).status_code == 304
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "trusted-types" not in policy  # htmx sets what this server sent
    assert "trusted-types" in CONTENT_SECURITY_POLICY
    assert page.headers["cache-control"] == "no-store"
    assert '"allowEval":false' in page.text
    assert "hx-on" not in page.text


async def test_nobody_acts_in_an_advisors_name_from_elsewhere(office: Office) -> None:
    leila = office.invite(role="admin")
    reference = office.enquire("anna")
    headers = {"sec-fetch-site": "cross-site"}
    async with office.browser(leila, **headers) as browser:
        for path in DEEDS:
            answer = await browser.post(path.format(reference=reference), data={"text": "x"})
            assert answer.status_code == 403, path
    assert [each.kind for each in office.entries(reference)] == ["opened"]


async def test_an_advisor_is_no_admin(office: Office) -> None:
    leila, omar = office.invite(), office.invite("Omar Haddad")
    async with office.browser(leila) as browser:
        assert (await browser.get("/desk/admin")).status_code == 403
        assert 'href="/desk/admin"' not in (await browser.get("/desk")).text
        for path in DEEDS[4:]:
            assert (await browser.post(path.replace("/x/", f"/{omar.id}/"))).status_code == 403
    assert all(each.active for each in office.people())


async def test_an_admin_gives_access_that_works_and_takes_it(office: Office) -> None:
    admin = office.invite("Ada", role="admin")
    fields = {"name": " Omar\nHaddad ", "email": "Omar@Example.org", "role": "advisor"}
    async with office.browser(admin) as browser, office.browser() as other:
        done = await browser.post("/desk/admin/advisors", data={**fields, "password": "1"})
        assert done.headers["cache-control"] == "no-store"
        password = secret_of(done.text)
        assert password not in (await browser.get("/desk/admin")).text
        omar = next(each for each in office.people() if each.name == "Omar Haddad")
        assert (await log_in(other, "omar@example.org", password)).status_code == 303
        assert (await other.get("/desk")).status_code == 200
        again = await browser.post("/desk/admin/advisors", data=fields)
        assert again.status_code == 409
        changed = await browser.post(f"/desk/admin/advisors/{omar.id}/password")
        assert (await other.get("/desk")).status_code == 303  # logged out everywhere
        assert (await log_in(other, "omar@example.org", secret_of(changed.text))).status_code == 303
        gone = await browser.post(f"/desk/admin/advisors/{omar.id}/remove")
        assert gone.status_code == 303
        assert (await other.get("/desk")).status_code == 303
        assert "ohne Zugang" in (await browser.get("/desk/admin?done=removed")).text
        back = await browser.post("/desk/admin/advisors", data=fields)
        assert back.status_code == 200
        same = office.database.read(lambda c: advisors.find_by_email(c, "omar@example.org"))
        assert same is not None
        assert same.id == omar.id


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "email": "a@example.org", "role": "advisor"},
        {"name": "A", "email": "nobody", "role": "advisor"},
        {"name": "A", "email": "a@example.org", "role": "king"},
        {"name": "A", "email": "a@example.org", "role": "admin", "telegram": "@me"},
    ],
)
async def test_half_an_advisor_is_none(office: Office, fields: dict[str, str]) -> None:
    async with office.browser(office.invite("Ada", role="admin")) as browser:
        answer = await browser.post("/desk/admin/advisors", data=fields)
    assert answer.status_code == 422
    assert len(office.people()) == 1


async def test_an_admin_cannot_lock_themselves_out(office: Office) -> None:
    admin = office.invite("Ada", role="admin")
    async with office.browser(admin) as browser:
        answer = await browser.post(f"/desk/admin/advisors/{admin.id}/remove")
        assert answer.status_code == 409
        for id_ in ("nobody", "%00", "a" * 50):
            assert (await browser.post(f"/desk/admin/advisors/{id_}/remove")).status_code == 404
            assert (await browser.post(f"/desk/admin/advisors/{id_}/password")).status_code == 404
    assert office.people()[0].active


async def test_tokens_are_shown_once_and_open_what_they_say(office: Office) -> None:
    async with office.browser(office.invite("Ada", role="admin")) as browser:
        fields = {"name": "crm", "scope": [tokens.SCOPES[0], "everything"]}
        made = await browser.post("/desk/admin/tokens", data=fields)
        secret = secret_of(made.text)
        assert secret not in (await browser.get("/desk/admin")).text
        headers = {"authorization": f"Bearer {secret}"}
        async with office.browser(**headers) as system:
            assert (await system.get("/api/v1/cases")).status_code == 200
            assert (await browser.post("/desk/admin/tokens", data=fields)).status_code == 409
            wrong = {"name": "!", "scope": tokens.SCOPES[0]}
            assert (await browser.post("/desk/admin/tokens", data=wrong)).status_code == 422
            assert (await browser.post("/desk/admin/tokens/crm/remove")).status_code == 303
            assert (await system.get("/api/v1/cases")).status_code == 401
        assert (await browser.post("/desk/admin/tokens/crm/remove")).status_code == 404
