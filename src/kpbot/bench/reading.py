"""What it costs to understand one message, beside bringing the same text into one form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import get_args

import yaml

from kpbot.bench.figures import micros, show
from kpbot.content.checks_content import load_content
from kpbot.engine.expect import expects, field_of
from kpbot.engine.place import walk
from kpbot.house import House
from kpbot.model import Answer, Conversation, Draft, Expectation, Field, QuestionType
from kpbot.understand.answers import read
from kpbot.understand.dates import interval
from kpbot.understand.language import hear
from kpbot.understand.normalise import normalise
from kpbot.understand.readers import understand
from kpbot.understand.schedule import schedule_question
from kpbot.understand.several import several

LONG = 4000
"""Characters of a long text; Telegram lets people write little more in one message."""
SHORT_CALLS = 200
LONG_CALLS = 25
LOADINGS = 5

Reader = Callable[[str], object]
Blanks = Iterator[str]
"""Each another one."""

_AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
_MESSAGE = "Wir sind die Stadt Musterhausen und suchen eine Partnerkommune in Tunesien."
_ANSWERS: Mapping[QuestionType, str] = {
    "consent": "Ja, ich stimme zu.",
    "yesno": "Nein, das hatten wir noch nicht.",
    "choice": "Wir sind eine deutsche Kommune.",
    "choices": "Ägypten, Marokko und Tunesien",
    "text": "Wir möchten eine Delegation zu uns einladen.",
    "number": "etwa zwölftausend Einwohner",
    "date": "am 12. März 2027",
    "year": "im Jahr 2027",
    "email": "Meine Adresse ist sabine.kern@example.org",
    "phone": "Sie erreichen mich unter +49 30 901820",
    "place": "Musterhausen in Hessen",
}


def run(house: House, content: Path, *, as_json: bool) -> None:
    """Ratios of loading the content and of every reader, for a short and a long text."""
    figures = _loading(content)
    blanks = map("".join, product(" \t", repeat=16))
    for name, text, reader in _readers(house):
        figures |= _ratios(name, text, reader, blanks)
    show(figures, as_json=as_json)


def _loading(folder: Path) -> dict[str, float]:
    """Loading all content, beside only parsing its files."""
    paths = [path for room in ("dialogs", "faq") for path in (folder / room).rglob("*.yaml")]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def parse() -> None:
        for path in paths:
            for _ in yaml.parse(path.read_text("utf-8"), loader):
                pass

    loaded = micros(lambda: load_content(folder), LOADINGS)
    return {"load_content_per_bare_yaml": loaded / micros(parse, LOADINGS)}


def _ratios(name: str, text: str, reader: Reader, blanks: Blanks) -> dict[str, float]:
    """The reader beside `normalise`, and what that takes for this text."""
    figures = {}
    long = (f"{text} " * LONG)[:LONG]
    for size, sample, calls in (("short", text, SHORT_CALLS), ("long", long, LONG_CALLS)):
        bare = micros(_as_new(normalise, sample, blanks), calls)
        if reader is normalise:
            figures[f"normalise_{size}_us"] = bare
        else:
            cost = micros(_as_new(reader, sample, blanks), calls)
            figures[f"{name}_{size}_per_normalise"] = cost / bare
    return figures


def _as_new(reader: Reader, text: str, blanks: Blanks) -> Callable[[], object]:
    """Reads the text as one that nobody has written before: with other blanks every time.

    Words of the content are known by then, as they are in a bot that runs.
    """
    first, rest = text.split(" ", 1)
    return lambda: reader(f"{first}{next(blanks)}{rest}")


def _readers(house: House) -> Iterator[tuple[str, str, Reader]]:
    """What is measured, and a text it can read."""
    knowledge, day = house.knowledge, _AT.date()
    waiting = _begun(house)
    yield "normalise", _MESSAGE, normalise
    yield "language", _MESSAGE, lambda text: hear(text, "de")
    for kind, field in _fields(house).items():
        yield f"answer_{kind}", _ANSWERS[kind], _answer(field, house)
    yield "several_answers", _MESSAGE, lambda text: several(text, waiting, knowledge)
    yield "date", "in der zweiten Woche nach Ostern", lambda text: interval(text, "de", day)
    yield (
        "schedule_question",
        "Welche Seminare gibt es im Mai 2027 in Tunesien?",
        lambda text: schedule_question(text, "de", day),
    )
    yield (
        "whole_message",
        "Wer bezahlt die Reise nach Tunesien?",
        lambda text: understand(text, _AT, hear(text, "de"), waiting, knowledge),
    )


def _answer(field: Field, house: House) -> Reader:
    return lambda text: read(text, field, "de", house.knowledge.vocabulary)


def _fields(house: House) -> dict[QuestionType, Field]:
    """A question of each kind: the first there is, or one made up."""
    found: dict[QuestionType, Field] = {kind: Field(kind, kind) for kind in get_args(QuestionType)}
    for dialog in house.dialogs.dialogs.values():
        walked = walk(dialog, Draft(dialog.version, _AT))
        for question in reversed(dialog.questions):
            found[question.type] = field_of(house.dialogs, dialog.name, question, "de", walked)
    return found


def _begun(house: House) -> Expectation:
    """What fits after the consent."""
    intake = house.dialogs.dialogs["intake"]
    consent = Answer(True, "", "de", _AT)
    given = {each.id: consent for each in intake.questions if each.type == "consent"}
    draft = Draft(intake.version, _AT, given, trail=tuple(given))
    begun = Conversation("bench", "de", active="intake", drafts={"intake": draft}, greeted=True)
    return expects(house.dialogs, begun)
