"""Told events go out with a file, and a feed and the desk reach the running calendar."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest

from channels.feeding import Feed, feeding
from kpbot.app import build_house
from kpbot.content.events_feed import told_file
from kpbot.house import House
from kpbot.model import Inbound, Said
from kpbot.service import Service
from kpbot.settings import Settings
from kpbot.store import outbox
from kpbot.store.database import Database
from kpbot.turn import receive
from kpbot.understand.schedule_occurrences import calendar_of
from test_calendar_told import CONFERENCE, EVENTS, NOW, SEMINARS, TODAY


@pytest.fixture
def filled(house: House) -> House:
    calendar = calendar_of(EVENTS, TODAY)
    return replace(
        house,
        knowledge=replace(house.knowledge, calendar=lambda: calendar),
        event_file=lambda uids, language: told_file(calendar, TODAY, uids, language),
    )


def test_what_is_told_goes_out_as_a_file_too(database: Database, filled: House) -> None:
    def ask(text: str, number: int) -> None:
        inbound = Inbound("telegram", "1001", f"m{number}", NOW, Said(text), "de")
        assert receive(database, inbound, filled) is not None

    ask(CONFERENCE["de"], 1)
    ask(SEMINARS["de"], 2)
    said = database.read(lambda c: outbox.said_to(c, "telegram", "1001"))
    (told, outdated) = (message for _, message in said)
    (file,) = told.files  # type: ignore[union-attr]
    (event,) = icalendar.Calendar.from_ical(file.text).walk("VEVENT")
    assert event["UID"] == "Wasserforum@example.org"
    assert outdated.files == ()  # type: ignore[union-attr]


@pytest.fixture
def feed() -> Iterator[Feed]:
    with feeding() as server:
        yield server


async def test_a_feed_is_in_force_as_soon_as_it_is_taken(
    feed: Feed, tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    for name in ("dialogs", "faq"):
        (content / name).symlink_to(Settings().content / name)
    monkeypatch.setenv("KPBOT_CONTENT_DIR", str(content))
    settings = Settings(
        data_dir=tmp_path, calendar_url=f"{feed.address}/feed.ics", calendar_private=True
    )
    service = Service(settings, build_house(settings), database)
    service.look_after(datetime(2027, 1, 11, 9, tzinfo=UTC))
    assert service.house.knowledge.calendar().events == ()
    await asyncio.to_thread(service.take_feed)
    (event,) = service.house.knowledge.calendar().events
    assert event.uid == "a@example.org"
    file = service.house.event_file((event.uid,), "de")
    assert file is not None
    assert "UID:a@example.org" in file.text
