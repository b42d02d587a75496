"""The form of a calendar entry: its fields, the entry they give, and what is wrong by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from kpbot.content.checks_content import LANGUAGE_NAMES
from kpbot.content.events_text import Entry
from kpbot.content.problems import Problem
from kpbot.desk.forms import clean, line
from kpbot.desk.login_form import Fields, field
from kpbot.events import AUDIENCES, BERLIN, COUNTRIES, KINDS, STATUSES, ZONE_OF
from kpbot.model import LANGUAGES

LONGEST_LINE = 300
LONGEST_TEXT = 2000
"""Characters of a description in one language."""

Values = Mapping[str, str | list[str]]
"""What stands in the form, by name."""
Wrong = Mapping[str, str]
"""Word of the sentence by field; the empty field: the entry as a whole."""

_TEXTS = {"title": "title", "description": "description", "reg_text": "registration.text"}
_LINES = (
    *("kind", "start_day", "start_time", "end_day", "end_time", "zone", "place", "online"),
    *("for", "reg_url", "reg_mail", "reg_until", "source", "as_of", "valid_until", "status"),
    *(
        "repeats",
        "except",
        *(f"{name}_{each}" for name in ("title", "reg_text") for each in LANGUAGES),
    ),
)
_SEVERAL = ("countries", "languages")
_UNSEEN = dict.fromkeys([0x2028, 0x2029, 0xFFFE, 0xFFFF, *range(0x202A, 0x202F)])
"""Line ends that YAML knows and forms do not, and what turns words round."""
_CODE = re.compile(r"(E\d\d): ")
_QUOTED = re.compile(r'"([\w.]+)"')
_IN_LANGUAGE = re.compile(r'"([\w.]+)" is missing in (\w+)')
_FIELD_OF_CODE = {
    "E01": "end_day",
    "E02": "zone",
    "E04": "valid_until",
    "E05": "source",
    "E07": "repeats",
    "E08": "repeats",
    "E09": "valid_until",
    "E11": "place",
}
_FIELD_OF_KEY = {
    "start": "start_day",
    "end": "end_day",
    "title": "title_de",
    "url": "reg_url",
    "mail": "reg_mail",
    "until": "reg_until",
}
_DAYS = ("start_day", "end_day", "as_of", "valid_until", "reg_until", "except")


def choices(values: Values) -> dict[str, tuple[str, ...]]:
    """What can be chosen in the form; a zone of another file is offered too."""
    zones = dict.fromkeys(
        [BERLIN, *ZONE_OF.values(), *([str(values["zone"])] if values["zone"] else [])]
    )
    return {
        "kind": KINDS,
        "status": STATUSES,
        "for": AUDIENCES,
        "countries": COUNTRIES,
        "languages": LANGUAGES,
        "zone": tuple(zones),
    }


def blank(today: date) -> Values:
    """A form in which nothing was filled in but what is usual."""
    usual = {"kind": "seminar", "zone": BERLIN, "for": "both", "status": "planned"}
    empty: dict[str, str | list[str]] = dict.fromkeys([*_LINES, *_descriptions()], "")
    return {**empty, **{name: [] for name in _SEVERAL}, **usual, "as_of": today.isoformat()}


def typed(form: Fields) -> Values:
    """What came in, cleaned and cut to size."""
    values: dict[str, str | list[str]] = {
        name: line(field(form, name).translate(_UNSEEN), LONGEST_LINE) for name in _LINES
    }
    for name in _descriptions():
        values[name] = clean(field(form, name).translate(_UNSEEN)).strip()[:LONGEST_TEXT]
    for name, known in (("countries", COUNTRIES), ("languages", LANGUAGES)):
        values[name] = [each for each in known if each in form.get(name, [])]
    return values


def values_of(entry: Entry) -> Values:
    """The form with the entry in it."""
    values: dict[str, str | list[str]] = dict(blank(date.min))
    for key, value in entry.items():
        match key, value:
            case (("start" | "end"), str()):
                values[f"{key}_day"], _, values[f"{key}_time"] = value.partition(" ")
            case (("title" | "description"), dict()):
                values |= {f"{key}_{each}": value.get(each, "") for each in LANGUAGES}
            case "registration", dict():
                values |= {f"reg_{name}": value[name] for name in ("url", "mail", "until")}
                values |= {f"reg_text_{each}": value["text"].get(each, "") for each in LANGUAGES}
            case "except", list():
                values["except"] = ", ".join(value)
            case _, list() | str() if key in values:
                values[key] = value
            case _:
                pass
    return values


def entry_of(values: Values, **own: object) -> Entry:
    """The entry that the form gives; `own` is what no one types."""
    start, end = (
        " ".join(filter(None, (str(values[f"{each}_day"]), str(values[f"{each}_time"]))))
        for each in ("start", "end")
    )
    if values["end_time"] and not values["end_day"]:
        end = f"{values['start_day']} {values['end_time']}".strip()
    left_out = [each.strip() for each in str(values["except"]).split(",")]
    entry = Entry(
        uid=own.pop("uid"),
        kind=values["kind"],
        title=_texts(values, "title"),
        description=_texts(values, "description"),
        start=start,
        end=end,
        registration={
            "url": values["reg_url"],
            "mail": values["reg_mail"],
            "text": _texts(values, "reg_text"),
            "until": values["reg_until"],
        },
    )
    for name in ("zone", "place", "online", "for", "countries", "languages"):
        entry[name] = values[name]
    for name in ("source", "as_of", "valid_until", "status", "repeats"):
        entry[name] = values[name]
    entry["except"] = [each for each in left_out if each]
    return Entry({**entry, **own})


def gaps(values: Values) -> Wrong:
    """Languages in which a text is missing that others have; a title must have all."""
    wrong: dict[str, str] = {}
    for name in _TEXTS:
        missing = [each for each in LANGUAGES if not values[f"{name}_{each}"]]
        if missing and (name == "title" or len(missing) < len(LANGUAGES)):
            wrong |= {f"{name}_{each}": "event_e03" for each in missing}
    return wrong


def placed(problems: Iterable[Problem]) -> Wrong:
    """What is wrong by field, each field once."""
    wrong: dict[str, str] = {}
    for problem in problems:
        name, word = _placed(problem.sentence)
        wrong.setdefault(name, word)
    return wrong


def _placed(sentence: str) -> tuple[str, str]:
    code = _CODE.match(sentence)
    if code is None:
        return _unreadable(sentence)
    quoted = _QUOTED.search(sentence)
    key = quoted[1] if quoted else ""
    match code[1]:
        case "E03":
            return _without_text(sentence), "event_e03"
        case "E10":
            return _FIELD_OF_KEY.get(key, key), "event_e10_mail" if key == "mail" else "event_e10"
        case "E12" if key == "as_of":
            return "as_of", "event_e12_future"
        case "E12" if key:
            return "valid_until", "event_e12_valid"
        case "E12":
            return "reg_until", "event_e12_registration"
        case known if known in _FIELD_OF_CODE:
            return _FIELD_OF_CODE[known], f"event_{known.lower()}"
        case _:
            return "", "event_unreadable"


def _without_text(sentence: str) -> str:
    """The field of the text that is missing."""
    found = _IN_LANGUAGE.search(sentence)
    if found is None:
        return "title_de"
    name = next(each for each, key in _TEXTS.items() if key == found[1])
    return f"{name}_{next(code for code, known in LANGUAGE_NAMES.items() if known == found[2])}"


def _unreadable(sentence: str) -> tuple[str, str]:
    """What strict reading refuses, at the first key it names that is a field."""
    for key in _QUOTED.findall(sentence):
        name = _FIELD_OF_KEY.get(key, key)
        if name in _LINES or name in _SEVERAL:
            if "missing" in sentence:
                return name, "event_missing"
            return name, "event_date" if name in _DAYS else "event_wrong"
    return "", "event_unreadable"


def _texts(values: Values, name: str) -> dict[str, str]:
    return {each: str(values[f"{name}_{each}"]) for each in LANGUAGES}


def _descriptions() -> list[str]:
    return [f"description_{each}" for each in LANGUAGES]
