"""Everything that is stored about a person as a file, for whoever holds the session."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from kpbot.channels.web.plain import COOKIE
from kpbot.channels.web.reception import Reception, Refused
from kpbot.channels.web.sessions import address_of, bearer, read_token
from kpbot.channels.web.words import wanted_language, words_of

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Disposition": 'attachment; filename="kpbot-data.json"',
}


def mydata_routes(reception: Reception) -> APIRouter:
    """GET /chat/mydata with the page's cookie, GET /api/chat/mydata with the session's token."""
    router = APIRouter()

    @router.get("/chat/mydata")
    async def of_page(request: Request) -> Response:
        return await _answer(request, reception, read_token(request.cookies.get(COOKIE)))

    @router.get("/api/chat/mydata")
    async def of_component(request: Request) -> Response:
        token = bearer(request.headers.get("authorization"))
        return await _answer(request, reception, token)

    return router


async def _answer(request: Request, reception: Reception, token: str | None) -> Response:
    try:
        return await _file(request, reception, token)
    except Refused as refused:
        accepted = request.headers.get("accept-language")
        sentence = words_of(wanted_language(None, accepted))[refused.word]
        headers = {"Cache-Control": "no-store"}
        if refused.retry_after:
            headers["Retry-After"] = str(refused.retry_after)
        return PlainTextResponse(sentence, status_code=refused.status, headers=headers)


async def _file(request: Request, reception: Reception, token: str | None) -> Response:
    """The file. Raises Refused."""
    if token is None:
        raise Refused(401, "forgotten")
    address = address_of(token)
    reception.check_rate(request, address)
    found = await reception.about(address)
    if not found:
        raise Refused(404, "forgotten")
    content = json.dumps(found, ensure_ascii=False, indent=2)
    return Response(content, media_type="application/json", headers=_HEADERS)
