"""Counts, years and days."""

from __future__ import annotations

import re
from datetime import date, datetime

from kpbot.model import LANGUAGES, Field, Language
from kpbot.understand.answers_result import Read, Result, Wrong
from kpbot.understand.normalise import ascii_digits, normalise
from kpbot.understand.numbers import number_in

_THOUSANDS: dict[Language, str] = {"de": ".", "fr": "\u202f", "ar": ",", "en": ","}
_DATE_EXAMPLE: dict[Language, str] = {
    "de": "15.03.2027",
    "fr": "15/03/2027",
    "ar": "15/03/2027",
    "en": "15 March 2027",
}
_LONGEST = 200
_LONGEST_DATE = 60
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20|21)\d\d(?![\w/-]|[.,]\d)")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d\d)(?!\d)")
_WRITTEN_DATE = re.compile(
    r"(?<!\d)\d{1,2}(?!\d)(?:\.|er|st|nd|rd|th)?\s+(?:de\s+|of\s+)?[^\W\d_]{3,12}\.?,?\s+\d{4}(?!\d)"
    r"|[^\W\d_]{3,12}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}(?!\d)"
)
# Months as they are called from Algiers to Tunis and in Rabat; dateparser knows Cairo's names.
_MAGHREB_MONTHS = {
    "جانفي": "يناير",
    "فيفري": "فبراير",
    "أفريل": "أبريل",
    "افريل": "أبريل",
    "ماي": "مايو",
    "جوان": "يونيو",
    "جويلية": "يوليو",
    "أوت": "أغسطس",
    "اوت": "أغسطس",
    "يوليوز": "يوليو",
    "غشت": "أغسطس",
    "شتنبر": "سبتمبر",
    "نونبر": "نوفمبر",
    "دجنبر": "ديسمبر",
}


def read_number(text: str, field: Field, language: Language) -> Result:
    """The one whole number of the text, if it lies within the bounds of the question."""
    found = number_in(text) if len(text) <= _LONGEST else None
    if found is None:
        return Wrong("number", {"example": printed(_example(field), language)})
    if not _within(found.value, field):
        return Wrong("range", _bounds(field, language))
    return Read(found.value, exact=found.bare)


def read_year(text: str, field: Field) -> Result:
    """The one year of the text, written with four digits, 1900 to 2100."""
    plain = ascii_digits(text) if len(text) <= _LONGEST else ""
    found = {year for year in map(int, _YEAR.findall(plain)) if year <= 2100}
    if len(found) != 1:
        return Wrong("year")
    year = found.pop()
    if not _within(year, field):
        low, high = field.minimum or 1900, field.maximum or 2100
        return Wrong("range", {"min": str(low), "max": str(high)})
    return Read(year, exact=normalise(text) == str(year))


def read_date(text: str, language: Language) -> Result:
    """The one day of the text as ISO 8601, day before month; nothing depends on today."""
    wrong = Wrong("date", {"example": _DATE_EXAMPLE[language]})
    if not 0 < len(text) <= _LONGEST_DATE:
        return wrong
    plain = ascii_digits(text)
    for pattern, order in ((_ISO_DATE, (1, 2, 3)), (_NUMERIC_DATE, (3, 2, 1))):
        found = list(pattern.finditer(plain))
        if found:
            day = _day(*(int(found[0][part]) for part in order)) if len(found) == 1 else None
            return Read(day, exact=found[0][0] == plain.strip()) if day else wrong
    written = list(_WRITTEN_DATE.finditer(plain))
    day = _spelt_day(written[0][0], language) if len(written) == 1 else None
    return Read(day, exact=written[0][0] == plain.strip()) if day else wrong


def printed(number: int, language: Language) -> str:
    """The number with the language's sign between thousands."""
    return f"{number:,}".replace(",", _THOUSANDS[language])


def _within(number: int, field: Field) -> bool:
    too_low = field.minimum is not None and number < field.minimum
    too_high = field.maximum is not None and number > field.maximum
    return not (too_low or too_high)


def _bounds(field: Field, language: Language) -> dict[str, str]:
    high = "∞" if field.maximum is None else printed(field.maximum, language)
    return {"min": printed(field.minimum or 0, language), "max": high}


def _example(field: Field) -> int:
    """A plausible number within the bounds."""
    typical = 45_000 if field.maximum is None or field.maximum >= 100_000 else 6
    high = typical if field.maximum is None else min(typical, field.maximum)
    return high if field.minimum is None else max(high, field.minimum)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        return None


def _spelt_day(text: str, language: Language) -> str | None:
    from dateparser import parse  # noqa: PLC0415 (slow import)

    words = [_MAGHREB_MONTHS.get(word, word) for word in text.split()]
    others = [each for each in LANGUAGES if each != language]
    found = parse(
        " ".join(words),
        languages=[language, *others],
        settings={
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 (a fixed day, so no clock)
        },
    )
    return found.date().isoformat() if found else None
