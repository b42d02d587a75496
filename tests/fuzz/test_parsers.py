"""Whatever is read, nothing raises, and twice the text is never much more than twice the work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from parsers import PARSERS, understand_everywhere

from kpbot.understand.normalise import normalise

CORPUS = Path(__file__).parent / "corpus"
SIZES = (8, 64, 512)
"""Characters; many readers refuse what is longer than two or three hundred."""
MOST_GROWTH = 2.5
"""Of the work, while the text grows by one: linear is 1; quadratic, from size to size, 8."""
FEW = 20_000
"""Calls that are nothing, however they came about."""
QUICK = PARSERS.keys() - {"message", "interval", "schedule", "language"}
"""Readers that are tried with every repetition; the others with each fourth."""
WARMING = (
    "Wir fragen, wann die nächste Reise nach Tunis ist: 3-5 Personen, a@b.de, 0170 1234567.",
    "Wir sind die Stadt Köln und suchen einen Partner in Tunesien",
)
"""After these a reader has made what it makes once."""
REPEATED = (
    *("a", "1", "0,", "1.", "1 ", "-", "@", "a@", "a.b", "a-", "a b ", "ا", "ا ", "٣ ", "\n", " "),
    *(
        "und ",
        "et ",
        "و ",
        "bis ",
        "3-5 ",
        "12.3. ",
        "von 1 bis ",
        "nicht ",
        "Köln, ",
        "سوسة، ",
        "?",
    ),
    *(
        "eins",
        "zwei ",
        "mille ",
        "ألف ",
        "wann ",
        "Reise ",
        "a@b.de ",
        "+49 ",
        "(",
        "„",
        "\u0301",
        "👍",
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("name", PARSERS)
def test_nothing_raises(name: str) -> None:
    parser = PARSERS[name]

    @settings(suppress_health_check=list(HealthCheck))
    @given(parser.texts)
    def check(text: str) -> None:
        parser.parse(text)

    check()


def corpus() -> list[Path]:
    """Inputs that were found to do harm once, and some that were feared to."""
    return sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", corpus(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_did_harm_does_none(path: Path) -> None:
    text = path.read_bytes().decode(errors="surrogateescape")
    PARSERS[path.parent.name].parse(text)


def test_every_parser_has_a_corpus() -> None:
    assert {path.parent.name for path in corpus()} == PARSERS.keys()


@pytest.mark.slow
def test_a_message_is_read_in_every_situation() -> None:
    for path in corpus():
        if path.parent.name == "message" and path.stat().st_size < 150:
            understand_everywhere(path.read_bytes().decode(errors="replace"))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, parser in PARSERS.items() if parser.grows])
def test_work_grows_with_the_text_and_no_faster(name: str) -> None:
    parser = PARSERS[name]
    for text in WARMING:
        parser.parse(text)
    for piece in (*REPEATED[:: 1 if name in QUICK else 4], *parser.feared):
        texts = [piece * max(1, size // len(piece)) for size in SIZES]
        works = [(len(text), work(parser.parse, text)) for text in texts]
        for (short, less), (long, more) in pairwise(works):
            assert more <= max(FEW, MOST_GROWTH * less * long / short), (piece, works)


def work(parse: Callable[[str], object], text: str) -> int:
    """How many functions were called: the same every time, on every machine."""
    normalise.cache_clear()
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        del frame, argument
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse(text)
    finally:
        sys.setprofile(before)
    return calls
