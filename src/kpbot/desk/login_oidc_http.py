"""Requests to the login service: bounded in time and size, never unencrypted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

_PATIENCE_SECONDS = 10
_LARGEST = 256 * 1024
"""Bytes of an answer that are read."""
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class ServiceAway(Exception):  # noqa: N818 (it is the outcome)
    """The login service cannot be reached, or says what cannot be; `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        """The reason holds nothing of a person."""
        super().__init__(reason)
        self.reason = reason


class NotConfirmed(Exception):  # noqa: N818 (it is the outcome)
    """The login service has not confirmed who this is; `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        """The reason holds nothing of a person."""
        super().__init__(reason)
        self.reason = reason


def new_client() -> httpx.AsyncClient:
    """A client that waits so long and follows nobody elsewhere."""
    return httpx.AsyncClient(timeout=_PATIENCE_SECONDS, follow_redirects=False)


async def get(client: httpx.AsyncClient, address: str) -> Mapping[str, Any]:
    """The JSON object at the address. Raises ServiceAway."""
    return await send(client, client.build_request("GET", address))


async def send(client: httpx.AsyncClient, request: httpx.Request) -> Mapping[str, Any]:
    """The answer's JSON object. Raises ServiceAway, or NotConfirmed where it says no."""
    try:
        response = await client.send(request, stream=True)
        try:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    raise ServiceAway("too_large")
        finally:
            await response.aclose()
    except httpx.HTTPError as error:
        raise ServiceAway(type(error).__name__) from None
    if 400 <= response.status_code < 500 and request.method == "POST":
        raise NotConfirmed("token_refused")
    if response.status_code != 200:
        raise ServiceAway(f"status_{response.status_code}")
    return _object(bytes(body))


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        read = httpx.Response(200, content=body).json()
    except ValueError:
        raise ServiceAway("unreadable") from None
    if not isinstance(read, dict):
        raise ServiceAway("unreadable")
    return read


def checked(address: object) -> str:
    """The address, if what goes there is encrypted or stays on this machine. Raises ServiceAway."""
    if isinstance(address, str):
        parts = urlsplit(address)
        if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL):
            return address
    raise ServiceAway("unencrypted_address")
