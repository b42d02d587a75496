"""What a release changes is classed before it ships, each change in a sentence with its place."""

from datetime import date
from pathlib import Path

import pytest
from writing import DIALOG, edit, write_good

from kpbot.content.checks import Content, check_all, load_content
from kpbot.content.dialogs import load_sources
from kpbot.content.dialogs_meaning import version_of
from kpbot.content.release_changes import classify
from kpbot.content.release_lock import Lock, lock_of, lock_text
from kpbot.engine.dialog import Edition

FILE = "trip/dialog.yaml"
DAY = date(2026, 11, 23)


def edition(folder: Path) -> Edition:
    loaded = load_sources(folder)
    assert loaded.problems == ()
    return Edition(loaded.dialogs.dialogs["trip"], loaded.dialogs.words["trip"])


def changes(folder: Path, lock: Lock) -> list[str]:
    loaded = load_sources(folder)
    files = {language: (found.file, found.table) for (_, language), found in loaded.files.items()}
    found = classify(lock, edition(folder), files)
    return [str(change).removeprefix(f"{folder}/") for change in found]


def lock(folder: Path, before: Lock | None = None) -> Lock:
    return lock_of(edition(folder), before, DAY)


CHANGED = [
    ("of: [north, south]", "of: [north, south, west]",
     ['7: adds: "side" has the new option "west".']),
    ("of: [north, south]", "of: [south, north]",
     ['7: adds: the options of "side" stand in another order.']),
    ("max: 2", "max: 2, exclusive: [waste]",
     ['8: narrows: other options of "wish" stand alone.']),
    ("min: 1, max: 9", "min: 1, max: 8",
     ['9: narrows: "count" takes less, 1 to 8: who gave something else is asked again.']),
    ("min: 1, max: 9", "min: 1", ['9: adds: "count" takes more, 1 to any.']),
    ("min: 1, max: 9, optional: true", "min: 1, max: 9",
     ['9: narrows: "count" may be skipped by fewer, or by nobody.']),
    ("private: true}", "private: true, optional: true}",
     ['11: adds: "mail" may be skipped now.']),
    ("when: {side: north, count: {gte: 3}}, ", "",
     ['10: adds: "note" is asked of everybody now.']),
    ("{gte: 3}}, optional", "{gte: 4}}, optional",
     ['10: narrows: "note" is asked under another guard.']),
    ("max: 9, optional", "max: 9, keep: true, optional",
     ['9: adds: "keep" of "count" is another.']),
    ("max: 2}", "max: 2, rev: 2}", ['8: narrows: "wish" must be answered again (rev 2).']),
    ("max: 2}", "max: 2, implied: [{value: [water], when: {side: south}}]}",
     ['8: adds: "wish" is answered by itself in other cases.']),
    ("type: number", "type: year, rev: 2",
     ['9: narrows: "count" must be answered again (rev 2).',
      '9: narrows: "count" was number and is year.']),
    ("id: mail,", "id: post, was: mail,",
     ['11: adds: "post" was called "mail": its answers carry over.']),
    ("      - {id: mail, type: email, private: true}\nretired: [fax]\n", "retired: [fax, mail]\n",
     ['1: narrows: "mail" is retired: its answers are dropped.']),
    ("      - {id: mail", "      - {id: more, type: yesno}\n      - {id: mail",
     ['11: adds: "more" is new.']),
    ("  - {to: far, when: {side: south}}\n", "",
     ["16: adds: the desks are others, or under other guards."]),
    ("{flag: many", "{flag: lots", ["14: adds: the hints for advisors are others."]),
    ("of: [water, waste], max: 2}", "of: [water], max: 2}",
     [('8: breaks: "wish" was published with the option "waste": '
       'raise "rev", or give it a new id.'),
      '8: narrows: "wish" has no option "waste": who chose it is asked again.']),
    ("of: [water, waste], max: 2}", "of: [water], max: 2, rev: 2}",
     ['8: narrows: "wish" has no option "waste": who chose it is asked again.',
      '8: narrows: "wish" must be answered again (rev 2).']),
    ("type: number", "type: year",
     [('9: breaks: "count" was published as number and is year now: '
       'raise "rev", or give it a new id.'),
      '9: narrows: "count" was number and is year.']),
    ("id: mail, type: email", "id: post, type: text, was: mail",
     [('11: breaks: "post" was published as "mail" as email and is text now: '
       'raise "rev", or give it a new id.'),
      '11: narrows: "post" was email and is text.',
      '11: adds: "post" was called "mail": its answers carry over.']),
    ("id: mail,", "id: post,",
     ['1: breaks: "mail" was published and is gone: retire it or name it in "was".',
      '11: adds: "post" is new.']),
    ("      - {id: mail", "      - {id: more, type: yesno, was: mail}\n      - {id: mail",
     ['11: breaks: "was" of "more" names "mail", still asked.',
      '11: adds: "more" is new.']),
    ("      - {id: mail, type: email",
     "      - {id: a, type: email, was: mail}\n      - {id: b, was: mail, type: email",
     ['11: adds: "a" was called "mail": its answers carry over.',
      '12: breaks: "was" of "b" names "mail", as another question does.',
      '12: adds: "b" is new.']),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), CHANGED)
def test_every_change_is_a_sentence_with_its_class_and_place(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    published = lock(write_good(tmp_path))
    assert changes(tmp_path, published) == []
    edit(tmp_path, FILE, old, new)
    found = [line for line in changes(tmp_path, published) if "text" not in line.split(": ")[1]]
    assert found == [f"{FILE}:{each}" for each in expected]
    assert version_of(edition(tmp_path).dialog) != published.version


def test_an_option_that_is_retired_is_asked_again_of_those_who_chose_it(tmp_path: Path) -> None:
    published = lock(write_good(tmp_path))
    edit(tmp_path, FILE, "of: [water, waste]", "of: [water]")
    edit(tmp_path, FILE, "[fax]", "[fax, wish.waste]")
    assert changes(tmp_path, published) == [
        f'{FILE}:8: narrows: "wish" has no option "waste": who chose it is asked again.'
    ]


def test_questions_that_change_places_lose_no_answer(tmp_path: Path) -> None:
    published = lock(write_good(tmp_path))
    lines = DIALOG.splitlines(keepends=True)
    edit(tmp_path, FILE, lines[7] + lines[8], lines[8] + lines[7])
    assert changes(tmp_path, published) == [
        f"{FILE}:1: adds: the questions stand in another order: no answer is lost by it."
    ]


def test_other_words_are_text_and_no_other_version(tmp_path: Path) -> None:
    published = lock(write_good(tmp_path))
    edit(tmp_path, "trip/text.fr.yaml", "ask: Which side?", "ask: Quel bord ?")
    edit(tmp_path, "trip/text.ar.yaml", "title: Trip", "title: Rihla")
    assert changes(tmp_path, published) == [
        "trip/text.ar.yaml:1: text: the dialog's own words are others in Arabic.",
        'trip/text.fr.yaml:5: text: the words of "side" are others in French.',
    ]
    assert version_of(edition(tmp_path).dialog) == published.version


def test_other_words_of_a_consent_are_asked_about(tmp_path: Path) -> None:
    write_good(tmp_path)
    edit(tmp_path, FILE, "id: note, type: text", "id: note, type: consent")
    published = lock(tmp_path)
    edit(tmp_path, "trip/text.de.yaml", "ask: Say more.", "ask: Say yes.")
    (found,) = changes(tmp_path, published)
    assert found.endswith('in German. If they mean something else now, raise "rev".')


def released(folder: Path, before: Lock | None = None) -> Lock:
    made = lock(folder, before)
    (folder / "trip/lock.json").write_text(lock_text(made), "utf-8")
    return made


def problems(folder: Path) -> list[str]:
    content, broken = load_content(folder.parent)
    dialogs_only = Content(content.sources, locks=content.locks)
    found = [str(problem) for problem in (*broken, *check_all(dialogs_only))]
    return [line.removeprefix(f"{folder}/") for line in found if "D11" not in line]


def test_what_was_retired_once_does_not_come_back(tmp_path: Path) -> None:
    folder = write_good(tmp_path / "dialogs")
    (tmp_path / "faq").mkdir()
    first = released(folder)
    edit(folder, FILE, "type: email, private: true}\n", "type: email}\n")
    edit(folder, FILE, "id: mail", "id: post, was: mail")
    edit(folder, FILE, "of: [water, waste]", "of: [water]")
    edit(folder, FILE, "[fax]", "[wish.waste]")
    second = released(folder, first)
    assert second.retired == ("fax", "mail", "wish.waste")
    edit(folder, FILE, "id: post, was: mail, type: email}", "id: mail, was: post, type: email}")
    edit(folder, FILE, "of: [water]", "of: [water, waste]")
    edit(folder, FILE, "[wish.waste]", "[]")
    assert problems(folder) == [
        (
            f'{FILE}:8: D14: the option "waste" of "wish" was retired once: '
            'raise "rev", or give it a new id.'
        ),
        f'{FILE}:11: D14: "mail" was retired once: old answers would be misread.',
    ]


def test_a_revision_never_goes_down(tmp_path: Path) -> None:
    folder = write_good(tmp_path / "dialogs")
    (tmp_path / "faq").mkdir()
    edit(folder, FILE, "max: 2}", "max: 2, rev: 3}")
    released(folder)
    edit(folder, FILE, "rev: 3", "rev: 2")
    assert problems(folder) == [f'{FILE}:8: D15: "rev" of "wish" was 3 and is 2 now.']


def test_a_dialog_that_changed_must_be_released(tmp_path: Path) -> None:
    folder = write_good(tmp_path / "dialogs")
    (tmp_path / "faq").mkdir()
    assert problems(folder) == []
    first = released(folder)
    edit(folder, "trip/text.de.yaml", "Which side?", "Which one?")
    assert problems(folder) == []
    edit(folder, FILE, "min: 1, max: 9", "min: 1, max: 8")
    assert problems(folder) == [
        f'{FILE}:9: D18: changed since its release: run "kpbot dialogs release trip".'
    ]
    released(folder, first)
    assert problems(folder) == []


@pytest.mark.parametrize("text", ['{"questions": {}}', '{"questions": {"a": 1}, "version": "x"}'])
def test_a_lock_that_is_none_is_a_problem(tmp_path: Path, text: str) -> None:
    folder = write_good(tmp_path / "dialogs")
    (tmp_path / "faq").mkdir()
    (folder / "trip/lock.json").write_text(text, "utf-8")
    assert problems(folder) == [
        "trip/lock.json:1: The lock cannot be read: restore it from the last release."
    ]
