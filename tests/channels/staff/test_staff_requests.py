"""The HTTP back end, against a real server with the library unmodified."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot_api import BotApi, Fault, PrivateChat
from kpbot.channels.staff.failures import not_sent
from kpbot.channels.staff.requests import AiohttpRequest, is_undecided
from kpbot.channels.staff.running import made_bot


@pytest.fixture
def person(api: BotApi) -> PrivateChat:
    return api.private_chat(api.bot("5:token"), 1001, begun=True)


@pytest.fixture
async def bot(api: BotApi, person: PrivateChat) -> AsyncIterator[ExtBot[None]]:
    assert person.bot.token == "5:token"  # noqa: S105 (invented)
    made = made_bot("5:token", f"{api.url}/", AiohttpRequest(), AiohttpRequest())
    async with made:
        yield made


async def test_texts_and_files_arrive_whole(bot: ExtBot[None], person: PrivateChat) -> None:
    await bot.send_message(1001, "مرحبا & <b> 😀")
    assert person.last.text == "مرحبا & <b> 😀"
    content = bytes(range(256)) * 5000
    await bot.send_document(1001, content, caption="Anhang", filename="fall.pdf")
    assert person.last.document is not None
    assert (person.last.document.name, person.last.document.content) == ("fall.pdf", content)
    assert person.last.text == "Anhang"
    file = await bot.get_file(person.last.document.file_id)
    assert await file.download_as_bytearray() == content


@pytest.mark.parametrize(
    ("fault", "kind", "undecided"),
    [
        (Fault.dropped_before(), NetworkError, True),
        (Fault.dropped_after(), NetworkError, True),
        (Fault.malformed(), NetworkError, True),
        (Fault.server_error(500), NetworkError, False),
        (Fault.server_error(502, html=True), NetworkError, False),
        (Fault.server_error(504), TimedOut, True),
        (Fault.refused(400, "Bad Request: message text is empty"), BadRequest, False),
        (Fault.refused(403, "Forbidden: bot was blocked by the user"), Forbidden, False),
        (Fault.refused(401, "Unauthorized"), InvalidToken, False),
    ],
)
async def test_failures_are_those_the_library_knows(
    api: BotApi, bot: ExtBot[None], fault: Fault, kind: type[TelegramError], undecided: bool
) -> None:
    api.faults.next("sendMessage", fault)
    with pytest.raises(kind) as failed:
        await bot.send_message(1001, "Hallo")
    assert is_undecided(failed.value) == undecided
    assert not_sent(failed.value).doubtful == undecided


async def test_a_wait_that_is_asked_for_is_told(api: BotApi, bot: ExtBot[None]) -> None:
    api.faults.next("sendMessage", Fault.rate_limited(7))
    with pytest.raises(RetryAfter) as failed:
        await bot.send_message(1001, "Hallo")
    assert not_sent(failed.value).retry_after == timedelta(seconds=7)


async def test_a_migrated_group_is_told(
    api: BotApi, bot: ExtBot[None], person: PrivateChat
) -> None:
    group = api.group(person.bot)
    old = group.id
    new = group.migrate()
    with pytest.raises(ChatMigrated) as failed:
        await bot.send_message(old, "Hallo")
    assert failed.value.new_chat_id == new


async def test_an_answer_that_does_not_come_in_time_is_undecided(
    api: BotApi, bot: ExtBot[None], person: PrivateChat
) -> None:
    api.faults.next("sendMessage", Fault.slow(5))
    with pytest.raises(TimedOut) as failed:
        await bot.send_message(1001, "Hallo", read_timeout=0.05)
    assert is_undecided(failed.value)
    assert person.last.text == "Hallo"


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    request = AiohttpRequest()
    bot = made_bot("5:token", f"http://127.0.0.1:{port}", request, AiohttpRequest())
    with pytest.raises(NetworkError) as failed:
        await bot.send_message(1001, "Hallo")
    assert not is_undecided(failed.value), "not initialized"
    await request.initialize()
    with pytest.raises(NetworkError) as failed:
        await bot.send_message(1001, "Hallo")
    assert not is_undecided(failed.value)
    await request.shutdown()
    await request.shutdown()
