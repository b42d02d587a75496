"""What one step of the engine costs, and what a whole durable turn costs beside it."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kpbot.bench.figures import micros, show
from kpbot.engine.expect import expects
from kpbot.engine.place import walk
from kpbot.engine.speech import speak
from kpbot.engine.step import step
from kpbot.engine.utterance import Facts
from kpbot.house import NOBODY, House
from kpbot.model import Commanded, Conversation, Event, Inbound, Said
from kpbot.store.database import Database
from kpbot.turn import receive

TURNS = 300
TOGETHER = 32
"""Conversations that write at the same time."""

_AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def run(house: House, parts: tuple[str, ...], *, as_json: bool) -> None:
    """The figures of the parts (`engine`, `turn`) are on standard output, with their ratios."""
    figures: dict[str, float] = {}
    if "engine" in parts:
        figures |= _engine(house)
    if "turn" in parts:
        figures |= _turns(house)
    show(figures, as_json=as_json)


def _engine(house: House) -> dict[str, float]:
    conversation = Conversation("bench", "de", greeted=True)
    begin = Event("0", _AT, Commanded("start"), "de")
    conversation, _ = step(house.dialogs, conversation, begin)
    again = Event("1", _AT, Commanded("help"), "de")
    facts = Facts(answers=house.answers, at=_AT)
    dialog, draft = house.dialogs.dialogs["intake"], conversation.drafts["intake"]
    _, effects = step(house.dialogs, conversation, again)
    walked = micros(lambda: walk(dialog, draft))
    return {
        "walk_us": walked,
        "expect_per_walk": micros(lambda: expects(house.dialogs, conversation)) / walked,
        "step_per_walk": micros(lambda: step(house.dialogs, conversation, again)) / walked,
        "speak_per_walk": micros(
            lambda: speak(
                house.dialogs, conversation, effects, facts, channel="bench", person="bench"
            )
        )
        / walked,
    }


def _turns(house: House) -> dict[str, float]:
    """Turns a second, alone and together, beside bare commits of the same file system."""
    with tempfile.TemporaryDirectory(prefix="kpbot-bench-") as folder:
        bare = _bare_commits(Path(folder))
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        quiet = replace(house, receivers=NOBODY)
        try:
            alone = _rate(database, quiet, people=1)
            together = _rate(database, quiet, people=TOGETHER)
        finally:
            database.close()
    return {
        "bare_sqlite_commits_per_second": bare,
        "turns_per_bare_commit_alone": alone / bare,
        f"turns_per_bare_commit_{TOGETHER}_together": together / bare,
        "gain_of_committing_together": together / alone,
    }


def _rate(database: Database, house: House, people: int) -> float:
    def talk(person: int) -> None:
        for number in range(TURNS // people):
            message = Inbound(
                "bench",
                f"{people}-{person}",
                f"{people}-{person}-{number}",
                _AT,
                Said("hilfe"),
                "de",
            )
            receive(database, message, house)

    with ThreadPoolExecutor(people) as pool:
        began = time.perf_counter()
        list(pool.map(talk, range(people)))
    return (TURNS // people) * people / (time.perf_counter() - began)


def _bare_commits(folder: Path) -> float:
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE bare (text TEXT)")
    began = time.perf_counter()
    for _ in range(TURNS):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare VALUES (?)", ("x" * 1000,))
        connection.execute("COMMIT")
    rate = TURNS / (time.perf_counter() - began)
    connection.close()
    return rate
