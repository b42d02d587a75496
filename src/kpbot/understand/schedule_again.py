"""What is asked after an answer from the calendar: "and in June?", "is it cancelled?"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpbot.events import ScheduleQuestion
from kpbot.model import Language
from kpbot.understand.normalise import words_of
from kpbot.understand.schedule import details, is_general, schedule_question
from kpbot.understand.schedule_words_ar import ARABIC
from kpbot.understand.schedule_words_de import GERMAN
from kpbot.understand.schedule_words_en import ENGLISH
from kpbot.understand.schedule_words_fr import FRENCH

_LONGEST = 6
"""Words: a longer message says itself what it asks."""
_PARTS = ("kinds", "days", "countries", "town", "languages", "online")
_POINTING = frozenset(
    (
        *("it", "that", "this", "one", "about", "does", "take", "still", "on"),
        *("es", "er", "sie", "findet", "faellt", "statt", "noch", "was", "mit"),
        *("elle", "il", "t", "ce", "cela", "ca", "qu", "en", "toujours"),
        *("عن", "هو", "هي", "هذا", "هذه"),
    )
)
"""Words that stand for what was told, and say nothing themselves."""


def asked_again(
    text: str, before: ScheduleQuestion, language: Language, today: date
) -> ScheduleQuestion | None:
    """The question before, with the time, country or kind the text names in place of its own.

    The very same where the text asks when, where or whether it takes place. None where the text
    says anything else: it is no word on that answer.
    """
    words = words_of(text)
    if not 0 < len(words) <= _LONGEST:
        return None
    if not all(word in _POINTING or is_general(word) for word in words):
        return None
    own = schedule_question(text, language, today)
    named = own or details(text, language, today)
    if named is None or (own is not None and own.sure):
        return None  # another subject, or a whole question of its own
    parts = {each: getattr(named, each) for each in _PARTS if getattr(named, each) not in _NOTHING}
    if parts:
        past = named.past or (before.past and named.days is None)
        return replace(before, **parts, words=(), vague=False, wanted="list", past=past)
    return before if _asks_about_it(" ".join(words)) else None


_NOTHING = ((), None, "")


def _asks_about_it(plain: str) -> bool:
    return any(
        pattern.search(plain)
        for words in (GERMAN, FRENCH, ARABIC, ENGLISH)
        for pattern in (words.when, words.where, words.cancelled, words.confirmed)
    )
