"""What is known of who may enter: sessions, tokens, and where requests must come from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import Headers

from kpbot.channels.web.sessions import read_token
from kpbot.desk.login_limits import LoginLimits
from kpbot.desk.login_oidc import LoginService, OidcSettings
from kpbot.desk.passwords import Passwords
from kpbot.store import sessions, tokens
from kpbot.store.advisors import Advisor
from kpbot.store.database import Database
from kpbot.store.tokens import Token

_SAFE = {"GET", "HEAD", "OPTIONS"}
_PORTS = {"http": 80, "https": 443}


class WrongAddress(ValueError):  # noqa: N818 (it is a sentence for the operator)
    """The desk must not be reached under this address: the sentence says why."""


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


def access_of(request: Request) -> DeskAccess:
    """What was installed."""
    access: DeskAccess = request.app.state.desk_access
    return access


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
