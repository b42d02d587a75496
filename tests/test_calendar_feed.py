"""The operator's feed: taken in by itself; where it fails, the calendar stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import structlog

from channels.feeding import ICS, Feed, feeding
from kpbot.content.events import load_events
from kpbot.content.events_live import LiveCalendar
from kpbot.settings import WrongSetting, read_settings
from kpbot.upkeep import take_feed

TODAY = date(2027, 1, 11)


@pytest.fixture
def feed() -> Iterator[Feed]:
    with feeding() as server:
        yield server


def take(feed: Feed, folder: Path, path: str = "/feed.ics") -> bool:
    return take_feed(feed.address + path, folder, TODAY, "de", allow_private=True)


def test_a_feed_is_taken_in_again_and_again(feed: Feed, tmp_path: Path) -> None:
    live = LiveCalendar(tmp_path, TODAY)
    assert take(feed, tmp_path)
    live.refresh(TODAY)
    (event,) = live().events
    assert (event.uid, event.source) == ("a@example.org", "127.0.0.1")
    feed.body = ICS.replace(b"20270504", b"20270505")
    with structlog.testing.capture_logs() as logs:
        assert take(feed, tmp_path)
    assert (logs[-1]["event"], logs[-1]["changed"]) == ("calendar_fetched", 1)
    live.refresh(TODAY)
    assert live().events[0].starts == datetime(2027, 5, 5, tzinfo=UTC).replace(tzinfo=None)
    feed.body = ICS.replace(b"END:VEVENT", b"STATUS:CANCELLED\r\nEND:VEVENT")
    assert take(feed, tmp_path)
    live.refresh(TODAY)
    assert live().events[0].status == "cancelled"


@pytest.mark.parametrize("path", ["/large", "/missing", "/cut", "/to/http://169.254.169.254/"])
def test_a_feed_that_fails_changes_nothing(feed: Feed, tmp_path: Path, path: str) -> None:
    take(feed, tmp_path)
    before = (tmp_path / "imported.yaml").read_bytes()
    with structlog.testing.capture_logs() as logs:
        assert not take(feed, tmp_path, path)
    assert logs[-1]["event"] == "calendar_not_fetched"
    assert feed.address not in str(logs)
    assert (tmp_path / "imported.yaml").read_bytes() == before


def test_what_is_no_calendar_changes_nothing(feed: Feed, tmp_path: Path) -> None:
    feed.body = b"<html>Wartung</html>"
    assert not take(feed, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_logged(feed: Feed, tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_text("no folder", "utf-8")
    with structlog.testing.capture_logs() as logs:
        assert not take(feed, path)
    assert logs[-1]["event"] == "calendar_not_written"
    assert load_events(tmp_path)[0] == ()


def test_the_address_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPBOT_CALENDAR_URL", "webcal://calendar.example.org/all.ics")
    assert read_settings().calendar_url == "webcal://calendar.example.org/all.ics"
    assert read_settings().calendar_hours == 12
    for wrong in ("calendar.example.org", "file:///etc/passwd", "https://u:p@example.org/"):
        monkeypatch.setenv("KPBOT_CALENDAR_URL", wrong)
        with pytest.raises(WrongSetting, match="KPBOT_CALENDAR_URL"):
            read_settings()
