"""What may be sent and changed, and the words in which the rest is refused."""

from typing import Any

import pytest

from bot_api import BotApi, PrivateChat
from bot_api.calling import Caller

LONG = 4096
UNMATCHED = (
    'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'
)
MUST_BE_ESCAPED = (
    "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'"
)


def buttons(*data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": each, "callback_data": each} for each in data]]}


def test_a_sent_text_stands_in_the_chat(chat: PrivateChat, caller: Caller) -> None:
    sent = caller.call("sendMessage", chat_id=1001, text=" Guten Tag ", reply_markup=buttons("a"))
    assert chat.last.text == sent["text"] == "Guten Tag"
    assert chat.last.titles == ["a"]
    assert sent["chat"] == {"id": 1001, "type": "private", "first_name": "Sabine"}
    assert sent["from"]["username"] == "kpbot"


def test_all_kinds_of_bodies_are_read(api: BotApi, chat: PrivateChat, caller: Caller) -> None:
    markup = '{"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}'
    data = {"chat_id": "1001", "text": "urlencoded", "reply_markup": markup}
    assert caller.form("sendMessage", data).json()["ok"]
    file = ("anfrage.pdf", b"%PDF-", "application/pdf")
    assert caller.form("sendDocument", {"chat_id": "1001"}, document=file).json()["ok"]
    attached = {"chat_id": "1001", "document": "attach://x", "caption": "zwei"}
    assert caller.form("sendDocument", attached, x=file).json()["ok"]
    assert caller._http.get("sendMessage?chat_id=1001&text=query").json()["ok"]
    first, second, third, fourth = chat.messages
    assert (first.titles, fourth.text) == (["Ja"], "query")
    for message in (second, third):
        assert message.document is not None
        assert (message.document.name, message.document.content) == ("anfrage.pdf", b"%PDF-")
    assert api.called("sendMessage")[0].params["reply_markup"]["inline_keyboard"]


def test_a_sent_file_can_be_fetched_and_sent_again(
    api: BotApi, chat: PrivateChat, caller: Caller
) -> None:
    sent = caller.form("sendDocument", {"chat_id": "1001"}, document=("a.csv", b"1;2")).json()
    file_id = sent["result"]["document"]["file_id"]
    path = caller.call("getFile", file_id=file_id)["file_path"]
    assert caller._http.get(f"{api.url}/file/bot123:token/{path}").content == b"1;2"
    caller.call("sendDocument", chat_id=1001, document=file_id)
    assert [m.document.content for m in chat.messages if m.document] == [b"1;2", b"1;2"]


def test_length_counts_utf16_units_after_entities(chat: PrivateChat, caller: Caller) -> None:
    caller.call("sendMessage", chat_id=1001, text="🙂" * (LONG // 2))
    caller.call("sendMessage", chat_id=1001, text=f"<b>{'x' * LONG}</b>", parse_mode="HTML")
    assert chat.last.entities == [{"type": "bold", "offset": 0, "length": LONG}]
    too_long = caller.refusal("sendMessage", chat_id=1001, text="🙂" * (LONG // 2) + "x")
    assert too_long == "Bad Request: message is too long"


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"text": "  "}, "message text is empty"),
        ({"text": "x", "reply_markup": buttons("x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": buttons("ة" * 33)}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "<b>x</i>", "parse_mode": "HTML"},
            UNMATCHED,
        ),
        (
            {"text": "<p>x</p>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "a.", "parse_mode": "MarkdownV2"},
            MUST_BE_ESCAPED,
        ),
        (
            {"text": "🙂", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "can't parse entities: entity cuts a UTF-16 surrogate pair",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "can't parse entities: entity ends after the text",
        ),
        ({"text": "x", "message_thread_id": 7}, "message thread not found"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 9}}, "message to be replied not found"),
    ],
)
def test_refusals_of_sending(
    chat: PrivateChat, caller: Caller, params: dict[str, Any], sentence: str
) -> None:
    assert (
        caller.refusal("sendMessage", **{"chat_id": 1001, **params}) == f"Bad Request: {sentence}"
    )
    assert chat.messages == []


def test_unknown_tokens_and_methods(api: BotApi, chat: PrivateChat, caller: Caller) -> None:
    stranger = Caller(api, "999:nobody")
    assert stranger.refusal("getMe") == "Unauthorized"
    stranger.close()
    assert caller.refusal("sendNothing") == "Not Found: method not found"
    assert caller.call("GETME")["id"] == 123
    assert chat.messages == []


def test_html_and_markdown_become_entities(chat: PrivateChat, caller: Caller) -> None:
    html = 'Ä <b>fett <i>beides</i></b> <a href="https://example.org/?a&amp;b">hier</a> &lt;'
    caller.call("sendMessage", chat_id=1001, text=html, parse_mode="HTML")
    assert chat.last.text == "Ä fett beides hier <"
    assert chat.last.entities == [
        {"type": "bold", "offset": 2, "length": 11},
        {"type": "italic", "offset": 7, "length": 6},
        {"type": "text_link", "offset": 14, "length": 4, "url": "https://example.org/?a&b"},
    ]
    caller.call("sendMessage", chat_id=1001, text="*fett* 1\\.", parse_mode="MarkdownV2")
    assert (chat.last.text, chat.last.entities[0]["type"]) == ("fett 1.", "bold")


def test_entities_move_with_the_trimmed_text(chat: PrivateChat, caller: Caller) -> None:
    entities = [{"type": "bold", "offset": 2, "length": 2}]
    caller.call("sendMessage", chat_id=1001, text="  ab ", entities=entities)
    assert chat.last.entities == [{"type": "bold", "offset": 0, "length": 2}]


def test_edits_are_kept_and_the_same_again_is_refused(chat: PrivateChat, caller: Caller) -> None:
    sent = caller.call("sendMessage", chat_id=1001, text="eins", reply_markup=buttons("a"))
    name = {"chat_id": 1001, "message_id": sent["message_id"]}
    assert caller.call("editMessageText", **name, text="zwei")["text"] == "zwei"
    assert (chat.last.edits, chat.last.titles) == (["eins"], [])
    again = caller.refusal("editMessageText", **name, text="zwei")
    assert again.startswith("Bad Request: message is not modified: specified new message content")
    caller.call("editMessageReplyMarkup", **name, reply_markup=buttons("b"))
    assert chat.last.titles == ["b"]
    assert chat.last.edits == ["eins"]
    missing = caller.refusal("editMessageText", chat_id=1001, message_id=99, text="x")
    assert missing == "Bad Request: message to edit not found"


def test_what_people_wrote_cannot_be_edited(chat: PrivateChat, caller: Caller) -> None:
    said = chat.say("meins")
    refused = caller.refusal("editMessageText", chat_id=1001, message_id=said.id, text="x")
    assert refused == "Bad Request: message can't be edited"


def test_deleting_ends_after_two_days(api: BotApi, chat: PrivateChat, caller: Caller) -> None:
    first, second = (caller.call("sendMessage", chat_id=1001, text=t) for t in ("eins", "zwei"))
    assert caller.call("deleteMessage", chat_id=1001, message_id=first["message_id"])
    assert [message.text for message in chat.messages] == ["zwei"]
    api.advance(49 * 3600)
    late = caller.refusal("deleteMessage", chat_id=1001, message_id=second["message_id"])
    assert late == "Bad Request: message can't be deleted for everyone"
    assert caller.call("editMessageText", chat_id=1001, message_id=second["message_id"], text="x")


def test_a_press_is_answered_once_and_in_time(
    api: BotApi, chat: PrivateChat, caller: Caller
) -> None:
    caller.call("sendMessage", chat_id=1001, text="Frage", reply_markup=buttons("ja", "nein"))
    press = chat.press(chat.last, "ja")
    long = caller.refusal("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    assert not press.answered
    caller.call("answerCallbackQuery", callback_query_id=press.id, text="gut", show_alert=True)
    assert (chat.toasts, press.alert) == (["gut"], True)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert caller.refusal("answerCallbackQuery", callback_query_id=press.id) == too_old
    late = chat.press(chat.last, "nein")
    api.advance(151)
    assert caller.refusal("answerCallbackQuery", callback_query_id=late.id) == too_old


def test_only_buttons_that_are_there_can_be_pressed(chat: PrivateChat, caller: Caller) -> None:
    caller.call("sendMessage", chat_id=1001, text="Frage", reply_markup=buttons("ja"))
    with pytest.raises(LookupError):
        chat.press(chat.last, "nein")
    assert chat.press(chat.last, "alt", stale=True).data == "alt"


def test_whom_a_bot_may_write_to(api: BotApi, caller: Caller) -> None:
    chat = api.private_chat(api.world.bots["123:token"], 1002)
    send = {"chat_id": 1002, "text": "x"}
    first = caller.refusal("sendMessage", **send)
    assert first == "Forbidden: bot can't initiate conversation with a user"
    chat.start()
    caller.call("sendMessage", **send)
    chat.block()
    assert caller.refusal("sendMessage", **send) == "Forbidden: bot was blocked by the user"
    with pytest.raises(ValueError, match="cannot write"):
        chat.say("hallo")
    chat.start("wieder")
    caller.call("sendMessage", **send)
    kinds = [next(iter(u.keys() - {"update_id"})) for u in caller.call("getUpdates")]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]
    chat.deactivate()
    assert caller.refusal("sendMessage", **send) == "Forbidden: user is deactivated"


def test_keyboards_in_place_of_the_letters(chat: PrivateChat, caller: Caller) -> None:
    keys = [[{"text": "Meine Nummer", "request_contact": True}, "Nein"]]
    caller.call("sendMessage", chat_id=1001, text="Nummer?", reply_markup={"keyboard": keys})
    assert chat.last.keyboard == [["Meine Nummer", "Nein"]]
    chat.tap("Meine Nummer")
    chat.tap("Nein")
    contact, text = (update["message"] for update in caller.call("getUpdates"))
    assert contact["contact"]["user_id"] == 1001
    assert text["text"] == "Nein"
    markup = {"remove_keyboard": True}
    caller.call("sendMessage", chat_id=1001, text="weg", reply_markup=markup)
    with pytest.raises(LookupError):
        chat.tap("Nein")


def test_profile_commands_actions_and_chat(api: BotApi, chat: PrivateChat, caller: Caller) -> None:
    bot = api.world.bots["123:token"]
    commands = [{"command": "start", "description": "Beginnen"}]
    caller.call("setMyCommands", commands=commands, language_code="de")
    assert caller.call("getMyCommands", language_code="de") == commands
    assert caller.call("getMyCommands") == []
    broken = [{"command": "Start!", "description": "x"}]
    assert caller.refusal("setMyCommands", commands=broken) == "Bad Request: BOT_COMMAND_INVALID"
    for field in ("name", "description", "short_description"):
        method = "My" + field.title().replace("_", "")
        caller.call(f"set{method}", **{field: "Kommunen", "language_code": "fr"})
        assert caller.call(f"get{method}", language_code="fr") == {field: "Kommunen"}
    caller.call("sendChatAction", chat_id=1001, action="typing")
    assert bot.actions == [(chat.id, "typing")]
    assert caller.call("getChat", chat_id=1001)["type"] == "private"
