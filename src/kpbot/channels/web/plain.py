"""The chat without JavaScript: one question a page, a form, and a redirect after each post."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from kpbot.channels.web.events import Posted, TooLong, cleaned
from kpbot.channels.web.pages import request_language
from kpbot.channels.web.plain_view import view_of
from kpbot.channels.web.reception import Reception, Refused, read_body
from kpbot.channels.web.rendering import render
from kpbot.channels.web.sessions import address_of, proof_of, read_token
from kpbot.channels.web.words import words_of
from kpbot.model import Language

COOKIE = "kp-chat"
_FORM = "application/x-www-form-urlencoded"
_NO_STORE = {"Cache-Control": "no-store"}

Fields = Mapping[str, list[str]]
"""The fields of a form; a name may come more than once."""


def plain_routes(reception: Reception) -> APIRouter:
    """GET and POST /chat."""
    router = APIRouter()

    @router.api_route("/chat", methods=["GET", "HEAD"])
    async def show(request: Request) -> Response:
        return await _guarded(request, reception)

    @router.post("/chat")
    async def take(request: Request) -> Response:
        form: Fields = {}
        try:
            form = await _form(request)
            return await _take(request, reception, form)
        except Refused as refused:
            # what was written is in the box again
            return await _guarded(request, reception, refused, "".join(form.get("say", [])))

    return router


async def _take(request: Request, reception: Reception, form: Fields) -> Response:
    """The event of the form is committed; the browser is sent to the page that shows it."""
    token = read_token(request.cookies.get(COOKIE))
    if not _is_own(request, token, form.get("proof", [""])[0]):
        raise Refused(403, "foreign")
    received = await reception.take(request, _event(form), token)
    target = "/chat?forgotten=1" if received.begun and token is not None else "/chat"
    response = RedirectResponse(target, status_code=303, headers=_NO_STORE)
    if received.begun:
        response.set_cookie(
            COOKIE,
            received.token,
            path="/chat",
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return response


async def _guarded(
    request: Request, reception: Reception, refused: Refused | None = None, draft: str = ""
) -> Response:
    """The page with the waiting question, and why something was refused, if it was."""
    try:
        return await _show(request, reception, refused, draft)
    except Refused as away:  # the store does not answer: the page says so and nothing else
        values = {**view_of([]), "session": False, "draft": draft}
        return _answer(request_language(request), values, away)


async def _show(
    request: Request, reception: Reception, refused: Refused | None, draft: str
) -> Response:
    token = read_token(request.cookies.get(COOKIE))
    said = await reception.said(address_of(token)) if token is not None else []
    session = bool(said)
    language = said[-1][1].language if said else request_language(request)
    values: dict[str, Any] = {**view_of(said), "session": session, "draft": draft}
    values["proof"] = proof_of(token) if token is not None and session else ""
    values["contact"] = reception.house.contact
    forgotten = "forgotten" in request.query_params
    return _answer(language, values, refused, notice="forgotten" if forgotten else "")


def _answer(
    language: Language, values: Mapping[str, Any], refused: Refused | None, notice: str = ""
) -> Response:
    word = refused.word if refused is not None else notice
    status = refused.status if refused is not None else 200
    headers = dict(_NO_STORE)
    if refused is not None and refused.retry_after:
        headers["Retry-After"] = str(refused.retry_after)
    page = {
        "contact": "",
        "proof": "",
        **values,
        "notice": words_of(language)[word] if word else "",
        "nonce": secrets.token_urlsafe(12),
    }
    return HTMLResponse(render("plain.html", language, page), status_code=status, headers=headers)


async def _form(request: Request) -> Fields:
    """The fields of the form. Raises Refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != _FORM:
        raise Refused(415, "unreadable")
    body = await read_body(request)
    try:
        text = body.decode("ascii")
        return parse_qs(text, keep_blank_values=True, max_num_fields=100, errors="replace")
    except ValueError:
        raise Refused(400, "unreadable") from None


def _event(form: Fields) -> Posted:
    """The event a form means: the button that was pressed says which. Raises Refused."""
    fields: dict[str, Any] = {"id": _message_id(form)}
    one = {name: values[-1] for name, values in form.items()}
    try:
        if "open" in one:
            fields |= {"open": True}
            one["language"] = one["open"]
        elif "press" in one:
            question, _, choice = one["press"].partition(":")
            press = {"turn": int(one["turn"]), "question": question, "choice": choice}
            fields["press"] = press
        elif "select" in one:
            choices = form.get("choice", [])
            turn = int(one["turn"])
            fields["select"] = {"turn": turn, "question": one["select"], "choices": choices}
        else:
            fields["say"] = one["say"]
        if "language" in one:
            fields["language"] = one["language"]
        return cleaned(Posted.model_validate(fields))
    except TooLong:
        raise Refused(413, "too_long") from None
    except (KeyError, ValueError, ValidationError):
        raise Refused(400, "unreadable") from None


def _message_id(form: Fields) -> str:
    """The same form sent twice is one message; changed and sent again, it is another."""
    sent = {name: values for name, values in sorted(form.items()) if name != "proof"}
    return hashlib.sha256(repr(sent).encode()).hexdigest()[:32]


def _is_own(request: Request, token: str | None, proof: str) -> bool:
    """The form was sent from our own page, not from a foreign one in the person's name.

    Browsers say so themselves, newer ones on encrypted addresses in Sec-Fetch-Site, older ones in
    Origin. Where neither speaks (Origin is `null` under our referrer policy), the form must carry
    what only our page knows; without a session there is nothing to protect.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin", "null")
    if origin != "null":
        return urlsplit(origin).netloc == request.headers.get("host")
    return token is None or secrets.compare_digest(proof, proof_of(token))
