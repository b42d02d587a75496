"""The methods of the Bot API for groups and the topics of forums."""

from __future__ import annotations

from bot_api.bots import Bot
from bot_api.groups import Group, Topic
from bot_api.methods import Method, chat_of, message_of
from bot_api.params import Params
from bot_api.world import Raw, bad_request

LONGEST_TITLE = 128


def _forum(bot: Bot, params: Params, purpose: str) -> Group:
    """The forum a call names, in which the bot may manage topics. Raises Refused."""
    chat = chat_of(bot, params)
    if not isinstance(chat, Group) or not chat.forum:
        raise bad_request("the chat is not a forum")
    chat.check(bot)
    if chat.status[bot.id] != "administrator":
        raise bad_request(f"not enough rights to {purpose} a topic")
    return chat


def _topic(bot: Bot, params: Params, purpose: str) -> tuple[Group, int, Topic]:
    group = _forum(bot, params, purpose)
    thread = params.number("message_thread_id")
    if thread not in group.topics:
        raise bad_request("message thread not found")
    return group, thread, group.topics[thread]


def _title(params: Params) -> str:
    name = params.text("name").strip()
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    if len(name) > LONGEST_TITLE:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name


def create_topic(bot: Bot, params: Params) -> Raw:
    """A new topic."""
    group = _forum(bot, params, "create")
    color = params.values.get("icon_color")
    message = group.new_topic(_title(params), bot.user, None if color is None else int(color))
    return {"message_thread_id": message.id, **message.extra["forum_topic_created"]}


def edit_topic(bot: Bot, params: Params) -> bool:
    """The topic has another name."""
    group, thread, topic = _topic(bot, params, "edit")
    if "name" in params.values:
        name = _title(params)
        if name == topic.name:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.name = name
        group.add(bot.user, thread_id=thread, extra={"forum_topic_edited": {"name": name}})
    return True


def close_topic(bot: Bot, params: Params) -> bool:
    """Only administrators can write in the topic."""
    group, thread, topic = _topic(bot, params, "close")
    if topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = True
    group.add(bot.user, thread_id=thread, extra={"forum_topic_closed": {}})
    return True


def reopen_topic(bot: Bot, params: Params) -> bool:
    """Everybody can write in the topic again."""
    group, thread, topic = _topic(bot, params, "reopen")
    if not topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = False
    group.add(bot.user, thread_id=thread, extra={"forum_topic_reopened": {}})
    return True


def delete_topic(bot: Bot, params: Params) -> bool:
    """The topic is gone with everything in it."""
    group, thread, _ = _topic(bot, params, "delete")
    group.delete_topic(thread)
    return True


def pin(bot: Bot, params: Params) -> bool:
    """The message is pinned."""
    message = message_of(bot, params, "pin")
    _check_pin(bot, message.chat)
    message.pinned = True
    extra = {"pinned_message": message.raw(with_reply=False)}
    message.chat.add(bot.user, thread_id=message.thread_id, extra=extra)
    return True


def unpin(bot: Bot, params: Params) -> bool:
    """The message is not pinned."""
    message = message_of(bot, params, "unpin")
    _check_pin(bot, message.chat)
    message.pinned = False
    return True


def _check_pin(bot: Bot, chat: object) -> None:
    if isinstance(chat, Group) and chat.status[bot.id] != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")


def leave(bot: Bot, params: Params) -> bool:
    """The bot is not in the group any more."""
    chat = chat_of(bot, params)
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    chat.check(bot)
    chat.status[bot.id] = "left"
    return True


def get_member(bot: Bot, params: Params) -> Raw:
    """What a user is in the chat."""
    chat = chat_of(bot, params)
    user_id = params.number("user_id")
    if isinstance(chat, Group):
        if user_id == chat.owner.id:
            return {"status": "creator", "user": chat.owner.raw(), "is_anonymous": False}
        for member in chat.members:
            if member.id == user_id:
                return {"status": "member", "user": member.raw()}
    raise bad_request("user not found")


GROUP_METHODS: dict[str, Method] = {
    "createForumTopic": create_topic,
    "editForumTopic": edit_topic,
    "closeForumTopic": close_topic,
    "reopenForumTopic": reopen_topic,
    "deleteForumTopic": delete_topic,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "leaveChat": leave,
    "getChatMember": get_member,
}
