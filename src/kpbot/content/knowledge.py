"""What the readers know, made from the words of the content once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from kpbot.content.faq import FaqEntry
from kpbot.content.places import load_gazetteer
from kpbot.engine.dialog import Dialogs, ServiceWords
from kpbot.model import CommandName, Known, Language
from kpbot.understand.answers import Vocabulary
from kpbot.understand.faq import Match
from kpbot.understand.normalise import normalise
from kpbot.understand.places import PlaceAnswer, find
from kpbot.understand.readers import Knowledge


def knowledge_of(
    dialogs: Dialogs,
    entries: Iterable[FaqEntry],
    faq: Callable[[str, Language], Match],
    places: Callable[[str, str | None], PlaceAnswer] | None = None,
) -> Knowledge:
    """Everything the readers know. Words of all four languages count in every conversation.

    Where no other is given, `places` is the shipped gazetteer.
    """
    services = tuple(dialogs.service.values())
    return Knowledge(
        vocabulary=vocabulary_of(services),
        commands=_commands(services),
        greetings={
            normalise(word): kind
            for service in services
            for kind, words in service.greetings.items()
            for word in words
        },
        question_words=_words(services, "question_words"),
        corrections=tuple(
            sorted(_words(services, "corrections"), key=lambda word: (-len(word), word))
        ),
        changes=_words(services, "changes"),
        known=_known(entries),
        faq=faq,
        places=places or find_place,
    )


@lru_cache(maxsize=1024)
def find_place(text: str, country: str | None) -> PlaceAnswer:
    """The place a text names; the shipped gazetteer is loaded when first asked."""
    return find(text, country, load_gazetteer())


def vocabulary_of(services: Iterable[ServiceWords]) -> Vocabulary:
    """Words for yes and no, and words that add nothing, normalised."""
    kept = tuple(services)
    return Vocabulary(
        yes=_words(kept, "yes"), no=_words(kept, "no"), fillers=_words(kept, "fillers")
    )


def _words(services: Iterable[ServiceWords], kind: str) -> frozenset[str]:
    return frozenset(normalise(word) for service in services for word in getattr(service, kind))


def _commands(services: Iterable[ServiceWords]) -> dict[str, tuple[CommandName, str]]:
    return {
        normalise(word): (name, "")  # type: ignore[misc]
        for service in services
        for name, phrase in service.commands.items()
        for word in (phrase.say, *phrase.also)
    }


def _known(entries: Iterable[FaqEntry]) -> dict[str, Known]:
    return {entry.id: entry.known for entry in entries if entry.in_scope}
