"""How the FAQ does, with what people asked the bot in vain."""

import json
from datetime import date
from pathlib import Path

import pytest

from kpbot.cli.faq import report
from kpbot.engine.counting import UNKNOWN, Counted
from kpbot.store import counts
from kpbot.store.database import Database

ENTRY = """- id: {id}
  questions: ["{question}"]
  answer: Eine Antwort.
  source: Beispiel
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small FAQ, and a data folder."""
    for place, text in {
        "faq/de/costs.yaml": ENTRY.format(id="travel_costs", question="Wer zahlt die Reise?"),
        "faq/asked/de/costs.yaml": '- id: travel_costs\n  questions: ["Wer zahlt die Reise?"]\n',
    }.items():
        path = tmp_path / "content" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setenv("KPBOT_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("KPBOT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("KPBOT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def asked(folder: Path) -> Path:
    """People have asked in vain, in two dialogs, on two days and in two languages."""
    (folder / "data").mkdir()
    database = Database(f"sqlite:///{folder / 'data' / 'kpbot.db'}")
    in_vain = [Counted("faq_unanswered", "", "de", UNKNOWN)] * 3
    in_vain += [Counted("faq_unanswered", "", "de", "visa")]
    in_vain += [Counted("faq_unanswered", "intake", "de", "visa")]
    other = [Counted("faq_answered", "", "de", "travel_costs")]
    database.write(lambda c: counts.add(c, [*in_vain, *other], date(2026, 11, 24)))
    french = [Counted("faq_unanswered", "", "fr", "visa")]
    database.write(lambda c: counts.add(c, [*in_vain[:1], *french], date(2025, 1, 1)))
    database.close()
    return folder


@pytest.mark.usefixtures("asked")
def test_what_nobody_answers_is_told_by_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    report(as_json=True)
    lines = {
        each["language"]: each for each in map(json.loads, capsys.readouterr().out.split("\n")[:-1])
    }
    assert lines["de"]["nobody_answers"] == [["unknown", 4], ["visa", 2]]
    assert lines["fr"]["nobody_answers"] == [["visa", 1]]
    assert lines["ar"]["nobody_answers"] == []
    assert lines["de"]["helped"] == 1.0
    report(as_json=False)
    said = capsys.readouterr().out
    assert "    4 × asked in vain: what no entry fits\n    2 × asked in vain: visa\n" in said


def test_without_a_store_none_is_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(as_json=True)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["nobody_answers"] for line in lines] == [[]] * 4
    assert not (folder / "data").exists()
