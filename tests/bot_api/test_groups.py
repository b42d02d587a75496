"""Groups: what a bot may see, topics, and a group that becomes a supergroup."""

from bot_api import Bot, BotApi
from bot_api.calling import Caller


def texts(caller: Caller) -> list[str | None]:
    return [update["message"].get("text") for update in caller.call("getUpdates")]


def test_in_privacy_mode_a_bot_sees_what_is_meant_for_it(
    api: BotApi, bot: Bot, caller: Caller
) -> None:
    ali = api.user(7, "Ali")
    group = api.group(bot, ali)
    caller.call("sendMessage", chat_id=group.id, text="Guten Tag")
    group.say_as(ali, "unter uns")
    group.say_as(ali, "/offen")
    group.say_as(ali, "/offen@kpbot jetzt")
    group.say_as(ali, "/offen@anderer")
    group.say_as(ali, "frag @kpbot.")
    group.say_as(ali, "danke", reply_to=group.last)
    group.join(api.user(8, "Mona"))
    seen = ["/offen", "/offen@kpbot jetzt", "frag @kpbot.", "danke", None]
    assert texts(caller) == seen
    command = caller.call("getUpdates")[1]["message"]["entities"]
    assert command == [{"type": "bot_command", "offset": 0, "length": 12}]


def test_administrators_and_bots_without_privacy_mode_see_everything(api: BotApi) -> None:
    admin = api.bot("1:admin", username="admin_bot")
    open_bot = api.bot("2:open", username="open_bot", sees_all_messages=True)
    closed = api.bot("3:closed", username="closed_bot")
    group = api.group(admin, admin=True)
    group.add_bot(open_bot)
    group.add_bot(closed)
    group.say_as(api.user(7), "unter uns")
    assert [each.unconfirmed for each in (admin, open_bot, closed)] == [1, 2, 1]


def test_topics_live_and_die(api: BotApi, bot: Bot, caller: Caller) -> None:
    forum = api.group(bot, forum=True, admin=True)
    where = {"chat_id": forum.id}
    thread = caller.call("createForumTopic", **where, name="KP-ABCDE")["message_thread_id"]
    topic = {**where, "message_thread_id": thread}
    caller.call("sendMessage", **topic, text="Anfrage")
    caller.call("sendMessage", **where, text="an alle")
    assert [message.text for message in forum.in_topic(thread)] == ["Anfrage"]
    assert [message.text for message in forum.in_topic(None)] == ["an alle"]
    caller.call("editForumTopic", **topic, name="KP-ABCDE ✓")
    same = caller.refusal("editForumTopic", **topic, name="KP-ABCDE ✓")
    assert same == "Bad Request: TOPIC_NOT_MODIFIED"
    caller.call("closeForumTopic", **topic)
    assert forum.topics[thread].closed
    caller.call("sendMessage", **topic, text="noch da")
    assert caller.refusal("closeForumTopic", **topic) == "Bad Request: TOPIC_NOT_MODIFIED"
    caller.call("reopenForumTopic", **topic)
    forum.say_as(api.user(7), "Antwort", thread=thread)
    (update,) = caller.call("getUpdates")
    assert update["message"]["message_thread_id"] == thread
    assert "forum_topic_created" in update["message"]["reply_to_message"]
    forum.delete_topic(thread)
    gone = caller.refusal("sendMessage", **topic, text="x")
    assert gone == "Bad Request: message thread not found"


def test_topics_need_a_forum_and_rights(api: BotApi, bot: Bot, caller: Caller) -> None:
    group, forum = api.group(bot), api.group(bot, forum=True)
    plain = caller.refusal("createForumTopic", chat_id=group.id, name="x")
    assert plain == "Bad Request: the chat is not a forum"
    rights = caller.refusal("createForumTopic", chat_id=forum.id, name="x")
    assert rights == "Bad Request: not enough rights to create a topic"
    thread = forum.open_topic("Fragen")
    forum.close_topic(thread)
    closed = {"chat_id": forum.id, "message_thread_id": thread, "text": "x"}
    assert caller.refusal("sendMessage", **closed) == "Bad Request: TOPIC_CLOSED"
    sent = caller.call("sendMessage", chat_id=forum.id, text="x")
    pin = {"chat_id": forum.id, "message_id": sent["message_id"]}
    assert caller.refusal("pinChatMessage", **pin).startswith("Bad Request: not enough rights")
    forum.set_status(bot, "administrator")
    caller.call("pinChatMessage", **pin)
    assert forum.messages[-1].pinned


def test_a_group_that_became_a_supergroup_says_so(api: BotApi, bot: Bot, caller: Caller) -> None:
    group = api.group(bot)
    old = group.id
    caller.call("sendMessage", chat_id=old, text="vorher")
    new = group.migrate()
    answer = caller.post("sendMessage", chat_id=old, text="x")
    assert answer.status_code == 400
    assert answer.json()["parameters"] == {"migrate_to_chat_id": new}
    assert answer.json()["description"] == (
        "Bad Request: group chat was upgraded to a supergroup chat"
    )
    caller.call("sendMessage", chat_id=new, text="nachher")
    assert [message.text for message in group.messages] == ["nachher"]
    leaving, coming = (update["message"] for update in caller.call("getUpdates"))
    assert (leaving["chat"]["id"], leaving["migrate_to_chat_id"]) == (old, new)
    assert (coming["chat"]["id"], coming["migrate_from_chat_id"]) == (new, old)


def test_a_bot_that_was_removed_is_told_and_refused(api: BotApi, bot: Bot, caller: Caller) -> None:
    group = api.group(bot)
    group.kick(bot)
    kicked = caller.refusal("sendMessage", chat_id=group.id, text="x")
    assert kicked == "Forbidden: bot was kicked from the group chat"
    group.say_as(api.user(7), "/start@kpbot")
    (update,) = caller.call("getUpdates")
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


def test_everybody_in_a_group_may_press(api: BotApi, bot: Bot, caller: Caller) -> None:
    ali, mona = api.user(7, "Ali"), api.user(8, "Mona")
    group = api.group(bot, ali, mona)
    markup = {"inline_keyboard": [[{"text": "Übernehmen", "callback_data": "claim"}]]}
    caller.call("sendMessage", chat_id=group.id, text="Anfrage", reply_markup=markup)
    for user in (ali, mona):
        group.press_as(user, group.last, "Übernehmen")
    presses = [update["callback_query"] for update in caller.call("getUpdates")]
    assert [press["from"]["id"] for press in presses] == [7, 8]
    contact = {"keyboard": [[{"text": "x", "request_contact": True}]]}
    refused = caller.refusal("sendMessage", chat_id=group.id, text="x", reply_markup=contact)
    assert refused == "Bad Request: phone number can be requested in private chats only"
