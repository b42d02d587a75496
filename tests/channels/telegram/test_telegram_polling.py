"""Every update is taken once and in order, whatever fails on the way."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from bot_looking import (
    next_of,
)
from bot_running import Run, Talk
from structlog.testing import capture_logs

from bot_api import BotApi, Fault, PrivateChat
from kpbot.channels import NotSent
from kpbot.channels.telegram.polling import Waits, pause_after
from kpbot.model import Inbound, Opened, Said
from kpbot.store import conversations, inbox
from kpbot.store.database import Database
from kpbot.turn import receive
from walk import RECORD, told

pytestmark = pytest.mark.slow


def test_a_bad_update_is_set_aside_and_the_others_are_taken(talk: Talk, chat: PrivateChat) -> None:
    talk.running.stop_polling()
    chat.start("de")
    chat.bot.poison()
    chat.bot.push_raw({"message": {"message_id": 5, "text": "Sabine Kern", "chat": "?"}})
    chat.say("Hilfe")
    with capture_logs() as logs:
        talk.running.poll()
        talk.running.settle()
    assert len(chat.messages) == 2
    bad = [entry for entry in logs if entry["event"] == "update_unreadable"]
    assert len(bad) == 2
    assert all(set(entry) == {"event", "log_level", "update", "failure"} for entry in bad)
    assert "Sabine" not in str(logs)


@pytest.mark.parametrize("fault", [Fault.duplicate(), Fault.reversed()])
def test_updates_that_come_twice_or_in_the_wrong_order_lead_to_the_same_record(
    talk: Talk, api: BotApi, chat: PrivateChat, fault: Fault
) -> None:
    api.faults.share("getUpdates", fault, share=1, seed=1)
    talk.do(Opened())
    while (step := next_of(talk)) is not None:
        chat.bot.hold_updates()
        if isinstance(step, Said):
            chat.say(step.text)
            chat.send_photo()
            chat.bot.release_updates()
            talk.running.settle()
        else:
            chat.bot.release_updates()
            talk.do(step)
    assert talk.running.taken is not None
    assert told(talk.running.taken.record or {}) == RECORD


@pytest.mark.parametrize(
    "fault",
    [
        Fault.server_error(502, html=True),
        Fault.rate_limited(1),
        Fault.dropped_before(),
        Fault.dropped_after(),
        Fault.malformed(),
        Fault.refused(409, "Conflict: terminated by other getUpdates request"),
    ],
)
def test_polling_goes_on_after_every_failure(
    talk: Talk, api: BotApi, chat: PrivateChat, fault: Fault
) -> None:
    talk.running.stop_polling()
    api.faults.next("getUpdates", fault, times=2)
    chat.start("de")
    talk.running.poll()
    talk.running.settle()
    assert len(chat.messages) == 1
    assert api.faults.left == 0


def test_a_second_process_with_the_token_does_not_double_anything(
    run: Run, api: BotApi, database: Database, chat: PrivateChat
) -> None:
    first, second = run(), run()
    first.poll()
    api.wait_for(lambda: first.bot.polling is not None)
    with capture_logs() as logs:
        second.poll()
        api.wait_for(lambda: len(api.called("getUpdates")) > 4)
        chat.start("de")
        first.api.wait_for(lambda: first.bot.unconfirmed == 0)
        second.stop_polling()
    first.settle()
    assert len(chat.messages) == 1
    assert {
        "event": "telegram_call_failed",
        "failure": "telegram_409",
        "log_level": "warning",
    } in logs
    assert len(database.read(lambda c: conversations.find(c, str(chat.id)))) == 1


def test_the_wait_after_a_conflict_is_long_and_others_grow() -> None:
    waits = Waits()
    assert pause_after(NotSent("telegram_409"), 1, waits) == waits.conflict
    grown = [pause_after(NotSent("telegram_502"), n, waits) for n in (1, 2, 3, 9)]
    assert grown == [1, 2, 4, waits.longest]


def test_a_webhook_that_is_set_gives_way_to_polling(
    run: Run, api: BotApi, chat: PrivateChat
) -> None:
    started = run()
    with api.world.lock:
        started.bot.hook.url = "https://example.org/old"
    chat.start("de")
    started.poll()
    started.settle()
    assert len(chat.messages) == 1


def test_what_could_not_be_committed_comes_again_in_order(
    run: Run, api: BotApi, chat: PrivateChat, database: Database
) -> None:
    """The store is away for a while: nothing is confirmed, nobody is passed over."""
    taken: list[str] = []
    away = iter([True, False, True, True])

    def take(inbound: Inbound) -> None:
        assert isinstance(inbound.content, Said)
        if next(away, False):
            raise sa.exc.OperationalError("select", {}, Exception("away"))
        taken.append(inbound.content.text)

    other = api.private_chat(chat.bot, 1002)
    for text in ("a", "b", "c"):
        chat.say(text)
    other.say("z")
    started = run(take=take)
    started.poll()
    api.wait_for(lambda: started.bot.unconfirmed == 0)
    assert [text for text in dict.fromkeys(taken) if text != "z"] == ["a", "b", "c"]
    assert "z" in taken
    assert database.read(inbox.failures) == 0


def test_a_process_killed_between_the_turn_and_the_offset_answers_once(
    run: Run, chat: PrivateChat
) -> None:
    """The turn is committed, Telegram does not hear of it, and brings the update again."""
    dying = run()
    committed, never = threading.Event(), threading.Event()

    def take(inbound: Inbound) -> None:
        receive(dying.database, inbound, dying.house)
        committed.set()
        never.wait(20)

    dying.channel._started()[3]._receive = take
    dying.poll()
    chat.start("de")
    assert committed.wait(20)
    assert dying.bot.unconfirmed == 1
    successor = run()
    successor.poll()
    successor.settle()
    assert len(chat.messages) == 1
    assert dying.bot.unconfirmed == 0
    never.set()


def test_what_is_in_hand_is_finished_when_the_process_stops(
    run: Run, api: BotApi, chat: PrivateChat
) -> None:
    begun, go = threading.Event(), threading.Event()
    taken: list[Inbound] = []

    def take(inbound: Inbound) -> None:
        begun.set()
        go.wait(20)
        taken.append(inbound)

    started = run(take=take)
    started.poll()
    chat.say("hallo")
    assert begun.wait(20)
    threading.Timer(0.1, go.set).start()
    started.stop_polling()
    assert len(taken) == 1
    assert started.bot.unconfirmed == 0, "and Telegram knows"
    assert len(api.called("getUpdates")) >= 2


def test_people_are_taken_in_at_the_same_time_and_each_in_order(
    run: Run, api: BotApi, chat: PrivateChat
) -> None:
    """Four people wait for each other: one after the other, nobody would get on."""
    meeting = threading.Barrier(4)
    said: dict[str, list[str]] = {}

    def take(inbound: Inbound) -> None:
        assert isinstance(inbound.content, Said)
        if inbound.content.text == "0":
            meeting.wait(20)
        said.setdefault(inbound.person, []).append(inbound.content.text)

    people = [chat, *(api.private_chat(chat.bot, 2000 + number) for number in range(3))]
    for number in range(5):
        for person in people:
            person.say(str(number))
    started = run(take=take)
    started.poll()
    api.wait_for(lambda: started.bot.unconfirmed == 0)
    assert said == {str(person.id): ["0", "1", "2", "3", "4"] for person in people}
