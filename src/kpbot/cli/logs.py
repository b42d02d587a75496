"""Where log lines go, and the last net under them: what looks personal is not written.

The first net is that nobody logs what people wrote. This one is for mistakes, ours and libraries'.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO, cast

import structlog

LONGEST = 120
"""Characters of a field; longer is free text."""
HIDDEN = "…"

_MAIL = re.compile(r"[^\s<>\"'(),;:=]+@[^\s<>\"'(),;:=]+")
_PHONE = re.compile(r"(?<![\w.:])(?:\+|00|0|\()[\d][\d\s()/.-]{5,}\d(?!\w)")
_NUMBER = re.compile(r"(?<![\w.:-])\d{7,}(?!\w)")
"""Telegram ids and numbers without a zero before them."""
_NUMBERS = frozenset({"update"})
"""Fields whose numbers are nobody's."""
_QUOTED = re.compile(r"(['\"„“»«‹›]).+?['\"“”»«‹›]", re.DOTALL)
"""What a library quotes in a sentence of its own may be what a person wrote."""
_PLACEHOLDERS = re.compile(r"%[#0\- +]*\d*(?:\.\d+)?[sdrfix]|%\(\w+\)[sdrfix]")


def masked(text: str) -> str:
    """The text without mail addresses, telephone numbers and long numbers; long texts by length."""
    if len(text) > LONGEST or "\n" in text:
        return f"{HIDDEN} ({len(text)} characters)"
    for pattern in (_MAIL, _PHONE, _NUMBER):
        text = pattern.sub(HIDDEN, text)
    return text


def hide_personal(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor of structlog: every field is masked; what is no plain value tells its type only.

    Of an exception its kind and place are kept, never its text.
    """
    error = event.pop("exc_info", None)
    event.pop("stack_info", None)
    event.pop("exception", None)
    for name, value in event.items():
        if name not in _NUMBERS or not isinstance(value, int):
            event[name] = _harmless(value)
    if error:
        event.update(_place_of(sys.exc_info()[1] if error is True else _raised(error)))
    return event


def log_to_stderr(level: str, stream: TextIO | None = None) -> None:
    """Log lines go to standard error (or the stream) from this level on, without personal data.

    A line that cannot be written is lost: it never stops whoever wanted to write it.
    """
    stream = cast("TextIO", _Unfailing(stream or sys.stderr))
    number = logging.getLevelNamesMapping()[level]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_OfLibraries())
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            hide_personal,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=stream),
    )


class _Unfailing:
    """The stream, without its failures: delivery must outlive a full disk its log is on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """The text is written, at best."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """What was written has gone out, at best."""
        with suppress(OSError):
            self._stream.flush()


class _OfLibraries(logging.Formatter):
    """A library's line: who, the sentence as its programmer wrote it, and the kind of an error.

    What is filled into the sentence is left out: nobody knows what it holds.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        first, *_ = str(record.msg).splitlines() or [""]
        said = _QUOTED.sub(HIDDEN, _PLACEHOLDERS.sub(HIDDEN, first))
        event: MutableMapping[str, Any] = {"level": record.levelname.lower(), "event": said}
        event["logger"] = record.name
        if record.exc_info:
            event["exc_info"] = record.exc_info
        shown = hide_personal(None, "", event)
        at = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        return " ".join(
            [f"timestamp={at!r}", *(f"{key}={value!r}" for key, value in shown.items())]
        )


def _harmless(value: object) -> object:
    match value:
        case str():
            return masked(value)
        case bool() | int() | float() | None:
            return HIDDEN if isinstance(value, int) and abs(value) >= 10**6 else value
        case _:
            return f"<{type(value).__name__}>"


def _raised(error: object) -> BaseException | None:
    if isinstance(error, BaseException):
        return error
    return error[1] if isinstance(error, tuple) else None


def _place_of(error: BaseException | None) -> dict[str, str]:
    """Its kind, and the file and line it came from."""
    if error is None:
        return {}
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    found = {"failure": type(error).__name__}
    if trace is not None:
        code = trace.tb_frame.f_code
        found["where"] = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
    return found
