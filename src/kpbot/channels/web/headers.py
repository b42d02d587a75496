"""What every answer carries, and who may ask from elsewhere."""

from __future__ import annotations

import asyncio

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
CONTENT_SECURITY_POLICY = "; ".join(
    (*_POLICY, "require-trusted-types-for 'script'", "trusted-types 'none'")
)
POLICY_WITHOUT_TRUSTED_TYPES = "; ".join(_POLICY)
"""For pages whose library sets HTML that came from our own server."""
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
_SHARED = ("/api/chat/",)


class Guard:
    """Security headers on every answer, CORS for the sites that embed the widget.

    A mistake of ours ends here in a short answer: no traceback with a person's words goes on.
    """

    def __init__(self, app: ASGIApp, allowed_origins: tuple[str, ...] = ()) -> None:
        """`allowed_origins`: scheme, host and port, as a browser sends them."""
        self._app = app
        self._allowed = frozenset(origin.rstrip("/").lower() for origin in allowed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer has gone out with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        extra = self._cross_origin(scope)
        began = False

        async def send_guarded(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                headers = MutableHeaders(scope=message)
                for name, value in (SECURITY_HEADERS | extra).items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            app = self._preflight(scope, extra) or self._app
            await app(scope, receive, send_guarded)
        except asyncio.CancelledError:  # the server stops and waits no longer
            if not began:
                answer = PlainTextResponse("503", 503, {"Retry-After": "5"})
                await answer(scope, receive, send_guarded)
        except ClientDisconnect:
            return  # there is nobody to answer, and no fault of ours
        except Exception as error:
            log.error("web_failed", failure=type(error).__name__)  # noqa: TRY400 (no traceback)
            if began:
                raise
            await PlainTextResponse("500", status_code=500)(scope, receive, send_guarded)

    def _cross_origin(self, scope: Scope) -> dict[str, str]:
        """The CORS headers, where the request comes from a site that may embed the widget."""
        if not self._allowed or not scope["path"].startswith(_SHARED):
            return {}
        origin = Headers(scope=scope).get("origin", "")
        if origin.lower() not in self._allowed:
            return {"vary": "Origin"}
        return {
            "access-control-allow-origin": origin,
            "access-control-expose-headers": "Retry-After",
            "vary": "Origin",
        }

    def _preflight(self, scope: Scope, extra: dict[str, str]) -> Response | None:
        """The answer to a browser that asks first; None: it does not, or has no right to."""
        asks = "access-control-request-method" in Headers(scope=scope)
        if scope["method"] != "OPTIONS" or not asks or "access-control-allow-origin" not in extra:
            return None
        return Response(
            status_code=204,
            headers={
                "access-control-allow-methods": "GET, POST",
                "access-control-allow-headers": "authorization, content-type, last-event-id",
                "access-control-max-age": "600",
            },
        )
