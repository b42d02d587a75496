"""Canned answers: read from a strict file, inserted into the reply by a button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from kpbot.content.problems import Problem
from kpbot.content.strict import read
from kpbot.content.strict_fields import Reader
from kpbot.desk.login_pages import DeskLanguage
from kpbot.engine.case import LONGEST_REPLY
from kpbot.model import LANGUAGES, Language

OVERRIDE = Path("desk") / "canned.yaml"
"""The operator's own file in the content folder; it takes the place of the shipped one."""
_PLACEHOLDERS = ("{name}", "{reference}")


@dataclass(frozen=True, slots=True)
class Canned:
    """One answer in four languages."""

    id: str
    title: str
    """What advisors choose by, in German."""
    texts: Mapping[Language, str]
    title_en: str = ""
    """The same in English; empty: there is none."""

    def title_in(self, language: DeskLanguage) -> str:
        """What advisors choose by, in the language of the page where it is known."""
        return (self.title_en if language == "en" else "") or self.title

    def filled(self, language: Language, name: str, reference: str) -> str:
        """The text for this person; a name that is not known leaves no gap."""
        text = self.texts[language]
        if not name:
            text = text.replace(" {name}", "").replace("{name}", "")
        return text.replace("{name}", name).replace("{reference}", reference)


def load_canned(content: Path) -> tuple[tuple[Canned, ...], tuple[Problem, ...]]:
    """The operator's answers, else the shipped ones, and every problem of the file."""
    own = content / OVERRIDE
    if own.is_file():
        return read_canned(own)
    with as_file(files(__package__) / "canned.yaml") as shipped:
        return read_canned(shipped)


def read_canned(path: Path) -> tuple[tuple[Canned, ...], tuple[Problem, ...]]:
    """The answers of the file and every problem in it."""
    reader = Reader(str(path))
    root = read(path, reader.problems)
    found: dict[str, Canned] = {}
    if root is None:
        return (), tuple(reader.problems)
    for node in reader.fields(root, "file", (), ("answers",)).items("answers"):
        fields = reader.fields(node, "answer", ("title_en",), ("id", "title", *LANGUAGES))
        id_ = fields.word("id")
        if id_ in found:
            reader.complain(node.line, f'There are two answers "{id_}".')
            continue
        texts = {language: fields.word(language).strip() for language in LANGUAGES}
        for language, text in texts.items():
            _check(reader, fields.get(language), language, text)
        found[id_] = Canned(id_, fields.word("title"), texts, fields.word("title_en"))
    return tuple(found.values()), tuple(sorted(reader.problems))


def _check(reader: Reader, node: object, language: Language, text: str) -> None:
    line = getattr(node, "line", 1)
    bare = text
    for placeholder in _PLACEHOLDERS:
        bare = bare.replace(placeholder, "")
    if "{" in bare or "}" in bare:
        known = ", ".join(_PLACEHOLDERS)
        reader.complain(line, f'"{language}" holds braces; only {known} may stand in them.')
    if len(text) > LONGEST_REPLY:
        reader.complain(line, f'"{language}" is longer than {LONGEST_REPLY} characters.')
