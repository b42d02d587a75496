"""What is undocumented is red: settings, commands, question keys, lints, rooms."""

import importlib.util
import re
from pathlib import Path

import typer.main
from click import Group

from kpbot.cli import app
from kpbot.content.chats import ACTS
from kpbot.content.dialogs_questions import QUESTION_KEYS
from kpbot.model import QuestionType

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DIALOGS = (ROOT / "dialogs" / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme() -> None:
    command = typer.main.get_command(app)
    assert isinstance(command, Group) or hasattr(command, "commands")
    missing = [name for name in command.commands if not re.search(rf"\b{name}\b", README)]
    assert missing == []


def test_the_example_settings_are_those_of_the_code() -> None:
    path = ROOT / "tools" / "settings_example.py"
    spec = importlib.util.spec_from_file_location("settings_example", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text(encoding="utf-8") == module.example()


def test_every_question_key_and_type_is_explained() -> None:
    types = QuestionType.__args__  # type: ignore[attr-defined]
    missing = [word for word in (*QUESTION_KEYS, *types, *ACTS) if f"`{word}" not in DIALOGS]
    assert missing == []


def test_every_lint_is_explained() -> None:
    missing = [f"D{number:02}" for number in range(1, 21) if f"D{number:02}" not in DIALOGS]
    assert missing == []


def test_every_room_is_in_the_readme() -> None:
    rooms = [path.name for path in (ROOT / "src" / "kpbot").iterdir()]
    rooms = [name.removesuffix(".py") for name in rooms if not name.startswith("_")]
    missing = [name for name in rooms if f"`{name}" not in README]
    assert missing == []


def test_every_link_between_the_documents_leads_somewhere() -> None:
    documents = (*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("docs/*.md"))
    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert broken == []
