"""A release writes what a dialog asks into its lock, and keeps what drafts may finish with."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from writing import edit, write_good

from kpbot.content.dialogs import load_dialogs
from kpbot.content.problems import Problem
from kpbot.content.release import Released, release
from kpbot.content.release_changes import classify
from kpbot.content.release_kept import with_earlier
from kpbot.content.release_lock import (
    Lock,
    load_lock,
    lock_of,
    lock_text,
    read_lock,
    with_formerly,
)
from kpbot.engine.dialog import Dialogs, Edition

ROOT = Path(__file__).parents[2]
FILE = "trip/dialog.yaml"
FIRST, SECOND, THIRD = date(2026, 11, 23), date(2026, 12, 1), date(2027, 1, 7)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of content in which nothing is wrong and nothing was released."""
    write_good(tmp_path / "dialogs")
    (tmp_path / "faq").mkdir()
    return tmp_path


def released(content: Path, on: date = FIRST) -> Released:
    (found,) = release(content, (), on)
    return found


def lock(content: Path) -> Lock:
    found = load_lock(content / "dialogs/trip")
    assert found is not None
    return found


def dialogs(content: Path, *, finish_old: bool = False) -> Dialogs:
    loaded, problems = load_dialogs(content / "dialogs")
    assert problems == ()
    if finish_old:
        trip = replace(loaded.dialogs["trip"], inflight="finish_old")
        loaded = replace(loaded, dialogs={"trip": trip}, fields={}, _views={})
    return loaded


def test_the_first_release_remembers_what_is_asked(content: Path) -> None:
    first = released(content)
    assert (first.before, first.changes, first.problems, first.migrates) == (None, (), (), False)
    kept = lock(content)
    assert (kept.version, kept.date, kept.earlier) == (first.version, "2026-11-23", ())
    assert list(kept.questions) == ["side", "wish", "count", "note", "mail"]
    assert kept.questions["wish"].of == ("water", "waste")
    assert kept.questions["note"].when == [
        "all",
        [["is", "side", ["north"]], ["gte", "count", 3]],
    ]
    assert kept.retired == ("fax",)
    assert kept.words["side"].keys() == {"de", "fr", "ar", "en"}


def test_what_did_not_change_is_left_as_it_is(content: Path) -> None:
    released(content)
    before = (content / "dialogs/trip/lock.json").read_bytes()
    again = released(content, SECOND)
    assert (again.before, again.changes, again.migrates) == (again.version, (), False)
    assert (content / "dialogs/trip/lock.json").read_bytes() == before


def test_other_words_are_remembered_under_the_same_version_and_date(content: Path) -> None:
    released(content)
    edit(content, "dialogs/trip/text.de.yaml", "Which side?", "Which one?")
    assert [change.kind for change in released(content, SECOND).changes] == ["text"]
    assert (lock(content).date, lock(content).earlier) == ("2026-11-23", ())
    assert released(content, THIRD).changes == ()


def test_every_published_version_stays_in_the_lock(content: Path) -> None:
    first = released(content)
    edit(content, f"dialogs/{FILE}", "min: 1, max: 9", "min: 1, max: 8")
    second = released(content, SECOND)
    edit(content, f"dialogs/{FILE}", "min: 1, max: 8", "min: 1, max: 7")
    third = released(content, THIRD)
    kept = lock(content)
    assert (second.before, second.migrates) == (first.version, True)
    assert (kept.version, kept.date) == (third.version, "2027-01-07")
    assert [(each.version, each.date) for each in kept.earlier] == [
        (second.version, "2026-12-01"),
        (first.version, "2026-11-23"),
    ]
    assert [each.questions["count"].maximum for each in kept.earlier] == [8, 9]


def test_what_breaks_is_not_released(content: Path) -> None:
    released(content)
    before = (content / "dialogs/trip/lock.json").read_bytes()
    edit(content, f"dialogs/{FILE}", "type: number", "type: year")
    refused = released(content, SECOND)
    assert [problem.sentence.split(":")[0] for problem in refused.problems] == ["D15"]
    assert (content / "dialogs/trip/lock.json").read_bytes() == before
    edit(content, f"dialogs/{FILE}", "type: year", "type: year, rev: 2")
    assert released(content, SECOND).problems == ()


def test_what_is_wrong_with_the_dialog_is_not_released(content: Path) -> None:
    edit(content, "dialogs/trip/text.fr.yaml", "  mail: {ask: Your mail?, short: Mail}\n", "")
    assert [problem.sentence[:3] for problem in released(content).problems] == ["D11"]
    assert not (content / "dialogs/trip/lock.json").exists()


def test_a_dialog_is_released_whatever_is_wrong_with_another(content: Path) -> None:
    shutil.copytree(content / "dialogs/trip", content / "dialogs/bad")
    assert {each.dialog: bool(each.problems) for each in release(content, (), FIRST)} == {
        "bad": True,  # it says that it is called trip
        "trip": False,
    }


def test_the_lock_is_a_question_a_line(content: Path) -> None:
    released(content)
    text = (content / "dialogs/trip/lock.json").read_text("utf-8")
    assert '    "side": {"type": "choice", "of": ["north", "south"]},\n' in text
    assert read_lock(json.loads(text)) == lock(content)


def test_the_shipped_dialogs_are_as_their_locks_say_when_read_back() -> None:
    loaded, _ = load_dialogs(ROOT / "dialogs")
    for name, dialog in loaded.dialogs.items():
        edition = Edition(dialog, loaded.words[name])
        made = lock_of(edition, None, FIRST)
        kept = read_lock(json.loads(lock_text(made)))
        assert kept == made
        assert classify(made, edition) == ()


def test_a_question_knows_every_id_it_had(content: Path) -> None:
    released(content)
    edit(content, f"dialogs/{FILE}", "id: mail,", "id: post, was: mail,")
    for language in ("de", "fr", "ar", "en"):
        edit(content, f"dialogs/trip/text.{language}.yaml", "  mail: {ask", "  post: {ask")
    released(content, SECOND)
    edit(content, f"dialogs/{FILE}", "id: post, was: mail,", "id: letter, was: post,")
    for language in ("de", "fr", "ar", "en"):
        edit(content, f"dialogs/trip/text.{language}.yaml", "  post: {ask", "  letter: {ask")

    def former() -> tuple[str, ...]:
        trip = dialogs(content).dialogs["trip"]
        return with_formerly(trip, lock(content)).by_id["letter"].former

    assert former() == ("post", "mail")
    assert released(content, THIRD).problems == ()
    assert former() == ("post", "mail")
    assert lock(content).retired == ("fax", "mail", "post")


# ── versions that drafts finish with ─────────────────────────────────────────────────────────


def kept(content: Path, version: str) -> Path:
    """The files of the dialog as they are now are kept as this version."""
    place = content / "dialogs/trip/versions" / version
    place.mkdir(parents=True)
    for path in (content / "dialogs/trip").glob("*.yaml"):
        shutil.copy(path, place / path.name)
    return place


def earlier(content: Path) -> tuple[Dialogs, list[str]]:
    problems: list[Problem] = []
    found = with_earlier(dialogs(content, finish_old=True), content / "dialogs", problems)
    return found, [str(each).removeprefix(f"{content}/dialogs/") for each in problems]


def test_drafts_finish_with_a_version_that_is_kept(content: Path) -> None:
    kept(content, "abc")
    edit(content, f"dialogs/{FILE}", "resume: {remind: [2d], expire: 7d}", "open: no")
    edit(content, f"dialogs/{FILE}", "of: [water, waste]", "of: [water]")
    edit(content, "dialogs/trip/text.de.yaml", "Which side?", "Which one?")
    found, problems = earlier(content)
    assert problems == []
    assert found.earlier.keys() == {("trip", "abc")}
    edition = found.earlier["trip", "abc"]
    assert edition.dialog.by_id["wish"].of == ("water", "waste")
    assert edition.words["de"].questions["side"].ask == "Which side?"
    assert (edition.dialog.version, edition.dialog.open, edition.dialog.remind) == (
        "abc",
        False,
        (),
    )


def test_without_finish_old_nothing_that_is_kept_counts(content: Path) -> None:
    kept(content, "abc")
    found = with_earlier(dialogs(content), content / "dialogs", [])
    assert found.earlier == {}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("dialog.yaml", "type: email", "type: letter"),
        ("text.de.yaml", "      water: {say: Water_de}\n", ""),
        ("text.ar.yaml", "  mail: {ask: Your mail?, short: Mail}\n", ""),
        ("dialog.yaml", "{to: near}", "{to: near, when: *x}"),
    ],
)
def test_a_kept_version_that_cannot_be_asked_is_a_problem_and_not_used(
    content: Path, file: str, old: str, new: str
) -> None:
    edit(kept(content, "abc"), file, old, new)
    found, problems = earlier(content)
    assert found.earlier == {}
    (problem,) = problems
    assert problem.startswith("trip/versions/abc/dialog.yaml:1: The kept version cannot be used")


def test_a_kept_version_without_a_language_is_not_used(content: Path) -> None:
    (kept(content, "abc") / "text.fr.yaml").unlink()
    assert earlier(content)[0].earlier == {}


def test_a_consent_that_must_be_given_again_is_not_put_off(content: Path) -> None:
    edit(content, f"dialogs/{FILE}", "id: note, type: text", "id: note, type: consent")
    kept(content, "abc")
    assert earlier(content)[0].earlier.keys() == {("trip", "abc")}
    edit(content, f"dialogs/{FILE}", "type: consent", "type: consent, rev: 2")
    found, problems = earlier(content)
    assert (found.earlier, problems) == ({}, [])
