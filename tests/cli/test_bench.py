"""Every part of the bench gives its figures; how large they are, no test judges."""

from __future__ import annotations

from typing import get_args

import pytest
from running import Kpbot

from kpbot.model import QuestionType

WAYS = (
    "our_aiogram_client",
    "python_telegram_bot_over_aiohttp",
    "python_telegram_bot_over_httpx",
)
READERS = (
    "language",
    *(f"answer_{kind}" for kind in get_args(QuestionType)),
    "several_answers",
    "date",
    "schedule_question",
    "whole_message",
)
FIGURES = {
    "engine": {"walk_us", "expect_per_walk", "step_per_walk", "speak_per_walk"},
    "events": {
        *("events", "occurrences", "expand_ms"),
        *("question_and_answer_p50_ms", "question_and_answer_p99_ms"),
        "without_waiting_for_the_processor_p99_ms",
    },
    "reading": {
        *("load_content_per_bare_yaml", "normalise_short_us", "normalise_long_us"),
        *(f"{reader}_{size}_per_normalise" for reader in READERS for size in ("short", "long")),
    },
    "telegram": {
        *("import_kpbot_cli_ms", "import_aiogram_per_kpbot_cli"),
        *("import_telegram_ext_per_kpbot_cli", "bare_posts_per_second"),
        *(f"{way}_per_bare_post" for way in WAYS),
        *(f"{way}_per_bare_post_processor" for way in WAYS),
        *("read_message_per_bare_json", "read_press_per_bare_json"),
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("part", FIGURES)
def test_a_part_gives_all_its_figures(kpbot: Kpbot, part: str) -> None:
    ran = kpbot("bench", part, "--json")
    assert (ran.status, ran.err) == (0, ""), ran
    (figures,) = ran.lines
    assert figures.keys() == FIGURES[part]
    assert all(value > 0 for value in figures.values()), figures
