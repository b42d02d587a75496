"""Updates go to webhooks: one at a time in each queue, again until somebody takes them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Hashable
from dataclasses import dataclass, field

import aiohttp

from bot_api import params as parameters
from bot_api.bots import Bot, Hook
from bot_api.faults import Fault
from bot_api.methods import Method
from bot_api.updates import Pending
from bot_api.world import Call, Raw, Refused, World

LONGEST_ANSWER = 60.0
"""Real seconds a webhook may take."""
LONGEST_WAIT = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of the header)


def wait_after(attempts: int) -> float:
    """Seconds until the next try: at once, then 2, 4, 8 … 60."""
    return 0 if attempts <= 1 else min(2.0 ** (attempts - 1), LONGEST_WAIT)


@dataclass
class Deliveries:
    """Everything that is on its way to webhooks. Lives in the server's loop."""

    world: World
    methods: dict[str, Method]
    _busy: dict[tuple[str, Hashable], asyncio.Task[None]] = field(default_factory=dict)

    async def run(self) -> None:
        """Delivers until it is cancelled."""
        try:
            async with aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=LONGEST_ANSWER), trust_env=False
            ) as http:
                while True:
                    with self.world.lock:
                        soonest = min(
                            (self._begin(http, bot) for bot in self.world.bots.values()),
                            default=None,
                            key=lambda seconds: float("inf") if seconds is None else seconds,
                        )
                    await self.world.news(soonest)
        finally:
            for task in self._busy.values():
                task.cancel()

    def _begin(self, http: aiohttp.ClientSession, bot: Bot) -> float | None:
        """What is due is on its way; the seconds until the next is due."""
        if not bot.hook.url:
            return None
        bot.updates.pending[:0] = bot.updates.again
        bot.updates.again = []
        bot.updates.expire()
        now = self.world.now()
        soonest: float | None = None
        seen: set[Hashable] = set()
        for update in bot.updates.pending:
            key = (bot.token, update.lane)
            first = update.lane not in seen
            seen.add(update.lane)
            running = sum(token == bot.token for token, _ in self._busy)
            if not first or key in self._busy or running >= bot.hook.max_connections:
                continue
            if update.not_before <= now:
                update.given_out = True
                self._busy[key] = asyncio.create_task(self._deliver(http, bot, update))
            else:
                wait = max(update.not_before - now, 0.05)
                soonest = wait if soonest is None else min(soonest, wait)
        return soonest

    async def _deliver(self, http: aiohttp.ClientSession, bot: Bot, update: Pending) -> None:
        hook = bot.hook
        try:
            error, wait = await self._post(http, bot, hook, update)
        finally:
            del self._busy[bot.token, update.lane]
        with self.world.lock:
            if not error:
                bot.updates.confirm([update])
                return
            update.attempts += 1
            update.not_before = self.world.now() + max(wait, wait_after(update.attempts))
            hook.last_error, hook.last_error_date = error, int(self.world.now())
            self.world.changed()

    async def _post(
        self, http: aiohttp.ClientSession, bot: Bot, hook: Hook, update: Pending
    ) -> tuple[str, float]:
        """Why it did not arrive (empty: it did) and the seconds the webhook asks for."""
        raw = update.raw()
        fault = self.world.faults.take("webhook", raw)
        kind = "" if fault is None else fault.kind
        if kind == "drop_before":
            return "Connection refused", 0
        try:
            for _ in range(2 if kind == "duplicate" else 1):
                async with http.post(
                    hook.url, data=_body(raw, kind), headers=_headers(hook, fault)
                ) as response:
                    if not 200 <= response.status < 300:
                        wait = response.headers.get("Retry-After", "0")
                        reason = f"{response.status} {response.reason}"
                        sentence = f"Wrong response from the webhook: {reason}"
                        return sentence, float(wait) if wait.isdecimal() else 0
                    if kind == "drop_after":
                        return "Connection reset by peer", 0
                    await self._carry_out(bot, response)
        except TimeoutError:
            return "Read timeout expired", 0
        except aiohttp.ClientConnectorError:
            return "Connection refused", 0
        except aiohttp.ClientError:
            return "Connection reset by peer", 0
        return "", 0

    async def _carry_out(self, bot: Bot, response: aiohttp.ClientResponse) -> None:
        """The call in the answer was made; nobody hears what became of it."""
        try:
            params = await parameters.from_response(response)
        except Refused:
            return
        asked = str(params.values.pop("method", "")).lower()
        name = next((name for name in self.methods if name.lower() == asked), None)
        if name is None:
            return
        with self.world.lock:
            self.world.calls.append(Call(bot.token, name, params.values))
            try:
                self.methods[name](bot, params)
            except Refused as refused:
                self.world.unheard.append(refused)
            self.world.changed()


def _body(raw: Raw, kind: str) -> bytes:
    body = json.dumps(raw).encode()
    return body[:-1] if kind == "malformed" else body


def _headers(hook: Hook, fault: Fault | None) -> dict[str, str]:
    headers = {"Content-Type": "application/json"}
    if fault is not None and fault.kind == "wrong_secret":
        headers[SECRET_HEADER] = "not-the-secret"
    elif hook.secret:
        headers[SECRET_HEADER] = hook.secret
    return headers
