"""The questions people ask, their answers, and real questions to measure by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from kpbot.content.problems import Problem, probable
from kpbot.content.strict import Word, read
from kpbot.content.strict_fields import Fields, Reader
from kpbot.model import LANGUAGES, Language

Known = Literal["all", "part", "none"]
KNOWN: tuple[Known, ...] = ("all", "part", "none")
SCOPES = ("in", "out")
ASKED = "asked"
"""Folder of real questions, beside the languages."""
NONE = "none"
"""Id of real questions that mean no entry."""

# Source: /programme/faq-catalogue, numbers 1 to 48, in its order.
INTENTS = (
    "programme_overview",
    "programme_operator",
    "programme_history",
    "partner_countries",
    "eligibility_german_municipality",
    "eligibility_north_african_municipality",
    "eligibility_civil_society",
    "eligibility_private_company",
    "topics_overview",
    "topic_fit",
    "partnership_principles",
    "partnership_benefits",
    "partner_search",
    "existing_partnerships",
    "reactivate_or_expand_partnership",
    "partnership_agreement_type",
    "effort_required",
    "consultation_start",
    "consultation_content",
    "consultation_cost",
    "next_steps_after_contact",
    "contact_human",
    "working_languages",
    "funding_overview",
    "travel_costs",
    "incoming_delegation_costs",
    "interpretation_video",
    "translation_and_onsite_interpreting",
    "project_funding_instruments",
    "investment_and_equipment",
    "funding_amount",
    "co_financing",
    "funding_deadlines",
    "staff_funding",
    "trip_organisation",
    "trip_conditions",
    "digital_exchange",
    "events_dates",
    "events_participation",
    "seminars_offer",
    "country_situation",
    "bot_identity",
    "data_privacy",
    "data_deletion_export",
    "intake_status",
    "press_enquiry",
    "jobs_careers",
    "materials_newsletter",
)


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """One answer and the questions that mean it, in one language."""

    id: str
    language: Language
    topic: str
    """Name of the file, without its ending."""
    questions: tuple[str, ...]
    answer: str
    source: str
    known: Known
    """How much of the answer the source gives."""
    in_scope: bool
    """False: a subject of other people's, answered by saying so."""
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class AskedEntry:
    """Real questions and the entry they mean."""

    id: str | None
    """None: they mean no entry."""
    language: Language
    questions: tuple[str, ...]
    file: str
    line: int


def load_faq(
    folder: Path, *, shipped: bool = True
) -> tuple[tuple[FaqEntry, ...], tuple[Problem, ...]]:
    """Every entry of the tree; only in the shipped one must answer, source and `known` be there."""
    problems: list[Problem] = []
    entries = [
        _entry(fields, language, path.stem, shipped)
        for language, path in _files(folder, problems, beside=(ASKED,))
        for fields in _records(path, problems, ("known", "scope", "answer", "source"))
    ]
    return tuple(entries), tuple(sorted(problems))


def load_asked(folder: Path) -> tuple[tuple[AskedEntry, ...], tuple[Problem, ...]]:
    """The real questions below `asked`; none at all is no problem."""
    problems: list[Problem] = []
    if not (folder / ASKED).is_dir():
        return (), ()
    entries = [
        _asked(fields, language)
        for language, path in _files(folder / ASKED, problems)
        for fields in _records(path, problems, ())
    ]
    return tuple(entries), tuple(sorted(problems))


def _files(
    folder: Path, problems: list[Problem], beside: tuple[str, ...] = ()
) -> Iterator[tuple[Language, Path]]:
    """Every file of every language folder, in order."""
    try:
        places = sorted(place for place in folder.iterdir() if place.is_dir())
    except OSError as error:
        problems.append(Problem(str(folder), 1, f"The folder cannot be opened: {error.strerror}."))
        return
    for place in places:
        language = next((known for known in LANGUAGES if known == place.name), None)
        if language is not None:
            yield from ((language, path) for path in sorted(place.glob("*.yaml")))
        elif place.name not in beside and not place.name.startswith((".", "_")):
            sentence = f'Unknown language "{place.name}".'
            problems.append(Problem(str(place), 1, sentence, probable(place.name, LANGUAGES)))


def _records(path: Path, problems: list[Problem], optional: tuple[str, ...]) -> Iterator[Fields]:
    """Every entry of the file that has an id."""
    root = read(path, problems)
    reader = Reader(str(path), problems)
    for node in reader.items(root, "entries"):
        fields = reader.fields(node, "entry", optional, ("id", "questions"))
        if fields.get("id") is not None:
            yield fields


def _entry(fields: Fields, language: Language, topic: str, shipped: bool) -> FaqEntry:
    name = fields.word("id")
    texts = {key: _text(fields, key) for key in ("known", "answer", "source")}
    for key in (key for key, text in texts.items() if shipped and not text):
        fields.reader.complain(fields.table.line, f'"{key}" of "{name}" is missing or empty.')
    return FaqEntry(
        id=name,
        language=language,
        topic=topic,
        questions=fields.words("questions"),
        answer=texts["answer"],
        source=texts["source"],
        known=cast("Known", _one_of(fields, "known", texts["known"], KNOWN)),
        in_scope=_one_of(fields, "scope", _text(fields, "scope"), SCOPES) == "in",
        file=fields.reader.file,
        line=fields.table.line,
    )


def _asked(fields: Fields, language: Language) -> AskedEntry:
    name = fields.word("id")
    return AskedEntry(
        id=None if name == NONE else name,
        language=language,
        questions=fields.words("questions"),
        file=fields.reader.file,
        line=fields.table.line,
    )


def _text(fields: Fields, key: str) -> str:
    """The text without its ends; unlike other words it may be empty."""
    node = fields.get(key)
    return node.text.strip() if isinstance(node, Word) else fields.word(key)


def _one_of(fields: Fields, key: str, word: str, allowed: tuple[str, ...]) -> str:
    """The word; the first allowed one where it is not given or not allowed."""
    if word in allowed or not word:
        return word or allowed[0]
    line = fields.table.lines[key]
    sentence = f'"{key}" must be one of {", ".join(allowed)}, not "{word}".'
    fields.reader.complain(line, sentence, probable(word, allowed))
    return allowed[0]
