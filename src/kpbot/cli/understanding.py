"""What the bot understands, shown piece by piece."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from kpbot.cli import common
from kpbot.cli.failing import WrongUse
from kpbot.cli.jsonlines import answer_lines
from kpbot.model import LANGUAGES, Language


def language(text: str, *, as_json: bool) -> None:
    """The language of each line of input, or of the text."""
    from kpbot.understand.language import hear

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        hearing = hear(_text(line), _language(line.get("current")))
        return {
            "language": hearing.language,
            "switch": hearing.switch,
            "arabizi": hearing.arabizi,
        }

    if as_json:
        answer_lines(answer, timed=True)
        return
    result = answer({"text": text})
    print(f"{result['language'] or 'not told'}{' (Arabizi)' if result['arabizi'] else ''}")


def when(text: str, *, language: Language | None, today: str, as_json: bool) -> None:
    """The days each line of input, or the text, speaks of, counted from an ISO date."""
    from kpbot.understand.dates import interval

    base = _day(today)

    def answer(line: dict[str, Any]) -> dict[str, str] | None:
        spoken = _language(line.get("language")) or language or "de"
        found = interval(_text(line), spoken, base)
        if found is None:
            return None
        return {"from": found.start.isoformat(), "to": found.end.isoformat()}

    if as_json:
        answer_lines(answer)
        return
    result = answer({"text": text})
    print("no date" if result is None else f"{result['from']} … {result['to']}")


def place(text: str, *, country: str | None, as_json: bool) -> None:
    """The municipalities each line of input, or the text, names."""
    from kpbot.content.places import load_gazetteer
    from kpbot.understand.places import find

    gazetteer = load_gazetteer(german=common.settings().german_places)

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        found = find(_text(line), line.get("country") or country, gazetteer)
        return {
            "decision": found.decision,
            "matches": [
                {
                    "id": match.place.id,
                    "name": match.place.name,
                    "country": match.place.country,
                    "region": match.place.region,
                    "kind": match.place.kind,
                    "score": round(match.score, 3),
                }
                for match in found.matches
            ],
        }

    if as_json:
        answer_lines(answer, timed=True)
        return
    result = answer({"text": text})
    print(result["decision"])
    for match in result["matches"]:
        print(f"  {match['score']:6.1f}  {match['name']} ({match['region']}, {match['country']})")


def import_places(register: Path) -> None:
    """The German places are those of the register, in every later start."""
    from kpbot.content.places import import_gv100, write_rows

    settings = common.settings()
    try:
        raw = register.read_bytes()
    except OSError as error:
        raise WrongUse(f"{register} cannot be read: {error.strerror}.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    rows = list(import_gv100(io.StringIO(text)))
    if not rows:
        raise WrongUse(f"{register} holds no record of a GV100AD file (10, 40, 50, 60).")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    count = write_rows(rows, settings.imported_places)
    print(f"{count} places taken from {register.name}.")


def ask(text: str, *, language: Language | None, faq_dir: Path | None, as_json: bool) -> None:
    """What the bot would answer to each line of input, or to the text, and why."""
    from kpbot.content.faq import load_faq
    from kpbot.content.faq_index import lazy_matcher
    from kpbot.understand.language import hear

    settings = common.settings()
    folder = faq_dir or settings.content / "faq"
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder}.")
    entries, problems = load_faq(folder, shipped=faq_dir is None)
    if problems:
        raise WrongUse("The FAQ has problems:\n" + "\n".join(map(str, problems)))
    matcher = lazy_matcher(folder, entries, settings.cache)
    present = [each for each in LANGUAGES if any(entry.language == each for entry in entries)]

    def spoken(text: str, wished: Language | None) -> Language:
        heard = wished or hear(text).language
        return heard if heard in present else present[0]

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        wished = _language(line.get("language")) or language
        match = matcher(_text(line), spoken(_text(line), wished))
        return {
            "decision": match.decision,
            "id": match.id,
            "score": round(match.score, 4),
            "candidates": [
                {"id": each.id, "score": round(each.score, 4)} for each in match.candidates
            ],
            "language": match.language,
            "near_miss": match.near_miss,
        }

    if as_json:
        for entry in {entry.language: entry for entry in entries}.values():
            matcher(" ".join(entry.questions[:1]), entry.language)  # `ms`: answering alone
        answer_lines(answer, timed=True)
        return
    match = matcher(text, spoken(text, language), explain=True)
    print(f"{match.decision}{': ' + match.id if match.id else ''} ({match.language})")
    for candidate in match.candidates[:3]:
        print(f"  {candidate.score:.2f}  {candidate.id}")
    for reason in match.why:
        print(f"  {reason}")


def _text(line: dict[str, Any]) -> str:
    text = line.get("text")
    if not isinstance(text, str):
        raise WrongUse(f'A line needs "text": {json.dumps(line, ensure_ascii=False)[:80]}')
    return text


def _day(text: str) -> date:
    if not text:
        from kpbot.app import Clock

        return Clock()().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"{text!r} is no date; write it like 2027-02-10.") from None


def _language(value: object) -> Language | None:
    return next((each for each in LANGUAGES if each == value), None)
