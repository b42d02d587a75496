"""Everything at once: delivery in its own loop, and every fault together."""

from __future__ import annotations

import asyncio

import pytest
from bot_looking import (
    next_of,
)
from bot_running import CHANNEL, Running, Talk

from bot_api import BotApi, Fault, PrivateChat
from kpbot.delivery import deliver_forever
from kpbot.model import COMMAND, Inbound, Opened, Outbound
from kpbot.store import outbox as waiting
from walk import RECORD, told

pytestmark = pytest.mark.slow


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
    running: Running, api: BotApi, talk: Talk, chat: PrivateChat, seed: int
) -> None:
    """A fifth of all calls fails, each its way: what is said arrives, at most twice."""
    talk.do(Opened())
    faults = (
        Fault.server_error(500),
        Fault.server_error(502, html=True),
        Fault.dropped_before(),
        Fault.dropped_after(),
        Fault.malformed(),
    )
    for number, fault in enumerate(faults):
        api.faults.share("*", fault, share=0.04, seed=seed * 100 + number)
    api.faults.share("sendMessage", Fault.rate_limited(3), share=0.04, seed=seed)
    for _ in range(200):
        if (step := next_of(talk)) is None:
            break
        talk.do(step)
    record = running.taken.record if running.taken else None
    assert told(record or {}) == RECORD
    arrived = [message.text for message in chat.messages] + chat.toasts
    said = running.database.read(lambda c: waiting.said_to(c, CHANNEL, str(chat.id)))
    states = running.states()
    assert {message.text for _, message in said if isinstance(message, Outbound)} <= set(arrived)
    doubts = sum(count for _, count in states)
    toasts = sum(isinstance(message, Outbound) and message.toast for _, message in said)
    assert len(said) <= len(arrived) <= len(said) + doubts + toasts
    assert all(count <= 2 for _, count in states)
