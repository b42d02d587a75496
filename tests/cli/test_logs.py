"""The last net under the log: what looks personal is not written, whoever logs it."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import structlog

from kpbot.cli import logs
from kpbot.house import House
from kpbot.model import Inbound, Said
from kpbot.store.database import Database
from kpbot.turn import receive
from walk import NOW

MARK = "Zyxomma7"
MAIL = f"{MARK}@example.org"
PHONES = ["+49 30 901820", "0049-30-901820", "030/901820", "(030) 901820", "+216 71 000 000"]


def _fail() -> None:
    raise ValueError(MARK)


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Everything the program logs, at DEBUG."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    written = io.StringIO()
    logs.log_to_stderr("DEBUG", written)
    root.setLevel(logging.DEBUG)
    yield written
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize("number", PHONES)
def test_telephone_numbers_are_not_written(stream: io.StringIO, number: str) -> None:
    structlog.get_logger().info("called", whom=f"rufen Sie {number} an")
    assert "901820" not in stream.getvalue()
    assert "71 000" not in stream.getvalue()


def test_what_looks_personal_is_not_written(stream: io.StringIO) -> None:
    structlog.get_logger().warning(
        "odd",
        mail=f"an {MAIL}, bitte",
        long=f"{MARK} " * 20,
        lines=f"a\n{MARK}",
        person=123456789,
        shown="chat 123456789",
        thing=Said(MARK),
        several=[MARK],
    )
    line = stream.getvalue()
    assert MARK not in line
    assert "123456789" not in line
    assert "<Said>" in line
    assert "(180 characters)" in line


def test_what_an_operator_needs_is_written(stream: io.StringIO) -> None:
    structlog.get_logger().error(
        "not_sent",
        channel="mail",
        failure="554",
        again="2026-11-24 09:05:00.123456+00:00",
        reference="KP-7FQ2M",
        seconds=1.25,
        update=987654321,
        where="127.0.0.1:8080",
        nothing=None,
    )
    line = stream.getvalue()
    for each in ("not_sent", "'mail'", "554", "09:05:00.123456+00:00", "KP-7FQ2M", "1.25"):
        assert each in line
    assert "update=987654321" in line
    assert "127.0.0.1:8080" in line
    assert "level='error'" in line


def test_of_an_exception_its_kind_and_place_are_written(stream: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        structlog.get_logger().exception("failed")
        logging.getLogger("library").exception("it failed for %s", MARK)
    ours, theirs = stream.getvalue().splitlines()
    for line in (ours, theirs):
        assert MARK not in line
        assert "ValueError" in line
        assert "test_logs.py:" in line
    assert "it failed for" in theirs
    assert "logger='library'" in theirs


@pytest.mark.parametrize(
    ("name", "text", "arguments"),
    [
        ("aiogram.event", "Update id=%d is handled. %s", (7, MARK)),
        (
            "telegram.ext.Application",
            "No error handlers are registered: %(text)s",
            ({"text": MARK},),
        ),
        ("httpx", 'HTTP Request: %s %s "%s"', ("POST", f"http://example.org/{MARK}", "200 OK")),
        ("sqlalchemy.engine.Engine", "[cached] (%r)", ((MARK,),)),
        ("uvicorn.error", f"Exception in ASGI application\n{MARK}", ()),
        ("asyncio", f"Task exception was never retrieved\nfuture: <Task ValueError('{MARK}')>", ()),
        ("somebody", f"cannot send to {MAIL}", ()),
        ("somebody", f"cannot read '{MARK}'", ()),
        ("somebody", "x" * 400, ()),
    ],
)
def test_libraries_tell_their_sentence_and_nothing_that_was_filled_in(
    stream: io.StringIO, name: str, text: str, arguments: tuple[object, ...]
) -> None:
    logging.getLogger(name).error(text, *arguments)
    (line,) = stream.getvalue().splitlines()
    assert MARK not in line
    assert len(line) < 300
    assert f"logger='{name}'" in line


async def test_a_task_nobody_waited_for_tells_its_kind_only(stream: io.StringIO) -> None:
    async def fail() -> None:
        _fail()

    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    del task
    import gc  # noqa: PLC0415

    gc.collect()
    assert "Task exception was never retrieved" in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert MARK not in stream.getvalue()


def test_a_failing_turn_tells_its_kind_only(
    stream: io.StringIO, house: House, database: Database
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    def fails(text: str, _: object) -> object:
        raise ValueError(f"cannot match {text!r}")

    broken = replace(house, knowledge=replace(house.knowledge, faq=fails))
    for number, text in enumerate(("hallo", f"Was ist {MARK}?")):
        receive(database, Inbound("web", MARK, str(number), NOW, Said(text)), broken)
    assert "turn_failed" in stream.getvalue()
    assert MARK not in stream.getvalue()


def test_the_database_never_shows_what_it_was_given(
    stream: io.StringIO, database: Database
) -> None:
    logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
    try:
        with pytest.raises(sa.exc.SQLAlchemyError) as caught:
            database.write(
                lambda c: c.execute(sa.text("INSERT INTO nowhere VALUES (:word)"), {"word": MARK})
            )
    finally:
        logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    assert MARK not in str(caught.value)
    assert MARK not in stream.getvalue()
