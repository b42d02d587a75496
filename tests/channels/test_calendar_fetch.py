"""A calendar is fetched from a real server, or it is said why not; never from where it must not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from feeding import ICS, Feed, feeding

from kpbot.channels.calendar_fetch import (
    MOST_REDIRECTS,
    NotFetched,
    calendar_address,
    fetch_calendar,
    looks_like_address,
)
from kpbot.cli.events import import_address
from kpbot.cli.failing import WrongUse
from kpbot.content.events import load_events


@pytest.fixture
def feed() -> Iterator[Feed]:
    with feeding() as server:
        yield server


def test_what_stands_there_is_fetched(feed: Feed) -> None:
    assert fetch_calendar(f"{feed.address}/feed.ics", allow_private=True) == ICS
    assert feed.asked == [("/feed.ics", f"127.0.0.1:{feed.server_port}")]


@pytest.mark.parametrize("onward", ["/feed.ics", "{address}/feed.ics", "/to//feed.ics"])
def test_it_may_lead_on(feed: Feed, onward: str) -> None:
    url = f"{feed.address}/to/{onward.format(address=feed.address)}"
    assert fetch_calendar(url, allow_private=True) == ICS


@pytest.mark.parametrize(
    "onward",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://[fd00:ec2::254]/",
        "http://168.63.129.16/",
        "file:///etc/passwd",
        "http://name:word@127.0.0.1/",
    ],
)
def test_it_may_not_lead_where_nobody_may_go(feed: Feed, onward: str) -> None:
    with pytest.raises(NotFetched) as refused:
        fetch_calendar(f"{feed.address}/to/{onward}", allow_private=True)
    assert onward not in str(refused.value)
    assert len(feed.asked) == 1


def test_private_addresses_are_for_those_who_allow_them(feed: Feed) -> None:
    with pytest.raises(NotFetched, match="private network"):
        fetch_calendar(f"{feed.address}/feed.ics")
    with pytest.raises(NotFetched, match="private network"):
        fetch_calendar(f"http://localhost:{feed.server_port}/feed.ics")
    assert feed.asked == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("large", "larger than"),
        ("packed", "compressed"),
        ("missing", "answers 404"),
        ("round", f"more than {MOST_REDIRECTS} times"),
        ("cut", "connection broke"),
    ],
)
def test_what_is_no_calendar_to_be_had_is_said(feed: Feed, path: str, reason: str) -> None:
    with pytest.raises(NotFetched, match=reason):
        fetch_calendar(f"{feed.address}/{path}", allow_private=True)


def test_nobody_waits_for_ever(feed: Feed) -> None:
    with pytest.raises(NotFetched, match=r"longer than 0\.5 seconds"):
        fetch_calendar(f"{feed.address}/slow", allow_private=True, longest=timedelta(seconds=0.5))
    assert [path for path, _ in feed.asked] == ["/slow"]


def test_a_machine_that_is_not_there() -> None:
    with pytest.raises(NotFetched, match="cannot be reached"):
        fetch_calendar("http://127.0.0.1:1/feed.ics", allow_private=True)
    with pytest.raises(NotFetched, match="cannot be resolved"):
        fetch_calendar("http://nowhere.invalid/feed.ics", allow_private=True)


def test_addresses_and_files_are_told_apart() -> None:
    assert looks_like_address("webcal://example.org/feed.ics")
    assert looks_like_address("HTTPS://example.org/feed.ics")
    assert not looks_like_address("https.ics")
    assert calendar_address("webcal://example.org/a?b=c") == "https://example.org/a?b=c"


def test_the_command_takes_an_address(
    feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPBOT_CONTENT_DIR", str(tmp_path))
    url = f"{feed.address}/feed.ics"
    with pytest.raises(WrongUse, match="private network") as refused:
        import_address(url)
    assert feed.address not in str(refused.value)
    assert import_address(url, allow_private=True) == 0
    assert "new (1): a@example.org" in capsys.readouterr().out
    (event,), problems = load_events(tmp_path / "events")
    assert problems == ()
    assert event.source == "127.0.0.1", "the whole address could be a secret, and people read it"
