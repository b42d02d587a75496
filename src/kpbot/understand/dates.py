"""Date phrases as intervals: the days a message speaks of, by a small grammar of our own.

text ─► items (what each word may mean) ─► rules and grammar ─► span ─► interval, given today
"""

import re
from datetime import date

from kpbot.model import Language
from kpbot.understand.dates_calendar import Interval
from kpbot.understand.dates_grammar import first_span
from kpbot.understand.dates_items import items
from kpbot.understand.dates_lexicon import without_marks
from kpbot.understand.dates_spans import Side, Span, resolve

__all__ = ["Interval", "interval", "interval_and_side"]

# A date stands near the beginning; nobody shall make us read a book.
_CHARACTERS_READ = 2000
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_LATIN_LETTER = re.compile("[A-Za-z]")


def interval(text: str, language: Language, today: date) -> Interval | None:
    """The days the text speaks of, or None where it names no date.

    A month, day or season without its year is the one under way, else the next. "Next Friday" is
    the first Friday after today. "After" and "before" are the two weeks after and before.
    """
    found = interval_and_side(text, language, today)
    return None if found is None else found[0]


def interval_and_side(text: str, language: Language, today: date) -> tuple[Interval, Side] | None:
    """The same, and whether it stands for all the time before or after what the text names."""
    span = _first(text, language)
    try:
        found = None if span is None else resolve(span, today)
    except (ValueError, OverflowError):
        return None  # beyond the calendar: year 0 or 10000
    return None if span is None or found is None else (found, span.side)


def _first(text: str, language: Language) -> Span | None:
    plain = without_marks(text[:_CHARACTERS_READ])
    spans = (first_span(items(plain, spoken)) for spoken in _languages(plain, language))
    return next((span for span in spans if span is not None), None)


def _languages(plain: str, language: Language) -> list[Language]:
    """The language of the conversation, then the one whose letters are mixed in."""
    if language != "ar":
        return [language, "ar"] if _ARABIC_LETTER.search(plain) else [language]
    # In the Maghreb the other language is French.
    return ["ar", "fr"] if _LATIN_LETTER.search(plain) else ["ar"]
