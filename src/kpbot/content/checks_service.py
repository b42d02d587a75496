"""D20: words that this release says and an operator's own content lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpbot.content.problems import Problem
from kpbot.engine.dialog import Dialogs
from kpbot.model import LANGUAGES


def missing_words(own: Dialogs, shipped: Dialogs, folder: Path) -> Iterator[Problem]:
    """D20: a sentence, service word, offer or problem of the shipped words is not there."""
    for language in LANGUAGES:
        file = str(folder / "service" / f"text.{language}.yaml")
        mine, theirs = own.service[language], shipped.service[language]
        for kind, here, there in (
            ("sentences", mine.sentences, theirs.sentences),
            ("commands", mine.commands, theirs.commands),
            ("offers", mine.offers, theirs.offers),
            ("wrong", mine.wrong, theirs.wrong),
        ):
            for name in there.keys() - here.keys():
                sentence = f'D20: "{name}" is missing below "{kind}": this release says it.'
                yield Problem(file, 1, sentence)
