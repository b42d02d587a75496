"""What `/readyz` says of the whole house, and what becomes of messages meanwhile."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import pytest
from arrivals import check_arrivals
from whole_running import Enquirer, MakeWhole, Whole, eventually

from bot_api import BotApi, Fault
from served import Guest, Served

pytestmark = pytest.mark.slow

HELLO = "hallo"
QUESTION = "In welchen Ländern arbeitet das Programm?"
SMALL = 1
"""Bytes to which files may grow on a disk that is full: not even a log line fits."""


def _status(served: Served, path: str = "/readyz") -> int:
    return httpx.get(f"{served.address}{path}", trust_env=False, timeout=60).status_code


def _becomes(served: Served, status: int) -> None:
    eventually(lambda: _status(served) == status, f"readyz says {status}")


@contextmanager
def _locked(whole: Whole) -> Iterator[None]:
    """Another process has the database to itself."""
    with closing(sqlite3.connect(whole.kpbot.folder / "kpbot.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _full(_: Whole, served: Served) -> Iterator[None]:
    """No file of the program may grow, as on a disk without room; its log is on it too."""
    pid, kind = served.process.pid, resource.RLIMIT_FSIZE
    before = resource.prlimit(pid, kind)
    resource.prlimit(pid, kind, (SMALL, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, kind, before)


def _is_answered_once(person: Enquirer) -> None:
    rows = person.whole.sent("telegram", person.address)
    check_arrivals(rows, person.arrived())
    assert len(rows) == 2


@pytest.mark.parametrize("trouble", ["locked", "full"])
def test_without_its_database_the_house_is_not_ready_and_loses_nothing(
    make_whole: MakeWhole, trouble: str
) -> None:
    whole = make_whole()
    with whole.serve() as served:
        person = whole.enquirer()
        assert "automatischer Assistent" in person.say(HELLO)
        with _locked(whole) if trouble == "locked" else _full(whole, served):
            _becomes(served, 503)
            assert _status(served, "/healthz") == 200
            person.chat.say(QUESTION)
            eventually(lambda: _status(served) == 503)
            assert person.arrived()[1:] == []
        _becomes(served, 200)
        person.settle()
        person.chat.wait_for("Tunesien")
        _is_answered_once(person)


def test_without_telegram_the_house_is_ready_and_delivers_afterwards(
    make_whole: MakeWhole, api: BotApi
) -> None:
    whole = make_whole()
    api.faults.share("*", Fault.dropped_before(), 1, seed=0)
    person = whole.enquirer()
    person.chat.say(HELLO)
    with whole.serve() as served:
        eventually(lambda: len(api.calls) >= 2, "both bots have tried")
        reference = _enquire_on_the_web(served)
        eventually(lambda: any(row.attempts for row in whole.sent("staff")))
        assert _status(served) == 200
        assert person.arrived() == []
        assert whole.group.messages == []
        api.faults.clear()
        person.chat.wait_for("automatischer Assistent", timeout=60)
        person.settle()
        assert len(person.arrived()) == 1
        card = whole.card(reference)
        eventually(lambda: not whole.waiting("staff"))
        assert whole.group.messages == [card]


def _enquire_on_the_web(served: Served) -> str:
    """A question was handed over on the page; its reference."""
    guest = Guest(served.address)
    guest.say(HELLO)
    for event in (
        {"press": "question"},
        {"press": "yes"},
        "Projekt 2030",
        "frage@example.org",
        {"press": "send"},
    ):
        said = guest.act(event)
    guest.close()
    return said[said.index("KP-") :][:8]
