"""Who may enter: the session behind a page, the token behind the API, requests from elsewhere.

A router of the desk asks by dependencies, after `install(app, access)`:

    @router.get("/desk/cases")
    async def cases(advisor: Annotated[Advisor, Depends(current_advisor)]) -> Response: ...

Every unsafe request that a cookie admits must come from our own pages; what asks for no advisor
and no token must call `require_own` itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, FastAPI, HTTPException, Request, Response, Security
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers

from kpbot.channels.web.sessions import read_token
from kpbot.desk.login_limits import LoginLimits
from kpbot.desk.login_next import LOGIN, local_target
from kpbot.desk.login_oidc import LoginService, OidcSettings
from kpbot.desk.login_pages import DESK_HEADERS, page, wanted_words
from kpbot.desk.passwords import Passwords
from kpbot.store import sessions, tokens
from kpbot.store.advisors import Advisor
from kpbot.store.database import Database
from kpbot.store.tokens import Token

_SAFE = {"GET", "HEAD", "OPTIONS"}
_API = "/api/"
_BEARER = HTTPBearer(auto_error=False, description="A token of `kpbot desk token add`.")
_PORTS = {"http": 80, "https": 443}


class WrongAddress(ValueError):  # noqa: N818 (it is a sentence for the operator)
    """The desk must not be reached under this address: the sentence says why."""


class Refused(HTTPException):
    """The request is not allowed; `word` names the sentence for the person."""

    def __init__(self, status: int, word: str) -> None:
        """The sentence is one of the words of the login page."""
        super().__init__(status, wanted_words("en", None)[word])
        self.word = word


class DeskAccess:
    """All that logging in needs, and what it decides by."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        public_url: str,
        oidc: OidcSettings | None = None,
        *,
        local: bool = True,
    ) -> None:
        """Nobody has come yet; `local`: accounts with a password may log in.

        Raises WrongAddress where cookies would go unencrypted through a network.
        """
        self.database = database
        self.clock = clock
        self.origin = _origin(public_url)
        self.secure = self.origin.startswith("https://")
        if not self.secure and not _is_loopback(urlsplit(self.origin).hostname or ""):
            raise WrongAddress("The desk needs an https address, or one of this machine alone.")
        self.cookie = self.cookie_named("kpbot-desk")
        self.local = local
        self.passwords = Passwords()
        self.limits = LoginLimits(clock)
        self.service = (
            LoginService(oidc, f"{self.origin}/desk/oidc/callback", clock) if oidc else None
        )

    def cookie_named(self, name: str) -> str:
        """The cookie's name: over https one that no other host and no script can set."""
        return f"__Host-{name}" if self.secure else name

    def set_cookie(
        self, response: Response, name: str, value: str, seconds: int | None = None
    ) -> None:
        """The browser keeps the value, for this host alone, until it closes or so long."""
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def forget_cookie(self, response: Response, name: str) -> None:
        """The browser keeps the value no longer."""
        response.delete_cookie(name, path="/", secure=self.secure, httponly=True, samesite="lax")

    def session_of(self, request: Request) -> str | None:
        """What the browser holds, if it has the form of a session; not yet that it is one."""
        return read_token(request.cookies.get(self.cookie))

    async def advisor_of(self, request: Request, *, renew: bool = True) -> Advisor | None:
        """Who is logged in; `renew`: this is a sign of life."""
        held = self.session_of(request)
        if held is None:
            return None
        return await asyncio.to_thread(self._advisor, held, renew)

    async def token_of(self, secret: str) -> Token | None:
        """What is known of a token of the API."""
        return await asyncio.to_thread(self._token, secret)

    def is_own(self, method: str, headers: Headers) -> bool:
        """Whether the request changes nothing, or was sent from our own pages.

        Browsers say it in Sec-Fetch-Site, older ones in Origin; who says neither is refused.
        """
        if method in _SAFE:
            return True
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in {"same-origin", "none"}
        return headers.get("origin") == self.origin

    def _advisor(self, held: str, renew: bool) -> Advisor | None:
        at = self.clock()
        session = self.database.read(lambda connection: sessions.find(connection, held, at))
        if session is None:
            return None
        if renew and session.is_stale(at):
            self.database.write(lambda connection: sessions.touch(connection, held, at))
        return session.advisor

    def _token(self, secret: str) -> Token | None:
        if not secret.startswith(tokens.PREFIX):
            return None
        at = self.clock()
        token = self.database.read(lambda connection: tokens.find(connection, secret))
        if token is not None and token.is_stale(at):
            self.database.write(lambda connection: tokens.touch(connection, token.name, at))
        return token


def install(app: FastAPI, access: DeskAccess) -> None:
    """The dependencies below work in the application, and what is refused is a page."""
    app.state.desk_access = access
    app.add_exception_handler(Refused, _refused)


def access_of(request: Request) -> DeskAccess:
    """What was installed."""
    access: DeskAccess = request.app.state.desk_access
    return access


def require_own(request: Request) -> None:
    """The request does not come from a foreign page in the person's name. Raises Refused."""
    if not access_of(request).is_own(request.method, request.headers):
        raise Refused(403, "foreign")


async def current_advisor(request: Request) -> Advisor:
    """Who is logged in; nobody: the login page, 401 for the API and for htmx."""
    return await _admitted(request, renew=True)


async def watching_advisor(request: Request) -> Advisor:
    """The same for what a page asks of its own accord: it does not keep the session alive."""
    return await _admitted(request, renew=False)


async def require_admin(advisor: Annotated[Advisor, Depends(current_advisor)]) -> Advisor:
    """Who is logged in, if it is an admin. Raises Refused."""
    if not advisor.is_admin:
        raise Refused(403, "admins_only")
    return advisor


def require_scope(scope: str) -> Callable[..., Awaitable[Token]]:
    """A dependency: the token of the request, if it is good for the scope; else 401 or 403."""

    async def token(
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)],
    ) -> Token:
        if credentials is None:
            raise _unauthorised("Bearer")
        known = await access_of(request).token_of(credentials.credentials)
        if known is None:
            raise _unauthorised('Bearer error="invalid_token"')
        if scope not in known.scopes:
            header = f'Bearer error="insufficient_scope", scope="{scope}"'
            raise HTTPException(
                403, "The token is not good for this.", headers={"WWW-Authenticate": header}
            )
        return known

    return token


async def _admitted(request: Request, *, renew: bool) -> Advisor:
    require_own(request)
    advisor = await access_of(request).advisor_of(request, renew=renew)
    if advisor is None:
        raise _login_needed(request)
    return advisor


def _login_needed(request: Request) -> HTTPException:
    if request.url.path.startswith(_API):
        return _unauthorised("Bearer")
    wanted = request.url.path
    if request.url.query:
        wanted += f"?{request.url.query}"
    if "hx-request" in request.headers:  # a redirect would put the login page into the page
        shown = urlsplit(request.headers.get("hx-current-url", ""))
        wanted = f"{shown.path}?{shown.query}" if shown.query else shown.path
        headers = {"HX-Redirect": _login_address(wanted)}
        return HTTPException(401, "Nobody is logged in.", headers=headers)
    wanted = wanted if request.method in _SAFE else ""
    return HTTPException(303, headers={"Location": _login_address(wanted)})


def _login_address(wanted: str) -> str:
    target = local_target(wanted)
    return LOGIN if target == local_target("") else f"{LOGIN}?next={quote(target, safe='')}"


def _unauthorised(header: str) -> HTTPException:
    return HTTPException(401, "Nobody is logged in.", headers={"WWW-Authenticate": header})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 (the handler is registered for it alone)
    if request.url.path.startswith(_API):
        return JSONResponse({"detail": error.detail}, error.status_code)
    language = request.query_params.get("language")
    words = wanted_words(language, request.headers.get("accept-language"))
    text = page("refused.html", words, {"sentence": words[error.word]})
    return HTMLResponse(text, error.status_code, headers=DESK_HEADERS)


def _origin(url: str) -> str:
    """Scheme, host and port as a browser sends them. Raises WrongAddress."""
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        raise WrongAddress("The public address is none.") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise WrongAddress("The public address must begin with https:// or http://.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    is_usual = port is None or port == _PORTS[parts.scheme]
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
