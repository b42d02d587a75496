"""Updates that are sent to a webhook: with the secret, in order where it is kept, until taken."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web

from bot_api import BotApi, Fault, PrivateChat
from bot_api.calling import Caller
from bot_api.hooks import Receiver, taken
from bot_api.webhook import wait_after

SECRET = "geheim_1"  # noqa: S105 (invented)
UNFIT = "ä"
ONE_BUTTON = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}


@pytest.fixture
def receiver(chat: PrivateChat, caller: Caller) -> Iterator[Receiver]:
    """The webhook of the bot."""
    assert chat.begun
    running = Receiver()
    caller.call("setWebhook", url=running.url, secret_token=SECRET)
    yield running
    running.stop()


def busy(_: dict[str, Any]) -> web.Response:
    return web.Response(status=500)


def later(_: dict[str, Any]) -> web.Response:
    return web.Response(status=429, headers={"Retry-After": "30"})


def test_updates_come_with_the_secret_in_order_and_once(
    api: BotApi, chat: PrivateChat, receiver: Receiver
) -> None:
    for number in range(5):
        chat.say(str(number))
    receiver.wait_for(5)
    api.wait_for(lambda: chat.bot.unconfirmed == 0)
    assert receiver.texts == ["0", "1", "2", "3", "4"]
    assert set(receiver.secrets) == {SECRET}


def test_a_press_overtakes_a_text_that_is_still_being_answered(
    api: BotApi, chat: PrivateChat, caller: Caller, receiver: Receiver
) -> None:
    caller.call("sendMessage", chat_id=1001, text="Frage", reply_markup=ONE_BUTTON)
    gate = receiver.gates["langsam"] = threading.Event()
    chat.say("langsam")
    chat.say("wartet")
    chat.press(chat.last, "Ja")
    first = receiver.wait_for(2)
    assert {"message", "callback_query"} == {key for u in first for key in u} - {"update_id"}
    assert receiver.texts == ["langsam"]
    gate.set()
    receiver.wait_for(3)
    assert receiver.texts == ["langsam", "wartet"]
    api.wait_for(lambda: chat.bot.unconfirmed == 0)


def test_another_chat_does_not_wait(api: BotApi, chat: PrivateChat, receiver: Receiver) -> None:
    receiver.answers = [later]
    chat.say("hängt")
    receiver.wait_for(1)
    api.private_chat(chat.bot, 1002).say("geht")
    receiver.wait_for(2)
    assert receiver.texts == ["hängt", "geht"]


def test_what_was_not_taken_comes_again_at_once_then_later(
    api: BotApi, chat: PrivateChat, caller: Caller, receiver: Receiver
) -> None:
    receiver.answers = [busy, busy]
    chat.say("eins")
    receiver.wait_for(2)
    api.wait_for(lambda: len(receiver.arrived) == 2 and chat.bot.updates.pending[0].attempts == 2)
    info = caller.call("getWebhookInfo")
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )
    api.advance(2)
    receiver.wait_for(3)
    api.wait_for(lambda: chat.bot.unconfirmed == 0)
    assert len({update["update_id"] for update in receiver.arrived}) == 1


def test_the_waits_between_tries() -> None:
    assert [wait_after(attempts) for attempts in range(1, 9)] == [0, 2, 4, 8, 16, 32, 60, 60]


def test_retry_after_is_honoured(api: BotApi, chat: PrivateChat, receiver: Receiver) -> None:
    receiver.answers = [later]
    chat.say("eins")
    receiver.wait_for(1)
    api.wait_for(lambda: chat.bot.updates.pending[0].attempts)
    assert chat.bot.updates.pending[0].not_before - api.world.now() > 28
    api.advance(31)
    receiver.wait_for(2)


def test_a_call_in_the_answer_is_carried_out(
    api: BotApi, chat: PrivateChat, receiver: Receiver
) -> None:
    receiver.answer = lambda update: web.json_response(
        {"method": "sendMessage", "chat_id": 1001, "text": f"du: {update['message']['text']}"}
    )
    chat.say("hallo")
    chat.wait_for("du: hallo")
    receiver.answer = lambda _: web.json_response({"method": "sendMessage", "chat_id": 1001})
    chat.say("leer")
    assert api.wait_for(lambda: api.world.unheard)[0].description.endswith("text is empty")


def test_faults_on_the_way_to_the_webhook(
    api: BotApi, chat: PrivateChat, receiver: Receiver
) -> None:
    api.faults.next("webhook", Fault.wrong_secret())
    api.faults.next("webhook", Fault.duplicate())
    chat.say("eins")
    receiver.wait_for(1)
    assert receiver.secrets == ["not-the-secret"]
    chat.say("zwei")
    receiver.wait_for(3)
    api.wait_for(lambda: chat.bot.unconfirmed == 0)
    api.faults.next("webhook", Fault.malformed())
    api.faults.next("webhook", Fault.dropped_after())
    chat.say("drei")
    receiver.wait_for(4)
    api.wait_for(lambda: chat.bot.updates.pending[0].attempts == 2)
    api.advance(3)
    receiver.wait_for(5)
    assert receiver.broken == 1
    assert receiver.texts == ["eins", "zwei", "zwei", "drei", "drei"]


def test_what_waited_for_polling_goes_to_the_webhook_and_back(
    chat: PrivateChat, caller: Caller
) -> None:
    chat.say("vorher")
    running = Receiver()
    caller.call("setWebhook", url=running.url, allowed_updates=["message"])
    running.wait_for(1)
    assert running.secrets == [None]
    info = caller.call("getWebhookInfo")
    assert info["url"] == running.url
    assert info["allowed_updates"] == ["message"]
    running.stop()
    chat.say("niemand da")
    chat.world.wait_for(lambda: chat.bot.hook.last_error, 20)
    assert caller.call("getWebhookInfo")["pending_update_count"] == 1
    caller.call("deleteWebhook")
    assert [u["message"]["text"] for u in caller.call("getUpdates")] == ["niemand da"]


def test_a_confirmed_update_may_come_again_by_webhook(
    api: BotApi, chat: PrivateChat, receiver: Receiver
) -> None:
    chat.say("eins")
    receiver.wait_for(1)
    api.wait_for(lambda: chat.bot.unconfirmed == 0)
    chat.bot.redeliver_last()
    first, second = receiver.wait_for(2)
    assert first == second


def test_which_webhooks_are_refused(caller: Caller) -> None:
    plain = caller.refusal("setWebhook", url="http://bot.example.org/hook")
    assert plain == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    unfit = caller.refusal("setWebhook", url="https://bot.example.org/", secret_token=UNFIT)
    assert unfit == "Bad Request: secret token contains unallowed characters"
    assert caller.call("getWebhookInfo")["url"] == ""


def test_poison_goes_to_the_webhook_too(chat: PrivateChat, receiver: Receiver) -> None:
    chat.bot.poison()
    (poison,) = receiver.wait_for(1)
    assert json.dumps(poison["message"]) == '{"message_id": 1}'
    assert receiver.answer is taken
