"""aiogram as it comes against the server. Slow: its import alone takes seconds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from bot_api import Bot, BotApi, Fault, PrivateChat
from bot_api.scene import every_kind

if TYPE_CHECKING:
    from aiogram import Bot as Client
    from aiogram import Dispatcher

SECRET = "geheim"  # noqa: S105 (invented)
pytestmark = pytest.mark.slow


@asynccontextmanager
async def client(api: BotApi, bot: Bot) -> AsyncIterator["Client"]:
    from aiogram import Bot as Made  # noqa: PLC0415 (seconds; only where it is used)
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415

    session = AiohttpSession(api=TelegramAPIServer.from_base(api.url))
    async with Made(bot.token, session=session) as made:
        yield made


def dispatcher() -> "Dispatcher":
    from aiogram import Dispatcher, types  # noqa: PLC0415

    made = Dispatcher()
    button = types.InlineKeyboardButton(text="Ja", callback_data="y")
    ask = types.InlineKeyboardMarkup(inline_keyboard=[[button]])

    async def echo(message: types.Message) -> Any:
        return message.answer(f"du: {message.text}", reply_markup=ask)

    async def pressed(press: types.CallbackQuery) -> None:
        await press.answer("gut")
        assert isinstance(press.message, types.Message)
        await press.message.edit_text("erledigt")

    made.message.register(echo)
    made.callback_query.register(pressed)
    return made


async def test_polling_answering_and_pressing(api: BotApi, bot: Bot, chat: PrivateChat) -> None:
    async with client(api, bot) as running:
        handling = dispatcher()
        polling = asyncio.create_task(
            handling.start_polling(running, handle_signals=False, close_bot_session=False)
        )
        chat.start()
        question = await asyncio.to_thread(chat.wait_for, "du: /start")
        press = chat.press(question, "Ja")
        await asyncio.to_thread(chat.wait_for, "erledigt")
        await asyncio.to_thread(chat.wait_for_answer, press)
        await handling.stop_polling()
        await polling
    assert (chat.toasts, question.edits, question.titles) == (["gut"], ["du: /start"], [])


@pytest.mark.parametrize("background", [True, False])
async def test_its_webhook_takes_updates_with_the_secret_only(
    api: BotApi, bot: Bot, chat: PrivateChat, *, background: bool
) -> None:
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler  # noqa: PLC0415

    async with client(api, bot) as running:
        application = web.Application()
        SimpleRequestHandler(
            dispatcher(), running, handle_in_background=background, secret_token=SECRET
        ).register(application, path="/hook")
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        api.faults.next("webhook", Fault.wrong_secret())
        await running.set_webhook(f"http://{host}:{port}/hook", secret_token=SECRET)
        chat.say("hallo")
        await asyncio.to_thread(chat.wait_for, "du: hallo")
        assert bot.hook.last_error == "Wrong response from the webhook: 401 Unauthorized"
        await asyncio.to_thread(api.wait_for, lambda: bot.unconfirmed == 0)
        await runner.cleanup()
    # Answered inside the webhook response, the call is the same but made by the server.
    assert [call.params["text"] for call in api.called("sendMessage")] == ["du: hallo"]


async def test_every_kind_of_update_can_be_read(api: BotApi) -> None:
    from aiogram.types import Update  # noqa: PLC0415

    raw = every_kind(api)
    read = [Update.model_validate(each) for each in raw]
    assert len({update.event_type for update in read}) == 4


async def test_refusals_are_the_exceptions_of_the_library(
    api: BotApi, bot: Bot, chat: PrivateChat
) -> None:
    from aiogram import exceptions  # noqa: PLC0415

    group = api.group(bot)
    old, new = group.id, group.migrate()
    async with client(api, bot) as sending:
        with pytest.raises(exceptions.TelegramBadRequest, match="message is too long"):
            await sending.send_message(1001, "x" * 4097)
        with pytest.raises(exceptions.TelegramMigrateToChat) as migrated:
            await sending.send_message(old, "x")
        assert migrated.value.migrate_to_chat_id == new
        api.faults.next("sendMessage", Fault.rate_limited(7))
        with pytest.raises(exceptions.TelegramRetryAfter) as limited:
            await sending.send_message(1001, "x")
        assert limited.value.retry_after == 7
        api.faults.next("sendMessage", Fault.server_error(502, html=True))
        with pytest.raises(exceptions.ClientDecodeError):
            await sending.send_message(1001, "x")
        api.faults.next("sendMessage", Fault.dropped_after())
        with pytest.raises(exceptions.TelegramNetworkError):
            await sending.send_message(1001, "zweifelhaft")
        chat.block()
        with pytest.raises(exceptions.TelegramForbiddenError, match="blocked"):
            await sending.send_message(1001, "x")
        await sending.set_webhook("https://bot.example.org/hook")
        with pytest.raises(exceptions.TelegramConflictError):
            await sending.get_updates()
    assert [message.text for message in chat.messages] == ["zweifelhaft"]


async def test_files_topics_and_chats(api: BotApi, bot: Bot, chat: PrivateChat) -> None:
    from aiogram.types import BufferedInputFile  # noqa: PLC0415

    forum = api.group(bot, chat, forum=True, admin=True)
    async with client(api, bot) as sending:
        topic = await sending.create_forum_topic(forum.id, "KP-ABCDE")
        thread = topic.message_thread_id
        file = BufferedInputFile(b"BEGIN:VCALENDAR", "a.ics")
        sent = await sending.send_document(forum.id, file, message_thread_id=thread)
        assert sent.document is not None
        fetched = await sending.download(sent.document)
        assert (await sending.get_chat(forum.id)).is_forum
        assert (await sending.get_chat(1001)).type == "private"
    (message,) = forum.in_topic(thread)
    assert fetched is not None
    assert message.document is not None
    assert message.document.content == fetched.read() == b"BEGIN:VCALENDAR"
