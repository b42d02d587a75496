"""The files the desk's pages load: one style, two scripts, nothing from elsewhere."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from kpbot.desk.login_pages import DESK_HEADERS


def file_routes() -> APIRouter:
    """/desk/desk.css, /desk/htmx.js and /desk/unsent.js."""
    router = APIRouter(include_in_schema=False)
    style = _read("kpbot.channels.web", "tokens.css") + _read("kpbot.desk", "desk.css")
    scripts = {"htmx": "htmx.min.js", "unsent": "unsent.js"}
    script = {name: _read("kpbot.desk", file) for name, file in scripts.items()}

    @router.get("/desk/desk.css")
    def desk_css(request: Request) -> Response:
        return _file(request, style, "text/css")

    @router.get("/desk/htmx.js")
    def htmx_js(request: Request) -> Response:
        return _file(request, script["htmx"], "text/javascript")

    @router.get("/desk/unsent.js")
    def unsent_js(request: Request) -> Response:
        return _file(request, script["unsent"], "text/javascript")

    return router


def _file(request: Request, content: bytes, media_type: str) -> Response:
    """The file, or only the word that the browser's copy is still the same."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {**DESK_HEADERS, "etag": etag, "cache-control": "no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _read(package: str, name: str) -> bytes:
    return (files(package) / "static" / name).read_bytes()
