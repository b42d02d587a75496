"""From a question to an answer, an offer or neither: the marks and how they are applied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from kpbot.model import Language
from kpbot.understand.faq import Candidate, Entry, Index, Match
from kpbot.understand.faq_calibration import (
    Line,
    best_entries,
    calibrate,
    probabilities,
    signals,
)
from kpbot.understand.faq_features import Reading, features, read
from kpbot.understand.faq_scorer import Scores, score, train

# The marks were read off a table of totals over all questions of `faq/asked`. They are trades:
# ANSWER at 0.65 would answer two to three in a hundred questions less, half of a hundredth of
# them wrongly; CHOICES_STRICT at 0.4 would leave one in a hundred more without help.
ANSWER: Final = 0.6
"""Probability from which an entry is answered."""
ANSWER_STRICT: Final = 0.9
"""The same where a wrong answer about money or dates is possible."""
RIVAL: Final = 0.03
"""Probability from which a strict entry counts as a possible meaning."""
CHOICES: Final = 0.2
"""Probability of the shown entries together from which they are offered."""
CHOICES_STRICT: Final = 0.3
"""The same when one of the first two is a strict entry."""
FIRST: Final = 0.12
"""Probability below which not even the best entry is offered: typed at random, names and the like
lie below it, and of the choices that hold the right entry about two in a hundred."""
THIRD: Final = 0.03
"""Probability from which a third choice is worth reading."""
OUTSIDE: Final = 0.35
"""Below this probability an out-of-scope entry that fits clearly better is believed."""
CLEARLY: Final = 0.1
"""Lead in fit of such an entry; with less, choices are offered if there are any."""


def build(entries: Sequence[Entry], strict_ids: frozenset[str]) -> Index:
    """The index of entries of one language.

    Raises:
        ValueError: the entries are of several languages.
    """
    languages = {entry.language for entry in entries}
    if len(languages) > 1:
        raise ValueError("an index holds the entries of one language")
    language: Language = entries[0].language if entries else "de"
    ids = tuple(dict.fromkeys(entry.id for entry in entries))
    places = {entry_id: place for place, entry_id in enumerate(ids)}
    asked = [(question, places[each.id]) for each in entries for question in each.questions]
    lines = [Line(read(question, language), place) for question, place in asked]
    outside = {entry.id for entry in entries if not entry.in_scope}
    in_scope = np.array([entry_id not in outside for entry_id in ids], dtype=np.bool_)
    owners = np.array([place for _, place in asked], dtype=np.int32)
    readings = [line.reading for line in lines]
    return Index(
        language=language,
        ids=ids,
        in_scope=in_scope,
        strict=np.array([entry_id in strict_ids for entry_id in ids], dtype=np.bool_),
        questions=tuple(question for question, _ in asked),
        exact=_exact(lines),
        scorer=train(readings, owners, len(ids), language) if lines else None,
        weights=calibrate(lines, in_scope, language),
    )


def _exact(lines: Sequence[Line]) -> dict[str, tuple[int, ...]]:
    """The entries of each phrasing, by its words."""
    exact: dict[str, tuple[int, ...]] = {}
    for line in lines:
        key = " ".join(line.reading.words)
        exact[key] = tuple(dict.fromkeys((*exact.get(key, ()), line.owner)))
    return exact


def find(text: str, index: Index, *, explain: bool = False) -> Match:
    """What the text means among the entries of the index; never raises."""
    reading = read(text, index.language)
    if index.scorer is None or not reading.words:
        return Match("none", None, 0.0, (), (), index.language, None)
    scores = score(reading, index.scorer)
    owners = index.exact.get(" ".join(reading.words), ())
    if owners:
        scores.values[list(owners)] += 1.0
    entries = best_entries(scores, index.in_scope)
    chances = probabilities(signals(scores, entries, index.in_scope), index.weights)
    if len(owners) == 1 and entries and entries[0] == owners[0]:
        chances = [1.0, *(0.0 for _ in chances[1:])]
    candidates = tuple(
        Candidate(index.ids[entry], chance) for entry, chance in zip(entries, chances, strict=True)
    )
    why = _reasons(reading, scores, index) if explain else ()
    return _decide(candidates, entries, scores, index, why)


def _decide(
    candidates: tuple[Candidate, ...],
    entries: Sequence[int],
    scores: Scores,
    index: Index,
    why: tuple[str, ...],
) -> Match:
    """Answer, offer or pass: the marks of this file applied to the probabilities."""
    language = index.language
    best = candidates[0].score if candidates else 0.0
    outside, lead = _outside(entries, scores, index)
    if outside is not None and lead > CLEARLY and best < OUTSIDE:
        return Match("none", None, best, candidates, (), language, outside, why)
    possible = [e for e, c in zip(entries, candidates, strict=True) if c.score >= RIVAL]
    mark = ANSWER_STRICT if index.strict[[*entries[:1], *possible]].any() else ANSWER
    if candidates and best >= mark:
        return Match("answer", candidates[0].id, best, candidates, (), language, None, why)
    offered = [c for place, c in enumerate(candidates[:3]) if place < 2 or c.score >= THIRD]
    needed = CHOICES_STRICT if index.strict[list(entries[:2])].any() else CHOICES
    if (
        len(offered) >= 2
        and best >= FIRST
        and sum(candidate.score for candidate in offered) >= needed
    ):
        shown = tuple(candidate.id for candidate in offered)
        return Match("choices", None, best, candidates, shown, language, None, why)
    return Match("none", None, best, candidates, (), language, outside, why)


def _outside(entries: Sequence[int], scores: Scores, index: Index) -> tuple[str | None, float]:
    """The out-of-scope entry that fits better than every entry in scope, and by how much."""
    if index.in_scope.all():
        return None, 0.0
    outer = np.flatnonzero(~index.in_scope)
    best = int(outer[np.argmax(scores.values[outer].round(6))])
    rival = float(scores.values[entries[0]]) if entries else 0.0
    lead = float(scores.values[best]) - rival
    return (index.ids[best] if lead > 0 else None), lead


def _reasons(reading: Reading, scores: Scores, index: Index) -> tuple[str, ...]:
    """The nearest phrasing and what it has in common with the question."""
    if index.scorer is None:
        return ()
    vocabulary = index.scorer.phrasings.vocabulary
    nearest = index.questions[scores.phrasing]
    asked = features(reading, vocabulary)
    held = features(read(nearest, index.language), vocabulary)
    channel = index.scorer.phrasings.words
    common = sorted(
        (name for name in asked.words if name in held.words and name in channel.places),
        key=lambda name: (-float(channel.weights[channel.places[name]]), name),
    )
    words = [name for name in common if name[0] not in "#§"]
    meanings = [name[1:] for name in common if name[0] == "#"]
    owner = index.ids[int(index.scorer.phrasings.owners[scores.phrasing])]
    return (
        f"nearest phrasing: “{nearest}” ({owner})",
        f"common words: {', '.join(words[:6]) or 'none'}",
        f"common meanings: {', '.join(meanings[:6]) or 'none'}",
        f"known words: {scores.known:.0%}",
    )
