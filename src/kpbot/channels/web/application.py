"""The routes and the guards around them, put together."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from kpbot.channels.web import WebChannel, WebHouse
from kpbot.channels.web.api import api_routes
from kpbot.channels.web.headers import Guard
from kpbot.channels.web.mydata import mydata_routes
from kpbot.channels.web.pages import page_routes
from kpbot.channels.web.plain import plain_routes
from kpbot.channels.web.reception import Reception


def build(house: WebHouse, channel: WebChannel, routers: Sequence[APIRouter] = ()) -> FastAPI:
    """The application, without generated documentation (it would load from elsewhere)."""
    reception = Reception(house, channel)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for router in (
        page_routes(house),
        plain_routes(reception),
        api_routes(reception),
        mydata_routes(reception),
        *routers,
    ):
        app.include_router(router)
    app.add_middleware(Guard, allowed_origins=house.allowed_origins)
    return app
