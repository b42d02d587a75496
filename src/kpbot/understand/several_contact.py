"""An e-mail address beside the answer to another question: "Sabine Kern, s.kern@example.org"."""

from __future__ import annotations

import re

from kpbot.model import Expectation, Field, Part
from kpbot.understand.answers import Read, Vocabulary, read
from kpbot.understand.answers_text import NAME_LENGTH
from kpbot.understand.normalise import normalise
from kpbot.understand.places_keys import tokens
from kpbot.understand.places_words import FILLERS, SENTENCE_WORDS
from kpbot.understand.several_beside import open_fields

_NAME_WORDS = 5
_ADDRESS = re.compile(r"[^\s<>,;:()]+@[^\s<>,;:()]+")
_LABEL = re.compile(
    r"(?:e-?mail|mail|courriel|tel|tél|telefon|phone|هاتف|إيميل)?[\s:;,،؛.<>()|/-]*$", re.IGNORECASE
)
_ENDS = " \t\n,;:،؛.()<>|/-–"
_TALK = FILLERS | SENTENCE_WORDS | {"mail", "email", "adresse", "address"}


def with_address(
    text: str, field: Field, expected: Expectation, vocabulary: Vocabulary
) -> tuple[Part, ...]:
    """The answer to the waiting question and an e-mail address or number beside it."""
    addresses = list(_ADDRESS.finditer(text))
    email = next((each for each in open_fields(expected) if each.type == "email"), None)
    if len(addresses) != 1 or email is None:
        return ()
    found = addresses[0]
    address = read(found[0], email, expected.language, vocabulary)
    rest = _LABEL.sub("", text[: found.start()]).strip(_ENDS) or text[found.end() :].strip(_ENDS)
    alone = not (text[: found.start()].strip(_ENDS) and text[found.end() :].strip(_ENDS))
    other = field
    if field.id == email.id:
        phones = [each for each in expected.open if each.type == "phone"]
        if not phones:
            return ()
        other = phones[0]
    if not isinstance(address, Read) or not rest or not alone or not _is_short(rest, other):
        return ()
    result = read(rest, other, expected.language, vocabulary)
    if not isinstance(result, Read) or not result.exact or result.other is not None:
        return ()
    return (Part(other.id, result.value, rest), Part(email.id, address.value, found[0]))


def _is_short(rest: str, field: Field) -> bool:
    """Whether the rest can be a name or a word, where any text would do."""
    if field.type not in {"text", "place"}:
        return True
    words = tokens(rest)
    said = _TALK.isdisjoint(words) and not normalise(rest).startswith("@")
    return field.maximum == NAME_LENGTH and said and len(words) <= _NAME_WORDS
