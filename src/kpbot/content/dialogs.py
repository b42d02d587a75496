"""All dialogs and all words, loaded strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kpbot.content.dialogs_questions import dialog_of
from kpbot.content.dialogs_words import dialog_words, service_words
from kpbot.content.problems import Problem, probable
from kpbot.content.release_kept import with_earlier
from kpbot.content.strict import Table, read
from kpbot.content.strict_fields import Reader
from kpbot.engine.dialog import Dialog, Dialogs, DialogWords, ServiceWords
from kpbot.model import LANGUAGES, Language

SERVICE = "service"
"""Folder of the bot's own words; no dialog may be called so."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """A file of words as it was written, for the checks that compare languages."""

    file: str
    table: Table


@dataclass(frozen=True, slots=True)
class Sources:
    """What was loaded, and the files it came from."""

    dialogs: Dialogs
    problems: tuple[Problem, ...]
    files: Mapping[tuple[str, Language], WordFile]
    """Dialog name or `service`, and language."""


def load_dialogs(folder: Path) -> tuple[Dialogs, tuple[Problem, ...]]:
    """Everything below the folder; what cannot be read is left out and complained about."""
    sources = load_sources(folder)
    return sources.dialogs, sources.problems


def load_sources(folder: Path) -> Sources:
    """The same, with the word files."""
    loader = _Loader()
    for place in _folders(folder, loader.problems):
        if place.name == SERVICE:
            loader.service_folder(place)
        else:
            loader.dialog_folder(place)
    dialogs = Dialogs(loader.dialogs, loader.words, loader.service)
    dialogs = with_earlier(dialogs, folder, loader.problems)
    return Sources(dialogs, tuple(sorted(loader.problems)), loader.files)


class _Loader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.dialogs: dict[str, Dialog] = {}
        self.words: dict[str, dict[Language, DialogWords]] = {}
        self.service: dict[Language, ServiceWords] = {}
        self.files: dict[tuple[str, Language], WordFile] = {}

    def dialog_folder(self, place: Path) -> None:
        """The folder's dialog and its words are loaded."""
        path = place / "dialog.yaml"
        root = read(path, self.problems)
        if root is None:
            return
        reader = Reader(str(path), self.problems)
        dialog = dialog_of(reader, root, place.name, self._summary(place))
        self.dialogs[place.name] = dialog
        self.words[place.name] = {
            language: dialog_words(Reader(found.file, self.problems), found.table)
            for language, found in self._word_files(place).items()
        }

    def service_folder(self, place: Path) -> None:
        """The bot's own words are loaded."""
        for language, found in self._word_files(place).items():
            self.service[language] = service_words(Reader(found.file, self.problems), found.table)

    def _word_files(self, place: Path) -> dict[Language, WordFile]:
        found: dict[Language, WordFile] = {}
        for path in sorted(place.glob("text.*.yaml")):
            written = path.name.split(".")[1]
            language = next((known for known in LANGUAGES if known == written), None)
            if language is None:
                sentence = f'Unknown language "{written}".'
                self.problems.append(Problem(str(path), 1, sentence, probable(written, LANGUAGES)))
                continue
            root = read(path, self.problems)
            if root is None:
                continue
            table = Reader(str(path), self.problems).table(root, "words")
            found[language] = WordFile(str(path), table)
            self.files[place.name, language] = found[language]
        return found

    def _summary(self, place: Path) -> str:
        path = place / "summary.de.j2"
        if not path.exists():
            return ""
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            self.problems.append(Problem(str(path), 1, "The file cannot be read as UTF-8 text."))
            return ""


def _folders(folder: Path, problems: list[Problem]) -> list[Path]:
    """The folders below, in order; hidden ones are nobody's dialog."""
    try:
        places = sorted(place for place in folder.iterdir() if place.is_dir())
    except OSError as error:
        problems.append(Problem(str(folder), 1, f"The folder cannot be opened: {error.strerror}."))
        return []
    return [place for place in places if not place.name.startswith((".", "_"))]
