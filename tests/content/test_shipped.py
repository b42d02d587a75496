"""What is shipped has no problem."""

from pathlib import Path

from kpbot.content.checks import check_all, load_content
from kpbot.content.checks_walk import reachable
from kpbot.content.dialogs import load_dialogs

ROOT = Path(__file__).parents[2]


def test_the_shipped_content_has_no_problem() -> None:
    content, problems = load_content(ROOT)
    assert [str(problem) for problem in (*problems, *check_all(content))] == []


def test_the_intake_has_few_states_that_matter() -> None:
    dialogs, _ = load_dialogs(ROOT / "dialogs")
    intake = dialogs.dialogs["intake"]
    guards = [outcome.when for outcome in intake.outcomes if outcome.when is not None]
    assert 10 < len(reachable(intake, guards, len(intake.questions))) < 500
