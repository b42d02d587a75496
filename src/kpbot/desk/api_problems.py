"""What the API answers where it cannot do what was asked: problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import Message, Receive

from kpbot.desk.login_pages import DESK_HEADERS

LARGEST_BODY = 32 * 1024
"""Bytes of a request that are read."""
MEDIA_TYPE = "application/problem+json"
_TITLES: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "A valid token is needed",
    403: "The token is not good for this",
    404: "There is nothing of this reference",
    409: "The case does not allow this now",
    413: "The request is too large",
    415: "The request must be JSON",
    422: "The request is not as described",
    429: "Too many requests",
}


class Wrong(BaseModel):
    """One thing that is wrong with a request."""

    model_config = ConfigDict(extra="forbid")

    at: str
    """Where, as `body.text`."""
    why: str


class Problem(BaseModel):
    """Why it was not done."""

    model_config = ConfigDict(extra="forbid")

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    reason: str = ""
    """A word for programs, as `taken`; empty where the status says it all."""
    errors: list[Wrong] = []


class Denied(HTTPException):
    """It is not done; `reason` is a word for programs."""

    def __init__(self, status: int, reason: str, detail: str = "") -> None:
        """`detail` is a sentence without personal data."""
        super().__init__(status, detail)
        self.reason = reason


class ProblemRoute(APIRoute):
    """A route whose every refusal is a problem of the described form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with its refusals told."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                _refuse_body(request)
                response: Response = await handle(Request(request.scope, _limited(request.receive)))
            except RequestValidationError as error:
                return answer(422, errors=[_wrong(each) for each in error.errors()])
            except StarletteHTTPException as error:
                reason = error.reason if isinstance(error, Denied) else ""
                return answer(error.status_code, str(error.detail), reason, error.headers)
            for name, value in DESK_HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return handler


def answer(
    status: int,
    detail: str = "",
    reason: str = "",
    headers: Mapping[str, str] | None = None,
    errors: list[Wrong] | None = None,
) -> Response:
    """The problem as JSON."""
    problem = Problem(
        title=_TITLES.get(status, "It was not done"),
        status=status,
        detail=detail,
        reason=reason,
        errors=errors or [],
    )
    return JSONResponse(
        problem.model_dump(),
        status,
        headers={**DESK_HEADERS, **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a route, for its description."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": _TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def problem_schemas() -> dict[str, Any]:
    """The form of a problem, for the description's components."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}


def _wrong(error: Mapping[str, Any]) -> Wrong:
    """Place and reason; what was sent is not repeated."""
    place = ".".join(str(part) for part in error["loc"])
    return Wrong(at=place[:200], why=str(error["type"]))


def _refuse_body(request: Request) -> None:
    if request.method not in {"POST", "PUT", "PATCH"}:
        return
    length = request.headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()) or int(length) > LARGEST_BODY:
        raise HTTPException(413)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415)


def _limited(receive: Receive) -> Receive:
    """The body, as far as it is read."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            raise HTTPException(413)
        return message

    return limited
