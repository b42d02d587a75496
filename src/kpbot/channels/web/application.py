"""The routes and the guards around them, put together."""

from __future__ import annotations

from fastapi import FastAPI

from kpbot.channels.web import WebChannel, WebHouse
from kpbot.channels.web.api import api_routes
from kpbot.channels.web.headers import Guard
from kpbot.channels.web.pages import page_routes
from kpbot.channels.web.plain import plain_routes
from kpbot.channels.web.reception import Reception


def build(house: WebHouse, channel: WebChannel) -> FastAPI:
    """The application, without generated documentation (it would load from elsewhere)."""
    reception = Reception(house, channel)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(page_routes(house))
    app.include_router(plain_routes(reception))
    app.include_router(api_routes(reception))
    app.add_middleware(Guard, allowed_origins=house.allowed_origins)
    return app
