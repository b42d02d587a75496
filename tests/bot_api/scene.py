"""Every kind of update a bot of ours can meet, produced by people and not by hand."""

from contextlib import closing
from typing import Any

from bot_api.api import BotApi
from bot_api.bots import Bot
from bot_api.calling import Caller


def every_kind(api: BotApi) -> list[dict[str, Any]]:
    """What `getUpdates` gives after a lively day."""
    bot = api.bot("123:token", username="kpbot")
    with closing(Caller(api)) as caller:
        _live(api, bot, caller)
        found: list[dict[str, Any]] = caller.call("getUpdates")
    return found


def _live(api: BotApi, bot: Bot, caller: Caller) -> None:
    chat = api.private_chat(bot, 1001, language_code="de")
    chat.start("payload")
    said = chat.say("frag @kpbot 🙂")
    chat.edit(said, "anders")
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    caller.call("sendMessage", chat_id=1001, text="Frage", reply_markup=markup)
    chat.say("Antwort", reply_to=chat.last)
    chat.press(chat.last, "Ja")
    caller.call("deleteMessage", chat_id=1001, message_id=chat.last.id)
    chat.press(chat.log[-2], "y", stale=True)
    chat.send_photo("ein Bild")
    chat.send_voice()
    chat.send_document("a.pdf", b"%PDF-")
    chat.send_sticker()
    chat.send_location()
    chat.send_poll()
    chat.send_contact(own=True)
    chat.send_contact(own=False)
    chat.block()
    chat.unblock()
    forum = api.group(bot, chat, forum=True, admin=True)
    thread = forum.open_topic("Fragen")
    forum.say_as(chat.user, "im Thema", thread=thread)
    forum.close_topic(thread)
    forum.set_status(bot, "restricted")
    forum.set_status(bot, "member")
    forum.kick(bot)
    group = api.group(bot, chat)
    group.join(api.user(8, "Mona"))
    group.migrate()
