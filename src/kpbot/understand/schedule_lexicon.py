"""How words for schedules are written down and looked for.

A phrase is normalised like every text. `*` before or after a word stands for further letters.
Arabic words are also found behind و ف ب ل ك and the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kpbot.events import Kind
from kpbot.understand.normalise import words_of

_ARABIC = re.compile("[\u0621-\u064a]")
_PREFIX = "(?:[وف]?(?:[بلك]?ال|لل|[بلك])?|[وف]?ه?ال)"
_AND = "[وف]?"
_SHORTEST_PREFIXED = 3
"""Letters of an Arabic word up to which another would arise: كاين is not ك and اين."""
_NEVER = re.compile(r"(?!)")


def phrases(*lines: str) -> re.Pattern[str]:
    """Finds any of the phrases, which are parted by commas, in words parted by single spaces."""
    found = [_one(phrase) for line in lines for phrase in line.split(",") if phrase.strip()]
    if not found:
        return _NEVER
    found.sort(key=len, reverse=True)  # the longest match wins
    return re.compile(rf"(?<!\S)(?:{'|'.join(found)})(?!\S)")


def _one(phrase: str) -> str:
    return r"\s".join(_word(word) for word in phrase.split())


def _word(word: str) -> str:
    bare = words_of(word.strip("*"))
    middle = r"\s".join(re.escape(each) for each in bare)
    if _ARABIC.search(middle):
        prefix = _PREFIX if len(middle) > _SHORTEST_PREFIXED else _AND
        return f"{prefix}{middle}" + (r"\S*" if word.endswith("*") else "")
    return (
        (r"\S*" if word.startswith("*") else "") + middle + (r"\S*" if word.endswith("*") else "")
    )


@dataclass(frozen=True)
class ScheduleWords:
    """What people of one language say about schedules."""

    kinds: Mapping[Kind, re.Pattern[str]]
    """Nouns that name an event of the programme and nothing else."""
    weak: Mapping[Kind, re.Pattern[str]]
    """Nouns that name many other things too: they need a stronger cue."""
    any_event: re.Pattern[str]
    """Events of no kind in particular."""
    appointment: re.Pattern[str]
    """Means events too, where it is already known that the calendar is asked."""
    plural: re.Pattern[str]
    """Nouns of which there are several."""
    when: re.Pattern[str]
    """Asks for a time."""
    where: re.Pattern[str]
    """Asks for a place."""
    following: re.Pattern[str]
    """Next, coming."""
    exists: re.Pattern[str]
    """Asks whether there is something."""
    planned: re.Pattern[str]
    """Planned, fixed, cancelled: how an event stands."""
    asks: re.Pattern[str]
    """Opens a question or a request to be told something."""
    whats_on: re.Pattern[str]
    """Asks for events without naming one, beside a time or as it is."""
    core: re.Pattern[str]
    """`Something`: asks for events where only that and a time are said."""
    something: re.Pattern[str]
    """All that may stand around it."""
    times: re.Pattern[str]
    """Months, seasons, days and feasts."""
    calendar: re.Pattern[str]
    """Asks for the calendar itself."""
    past: re.Pattern[str]
    """Was, has been."""
    last: re.Pattern[str]
    """Means the past beside the noun of an event only: "the last conference"."""
    over: re.Pattern[str]
    """Asks for what has taken place."""
    cancelled: re.Pattern[str]
    confirmed: re.Pattern[str]
    unconfirmed: re.Pattern[str]
    online: re.Pattern[str]
    on_site: re.Pattern[str]
    tell: re.Pattern[str]
    remind: re.Pattern[str]
    subscribe: re.Pattern[str]
    unsubscribe: re.Pattern[str]
    leave: re.Pattern[str]
    """Means `unsubscribe` as a whole message."""
    never: re.Pattern[str]
    """Words of other subjects: money, applications, answers, appointments, the press."""
    rather_not: re.Pattern[str]
    """Words of other subjects, unless a time or a place is asked for."""
    personal: re.Pattern[str]
    """I and we: who says so beside a weak noun means a meeting of their own."""
    statement: re.Pattern[str]
    """Opens a message that tells something and asks nothing."""
    wonders: re.Pattern[str]
    """Makes a question of a statement."""


def without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """The words of the text that none of the patterns finds."""
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return " ".join(text.split())
