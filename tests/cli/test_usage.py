"""Wrong usage and wrong settings end with one sentence and status 2; help is quick."""

import subprocess
import sys

import pytest
from running import PROGRAM, Kpbot

HEAVY = ("aiogram", "telegram", "sqlalchemy", "numpy", "fastapi", "uvicorn")


def _imported(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", PROGRAM, *arguments],
        capture_output=True,
        check=True,
        text=True,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("arguments", [("--help",), ("records", "--help")])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    imported = _imported(*arguments)
    assert "typer" in imported
    assert imported.isdisjoint(HEAVY)


@pytest.mark.slow
def test_help_names_every_command(kpbot: Kpbot) -> None:
    ran = kpbot("--help")
    assert ran.status == 0
    for command in ("serve", "chat", "ask", "check", "draw", "records", "erase", "status"):
        assert command in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        *(
            pytest.param(arguments, marks=pytest.mark.slow)
            for arguments in (
                ("records", "nonsense"),
                ("chat", "--nonsense"),
                ("chat", "--language", "it"),
                ("records", "show"),
                ("records", "export", "--format", "docx"),
            )
        ),
    ],
)
def test_wrong_usage_is_status_2_without_a_traceback(
    kpbot: Kpbot, arguments: tuple[str, ...]
) -> None:
    ran = kpbot(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KPBOT_PORT", "many"),
        pytest.param("KPBOT_DATABASE_URL", "nonsense", marks=pytest.mark.slow),
        pytest.param("KPBOT_DATABASE_URL", "sqlite:////no/such/kpbot.db", marks=pytest.mark.slow),
        pytest.param("KPBOT_DATABASE_URL", "oracle://nobody@nowhere/x", marks=pytest.mark.slow),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(kpbot: Kpbot, name: str, value: str) -> None:
    assert name in kpbot("status", settings={name: value}).complaint


@pytest.mark.parametrize("url", ["postgresql://kpbot:planted@db:abc/kpbot", "//planted"])
@pytest.mark.parametrize(
    "command",
    [
        "status",
        *(
            pytest.param(each, marks=pytest.mark.slow)
            for each in (
                "serve",
                "migrate",
                "backup b.db",
                "restore b.db",
                "dialogs plan",
                "chat --database",
            )
        ),
    ],
)
def test_a_database_address_that_is_none_is_one_sentence_without_its_password(
    kpbot: Kpbot, command: str, url: str
) -> None:
    by_hand = command.endswith("--database")
    arguments = [*command.split(), *([url] if by_hand else [])]
    said = kpbot(*arguments, settings={} if by_hand else {"KPBOT_DATABASE_URL": url}).complaint
    assert "this is no database URL: write it as sqlite:" in said
    assert "planted" not in said


@pytest.mark.slow
def test_a_data_folder_that_cannot_be_made_is_one_sentence(kpbot: Kpbot) -> None:
    (kpbot.folder / "file").write_text("no folder")
    ran = kpbot("status", settings={"KPBOT_DATA_DIR": str(kpbot.folder / "file")})
    assert ran.complaint


@pytest.mark.slow
def test_a_database_that_cannot_be_opened_is_one_sentence(kpbot: Kpbot) -> None:
    ran = kpbot("chat", "--json", "--database", "sqlite:////no/such/folder/kpbot.db")
    assert "database" in ran.complaint


@pytest.mark.slow
def test_a_database_that_is_none_is_one_sentence(kpbot: Kpbot) -> None:
    (kpbot.folder / "kpbot.db").write_bytes(b"no database" * 1000)
    assert "database" in kpbot("status").complaint


@pytest.mark.slow
def test_content_that_is_missing_is_told_with_its_folder(kpbot: Kpbot) -> None:
    ran = kpbot("chat", "--json", settings={"KPBOT_CONTENT_DIR": str(kpbot.folder / "nothing")})
    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert "nothing" in ran.err


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_traceback(kpbot: Kpbot) -> None:
    script = f"yes '{{\"again\": true}}' | head -500 | '{PROGRAM}' chat --json | head -1"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, env=kpbot.environment, check=False
    )
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
