"""What Telegram's libraries cost: to import, to send with, and to read what arrives."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import aiohttp
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from kpbot.bench.bot_api import server
from kpbot.bench.figures import ROUNDS, micros, show
from kpbot.channels.staff.requests import AiohttpRequest
from kpbot.channels.telegram.client import Client
from kpbot.channels.telegram.payload import Payload, encode
from kpbot.channels.telegram.reading import Tapped, Wrote, read

MESSAGES = 50
"""Sent one after the other in each round."""
IMPORTS = 2
"""Fresh processes for each library: its import takes seconds."""
TOKEN = "42:bench"  # noqa: S105 (the server of the bench takes every one)
CHAT = 1
TEXT = "Wie heißt Ihre Kommune, und in welchem Land liegt sie?"

Send = Callable[[str], Awaitable[object]]
Opened = AbstractAsyncContextManager[Send]
Cost = tuple[float, float]
"""Seconds by the clock on the wall, and of this process's processor time."""

_PERSON = {"id": CHAT, "is_bot": False, "first_name": "Sabine", "language_code": "de"}
_PRIVATE = {"id": CHAT, "type": "private", "first_name": "Sabine"}
_MESSAGE = {"message_id": 5, "date": 1795510800, "chat": _PRIVATE, "from": _PERSON}
_PRESS = {
    "id": "1",
    "from": _PERSON,
    "chat_instance": "1",
    "data": encode(Payload("abcdef", 3, "group", "german_municipality")),
    "message": {**_MESSAGE, "text": TEXT},
}
_UPDATES = {
    "message": {"update_id": 1, "message": {**_MESSAGE, "text": "Musterhausen in Hessen"}},
    "press": {"update_id": 2, "callback_query": _PRESS},
}


def run(*, as_json: bool) -> None:
    """Ratios of importing, sending and reading; no pace is kept and nothing leaves the machine."""
    show(asyncio.run(_figures()), as_json=as_json)


async def _figures() -> dict[str, float]:
    with server() as api:
        sending = await _sending(api)
    return {**await _imports(), **sending, **_reading()}


# ── importing ──


async def _imports() -> dict[str, float]:
    """Processor time of each library's import, beside that of our command line."""
    own = await _import_seconds("kpbot.cli")
    return {
        "import_kpbot_cli_ms": own * 1e3,
        "import_aiogram_per_kpbot_cli": await _import_seconds("aiogram") / own,
        "import_telegram_ext_per_kpbot_cli": await _import_seconds("telegram.ext") / own,
    }


async def _import_seconds(module: str) -> float:
    """The best of several processes."""
    code = (
        "import time; began = time.process_time(); "
        f"import {module}; print(time.process_time() - began)"
    )
    return min([float(await _printed(code)) for _ in range(IMPORTS)])


async def _printed(code: str) -> bytes:
    """What the code prints, run by a Python of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    return printed


# ── sending ──


async def _sending(api: str) -> dict[str, float]:
    """What each way to send costs, beside a bare POST of the same."""
    # Our server is near: what the environment says about proxies is not for it.
    own_back_end = partial(HTTPXRequest, httpx_kwargs={"trust_env": False})
    ways = {
        "our_aiogram_client": _our_client(api),
        "python_telegram_bot_over_aiohttp": _python_telegram_bot(api, AiohttpRequest),
        "python_telegram_bot_over_httpx": _python_telegram_bot(api, own_back_end),
    }
    bare_wall, bare_own = await _cost(_bare_posts(api))
    figures = {"bare_posts_per_second": 1 / bare_wall}
    for name, way in ways.items():
        wall, own = await _cost(way)
        figures[f"{name}_per_bare_post"] = wall / bare_wall
        figures[f"{name}_per_bare_post_processor"] = own / bare_own
    return figures


async def _cost(way: Opened) -> Cost:
    """Of one message, in the best rounds; connections stand and everything is imported."""
    async with way as send:
        await send(TEXT)
        rounds = [await _round(send) for _ in range(ROUNDS)]
    return min(wall for wall, _ in rounds), min(own for _, own in rounds)


async def _round(send: Send) -> Cost:
    wall, own = time.perf_counter(), time.process_time()
    for _ in range(MESSAGES):
        await send(TEXT)
    return (time.perf_counter() - wall) / MESSAGES, (time.process_time() - own) / MESSAGES


@asynccontextmanager
async def _bare_posts(api: str) -> AsyncIterator[Send]:
    async with aiohttp.ClientSession() as session:

        async def send(text: str) -> object:
            form = {"chat_id": str(CHAT), "text": text}
            async with session.post(f"{api}/bot{TOKEN}/sendMessage", data=form) as response:
                answer: object = json.loads(await response.read())
                return answer

        yield send


@asynccontextmanager
async def _our_client(api: str) -> AsyncIterator[Send]:
    client = Client(TOKEN, api)
    try:
        yield lambda text: client.send_message(CHAT, text)
    finally:
        await client.close()


@asynccontextmanager
async def _python_telegram_bot(api: str, make: Callable[[], BaseRequest]) -> AsyncIterator[Send]:
    made = Bot(TOKEN, f"{api}/bot", request=make(), get_updates_request=make())
    async with made as bot:
        yield lambda text: bot.send_message(CHAT, text)


# ── reading ──


def _reading() -> dict[str, float]:
    """An update from its bytes to what happened, beside only parsing its JSON."""
    client = Client(TOKEN, "http://127.0.0.1")  # nothing is called
    figures = {}
    for name, update in _UPDATES.items():
        raw = json.dumps(update)

        def happened(raw: str = raw) -> object:
            return read(client.parse(json.loads(raw)))

        assert isinstance(happened(), Wrote | Tapped), name  # noqa: S101 (each is one)
        figures[f"read_{name}_per_bare_json"] = micros(happened) / micros(partial(json.loads, raw))
    return figures
