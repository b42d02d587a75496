"""Administration: who may enter the desk, and the operator's own systems."""

from __future__ import annotations

import re
from dataclasses import replace

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from kpbot import casework
from kpbot.desk import passwords
from kpbot.desk.forms import Admin, Form, line
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_form import field
from kpbot.desk.login_pages import DESK_HEADERS
from kpbot.desk.rendering import show
from kpbot.store import advisors, tokens
from kpbot.store.advisors import ROLES, Advisor, AlreadyThere
from kpbot.store.tokens import NameTaken

_MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_TOKEN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_TELEGRAM = re.compile(r"[0-9]{0,20}")


def admin_routes(house: DeskHouse) -> APIRouter:
    """/desk/admin, for admins."""
    router = APIRouter(include_in_schema=False, prefix="/desk/admin")

    @router.get("")
    def admin(request: Request, advisor: Admin) -> Response:
        return _page(request, house, advisor)

    @router.post("/advisors")
    def add(request: Request, advisor: Admin, form: Form) -> Response:
        name = line(field(form, "name"), 120)
        email = line(field(form, "email"), 254)
        telegram = field(form, "telegram").strip()
        role = next((each for each in ROLES if each == field(form, "role")), None)
        if not name or not _MAILBOX.fullmatch(email) or role is None:
            return _page(request, house, advisor, problem="admin_incomplete", status=422)
        if not _TELEGRAM.fullmatch(telegram):
            return _page(request, house, advisor, problem="admin_telegram", status=422)
        made = Advisor("", name, email, role, telegram or None)
        password = passwords.new_password() if field(form, "password") else ""
        password_hash = passwords.hash_password(password) if password else None
        try:
            house.database.write(lambda c: _admit(c, house, made, password_hash))
        except AlreadyThere:
            return _page(request, house, advisor, problem="admin_taken", status=409)
        return _page(request, house, advisor, notice="admin_added", secret=password)

    @router.post("/advisors/{id_}/password")
    def password(request: Request, id_: str, advisor: Admin) -> Response:
        made = passwords.new_password()
        password_hash = passwords.hash_password(made)

        def work(connection: sa.Connection) -> bool:
            found = _known(connection, id_)
            if found is not None and found.active:
                advisors.set_password(connection, found.id, password_hash)
            return found is not None and found.active

        if not house.database.write(work):
            return show(request, advisor, "missing.html", {}, 404)
        if id_ == advisor.id:  # every session has ended, this one too: it is said all the same
            return _page(request, house, advisor, notice="admin_own_password", secret=made)
        return _page(request, house, advisor, notice="admin_password", secret=made)

    @router.post("/advisors/{id_}/remove")
    def remove(request: Request, id_: str, advisor: Admin) -> Response:
        if id_ == advisor.id:
            return _page(request, house, advisor, problem="admin_oneself", status=409)

        def work(connection: sa.Connection) -> bool:
            found = _known(connection, id_)
            if found is not None:
                casework.remove_advisor(connection, found.id, house.clock())
            return found is not None

        if not house.database.write(work):
            return show(request, advisor, "missing.html", {}, 404)
        return _back("removed")

    @router.post("/tokens")
    def add_token(request: Request, advisor: Admin, form: Form) -> Response:
        name = field(form, "name").strip()
        chosen = form.get("scope", [])
        scopes = tuple(each for each in tokens.SCOPES if each in chosen)
        if not _TOKEN_NAME.fullmatch(name) or not scopes:
            return _page(request, house, advisor, problem="admin_token", status=422)
        try:
            secret = house.database.write(
                lambda connection: tokens.add(connection, name, scopes, house.clock())
            )
        except NameTaken:
            return _page(request, house, advisor, problem="admin_token_taken", status=409)
        return _page(request, house, advisor, notice="admin_token_added", secret=secret)

    @router.post("/tokens/{name}/remove")
    def remove_token(request: Request, name: str, advisor: Admin) -> Response:
        gone = _TOKEN_NAME.fullmatch(name) is not None and house.database.write(
            lambda connection: tokens.remove(connection, name)
        )
        return _back("token_removed") if gone else show(request, advisor, "missing.html", {}, 404)

    return router


_NOTICES = {"removed": "admin_removed", "token_removed": "admin_token_removed"}


def _page(  # noqa: PLR0913 (what a page shows)
    request: Request,
    house: DeskHouse,
    advisor: Advisor,
    *,
    problem: str = "",
    notice: str = "",
    secret: str = "",
    status: int = 200,
) -> Response:
    people, known = house.database.read(
        lambda connection: (advisors.every(connection), tokens.every(connection))
    )
    values = {
        "people": people,
        "tokens": known,
        "scopes": tokens.SCOPES,
        "roles": ROLES,
        "problem": problem,
        "notice": notice or _NOTICES.get(request.query_params.get("done", ""), ""),
        "secret": secret,
        "local": house.access.local,
    }
    return show(request, advisor, "admin.html", values, status)


def _admit(
    connection: sa.Connection, house: DeskHouse, made: Advisor, password_hash: str | None
) -> None:
    """The advisor may enter; who was removed before and comes back is the same advisor."""
    was = advisors.find_by_email(connection, made.email, only_active=False)
    if was is None:
        advisors.add(
            connection,
            made.name,
            made.email,
            role=made.role,
            at=house.clock(),
            telegram=made.telegram,
            password_hash=password_hash,
        )
        return
    if was.active:
        raise AlreadyThere
    advisors.change(connection, replace(made, id=was.id, active=True))
    advisors.set_password(connection, was.id, password_hash)


def _known(connection: sa.Connection, id_: str) -> Advisor | None:
    is_id = id_.isascii() and id_.isalnum() and len(id_) <= 40
    return advisors.get(connection, id_) if is_id else None


def _back(done: str) -> Response:
    return RedirectResponse(f"/desk/admin?done={done}", 303, headers=DESK_HEADERS)
