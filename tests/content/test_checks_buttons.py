"""Ids that no button of Telegram could carry are named, and no others."""

from pathlib import Path

import pytest
from writing import edit, write_good

from kpbot.channels.telegram.payload import OPEN, Payload, encode
from kpbot.content.checks import Content, load_content
from kpbot.content.checks_buttons import LONGEST_PAIR, button_ids
from kpbot.content.dialogs import load_sources
from kpbot.content.faq import FaqEntry

SHIPPED = Path(__file__).parents[2]
LATE_TURN = 36**4 - 1


def test_what_the_check_allows_every_button_carries() -> None:
    for length in range(1, LONGEST_PAIR):
        question, choice = "q" * length, "c" * (LONGEST_PAIR - length)
        assert encode(Payload("0a1b2c3d", LATE_TURN, question, OPEN + choice))
    with pytest.raises(ValueError, match="too long"):
        encode(Payload("0a1b2c3d", LATE_TURN, "q", OPEN + "c" * LONGEST_PAIR))


def test_everything_shipped_fits() -> None:
    content, _ = load_content(SHIPPED)
    assert list(button_ids(content)) == []


def test_long_ids_are_named_with_their_place(tmp_path: Path) -> None:
    folder = write_good(tmp_path)
    long = "note" + "x" * 60
    edit(folder, "trip/dialog.yaml", "of: [north, south]", f"of: [north, {long}]")
    edit(folder, "trip/dialog.yaml", "{id: mail,", f"{{id: {long},")
    entry = FaqEntry(long, "de", "t", (), "", "", "all", True, "faq/t.yaml", 3)
    end = "is too long for a button in Telegram."
    found = [str(each) for each in button_ids(Content(load_sources(folder), (entry,)))]
    assert [each.removeprefix(f"{folder}/") for each in found] == [
        f'trip/dialog.yaml:7: D19: the id of the option "side={long}" {end}',
        f'trip/dialog.yaml:11: D19: the id of the question "{long}" {end}',
        f'faq/t.yaml:3: D19: the id of the entry "{long}" {end}',
    ]
