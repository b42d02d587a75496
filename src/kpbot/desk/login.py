"""Logging in and out: by a password, or by a login service."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from urllib.parse import quote, unquote

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from kpbot.channels.web.sessions import read_token
from kpbot.desk.guard import DeskAccess, Refused, require_own
from kpbot.desk.login_form import Fields, Unreadable, field, read_form
from kpbot.desk.login_next import LOGIN, local_target
from kpbot.desk.login_oidc import Attempt, Identity, LoginService
from kpbot.desk.login_oidc_http import NotConfirmed, ServiceAway
from kpbot.desk.login_pages import DESK_HEADERS, Words, login_style, page, wanted_words
from kpbot.store import advisors, sessions

log = structlog.get_logger()

_READ = ["GET", "HEAD"]
_ATTEMPT = "kpbot-login"
_ATTEMPT_SECONDS = 600


def login_routes(access: DeskAccess) -> APIRouter:
    """GET and POST /desk/login, POST /desk/logout, GET /desk/oidc and /desk/oidc/callback."""
    router = APIRouter(include_in_schema=False)

    @router.api_route(LOGIN, methods=_READ)
    async def show(request: Request) -> Response:
        target = local_target(request.query_params.get("next", ""))
        if await access.advisor_of(request) is not None:
            return _redirect(target)
        notice = "logged_out" if "out" in request.query_params else ""
        return _form(request, access, target, notice=notice)

    @router.post(LOGIN)
    async def log_in(request: Request) -> Response:
        require_own(request)
        return await _with_password(request, access, await _fields(request))

    @router.post("/desk/logout")
    async def log_out(request: Request) -> Response:
        require_own(request)
        try:
            everywhere = field(await read_form(request), "everywhere") != ""
        except Unreadable:
            everywhere = False  # whoever wants to leave may, however they say it
        held = access.session_of(request)
        if held is not None:
            await asyncio.to_thread(_end, access, held, everywhere)
        response = _redirect(f"{LOGIN}?out=1")
        access.forget_cookie(response, access.cookie)
        return response

    @router.get("/desk/oidc")
    async def begin(request: Request) -> Response:
        return await _to_service(request, access)

    @router.get("/desk/oidc/callback")
    async def finish(request: Request) -> Response:
        return await _from_service(request, access)

    @router.api_route("/desk/login.css", methods=_READ)
    async def style() -> Response:
        headers = {**DESK_HEADERS, "cache-control": "no-cache"}
        return Response(login_style(), media_type="text/css", headers=headers)

    return router


async def _with_password(request: Request, access: DeskAccess, form: Fields) -> Response:
    """The session has begun, or the form says why not."""
    if not access.local:
        raise Refused(404, "not_offered")
    target = local_target(field(form, "next"))
    email, password = field(form, "email").strip()[:254], field(form, "password")
    if not email or not password:
        return _form(request, access, target, "missing", email=email, status=422)
    wait = access.limits.client(_client(request)) or access.limits.account(email)
    if wait:
        log.warning("login_refused", way="password", reason="too_often")
        return _form(request, access, target, "too_often", email=email, wait=wait, status=429)
    held = await _checked(access, email, password, access.session_of(request))
    if held is None:
        log.warning("login_refused", way="password", reason="wrong")
        return _form(request, access, target, "wrong", email=email, status=403)
    log.info("logged_in", way="password")
    return _entered(access, target, held)


async def _checked(access: DeskAccess, email: str, password: str, before: str | None) -> str | None:
    """What the browser shall hold, where it is the password; the same is done for nobody."""
    known = await asyncio.to_thread(
        access.database.read, lambda connection: advisors.password_hash_of(connection, email)
    )
    old = known[1] if known is not None else None
    checked = await access.passwords.check(password, old)
    if known is None or old is None or not checked.right:
        return None
    advisor, new = known[0], checked.new_hash

    def begin(connection: sa.Connection) -> str | None:
        if advisors.password_hash_of(connection, email) != known:
            return None  # deactivated, or given another password, in this moment
        if new is not None:
            advisors.renew_hash(connection, advisor.id, old, new)
        return _begin(connection, access, advisor.id, before)

    return await asyncio.to_thread(access.database.write, begin)


async def _to_service(request: Request, access: DeskAccess) -> Response:
    """The browser is on its way to the login service, with what it needs to come back."""
    service = _service(access)
    target = local_target(request.query_params.get("next", ""))
    attempt = Attempt.new()
    try:
        address = await service.address(attempt)
    except ServiceAway as away:
        return _unidentified(request, access, target, "service_away", away.reason, 503)
    response = _redirect(address)
    value = f"{attempt.secret}~{quote(target, safe='')}"
    access.set_cookie(response, access.cookie_named(_ATTEMPT), value, _ATTEMPT_SECONDS)
    return response


async def _from_service(request: Request, access: DeskAccess) -> Response:
    """The session has begun, or the form says why not; the attempt is used up."""
    service = _service(access)
    name = access.cookie_named(_ATTEMPT)
    secret, _, wanted = request.cookies.get(name, "").partition("~")
    target = local_target(unquote(wanted))
    response = await _identified(request, access, service, read_token(secret), target)
    access.forget_cookie(response, name)
    return response


async def _identified(
    request: Request, access: DeskAccess, service: LoginService, secret: str | None, target: str
) -> Response:
    wait = access.limits.client(_client(request))
    if wait:
        return _form(request, access, target, "too_often", wait=wait, status=429)
    if secret is None:
        return _unidentified(request, access, target, "not_confirmed", "no_attempt", 400)
    try:
        identity = await service.identify(Attempt(secret), request.query_params)
    except ServiceAway as away:
        return _unidentified(request, access, target, "service_away", away.reason, 503)
    except NotConfirmed as no:
        return _unidentified(request, access, target, "not_confirmed", no.reason, 400)
    before = access.session_of(request)

    def begin(connection: sa.Connection) -> str | None:
        advisor = _advisor_of(connection, identity)
        return None if advisor is None else _begin(connection, access, advisor, before)

    held = await asyncio.to_thread(access.database.write, begin)
    if held is None:
        return _unidentified(request, access, target, "no_account", "no_account", 403)
    log.info("logged_in", way="service")
    return _entered(access, target, held)


def _advisor_of(connection: sa.Connection, identity: Identity) -> str | None:
    """The id of the active advisor: known by subject, or the first time by verified address."""
    known = advisors.find_by_subject(connection, identity.subject)
    if known is not None:
        return known.id
    if identity.email is None:
        return None
    invited = advisors.find_by_email(connection, identity.email)
    if invited is None or advisors.has_subject(connection, invited.id):
        return None  # somebody else at the service has the advisor's address now
    advisors.set_subject(connection, invited.id, identity.subject)
    return invited.id


def _begin(connection: sa.Connection, access: DeskAccess, advisor: str, before: str | None) -> str:
    """A session under a new id; the one that the browser held before has ended."""
    if before is not None:
        sessions.end(connection, before)
    return sessions.begin(connection, advisor, access.clock())


def _end(access: DeskAccess, held: str, everywhere: bool) -> None:
    def end(connection: sa.Connection) -> None:
        session = sessions.find(connection, held, access.clock())
        if everywhere and session is not None:
            sessions.end_all(connection, session.advisor.id)
        sessions.end(connection, held)

    access.database.write(end)


def _entered(access: DeskAccess, target: str, held: str) -> Response:
    response = _redirect(target)
    access.set_cookie(response, access.cookie, held)
    return response


def _unidentified(  # noqa: PLR0913, PLR0917 (an answer)
    request: Request, access: DeskAccess, target: str, word: str, reason: str, status: int
) -> Response:
    log.warning("login_refused", way="service", reason=reason)
    return _form(request, access, target, word, status=status)


def _form(  # noqa: PLR0913 (an answer)
    request: Request,
    access: DeskAccess,
    target: str,
    word: str = "",
    *,
    notice: str = "",
    email: str = "",
    wait: float = 0,
    status: int = 200,
) -> Response:
    """The login page; `word` names what was wrong, `wait` the seconds until the next attempt."""
    words = _words(request)
    sentence = words[word].replace("{minutes}", str(math.ceil(wait / 60))) if word else ""
    values: Mapping[str, object] = {
        "sentence": sentence,
        "field": "email" if word in {"wrong", "missing"} else "",
        "notice": words[notice] if notice else "",
        "service": (access.service.name or words["service"]) if access.service else "",
        "local": access.local,
        "next": target,
        "email": email,
    }
    headers = {**DESK_HEADERS, "vary": "Accept-Language"}
    if wait:
        headers["retry-after"] = str(math.ceil(wait))
    return HTMLResponse(page("login.html", words, values), status, headers=headers)


def _words(request: Request) -> Words:
    return wanted_words(
        request.query_params.get("language"), request.headers.get("accept-language")
    )


async def _fields(request: Request) -> Fields:
    try:
        return await read_form(request)
    except Unreadable:
        raise Refused(400, "unreadable") from None


def _service(access: DeskAccess) -> LoginService:
    if access.service is None:
        raise Refused(404, "not_offered")
    return access.service


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _redirect(target: str) -> RedirectResponse:
    return RedirectResponse(target, status_code=303, headers=DESK_HEADERS)
