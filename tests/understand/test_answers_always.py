"""What holds for every text and every question."""

from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_answers import COUNTRY, GROUP, STATUS, VOCABULARY
from test_answers_choices import CONCERN, TOPICS, WANTED

from kpbot.model import LANGUAGES, Field, Language, QuestionType
from kpbot.understand.answers import Nearly, Read, Wrong, read
from kpbot.understand.normalise import normalise

PROBLEMS = {
    *("type", "short", "long", "letters", "number", "range", "choice", "few", "many", "alone"),
    *("date", "year", "email", "email_at", "email_two_at", "email_domain", "email_space"),
    *("email_long", "phone", "phone_short", "phone_long"),
}
PYTHON_TYPE = {"consent": bool, "yesno": bool, "number": int, "year": int, "choices": tuple}
FIELDS = (
    GROUP,
    COUNTRY,
    STATUS,
    TOPICS,
    WANTED,
    CONCERN,
    Field("story", "text", minimum=10, maximum=1500, cut=True),
    Field("name", "text", minimum=2, maximum=120),
    *(
        Field(f"any {each}", each)
        for each in get_args(QuestionType)
        if each not in {"choice", "choices"}
    ),
)
PIECES = (
    *("12", "000", "٤٥", "مليون", "ونصف", "45k", "zwei", "cent", "et", "und", "و", "bis", "-", "+"),
    *("a@example.org", "@", "@@gmail", "(at)", ".", ",", "/", "(", "0049", "(0)", "mai", "2027"),
    *("ja", "nein", "non", "keine", "Tunis", "Verein", "müll", "والمدارس", "noch unklar", "\n"),
    *("\u202e", "\u0301", "😀", "٪", "ß", "İ", "ﷺ", "𝟙", "①", "\x00", "'", "wir sind", "c'est"),
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.text(st.characters(categories=None), max_size=20),
)


@given(TEXTS, st.sampled_from(FIELDS), st.sampled_from(LANGUAGES))
@example("9" * 6000, FIELDS[-1], "de")
@example("²", Field("x", "number"), "fr")
def test_every_text_has_a_result(text: str, field: Field, language: Language) -> None:
    result = read(text, field, language, VOCABULARY)
    options = {option.id for option in field.options}
    match result:
        case Wrong(problem, params):
            assert problem in PROBLEMS
            assert all(params.values())
        case Read(value, cut, _, other):
            assert isinstance(value, PYTHON_TYPE.get(field.type, str))
            assert cut >= 0
            assert other is None or field.other is not None
            _assert_options(value, options, field)
        case Nearly(value, label):
            assert isinstance(value, PYTHON_TYPE.get(field.type, str))
            assert label
            _assert_options(value, options, field)


def _assert_options(value: object, options: set[str], field: Field) -> None:
    if field.type == "choice":
        assert value in options
    if field.type == "choices":
        assert isinstance(value, tuple)
        assert value
        assert list(value) == [option.id for option in field.options if option.id in value]


@pytest.mark.parametrize("field", [GROUP, COUNTRY, STATUS, TOPICS, WANTED])
def test_every_word_of_an_option_names_it(field: Field) -> None:
    for option in field.options:
        value = (option.id,) if field.type == "choices" else option.id
        for word in (option.label, *option.words):
            for text in (word, word.upper(), f"  {word}! ", normalise(word)):
                assert read(text, field, "de", VOCABULARY) == Read(value), text


@given(TEXTS, st.sampled_from(FIELDS))
def test_arabic_digits_read_like_others(text: str, field: Field) -> None:
    arabic = text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    first = read(text, field, "ar", VOCABULARY)
    second = read(arabic, field, "ar", VOCABULARY)
    if field.type not in {"text", "place", "email"} and field.other is None:
        assert first == second
    else:
        assert type(first) is type(second) or field.type == "email"
