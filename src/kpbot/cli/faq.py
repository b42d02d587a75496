"""How well questions are understood, and the compiled index."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import make_url

from kpbot.cli import common
from kpbot.content.faq import load_asked, load_faq
from kpbot.content.faq_index import lazy_matcher
from kpbot.engine.counting import UNKNOWN
from kpbot.model import LANGUAGES
from kpbot.settings import Settings
from kpbot.store import counts
from kpbot.store.database_file import path_of
from kpbot.understand.faq import Match

_SHOWN = {UNKNOWN: "what no entry fits"}


def compile_indexes() -> None:
    """The index of every language is in the cache: the next start is quick."""
    settings = common.settings()
    entries, _ = load_faq(settings.content / "faq")
    matcher = lazy_matcher(settings.content / "faq", entries, settings.cache)
    for language in LANGUAGES:
        matcher("", language)


def report(*, as_json: bool) -> None:
    """How the real questions in `faq/asked` are answered, by language, and what goes wrong.

    And what people asked the bot in vain, by its number in the store: ids, nobody's words.
    """
    settings = common.settings()
    for line in _lines(settings):
        if as_json:
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        else:
            _print(line)


def _lines(settings: Settings) -> list[dict[str, object]]:
    folder = settings.content / "faq"
    entries, _ = load_faq(folder)
    asked, _ = load_asked(folder)
    matcher = lazy_matcher(folder, entries, settings.cache)
    lines: list[dict[str, object]] = []
    unanswered = _unanswered(settings)
    for language in LANGUAGES:
        figures: Counter[str] = Counter()
        confusions: Counter[str] = Counter()
        seen: set[str] = set()
        for entry in (each for each in asked if each.language == language):
            meant = entry.id or "none"
            seen.add(meant)
            for question in entry.questions:
                match = matcher(question, language)
                _count(figures, meant, match)
                best = match.candidates[0].id if match.candidates else "none"
                if meant not in {"none", best}:
                    confusions[f"{meant} → {best}"] += 1
        unasked = sorted({e.id for e in entries if e.language == language and e.in_scope} - seen)
        lines.append(
            {
                "language": language,
                **_shares(figures),
                "confusions": confusions.most_common(5),
                "nobody_asks": unasked,
                "nobody_answers": unanswered.get(language, Counter()).most_common(),
            }
        )
    return lines


def _unanswered(settings: Settings) -> Mapping[str, Counter[str]]:
    """By language, how often people asked what nobody has answered, by the id of what they asked.

    `unknown` is everything that fits no id. Empty where there is no store yet.
    """
    path = path_of(make_url(settings.database))
    if path is not None and not common.is_there(path):
        return {}
    database = common.database(settings)
    try:
        every = database.read(lambda connection: counts.totals(connection, date.min, date.max))
    finally:
        database.close()
    found: dict[str, Counter[str]] = {}
    for each in every:
        if each.name == "faq_unanswered":  # once for each dialog it was asked in
            found.setdefault(each.language, Counter())[each.value] += each.number
    return found


def _count(figures: Counter[str], meant: str, match: Match) -> None:
    if meant == "none":
        figures["out"] += 1
        figures["out_answered"] += match.decision == "answer"
        return
    ids = [candidate.id for candidate in match.candidates]
    figures["in"] += 1
    figures["top1"] += ids[:1] == [meant]
    figures["top3"] += meant in ids[:3]
    helped = match.id == meant or (match.decision == "choices" and meant in match.shown)
    figures["helped"] += helped
    figures["wrong"] += match.decision == "answer" and match.id != meant


def _shares(figures: Counter[str]) -> dict[str, float]:
    inside, outside = max(1, figures["in"]), max(1, figures["out"])
    shares = {
        name: round(figures[name] / inside, 3) for name in ("helped", "top1", "top3", "wrong")
    }
    return {**shares, "out_answered": round(figures["out_answered"] / outside, 3)}


def _print(line: dict[str, object]) -> None:
    shares = "  ".join(
        f"{name} {line[name]:.3f}" for name in ("helped", "top1", "top3", "wrong", "out_answered")
    )
    print(f"{line['language']}  {shares}")
    confusions = line["confusions"]
    if isinstance(confusions, list):
        for pair, count in confusions:
            print(f"    {count} × {pair}")
    unanswered = line["nobody_answers"]
    if isinstance(unanswered, list):
        for asked, count in unanswered:
            print(f"    {count} × asked in vain: {_SHOWN.get(asked, asked)}")
