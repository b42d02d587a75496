"""Values as people read them, in four languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kpbot.engine.dialog import Dialogs, QuestionWords
from kpbot.model import Language, Value

_THOUSANDS: dict[Language, str] = {"de": ".", "fr": "\u202f", "ar": ",", "en": ","}
_FIRST_STRONG_ISOLATE = "\u2068"
_LEFT_TO_RIGHT_ISOLATE = "\u2066"
_POP_ISOLATE = "\u2069"


def printed(dialogs: Dialogs, dialog: str, question: str, value: Value, language: Language) -> str:
    """The value in the language's words; the word for `not given` where it was skipped."""
    asked = dialogs.dialogs[dialog].by_id[question]
    words = dialogs.question_words(dialog, question, language)
    match value:
        case None:
            return dialogs.service[language].sentences["not_given"]
        case bool():
            offer = dialogs.service[language].offers["answer"]
            return offer["yes" if value else "no"].say
        case tuple():
            return joined((_option(words, item) for item in value), language)
        case int():
            number = str(value) if asked.type == "year" else printed_number(value, language)
            return isolated(number, language)
        case str() if value in words.options:
            return words.options[value].say
        case str() if asked.type == "date":
            return printed_date(value, language)
        case str() if asked.type in {"email", "phone"}:
            return isolated(value, language)
        case str():
            return quoted_direction(value, language)


def joined(items: Iterable[str], language: Language) -> str:
    """The items beside each other, parted as the language does."""
    return ("؛ " if language == "ar" else "; ").join(items)


def printed_number(number: int, language: Language) -> str:
    """The number with the thousands separator of the language, in Western digits."""
    return f"{number:,}".replace(",", _THOUSANDS[language])


def printed_date(iso: str, language: Language) -> str:
    """The ISO 8601 date as one reads it: day first, Western digits."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:  # an old record, of a question that took other answers
        return quoted_direction(iso, language)
    if language == "en":
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    separator = "." if language == "de" else "/"
    return isolated(f"{day:%d}{separator}{day:%m}{separator}{day:%Y}", language)


def _option(words: QuestionWords, option: str) -> str:
    """The option's label; an option that is no more, as in an old record, stands for itself."""
    return words.options[option].say if option in words.options else option


def isolated(text: str, language: Language) -> str:
    """In Arabic: the text between isolates, so that its parts are not shuffled (UAX 9)."""
    return f"{_LEFT_TO_RIGHT_ISOLATE}{text}{_POP_ISOLATE}" if language == "ar" else text


def quoted_direction(text: str, language: Language) -> str:
    """A person's own words with their own direction where it differs from the language's."""
    foreign = has_arabic(text) != (language == "ar")
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}" if foreign and text else text


def quoted(text: str, language: Language) -> str:
    """A person's own words in quotation marks, which stand as in the language around them."""
    return f"„{quoted_direction(text, language)}“"


def has_arabic(text: str) -> bool:
    """Whether a letter of the text is Arabic (Unicode block U+0600 to U+06FF)."""
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
