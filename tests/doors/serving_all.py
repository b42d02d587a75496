"""Everything `kpbot serve` opens, put together by the same functions, with people behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute

from kpbot.channels.web import WebChannel, create_app
from kpbot.desk.guard import DeskAccess, install
from kpbot.doors import open_doors, web_house
from kpbot.house import House
from kpbot.service import Service
from kpbot.settings import Settings
from kpbot.store import advisors, sessions, tokens
from kpbot.store.advisors import Advisor, Role
from kpbot.store.database import Database
from kpbot.turn import receive

PUBLIC = "https://kpbot.example.org"
OWN = {"sec-fetch-site": "same-origin"}
SETTINGS = {
    "public_url": PUBLIC,
    "telegram_token": "123456789:AAtest-token-of-an-invented-bot_0000",
    "telegram_mode": "webhook",
    "contact": "info@example.org",
}
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Way:
    """A method of a route."""

    method: str
    path: str

    def filled(self, value: str) -> str:
        """The path with this in the place of every parameter."""
        return re.sub(r"\{[^}]*\}", lambda _: value, self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class Everything:
    """The application, its store, and browsers."""

    def __init__(self, house: House, database: Database, **settings: str) -> None:
        """To be made inside a running loop."""
        self.database = database
        self.service = Service(Settings(**{**SETTINGS, **settings}), house, database)
        self.service.warm.set()
        web = WebChannel()
        doors = open_doors(self.service, web, 8080)
        pages = web_house(
            self.service.settings,
            house,
            database,
            lambda inbound: receive(database, inbound, house) and None,
            self.service.clock,
        )
        self.app: FastAPI = create_app(replace(pages), web, doors.routers)
        assert doors.desk is not None
        self.access: DeskAccess = doors.desk
        install(self.app, self.access)

    @property
    def ways(self) -> list[Way]:
        """Every method of every route."""
        return [
            Way(method, route.path)
            for route in _routes(self.app.routes)
            for method in sorted(route.methods)
        ]

    def invite(self, name: str, role: Role = "advisor") -> Advisor:
        """Somebody who may enter."""
        email = f"{name.lower()}@example.org"
        at = self.service.clock()
        return self.database.write(lambda c: advisors.add(c, name, email, role=role, at=at))

    def browser(self, advisor: Advisor | None = None, **headers: str) -> httpx.AsyncClient:
        """A browser; logged in, and on our own pages, if an advisor is given."""
        cookies = {}
        if advisor is not None:
            at = self.service.clock()
            held = self.database.write(lambda c: sessions.begin(c, advisor.id, at))
            cookies = {self.access.cookie: held}
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url=PUBLIC,
            headers=headers,
            cookies=cookies,
            trust_env=False,
        )

    def system(self, *scopes: str) -> httpx.AsyncClient:
        """A system of the operator's with a token."""
        at = self.service.clock()
        name = "-".join(scopes).replace(":", ".") or "none"
        secret = self.database.write(lambda c: tokens.add(c, name, scopes, at))
        return self.browser(authorization=f"Bearer {secret}")


def _routes(routes: object) -> Iterator[APIRoute]:
    """Every route, those of included routers too."""
    for route in routes:  # type: ignore[attr-defined]
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)
        elif hasattr(route, "routes"):
            yield from _routes(route.routes)
        else:
            raise AssertionError(f"an unknown kind of route: {route!r}")
