"""For each lint: a good folder has no problem, a bad one the sentence its author reads."""

import json
from pathlib import Path

import pytest
from writing import edit, write, write_good

from kpbot.cli.authoring import check
from kpbot.content.checks import (
    Content,
    check_all,
    covered_names,
    dialogs_lock,
    load_content,
    uncovered,
)
from kpbot.content.dialogs import load_dialogs, load_sources

DIALOG = "trip/dialog.yaml"
NOTE = "when: {side: north, count: {gte: 3}}, optional: {wish: {has: water}}"


def complaints(folder: Path) -> list[str]:
    problems = check_all(Content(load_sources(folder)))
    return [str(problem).removeprefix(f"{folder}/") for problem in problems]


def test_a_good_folder_has_no_problem(tmp_path: Path) -> None:
    assert complaints(write_good(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: mail", "id: note", '11: D01: the question "note" stands already in line 10.'),
        ("[north, south]", "[north, south, south]",
         '7: D01: the option of "side" "south" stands already in line 7.'),
        ("flags:\n", "flags:\n  - {flag: many, when: {side: north}}\n",
         '15: D01: the flag "many" stands already in line 14.'),
        ("{side: north, ", "{sied: north, ",
         '10: D02: the guard of "note" names the unknown question "sied". (did you mean "side"?)'),
        ("of: [north, south]", "of: [north, south], other: sout",
         '7: D02: "other" of "side" names the unknown option "sout". (did you mean "south"?)'),
        ("of: [north, south]", "of: [north, south], other_text: notes",
         ('7: D02: "other_text" of "side" names the unknown question "notes". '
         '(did you mean "note"?)')),
        ("{id: side, ", "{id: side, when: {wish: {has: water}}, ",
         '7: D03: the guard of "side" names "wish", which is not asked before.'),
        ("{side: north, ", "{side: nort, ",
         ('10: D04: the guard of "note" compares "side" with "nort", which is none of its options. '
         '(did you mean "north"?)')),
        ("{wish: {has: water}}", "{wish: water}",
         ('10: D04: "optional" of "note" compares "wish", which has several answers: use has. '
         '(did you mean "has"?)')),
        ("{side: north, ", "{side: {has: north}, ",
         '10: D04: the guard of "note" uses has on "side", whose type is choice and not choices.'),
        ("{side: north, ", "{side: {gte: 3}, ",
         ('10: D04: the guard of "note" uses gte or lt on "side", '
         "whose type is choice and no number.")),
        ("when: {side: south}", "when: {note: hello}",
         ('16: D04: the outcome "far" compares "note", whose type is text: '
         "only answered can be asked of it.")),
        ("min: 1, max: 9", "min: 10, max: 9", '9: D04: "min" of "count" is above its "max".'),
        ("max: 2}", "min: 3}",
         '8: D04: "min" of "wish" asks for more options than can be chosen together.'),
        ("optional: true}", "implied: [{value: 12, when: {side: north}}]}",
         '9: D04: "implied" of "count" gives "12", which is no answer to it.'),
        ("gte: 3}}, opt", "gte: 10}}, opt",
         '10: D05: "note" is never asked: no answers make its guard true.'),
        (NOTE, "when: {side: [north, south]}",
         '10: D06: the guard of "note" is always true: leave "when" out.'),
        ("{has: water}}", "{has: [water, waste]}}",
         '10: D06: "optional" of "note" is always true: write "optional: yes".'),
        ("max: 2}", "implied: [{value: [water], when: {side: [north, south]}}]}",
         '8: D05: "wish" is never asked: its answer is always implied.'),
        ("{count: {gte: 3}}}", "{count: {gte: 10}}}", '14: D06: the flag "many" is never raised.'),
        ("{count: {gte: 3}}}", "{side: {answered: yes}}}",
         '14: D06: the flag "many" is always raised.'),
        ("{to: near}", "{to: near, when: {count: {gte: 2}}}",
         ("17: D09: there is no outcome for side = north, count = (skipped): "
         "end with one that has no guard.")),
        ("{to: near}", "{to: near, when: {side: north}}",
         '17: D06: the guard of the outcome "near" is always true by then.'),
        ("{side: south}}", "{side: [south, north]}}",
         ('16: D06: the guard of the outcome "far" is always true by then.\n'
         f'{DIALOG}:17: D10: the outcome "near" is never chosen.')),
        ("[fax]", "[fax, mail]", '11: D14: "mail" is retired: old answers would be misread.'),
        ("private: true}", "private: true}\n      - {id: tone, type: yesno, private: true}",
         "TONE"),
    ],
)  # fmt: skip
def test_dialog_lints(tmp_path: Path, old: str, new: str, expected: str) -> None:
    edit(write_good(tmp_path), DIALOG, old, new)
    if expected == "TONE":
        edit(tmp_path, DIALOG, "{side: south}}", "{tone: yes}}")
        expected = '17: D17: the outcome "far" depends on the private "tone".'
    found = [problem for problem in complaints(tmp_path) if "D11" not in problem]
    assert found == f"{DIALOG}:{expected}".split("\n")


def test_that_something_private_was_answered_is_not_private(tmp_path: Path) -> None:
    write_good(tmp_path)
    edit(tmp_path, DIALOG, "private: true}", "private: true, optional: true}")
    edit(tmp_path, DIALOG, "{count: {gte: 3}}}", "{mail: {answered: no}}}")
    assert complaints(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("trip/text.de.yaml", "also: [up_de]", "also: [SOUTH-de, South de]",
         '10: D07: "South_de" is the option "south" and the option "north" of "side".'),
        ("trip/text.fr.yaml", "near: [down_fr]", "near: [UP de]",
         '10: D07: "UP de" is the option "south" and the option "north" (German) of "side".'),
        ("trip/text.fr.yaml", "near: [down_fr]", 'near: ["…"]',
         '10: D07: "…", the option "south" of "side", has no letter or digit to type.'),
        ("trip/text.fr.yaml", "also: [up_fr]", "also: [Back de]",
         '9: D08: "Back de" is the option "north" of "side" and the service word "back" (German).'),
        ("service/text.fr.yaml", "yes: [yesfr]", "yes: [Skip fr!]",
         'LINE: D08: "Skip fr!" is a word for "yes" and the service word "skip".'),
        ("service/text.fr.yaml", "say: skip fr", "say: back de",
         'LINE: D08: "back de" is the service word "skip" and the service word "back" (German).'),
        ("trip/text.ar.yaml", "{ask: How many?, short: Count, ", "{short: Count, ",
         '17: D11: the key "questions.count.ask" is missing.'),
        ("trip/text.ar.yaml", "  mail: {ask: Your mail?, short: Mail}\n", "",
         '4: D11: the key "questions.mail" is missing.'),
        ("trip/text.ar.yaml", "  mail: {ask", "  meil: {ask: x}\n  mail: {ask",
         ('19: D11: the key "questions.meil" is left over: nothing needs it. '
         '(did you mean "mail"?)')),
        ("trip/text.ar.yaml", "water: {say: Water_ar}", "water: {say: W}\n      air: {say: A}",
         '16: D11: the key "questions.wish.options.air" is left over: nothing needs it.'),
        ("service/text.en.yaml", "  status: {say: status en}\n", "",
         '2: D11: the key "commands.status" is missing.'),
        ("trip/text.ar.yaml", "From {min} to {max}", "From {min}",
         '17: D12: "questions.count.wrong.range" has {min}, in German it has {max}, {min}.'),
        ("trip/text.ar.yaml", "ask: Which side?", 'ask: "Which { side?"',
         '6: D12: a brace in "questions.side.ask" belongs to no placeholder.'),
        ("trip/text.ar.yaml", "say: North_ar", f"say: {'N' * 61}",
         '9: D13: the button "questions.side.options.north" has 61 characters, 60 are possible.'),
    ],
)  # fmt: skip
def test_word_lints(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    edit(write_good(tmp_path), file, old, new)
    lines = (tmp_path / file).read_text("utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if new in text), 0)
    assert complaints(tmp_path) == [f"{file}:{expected.replace('LINE', str(line))}"]


def test_a_missing_language(tmp_path: Path) -> None:
    write_good(tmp_path)
    (tmp_path / "trip/text.fr.yaml").unlink()
    (tmp_path / "service/text.ar.yaml").unlink()
    assert complaints(tmp_path) == [
        "service/text.ar.yaml:1: D11: the Arabic words are missing.",
        "trip/text.fr.yaml:1: D11: the French words are missing.",
    ]


def test_a_private_answer_in_a_sentence(tmp_path: Path) -> None:
    write_good(tmp_path)
    for language in ("de", "fr", "ar", "en"):
        edit(tmp_path, f"trip/text.{language}.yaml", "{reference}", "{mail}")
    assert complaints(tmp_path) == [
        f'trip/text.{language}.yaml:2: D17: "done" shows the private "mail".'
        for language in ("ar", "de", "en", "fr")
    ]


def test_a_released_meaning_stays(tmp_path: Path) -> None:
    folder = write_good(tmp_path / "dialogs")
    (tmp_path / "faq").mkdir()
    dialogs, _ = load_dialogs(folder)
    lock = dialogs_lock(dialogs.dialogs["trip"])
    write(folder, "trip/lock.json", json.dumps(lock))

    def found() -> list[str]:
        content, problems = load_content(tmp_path)
        assert problems == ()
        every = check_all(Content(content.sources, locks=content.locks))
        return [
            str(problem).removeprefix(f"{folder}/") for problem in every if "D15" in str(problem)
        ]

    assert found() == []
    edit(folder, DIALOG, "of: [north, south]", "of: [north, south, west]")
    assert found() == []
    edit(folder, DIALOG, "of: [water, waste]", "of: [water]")
    edit(folder, DIALOG, "id: mail, type: email", "id: post, type: email, was: side")
    edit(folder, DIALOG, "id: count, type: number", "id: count, type: year")
    assert found() == [
        'trip/dialog.yaml:1: D15: "mail" was published and is gone: retire it or name it in "was".',
        (
            'trip/dialog.yaml:8: D15: "wish" was published with the option "waste": '
            'raise "rev", or give it a new id.'
        ),
        (
            'trip/dialog.yaml:9: D15: "count" was published as number and is year now: '
            'raise "rev", or give it a new id.'
        ),
        'trip/dialog.yaml:11: D15: "was" of "post" names "side", still asked.',
    ]
    edit(folder, DIALOG, "was: side", "was: mail")
    edit(folder, DIALOG, "of: [water]", "of: [water], rev: 2")
    edit(folder, DIALOG, "type: year", "type: year, rev: 2")
    assert found() == []


def test_a_broken_lock_is_a_problem(tmp_path: Path) -> None:
    write(write_good(tmp_path / "dialogs"), "trip/lock.json", "[]")
    (tmp_path / "faq").mkdir()
    _, problems = load_content(tmp_path)
    assert [str(problem).removeprefix(f"{tmp_path}/dialogs/") for problem in problems] == [
        "trip/lock.json:1: The lock cannot be read: restore it from the last release."
    ]


def test_what_no_chat_covers(tmp_path: Path) -> None:
    dialogs, _ = load_dialogs(write_good(tmp_path))
    names = covered_names(dialogs.dialogs["trip"])
    assert names == {
        "trip.side": 7,
        "trip.wish": 8,
        "trip.count": 9,
        "trip.note": 10,
        "trip.mail": 11,
        "trip.side=north": 10,
        "trip.wish=water": 10,
        "trip.side=south": 16,
        "trip>far": 16,
        "trip>near": 17,
    }
    found = uncovered(dialogs, names.keys() - {"trip.note", "trip>far"})
    assert [str(problem).removeprefix(f"{tmp_path}/") for problem in found] == [
        'trip/dialog.yaml:10: D16: no chat covers "trip.note".',
        'trip/dialog.yaml:16: D16: no chat covers "trip>far".',
    ]


def test_too_many_answers_fail_and_name_the_guards(tmp_path: Path) -> None:
    questions = "".join(f"      - {{id: q{number}, type: yesno}}\n" for number in range(16))
    guard = ", ".join(f"q{number}: yes" for number in range(16))
    write(
        tmp_path,
        DIALOG,
        "dialog: trip\nsections:\n  - section: all\n    ask:\n"
        f"{questions}      - {{id: last, type: text, when: {{{guard}}}}}\n"
        "outcomes: [{to: near}]\n",
    )
    named = ", ".join(f"q{number}" for number in range(16))
    assert [problem for problem in complaints(tmp_path) if "D11" not in problem] == [
        (
            f'{DIALOG}:21: D05: the guards of "last" cannot be checked: there are more than 20000 '
            f"combinations of answers to {named}. Use fewer of them, or split the dialog."
        )
    ]


STALE = """
- uid: long-ago
  kind: seminar
  title: {de: Seminar, fr: Séminaire, ar: ندوة, en: Seminar}
  start: 2099-05-05T10:00
  end: 2099-05-05T12:00
  zone: Europe/Berlin
  place: Musterhaus
  source: Rundschreiben
  as_of: 2020-01-10
  valid_until: 2020-02-10
"""
RUN_OUT = """
- intent: funding_amount
  value: "1000"
  source: Rundschreiben
  as_of: 2020-01-10
  valid_until: 2020-12-31
"""


def test_the_command_says_what_has_run_out_by_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_good(tmp_path / "dialogs")
    for name, text in (("events/a.yaml", STALE), ("faq/facts.yaml", RUN_OUT)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "events/b.yaml").write_text(
        STALE.replace("long-ago", "to-come").replace("2020-0", "2098-0"), "utf-8"
    )
    assert check(tmp_path, None, as_json=False) == 1
    said = capsys.readouterr().out
    assert 'E04: "valid_until" has passed: confirm "long-ago" anew' in said
    assert 'A03: the fact on "funding_amount" has run out' in said
    assert 'E12: "as_of" lies in the future.' in said
    assert said.count("E04") == said.count("E12") == 1
