"""Whatever fails between us and Telegram: every message arrives once, or twice and it is known."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
import sqlalchemy as sa
from bot_running import CHANNEL, QUICK, TOKEN, Run, Running, Talk
from structlog.testing import capture_logs

from bot_api import BotApi, Fault, PrivateChat
from kpbot.channels import NotSent
from kpbot.channels.telegram import memory
from kpbot.channels.telegram.polling import Waits, pause_after
from kpbot.delivery import deliver_forever
from kpbot.model import COMMAND, Button, Inbound, Opened, Outbound, Pressed, Said
from kpbot.store import conversations, inbox, notes
from kpbot.store.database import Database
from kpbot.turn import receive
from walk import RECORD, next_step, told

pytestmark = pytest.mark.slow


def outbound(chat: PrivateChat, text: str, *buttons: Button, **changes: Any) -> Outbound:
    return Outbound(CHANNEL, str(chat.id), 1, "de", text, buttons, **changes)


def texts(chat: PrivateChat) -> list[str]:
    return [message.text for message in chat.messages]


@pytest.fixture
def sending(running: Running, chat: PrivateChat) -> Running:
    """Somebody who wrote, so that something can be remembered of them."""
    chat.start("de")
    running.settle()
    return running


# Sending


@pytest.mark.parametrize(
    "fault",
    [
        Fault.rate_limited(7),
        Fault.server_error(500),
        Fault.server_error(502, html=True),
        Fault.refused(401, "Unauthorized"),
        Fault.refused(409, "Conflict"),
    ],
)
def test_what_was_surely_not_sent_is_sent_later_and_once(
    sending: Running, api: BotApi, chat: PrivateChat, fault: Fault
) -> None:
    api.faults.next("sendMessage", fault, times=3)
    sending.put(chat, outbound(chat, "eins"), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "zwei"]
    assert set(sending.states()) == {("sent", 0)}


def test_after_a_429_nothing_goes_to_anybody_until_the_wait_is_over(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    other = api.private_chat(chat.bot, 1002, begun=True)
    api.faults.next("sendMessage", Fault.rate_limited(600))
    with pytest.raises(NotSent) as refused:
        sending.do(sending.channel.send(str(chat.id), outbound(chat, "eins")))
    assert refused.value.retry_after.total_seconds() == 600
    calls = len(api.called("sendMessage"))
    with pytest.raises(NotSent, match="paced") as paced:
        sending.do(sending.channel.send(str(other.id), outbound(other, "zwei")))
    assert 590 < paced.value.retry_after.total_seconds() <= 600
    assert len(api.called("sendMessage")) == calls


@pytest.mark.parametrize("fault", [Fault.dropped_after(), Fault.malformed()])
def test_what_may_have_arrived_is_repeated_once_and_the_doubt_is_kept(
    sending: Running, api: BotApi, chat: PrivateChat, fault: Fault
) -> None:
    api.faults.next("sendMessage", fault)
    sending.put(chat, outbound(chat, "eins"), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "eins", "zwei"]
    assert sending.states()[1:] == [("sent", 1), ("sent", 0)]


def test_it_is_never_sent_a_third_time(sending: Running, api: BotApi, chat: PrivateChat) -> None:
    api.faults.next("sendMessage", Fault.dropped_after(), times=9, matches=_says("eins"))
    sending.put(chat, outbound(chat, "eins"), outbound(chat, "zwei"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "eins", "zwei"]
    assert sending.states()[1:] == [("doubtful", 2), ("sent", 0)]


def test_nobody_can_tell_a_connection_that_broke_before_from_one_that_broke_after(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    api.faults.next("sendMessage", Fault.dropped_before())
    sending.put(chat, outbound(chat, "eins"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins"]
    assert sending.states()[1:] == [("sent", 1)]


def test_a_call_that_takes_too_long_may_have_arrived(
    sending: Running, api: BotApi, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sending.channel._started()[0]
    monkeypatch.setattr(client._bot.session, "timeout", 0.3)
    api.faults.next("sendMessage", Fault.slow(1.0))
    sending.put(chat, outbound(chat, "eins"))
    sending.deliver()
    assert texts(chat)[1:] == ["eins", "eins"]
    assert sending.states()[1:] == [("sent", 1)]


def test_a_server_that_is_not_there_got_nothing(
    sending: Running, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415 (takes seconds)

    client = sending.channel._started()[0]
    monkeypatch.setattr(
        client._bot.session, "api", TelegramAPIServer.from_base("http://127.0.0.1:1")
    )
    with pytest.raises(NotSent, match="unreachable") as refused:
        sending.do(sending.channel.send(str(chat.id), outbound(chat, "eins")))
    assert not refused.value.doubtful
    assert not refused.value.never


def test_a_part_that_went_out_is_not_repeated_with_one_that_did_not(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    """Not even where the process ends in between."""
    parts = [str(number) * 4000 for number in range(4)]
    api.faults.next("sendMessage", Fault.server_error(), times=2, matches=_says("2"))
    message = outbound(chat, "\n\n".join(parts), Button("help", "Hilfe", COMMAND))
    sending.put(chat, message, message)
    sending.deliver()
    assert texts(chat)[1:] == parts * 2
    assert (
        sending.database.read(lambda c: notes.get(c, CHANNEL, str(chat.id), memory.PARTS)) is None
    )


def test_what_telegram_will_never_take_is_not_tried_again(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    api.faults.next("sendMessage", Fault.refused(400, "Bad Request: chat not found"), times=9)
    sending.put(chat, outbound(chat, "eins"))
    assert sending.deliver() == 0
    assert sending.states()[1:] == [("failed", 0)]
    sending.put(chat, outbound(chat, " \n "))
    api.faults.clear()
    sending.deliver()
    assert sending.states()[2:] == [("failed", 0)]


def test_not_modified_is_success(sending: Running, chat: PrivateChat) -> None:
    sender = sending.channel._started()[1]
    assert sending.do(sender.set_rows(chat.id, chat.last.id, ()))
    assert sending.do(sender.set_rows(chat.id, chat.last.id, ()))


def _says(beginning: str) -> Any:
    return lambda params: str(params.get("text", "")).startswith(beginning)


# People who block the bot


def test_a_person_who_blocked_is_left_alone_until_they_write(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    sending.stop_polling()
    chat.block()
    sending.put(chat, outbound(chat, "eins"), outbound(chat, "zwei"))
    sending.deliver()
    assert sending.states()[1:] == [("failed", 0), ("failed", 0)]
    tried = [call for call in api.called("sendMessage") if call.params["text"] in {"eins", "zwei"}]
    assert len(tried) == 1, "the second is not even tried"
    assert _blocked(sending, chat)
    sending.poll()
    chat.start()
    sending.settle()
    assert not _blocked(sending, chat)
    assert len(chat.messages) == 2


def test_blocking_and_freeing_is_noted_as_it_is_told(
    sending: Running, api: BotApi, chat: PrivateChat
) -> None:
    chat.block()
    sending.settle()
    assert _blocked(sending, chat)
    calls = len(api.called("sendMessage"))
    sending.put(chat, outbound(chat, "eins"))
    sending.deliver()
    assert len(api.called("sendMessage")) == calls
    chat.unblock()
    sending.settle()
    assert not _blocked(sending, chat)
    sending.put(chat, outbound(chat, "zwei"))
    sending.deliver()
    assert chat.last.text == "zwei"


def test_of_somebody_who_was_erased_nothing_is_remembered(talk: Talk, chat: PrivateChat) -> None:
    talk.do(Opened())
    talk.do(Said("Daten löschen"))
    talk.do(Said("Ja, alles löschen"))
    assert talk.conversation == ""
    chat.block()
    talk.running.settle()
    with talk.database.engine.connect() as connection:
        assert connection.execute(sa.select(notes.notes)).all() == []


def _blocked(running: Running, chat: PrivateChat) -> bool:
    return running.database.read(
        lambda c: notes.get(c, CHANNEL, str(chat.id), memory.BLOCKED) is not None
    )


# Updates


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
    while (step := _next(talk)) is not None:
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


def _next(talk: Talk) -> Any:
    taken = talk.running.taken
    assert taken is not None
    return None if taken.record else next_step(taken.at, taken.conversation.turn)


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


def test_a_toast_reaches_its_press_while_everything_runs(talk: Talk, chat: PrivateChat) -> None:
    """With delivery in its own loop, woken by the turn, as `serve` does it."""
    running = talk.running
    talk.do(Opened())

    async def begin() -> tuple[asyncio.Event, asyncio.Task[None]]:
        wake = asyncio.Event()
        channels = {CHANNEL: running.channel}
        forever = deliver_forever(running.database, channels, running.clock, wake, 0.05)
        return wake, asyncio.create_task(forever)

    wake, delivering = running.do(begin())

    def take(inbound: Inbound) -> None:
        running.receive(inbound)
        running.loop.call_soon_threadsafe(wake.set)

    running.channel._started()[3]._receive = take
    before = list(chat.messages)
    talk.press(0, COMMAND, "no_such_command")
    press = chat.wait_for_answer(chat.presses[-1])
    assert press.toast == talk.house.dialogs.service["de"].sentences["press_old"]
    assert chat.messages == before
    chat.press(chat.last, "Hilfe")
    chat.wait_for_next(before[-1])
    assert chat.wait_for_answer(chat.presses[-1]).toast == ""

    async def end() -> None:
        delivering.cancel()
        await asyncio.wait({delivering})

    running.do(end())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_whole_enquiry_through_every_fault_at_once(
    run: Run, api: BotApi, chat: PrivateChat, seed: int
) -> None:
    """A fifth of all calls fails, each its way; every answer stands there, at most twice."""
    running = run()
    running.poll()
    talk = Talk(running, chat)
    talk.do(Opened())
    for number, fault in enumerate(
        (
            Fault.rate_limited(1),
            Fault.server_error(500),
            Fault.server_error(502, html=True),
            Fault.dropped_before(),
            Fault.dropped_after(),
            Fault.malformed(),
        )
    ):
        if fault.retry_after == 0:
            api.faults.share("*", fault, share=0.04, seed=seed * 100 + number)
    while (step := _next(talk)) is not None:
        before = talk.running.taken
        talk.do(step)
        if talk.running.taken is before:  # a mark could not be set: pressed again
            continue
    record = running.taken.record if running.taken else None
    assert record is not None
    doubts = sum(count for _, count in running.states())
    assert all(state in {"sent", "doubtful"} for state, _ in running.states())
    assert all(count <= 2 for _, count in running.states())
    shown = [m.text for m in chat.messages]
    twice = len(shown) - len(dict.fromkeys(zip(shown, shown, strict=True)))
    assert twice <= doubts + 1
    assert any(record["reference"] in text for text in shown)


def test_a_late_press_from_another_conversation_changes_nothing(talk: Talk) -> None:
    talk.do(Opened())
    talk.do(
        Pressed(talk.running.taken.conversation.turn if talk.running.taken else 0, COMMAND, "start")
    )
    data = "ffffff.1.consent.yes"
    chat = talk.chat
    press = chat.press(chat.last, data, stale=True)
    talk.running.settle()
    assert (
        chat.wait_for_answer(press).toast == talk.house.dialogs.service["de"].sentences["press_old"]
    )
    assert QUICK.toast < 2
    assert TOKEN.startswith(str(chat.bot.id))
