"""Whether a text speaks of a date that is near: a hint for advisors, never a decision."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kpbot.model import Language
from kpbot.understand.dates import interval
from kpbot.understand.normalise import ascii_digits

NEAR = timedelta(days=60)
EXACT = timedelta(days=14)
MONTH = timedelta(days=31)
"""Up to a month counts only with its year: "May" alone says nothing about which May."""

_YEAR = re.compile(r"\b20\d\d\b")


def mentions_near_date(text: str, language: Language, today: date) -> bool:
    """Whether the text names days that begin within two months, precisely enough to matter."""
    found = interval(text, language, today)
    if found is None or found.end < today or found.start - today > NEAR:
        return False
    has_year = _YEAR.search(ascii_digits(text)) is not None
    return found.end - found.start <= (MONTH if has_year else EXACT)
