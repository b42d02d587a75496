"""Houses behind real servers, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from browsing import CHROMIUM, Visitor
from scripted import Scripted
from serving import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server that tests lend their application to."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def script() -> Scripted:
    """The miniature house."""
    return Scripted()


@pytest.fixture
def address(server: Server, script: Scripted) -> Iterator[str]:
    """Where the miniature house answers."""
    with server.serve_house(script.house()) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A client that stores no cookie of its own accord and follows no redirect."""
    with httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def real_address() -> Iterator[str]:
    """Where the real house, with the shipped content, answers."""
    from real import real_house  # noqa: PLC0415 (it is the whole application)

    own = Server()
    with real_house() as house, own.serve_house(house) as address:
        yield address
    own.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, without any request of its own.

    Playwright keeps an event loop running in this thread until it stops: a module at a time, so
    that no asynchronous test comes in between.
    """
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is missing")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only with a browser)

    flags = "--no-sandbox --disable-gpu --disable-background-networking"
    flags += " --disable-component-update --disable-sync --no-first-run"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags.split())
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens a page as a visitor; at the end, nothing must have gone wrong in any of them."""
    visitors: list[Visitor] = []

    def open_(url: str, **context: Any) -> Visitor:
        visitors.append(Visitor(browser, url, **context))
        return visitors[-1]

    yield open_
    for visitor in visitors:
        visitor.leave()
    assert [problem for visitor in visitors for problem in visitor.problems] == []
