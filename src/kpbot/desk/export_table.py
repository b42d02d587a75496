"""Cases as a table for people: German headings and words, German time, one row a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kpbot.desk import record_view
from kpbot.desk.wording import words_in
from kpbot.engine.dialog import Dialogs, Question
from kpbot.engine.printing import printed
from kpbot.events import GERMANY
from kpbot.exports import Row
from kpbot.store.case_list import Listed

_CASE = (
    *("Kennung", "Stand", "Zuständig", "Bei", "Eingang", "Antwort bis", "Erste Antwort"),
    *("Abgeschlossen", "Abgeschlossen von", "Grund", "Anliegen", "Chat-Sprache"),
)
_REST = ("Hinweise", "Offene Fragen", "Eingewilligt", "Vollständig", "Löschung spätestens")
_FOR_MACHINES = frozenset(
    {
        *("reference", "dialog", "version", "language", "outcome", "flags", "unanswered"),
        *("summary_confirmed", "consent", "consent_given", "consent_text", "words"),
    }
)
"""Fields of a record that are no answers: they stand in other columns, or in JSON alone."""


def table_of(
    dialogs: Dialogs,
    found: Iterable[Listed],
    closers: Mapping[str, str],
    names: Mapping[str, str],
) -> tuple[list[str], list[Row]]:
    """The headings, which are there without a case too, and a row a case.

    Cells are text, numbers, days, and instants as the clock in Germany shows them.
    """
    listed = list(found)
    asked = _headings(dialogs)
    old = dict.fromkeys(
        key
        for each in listed
        for key in each.record.record
        if key not in asked and key not in _FOR_MACHINES
    )
    headings = [*_CASE, *asked.values(), *_REST, *old]
    rows = [
        {
            **_case(dialogs, each, closers, names),
            **_answers(dialogs, each.record.record, asked),
            **_rest(dialogs, each),
            **{key: _plain(each.record.record.get(key)) for key in old},
        }
        for each in listed
    ]
    return headings, rows


def _headings(dialogs: Dialogs) -> dict[str, str]:
    """Question id → heading: its short word, with its id where another has the same word."""
    headings: dict[str, str] = {}
    for dialog in dialogs.dialogs.values():
        for question in dialog.questions:
            if question.type != "consent" and question.id not in headings:
                short = dialogs.question_words(dialog.name, question.id, "de").short
                taken = {*_CASE, *_REST, *headings.values()}
                headings[question.id] = f"{short} ({question.id})" if short in taken else short
    return headings


def _case(
    dialogs: Dialogs, listed: Listed, closers: Mapping[str, str], names: Mapping[str, str]
) -> Row:
    case, record, words = listed.case, listed.record.record, words_in("de")
    closer = closers.get(case.reference, "") if case.state == "closed" else ""
    titles = dialogs.words.get(listed.record.dialog)
    spoken = str(record.get("language", ""))
    cells = (
        case.reference,
        words[f"state_{case.state}"],
        record_view.desk_title(dialogs, case.desk, "de"),
        names.get(case.advisor or "", ""),
        _local(case.opened),
        _local(case.answer_due),
        _local(case.answered),
        _local(case.closed),
        names.get(closer, ""),
        words[f"reason_{case.reason}"] if case.reason else "",
        titles["de"].title if titles is not None else listed.record.dialog,
        words.get(f"in_{spoken}", spoken),
    )
    return dict(zip(_CASE, cells, strict=True))


def _answers(dialogs: Dialogs, record: Mapping[str, Any], asked: Mapping[str, str]) -> Row:
    dialog = dialogs.dialogs.get(record["dialog"])
    known = dialog.by_id if dialog is not None else {}
    return {
        heading: _answer(dialogs, record["dialog"], known[id_], record.get(id_))
        if id_ in known
        else _plain(record.get(id_))
        for id_, heading in asked.items()
    }


def _answer(dialogs: Dialogs, dialog: str, question: Question, value: Any) -> Any:
    """The answer in German words; a person's own words and numbers as they are."""
    options = dialogs.question_words(dialog, question.id, "de").options
    match value:
        case None:
            return ""
        case bool() | list():
            given = tuple(value) if isinstance(value, list) else value
            return printed(dialogs, dialog, question.id, given, "de")
        case str() if value in options:
            return options[value].say
        case str() if question.type == "date":
            return _day(value)
        case _:
            return value


def _rest(dialogs: Dialogs, listed: Listed) -> Row:
    record = listed.record.record
    consent = record.get("consent_given") or {}
    cells = (
        "; ".join(record_view.flags(dialogs, record, "de")),
        "\n".join(str(each["text"]) for each in record.get("unanswered", ())),
        _local(datetime.fromisoformat(consent["at"])) if "at" in consent else "",
        "Ja" if listed.record.complete else "Nein",
        listed.record.delete_on,
    )
    return dict(zip(_REST, cells, strict=True))


def _local(at: datetime | None) -> datetime | str:
    """The instant as a spreadsheet takes it: without a zone, by the German clock, to the minute."""
    if at is None:
        return ""
    return at.astimezone(GERMANY).replace(tzinfo=None, second=0, microsecond=0)


def _day(iso: str) -> date | str:
    try:
        return date.fromisoformat(iso)
    except ValueError:  # an old record, of a question that took other answers
        return iso


def _plain(value: Any) -> Any:
    """An answer of which no dialog knows any more what it means."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(str, value))
    return "" if value is None else value
