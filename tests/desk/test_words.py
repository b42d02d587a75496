"""The desk's words: the same in both languages, chosen, kept, and none missing."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from working import Office

from kpbot.desk.canned import OVERRIDE, load_canned, read_canned
from kpbot.desk.wording import words_in
from kpbot.house import House
from kpbot.model import LANGUAGES
from kpbot.store.database import Database

PLACES = re.compile(r"\{[a-z]+\}")


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    german, english = words_in("de"), words_in("en")
    assert list(german) == list(english)
    for key, text in german.items():
        assert text.strip(), key
        assert PLACES.findall(text) == PLACES.findall(english[key]), key


def test_every_word_of_a_template_is_there() -> None:
    known = set(words_in("de"))
    for path in (files("kpbot.desk") / "templates").iterdir():
        if not path.name.startswith(("login", "refused", "ended")):
            used = set(re.findall(r"words\.([a-z_]+)", path.read_text("utf-8"))) - {"get"}
            assert used <= known, path.name


async def test_the_language_is_chosen_and_kept(database: Database, house: House) -> None:
    office = Office(database, house)
    async with office.browser(office.invite()) as browser:
        german = await browser.get("/desk")
        assert '<html lang="de"' in german.text
        assert "set-cookie" not in german.headers
        assert '<html lang="en"' in (await browser.get("/desk?language=en")).text
        assert '<html lang="en"' in (await browser.get("/desk")).text
        odd = await browser.get("/desk?language=%22%3E")
        assert "set-cookie" not in odd.headers


def test_the_shipped_answers_fill_in_name_and_reference(tmp_path: Path) -> None:
    found, problems = load_canned(tmp_path)
    assert not problems
    assert 6 <= len(found) <= 10
    assert all(each.title_in("en") != each.title_in("de") for each in found)
    for each in found:
        for language in LANGUAGES:
            named = each.filled(language, "Frau {reference} Kern", "KP-ABCDE")
            nameless = each.filled(language, "", "KP-ABCDE")
            assert "{name}" not in named + nameless
            assert "{reference}" not in nameless
            assert "  " not in nameless
            assert nameless[0].strip()
            assert " ،" not in nameless
            assert " ," not in nameless.replace(" , ", "")


def test_the_operators_own_answers_take_their_place(tmp_path: Path) -> None:
    own = tmp_path / OVERRIDE
    own.parent.mkdir()
    own.write_text(
        "answers:\n- {id: a, title: A, de: Hallo, fr: Salut, ar: سلام, en: Hi}\n", "utf-8"
    )
    (answer,), problems = load_canned(tmp_path)
    assert not problems
    assert answer.filled("fr", "", "") == "Salut"
    assert (answer.title_in("de"), answer.title_in("en")) == ("A", "A")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("answers:\n- {id: a, title: A, de: a, fr: b, ar: c}\n", 'The key "en" is missing'),
        ("answers:\n- {id: a, title: A, de: a, fr: b, ar: c, en: '{nam}'}\n", "holds braces"),
        ("answers:\n- {id: a, titel: A, de: a, fr: b, ar: c, en: d}\n", 'Unknown key "titel"'),
        ("answers: [\n", "not YAML"),
        (f"answers:\n- {{id: a, title: A, de: a, fr: b, ar: c, en: {'x' * 3501}}}\n", "longer"),
        (
            "answers:\n" + 2 * "- {id: a, title: A, de: a, fr: b, ar: c, en: d}\n",
            "two answers",
        ),
    ],
)
def test_what_is_wrong_with_answers_is_said(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "canned.yaml"
    path.write_text(text, "utf-8")
    _, problems = read_canned(path)
    assert any(complaint in str(each) for each in problems), problems
