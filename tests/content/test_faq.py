"""The FAQ tree as it is loaded, and what its checks say."""

from pathlib import Path

from writing import write

from kpbot.content.checks import Content, check_all, load_content
from kpbot.content.faq import INTENTS, AskedEntry, FaqEntry, load_asked, load_faq
from kpbot.model import LANGUAGES

ENTRY = """\
- id: {id}
  known: all
  questions: ["{id} {language}?"]
  answer: Since 2024, for the Agenda 2030 and its 17 goals.
  source: seed L1
"""


def write_full(folder: Path) -> Path:
    for language in LANGUAGES:
        text = "".join(ENTRY.format(id=name, language=language) for name in INTENTS)
        write(folder, f"faq/{language}/all.yaml", text)
    return folder


def faq_problems(folder: Path) -> list[str]:
    content, _ = load_content(folder)
    alone = Content(content.sources, content.faq, content.asked, content.faq_folder)
    return [str(problem).removeprefix(f"{folder}/faq/") for problem in check_all(alone)]


def test_there_are_48_ids() -> None:
    assert len(INTENTS) == len(set(INTENTS)) == 48


def test_an_entry_as_loaded(tmp_path: Path) -> None:
    text = "- id: x\n  scope: out\n  known: part\n  questions: [a, b]\n"
    text += "  answer: |\n    A\n  source: s\n"
    write(tmp_path, "fr/topic.yaml", text)
    write(
        tmp_path, "asked/fr/topic.yaml", "- id: none\n  questions: [c]\n- id: x\n  questions: [d]\n"
    )
    file = str(tmp_path / "fr" / "topic.yaml")
    entry = FaqEntry("x", "fr", "topic", ("a", "b"), "A", "s", "part", False, file, 1)
    assert load_faq(tmp_path) == ((entry,), ())
    file = str(tmp_path / "asked" / "fr" / "topic.yaml")
    asked = (AskedEntry(None, "fr", ("c",), file, 1), AskedEntry("x", "fr", ("d",), file, 3))
    assert load_asked(tmp_path) == (asked, ())


def test_only_a_shipped_tree_must_have_answers(tmp_path: Path) -> None:
    write(tmp_path, "de/t.yaml", "- id: x\n  questions: [a]\n  answer: ''\n")
    assert load_faq(tmp_path, shipped=False)[1] == ()
    assert [str(problem).removeprefix(f"{tmp_path}/") for problem in load_faq(tmp_path)[1]] == [
        'de/t.yaml:1: "answer" of "x" is missing or empty.',
        'de/t.yaml:1: "known" of "x" is missing or empty.',
        'de/t.yaml:1: "source" of "x" is missing or empty.',
    ]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, "de/t.yaml", "- id: x\n  known: al\n  question: [a]\n")
    write(tmp_path, "ger/t.yaml", "")
    found = [str(problem) for problem in load_faq(tmp_path, shipped=False)[1]]
    assert [problem.removeprefix(f"{tmp_path}/") for problem in found] == [
        'de/t.yaml:1: The key "questions" is missing in "entry".',
        'de/t.yaml:2: "known" must be one of all, part, none, not "al". (did you mean "all"?)',
        'de/t.yaml:3: Unknown key "question" in "entry". (did you mean "questions"?)',
        'ger:1: Unknown language "ger".',
    ]


def test_a_full_tree_has_no_problem(tmp_path: Path) -> None:
    (tmp_path / "dialogs").mkdir()
    assert faq_problems(write_full(tmp_path)) == []


def test_what_the_checks_say(tmp_path: Path) -> None:
    (tmp_path / "dialogs").mkdir()
    write_full(tmp_path)
    extra = ENTRY.format(id="travel_cost", language="fr").replace(
        "17 goals", "12.5 % from 01.02.2027"
    )
    extra += ENTRY.format(id="topic_fit", language="fr").replace("known: all", "known: none")
    extra += ENTRY.format(id="other_x", language="fr").replace("known", "scope: out\n  known")
    extra = extra.replace("other_x fr?", "travel_costs, FR!")
    write(tmp_path, "faq/fr/more.yaml", extra)
    write(tmp_path, "faq/asked/de/all.yaml", "- id: travel_kosts\n  questions: [a]\n")
    assert faq_problems(tmp_path) == [
        'ar:1: F01: the Arabic entry "other_x" is missing.',
        (
            'asked/de/all.yaml:1: F07: no entry is called "travel_kosts". '
            '(did you mean "travel_costs"?)'
        ),
        'de:1: F01: the German entry "other_x" is missing.',
        'en:1: F01: the English entry "other_x" is missing.',
        (
            'fr/more.yaml:1: F02: "travel_cost" is not one of the 48 ids. '
            '(did you mean "travel_costs"?)'
        ),
        'fr/more.yaml:1: F05: the answer of "travel_cost" names 01.02.2027; no source gives it.',
        'fr/more.yaml:1: F05: the answer of "travel_cost" names 12.5; no source gives it.',
        f'fr/more.yaml:6: F03: "topic_fit" stands already in {tmp_path}/faq/fr/all.yaml:46.',
        'fr/more.yaml:6: F04: "known" of "topic_fit" is "none", in German it is "all".',
        'fr/more.yaml:11: F06: "travel_costs, FR!" stands for "other_x" and for "travel_costs".',
    ]
