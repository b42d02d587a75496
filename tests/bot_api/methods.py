"""The methods of the Bot API that send, change and answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot_api import keyboards
from bot_api.bots import Bot
from bot_api.chats import Chat
from bot_api.messages import Document, Message
from bot_api.params import Params
from bot_api.updates import QUERY_LIFE
from bot_api.words import LONGEST_CAPTION, LONGEST_TEXT, formatted
from bot_api.world import Raw, Refused, bad_request

Method = Callable[[Bot, Params], Any]
LONGEST_TOAST = 200
TWO_DAYS = 48 * 3600
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def chat_of(bot: Bot, params: Params) -> Chat:
    """The chat a call names. Raises Refused."""
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    if not isinstance(params.values["chat_id"], int):
        raise bad_request("chat not found")
    return bot.chat(params.number("chat_id"))


def message_of(bot: Bot, params: Params, what: str) -> Message:
    """The message a call names; `what` shall be done. Raises Refused."""
    chat = chat_of(bot, params)
    chat.check(bot)
    message = chat.find(params.number("message_id"))
    if message is None:
        raise bad_request(f"message to {what} not found")
    return message


def get_me(bot: Bot, _: Params) -> Raw:
    """Who the bot is."""
    return {
        **bot.user.raw(),
        "can_join_groups": True,
        "can_read_all_group_messages": bot.sees_all_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def send_message(bot: Bot, params: Params) -> Raw:
    """A text stands in the chat."""
    text, entities = formatted(params, "text", LONGEST_TEXT, "entities")
    if not text:
        raise bad_request("message text is empty")
    return _send(bot, params, text, entities=entities)


def send_document(bot: Bot, params: Params) -> Raw:
    """A file stands in the chat."""
    text, entities = formatted(params, "caption", LONGEST_CAPTION, "caption_entities")
    upload = params.upload("document")
    world = bot.world
    if upload is not None:
        name, content = upload
        file_id = f"FILE{world.number()}"
        world.files[file_id] = upload
    else:
        file_id = params.text("document")
        if not file_id:
            raise bad_request("there is no document in the request")
        if file_id not in world.files:
            raise bad_request(
                "wrong remote file identifier specified: Wrong string length"
                if "://" not in file_id
                else "failed to get HTTP URL content"
            )
        name, content = world.files[file_id]
    if not content:
        raise bad_request("file must be non-empty")
    document = Document(name, content, file_id)
    fields = {
        "file_id": file_id,
        "file_unique_id": f"U{file_id}",
        "file_name": name,
        "file_size": len(content),
    }
    extra = {"document": fields}
    return _send(bot, params, text, entities=entities, document=document, extra=extra)


def _send(bot: Bot, params: Params, text: str, **fields: Any) -> Raw:
    chat = chat_of(bot, params)
    thread = params.maybe("message_thread_id")
    chat.check(bot, thread)
    markup = keyboards.checked(params.values.get("reply_markup"), chat)
    reply_to = _replied(chat, params)
    limits = bot.world.limits
    if limits is not None and (wait := limits.wait(bot.token, chat.id, bot.world.now())):
        raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    if reply_to is not None and thread is None:
        thread = reply_to.thread_id
    fields |= {"markup": markup, "reply_to": reply_to, "params": params.values}
    return chat.add(bot.user, text, thread_id=thread, **fields).raw()


def _replied(chat: Chat, params: Params) -> Message | None:
    reply: Raw = params.values.get("reply_parameters") or {}
    wanted = reply.get("message_id") or params.maybe("reply_to_message_id")
    if wanted is None:
        return None
    found = chat.find(int(wanted))
    lenient = reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found


def edit_text(bot: Bot, params: Params) -> Raw:
    """A message of the bot reads otherwise."""
    message = message_of(bot, params, "edit")
    text, entities = formatted(params, "text", LONGEST_TEXT, "entities")
    if not text:
        raise bad_request("message text is empty")
    if message.document is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(bot, message, text, entities, params)


def edit_caption(bot: Bot, params: Params) -> Raw:
    """The caption of a file of the bot reads otherwise."""
    message = message_of(bot, params, "edit")
    text, entities = formatted(params, "caption", LONGEST_CAPTION, "caption_entities")
    if message.document is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(bot, message, text, entities, params)


def edit_markup(bot: Bot, params: Params) -> Raw:
    """A message of the bot has other buttons, or none."""
    message = message_of(bot, params, "edit")
    return _change(bot, message, message.text, message.entities, params)


def _change(bot: Bot, message: Message, text: str, entities: list[Raw], params: Params) -> Raw:
    chat = message.chat
    if message.sender.id != bot.id:
        raise bad_request("message can't be edited")
    markup = keyboards.checked(params.values.get("reply_markup"), chat)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    shown = message.markup if message.markup and "inline_keyboard" in message.markup else None
    if (text, entities, markup) == (message.text, message.entities, shown):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    chat.change(message, text, entities, markup)
    return message.raw()


def answer_callback(bot: Bot, params: Params) -> bool:
    """The spinner of a pressed button is gone."""
    if len(params.text("text")) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    press = bot.presses.get(params.text("callback_query_id"))
    if press is None or press.answered or bot.world.now() - press.at > QUERY_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    press.answered = True
    press.toast = params.text("text")
    press.alert = params.flag("show_alert")
    press.url = params.text("url")
    bot.world.changed()
    return True


def chat_action(bot: Bot, params: Params) -> bool:
    """The chat shows what the bot is doing."""
    chat = chat_of(bot, params)
    chat.check(bot, params.maybe("message_thread_id"))
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    bot.actions.append((chat.id, params.text("action")))
    bot.world.changed()
    return True


def delete_message(bot: Bot, params: Params) -> bool:
    """The message is gone."""
    message = message_of(bot, params, "delete")
    if bot.world.now() - message.date > TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    bot.world.changed()
    return True


SENDING: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "answerCallbackQuery": answer_callback,
    "sendChatAction": chat_action,
    "deleteMessage": delete_message,
}
