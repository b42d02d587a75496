"""Reading a text as the answer to a typed question.

`read` is pure and total: every text has a result for every question, quickly, however long.
"""

from __future__ import annotations

from typing import assert_never

from kpbot.model import Field, Language
from kpbot.understand.answers_choice import read_choice
from kpbot.understand.answers_choices import read_choices
from kpbot.understand.answers_email import read_email
from kpbot.understand.answers_number import read_date, read_number, read_year
from kpbot.understand.answers_phone import read_phone
from kpbot.understand.answers_result import Nearly, Read, Vocabulary, Wrong
from kpbot.understand.answers_text import read_place, read_text
from kpbot.understand.answers_yesno import read_consent, read_yesno

__all__ = ["Nearly", "Read", "Vocabulary", "Wrong", "read"]


def read(
    text: str, field: Field, language: Language, vocabulary: Vocabulary
) -> Read | Nearly | Wrong:
    """The answer the text is to the question, a suggestion to confirm, or what is wrong."""
    match field.type:
        case "consent":
            return read_consent(text, vocabulary)
        case "yesno":
            return read_yesno(text, vocabulary)
        case "choice":
            return read_choice(text, field, vocabulary)
        case "choices":
            return read_choices(text, field, language, vocabulary)
        case "text":
            return read_text(text, field)
        case "place":
            return read_place(text, field)
        case "number":
            return read_number(text, field, language)
        case "date":
            return read_date(text, language)
        case "year":
            return read_year(text, field)
        case "email":
            return read_email(text)
        case "phone":
            return read_phone(text)
        case _:
            assert_never(field.type)
