"""The FAQ matcher beside other methods, on four public sets of ten phrasings a class."""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from kpbot.model import Language
from kpbot.understand.faq import Entry, build_index, match

SETS: Final[dict[str, Language]] = {
    "banking77": "en",
    "clinc150": "en",
    "roboai_de": "de",
    "arbanking50": "ar",
}
SEED: Final = 20270210
LETTERS_PER_TYPO: Final = 8
OUT_OF_SCOPE: Final = "out_of_scope"

Line = tuple[str, str]
"""A question and its class."""
Finder = Callable[[str], str]
"""From a question to the class a method holds for right."""


def run(public_dir: Path, as_json: bool) -> None:
    """Print top-1 clean and with typos, and milliseconds a question, of every method and set."""
    table = {
        name: measure(public_dir / f"{name}.k10.jsonl", language)
        for name, language in SETS.items()
        if (public_dir / f"{name}.k10.jsonl").is_file()
    }
    print(json.dumps(table) if as_json else _as_text(table))  # noqa: T201 - its purpose


def measure(path: Path, language: Language) -> dict[str, dict[str, float]]:
    """The figures of every method on the test lines of one set."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    learnt = [(each["text"], each["intent"]) for each in lines if each["split"] == "train"]
    tested = [
        (each["text"], each["intent"])
        for each in lines
        if each["split"] == "test" and each["intent"] != OUT_OF_SCOPE
    ]
    source = random.Random(SEED)  # noqa: S311 - typos, not secrets
    mistyped = [(with_typos(text, source), intent) for text, intent in tested]
    figures: dict[str, dict[str, float]] = {}
    for name, build in METHODS.items():
        began = perf_counter()
        try:
            find = build(learnt, language)
        except ImportError:
            continue
        built = perf_counter() - began
        figures[name] = _figures(find, tested, mistyped) | {"build_s": round(built, 2)}
    return figures


def with_typos(text: str, source: random.Random) -> str:
    """The text with one slip per eight letters: insert, delete, replace or swap."""
    letters = list(text)
    alphabet = sorted({letter for letter in text if letter.isalpha()}) or ["x"]
    for _ in range(round(len(text) / LETTERS_PER_TYPO)):
        place = source.randrange(len(letters))
        slip = source.choice(("insert", "delete", "replace", "swap"))
        if slip == "insert":
            letters.insert(place, source.choice(alphabet))
        elif slip == "delete" and len(letters) > 1:
            del letters[place]
        elif slip == "replace":
            letters[place] = source.choice(alphabet)
        elif place + 1 < len(letters):
            letters[place : place + 2] = reversed(letters[place : place + 2])
    return "".join(letters)


def _figures(find: Finder, tested: Sequence[Line], mistyped: Sequence[Line]) -> dict[str, float]:
    times: list[float] = []
    right = {"clean": 0, "typo": 0}
    for kind, lines in (("clean", tested), ("typo", mistyped)):
        for text, intent in lines:
            began = perf_counter()
            found = find(text)
            times.append((perf_counter() - began) * 1000)
            right[kind] += found == intent
    return {
        "top1": round(right["clean"] / len(tested), 4),
        "top1_typo": round(right["typo"] / len(mistyped), 4),
        "ms_median": round(statistics.median(times), 2),
        "ms_p99": round(statistics.quantiles(times, n=100)[98], 2),
    }


def _matcher(learnt: Sequence[Line], language: Language) -> Finder:
    questions: dict[str, list[str]] = {}
    for text, intent in learnt:
        questions.setdefault(intent, []).append(text)
    index = build_index([Entry(each, language, tuple(questions[each])) for each in questions])

    def find(text: str) -> str:
        candidates = match(text, index).candidates
        return candidates[0].id if candidates else ""

    return find


def _string_ratio(scorer: str) -> Callable[[Sequence[Line], Language], Finder]:
    def build(learnt: Sequence[Line], _language: Language) -> Finder:
        from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only measured

        texts = [utils.default_process(text) for text, _ in learnt]
        compare: Any = getattr(fuzz, scorer)

        def find(text: str) -> str:
            best = process.extractOne(utils.default_process(text), texts, scorer=compare)
            return learnt[best[2]][1] if best else ""

        return find

    return build


def _bm25(learnt: Sequence[Line], _language: Language) -> Finder:
    import bm25s  # noqa: PLC0415 - only measured

    index = bm25s.BM25()
    index.index([text.casefold().split() for text, _ in learnt], show_progress=False)

    def find(text: str) -> str:
        known = [word for word in text.casefold().split() if word in index.vocab_dict]
        if not known:
            return ""
        rows, _ = index.retrieve([known], k=1, show_progress=False)
        return learnt[int(rows[0, 0])][1]

    return find


def _char_tfidf(learnt: Sequence[Line], _language: Language) -> Finder:
    from sklearn.feature_extraction.text import (  # noqa: PLC0415
        TfidfVectorizer,
    )

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    rows = vectors.fit_transform([text for text, _ in learnt])

    def find(text: str) -> str:
        similarity = rows @ vectors.transform([text]).T
        return learnt[int(similarity.toarray().argmax())][1]

    return find


METHODS: Final[dict[str, Callable[[Sequence[Line], Language], Finder]]] = {
    "kpbot": _matcher,
    "WRatio": _string_ratio("WRatio"),
    "token_set_ratio": _string_ratio("token_set_ratio"),
    "BM25": _bm25,
    "char TF-IDF": _char_tfidf,
}


def _as_text(table: dict[str, dict[str, dict[str, float]]]) -> str:
    lines = [f"{'set':12} {'method':16} {'top-1':>6} {'typos':>6} {'median':>7} {'p99':>7} ms"]
    for name, methods in table.items():
        for method, found in methods.items():
            lines.append(
                f"{name:12} {method:16} {found['top1']:6.3f} {found['top1_typo']:6.3f}"
                f" {found['ms_median']:7.2f} {found['ms_p99']:7.2f}"
            )
    return "\n".join(lines)
