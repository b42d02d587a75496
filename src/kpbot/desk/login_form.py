"""Forms as browsers send them: read up to a size, without uploads."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from fastapi import Request

from kpbot.channels.web.limits import LARGEST_BODY

_FORM = "application/x-www-form-urlencoded"

Fields = Mapping[str, list[str]]
"""The fields of a form; a name may come more than once."""


class Unreadable(Exception):  # noqa: N818 (it is the outcome)
    """The request is no form, or too large a one."""


async def read_form(request: Request) -> Fields:
    """The fields of the form. Raises Unreadable."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise Unreadable
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Unreadable
    try:
        # PostgreSQL keeps no zero byte, and nobody types one
        text = body.decode("ascii").replace("%00", "")
        return parse_qs(text, keep_blank_values=True, max_num_fields=100, errors="replace")
    except ValueError:
        raise Unreadable from None


def field(form: Fields, name: str) -> str:
    """The field's last value; empty where it is missing."""
    return form.get(name, [""])[-1]
