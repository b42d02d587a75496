"""The German summary an advisor reads: the dialog's own template, filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kpbot.engine.dialog import Dialogs
from kpbot.engine.printing import printed, quoted, quoted_direction
from kpbot.events import GERMANY
from kpbot.model import Language

if TYPE_CHECKING:  # imported with the first summary: start-up time
    from jinja2 import Template


_APPROXIMATE = ("ca", "circa", "etwa", "ungefähr", "rund", "environ", "about", "around", "approx")
_APPROXIMATE_ARABIC = ("حوالي", "تقريبا", "نحو")


def summarise(
    dialogs: Dialogs, record: Mapping[str, Any], received: datetime, delete_on: date
) -> str:
    """The record as advisors read it: German labels, the person's own words untouched.

    Times are those of Germany. Fields that were not asked read like fields not given.
    """
    dialog = dialogs.dialogs[record["dialog"]]
    return _template(dialog.summary).render(
        **_fields(dialogs, record),
        reference=record["reference"],
        complete=record["summary_confirmed"],
        received=_minute(received),
        language=record["language"],
        values=dict(record),
        approximately=_approximately(record),
        phone_as_typed=_phone_as_typed(record),
        questions=_questions(record),
        hints=_hints(dialogs, record),
        consent=_consent(record),
        delete_on=delete_on.isoformat(),
    )


@lru_cache(maxsize=16)
def _template(source: str) -> Template:
    from jinja2 import StrictUndefined  # noqa: PLC0415 (start-up time)
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, autoescape=False
    )
    return environment.from_string(source.rstrip("\n"))


def _fields(dialogs: Dialogs, record: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    name = record["dialog"]
    german: Language = "de"
    shown: dict[str, str] = {}
    given: dict[str, bool] = {}
    for question in dialogs.dialogs[name].questions:
        raw = record.get(question.id)
        value = tuple(raw) if isinstance(raw, list) else raw
        given[question.id] = value is not None
        shown[question.id] = (
            quoted_direction(value, german)
            if isinstance(value, str) and question.type in {"text", "place"}
            else printed(dialogs, name, question.id, value, german)
        )
    return {"shown": shown, "given": given}


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(GERMANY):%Y-%m-%d %H:%M}"


def _approximately(record: Mapping[str, Any]) -> str:
    """ "ca. " where the person said so."""
    typed = record["words"].get("population", {}).get("text", "").casefold()
    words = typed.replace(".", " ").split()
    said = any(word in _APPROXIMATE for word in words) or "~" in typed
    return "ca. " if said or any(word in typed for word in _APPROXIMATE_ARABIC) else ""


def _phone_as_typed(record: Mapping[str, Any]) -> str:
    typed = record["words"].get("phone", {}).get("text", "").strip()
    if not typed or typed == record.get("phone"):
        return ""
    return f" (geschrieben: {quoted_direction(typed, 'de')})"


_STATE = {"none": "nicht beantwortet", "part": "teilweise beantwortet", "all": "beantwortet"}


def _questions(record: Mapping[str, Any]) -> str:
    lines = []
    for question in record["unanswered"]:
        state = _STATE[question["known"]]
        reason = f"{question['intent']} – {state}" if question["intent"] else state
        lines.append(f"{quoted(question['text'], 'de')} ({reason})")
    return "; ".join(lines)


def _hints(dialogs: Dialogs, record: Mapping[str, Any]) -> str:
    """The flags in German; open questions are told in their own line."""
    words = dialogs.words[record["dialog"]]["de"].flags
    flags = [flag for flag in record["flags"] if flag != "unanswered_questions"]
    return "; ".join(words.get(flag, flag) for flag in flags)


def _consent(record: Mapping[str, Any]) -> dict[str, Any]:
    given = record["consent_given"] or {"revision": 0, "language": "–", "at": None}
    at = _minute(datetime.fromisoformat(given["at"])) if given["at"] else "–"
    return {**given, "at": at}
