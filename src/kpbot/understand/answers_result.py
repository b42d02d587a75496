"""What reading a text as an answer comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpbot.model import Value


@dataclass(frozen=True, slots=True)
class Read:
    """The text is an answer."""

    value: Value
    cut: int = 0
    """Characters that were cut off the end."""
    exact: bool = True
    """The whole text was understood as this value; false: it was found inside the text."""
    other: str | None = None
    """The person's words where the answer fell into `Field.other`."""


@dataclass(frozen=True, slots=True)
class Nearly:
    """The text is nearly an answer: the person confirms."""

    value: Value
    label: str
    """How the suggestion is shown."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """The text is no answer, and why."""

    problem: str
    """Key of a sentence below `wrong:` of the service words."""
    params: Mapping[str, str] = field(default_factory=dict)
    """Fills the placeholders of that sentence."""


Result = Read | Nearly | Wrong


@dataclass(frozen=True)
class Vocabulary:
    """Words of the bot's own, normalised, all languages together."""

    yes: frozenset[str]
    no: frozenset[str]
    fillers: frozenset[str]
    """Words that add nothing: please, well, I would like …"""
