"""Values as people read them."""

import pytest
from building import question, tiny

from kpbot.engine.printing import (
    isolated,
    printed,
    printed_date,
    printed_number,
    quoted,
    quoted_direction,
)
from kpbot.model import LANGUAGES, Language, QuestionType, Value

LEFT, FIRST, END = "\u2066", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "1.234.567"), ("fr", "1\u202f234\u202f567"), ("en", "1,234,567"), ("ar", "1,234,567")],
)
def test_thousands_are_set_off_as_the_language_does(language: Language, expected: str) -> None:
    assert printed_number(1234567, language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "03.02.2027"),
        ("fr", "03/02/2027"),
        ("en", "3 February 2027"),
        ("ar", f"{LEFT}03/02/2027{END}"),
    ],
)
def test_dates_have_the_day_first(language: Language, expected: str) -> None:
    assert printed_date("2027-02-03", language) == expected


def test_a_date_that_is_none_stands_for_itself() -> None:
    assert printed_date("im Mai", "de") == "im Mai"


PRINTED: list[tuple[QuestionType, Value, Language, str]] = [
    ("yesno", True, "de", "Ja"),
    ("yesno", False, "fr", "Non"),
    ("text", None, "de", "nicht angegeben"),
    ("choice", "red", "en", "red en"),
    ("choices", ("red", "blue"), "de", "red de; blue de"),
    ("choices", ("red", "gone"), "de", "red de; gone"),
    ("number", 12000, "de", "12.000"),
    ("number", 12000, "ar", f"{LEFT}12,000{END}"),
    ("number", "viele", "de", "viele"),
    ("year", 2027, "de", "2027"),
    ("email", "a@b.org", "de", "a@b.org"),
    ("email", "a@b.org", "ar", f"{LEFT}a@b.org{END}"),
    ("phone", "+49 69 1", "ar", f"{LEFT}+49 69 1{END}"),
    ("text", "Musterhausen", "ar", f"{FIRST}Musterhausen{END}"),
    ("text", "الجيزة", "ar", "الجيزة"),
    ("text", "الجيزة", "de", f"{FIRST}الجيزة{END}"),
]


@pytest.mark.parametrize(("kind", "value", "language", "expected"), PRINTED)
def test_a_value_is_printed(
    kind: QuestionType, value: Value, language: Language, expected: str
) -> None:
    options = ("red", "blue") if kind in {"choice", "choices"} else ()
    made = tiny(question("q", kind, of=options))
    assert printed(made, "tiny", "q", value, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_arabic_isolates(language: Language) -> None:
    assert (isolated("KP-1", language) == "KP-1") is (language != "ar")


def test_nothing_needs_no_direction() -> None:
    assert quoted_direction("", "ar") == ""


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ما المبلغ ١٠٠؟", "de", "„\u2068ما المبلغ ١٠٠؟\u2069“"),
        ("Wie viel?", "ar", "„\u2068Wie viel?\u2069“"),
        ("Wie viel?", "fr", "„Wie viel?“"),
    ],
)
def test_quotation_marks_belong_to_the_words_around(
    text: str, language: Language, expected: str
) -> None:
    assert quoted(text, language) == expected
