"""Updates that are asked for: they wait, come again until confirmed, and expire."""

from typing import Any

import httpx
import pytest

from bot_api import Bot, BotApi, Fault, PrivateChat
from bot_api.calling import Caller

DAY = 24 * 3600


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def test_a_long_poll_ends_with_the_first_update(chat: PrivateChat, caller: Caller) -> None:
    waiting = caller.later("getUpdates", timeout=50)
    chat.world.wait_for(lambda: chat.bot.polling, 10)
    assert not waiting.done()
    chat.say("hallo")
    (update,) = waiting.result().json()["result"]
    assert update["message"]["from"]["language_code"] == "de"
    assert update["message"]["text"] == "hallo"


def test_a_long_poll_is_capped_and_ends_when_the_clock_says(
    api: BotApi, bot: Bot, caller: Caller
) -> None:
    waiting = caller.later("getUpdates", timeout=10_000)
    api.wait_for(lambda: bot.polling)
    api.advance(51)
    assert waiting.result().json() == {"ok": True, "result": []}


def test_updates_come_again_until_the_offset_confirms_them(
    chat: PrivateChat, caller: Caller
) -> None:
    for text in ("eins", "zwei", "drei"):
        chat.say(text)
    first = caller.call("getUpdates")
    assert caller.call("getUpdates") == first
    assert texts(caller.call("getUpdates", limit=1)) == ["eins"]
    assert texts(caller.call("getUpdates", offset=first[1]["update_id"])) == ["zwei", "drei"]
    assert texts(caller.call("getUpdates", offset=-1)) == ["drei"]
    assert caller.call("getUpdates", offset=first[2]["update_id"] + 1) == []
    assert chat.bot.unconfirmed == 0


def test_a_second_poller_ends_the_first(api: BotApi, bot: Bot, caller: Caller) -> None:
    first = caller.later("getUpdates", timeout=50)
    api.wait_for(lambda: bot.polling)
    second = caller.later("getUpdates", timeout=50)
    answer = first.result()
    assert answer.status_code == 409
    assert answer.json()["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert not second.done()
    api.advance(51)
    assert second.result().json()["ok"]


def test_nobody_polls_while_a_webhook_is_set(api: BotApi, bot: Bot, caller: Caller) -> None:
    first = caller.later("getUpdates", timeout=50)
    api.wait_for(lambda: bot.polling)
    caller.call("setWebhook", url="http://127.0.0.1:9/hook")
    assert first.result().json()["description"] == "Conflict: terminated by setWebhook request"
    refused = caller.refusal("getUpdates")
    assert refused.startswith("Conflict: can't use getUpdates method while webhook is active")
    caller.call("deleteWebhook")
    assert caller.call("getUpdates") == []


def test_messages_expire_after_a_day_and_presses_sooner(
    api: BotApi, chat: PrivateChat, caller: Caller
) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    caller.call("sendMessage", chat_id=1001, text="Frage", reply_markup=markup)
    chat.say("alt")
    chat.press(chat.last, "a")
    api.advance(149)
    assert len(caller.call("getUpdates")) == 2
    api.advance(2)
    assert texts(caller.call("getUpdates")) == ["alt"]
    api.advance(DAY)
    assert caller.call("getUpdates") == []


def test_allowed_updates_are_remembered(chat: PrivateChat, caller: Caller) -> None:
    caller.call("getUpdates", allowed_updates=["edited_message"])
    said = chat.say("eins")
    chat.edit(said, "zwei")
    (update,) = caller.call("getUpdates")
    assert update["edited_message"]["text"] == "zwei"


def test_after_an_idle_week_the_next_number_is_random(
    api: BotApi, chat: PrivateChat, caller: Caller
) -> None:
    chat.say("eins")
    chat.say("zwei")
    first, second = caller.call("getUpdates")
    assert second["update_id"] == first["update_id"] + 1
    caller.call("getUpdates", offset=second["update_id"] + 1)
    api.advance(8 * DAY)
    chat.say("drei")
    (third,) = caller.call("getUpdates")
    assert abs(third["update_id"] - second["update_id"]) > 1000


def test_a_confirmed_update_may_come_again(chat: PrivateChat, caller: Caller) -> None:
    chat.say("eins")
    (first,) = caller.call("getUpdates")
    assert caller.call("getUpdates", offset=first["update_id"] + 1) == []
    chat.bot.redeliver_last("message")
    assert caller.call("getUpdates", offset=first["update_id"] + 1) == [first]
    assert caller.call("getUpdates", offset=first["update_id"] + 1) == []


def test_held_updates_come_together_and_if_wanted_backwards(
    chat: PrivateChat, caller: Caller
) -> None:
    chat.bot.hold_updates()
    chat.say("eins")
    chat.say("zwei")
    assert caller.call("getUpdates") == []
    chat.bot.release_updates(backwards=True)
    assert texts(caller.call("getUpdates")) == ["zwei", "eins"]


def test_duplicates_and_reversed_batches(api: BotApi, chat: PrivateChat, caller: Caller) -> None:
    chat.say("eins")
    chat.say("zwei")
    api.faults.next("getUpdates", Fault.duplicate())
    api.faults.next("getUpdates", Fault.reversed())
    assert texts(caller.call("getUpdates")) == ["eins", "eins", "zwei", "zwei"]
    assert texts(caller.call("getUpdates")) == ["zwei", "eins"]
    assert texts(caller.call("getUpdates")) == ["eins", "zwei"]


def test_poison_stands_before_the_others_until_it_is_confirmed(
    api: BotApi, chat: PrivateChat, caller: Caller
) -> None:
    chat.say("eins")
    caller.call("getUpdates")
    chat.say("zwei")
    api.faults.next("getUpdates", Fault.poison())
    found = caller.call("getUpdates")
    assert [update["message"].get("text") for update in found] == ["eins", None, "zwei"]
    assert caller.call("getUpdates") == found
    assert texts(caller.call("getUpdates", offset=found[2]["update_id"])) == ["zwei"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault.server_error(500), 500), (Fault.server_error(502), 502), (Fault.rate_limited(3), 429)],
)
def test_refusals_that_are_played(
    api: BotApi, chat: PrivateChat, caller: Caller, fault: Fault, status: int
) -> None:
    api.faults.next("sendMessage", fault, times=2)
    for _ in range(2):
        answer = caller.post("sendMessage", chat_id=1001, text="x")
        assert answer.status_code == answer.json()["error_code"] == status
    if status == 429:
        assert answer.json()["parameters"] == {"retry_after": 3}
    assert chat.messages == []
    caller.call("sendMessage", chat_id=1001, text="x")


def test_broken_answers_that_are_played(api: BotApi, chat: PrivateChat, caller: Caller) -> None:
    api.faults.next("sendMessage", Fault.server_error(502, html=True))
    api.faults.next("sendMessage", Fault.dropped_before())
    page = caller.post("sendMessage", chat_id=1001, text="x")
    assert (page.status_code, page.text[:6]) == (502, "<html>")
    with pytest.raises(httpx.TransportError):
        caller.post("sendMessage", chat_id=1001, text="x")
    assert chat.messages == []
    api.faults.next("sendMessage", Fault.dropped_after())
    api.faults.next("sendMessage", Fault.malformed())
    with pytest.raises(httpx.TransportError):
        caller.post("sendMessage", chat_id=1001, text="angekommen")
    with pytest.raises(ValueError, match="delimiter"):
        caller.post("sendMessage", chat_id=1001, text="auch").json()
    assert [message.text for message in chat.messages] == ["angekommen", "auch"]


def test_a_slow_answer_comes_after_the_message(
    api: BotApi, chat: PrivateChat, caller: Caller
) -> None:
    api.faults.next("sendMessage", Fault.slow(60))
    with pytest.raises(httpx.ReadTimeout):
        caller._http.post("sendMessage", json={"chat_id": 1001, "text": "da"}, timeout=0.2)
    assert chat.last.text == "da"


def test_a_share_of_the_calls_fails_the_same_for_the_same_seed(
    api: BotApi, chat: PrivateChat, caller: Caller
) -> None:
    rounds = []
    for _ in range(2):
        api.faults.share("getMe", Fault.server_error(), 0.5, seed=4)
        rounds.append([caller.post("getMe").status_code for _ in range(20)])
        api.faults.clear()
    assert rounds[0] == rounds[1]
    assert set(rounds[0]) == {200, 500}
    assert chat.messages == []


def test_a_fault_may_be_meant_for_some_calls_only(
    api: BotApi, chat: PrivateChat, caller: Caller
) -> None:
    no = Fault.refused(403, "Forbidden: no")
    api.faults.next("sendMessage", no, matches=lambda params: params["text"] == "x")
    caller.call("sendMessage", chat_id=1001, text="y")
    assert caller.refusal("sendMessage", chat_id=1001, text="x") == "Forbidden: no"
    assert api.faults.left == 0
    assert chat.last.text == "y"
