"""HTTP to the Bot API through aiohttp: a fraction of the work of the library's own back end."""

from __future__ import annotations

import asyncio
import io
import json
import os
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# The library's own switch for the type that `RetryAfter.retry_after` is going to have; without
# it every 429 comes with a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECT = 10.0
READ = 20.0
WRITE = 20.0
"""Seconds; a send ends well before the lease of its message."""
IDLE = 15.0
"""Seconds a connection is kept: shorter than servers do, so that none is used that just closed."""


class NotConnected(NetworkError):  # noqa: N818 (as the library names its own)
    """No connection came about: nothing was sent."""


class NotConnectedInTime(TimedOut):
    """No connection came about within its time: nothing was sent."""


class Broken(NetworkError):  # noqa: N818 (the same)
    """The connection broke, or the answer cannot be read: nobody knows what became of the call."""


def is_undecided(error: TelegramError) -> bool:
    """Whether the call may have been carried out although it failed."""
    if isinstance(error, NotConnectedInTime):
        return False
    return isinstance(error, Broken | TimedOut)


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API."""

    __slots__ = ("_session",)

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds until an answer must have come, unless a call says otherwise."""
        return READ

    async def initialize(self) -> None:
        """Calls can be made. To be called in the event loop that makes them."""
        if self._session is None:
            connector = aiohttp.TCPConnector(keepalive_timeout=IDLE)
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Every connection is closed."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 (the interface)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises NetworkError and its kinds."""
        if self._session is None:
            raise NotConnected("not initialized")
        timeout = _timeout(read_timeout, write_timeout, connect_timeout, pool_timeout)
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout
            ) as response:
                status, payload = response.status, await response.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise NotConnectedInTime from error
        except asyncio.TimeoutError as error:  # noqa: UP041 (a reader looks for this name)
            raise TimedOut from error
        except aiohttp.ClientConnectorError as error:
            raise NotConnected(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            raise Broken(type(error).__name__) from error
        if status == HTTPStatus.GATEWAY_TIMEOUT:  # a proxy waited in vain: it may have arrived
            raise TimedOut
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The answer. Raises Broken; the library would log the answer with all that is in it."""
        try:
            answer: JSONDict = json.loads(payload)
        except ValueError:
            raise Broken("unreadable answer") from None
        return answer


def _timeout(
    read: ODVInput[float],
    write: ODVInput[float],
    connect: ODVInput[float],
    pool: ODVInput[float],
) -> aiohttp.ClientTimeout:
    """aiohttp knows no time for writing alone: it counts into the whole."""
    reading, writing = _seconds(read, READ), _seconds(write, WRITE)
    connecting, waiting = _seconds(connect, CONNECT), _seconds(pool, CONNECT)
    parts = (reading, writing, connecting, waiting)
    known = [each for each in parts if each is not None]
    return aiohttp.ClientTimeout(
        total=sum(known) if len(known) == len(parts) else None,
        connect=None if connecting is None or waiting is None else connecting + waiting,
        sock_connect=connecting,
        sock_read=reading,
    )


def _seconds(given: ODVInput[float], usual: float) -> float | None:
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else usual


def _body(data: RequestData | None) -> Any:
    """Fields, as a form or with files as parts of one."""
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=kind)
    return form
