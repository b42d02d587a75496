"""What is written in dialog.yaml and its words is what the engine gets."""

from datetime import timedelta
from pathlib import Path

import pytest
from writing import DIALOG, edit, write, write_good

from kpbot.content.dialogs import load_dialogs
from kpbot.engine.dialog import Dialog, Flag, Outcome, Phrase, Question
from kpbot.engine.guards import All, AnyOf, AtLeast, Below, Guard, Has, HasAnswer, Is, IsNot


def load(folder: Path) -> Dialog:
    dialogs, problems = load_dialogs(folder)
    assert problems == ()
    return dialogs.dialogs["trip"]


def sentences(folder: Path) -> list[str]:
    _, problems = load_dialogs(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in problems]


def test_a_whole_dialog(tmp_path: Path) -> None:
    dialog = load(write_good(tmp_path))
    north_and_many = All((Is("side", ("north",)), AtLeast("count", 3)))
    assert dialog == Dialog(
        name="trip",
        version=dialog.version,
        questions=(
            Question("side", "choice", "all", of=("north", "south"), line=7),
            Question("wish", "choices", "all", of=("water", "waste"), maximum=2, line=8),
            Question("count", "number", "all", optional=True, minimum=1, maximum=9, line=9),
            Question(
                "note",
                "text",
                "all",
                when=north_and_many,
                optional=Has("wish", ("water",)),
                line=10,
            ),
            Question("mail", "email", "all", private=True, line=11),
        ),
        outcomes=(Outcome("far", Is("side", ("south",)), 16), Outcome("near", None, 17)),
        flags=(Flag("many", AtLeast("count", 3), 14),),
        remind=(timedelta(days=2),),
        expire=timedelta(days=7),
        tries=3,
        retired=("fax",),
        file=str(tmp_path / "trip" / "dialog.yaml"),
    )


GUARD_DIALOG = """\
dialog: trip
sections:
  - section: all
    ask:
      - {id: sure, type: yesno}
      - {id: word, type: choice, of: [yes, no]}
      - {id: several, type: choices, of: [a, b]}
      - {id: number, type: number}
      - {id: last, type: text, when: GUARD}
outcomes: [{to: near}]
"""


@pytest.mark.parametrize(
    ("written", "guard"),
    [
        ("{sure: yes}", Is("sure", (True,))),
        ("{sure: {not: no}}", IsNot("sure", (False,))),
        ("{word: yes}", Is("word", ("yes",))),
        ("{word: [yes, no]}", Is("word", ("yes", "no"))),
        ("{word: {not: [yes]}}", IsNot("word", ("yes",))),
        ("{several: {has: a}}", Has("several", ("a",))),
        ("{several: {has: [a, b]}}", Has("several", ("a", "b"))),
        ("{number: {gte: 2, lt: 5}}", All((AtLeast("number", 2), Below("number", 5)))),
        ("{number: {answered: yes}}", HasAnswer("number", True)),
        ("{number: {answered: no}}", HasAnswer("number", False)),
        ("{sure: yes, word: no}", All((Is("sure", (True,)), Is("word", ("no",))))),
        ("{all: [{sure: yes}, {word: no}]}", All((Is("sure", (True,)), Is("word", ("no",))))),
        ("{any: [{sure: yes}, {word: no}]}", AnyOf((Is("sure", (True,)), Is("word", ("no",))))),
    ],
)
def test_guards(tmp_path: Path, written: str, guard: Guard) -> None:
    write(tmp_path, "trip/dialog.yaml", GUARD_DIALOG.replace("GUARD", written))
    assert load(tmp_path).by_id["last"].when == guard


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{}", ['"when" is empty.']),
        ("sure", ['"when" must be a mapping (key: value).']),
        ("{any: []}", ['"any" is empty.']),
        ("{word: []}", ['"word" is empty.']),
        ("{number: {gt: 2}}", ['Unknown operator "gt" on "number". (did you mean "gte"?)']),
        ("{number: {gte: two}}", ['"gte" must be a whole number, not "two".']),
        ("{number: {answered: x}}", ['"answered" must be yes or no, not "x".']),
    ],
)
def test_guards_that_cannot_be_read(tmp_path: Path, written: str, expected: list[str]) -> None:
    write(tmp_path, "trip/dialog.yaml", GUARD_DIALOG.replace("GUARD", written))
    assert sentences(tmp_path) == [f"trip/dialog.yaml:9: {sentence}" for sentence in expected]


def test_implied_other_and_marks(tmp_path: Path) -> None:
    dialog = DIALOG.replace(
        "- {id: mail, type: email, private: true}",
        "- {id: mail, type: choice, of: [a, b], exclusive: [b], other: b, other_text: note, "
        "cut: yes, keep: true, default: language, rev: 3, was: post, optional: yes, "
        "implied: [{value: a, when: {side: north}}]}",
    )
    assert load(write_good(tmp_path, dialog)).by_id["mail"] == Question(
        "mail",
        "choice",
        "all",
        of=("a", "b"),
        optional=True,
        implied=((Is("side", ("north",)), "a"),),
        exclusive=("b",),
        other="b",
        other_text="note",
        cut=True,
        keep=True,
        default_language=True,
        revision=3,
        was="post",
        line=11,
    )


def test_words_and_borrowed_options(tmp_path: Path) -> None:
    write_good(tmp_path)
    edit(
        tmp_path,
        "trip/text.fr.yaml",
        "    options:\n      water: {say: Water_fr}\n      waste: {say: Waste_fr}\n",
        "    options: side\n",
    )
    dialogs, problems = load_dialogs(tmp_path)
    assert problems == ()
    options = {
        "north": Phrase("North_fr", also=("up_fr",)),
        "south": Phrase("South_fr", near=("down_fr",)),
    }
    assert dialogs.question_words("trip", "side", "fr").options == options
    assert dialogs.question_words("trip", "wish", "fr").options == options
    assert dialogs.question_words("trip", "count", "fr").wrong == {"range": "From {min} to {max}"}
    assert dialogs.service["ar"].yes == ("yesar",)
    assert dialogs.service["ar"].offers["answer"] == {"yes": Phrase("sure ar")}


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    write_good(tmp_path)
    edit(tmp_path, "trip/dialog.yaml", "dialog: trip", "dialog: tripp")
    edit(tmp_path, "trip/dialog.yaml", "type: number", "type: nummber")
    edit(tmp_path, "trip/dialog.yaml", "private: true", "privat: true")
    edit(tmp_path, "trip/dialog.yaml", "id: note", "id: any")
    edit(tmp_path, "trip/text.de.yaml", "ask: How many?", "aks: How many?")
    edit(tmp_path, "trip/text.en.yaml", "water: {say: Water_en}", "water: Water_en")
    write(tmp_path, "trip/text.it.yaml", "title: Viaggio\n")
    write(tmp_path, "empty/text.de.yaml", "title: Empty\n")
    assert sentences(tmp_path) == [
        "empty/dialog.yaml:1: The file cannot be opened: No such file or directory.",
        (
            'trip/dialog.yaml:1: The dialog is called "tripp" but lies in "trip". '
            '(did you mean "trip"?)'
        ),
        'trip/dialog.yaml:9: Unknown type "nummber". (did you mean "number"?)',
        'trip/dialog.yaml:10: "any" cannot be an id: letters, digits and _ only, not all or any.',
        'trip/dialog.yaml:11: Unknown key "privat" in "question". (did you mean "private"?)',
        'trip/text.de.yaml:17: Unknown key "aks" in "count". (did you mean "ask"?)',
        'trip/text.en.yaml:15: "water" must be a mapping (key: value).',
        'trip/text.it.yaml:1: Unknown language "it".',
    ]


def test_the_version_is_the_meaning_and_nothing_else(tmp_path: Path) -> None:
    version = load(write_good(tmp_path / "a")).version
    moved = "# a comment moves every line\n" + DIALOG
    assert load(write_good(tmp_path / "b", moved)).version == version
    assert len(version) == 12
    edits = (
        ("of: [north, south]", "of: [north, south, west]"),
        ("max: 9", "max: 10"),
        ("count: {gte: 3}}, opt", "count: {gte: 4}}, opt"),
        ("to: near", "to: nearer"),
        ("id: mail", "id: email"),
    )
    for number, (old, new) in enumerate(edits):
        changed = load(write_good(tmp_path / str(number), DIALOG.replace(old, new)))
        assert changed.version != version, new


def test_the_summary_is_kept_as_written(tmp_path: Path) -> None:
    write(write_good(tmp_path), "trip/summary.de.j2", "Name: {{ name }}\n")
    assert load(tmp_path).summary == "Name: {{ name }}\n"
