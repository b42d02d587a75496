"""Free text and names: cleaned, measured, kept as written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from kpbot.model import Field
from kpbot.understand.answers_result import Read, Result, Wrong

# Controls but newline and tab, bidi overrides and isolates, blank letters, halves of a letter.
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u115f\u1160\u3164\uffa0\ud800-\udfff]"
)
_SPACE = " \t\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000".replace(
    "\u2000-\u200a", "".join(chr(code) for code in range(0x2000, 0x200B))
)
_INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"
_MARKS_IN_A_ROW = 8
NAME_LENGTH = 120
"""Questions with this maximum ask for a name or a word: digits alone do not answer them."""
_OPENER_LENGTH = 400

_OPENER = re.compile(
    r"""(?:
      (?:wir\ sind|ich\ bin|das\ ist|es\ ist|es\ handelt\ sich\ um|es\ geht\ um
        |(?:ich\ komme|wir\ kommen)\ aus|(?:ich\ schreibe|wir\ schreiben)\ (?:für|aus)
        |(?:ich|wir)\ hei(?:ß|ss)en?|(?:ich\ arbeite|wir\ arbeiten)\ (?:für|bei)
        |unsere\ (?:kommune|stadt|gemeinde)\ (?:heißt|heisst|ist))
        (?:\ (?:hier|aus|von))?(?:\ (?:der|die|das|dem|den))?
    | (?:nous\ sommes|je\ suis|c'est|il\ s'agit|(?:je\ viens|nous\ venons)(?=\ d)
        |notre\ (?:commune|ville)\ (?:est|s'appelle)|je\ représente|nous\ représentons)
        (?:\ (?:de|à)(?=\ ))?(?:\ (?:la|le|les|une|du|des)(?=\ (?:commune|ville|mairie|municipalité
        |communauté|collectivité|wilaya|province|région|préfecture|apc|délégation|gouvernorat)\b))?
    | (?:we\ are|we're|i\ am|i'm|this\ is|it\ is|it's|(?:i|we)\ come)
        (?:\ (?:from|in))?(?:\ the(?=\ ))?
    | our\ (?:town|city|municipality|commune)\ is(?:\ called)?
    | (?:احنا|إحنا|أحنا|حنا|نحن|نحنا|أنا|انا|إننا|اننا|هذه|هذي|دي|هي|اسمها|إسمها)(?:\ (?:من|في))?
    )(?:\ d'|[ :,،]\s*)""",
    re.IGNORECASE | re.VERBOSE,
)


def clean(text: str) -> str:
    """The text without controls, overrides and blank ends; at most 8 marks on one letter."""
    kept = _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _calmed(kept).strip(_SPACE + _INVISIBLE)


def has_letter(text: str) -> bool:
    """Whether the text has a letter of any script."""
    return any(letter.isalpha() for letter in text)


def read_text(text: str, field: Field) -> Result:
    """The cleaned text, if it says something and is neither too short nor too long."""
    cleaned = clean(text)
    named = field.maximum == NAME_LENGTH
    if not (has_letter(cleaned) if named else any(letter.isalnum() for letter in cleaned)):
        return Wrong("letters")
    return _measured(cleaned, field)


def read_place(text: str, field: Field) -> Result:
    """The name of a place or body, without the phrase that leads up to it."""
    cleaned = clean(text)
    if not has_letter(cleaned):
        return Wrong("letters")
    named = _without_opener(cleaned, field.minimum or 1)
    result = _measured(named, field)
    return replace(result, exact=named == cleaned) if isinstance(result, Read) else result


def _measured(text: str, field: Field) -> Result:
    if field.minimum is not None and len(text) < field.minimum:
        return Wrong("short", {"min": str(field.minimum)})
    if field.maximum is None or len(text) <= field.maximum:
        return Read(text)
    if not field.cut:
        return Wrong("long", {"max": str(field.maximum)})
    kept = _cut(text, field.maximum)
    return Read(kept, cut=len(text) - len(kept))


def _cut(text: str, maximum: int) -> str:
    """At most that many characters, ending with a whole word where the words are not endless."""
    end = maximum
    while end > maximum // 2 and not text[end].isspace():
        end -= 1
    if not text[end].isspace():
        end = maximum
        while end > 1 and _is_mark(text[end]):
            end -= 1
    return text[:end].rstrip()


def _without_opener(text: str, minimum: int) -> str:
    head = text[:_OPENER_LENGTH].replace("’", "'")
    opener = _OPENER.match(head)
    if opener is None:
        return text
    rest = text[opener.end() :].strip()
    return rest if len(rest) >= minimum and has_letter(rest) else text


def _calmed(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for letter in text:
        run = run + 1 if _is_mark(letter) else 0
        if run <= _MARKS_IN_A_ROW:
            kept.append(letter)
    return "".join(kept)


def _is_mark(letter: str) -> bool:
    return letter > "\u02ff" and unicodedata.category(letter)[0] == "M"
