"""What tests of the bot look at, and how they get to a place in the dialog."""

from __future__ import annotations

from typing import Any

from bot_running import CHANNEL, TOKEN, Talk

from bot_api import BotApi, PrivateChat
from kpbot.engine.place import place
from kpbot.model import (
    Button,
    Inbound,
    Outbound,
)
from kpbot.store import conversations, notes
from kpbot.store.database import Database
from walk import next_step


class Kept:
    """Takes what arrives and keeps it, in place of a turn."""

    def __init__(self) -> None:
        """Nothing arrived yet."""
        self.inbounds: list[Inbound] = []

    def __call__(self, inbound: Inbound) -> None:
        self.inbounds.append(inbound)

    @property
    def contents(self) -> list[Any]:
        return [inbound.content for inbound in self.inbounds]


def wait_idle(api: BotApi) -> None:
    bot = api.world.bots[TOKEN]
    api.wait_for(lambda: bot.unconfirmed == 0 and bot.polling is not None)


def outbound(chat: PrivateChat, text: str, *buttons: Button, **changes: Any) -> Outbound:
    return Outbound(CHANNEL, str(chat.id), 1, "de", text, buttons, **changes)


def note(database: Database, address: object, name: str) -> str | None:
    return database.read(lambda c: notes.get(c, CHANNEL, str(address), name))


def turn(talk: Talk) -> int:
    return conversation(talk).turn


def conversation(talk: Talk) -> Any:
    return talk.database.read(lambda c: conversations.glance(c, CHANNEL, talk.person))


def talk_at(talk: Talk) -> str:
    found = conversation(talk)
    dialog = talk.house.dialogs.dialogs.get(found.active or "")
    return "menu" if dialog is None else place(dialog, found.drafts[dialog.name]) or "review"


def until(talk: Talk, wanted: str) -> None:
    while talk_at(talk) != wanted:
        talk.do(next_step(talk_at(talk), turn(talk)))


def title_of(talk: Talk, option: str) -> str:
    return talk.house.dialogs.words["intake"]["de"].questions["wanted_country"].options[option].say


def texts(chat: PrivateChat) -> list[str]:
    return [message.text for message in chat.messages]


def next_of(talk: Talk) -> Any:
    taken = talk.running.taken
    assert taken is not None
    return None if taken.record else next_step(taken.at, taken.conversation.turn)
