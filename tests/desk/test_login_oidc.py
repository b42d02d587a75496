"""Logging in by a login service: a real provider on loopback, honest and otherwise."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import structlog
from entering import COOKIE, EMAIL, Desk, Time, log_in
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from provider import SECRET, Claims, Provider, running
from werkzeug.wrappers import Response as Answer

from kpbot.desk.guard import DeskAccess
from kpbot.desk.login_oidc import OidcSettings
from kpbot.store import advisors
from kpbot.store.database import Database

# the mock uses what its library will drop; it runs in this process
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:(authlib|oidc_provider_mock|flask)"
)

ATTEMPT = "__Host-kpbot-login"


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def desk(provider: Provider) -> Iterator[Desk]:
    database = Database("sqlite://")
    # the mock signs with the machine's time
    clock = Time(datetime.fromtimestamp(int(time.time()), UTC))  # noqa: TID251
    settings = OidcSettings(provider.issuer, "kpbot", SECRET, "Rathaus-Login")
    yield Desk(database, time=clock, oidc=settings)
    database.close()


async def arrive(
    browser: httpx.AsyncClient, provider: Provider, subject: str, wanted: str = "/desk/cases"
) -> httpx.Response:
    """The whole way: to the service, confirmed there, and back."""
    away = await browser.get("/desk/oidc", params={"next": wanted})
    assert away.status_code == 303
    back = provider.confirms(away.headers["location"], subject)
    assert back.startswith("https://desk.example.org/desk/oidc/callback?")
    return await browser.get(back, headers={"sec-fetch-site": "cross-site"})


async def test_who_is_invited_enters_by_the_service_and_is_known_from_then_on(
    desk: Desk, provider: Provider
) -> None:
    advisor = desk.invite()
    provider.knows("s-1", email="Leila.Brandt@Example.org", email_verified=True)
    async with desk.browser() as browser:
        form = await browser.get("/desk/login?next=/desk/cases")
        assert 'href="/desk/oidc?next=/desk/cases">Anmelden mit Rathaus-Login</a>' in form.text
        entered = await arrive(browser, provider, "s-1", "/desk/cases?page=2")
        assert entered.status_code == 303
        assert entered.headers["location"] == "/desk/cases?page=2"
        assert (await browser.get("/desk/cases")).json()["name"] == "Leila Brandt"
        assert ATTEMPT not in browser.cookies
    provider.knows("s-1", email="another@example.org", email_verified=False)
    moved = replace(advisor, email="brandt@example.org")
    desk.database.write(lambda c: advisors.change(c, moved))
    async with desk.browser() as browser:
        assert (await arrive(browser, provider, "s-1")).status_code == 303


async def test_the_way_there_carries_state_nonce_and_challenge_of_its_own_each_time(
    desk: Desk, provider: Provider
) -> None:
    seen = []
    async with desk.browser() as browser:
        for _ in range(2):
            away = await browser.get("/desk/oidc")
            query = parse_qs(urlsplit(away.headers["location"]).query)
            assert query["response_type"] == ["code"]
            assert query["client_id"] == ["kpbot"]
            assert query["scope"] == ["openid email"]
            assert query["redirect_uri"] == ["https://desk.example.org/desk/oidc/callback"]
            assert query["code_challenge_method"] == ["S256"]
            seen += [query[name][0] for name in ("state", "nonce", "code_challenge")]
            kept = away.headers["set-cookie"]
            assert re.fullmatch(
                ATTEMPT + r"=[\w-]{43}~%2Fdesk; HttpOnly; Max-Age=600; Path=/; "
                r"SameSite=lax; Secure",
                kept,
            )
            assert not any(each in kept for each in seen)
    assert len(set(seen)) == 6
    assert provider.requests.count("/.well-known/openid-configuration") == 1


async def test_what_the_service_publishes_is_read_anew_after_an_hour(
    desk: Desk, provider: Provider
) -> None:
    async with desk.browser() as browser:
        await browser.get("/desk/oidc")
        desk.time.passes(minutes=61)
        await browser.get("/desk/oidc")
    assert provider.requests.count("/.well-known/openid-configuration") == 2


STRANGERS: list[dict[str, Any]] = [
    {"email": EMAIL, "email_verified": False},
    {"email": EMAIL},
    {"email": EMAIL, "email_verified": "true"},
    {"email": "stranger@example.org", "email_verified": True},
    {"email": "gone@example.org", "email_verified": True},
    {"email": [EMAIL], "email_verified": True},
    {},
]


@pytest.mark.parametrize("claims", STRANGERS)
async def test_who_is_not_invited_is_told_so_and_stays_outside(
    desk: Desk, provider: Provider, claims: dict[str, Any]
) -> None:
    desk.invite()
    gone = desk.invite("gone@example.org", name="Gone")
    desk.database.write(lambda c: advisors.deactivate(c, gone.id))
    provider.knows("s-2", **claims)
    async with desk.browser() as browser:
        refused = await arrive(browser, provider, "s-2")
        assert refused.status_code == 403
        assert "Für diese Anmeldung gibt es hier keinen Zugang." in refused.text
        assert COOKIE not in browser.cookies
        assert ATTEMPT not in browser.cookies


async def test_an_address_that_changed_hands_at_the_service_opens_nothing(
    desk: Desk, provider: Provider
) -> None:
    desk.invite()
    for subject in ("s-1", "s-2"):
        provider.knows(subject, email=EMAIL, email_verified=True)
    async with desk.browser() as browser:
        assert (await arrive(browser, provider, "s-1")).status_code == 303
        assert (await arrive(browser, provider, "s-2")).status_code == 403


async def test_who_is_removed_cannot_enter_by_the_service(desk: Desk, provider: Provider) -> None:
    advisor = desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    async with desk.browser() as browser:
        await arrive(browser, provider, "s-1")
        desk.database.write(lambda c: advisors.deactivate(c, advisor.id))
        assert (await browser.get("/desk/cases")).status_code == 303
        assert (await arrive(browser, provider, "s-1")).status_code == 403


async def test_a_session_held_before_is_not_taken_over(desk: Desk, provider: Provider) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    async with desk.browser() as browser:
        await log_in(browser)
        before = browser.cookies[COOKIE]
        await arrive(browser, provider, "s-1")
        assert browser.cookies[COOKIE] != before
    async with desk.browser(headers={"cookie": f"{COOKIE}={before}"}) as thief:
        assert (await thief.get("/desk/cases")).status_code == 303


async def test_only_the_browser_that_began_can_finish_and_only_once(
    desk: Desk, provider: Provider
) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    async with desk.browser() as browser, desk.browser() as victim:
        away = await browser.get("/desk/oidc")
        back = provider.confirms(away.headers["location"], "s-1")
        assert (await victim.get(back)).status_code == 400
        await victim.get("/desk/oidc")  # with an attempt of its own: the state is another's
        assert (await victim.get(back)).status_code == 400
        assert COOKIE not in victim.cookies
        attempt = browser.cookies[ATTEMPT]
        assert (await browser.get(back)).status_code == 303
        again = {"cookie": f"{ATTEMPT}={attempt}"}
        assert (await victim.get(back, headers=again)).status_code == 400


async def test_a_code_of_another_attempt_is_refused_by_its_challenge(
    desk: Desk, provider: Provider
) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    async with desk.browser() as thief, desk.browser() as browser:
        theirs = await browser.get("/desk/oidc")
        code = parse_qs(urlsplit(provider.confirms(theirs.headers["location"], "s-1")).query)
        own = await thief.get("/desk/oidc")
        state = parse_qs(urlsplit(own.headers["location"]).query)["state"][0]
        params = {"code": code["code"][0], "state": state}
        refused = await thief.get("/desk/oidc/callback", params=params)
    assert refused.status_code == 400


async def test_who_says_no_at_the_service_may_begin_again(desk: Desk, provider: Provider) -> None:
    async with desk.browser() as browser:
        away = await browser.get("/desk/oidc")
        back = urlsplit(provider.denies(away.headers["location"]))
        state = parse_qs(urlsplit(away.headers["location"]).query)["state"][0]
        params = {**{k: v[0] for k, v in parse_qs(back.query).items()}, "state": state}
        assert params["error"] == "access_denied"
        refused = await browser.get("/desk/oidc/callback", params=params)
    assert refused.status_code == 400
    assert "Die Anmeldung wurde nicht abgeschlossen." in refused.text
    assert "access_denied" not in refused.text


def _without(*names: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key not in names}


def _with(**changes: Any) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **changes}


CHANGED = {
    "another issuer": _with(iss="https://evil.example"),
    "another audience": _with(aud="another"),
    "another audience by our request": _with(aud="another", azp="kpbot"),
    "no audience": _without("aud"),
    "meant for another of several": _with(aud=["kpbot", "another"], azp="another"),
    "meant for nobody of several": _with(aud=["kpbot", "another"]),
    "another nonce": _with(nonce="x"),
    "no nonce": _without("nonce"),
    "no end": _without("exp"),
    "expired": lambda claims: {**claims, "exp": claims["iat"] - 120},
    "from the future": lambda claims: {**claims, "iat": claims["iat"] + 3600},
    "not yet": lambda claims: {**claims, "nbf": claims["iat"] + 3600},
    "no subject": _without("sub"),
    "an empty subject": _with(sub=""),
    "a subject that is no text": _with(sub=7),
    "another access token": _with(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "no number": _with(exp="tomorrow"),
}


@pytest.mark.parametrize("name", CHANGED)
async def test_a_token_that_is_not_about_this_login_is_refused(
    desk: Desk, provider: Provider, name: str
) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    provider.change = CHANGED[name]
    with structlog.testing.capture_logs() as lines:
        async with desk.browser() as browser:
            refused = await arrive(browser, provider, "s-1")
            assert refused.status_code == 400
            assert COOKIE not in browser.cookies
    (line,) = lines
    reasons = {"InvalidClaimError", "MissingClaimError", "ExpiredTokenError", "sub"}
    assert line["reason"] in reasons


@pytest.mark.parametrize(
    "change", [_with(), _with(aud=["kpbot"]), _with(aud=["kpbot"], azp="kpbot")]
)
async def test_a_token_signed_by_the_services_new_key_is_believed(
    desk: Desk, provider: Provider, change: Callable[[Claims], Claims]
) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    async with desk.browser() as browser:
        assert (await arrive(browser, provider, "s-1")).status_code == 303
        provider.change = change  # signs with another key from now on, and publishes it
        desk.time.passes(seconds=61)
        assert (await arrive(browser, provider, "s-1")).status_code == 303
    assert provider.requests.count("/jwks") == 2


FORGED: dict[str, Callable[[Provider, Claims], str]] = {
    "nobody's key": lambda _, claims: jwt.encode(
        {"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048)
    ),
    "no signature": lambda provider, claims: (
        "eyJhbGciOiJub25lIn0." + provider.signed(claims).split(".")[1] + "."
    ),
    "the client's secret": lambda _, claims: jwt.encode(
        {"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(SECRET.ljust(32, "x"))
    ),
    "the public key as a secret": lambda provider, claims: jwt.encode(
        {"alg": "HS256", "kid": "one"},
        claims,
        OctKey.import_key({"kty": "oct", "k": provider.key.as_dict(private=False)["n"]}),
    ),
    "other words": lambda provider, claims: ".".join(
        (
            provider.signed(claims).split(".")[0],
            provider.signed({**claims, "sub": "s-9"}).split(".")[1],
            provider.signed(claims).split(".")[2],
        )
    ),
    "no token": lambda *_: "",
    "no words": lambda *_: "a.b.c",
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_token_is_refused(desk: Desk, provider: Provider, name: str) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    provider.sign = lambda claims: FORGED[name](provider, claims)
    async with desk.browser() as browser:
        assert (await arrive(browser, provider, "s-1")).status_code == 400
        assert COOKIE not in browser.cookies


async def test_a_secret_the_service_published_by_mistake_signs_nothing(
    desk: Desk, provider: Provider
) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    secret = OctKey.generate_key(256, {"kid": "shared"})
    keys = KeySet([provider.key, secret]).as_dict(private=True)
    provider.answers["/jwks"] = Answer(json.dumps(keys), mimetype="application/json")
    provider.sign = lambda claims: jwt.encode({"alg": "HS256", "kid": "shared"}, claims, secret)
    async with desk.browser() as browser:
        assert (await arrive(browser, provider, "s-1")).status_code == 400
        assert COOKIE not in browser.cookies


async def test_an_address_only_told_by_userinfo_is_enough(desk: Desk, provider: Provider) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    provider.change = _without("email", "email_verified")
    async with desk.browser() as browser:
        assert (await arrive(browser, provider, "s-1")).status_code == 303
    assert "/userinfo" in provider.requests


async def test_userinfo_about_somebody_else_is_refused(desk: Desk, provider: Provider) -> None:
    desk.invite()
    provider.change = _without("email", "email_verified")
    told = f'{{"sub": "s-9", "email": "{EMAIL}", "email_verified": true}}'
    provider.answers["/userinfo"] = Answer(told, mimetype="application/json")
    async with desk.browser() as browser:
        assert (await arrive(browser, provider, "s-1")).status_code == 400


AWAY = {
    "down": Answer("", 503),
    "moved": Answer("", 302, {"location": "https://evil.example"}),
    "no json": Answer("<html>"),
    "a list": Answer("[]"),
    "another issuer": Answer('{"issuer": "https://evil.example"}'),
    "endless": Answer("x" * 300_000),
}


@pytest.mark.parametrize("name", AWAY)
async def test_a_service_that_is_away_is_one_sentence(
    desk: Desk, provider: Provider, name: str
) -> None:
    provider.answers["/.well-known/openid-configuration"] = AWAY[name]
    async with desk.browser() as browser:
        answer = await browser.get("/desk/oidc")
    assert answer.status_code == 503
    assert "Der Anmeldedienst ist gerade nicht erreichbar." in answer.text


@pytest.mark.parametrize("path", ["/oauth2/token", "/jwks"])
async def test_a_service_that_fails_on_the_way_back_is_one_sentence(
    desk: Desk, provider: Provider, path: str
) -> None:
    desk.invite()
    provider.answers[path] = Answer("", 500)
    async with desk.browser() as browser:
        answer = await arrive(browser, provider, "s-1")
        assert answer.status_code == 503
        assert COOKIE not in browser.cookies


async def test_a_service_that_does_not_answer_at_all(desk: Desk, provider: Provider) -> None:
    settings = OidcSettings("http://127.0.0.1:1", "kpbot")
    async with Desk(desk.database, oidc=settings).browser() as browser:
        assert (await browser.get("/desk/oidc")).status_code == 503
    assert provider.requests == []


@pytest.mark.parametrize("issuer", ["http://login.example.org", "ftp://x", "", "login"])
async def test_nothing_is_sent_unencrypted_through_a_network(desk: Desk, issuer: str) -> None:
    async with Desk(desk.database, oidc=OidcSettings(issuer, "kpbot")).browser() as browser:
        assert (await browser.get("/desk/oidc")).status_code == 503


async def test_without_a_service_there_is_no_such_way(desk: Desk) -> None:
    async with Desk(desk.database).browser() as browser:
        assert (await browser.get("/desk/oidc")).status_code == 404
        assert (await browser.get("/desk/oidc/callback?code=1&state=2")).status_code == 404
        assert "/desk/oidc" not in (await browser.get("/desk/login")).text


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/chat"])
async def test_the_service_leads_back_only_to_the_desk(
    desk: Desk, provider: Provider, wanted: str
) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    async with desk.browser() as browser:
        assert (await arrive(browser, provider, "s-1", wanted)).headers["location"] == "/desk"
        away = await browser.get("/desk/oidc")
        secret = browser.cookies[ATTEMPT].partition("~")[0]
        back = provider.confirms(away.headers["location"], "s-1")
        changed = {"cookie": f"{ATTEMPT}={secret}~https%3A%2F%2Fevil.example"}
        browser.cookies.clear()
        entered = await browser.get(back, headers=changed)
        assert entered.status_code == 303
        assert entered.headers["location"] == "/desk"


async def test_nothing_personal_and_nothing_secret_is_logged(
    desk: Desk, provider: Provider, capfd: pytest.CaptureFixture[str]
) -> None:
    desk.invite()
    provider.knows("s-1", email=EMAIL, email_verified=True)
    provider.knows("s-2", email="stranger@example.org", email_verified=True)
    with structlog.testing.capture_logs() as lines:
        async with desk.browser() as browser:
            await arrive(browser, provider, "s-1")
            await arrive(browser, provider, "s-2")
            provider.change = _with(nonce="x")
            desk.time.passes(seconds=61)
            await arrive(browser, provider, "s-1")
    assert lines == [
        {"event": "logged_in", "log_level": "info", "way": "service"},
        {
            "event": "login_refused",
            "log_level": "warning",
            "way": "service",
            "reason": "no_account",
        },
        {
            "event": "login_refused",
            "log_level": "warning",
            "way": "service",
            "reason": "InvalidClaimError",
        },
    ]
    assert SECRET not in repr(desk.access.service) + repr(OidcSettings("a", "b", SECRET))
    assert EMAIL not in "".join(capfd.readouterr())


async def test_the_access_knows_where_the_service_sends_people_back(desk: Desk) -> None:
    access = DeskAccess(
        desk.database, desk.time, "http://127.0.0.1:8080/", OidcSettings("https://a.example", "b")
    )
    assert access.service is not None
    assert access.service._callback == "http://127.0.0.1:8080/desk/oidc/callback"
