"""The whole house, and those who have to do with it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from whole_running import MakeWhole, Webhooks, Whole, receiving

from bot_api import BotApi
from channels.test_mail import Mailbox


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A Bot API server for both bots."""
    with BotApi() as api:
        yield api


@pytest.fixture
def make_whole(tmp_path: Path, api: BotApi) -> Iterator[MakeWhole]:
    """Makes the house with these settings; it does not run yet."""
    made: list[Whole] = []

    def make(*, forum: bool = False, **settings: str) -> Whole:
        made.append(Whole(tmp_path, api, forum=forum, **settings))
        return made[-1]

    yield make
    for whole in made:
        whole.close()


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    """The advisors' mailbox, and the address of its server."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield mailbox, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def webhooks() -> Iterator[Webhooks]:
    """The operator's own system."""
    with receiving() as webhooks:
        yield webhooks
