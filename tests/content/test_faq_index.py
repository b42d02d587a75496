"""Compiled indexes: the same matches from the cache, and no harm from a bad one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kpbot.content import faq_index
from kpbot.content.faq_index import lazy_matcher, load_indexes, read_index, write_index
from kpbot.understand.faq import Entry, build_index, match

TEXTS = ("who pays the flight", "deadline?", "reach somebody", "xyz", "")
TREE = """
- id: flight
  questions: ["Who pays for flights?", "travel costs", "plane ticket"]
- id: deadline
  questions: ["When is the deadline?", "closing date"]
- id: tax
  scope: out
  questions: ["tax return", "income tax office"]
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "faq"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "all.yaml").write_text(TREE, "utf-8")
    return folder


def test_the_round_trip_gives_identical_matches(tmp_path: Path) -> None:
    entries = [
        Entry("one", "ar", ("من يدفع؟", "chkoun ykhalles")),
        Entry("two", "ar", ("متى الأجل؟",), in_scope=False),
    ]
    index = build_index(entries, frozenset({"one"}))
    write_index(index, tmp_path / "index.npz")
    again = read_index(tmp_path / "index.npz")
    for text in ("من يدفع", "chkoun", "متى", "?"):
        assert match(text, again, explain=True) == match(text, index, explain=True)
    assert again.ids == index.ids
    assert np.array_equal(again.strict, index.strict)


def test_an_empty_index_survives_the_round_trip(tmp_path: Path) -> None:
    write_index(build_index([]), tmp_path / "index.npz")
    assert match("hello", read_index(tmp_path / "index.npz")).decision == "none"


def test_the_second_load_reads_the_cache(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_indexes(tree, tmp_path / "cache")["en"]
    monkeypatch.setattr(faq_index.faq, "build_index", None)
    second = load_indexes(tree, tmp_path / "cache")["en"]
    assert [match(text, first) for text in TEXTS] == [match(text, second) for text in TEXTS]


def test_changed_content_is_built_anew(tree: Path, tmp_path: Path) -> None:
    load_indexes(tree, tmp_path / "cache")["en"]
    (tree / "en" / "all.yaml").write_text(TREE.replace("closing date", "final call"), "utf-8")
    assert match("final call", load_indexes(tree, tmp_path / "cache")["en"]).id == "deadline"
    assert len(list((tmp_path / "cache").iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_broken_cache_is_rebuilt(tree: Path, tmp_path: Path, damage: bytes | None) -> None:
    load_indexes(tree, tmp_path / "cache")["en"]
    (file,) = (tmp_path / "cache").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert match("travel costs", load_indexes(tree, tmp_path / "cache")["en"]).id == "flight"
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_does_no_harm(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    assert match("travel costs", load_indexes(tree, tmp_path / "cache")["en"]).id == "flight"


def test_languages_without_entries_match_nothing(tree: Path, tmp_path: Path) -> None:
    indexes = load_indexes(tree, tmp_path / "cache")
    assert list(indexes) == ["en"]
    assert "de" not in indexes
    matcher = lazy_matcher(tree, faq_index.load_faq(tree, shipped=False)[0], tmp_path / "cache")
    assert matcher("Wer zahlt?", "de").decision == "none"
    assert matcher("travel costs", "en").id == "flight"
