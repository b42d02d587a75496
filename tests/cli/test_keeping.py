"""Records, erasure and status, as operators and advisors use them."""

import csv
import io
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from running import Kpbot
from test_chat import ENQUIRY

from kpbot.store import overview
from walk import RECORD, told

ROOT = Path(__file__).parents[2]
FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kpbot, dict[str, Any]]:
    """A store that is only read, with the record Anna handed over; her letter waits."""
    kpbot = Kpbot(tmp_path_factory.mktemp("kept"))
    events = [FORMULA if each == "Sabine Kern" else each for each in ENQUIRY]
    mail = {"KPBOT_SMTP_URL": "smtp://127.0.0.1:1", "KPBOT_MAIL_TO": "desk@example.org"}
    kpbot.environment |= mail
    arguments = ("--database", kpbot.url, "--user", "anna", "--language", "de")
    return kpbot, kpbot.chat(*events, arguments=arguments)[-1]["record"]


@pytest.fixture
def kpbot(kept: tuple[Kpbot, dict[str, Any]]) -> Kpbot:
    return kept[0]


@pytest.fixture
def settled(kept: tuple[Kpbot, dict[str, Any]]) -> dict[str, Any]:
    return kept[1]


@pytest.fixture
def empty(tmp_path: Path) -> Kpbot:
    """A store with nothing in it."""
    kpbot = Kpbot(tmp_path)
    assert kpbot("migrate").status == 0
    return kpbot


@pytest.mark.parametrize(
    "command",
    [
        "status",
        *(
            pytest.param(command, marks=pytest.mark.slow)
            for command in (
                "records list",
                "records show KP-22222",
                "records export",
                "erase --user anna",
                "mydata --user anna",
                "retention",
                "desk list",
                "desk remove anna@example.org",
                "desk token list",
            )
        ),
    ],
)
def test_what_looks_for_something_makes_no_store(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "nowhere"
    ran = Kpbot(tmp_path)(*command.split(), settings={"KPBOT_DATA_DIR": str(folder)})
    assert ran.complaint.startswith(f"There is no database {folder / 'kpbot.db'}")
    assert not folder.exists()


@pytest.mark.slow
def test_records_are_listed(kpbot: Kpbot, settled: dict[str, Any]) -> None:
    ran = kpbot("records", "list")
    assert ran.status == 0
    (line,) = ran.out.splitlines()
    assert line.startswith(settled["reference"])
    assert "intake" in line
    assert "desk_maghreb" in line


@pytest.mark.slow
def test_records_are_listed_as_json(kpbot: Kpbot, settled: dict[str, Any]) -> None:
    (row,) = kpbot("records", "list", "--json").lines
    assert {key: row[key] for key in settled} == settled
    assert set(row) - set(settled) == {"received", "delete_on"}


@pytest.mark.slow
def test_no_records_are_no_lines(empty: Kpbot) -> None:
    for arguments in (("list",), ("export", "--format", "json")):
        ran = empty("records", *arguments)
        assert (ran.status, ran.out) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("spelling", [str.upper, str.lower])
def test_a_record_is_shown_as_advisors_read_it(
    kpbot: Kpbot, settled: dict[str, Any], spelling: Any
) -> None:
    ran = kpbot("records", "show", spelling(settled["reference"]))
    assert ran.status == 0
    assert settled["reference"] in ran.out
    assert "Stadt Musterhausen" in ran.out


@pytest.mark.slow
def test_a_record_is_shown_as_json(kpbot: Kpbot, settled: dict[str, Any]) -> None:
    (row,) = kpbot("records", "show", settled["reference"], "--json").lines
    assert {key: row[key] for key in settled} == settled


@pytest.mark.slow
def test_a_record_nobody_has_is_status_1_and_a_sentence(kpbot: Kpbot) -> None:
    ran = kpbot("records", "show", "KP-22222")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "kpbot: There is no record KP-22222.\n"


def test_the_table_opens_in_a_spreadsheet_and_computes_nothing(
    kpbot: Kpbot, settled: dict[str, Any]
) -> None:
    ran = kpbot("records", "export", "--format", "csv")
    assert ran.out.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff")), delimiter=";")
    assert row["reference"] == settled["reference"]
    assert row["contact_name"] == f"'{FORMULA}"
    assert row["municipality_name"] == "Stadt Musterhausen"
    assert json.loads(row["topics"]) == settled["topics"]
    assert row["region"] == ""
    assert not any((cell or "").startswith(("=", "+", "-", "@")) for cell in row.values())


@pytest.mark.slow
def test_the_export_as_json_is_one_record_a_line(kpbot: Kpbot, settled: dict[str, Any]) -> None:
    (row,) = kpbot("records", "export", "--format", "json").lines
    assert told(row) == {**RECORD, "contact_name": FORMULA}
    assert row["reference"] == settled["reference"]


def test_the_status_says_what_waits(kpbot: Kpbot, settled: dict[str, Any]) -> None:
    (state,) = kpbot("status", "--json").lines
    assert settled
    assert state.pop("outbox_oldest_seconds") >= 0
    assert {key: state[key] for key in ("outbox_waiting", "failed_turns", "records")} == {
        "outbox_waiting": 1,
        "failed_turns": 0,
        "records": 1,
    }
    assert state["open_cases"] == {"open": 1}
    assert state["given_up"] == {}
    assert state["last_poll"] is None
    locks = {name: ROOT / "dialogs" / name / "lock.json" for name in ("intake", "question")}
    assert state["content_version"] == {
        name: json.loads(lock.read_text("utf-8"))["version"] for name, lock in locks.items()
    }
    assert bool(state["warnings"]) == overview.has_wal_bug()


def test_the_status_is_a_line_a_thing_for_people(kpbot: Kpbot) -> None:
    lines = dict(line.split(": ", 1) for line in kpbot("status").out.splitlines())
    assert (lines["open cases"], lines["given up"]) == ("open 1", "none")
    assert lines["last poll"] == "not known"
    assert lines["content version"].startswith("intake ")


@pytest.mark.slow
def test_the_status_of_an_empty_store_is_all_quiet(empty: Kpbot) -> None:
    (state,) = empty("status", "--json").lines
    assert {state[key] for key in ("outbox_waiting", "outbox_oldest_seconds", "records")} == {0}


def _copy(kpbot: Kpbot, folder: Path) -> Kpbot:
    shutil.copytree(kpbot.folder, folder, dirs_exist_ok=True)
    copied = Kpbot(folder)
    copied.environment = {**kpbot.environment, "KPBOT_DATA_DIR": str(folder)}
    return copied


@pytest.mark.slow
@pytest.mark.parametrize("by", ["reference", "user"])
def test_erasing_leaves_nothing_in_the_store_and_tells_the_advisors(
    kpbot: Kpbot, settled: dict[str, Any], tmp_path: Path, by: str
) -> None:
    reference = settled["reference"]
    kpbot = _copy(kpbot, tmp_path)
    ran = kpbot("erase", *([reference] if by == "reference" else ["--user", "anna"]))
    assert ran.status == 0
    assert reference in ran.out
    for file in Path(kpbot.folder).glob("kpbot.db*"):
        assert b"Musterhausen" not in file.read_bytes()
    assert kpbot("records", "list").out == ""
    connection = sqlite3.connect(kpbot.folder / "kpbot.db")
    (letter,) = connection.execute("SELECT message FROM outbox WHERE channel = 'mail'").fetchall()
    connection.close()
    assert json.loads(letter[0])["subject"] == f"{reference} · gelöscht"
    assert kpbot("erase", reference).status == 1


@pytest.mark.slow
def test_erasing_nobody_is_status_1_and_a_sentence(kpbot: Kpbot) -> None:
    ran = kpbot("erase", "--user", "nobody")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "kpbot: Nothing is stored about this person.\n"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("KP-22222", "--user", "anna")])
def test_erasing_needs_one_way_to_say_whom(kpbot: Kpbot, arguments: tuple[str, ...]) -> None:
    assert kpbot("erase", *arguments).complaint.startswith("Say whom")
