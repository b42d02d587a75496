"""What strict files refuse, in the words their author reads."""

from datetime import timedelta
from pathlib import Path

import pytest

from kpbot.content.problems import Problem, probable
from kpbot.content.strict import Items, Table, Word, read
from kpbot.content.strict_fields import Reader


def complaints(path: Path, text: str | bytes) -> list[tuple[int, str]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    problems: list[Problem] = []
    read(path, problems)
    return [(problem.line, problem.sentence) for problem in problems]


def test_every_scalar_stays_a_word(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a: [yes, no, on, 1, 1.0, null, ~, 2024-01-01, '']\nb:\n")
    problems: list[Problem] = []
    words = ["yes", "no", "on", "1", "1.0", "null", "~", "2024-01-01", ""]
    expected = Table(
        1,
        {"a": Items(1, [Word(1, word) for word in words]), "b": Word(2, "")},
        {"a": 1, "b": 2},
    )
    assert read(path, problems) == expected
    assert problems == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "The file is empty.")]),
        ("a: 1\nb: 2\na: 3\n", [(3, 'The key "a" stands already in line 1.')]),
        ("a: &x 1\n", [(1, "Anchors are not allowed: leave &x out.")]),
        (
            "a: &x 1\nb: *x\n",
            [
                (1, "Anchors are not allowed: leave &x out."),
                (2, "Aliases are not allowed: write *x out."),
            ],
        ),
        ("a: !!str 1\n", [(1, "Tags are not allowed: leave tag:yaml.org,2002:str out.")]),
        ("? [a]\n: b\n", [(1, "A key must be a word.")]),
        ("--- a\n--- b\n", [(2, "A file holds one document; here begins another.")]),
        (
            "a:\n  b: c: d\n",
            [(2, "This is not YAML: mapping values are not allowed in this context.")],
        ),
        ("a: [1\n", [(1, "This is not YAML: did not find expected ',' or ']'.")]),
        ("é: 1\na: \x07\n", [(2, "The file holds a character that YAML does not allow.")]),
        (b"a: 1\nb: \xff\n", [(2, "The file is not UTF-8 text.")]),
        ("[" * 21 + "]" * 21, [(1, "The file is nested more than 20 levels deep.")]),
        ("- 1\n" * 50_001, [(50_000, "The file has more than 50000 values.")]),
        ("# " + "x" * 1_000_000, [(1, "The file is larger than 1000000 bytes.")]),
    ],
)
def test_what_is_refused(
    tmp_path: Path, text: str | bytes, expected: list[tuple[int, str]]
) -> None:
    assert complaints(tmp_path / "file.yaml", text) == expected


def test_a_bomb_of_aliases_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found = complaints(tmp_path / "file.yaml", "\n".join(lines))
    assert len(found) == 12 + 11 * 9


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    problems: list[Problem] = []
    path = tmp_path / "none.yaml"
    assert read(path, problems) is None
    assert [str(problem) for problem in problems] == [
        f"{path}:1: The file cannot be opened: No such file or directory."
    ]


def test_readers_collect_everything_at_once(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(
        "idd: x\nwords: [a, '', [b]]\nflag: maybe\nwhole: 1.5\n"
        "span: 2 days\nlist: {a: b}\nword: []\n"
    )
    reader = Reader("file.yaml")
    known = ("words", "flag", "whole", "span", "list", "word")
    fields = reader.fields(read(path, reader.problems), "thing", known, required=("id",))
    assert fields.words("words") == ("a",)
    assert fields.flag("flag") is False
    assert fields.whole("whole") is None
    assert reader.duration(fields.get("span"), "span") is None
    assert fields.items("list") == []
    assert fields.word("word") == ""
    assert [str(problem) for problem in sorted(reader.problems)] == [
        'file.yaml:1: The key "id" is missing in "thing".',
        'file.yaml:1: Unknown key "idd" in "thing". (did you mean "id"?)',
        'file.yaml:2: "words" is empty.',
        'file.yaml:2: "words" must be a word.',
        'file.yaml:3: "flag" must be yes or no, not "maybe".',
        'file.yaml:4: "whole" must be a whole number, not "1.5".',
        'file.yaml:5: "span" must be a duration such as 2d, 12h or 30m, not "2 days".',
        'file.yaml:6: "list" must be a list.',
        'file.yaml:7: "word" must be a word.',
    ]


@pytest.mark.parametrize(
    ("word", "span"),
    [("2d", timedelta(days=2)), ("12h", timedelta(hours=12)), ("30m", timedelta(minutes=30))],
)
def test_durations(word: str, span: timedelta) -> None:
    assert Reader("file").duration(Word(1, word), "x") == span


def test_nothing_is_suggested_for_a_word_that_is_like_none() -> None:
    assert probable("optonal", ["optional", "of"]) == "optional"
    assert probable("zebra", ["optional", "of"]) == ""
