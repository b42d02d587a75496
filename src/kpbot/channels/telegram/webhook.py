"""The door through which Telegram brings updates: open to who knows the secret."""

from __future__ import annotations

import hashlib
import hmac
import json

import structlog
from fastapi import APIRouter, Request, Response

from kpbot.channels.telegram import TelegramChannel

log = structlog.get_logger()

PATH = "/telegram/updates"
"""Where the route is, below the public address."""
LARGEST_BODY = 1_000_000
"""Bytes of an update."""
_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 (the name of a header)


def secret_for(token: str) -> str:
    """A secret that only the holder of the bot's token can know; letters and digits."""
    return hmac.new(token.encode(), b"kpbot webhook", hashlib.sha256).hexdigest()


def webhook_routes(channel: TelegramChannel, secret: str) -> APIRouter:
    """POST /telegram/updates. 200: committed, or unreadable for ever; 503: bring it again.

    401 without the secret, 413 where the body is too large.
    """
    router = APIRouter()

    @router.post(PATH)
    async def updates(request: Request) -> Response:
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=401)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            log.error("update_unreadable", update=None)  # noqa: TRY400 (it could hold words)
            return Response(status_code=200)
        try:
            await channel.take(raw)
        except Exception as error:  # noqa: BLE001 (whatever keeps the store from answering)
            log.error("telegram_not_taken", failure=type(error).__name__)  # noqa: TRY400
            return Response(status_code=503, headers={"Retry-After": "5"})
        return Response(status_code=200)

    return router


async def _body(request: Request) -> bytes | None:
    """The body; None where it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
