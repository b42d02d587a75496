"""The authors' commands: every problem of the content, and a dialog as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kpbot.cli.failing import WrongUse

if TYPE_CHECKING:
    from kpbot.content.problems import Problem


def check(content_dir: Path, language: str | None, as_json: bool) -> int:
    """Every problem is printed; the exit status says whether there was any.

    Where the files themselves are sound, every transcript is played as well.

    `language` leaves only the problems of that language's own files.
    """
    from kpbot.app import Clock
    from kpbot.content.checks import check_folder
    from kpbot.events import programme_day
    from kpbot.model import LANGUAGES

    if language is not None:
        _known(language, LANGUAGES, "language")
    found = check_folder(content_dir, programme_day(Clock()()))
    problems = [
        problem
        for problem in found or _rehearsed()
        if language is None or _is_of(problem, language)
    ]
    for problem in problems:
        print(json.dumps(asdict(problem), ensure_ascii=False) if as_json else problem)
    if not problems and not as_json:
        print("No problems.")
    return 1 if problems else 0


def draw(content_dir: Path, dialog: str, format: str) -> None:  # noqa: A002 - the flag's name
    """The dialog is on standard output as svg, mermaid or html, with its German words."""
    from kpbot.content.dialogs import load_dialogs
    from kpbot.content.draw import FORMATS
    from kpbot.content.draw import draw as drawn
    from kpbot.engine.dialog import DialogWords
    from kpbot.model import LANGUAGES

    form = next((form for form in FORMATS if form == format), None)
    if form is None:
        _known(format, FORMATS, "format")
        return
    dialogs, _ = load_dialogs(content_dir / "dialogs")
    _known(dialog, dialogs.dialogs, "dialog")
    words = dialogs.words[dialog]
    language = next((language for language in LANGUAGES if language in words), LANGUAGES[0])
    chosen = words.get(language) or DialogWords("", "", {}, {})
    print(drawn(dialogs.dialogs[dialog], chosen, form, language=language), end="")


def _rehearsed() -> tuple[Problem, ...]:
    """What goes wrong when the transcripts are played; only sound content can be played."""
    from kpbot.app import build_house
    from kpbot.cli import common
    from kpbot.rehearsal import rehearse

    settings = common.settings()
    common.log_to_stderr("ERROR")
    return rehearse(build_house(settings), settings.content / "dialogs")


def _is_of(problem: Problem, language: str) -> bool:
    """Whether the problem lies in a file of the language."""
    path = Path(problem.file)
    return path.name == f"text.{language}.yaml" or language in (path.name, path.parent.name)


def _known(word: str, known: Iterable[str], kind: str) -> None:
    """Raises WrongUse, with the word probably meant, for a word that is not known."""
    from kpbot.content.problems import probable

    words = sorted(known)
    if word not in words:
        meant = probable(word, words)
        hint = f' Did you mean "{meant}"?' if meant else f" There is: {', '.join(words)}."
        raise WrongUse(f'There is no {kind} "{word}".{hint}')
