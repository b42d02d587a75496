"""Who may enter: the session behind a page, the token behind the API, requests from elsewhere.

A router of the desk asks by dependencies, after `install(app, access)`:

    @router.get("/desk/cases")
    async def cases(advisor: Annotated[Advisor, Depends(current_advisor)]) -> Response: ...

Every unsafe request that a cookie admits must come from our own pages; what asks for no advisor
and no token must call `require_own` itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, FastAPI, HTTPException, Request, Response, Security
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kpbot.desk.access import DeskAccess as DeskAccess  # noqa: PLC0414 (who installs needs it)
from kpbot.desk.access import WrongAddress as WrongAddress  # noqa: PLC0414 (the same)
from kpbot.desk.access import access_of
from kpbot.desk.login_form import Fields, Unreadable, read_form
from kpbot.desk.login_next import LOGIN, local_target
from kpbot.desk.login_pages import DESK_HEADERS, page, wanted_words
from kpbot.desk.wording import language_of
from kpbot.store.advisors import Advisor
from kpbot.store.tokens import Token

_SAFE = {"GET", "HEAD", "OPTIONS"}
_API = "/api/"
_BEARER = HTTPBearer(auto_error=False, description="A token of `kpbot desk token add`.")


class Refused(HTTPException):
    """The request is not allowed; `word` names the sentence for the person."""

    def __init__(self, status: int, word: str) -> None:
        """The sentence is one of the words of the login page."""
        super().__init__(status, wanted_words("en", None)[word])
        self.word = word


class SessionEnded(HTTPException):
    """Nobody is logged in any more, and something was typed that must not be lost."""

    def __init__(self, fields: Fields | None = None) -> None:
        """`fields`: the form that was sent; None: a page asked for news of its own accord."""
        super().__init__(401, "Nobody is logged in.")
        self.fields = fields


def install(app: FastAPI, access: DeskAccess) -> None:
    """The dependencies below work in the application, and what is refused is a page."""
    app.state.desk_access = access
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(SessionEnded, _ended)


def require_own(request: Request) -> None:
    """The request does not come from a foreign page in the person's name. Raises Refused."""
    if not access_of(request).is_own(request.method, request.headers):
        raise Refused(403, "foreign")


async def current_advisor(request: Request) -> Advisor:
    """Who is logged in; nobody: the login page, 401 for the API and for htmx.

    Who sends a form and is logged out gets it back, to be sent again.
    """
    return await _admitted(request, renew=True)


async def watching_advisor(request: Request) -> Advisor:
    """The same for what a page asks of its own accord: it does not keep the session alive.

    Nobody: the page is told so and stays, with everything that was typed in it.
    """
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
    if advisor is not None:
        return advisor
    if request.url.path.startswith(_API):
        raise _unauthorised("Bearer")
    if _asks_by_htmx(request):
        raise _login_needed(request) if renew else SessionEnded()
    fields = await _sent(request)
    raise SessionEnded(fields) if fields else _login_needed(request)


async def _sent(request: Request) -> Fields:
    """The form that was sent, if it is one."""
    if request.method != "POST":
        return {}
    try:
        return await read_form(request)
    except Unreadable:
        return {}


def _login_needed(request: Request) -> HTTPException:
    """The way to the login page, and from there to the page where the person was."""
    if _asks_by_htmx(request):  # a redirect would put the login page into the page
        wanted = _page_of(request.headers.get("hx-current-url", ""))
        headers = {"HX-Redirect": _login_address(wanted)}
        return HTTPException(401, "Nobody is logged in.", headers=headers)
    asked = str(request.url) if request.method in _SAFE else request.headers.get("referer", "")
    return HTTPException(303, headers={"Location": _login_address(_page_of(asked))})


def _asks_by_htmx(request: Request) -> bool:
    return "hx-request" in request.headers


def _page_of(address: str) -> str:
    """Path and query of the address."""
    shown = urlsplit(address)
    return f"{shown.path}?{shown.query}" if shown.query else shown.path


def _login_address(wanted: str) -> str:
    target = local_target(wanted)
    return LOGIN if target == local_target("") else f"{LOGIN}?next={quote(target, safe='')}"


def _unauthorised(header: str) -> HTTPException:
    return HTTPException(401, "Nobody is logged in.", headers={"WWW-Authenticate": header})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 (the handler is registered for it alone)
    if request.url.path.startswith(_API):
        return JSONResponse({"detail": error.detail}, error.status_code)
    words = wanted_words(language_of(request), None)
    text = page("refused.html", words, {"sentence": words[error.word]})
    return HTMLResponse(text, error.status_code, headers=DESK_HEADERS)


async def _ended(request: Request, error: Exception) -> Response:
    assert isinstance(error, SessionEnded)  # noqa: S101 (the handler is registered for it alone)
    words = wanted_words(language_of(request), None)
    if error.fields is None:
        shown = _page_of(request.headers.get("hx-current-url", ""))
        told = {"login": _login_address(shown), "known": "ended" in request.query_params}
        headers = {**DESK_HEADERS, "HX-Reswap": "none"}
        return HTMLResponse(page("ended_live.html", words, told), 401, headers=headers)
    fields = error.fields
    hidden = [(name, each) for name, sent in fields.items() for each in sent if name != "text"]
    values = {
        "login": _login_address(_page_of(request.headers.get("referer", ""))),
        "action": request.url.path,
        "typed": fields.get("text"),
        "hidden": hidden,
    }
    return HTMLResponse(page("ended.html", words, values), 401, headers=DESK_HEADERS)
