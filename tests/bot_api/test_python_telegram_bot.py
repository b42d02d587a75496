"""python-telegram-bot as it comes against the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot as Client
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, MessageHandler
from telegram.ext import filters as what

from bot_api import Bot, BotApi, Fault, PrivateChat
from bot_api.hooks import Receiver
from bot_api.scene import every_kind

SECRET = "geheim"  # noqa: S105 (invented)
ASK = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="y")]])


async def echo(update: Update, _: Any) -> None:
    assert update.message is not None
    await update.message.reply_text(f"du: {update.message.text}", reply_markup=ASK)


async def pressed(update: Update, _: Any) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("gut")
    await update.callback_query.edit_message_text("erledigt")


@asynccontextmanager
async def application(
    api: BotApi, bot: Bot
) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    made: Any = ApplicationBuilder().token(bot.token).base_url(f"{api.url}/bot").build()
    made.add_handler(MessageHandler(what.TEXT, echo))
    made.add_handler(CallbackQueryHandler(pressed))
    async with made:
        await made.start()
        yield made
        await made.stop()


@asynccontextmanager
async def client(api: BotApi, bot: Bot) -> AsyncIterator[Client]:
    files = f"{api.url}/file/bot"
    async with Client(bot.token, base_url=f"{api.url}/bot", base_file_url=files) as made:
        yield made


async def test_polling_answering_and_pressing(api: BotApi, bot: Bot, chat: PrivateChat) -> None:
    async with application(api, bot) as running:
        assert running.updater is not None
        await running.updater.start_polling()
        chat.start("x")
        question = await asyncio.to_thread(chat.wait_for, "du: /start x")
        press = chat.press(question, "Ja")
        await asyncio.to_thread(chat.wait_for, "erledigt")
        await asyncio.to_thread(chat.wait_for_answer, press)
        await running.updater.stop()
    assert (chat.toasts, question.edits, question.titles) == (["gut"], ["du: /start x"], [])


async def test_what_arrives_at_a_webhook_can_be_handled(
    api: BotApi, bot: Bot, chat: PrivateChat
) -> None:
    receiver = Receiver()
    async with application(api, bot) as running:
        await running.bot.set_webhook(receiver.url, secret_token=SECRET, max_connections=2)
        chat.say("hallo")
        (raw,) = await asyncio.to_thread(receiver.wait_for, 1)
        await running.process_update(Update.de_json(raw, running.bot))
        assert (await running.bot.get_webhook_info()).url == receiver.url
    assert receiver.secrets == [SECRET]
    assert chat.last.text == "du: hallo"
    await asyncio.to_thread(receiver.stop)


async def test_every_kind_of_update_can_be_read(api: BotApi) -> None:
    raw = every_kind(api)
    async with client(api, api.world.bots["123:token"]) as bot:
        read = [Update.de_json(each, bot) for each in raw]
    assert len(read) >= 20
    kinds = {kind for each in raw for kind in each} - {"update_id"}
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member"}


async def test_refusals_are_the_exceptions_of_the_library(
    api: BotApi, bot: Bot, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without it the library warns that `retry_after` will be a timedelta one day.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    group = api.group(bot)
    old, new = group.id, group.migrate()
    async with client(api, bot) as sending:
        sent = await sending.send_message(1001, "eins")
        with pytest.raises(BadRequest, match="not modified"):
            await sending.edit_message_text("eins", 1001, sent.message_id)
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x" * 70)]])
        with pytest.raises(BadRequest, match="Button_data_invalid"):
            await sending.send_message(1001, "x", reply_markup=markup)
        with pytest.raises(ChatMigrated) as migrated:
            await sending.send_message(old, "x")
        assert migrated.value.new_chat_id == new
        api.faults.next("sendMessage", Fault.rate_limited(7))
        with pytest.raises(RetryAfter) as limited:
            await sending.send_message(1001, "x")
        assert limited.value.retry_after == timedelta(seconds=7)
        api.faults.next("sendMessage", Fault.dropped_after())
        with pytest.raises(NetworkError):
            await sending.send_message(1001, "zweifelhaft")
        chat.block()
        with pytest.raises(Forbidden, match="blocked"):
            await sending.send_message(1001, "x")
    assert [message.text for message in chat.messages] == ["eins", "zweifelhaft"]


async def test_a_second_poller_is_a_conflict(api: BotApi, bot: Bot) -> None:
    async with client(api, bot) as first, client(api, bot) as second:
        waiting = asyncio.create_task(first.get_updates(timeout=30))
        await asyncio.to_thread(api.wait_for, lambda: bot.polling)
        other = asyncio.create_task(second.get_updates(timeout=30))
        with pytest.raises(Conflict):
            await waiting
        api.advance(31)
        assert await other == ()


async def test_files_topics_and_chats(api: BotApi, bot: Bot, chat: PrivateChat) -> None:
    forum = api.group(bot, chat, forum=True, admin=True)
    async with client(api, bot) as sending:
        topic = await sending.create_forum_topic(forum.id, "KP-ABCDE")
        thread = topic.message_thread_id
        sent = await sending.send_document(
            forum.id, b"BEGIN:VCALENDAR", filename="a.ics", message_thread_id=thread
        )
        await sending.pin_chat_message(forum.id, sent.message_id)
        await sending.close_forum_topic(forum.id, thread)
        await sending.reopen_forum_topic(forum.id, thread)
        assert sent.document is not None
        fetched = await (await sending.get_file(sent.document.file_id)).download_as_bytearray()
        assert (await sending.get_chat(forum.id)).is_forum
    (message,) = forum.in_topic(thread)
    assert message.document is not None
    assert message.document.content == fetched == b"BEGIN:VCALENDAR"
    assert message.pinned
