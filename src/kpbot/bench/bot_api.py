"""A Bot API server on loopback, in a process of its own, that agrees to everything."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

from aiohttp import web

HOST = "127.0.0.1"
_BOT = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_SENT = {
    "message_id": 7,
    "date": 1795510800,
    "from": _BOT,
    "chat": {"id": 1, "type": "private", "first_name": "Sabine"},
    "text": "Guten Tag.",
}


@contextmanager
def server() -> Iterator[str]:
    """Its address; it answers until the end of the block."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()  # so that a server that dies is noticed
    try:
        yield f"http://{HOST}:{here.recv()}"
    finally:
        process.terminate()
        process.join()
        here.close()


def _serve(pipe: Connection) -> None:
    asyncio.run(_answer_calls(pipe))


async def _answer_calls(pipe: Connection) -> None:
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", _answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    pipe.send(runner.addresses[0][1])
    await asyncio.Event().wait()


async def _answer(request: web.Request) -> web.Response:
    await request.read()
    result = _BOT if request.match_info["method"] == "getMe" else _SENT
    body = json.dumps({"ok": True, "result": result})
    return web.Response(text=body, content_type="application/json")
