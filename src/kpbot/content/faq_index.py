"""The FAQ, compiled for the matcher: built once for a content, then read from a cache file.

A cache file is named by the hash of what it was made from, so it is never stale; one that is
broken, or a folder that cannot be written, costs only the time to build.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from kpbot.content.faq import FaqEntry, load_faq
from kpbot.model import LANGUAGES, Language
from kpbot.understand import faq

if TYPE_CHECKING:
    from kpbot.understand.faq_index import Channel, Phrasings

FORMAT: Final = 2
"""Raised when the layout of the cache file changes."""
STRICT: Final = frozenset(
    {
        "incoming_delegation_costs",
        "translation_and_onsite_interpreting",
        "project_funding_instruments",
        "investment_and_equipment",
        "funding_amount",
        "co_financing",
        "funding_deadlines",
        "staff_funding",
        "trip_conditions",
    }
)
"""Entries about money and dates, where a wrong answer does most harm."""
_BROKEN: Final = (OSError, ValueError, KeyError, TypeError, IndexError, EOFError)
"""What reading a damaged file can raise."""
_CHANNELS: Final = ("words", "pairs", "grams")


def load_indexes(
    faq_dir: Path, cache_dir: Path, *, entries: Iterable[FaqEntry] | None = None
) -> Mapping[Language, faq.Index]:
    """The index of every language of the tree, made when it is first asked for."""
    return _Indexes(load_faq(faq_dir, shipped=False)[0] if entries is None else entries, cache_dir)


def lazy_matcher(
    faq_dir: Path, entries: Iterable[FaqEntry], cache_dir: Path
) -> Callable[..., faq.Match]:
    """A function of text and language (and `explain`) that says which entry is meant."""
    indexes = load_indexes(faq_dir, cache_dir, entries=entries)

    def matcher(text: str, language: Language, *, explain: bool = False) -> faq.Match:
        index = indexes.get(language)
        if index is None:
            return faq.Match("none", None, 0.0, (), (), language, None)
        return faq.match(text, index, explain=explain)

    return matcher


class _Indexes(Mapping[Language, faq.Index]):
    """The indexes by language; each is made once, whichever thread asks first."""

    def __init__(self, entries: Iterable[FaqEntry], cache_dir: Path) -> None:
        self._cache_dir = cache_dir
        self._entries: dict[Language, list[faq.Entry]] = {}
        for entry in entries:
            made = faq.Entry(entry.id, entry.language, entry.questions, entry.in_scope)
            self._entries.setdefault(entry.language, []).append(made)
        self._ready: dict[Language, faq.Index] = {}
        self._lock = Lock()

    def __getitem__(self, language: Language) -> faq.Index:
        with self._lock:
            if language not in self._ready:
                self._ready[language] = _compiled(self._entries[language], self._cache_dir)
            return self._ready[language]

    def __contains__(self, language: object) -> bool:
        return language in self._entries

    def __iter__(self) -> Iterator[Language]:
        return (language for language in LANGUAGES if language in self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _compiled(entries: list[faq.Entry], cache_dir: Path) -> faq.Index:
    """The index from the cache, or built and kept there."""
    path = cache_dir / f"faq-{entries[0].language}-{_fingerprint(entries)}.npz"
    try:
        return read_index(path)
    except (*_BROKEN, zipfile.BadZipFile):
        index = faq.build_index(entries, STRICT)
    try:
        write_index(index, path)
    except OSError:
        return index
    return index


def _fingerprint(entries: list[faq.Entry]) -> str:
    """Hash of the entries, the matcher's own code and the format."""
    made_from = [[each.id, each.language, each.in_scope, *each.questions] for each in entries]
    text = json.dumps([FORMAT, _code(), sorted(STRICT), made_from], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@lru_cache(maxsize=1)
def _code() -> str:
    """Hash of the files that decide what an index holds."""
    folder = Path(faq.__file__).parent
    found = hashlib.sha256()
    for path in sorted((*folder.glob("faq*.py"), folder / "normalise.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def write_index(index: faq.Index, path: Path) -> None:
    """The index as one file: arrays, and the words as JSON. Either whole or not there at all.

    Raises:
        OSError: the file cannot be written.
    """
    import numpy as np  # noqa: PLC0415 - only when needed

    arrays: dict[str, Any] = {"in_scope": index.in_scope, "strict": index.strict}
    told: dict[str, Any] = {
        "language": index.language,
        "ids": index.ids,
        "questions": index.questions,
        "exact": index.exact,
        "weights": index.weights,
    }
    if index.scorer is not None:
        phrasings = index.scorer.phrasings
        arrays["owners"] = phrasings.owners
        vocabulary = phrasings.vocabulary
        told |= {"lines": phrasings.lines, "forms": vocabulary.forms, "stems": vocabulary.stems}
        for name in ("ridge", "logistic"):
            if getattr(index.scorer, name) is not None:
                arrays[name] = getattr(index.scorer, name)
        for name in _CHANNELS:
            channel: Channel = getattr(phrasings, name)
            told[name] = [channel.names, channel.unknown]
            arrays |= {f"{name}_{part}": getattr(channel, part) for part in _PARTS}
    arrays["json"] = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with passing.open("wb") as file:
            np.savez(file, **arrays)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


_PARTS: Final = ("weights", "starts", "rows", "values")


def read_index(path: Path) -> faq.Index:
    """The index a file holds.

    Raises:
        OSError: there is no such file, or it cannot be read.
        ValueError: it is damaged (as may `KeyError`, `EOFError` and `zipfile.BadZipFile`).
    """
    import numpy as np  # noqa: PLC0415 - only when needed

    from kpbot.understand.faq_scorer import Scorer  # noqa: PLC0415 - loads numpy

    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    told = json.loads(arrays["json"].tobytes())
    scorer = None
    if "owners" in arrays:
        phrasings = _phrasings(told, arrays)
        scorer = Scorer(phrasings, arrays.get("ridge"), arrays.get("logistic"))
    return faq.Index(
        language=told["language"],
        ids=tuple(told["ids"]),
        in_scope=arrays["in_scope"],
        strict=arrays["strict"],
        questions=tuple(told["questions"]),
        exact={words: tuple(owners) for words, owners in told["exact"].items()},
        scorer=scorer,
        weights=tuple(told["weights"]),
    )


def _phrasings(told: dict[str, Any], arrays: dict[str, Any]) -> Phrasings:
    from kpbot.understand.faq_features import make_vocabulary  # noqa: PLC0415 - loads rapidfuzz
    from kpbot.understand.faq_index import Phrasings, make_channel  # noqa: PLC0415 - numpy

    channels = {
        name: make_channel(
            tuple(told[name][0]),
            unknown=told[name][1],
            **{p: arrays[f"{name}_{p}"] for p in _PARTS},
        )
        for name in _CHANNELS
    }
    return Phrasings(
        language=told["language"],
        owners=arrays["owners"],
        classes=len(told["ids"]),
        vocabulary=make_vocabulary(told["language"], told["forms"], told["stems"]),
        lines=tuple(told["lines"]),
        **channels,
    )
