"""The webhook: only who knows the secret gets in, and 2xx means committed."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
import uvicorn
from bot_running import TOKEN, Run, Running
from fastapi import FastAPI
from structlog.testing import capture_logs

from bot_api import BotApi, Fault, PrivateChat
from kpbot.channels.telegram.reading import USED
from kpbot.channels.telegram.webhook import LARGEST_BODY, PATH, secret_for, webhook_routes
from kpbot.model import Inbound, Opened, Said

pytestmark = pytest.mark.slow

SECRET = secret_for(TOKEN)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
START = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 1001, "type": "private", "first_name": "S"},
        "from": {"id": 1001, "is_bot": False, "first_name": "S"},
        "text": "/start de",
    },
}


class Door:
    """A web server in the bot's loop, with the route."""

    def __init__(self, running: Running) -> None:
        """It listens."""
        app = FastAPI()
        app.include_router(webhook_routes(running.channel, SECRET))
        config = uvicorn.Config(app, log_config=None, lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._running = running
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}{PATH}"
        self._serving = asyncio.run_coroutine_threadsafe(
            self._server._serve([listening]), running.loop
        )

    def stop(self) -> None:
        """It has stopped."""
        self._server.should_exit = True
        self._serving.result(30)

    def post(self, body: Any, secret: str | None = SECRET) -> int:
        """The status of the answer."""
        content = body if isinstance(body, bytes) else None
        headers = {} if secret is None else {HEADER.encode(): secret.encode()}
        json = None if isinstance(body, bytes) else body
        with httpx.Client(trust_env=False, timeout=30) as client:
            return client.post(self.url, content=content, json=json, headers=headers).status_code


@pytest.fixture
def started(run: Run) -> Running:
    """The bot, started; nothing is polled."""
    return run()


@pytest.fixture
def door(started: Running) -> Iterator[Door]:
    """The open door."""
    opened = Door(started)
    yield opened
    opened.stop()


@pytest.fixture
def hooked(started: Running, door: Door) -> Running:
    """Telegram knows the door."""
    started.do(started.channel.run_webhook(door.url, SECRET))
    return started


def test_telegram_is_told_where_and_what(hooked: Running, api: BotApi, door: Door) -> None:
    (call,) = api.called("setWebhook")
    assert call.params["url"] == door.url
    assert call.params["secret_token"] == SECRET
    assert call.params["allowed_updates"] == [*USED]
    assert call.params["max_connections"] == 10
    assert hooked.bot.commands


def test_telegram_is_told_until_it_listens(started: Running, api: BotApi, door: Door) -> None:
    api.faults.next("setWebhook", Fault.server_error(502, html=True), times=2)
    started.do(started.channel.run_webhook(door.url, SECRET))
    assert len(api.called("setWebhook")) == 3


def test_what_is_brought_is_answered(hooked: Running, api: BotApi, chat: PrivateChat) -> None:
    chat.start("de")
    api.wait_for(lambda: hooked.bot.unconfirmed == 0)
    hooked.deliver()
    press = chat.press(chat.last, "Anfrage stellen")
    chat.wait_for_answer(press)
    hooked.deliver()
    assert len(chat.messages) == 2


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "ä"])
def test_without_the_secret_nothing_is_taken(
    started: Running, door: Door, secret: str | None
) -> None:
    assert door.post(START, secret) == 401
    assert started.taken is None


def test_a_wrong_secret_once_loses_nothing(hooked: Running, api: BotApi, chat: PrivateChat) -> None:
    api.faults.next("webhook", Fault.wrong_secret())
    chat.start("de")
    api.wait_for(lambda: hooked.bot.hook.last_error or hooked.bot.unconfirmed == 0)
    api.advance(120)
    api.wait_for(lambda: hooked.bot.unconfirmed == 0)
    hooked.deliver()
    assert len(chat.messages) == 1


@pytest.mark.parametrize("fault", [Fault.duplicate(), Fault.dropped_after()])
def test_what_is_brought_twice_is_answered_once(
    hooked: Running, api: BotApi, chat: PrivateChat, fault: Fault
) -> None:
    api.faults.next("webhook", fault)
    chat.start("de")
    api.wait_for(lambda: hooked.bot.unconfirmed == 0)
    hooked.deliver()
    assert len(chat.messages) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[" * 50_000, b"[]", b"7", {"update_id": 1, "message": {"text": "Sabine"}},
     {"update_id": "x"}, {"message": {}}, {"update_id": 3, "unheard_of": {}}],
)  # fmt: skip
def test_what_nobody_can_read_is_set_aside(started: Running, door: Door, body: Any) -> None:
    with capture_logs() as logs:
        assert door.post(body) == 200
    assert started.taken is None
    assert "Sabine" not in str(logs)


def test_what_is_too_large_is_refused(door: Door) -> None:
    assert door.post(b" " * (LARGEST_BODY + 1)) == 413


def test_what_could_not_be_committed_is_asked_for_again(run: Run) -> None:
    taken: list[Inbound] = []
    away = iter([True])

    def take(inbound: Inbound) -> None:
        if next(away, False):
            raise sa.exc.OperationalError("select", {}, Exception("away"))
        taken.append(inbound)

    door = Door(run(take=take))
    try:
        assert door.post(START) == 503
        assert door.post(START) == 200
    finally:
        door.stop()
    (inbound,) = taken
    assert (inbound.content, inbound.language) == (Opened(), "de")


def test_before_the_bot_has_started_it_is_asked_for_again(run: Run) -> None:
    running = run()
    door = Door(running)
    running.do(running.channel.close())
    try:
        assert door.post(START) == 503
    finally:
        door.stop()


def test_a_persons_updates_are_taken_one_after_the_other(run: Run) -> None:
    """Two connections bring them at the same time."""
    begun, go = threading.Event(), threading.Event()
    order: list[str] = []

    def take(inbound: Inbound) -> None:
        assert isinstance(inbound.content, Said)
        order.append(f"begin {inbound.content.text}")
        if inbound.content.text == "1":
            begun.set()
            go.wait(20)
        order.append(f"end {inbound.content.text}")

    running = run(take=take)
    door = Door(running)
    try:
        threads = []
        for number in (1, 2):
            message = {**START["message"], "text": str(number)}  # type: ignore[dict-item]
            update = {"update_id": number, "message": message}
            thread = threading.Thread(target=door.post, args=(update,))
            thread.start()
            threads.append(thread)
            assert begun.wait(20)
        go.set()
        for thread in threads:
            thread.join()
    finally:
        door.stop()
    assert order == ["begin 1", "end 1", "begin 2", "end 2"]
