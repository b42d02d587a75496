"""Releases of dialogs and their dry run, as those who release run them."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpbot.cli.dialogs import plan, release
from kpbot.cli.failing import WrongUse
from kpbot.content.dialogs import load_dialogs
from kpbot.model import Answer, Conversation, Draft, Value
from kpbot.store import conversations
from kpbot.store.database import Database
from kpbot.store.keys import new_key, parse_keys
from kpbot.store.rotation import rotate

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TOLD = "Geheimstadt"
Edit = Callable[[str, str], None]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The shipped dialogs, released for the first time."""
    folder = tmp_path / "content"
    for name in ("intake", "question", "service"):
        without = shutil.ignore_patterns("lock.json", "versions")
        shutil.copytree(ROOT / "dialogs" / name, folder / "dialogs" / name, ignore=without)
    (folder / "faq").mkdir()
    assert release(folder, (), "2026-11-23") == 0
    return folder


@pytest.fixture
def edit(content: Path) -> Edit:
    """The intake has the new words in place of the old, which must be there."""

    def made(old: str, new: str) -> None:
        path = content / "dialogs/intake/dialog.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return made


@pytest.fixture
def store(tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four people in the middle of the intake, one of them at an unknown version."""
    monkeypatch.setenv("KPBOT_DATA_DIR", str(tmp_path))
    path = tmp_path / "kpbot.db"
    database = Database(f"sqlite:///{path}")
    version = load_dialogs(content / "dialogs")[0].dialogs["intake"].version
    most: dict[str, Value] = {"consent": True, "group": "association", "municipality_name": TOLD}
    begun = [
        Draft(version, AT, answers({"consent": True})),
        Draft(version, AT, answers({**most, "country": "TN"})),
        Draft(version, AT, answers({**most, "group": "media"})),
        Draft("unknown", AT, answers({**most, "group": "media"})),
    ]
    for number, draft in enumerate(begun):

        def write(connection: object, number: int = number, draft: Draft = draft) -> None:
            found = conversations.load(connection, "test", f"p{number}", AT)  # type: ignore[arg-type]
            kept = Conversation(found.id, "de", active="intake", drafts={"intake": draft})
            conversations.save(connection, kept, AT)  # type: ignore[arg-type]

        database.write(write)
    database.close()
    return path


def answers(values: dict[str, Value]) -> dict[str, Answer]:
    return {name: Answer(value, "", "de", AT) for name, value in values.items()}


def test_a_release_says_what_it_changes(
    content: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    before = json.loads((content / "dialogs/intake/lock.json").read_text("utf-8"))["version"]
    edit("min: 1, max: 30000000", "min: 1, max: 25000000")
    assert release(content, ["intake"], "2026-12-01") == 0
    after = json.loads((content / "dialogs/intake/lock.json").read_text("utf-8"))
    change, became = capsys.readouterr().out.splitlines()
    assert change.endswith(
        'dialog.yaml:25: narrows: "population" takes less, 1 to 25000000: '
        "who gave something else is asked again."
    )
    assert became == (
        f"intake: released as {after['version']} (1 narrows). "
        f"Drafts of {before} change over at their next message."
    )
    assert (after["date"], after["earlier"][0]["version"]) == ("2026-12-01", before)
    assert release(content, (), "2026-12-02") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"intake: still {after['version']}: nothing has changed.",
        f"question: still {after_of(content, 'question')}: nothing has changed.",
    ]


def after_of(content: Path, name: str) -> str:
    version = json.loads((content / f"dialogs/{name}/lock.json").read_text("utf-8"))["version"]
    assert isinstance(version, str)
    return version


def test_what_breaks_is_refused_and_nothing_is_written(
    content: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    lock = (content / "dialogs/intake/lock.json").read_bytes()
    edit("{id: population, type: number, min: 1, max: 30000000,", "{id: population, type: year,")
    assert release(content, ["intake"], "2026-12-01") == 1
    out = capsys.readouterr().out
    assert 'D15: "population" was published as number and is year now' in out
    assert out.endswith("intake: not released.\n")
    assert (content / "dialogs/intake/lock.json").read_bytes() == lock


@pytest.mark.parametrize(
    ("name", "on", "sentence"),
    [
        ("intak", "2026-12-01", 'There is no dialog "intak". Did you mean "intake"?'),
        ("intake", "1.12.2026", '"1.12.2026" is no date: write it as 2026-11-24.'),
    ],
)
def test_wrong_use_is_a_sentence(content: Path, name: str, on: str, sentence: str) -> None:
    with pytest.raises(WrongUse) as wrong:
        release(content, [name], on)
    assert str(wrong.value) == sentence


def test_today_is_the_date_of_a_release(content: Path) -> None:
    (content / "dialogs/question/lock.json").unlink()
    assert release(content, ["question"], "") == 0
    written = json.loads((content / "dialogs/question/lock.json").read_text("utf-8"))["date"]
    assert datetime.fromisoformat(written)


def test_a_plan_counts_what_becomes_of_whom(
    content: Path, edit: Edit, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    before = state(store)
    edit("science, company, media, other]}\n", "science, company, other]}\n")
    edit(
        "      - {id: municipality_name,",
        "      - {id: web, type: text, max: 99, when: {group: {not: science}}}\n"
        "      - {id: municipality_name,",
    )
    assert plan(content, "intake", as_json=False) == 0
    printed = capsys.readouterr()
    assert printed.out == (
        "intake: 4 open: 1 untouched, 2 must answer `group` again, "
        "1 gets one new question (`web`). "
        "Of 1 no release tells what was asked before: new questions are not known.\n"
    )
    assert printed.err == ""
    assert state(store) == before


def test_a_plan_as_json_holds_counts_and_question_ids_only(
    content: Path, edit: Edit, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    edit("science, company, media, other]}\n", "science, company, other]}\n")
    assert plan(content, "", as_json=True) == 0
    out = capsys.readouterr().out
    intake, question = (json.loads(line) for line in out.splitlines())
    assert intake == {
        "dialog": "intake",
        "open": 4,
        "untouched": 2,
        "changed": 2,
        "finish_old": 0,
        "closed": 0,
        "gone": 0,
        "unknown_version": 1,
        "changes": [{"count": 2, "new": [], "again": ["group"], "dropped": [], "aside": []}],
    }
    assert (question["dialog"], question["open"]) == ("question", 0)
    assert TOLD not in out
    assert store.exists()


def test_what_is_in_force_changes_nothing(
    content: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert plan(content, "question", as_json=False) == 0
    assert plan(content, "intake", as_json=False) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "question: nothing is open.",
        (
            "intake: 4 open: 4 untouched. "
            "Of 1 no release tells what was asked before: new questions are not known."
        ),
    ]
    assert store.exists()


def test_a_conversation_that_cannot_be_read_is_said_and_not_counted(
    content: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    connection = sqlite3.connect(store)
    connection.execute("UPDATE conversations SET state = '{}' WHERE person = 'p3'")
    connection.commit()
    connection.close()
    assert plan(content, "intake", as_json=False) == 0
    printed = capsys.readouterr()
    assert printed.out == "intake: 3 open: 3 untouched.\n"
    assert printed.err == "kpbot: 1 conversations cannot be read: not counted.\n"


def test_a_plan_reads_what_is_sealed_and_says_which_key_is_missing(
    content: Path, store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = new_key(), new_key().replace("1:", "2:", 1)
    monkeypatch.setenv("KPBOT_FIELD_KEY", first)
    database = Database(f"sqlite:///{store}", keys=parse_keys(first))
    assert rotate(database) == 4
    database.close()
    capsys.readouterr()
    assert plan(content, "question", as_json=False) == 0
    assert plan(content, "intake", as_json=True) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[1])["open"] == 4
    for keys, missing in (
        ("", "conversations.state is encrypted, and KPBOT_FIELD_KEY holds no key"),
        (second, "conversations.state: KPBOT_FIELD_KEY does not hold key 1"),
    ):
        monkeypatch.setenv("KPBOT_FIELD_KEY", keys)
        assert plan(content, "intake", as_json=False) == 0
        printed = capsys.readouterr()
        assert printed.out == "intake: nothing is open.\n"
        said = f"kpbot: 4 conversations cannot be read: not counted. {missing}.\n"
        assert printed.err == said


@pytest.mark.parametrize("text", ["{", "{}", '{"questions": {}}'])
def test_a_plan_says_which_lock_cannot_be_read(
    content: Path, store: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    capsys.readouterr()
    lock = content / "dialogs/intake/lock.json"
    lock.write_text(text, "utf-8")
    assert plan(content, "", as_json=False) == 1
    said = "The lock cannot be read: restore it from the last release."
    assert capsys.readouterr().out == f"{lock}:1: {said}\n"
    assert store.exists()


def test_where_there_are_no_dialogs_nothing_is_released(tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as wrong:
        release(tmp_path, (), "2026-12-01")
    assert str(wrong.value) == f"There is no folder {tmp_path / 'dialogs'} (KPBOT_CONTENT_DIR)."


def test_a_plan_without_a_store_makes_none(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPBOT_DATA_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(WrongUse, match="There is no store yet"):
        plan(content, "", as_json=False)
    assert not (tmp_path / "nowhere").exists()


def test_a_plan_of_broken_content_is_none(
    content: Path, edit: Edit, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    edit("type: number, min: 1", "type: nummer, min: 1")
    assert plan(content, "", as_json=False) == 1
    assert 'Unknown type "nummer"' in capsys.readouterr().out
    assert store.exists()


def state(store: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(store)
    rows = connection.execute("SELECT id, state, touched FROM conversations ORDER BY id").fetchall()
    connection.close()
    return rows
