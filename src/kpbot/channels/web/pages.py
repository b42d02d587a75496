"""The pages, the script, the styles, and the two addresses a supervisor asks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from kpbot.channels.web import WebHouse
from kpbot.channels.web.assets import Asset, icon, page_style, widget_script
from kpbot.channels.web.rendering import render
from kpbot.channels.web.words import wanted_language
from kpbot.model import Language

_READ = ["GET", "HEAD"]


def page_routes(house: WebHouse) -> APIRouter:
    """/, /privacy, /widget.js, /page.css, /icon.svg, /healthz, /readyz."""
    router = APIRouter()
    script = widget_script(house.contact)
    style = page_style()
    sign = icon()

    @router.api_route("/", methods=_READ)
    async def chat_page(request: Request) -> Response:
        return _page("chat.html", request_language(request), {"contact": house.contact})

    @router.api_route("/privacy", methods=_READ)
    async def privacy(request: Request) -> Response:
        language = request_language(request)
        return _page("privacy.html", language, {"text": house.privacy.get(language, "")})

    @router.api_route("/widget.js", methods=_READ)
    async def widget(request: Request) -> Response:
        return _asset(request, script, {"Cross-Origin-Resource-Policy": "cross-origin"})

    @router.api_route("/page.css", methods=_READ)
    async def page_css(request: Request) -> Response:
        return _asset(request, style)

    @router.api_route("/icon.svg", methods=_READ)
    async def icon_svg(request: Request) -> Response:
        return _asset(request, sign)

    @router.api_route("/healthz", methods=_READ)
    async def healthz() -> Response:
        return _health(200, "ok")

    @router.api_route("/readyz", methods=_READ)
    async def readyz() -> Response:
        try:
            ready = await asyncio.to_thread(house.ready)
        except Exception:  # noqa: BLE001 (whatever it is, we are not ready)
            ready = False
        return _health(200, "ready") if ready else _health(503, "not ready")

    return router


def request_language(request: Request) -> Language:
    """The language a page is wanted in."""
    return wanted_language(
        request.query_params.get("language"), request.headers.get("accept-language")
    )


def _page(template: str, language: Language, values: Mapping[str, object]) -> Response:
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return HTMLResponse(render(template, language, values), headers=headers)


def _asset(request: Request, asset: Asset, headers: Mapping[str, str] | None = None) -> Response:
    """The file, or only the word that the browser's copy is still the same."""
    always = {"ETag": asset.etag, "Cache-Control": "no-cache", **(headers or {})}
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=always)
    return Response(asset.body, media_type=asset.type, headers=always)


def _health(status: int, word: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    return JSONResponse({"status": word}, status_code=status, headers=headers)
