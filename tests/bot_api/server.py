"""The HTTP side: one thread with one event loop that answers calls."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import Future
from typing import Any

from aiohttp import web

from bot_api import params as parameters
from bot_api.bots import Bot
from bot_api.faults import Fault
from bot_api.group_methods import GROUP_METHODS
from bot_api.methods import SENDING
from bot_api.params import Params
from bot_api.polling import get_updates
from bot_api.settings_methods import SETTINGS_METHODS
from bot_api.webhook import Deliveries
from bot_api.world import Call, Raw, Refused, World

METHODS = SENDING | SETTINGS_METHODS | GROUP_METHODS
LARGEST_BODY = 50 * 1024 * 1024
NAMES = {name.lower(): name for name in [*METHODS, "getUpdates"]}
HTML = "<html><head><title>{0} {1}</title></head><body><h1>{0} {1}</h1></body></html>"


class Server:
    """Answers at `url` from `start` to `stop`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.url = ""
        self._thread: threading.Thread | None = None
        self._stop: asyncio.Event | None = None

    def start(self) -> None:
        """The port is open."""
        ready: Future[None] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(ready)), name="bot-api", daemon=True
        )
        self._thread.start()
        ready.result()

    def stop(self) -> None:
        """The port is closed and the thread has ended; calls that waited were broken off."""
        assert self._thread is not None
        assert self.world.loop is not None
        assert self._stop is not None
        self.world.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _serve(self, ready: Future[None]) -> None:
        self._stop = asyncio.Event()
        application = web.Application(client_max_size=LARGEST_BODY)
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        application.router.add_get("/file/bot{token}/{path:.*}", self._file)
        runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=0, handler_cancellation=True
        )
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        try:
            await site.start()
            self.world.loop = asyncio.get_running_loop()
            host, port = runner.addresses[0][:2]
            self.url = f"http://{host}:{port}"
        except BaseException as error:
            ready.set_exception(error)
            raise
        deliveries = asyncio.create_task(Deliveries(self.world, METHODS).run())
        ready.set_result(None)
        await self._stop.wait()
        deliveries.cancel()
        await asyncio.gather(deliveries, return_exceptions=True)
        self.world.loop = None
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        world = self.world
        try:
            bot, name = self._asked(request)
            params = await parameters.from_request(request)
        except Refused as refused:
            return _json(refused.answer(), refused.code)
        with world.lock:
            world.calls.append(Call(bot.token, name, params.values))
            world.changed()
        fault = world.faults.take(name, params.values)
        if fault is not None and fault.kind in {"refuse", "html", "drop_before"}:
            return _failed(request, fault)
        body, code = await self._carry_out(bot, name, params, fault)
        if fault is None:
            return _json(body, code)
        return await _spoiled(request, fault, body, code)

    def _asked(self, request: web.Request) -> tuple[Bot, str]:
        """Who calls what. Raises Refused."""
        bot = self.world.bots.get(request.match_info["token"])
        if bot is None:
            raise Refused(401, "Unauthorized")
        name = NAMES.get(request.match_info["method"].lower())
        if name is None:
            raise Refused(404, "Not Found: method not found")
        return bot, name

    async def _carry_out(
        self, bot: Bot, name: str, params: Params, fault: Fault | None
    ) -> tuple[Raw, int]:
        try:
            result: Any
            if name == "getUpdates":
                result = await get_updates(bot, params, fault)
            else:
                with self.world.lock:
                    result = METHODS[name](bot, params)
        except Refused as refused:
            return refused.answer(), refused.code
        return {"ok": True, "result": result}, 200

    async def _file(self, request: web.Request) -> web.Response:
        file_id = request.match_info["path"].rpartition("/")[2].partition(".")[0]
        found = self.world.files.get(file_id)
        if found is None or request.match_info["token"] not in self.world.bots:
            return _json(Refused(404, "Not Found").answer(), 404)
        return web.Response(body=found[1], content_type="application/octet-stream")


def _json(body: Raw, code: int) -> web.Response:
    return web.Response(text=json.dumps(body), status=code, content_type="application/json")


def _failed(request: web.Request, fault: Fault) -> web.Response:
    if fault.kind == "drop_before":
        return _broken_off(request)
    if fault.kind == "html":
        page = HTML.format(fault.code, fault.description)
        return web.Response(text=page, status=fault.code, content_type="text/html")
    more = {"retry_after": fault.retry_after} if fault.retry_after else {}
    return _json(Refused(fault.code, fault.description, **more).answer(), fault.code)


async def _spoiled(request: web.Request, fault: Fault, body: Raw, code: int) -> web.Response:
    if fault.kind == "drop_after":
        return _broken_off(request)
    if fault.kind == "malformed":
        broken = json.dumps(body)[:-1]
        return web.Response(text=broken, status=code, content_type="application/json")
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    return _json(body, code)


def _broken_off(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
