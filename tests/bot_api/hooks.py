"""A webhook in a test: it keeps what arrived and answers as it is told."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from aiohttp import web

from bot_api.webhook import SECRET_HEADER

Answer = Callable[[dict[str, Any]], web.Response]


def taken(_: dict[str, Any]) -> web.Response:
    """200, no call in the answer."""
    return web.Response()


class Receiver:
    """A web server of its own thread that takes updates at `url`."""

    def __init__(self) -> None:
        self.arrived: list[dict[str, Any]] = []
        """Every update that could be parsed, as often as it came."""
        self.secrets: list[str | None] = []
        self.broken = 0
        """How many bodies were no JSON."""
        self.answer: Answer = taken
        self.answers: list[Answer] = []
        """For the next updates, before `answer`."""
        self.gates: dict[str, threading.Event] = {}
        """By text of a message: it is answered only when the gate is open."""
        self.news = threading.Condition()
        self._ready: Future[str] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self.url = self._ready.result()

    def stop(self) -> None:
        """The port is closed."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def wait_for(self, count: int, timeout: float = 20) -> list[dict[str, Any]]:
        """What arrived, once it is so many. Raises TimeoutError after seconds."""
        with self.news:
            if not self.news.wait_for(lambda: len(self.arrived) >= count, timeout):
                raise TimeoutError(f"only {self.arrived}")
            return list(self.arrived)

    @property
    def texts(self) -> list[str]:
        """The texts of the messages that arrived."""
        return [update["message"]["text"] for update in self.arrived if "message" in update]

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        application = web.Application()
        application.router.add_post("/hook", self._take)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self._ready.set_result(f"http://{host}:{port}/hook")
        await self._stop.wait()
        await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        with self.news:
            self.secrets.append(request.headers.get(SECRET_HEADER))
            self.news.notify_all()
            try:
                update = json.loads(body)
            except ValueError:
                self.broken += 1
                return web.Response(status=400)
            self.arrived.append(update)
            self.news.notify_all()
        gate = self.gates.get(update.get("message", {}).get("text", ""))
        if gate is not None:
            await asyncio.to_thread(gate.wait, 20)
        return (self.answers.pop(0) if self.answers else self.answer)(update)
