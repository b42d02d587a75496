"""An operator's own words that are older than the release are told of at the start."""

import shutil
from pathlib import Path

import pytest

from kpbot.app import BrokenContent, build_house
from kpbot.settings import Settings

SHIPPED = Path(__file__).parents[2]


def test_words_that_are_missing_are_told_of_with_their_file(tmp_path: Path) -> None:
    for part in ("dialogs", "faq", "events"):
        shutil.copytree(SHIPPED / part, tmp_path / part)
    for words in (tmp_path / "dialogs" / "service").glob("text.*.yaml"):
        kept = [
            line for line in words.read_text("utf-8").splitlines() if "advisor_joined" not in line
        ]
        words.write_text("\n".join(kept), "utf-8")
    with pytest.raises(BrokenContent) as broken:
        build_house(Settings(data_dir=tmp_path / "data", content_dir=tmp_path))
    told = [str(problem) for problem in broken.value.problems]
    assert len(told) == 4
    assert all("D20" in each and '"advisor_joined"' in each for each in told)


def test_the_shipped_words_as_ones_own_are_whole(tmp_path: Path) -> None:
    build_house(Settings(data_dir=tmp_path, content_dir=SHIPPED))
