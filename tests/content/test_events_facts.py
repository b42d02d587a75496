"""Facts the operator fills in: said while they hold, and no longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpbot.content.checks_events import check_calendar
from kpbot.content.facts import check_facts, fact_text, facts_for, load_facts
from kpbot.content.faq import load_faq
from kpbot.model import LANGUAGES

ROOT = Path(__file__).parents[2]
GOOD = """\
- intent: funding_deadlines
  text:
    de: "Anträge bis zum {value}."
    fr: "Demandes jusqu'au {value}."
    ar: "الطلبات حتى {value}."
    en: "Applications until {value}."
  value: "31.03.2027"
  source: Rundschreiben
  as_of: 2027-01-10
  valid_until: 2027-03-31
- intent: funding_amount
  value: "1000"
  unit: {de: Euro, fr: euros, ar: يورو, en: euros}
  source: Rundschreiben
  as_of: 2027-01-10
  valid_until: 2027-12-31
"""


def load(folder: Path, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (folder / "facts.yaml").write_text(text, "utf-8")
    facts, problems = load_facts(folder)
    found = [*problems, *check_facts(facts, date(2027, 1, 11))]
    return tuple(each.intent for each in facts), tuple(
        str(each).removeprefix(f"{folder / 'facts.yaml'}:") for each in found
    )


def test_a_fact_holds_from_its_day_to_its_last_and_then_no_more(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == (("funding_deadlines", "funding_amount"), ())
    facts, _ = load_facts(tmp_path)
    assert facts_for(facts, "funding_deadlines", date(2027, 1, 9)) is None
    first = facts_for(facts, "funding_deadlines", date(2027, 1, 10))
    assert first is not None
    assert facts_for(facts, "funding_deadlines", date(2027, 3, 31)) is first
    assert facts_for(facts, "funding_deadlines", date(2027, 4, 1)) is None
    assert facts_for(facts, "co_financing", date(2027, 1, 10)) is None
    assert fact_text(first, "fr") == "Demandes jusqu'au 31.03.2027."
    amount = facts_for(facts, "funding_amount", date(2027, 5, 1))
    assert amount is not None
    assert [fact_text(amount, each) for each in LANGUAGES] == [
        *("1000 Euro", "1000 euros", "1000 يورو", "1000 euros"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("funding_deadlines", "funding_dead", '1: A01: there is no intent "funding_dead".'),
        ('  value: "1000"\n', "", '11: A02: the fact needs "text" or "value".'),
        ('    en: "Applications until {value}."\n', "", 'A02: "text" is missing in "en".'),
        ("until {value}", "until {day}", "A02: a placeholder"),
        ("until {value}", "until {value", "A02: a placeholder"),
        (", en: euros}", "}", 'A02: "unit" is missing in "en".'),
        ("valid_until: 2027-03-31", "valid_until: 2027-01-01", "A03"),
        (
            "2027-01-10\n  valid_until: 2027-03-31",
            "2026-01-10\n  valid_until: 2026-03-31",
            "run out",
        ),
        ("funding_amount", "funding_deadlines", "A04"),
        ("as_of: 2027-01-10\n  valid_until: 2027-03-31", "valid_until: 2027-03-31", 'key "as_of"'),
        ("source: Rundschreiben\n", "sauce: Rundschreiben\n", 'did you mean "source"?'),
        ("2027-12-31", "31.12.2027", '"valid_until" must be a date'),
        ("source: Rundschreiben", 'source: ""', '"source" is empty'),
    ],
)
def test_complaints(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    _, problems = load(tmp_path, GOOD.replace(old, new, 1))
    assert any(complaint in each for each in problems), problems


def test_the_shipped_file_states_nothing_and_disturbs_no_other_reader() -> None:
    assert load_facts(ROOT / "faq") == ((), ())
    assert (ROOT / "faq/facts.yaml").exists()
    assert check_calendar(ROOT) == ()
    assert load_faq(ROOT / "faq")[1] == ()


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert load_facts(tmp_path) == ((), ())


def test_the_commented_example_is_sound(tmp_path: Path) -> None:
    lines = (ROOT / "faq/facts.yaml").read_text("utf-8").split("#\n", 1)[1].splitlines()
    text = "\n".join(line[2:] for line in lines if line.startswith("# ")) + "\n"
    assert load(tmp_path, text) == (("funding_deadlines",), ())
