"""A desk with a page for everyone logged in, one for admins, and one for tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any

import httpx
from fastapi import APIRouter, Depends, FastAPI

from kpbot.channels.web.headers import Guard
from kpbot.desk.guard import (
    DeskAccess,
    current_advisor,
    install,
    require_admin,
    require_scope,
    watching_advisor,
)
from kpbot.desk.login import login_routes
from kpbot.desk.passwords import hash_password
from kpbot.store import advisors
from kpbot.store.advisors import Advisor, Role
from kpbot.store.database import Database
from kpbot.store.tokens import Token

PUBLIC = "https://desk.example.org"
OWN = {"sec-fetch-site": "same-origin"}
COOKIE = "__Host-kpbot-desk"
PHRASE = "richtig-pferd-batterie"
EMAIL = "leila.brandt@example.org"

router = APIRouter()


@router.api_route("/desk", methods=["GET", "POST"])
@router.api_route("/desk/cases", methods=["GET", "POST", "DELETE"])
async def cases(advisor: Annotated[Advisor, Depends(current_advisor)]) -> dict[str, str]:
    return {"name": advisor.name, "role": advisor.role}


@router.get("/desk/news")
async def news(advisor: Annotated[Advisor, Depends(watching_advisor)]) -> dict[str, str]:
    return {"name": advisor.name}


@router.get("/desk/advisors")
async def admin(advisor: Annotated[Advisor, Depends(require_admin)]) -> dict[str, str]:
    return {"name": advisor.name}


@router.api_route("/api/v1/cases", methods=["GET", "POST"])
async def read(token: Annotated[Token, Depends(require_scope("cases:read"))]) -> dict[str, str]:
    return {"name": token.name}


@router.get("/api/v1/me")
async def me(advisor: Annotated[Advisor, Depends(current_advisor)]) -> dict[str, str]:
    return {"name": advisor.name}


class Time:
    """A clock that goes when it is told."""

    def __init__(self, at: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)


class Desk:
    """The desk's application over a database."""

    def __init__(self, database: Database, public: str = PUBLIC, **more: Any) -> None:
        self.database = database
        self.time = more.pop("time", None) or Time()
        self.public = public
        self.access = DeskAccess(database, self.time, public, **more)
        self.app = FastAPI()
        install(self.app, self.access)
        self.app.include_router(login_routes(self.access))
        self.app.include_router(router)
        self.app.add_middleware(Guard)

    def browser(self, **more: Any) -> httpx.AsyncClient:
        """A browser on our own pages, without redirects followed."""
        transport = httpx.ASGITransport(self.app, client=(more.pop("client", "192.0.2.7"), 50000))
        headers = {**OWN, "accept-language": "de", **more.pop("headers", {})}
        return httpx.AsyncClient(
            transport=transport, base_url=self.public, headers=headers, trust_env=False, **more
        )

    def invite(
        self, email: str = EMAIL, *, name: str = "Leila Brandt", role: Role = "advisor"
    ) -> Advisor:
        """An advisor with the password of these tests."""
        return self.database.write(
            lambda c: advisors.add(
                c, name, email, role=role, at=self.time(), password_hash=usual_hash()
            )
        )


@cache
def usual_hash() -> str:
    return hash_password(PHRASE)


async def log_in(
    browser: httpx.AsyncClient, email: str = EMAIL, password: str = PHRASE, **more: Any
) -> httpx.Response:
    fields = {"email": email, "password": password, **more.pop("fields", {})}
    return await browser.post("/desk/login", data=fields, **more)
