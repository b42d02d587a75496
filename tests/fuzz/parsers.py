"""Everything that reads what others write, as functions of one text: none may ever raise."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from kpbot.app import build_house
from kpbot.channels.telegram.payload import LONGEST, Payload, decode, encode
from kpbot.channels.telegram.reading import read as read_update
from kpbot.channels.telegram.reception import number_of
from kpbot.channels.web.api import _after
from kpbot.channels.web.events import Posted, TooLong, Unreadable, read_event
from kpbot.channels.web.plain import _event
from kpbot.channels.web.reception import Refused
from kpbot.channels.web.sessions import bearer
from kpbot.content.events_ics import BadCalendarError, parsed
from kpbot.content.strict import read as read_yaml
from kpbot.desk.filters import filters_of
from kpbot.desk.forms import clean, day_of, instant_of, line
from kpbot.desk.login_next import local_target
from kpbot.engine.expect import expects
from kpbot.engine.hours_text import parse_hours
from kpbot.engine.step import step
from kpbot.house import House
from kpbot.model import (
    LANGUAGES,
    Conversation,
    Event,
    Expectation,
    Field,
    Inbound,
    Language,
    Opened,
    Pressed,
    Said,
)
from kpbot.settings import Settings
from kpbot.store.codec import conversation_from_json, conversation_to_json
from kpbot.store.inbox import cleaned
from kpbot.store.keys import parse_keys
from kpbot.understand import answers_email, answers_number, answers_phone
from kpbot.understand.answers import read as read_answer
from kpbot.understand.answers_text import read_place, read_text
from kpbot.understand.dates import interval
from kpbot.understand.faq import Match
from kpbot.understand.language import hear
from kpbot.understand.numbers import number_in
from kpbot.understand.readers import reword, understand
from kpbot.understand.schedule import details, schedule_question
from kpbot.understand.several import several

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
Parse = Callable[[str], object]


@dataclass(frozen=True)
class Parser:
    """A reader, and texts that are nearly what it reads."""

    parse: Parse
    texts: st.SearchStrategy[str]
    grows: bool = True
    """Whether its work is measured on long texts."""
    feared: tuple[str, ...] = ()
    """What is repeated in them, beside what is repeated for every parser."""


# texts

_ANY = st.text(max_size=300)
_ODD = st.text(
    st.sampled_from(
        "0123456789٠١٢٣۵½²Ⅷ+-−–.,:;/@()[]{}\"'<>&%=*_~\\|\t\n\r\0\u200b\u202e\u2067\u0301🇩🇪👍ßİıﬁ"
    ),
    max_size=80,
)
_WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "ja",
                "nein",
                "oui",
                "no",
                "نعم",
                "لا",
                "weiter",
                "zurück",
                "löschen",
                "hilfe",
                "menu",
            ),
            *("im", "nächsten", "März", "mars", "مارس", "2027", "12.3.", "bis", "nach", "Ostern"),
            *(
                "3-5",
                "90000",
                "ca.",
                "tausend",
                "mille",
                "ألف",
                "zwei",
                "20",
                "+49",
                "0170",
                "1234567",
            ),
            *(
                "a.b@example.org",
                "at",
                "[at]",
                "dot",
                "Köln",
                "Tunis",
                "سوسة",
                "Stadt",
                "ville",
                "?",
            ),
            *(
                "wann",
                "quand",
                "متى",
                "wer",
                "zahlt",
                "Reise",
                "und",
                "oder",
                "nicht",
                "statt",
                ",",
            ),
            *(
                "deutsch",
                "français",
                "عربي",
                "english",
                "merci",
                "hallo",
                "Sabine",
                "Kern",
                ":",
                "…",
            ),
        ]
    ),
    max_size=25,
).map(" ".join)
TEXTS = st.one_of(_ANY, _ODD, _WORDS, st.tuples(_WORDS, _ODD, _ANY).map(" ".join))
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=12,
)


def _tree(known: Mapping[str, Any]) -> st.SearchStrategy[str]:
    """JSON with these keys, each with something fitting or with anything."""
    fields = {name: st.one_of(value, _JSON) for name, value in known.items()}
    return st.fixed_dictionaries({}, optional=fields).map(json.dumps) | _JSON.map(json.dumps) | _ANY


# the core


@cache
def house() -> House:
    """The shipped content; of the FAQ nothing is known, so that nothing is compiled."""
    built = build_house(Settings(data_dir=Path(tempfile.gettempdir())))
    nothing = lambda _text, language: Match("none", None, 0.0, (), (), language, None)  # noqa: E731
    return replace(built, knowledge=replace(built.knowledge, faq=nothing))


@cache
def expectations() -> tuple[Expectation, ...]:
    """Each mode, and each question of the intake, in every language."""
    found: list[Expectation] = []
    dialogs = house().dialogs
    for language in LANGUAGES:
        conversation = Conversation("c")
        event = Event("e0", AT, Opened(), language)
        conversation, _ = step(dialogs, conversation, event)
        found.append(expects(dialogs, conversation))
        start = Pressed(conversation.turn, "command", "start")
        conversation, _ = step(dialogs, conversation, replace(event, id="e1", happening=start))
        draft = conversation.drafts["intake"]
        for question in dialogs.dialogs["intake"].questions:
            at = replace(draft, focus=question.id)
            found.append(expects(dialogs, replace(conversation, drafts={"intake": at})))
        found.append(replace(found[0], mode="review"))
        found.append(replace(found[0], mode="advisor"))
    return tuple(dict.fromkeys(found)) if _hashable(found) else tuple(found)


def _hashable(found: list[Expectation]) -> bool:
    try:
        hash(found[-1])
    except TypeError:
        return False
    return True


def _understand(text: str) -> None:
    """In as many situations as one is patient for; which, the text decides."""
    said = cleaned(Inbound("web", "p", "m", AT, Said(text))).content
    assert isinstance(said, Said)
    every = expectations()
    first = sum(map(ord, said.text))
    for expectation in (every[(first + 7 * number) % len(every)] for number in range(6)):
        hearing = hear(said.text, expectation.language)
        understand(said.text, AT, hearing, expectation, house().knowledge)
        reword(said.text, expectation, house().knowledge)


def understand_everywhere(text: str) -> None:
    """In every situation there is."""
    for expectation in expectations():
        hearing = hear(text, expectation.language)
        understand(text, AT, hearing, expectation, house().knowledge)


@cache
def _questions() -> tuple[Field, ...]:
    """Of the intake, and one that is answered with yes or no."""
    german = (each.field for each in expectations() if each.language == "de")
    return (Field("y", "yesno"), *{each.id: each for each in german if each is not None}.values())


def _answer(text: str) -> None:
    for question in _questions():
        read_answer(text, question, "de", house().knowledge.vocabulary)


def _several(text: str) -> None:
    waiting = ((each.field, each) for each in expectations() if each.language == "de")
    group = next(each for field, each in waiting if field is not None and field.id == "group")
    several(text, group, house().knowledge)


_NUMBER = Field("n", "number", minimum=1, maximum=9_000_000)
_TEXT = Field("t", "text", minimum=2, maximum=2000, cut=True)


def _each_language(read: Callable[[str, Language], object]) -> Parse:
    def parse(text: str) -> None:
        for language in LANGUAGES:
            read(text, language)

    return parse


# the doors


def _update(text: str) -> None:
    """As the reception reads: what aiogram refuses is refused, and nothing else may happen."""
    from aiogram.types import Update  # noqa: PLC0415 (takes seconds)

    try:
        raw = json.loads(text)
        update = Update.model_validate(raw)
    except (ValueError, RecursionError):
        return
    number_of(raw)
    read_update(update)


def _callback(text: str) -> None:
    found = decode(text)
    if found is not None:
        with suppress(ValueError):  # a question with more letters than a button takes
            assert decode(encode(found)) == found


def _own_callback(text: str) -> None:
    """What a button of ours says comes back as it was."""
    payload = Payload(text[:6].encode("ascii", "ignore").decode(), len(text), "q", text or "-")
    with suppress(ValueError):
        data = encode(payload)
        assert len(data.encode()) <= LONGEST


def _event_body(text: str) -> None:
    try:
        posted = read_event(text.encode(errors="surrogatepass"))
    except (Unreadable, TooLong):
        return
    assert posted.content is not None


def _form(text: str) -> None:
    """Every pair of lines is a field."""
    lines = text.split("\n")
    form: dict[str, list[str]] = {}
    for name, value in zip(lines[::2], lines[1::2], strict=False):
        form.setdefault(name, []).append(value)
    with suppress(Refused):
        assert isinstance(_event(form), Posted)


def _stream(text: str) -> None:
    headers = {"last-event-id": text}
    request: Any = SimpleNamespace(headers=headers, query_params={"after": text[1:]})
    assert 0 <= _after(request) < 2**63
    bearer(text)
    bearer(f"Bearer {text}")


def _yaml(text: str) -> None:
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(text.encode(errors="surrogatepass"))
        file.flush()
        problems: list[Any] = []
        if read_yaml(Path(file.name), problems) is None:
            assert problems


def _calendar(text: str) -> None:
    body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:b\r\n{text}\r\n"
    for raw in (text, body + "END:VEVENT\r\nEND:VCALENDAR\r\n"):
        with suppress(BadCalendarError):
            parsed(raw.encode(errors="surrogatepass"), source="s", today=TODAY, language="de")


def _conversation(text: str) -> None:
    with suppress(ValidationError):
        found = conversation_from_json(text)
        assert conversation_from_json(conversation_to_json(found)) == found


def _desk(text: str) -> None:
    assert "\n" not in line(text, 100)
    clean(text)
    day_of(text)
    instant_of(text, text[::-1])
    assert local_target(text).startswith("/desk")
    names = (
        "q",
        "state",
        "desk",
        "advisor",
        "language",
        "country",
        "since",
        "until",
        "sort",
        "page",
    )
    filters = filters_of(dict.fromkeys(names, text), desks=("d",), advisors=["a"], countries=["DE"])
    filters.wanted("a")


def _settings(text: str) -> None:
    """As the environment gives them: one sentence, or settings."""
    with suppress(ValueError):
        parse_keys(text)
    with suppress(ValueError):
        parse_hours(text, zone="Europe/Berlin", holidays=text, closed=text, special=text)
    for name in ("smtp_url", "mail_to", "webhook_url", "allowed_origins", "office_hours"):
        with suppress(ValidationError):
            Settings(**{name: text})


_ICS = st.lists(
    st.one_of(
        _ANY,
        st.builds(
            "{}{}:{}".format,
            st.sampled_from(
                [
                    "DTSTART",
                    "DTEND",
                    "DURATION",
                    "RRULE",
                    "EXDATE",
                    "RDATE",
                    "STATUS",
                    "SEQUENCE",
                    "RECURRENCE-ID",
                    "LAST-MODIFIED",
                    "URL",
                    "LOCATION",
                    "DESCRIPTION",
                    "CATEGORIES",
                ]
            ),
            st.sampled_from(["", ";VALUE=DATE", ";TZID=Africa/Cairo", ";TZID=x", ";LANGUAGE=fr"]),
            st.sampled_from(
                [
                    "20270101",
                    "20270101T100000",
                    "20270101T100000Z",
                    "99991231T235959Z",
                    "P1D",
                    "-P9W",
                    "FREQ=DAILY",
                    "FREQ=YEARLY;BYDAY=-5XX",
                    "UNTIL=1",
                    "https://a.example",
                    "00000000",
                ]
            )
            | _ODD,
        ),
    ),
    max_size=8,
).map("\r\n".join)
_CHAT = st.fixed_dictionaries(
    {
        "id": st.integers(-5, 5),
        "type": st.sampled_from(["private", "group", "supergroup", "channel"]),
    }
)
_USER = st.fixed_dictionaries(
    {"id": st.integers(-5, 5), "is_bot": st.booleans(), "first_name": _ANY}
)
_MESSAGE = st.fixed_dictionaries(
    {"message_id": st.integers(0, 9), "date": st.integers(0, 2**33), "chat": _CHAT},
    optional={
        "from": _USER,
        "text": TEXTS,
        "photo": st.just([]),
        "contact": st.fixed_dictionaries({"phone_number": _ODD, "first_name": _ANY}),
        "media_group_id": _ANY,
        "migrate_to_chat_id": st.integers(),
    },
)
_UPDATE = {
    "update_id": st.integers(),
    "message": _MESSAGE,
    "edited_message": _MESSAGE,
    "callback_query": st.fixed_dictionaries(
        {"id": st.text(max_size=5), "from": _USER, "chat_instance": st.just("1")},
        optional={"data": _ODD, "message": _MESSAGE},
    ),
    "my_chat_member": _JSON,
}
_POSTED = {
    "id": st.text("abcdef0123456789", min_size=16, max_size=16),
    "say": TEXTS,
    "press": st.fixed_dictionaries({"turn": st.integers(), "question": _ODD, "choice": _ODD}),
    "select": st.fixed_dictionaries({"turn": st.integers(), "question": _ODD, "choices": _JSON}),
    "open": st.just(True),
    "language": st.sampled_from([*LANGUAGES, "xx"]),
}
_FORM_TEXTS = st.lists(
    st.sampled_from(["say", "press", "turn", "select", "choice", "open", "language", "q:c", "1"])
    | _ODD,
    max_size=12,
).map("\n".join)
_YAML = st.lists(
    st.sampled_from(
        ["a: ", "- ", "? ", "[", "]", "{", "}", "&x ", "*x", "!!python/none ", "|\n", "---\n"]
    )
    | st.sampled_from(["\n", "  ", "'", '"', "#", "<<: ", ": ", ",", "\t", "%YAML 9\n", "..."])
    | _ODD,
    max_size=40,
).map("".join)
_KEPT = st.builds(
    lambda fields: json.dumps({"id": "c", **fields}),
    st.dictionaries(st.sampled_from([*Conversation.__dataclass_fields__]), _JSON, max_size=6),
)

PARSERS: dict[str, Parser] = {
    "message": Parser(_understand, TEXTS),
    "language": Parser(_each_language(hear), TEXTS),
    "answer": Parser(
        _answer,
        TEXTS,
        feared=("😀", ",", "ä", "a.", "a@b.c ", "والمدارس ", "ä@1.,- "),
    ),
    "several": Parser(
        _several, TEXTS, feared=("Stadt ", "Wir sind die Stadt Köln und suchen einen Partner. ")
    ),
    "phone": Parser(answers_phone.read_phone, TEXTS),
    "email": Parser(answers_email.read_email, TEXTS),
    "number": Parser(_each_language(lambda t, s: answers_number.read_number(t, _NUMBER, s)), TEXTS),
    "number_in": Parser(number_in, TEXTS),
    "year": Parser(lambda text: answers_number.read_year(text, _NUMBER), TEXTS),
    "date": Parser(_each_language(answers_number.read_date), TEXTS),
    "interval": Parser(
        _each_language(lambda t, s: interval(t, s, TODAY)),
        TEXTS,
        feared=(
            *("Woche nach ", "2 Wochen nach ", "Ende nächste "),
            *("bis zum 3. ", "vor nach ", "1."),
        ),
    ),
    "schedule": Parser(
        _each_language(lambda t, s: (schedule_question(t, s, TODAY), details(t, s, TODAY))), TEXTS
    ),
    "place": Parser(lambda text: house().knowledge.places(text, None), TEXTS),
    "text": Parser(lambda text: (read_text(text, _TEXT), read_place(text, _TEXT)), TEXTS),
    "update": Parser(_update, _tree(_UPDATE), grows=False),
    "callback": Parser(_callback, _ODD | _ANY),
    "own_callback": Parser(_own_callback, _ODD | _ANY),
    "event_body": Parser(_event_body, _tree(_POSTED)),
    "form": Parser(_form, _FORM_TEXTS),
    "stream": Parser(_stream, _ODD | _ANY | st.integers().map(str)),
    "yaml": Parser(_yaml, _YAML, grows=False),
    "calendar": Parser(_calendar, _ICS, grows=False),
    "conversation": Parser(_conversation, _KEPT | _JSON.map(json.dumps), grows=False),
    "desk": Parser(_desk, TEXTS),
    "settings": Parser(_settings, TEXTS, grows=False),
}
