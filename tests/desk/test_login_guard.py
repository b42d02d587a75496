"""Requests from foreign pages, ways out of the desk, and the tokens of other systems."""

import re
from collections.abc import Iterator

import pytest
from entering import EMAIL, PUBLIC, Desk, log_in
from starlette.datastructures import Headers

from kpbot.desk.login_next import local_target
from kpbot.store import tokens
from kpbot.store.database import Database


@pytest.fixture
def desk() -> Iterator[Desk]:
    database = Database("sqlite://")
    yield Desk(database)
    database.close()


FOREIGN = [
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "none"}, True),
    ({"sec-fetch-site": "same-site"}, False),
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": ""}, False),
    ({"sec-fetch-site": "cross-site", "origin": PUBLIC}, False),
    ({"origin": PUBLIC}, True),
    ({"origin": "http://desk.example.org"}, False),
    ({"origin": "https://desk.example.org.evil.example"}, False),
    ({"origin": "https://evil.example"}, False),
    ({"origin": f"{PUBLIC}:8443"}, False),
    ({"origin": "null"}, False),
    ({"referer": f"{PUBLIC}/desk"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("headers", "allowed"), FOREIGN)
async def test_who_may_change_something(desk: Desk, headers: dict[str, str], allowed: bool) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert desk.access.is_own(method, Headers(headers)) is allowed
    for method in ("GET", "HEAD", "OPTIONS"):
        assert desk.access.is_own(method, Headers(headers))


@pytest.mark.parametrize(("headers", "allowed"), FOREIGN)
async def test_a_foreign_page_changes_nothing_in_the_advisors_name(
    desk: Desk, headers: dict[str, str], allowed: bool
) -> None:
    desk.invite()
    async with desk.browser() as browser:
        await log_in(browser)
        del browser.headers["sec-fetch-site"]
        assert (await browser.get("/desk/cases", headers=headers)).status_code == 200
        expected = 200 if allowed else 403
        for method in ("POST", "DELETE"):
            answer = await browser.request(method, "/desk/cases", headers=headers)
            assert answer.status_code == expected
        out = await browser.post("/desk/logout", data={}, headers=headers)
        assert out.status_code == (303 if allowed else 403)
        again = await log_in(browser, headers=headers)
        assert again.status_code == (303 if allowed else 403)
        assert ("set-cookie" in again.headers) is allowed


async def test_a_foreign_form_is_refused_in_one_sentence(desk: Desk) -> None:
    async with desk.browser(headers={"sec-fetch-site": "cross-site"}) as browser:
        answer = await log_in(browser)
    assert answer.status_code == 403
    assert "Diese Anfrage kam nicht von unserer Seite." in answer.text
    assert "<form" not in answer.text


TARGETS = [
    ("/desk", "/desk"),
    ("/desk/", "/desk/"),
    ("/desk/cases/KP-7FQ2M", "/desk/cases/KP-7FQ2M"),
    ("/desk/cases?q=%C3%A4&desk=north", "/desk/cases?q=%C3%A4&desk=north"),
    ("/desk?next=https://evil.example", "/desk?next=https://evil.example"),
    ("", "/desk"),
    ("/", "/desk"),
    ("/chat", "/desk"),
    ("/desktop", "/desk"),
    ("desk/cases", "/desk"),
    ("//evil.example/desk", "/desk"),
    ("/\\evil.example", "/desk"),
    ("\\\\evil.example", "/desk"),
    ("/desk\\..\\..\\evil", "/desk"),
    ("https://evil.example/desk", "/desk"),
    ("https:/desk", "/desk"),
    ("javascript:alert(1)//desk", "/desk"),
    ("data:text/html,desk", "/desk"),
    (" //evil.example", "/desk"),
    ("/desk/../api/v1/cases", "/desk"),
    ("/desk/..//evil.example", "/desk"),
    ("/desk/%2e%2e/%2e%2e//evil.example", "/desk"),
    ("/desk/%2E./x", "/desk"),
    ("/desk/%2F%2Fevil.example", "/desk"),
    ("/desk/%5Cevil", "/desk"),
    ("/desk//evil.example", "/desk"),
    ("/desk\r\nSet-Cookie: a=b", "/desk"),
    ("/desk\t/x", "/desk"),
    ("/desk/ä", "/desk"),
    ("/desk/cases#x", "/desk"),
    ("/desk@evil.example", "/desk"),
    ("/desk.evil.example", "/desk"),
    ("/desk/login", "/desk"),
    ("/desk/login?next=/desk", "/desk"),
    ("/desk/LOGIN", "/desk"),
    ("/desk/oidc", "/desk"),
    ("/desk/oidc/callback?code=1", "/desk"),
    ("/desk/logout", "/desk"),
    ("/desk/" + "a" * 500, "/desk"),
]


@pytest.mark.parametrize(("wanted", "target"), TARGETS)
async def test_a_login_leads_only_to_pages_of_the_desk(wanted: str, target: str) -> None:
    assert local_target(wanted) == target


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example/desk", "/\\evil"])
async def test_no_login_leads_elsewhere(desk: Desk, wanted: str) -> None:
    desk.invite()
    async with desk.browser() as browser:
        shown = await browser.get("/desk/login", params={"next": wanted})
        assert 'name="next" value="/desk"' in shown.text
        assert "evil" not in shown.text
        entered = await log_in(browser, fields={"next": wanted})
        assert entered.headers["location"] == "/desk"
        again = await browser.get("/desk/login", params={"next": wanted})
        assert again.headers["location"] == "/desk"


async def test_htmx_is_sent_to_the_login_as_a_whole_page(desk: Desk) -> None:
    headers = {"hx-request": "true", "hx-current-url": f"{PUBLIC}/desk/cases?page=2"}
    async with desk.browser(headers=headers) as browser:
        answer = await browser.get("/desk/cases")
        assert answer.status_code == 401
        assert answer.headers["hx-redirect"] == "/desk/login?next=%2Fdesk%2Fcases%3Fpage%3D2"
        foreign = {"hx-current-url": "https://evil.example/phish"}
        answer = await browser.get("/desk/cases", headers=foreign)
        assert answer.headers["hx-redirect"] == "/desk/login"


async def test_a_page_that_asks_by_itself_stays_and_says_that_the_session_ended(desk: Desk) -> None:
    headers = {"hx-request": "true", "hx-current-url": f"{PUBLIC}/desk/cases/KP-ABCDE"}
    async with desk.browser(headers=headers) as browser:
        answer = await browser.get("/desk/news")
        assert answer.status_code == 401
        assert "hx-redirect" not in answer.headers
        assert 'hx-swap-oob="innerHTML:#session"' in answer.text
        assert "Ihre Sitzung ist beendet." in answer.text
        assert 'href="/desk/login?next=%2Fdesk%2Fcases%2FKP-ABCDE"' in answer.text
        again = await browser.get("/desk/news?ended=1")  # it stands there already
        assert (again.status_code, again.text.strip()) == (401, "")
        english = await browser.get("/desk/news?language=en")
        assert "Your session has ended." in english.text


async def test_the_api_says_401_to_nobody(desk: Desk) -> None:
    async with desk.browser() as browser:
        answer = await browser.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json() == {"detail": "Nobody is logged in."}


async def test_an_empty_form_sent_without_login_leads_to_the_login_and_back(desk: Desk) -> None:
    async with desk.browser(headers={"referer": f"{PUBLIC}/desk/cases/KP-ABCDE"}) as browser:
        answer = await browser.post("/desk/cases?close=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk/login?next=%2Fdesk%2Fcases%2FKP-ABCDE"


async def test_a_form_sent_without_login_comes_back_with_what_was_typed(desk: Desk) -> None:
    desk.invite()
    fields = {"version": "3", "once": 'a"b', "text": "Guten Tag,\n<b>Text</b>"}
    async with desk.browser(headers={"referer": f"{PUBLIC}/desk/cases?page=2"}) as browser:
        answer = await browser.post("/desk/cases", data=fields)
        assert answer.status_code == 401
        assert 'action="/desk/cases"' in answer.text
        assert '<input type="hidden" name="version" value="3">' in answer.text
        assert '<input type="hidden" name="once" value="a&#34;b">' in answer.text
        assert "Guten Tag,\n&lt;b&gt;Text&lt;/b&gt;</textarea>" in answer.text
        assert "/desk/login?next=%2Fdesk%2Fcases%3Fpage%3D2" in answer.text
        foreign = await browser.post(
            "/desk/cases", data=fields, headers={"sec-fetch-site": "cross-site"}
        )
        assert foreign.status_code == 403
        assert "Guten Tag" not in foreign.text


def _token(desk: Desk, *scopes: str) -> dict[str, str]:
    secret = desk.database.write(lambda c: tokens.add(c, "crm", scopes, desk.time()))
    assert re.fullmatch(r"kpb_[\w-]{43}", secret)
    return {"authorization": f"Bearer {secret}"}


async def test_a_token_opens_what_it_is_good_for_from_anywhere(desk: Desk) -> None:
    headers = _token(desk, "cases:read", "statistics:read")
    async with desk.browser(headers={**headers, "sec-fetch-site": "cross-site"}) as system:
        assert (await system.get("/api/v1/cases")).json() == {"name": "crm"}
        assert (await system.post("/api/v1/cases")).status_code == 200
        assert (await system.get("/desk/cases")).status_code == 303
        assert (await system.get("/api/v1/me")).status_code == 401
    (known,) = desk.database.read(tokens.every)
    assert known.used == desk.time()


async def test_a_token_opens_nothing_else(desk: Desk) -> None:
    async with desk.browser(headers=_token(desk, "cases:write")) as system:
        answer = await system.get("/api/v1/cases")
    assert answer.status_code == 403
    expected = 'Bearer error="insufficient_scope", scope="cases:read"'
    assert answer.headers["www-authenticate"] == expected


async def test_a_removed_token_opens_nothing(desk: Desk) -> None:
    async with desk.browser(headers=_token(desk, "cases:read")) as system:
        assert (await system.get("/api/v1/cases")).status_code == 200
        assert desk.database.write(lambda c: tokens.remove(c, "crm"))
        answer = await system.get("/api/v1/cases")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic a3BiOng=", "Bearer kpb_", "Bearer x", "Bearer kpb_ä"]
)
async def test_no_token_and_no_form_of_one_is_401(desk: Desk, header: str) -> None:
    _token(desk, "cases:read")
    async with desk.browser() as system:
        headers = {b"authorization": header.encode()}
        answer = await system.get("/api/v1/cases", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_session_is_no_token_and_a_token_no_session(desk: Desk) -> None:
    desk.invite()
    secret = _token(desk, "cases:read")["authorization"].removeprefix("Bearer ")
    async with desk.browser() as browser:
        await log_in(browser)
        assert (await browser.get("/api/v1/me")).status_code == 200
        assert (await browser.get("/api/v1/cases")).status_code == 401
    async with desk.browser(headers={"cookie": f"__Host-kpbot-desk={secret}"}) as thief:
        assert (await thief.get("/desk/cases")).status_code == 303


@pytest.mark.parametrize(("language", "title"), [("de", "Anmelden"), ("en", "Log in")])
async def test_the_page_is_complete_in_both_languages_and_runs_no_script(
    desk: Desk, language: str, title: str
) -> None:
    async with desk.browser(headers={"accept-language": language}) as browser:
        answer = await browser.get("/desk/login")
        wrong = await log_in(browser, "nobody@example.org", "falsch")
    text = answer.text
    assert f'<html lang="{language}" dir="ltr">' in text
    assert f"<h1>{title}</h1>" in text
    for name, kind in (("email", "username"), ("password", "current-password")):
        assert f'<label for="{name}">' in text
        assert re.search(rf'<input id="{name}" name="{name}"[^>]* autocomplete="{kind}"', text)
    assert not re.search(r"<script|<style|style=|\son\w+=|placeholder=", text)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert re.search(r'role="alert".*<a href="#email" id="problem-text">', wrong.text, re.DOTALL)
    assert wrong.text.count('aria-invalid="true" aria-describedby="problem-text"') == 2
    assert "{" not in text + wrong.text


async def test_languages_offer_each_other_and_others_read_english(desk: Desk) -> None:
    async with desk.browser(headers={"accept-language": "fr"}) as browser:
        text = (await browser.get("/desk/login?next=/desk/cases")).text
        assert '<html lang="en"' in text
        assert 'href="/desk/login?language=de&amp;next=/desk/cases"' in text
        assert '<html lang="de"' in (await browser.get("/desk/login?language=de")).text


async def test_both_languages_have_the_same_words() -> None:
    from kpbot.desk.login_pages import wanted_words  # noqa: PLC0415 (this test alone)

    german, english = wanted_words("de", None), wanted_words("en", None)
    assert german.keys() == english.keys()
    for word, sentence in german.items():
        fields = re.findall(r"{\w+}", sentence)
        assert fields == re.findall(r"{\w+}", english[word])


async def test_what_was_typed_comes_back_escaped_and_without_the_password(desk: Desk) -> None:
    async with desk.browser() as browser:
        answer = await log_in(browser, '"><script>@example.org', '"><b>geheim')
    assert "<script" not in answer.text
    assert "geheim" not in answer.text
    assert "&#34;&gt;&lt;script&gt;@example.org" in answer.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"email": "a"}'),
        ("application/x-www-form-urlencoded", b"email=" + b"a" * 70_000),
        ("application/x-www-form-urlencoded", b"a=1&" * 200),
        ("application/x-www-form-urlencoded", b"\xff\xfe"),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("", b"email=a"),
    ],
)
async def test_what_is_no_form_is_refused(desk: Desk, kind: str, body: bytes) -> None:
    headers = {"content-type": kind} if kind else {}
    async with desk.browser() as browser:
        answer = await browser.post("/desk/login", content=body, headers=headers)
    assert answer.status_code == 400
    assert "konnte nicht gelesen werden" in answer.text


async def test_odd_bytes_in_a_form_are_only_a_wrong_password(database: Database) -> None:
    desk = Desk(database)
    desk.invite()
    body = f"email={EMAIL}&password=%ff%00%fe".encode()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    async with desk.browser() as browser:
        answer = await browser.post("/desk/login", content=body, headers=headers)
        assert answer.status_code == 403
        body = b"email=%00%ff%fe@example.org&password=x"
        answer = await browser.post("/desk/login", content=body, headers=headers)
        assert answer.status_code == 403
