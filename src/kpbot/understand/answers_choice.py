"""One of the options: by its words, inside a sentence, nearly, or in the person's own words."""

from __future__ import annotations

from kpbot.model import Field, Option
from kpbot.understand.answers_lexicon import Lexicon, contained, exact, lexicon, misspelt
from kpbot.understand.answers_result import Nearly, Read, Result, Vocabulary, Wrong
from kpbot.understand.answers_text import clean, has_letter
from kpbot.understand.answers_words import clauses_of, tokens_of, without_fillers

OTHER_LENGTH = 120
"""The longest text that is kept as the person's own words for the option `other`."""
_LONGEST = 300
_SENTENCE = 18
"""Words a short sentence has at most, breaks between clauses included."""


def read_choice(text: str, field: Field, vocabulary: Vocabulary) -> Result:
    """The option the text names; two options named are none."""
    cleaned = clean(text)
    if len(cleaned) > _LONGEST:
        return Wrong("choice")
    words = lexicon(field.options, vocabulary)
    named = exact(words, tokens_of(cleaned), vocabulary)
    if named is not None:
        return Read(named)
    return _inside(cleaned, words, field, vocabulary) or _other(cleaned, field)


def label_of(option: str, options: tuple[Option, ...]) -> str:
    """How the option is shown."""
    return next(each.label for each in options if each.id == option)


def _inside(text: str, words: Lexicon, field: Field, vocabulary: Vocabulary) -> Result | None:
    """An option in a sentence, or a suggestion; nothing where neither is clear."""
    tokens = clauses_of(text)
    if len(tokens) > _SENTENCE:
        return None
    hits = [hit.phrase for hit in contained(words, tokens) if not hit.denied]
    named = {phrase.option for phrase in hits if not phrase.near}
    if len(named) > 1:
        return Wrong("choice")
    if named:
        option = named.pop()
        kept = text if option == field.other and len(text) <= OTHER_LENGTH else None
        return Read(option, exact=False, other=kept)
    suggested = {phrase.option for phrase in hits}
    if len(suggested) > 1:
        return Wrong("choice")
    guess = next(iter(suggested), None) or misspelt(words, without_fillers(tokens, vocabulary))
    return None if guess is None else Nearly(guess, label_of(guess, field.options))


def _other(text: str, field: Field) -> Result:
    if field.other is not None and has_letter(text) and len(text) <= OTHER_LENGTH:
        return Read(field.other, exact=False, other=text)
    return Wrong("choice")
