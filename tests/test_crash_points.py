"""Killed at any boundary of what it does, the bot loses nothing and does nothing twice."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crash_points import Left, Scenario, Stage, World
from kpbot.cases import Claim, Reply
from kpbot.house import House, Receivers
from kpbot.model import COMMAND, OFFER, ByAdvisor, Commanded, Opened, Outbound, Pressed, Said
from kpbot.store import advisors, outbox
from postgres import Server
from walk import NOW, WORDS, next_step

WEEKS = timedelta(days=40)
"""After so long every reminder and expiry of a draft has come due."""


def _until(world: World, wanted: str, person: str = "anna") -> Pressed | Said | None:
    """The person is where `wanted` is asked; what they would do next."""
    taken = world.happen(person, f"{person}-0", Opened())
    for number in range(1, 40):
        assert taken is not None
        if taken.at == wanted or taken.conversation.sent:
            break
        step = next_step(taken.at, taken.conversation.turn)
        taken = world.happen(person, f"{person}-{number}", step)
    return None


def _menu(world: World) -> None:
    del world


def _first_words(world: World) -> None:
    world.happen("anna", "first", Said("Guten Tag"))
    world.deliver()


def _at_population(world: World) -> None:
    _until(world, "description")


def _answers(world: World) -> None:
    world.happen("anna", "answer", Said(WORDS["description"]))
    world.deliver()


def _three_wait(world: World) -> None:
    world.database.write(_put_letters)


def _put_letters(connection: object) -> None:
    for number, address in enumerate(("anna", "bilal", "anna")):
        message = Outbound("web", address, number, "de", f"Nachricht {number}")
        outbox.put(connection, message, channel="web", address=address, conversation=None, at=NOW)  # type: ignore[arg-type]


def _nothing_before(world: World) -> None:
    _until(world, "group")


def _delivers(world: World) -> None:
    if not world.database.read(outbox.waiting)[0]:
        return
    world.deliver()
