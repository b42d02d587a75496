"""Which events a text means by their titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from kpbot.understand.schedule import is_general
from kpbot.understand.schedule_lexicon import phrases

_SHORTEST = 4
"""Letters of a word that says something of a title."""
_SHORTEST_NEAR = 6
"""Letters of a word in which one may be wrong."""
_NEAR = 86.0
_MOST_BEARERS = 5
"""Events with a word in their titles up to which the word tells them from others."""
_COMPOUND = re.compile(r"^(\w{4,}?)s?(?:konferenz|seminar|treffen|schulung|tagung|workshop)\w*$")
_OF_ALL = phrases(
    "kommun*, municipal*, commun*, städte, stadt, partnerschaft*, partenariat*, partnership*",
    "partner*, zusammenarbeit, cooperation, coopération, netzwerk*, network*, réseau*, programm*",
    "nordafrika*, africa*, afrique, african, villes, ville, cities, city, towns, north, nord",
    "*بلدي*, مدن, مدينة, تعاون, شبكة, شراكة, أفريقيا, شمال, برنامج, jahres*",
    "annual, annuel*, سنوي*",
    "eine*, diese*, nach, unter, oder, auch, wird, werden, that, this, will, have, sont, vous",
    "für, with, avec, from, pour, dans, zwischen, entre, between, über, about, jahr",
)
"""Words of the programme as a whole: they tell no title from another."""


def meant_by(
    words: Iterable[str], titled: Mapping[str, frozenset[str]], *, nearly: bool = False
) -> frozenset[str]:
    """The uids of the events whose titles have most of these words in common with the text.

    Empty where none has a word of its own. `nearly`: a word may be misspelt.
    """
    told = [part for word in words for part in _parts(word)]
    shared = [titled[word] for word in told if word in titled and _tells(word)]
    if not shared and nearly:
        near = (_nearest(word, titled) for word in told if len(word) >= _SHORTEST_NEAR)
        shared = [titled[word] for word in near if word is not None and _tells(word)]
    counts = Counter(uid for uids in shared if len(uids) <= _MOST_BEARERS for uid in uids)
    most = max(counts.values(), default=0)
    return frozenset(uid for uid, count in counts.items() if count == most)


def _parts(word: str) -> tuple[str, ...]:
    """The word, and what a German compound says of an event."""
    found = _COMPOUND.match(word)
    return (word, found[1]) if found else (word,)


def _nearest(word: str, titled: Mapping[str, frozenset[str]]) -> str | None:
    if not _tells(word):
        return None
    found = process.extractOne(word, titled.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found else None


@lru_cache(maxsize=8192)
def _tells(word: str) -> bool:
    """Whether the word may tell one title from another."""
    if len(word) < _SHORTEST or any(letter.isdigit() for letter in word):
        return False
    return not (_OF_ALL.search(word) or is_general(word))
