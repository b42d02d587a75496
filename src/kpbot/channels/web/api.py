"""The API of the component: events by POST, answers as a stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from kpbot.channels.web.events import TooLong, Unreadable, read_event
from kpbot.channels.web.limits import MOST_STREAMS
from kpbot.channels.web.reception import Reception, Refused, read_body
from kpbot.channels.web.sessions import address_of, bearer
from kpbot.channels.web.words import wanted_language, words_of
from kpbot.model import Outbound

KEEP_ALIVE_SECONDS = 20.0
"""A comment this often keeps proxies from closing a silent stream."""
_LARGEST_ID = 2**62


def api_routes(reception: Reception) -> APIRouter:
    """POST /api/chat/messages and GET /api/chat/stream."""
    router = APIRouter(prefix="/api/chat")

    @router.post("/messages")
    async def messages(request: Request) -> Response:
        try:
            return await _take(request, reception)
        except Refused as refused:
            return _refusal(request, refused)

    @router.get("/stream")
    async def stream(request: Request) -> Response:
        try:
            return await _stream(request, reception)
        except Refused as refused:
            return _refusal(request, refused)

    return router


async def _take(request: Request, reception: Reception) -> Response:
    """One event is committed; the answer names the session it belongs to."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused(415, "unreadable")  # and so no foreign form can post without a preflight
    try:
        posted = read_event(await read_body(request))
    except TooLong:
        raise Refused(413, "too_long") from None
    except Unreadable:
        raise Refused(400, "unreadable") from None
    had_session = "authorization" in request.headers
    received = await reception.take(request, posted, bearer(request.headers.get("authorization")))
    forgotten = received.begun and had_session
    return JSONResponse(
        {"token": received.token, "forgotten": forgotten}, headers={"Cache-Control": "no-store"}
    )


async def _stream(request: Request, reception: Reception) -> Response:
    """Everything said to the person after the id they name, then what comes, as it comes."""
    token = bearer(request.headers.get("authorization"))
    if token is None:
        raise Refused(401, "forgotten")
    address = address_of(token)
    reception.check_rate(request, address)
    if reception.channel.listening(address) >= MOST_STREAMS:
        raise Refused(429, "too_often", 30)
    if not await reception.said(address):
        raise Refused(404, "forgotten")
    return StreamingResponse(
        _events(reception, address, _after(request)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(reception: Reception, address: str, after: int) -> AsyncIterator[str]:
    channel = reception.channel
    listener = channel.listen(address)
    caught_up = False
    try:
        while not channel.closed:
            listener.clear()
            for id_, message in await reception.said(address, after):
                after = id_
                yield f"id: {id_}\ndata: {_line(message_data(id_, message))}\n\n"
            if not caught_up:
                caught_up = True
                yield "event: now\ndata: {}\n\n"
            try:
                await asyncio.wait_for(listener.wait(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
    except Refused:
        return  # the store is away: the component comes again and asks from its last id
    finally:
        channel.leave(address, listener)


def message_data(id_: int, message: Outbound) -> dict[str, Any]:
    """A message as the component reads it."""
    select = message.select
    return {
        "id": id_,
        "turn": message.turn,
        "language": message.language,
        "text": message.text,
        "buttons": [
            {"id": b.id, "title": b.title, "question": b.question} for b in message.buttons
        ],
        "select": select
        and {"question": select.question, "min": select.minimum, "max": select.maximum},
        "toast": message.toast,
    }


def _line(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _after(request: Request) -> int:
    """The last id the person has seen: the header wins, it is the newer one."""
    for value in (request.headers.get("last-event-id"), request.query_params.get("after")):
        if value and value.isascii() and value.isdigit():
            return min(int(value[:19]), _LARGEST_ID)
    return 0


def _refusal(request: Request, refused: Refused) -> Response:
    """The reason as one sentence in the person's language."""
    language = wanted_language(
        request.query_params.get("language"), request.headers.get("accept-language")
    )
    headers = {"Cache-Control": "no-store"}
    if refused.retry_after:
        headers["Retry-After"] = str(refused.retry_after)
    sentence = words_of(language)[refused.word]
    return JSONResponse(
        {"error": refused.word, "sentence": sentence}, status_code=refused.status, headers=headers
    )
