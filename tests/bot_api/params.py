"""The parameters of a call, however they were sent: JSON, urlencoded, multipart, or a query."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web

from bot_api.world import Raw, bad_request

STRUCTURED = {
    "allowed_updates", "caption_entities", "commands", "entities", "link_preview_options",
    "reply_markup", "reply_parameters", "scope",
}  # fmt: skip
NUMBERS = {
    "chat_id", "limit", "max_connections", "message_id", "message_thread_id", "offset",
    "reply_to_message_id", "timeout", "user_id",
}  # fmt: skip
FLAGS = {"disable_notification", "drop_pending_updates", "protect_content", "show_alert"}


@dataclass
class Params:
    """What a bot sent with a call."""

    values: Raw = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """By the name of the part: file name and bytes."""

    def text(self, name: str) -> str:
        """The text, empty if it was not sent."""
        return str(self.values.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        """The whole number. Raises Refused if it is none."""
        value = self.values.get(name, default)
        if isinstance(value, int):
            return value
        raise bad_request(f"{name} must be an integer")

    def maybe(self, name: str) -> int | None:
        """The whole number if it was sent and is not 0."""
        return self.number(name) or None

    def flag(self, name: str) -> bool:
        """Whether it was sent and is true."""
        return bool(self.values.get(name, False))

    def upload(self, name: str) -> tuple[str, bytes] | None:
        """A file sent with the call, as a part of that name or attached to it."""
        attached = self.text(name).removeprefix("attach://")
        return self.files.get(name) or self.files.get(attached)


async def from_request(request: web.Request) -> Params:
    """The parameters of a request. Raises Refused if the body cannot be read."""
    params = Params()
    _take(params, request.query)
    if request.content_type == "application/json":
        _take(params, _object(await request.read()))
    elif request.content_type.startswith("multipart/"):
        await _take_parts(params, await request.multipart())
    elif request.content_type == "application/x-www-form-urlencoded":
        _take(params, {k: v for k, v in (await request.post()).items() if isinstance(v, str)})
    return params


async def from_response(response: ClientResponse) -> Params:
    """The call inside the answer of a webhook; empty if there is none."""
    params = Params()
    if response.content_type.startswith("multipart/"):
        await _take_parts(params, MultipartReader(response.headers, response.content))
        return params
    body = await response.read()
    if response.content_type == "application/json" and body.strip():
        _take(params, _object(body))
    return params


async def _take_parts(params: Params, reader: MultipartReader) -> None:
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            _take(params, {part.name: content.decode()})
        else:
            params.files[part.name] = (part.filename, content)


def _object(body: bytes) -> Raw:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_request("can't parse request JSON object")
    return found


def _take(params: Params, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if value is not None:
            params.values[name] = _plain(name, value)


def _plain(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in STRUCTURED:
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
    if name in NUMBERS and value.removeprefix("-").isdecimal():
        return int(value)
    if name in FLAGS:
        return value.lower() in {"true", "1", "yes"}
    return value
