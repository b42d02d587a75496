"""Every check of the content, in one tuple: all complaints at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpbot.content.checks_answers import answer_space
from kpbot.content.checks_buttons import button_ids
from kpbot.content.checks_content import Check, Content, load_content
from kpbot.content.checks_dialog import (
    duplicate_ids,
    forward_looks,
    private_guards,
    retired_ids,
    unknown_names,
    wrong_values,
)
from kpbot.content.checks_events import check_calendar
from kpbot.content.checks_faq import (
    asked_known,
    entries_missing,
    entries_twice,
    entries_unknown,
    languages_agree,
    numbers_sourced,
    phrases_apart,
)
from kpbot.content.checks_release import changed_meanings, covered_names, dialogs_lock, uncovered
from kpbot.content.checks_texts import button_lengths, key_sets, placeholders, private_sentences
from kpbot.content.checks_words import choices_apart, commands_apart
from kpbot.content.problems import Problem

__all__ = [
    "CHECKS",
    "Check",
    "Content",
    "check_all",
    "check_folder",
    "covered_names",
    "dialogs_lock",
    "load_content",
    "uncovered",
]

CHECKS: tuple[Check, ...] = (
    duplicate_ids,  # D01
    unknown_names,  # D02
    forward_looks,  # D03
    wrong_values,  # D04
    answer_space,  # D05, D06, D09, D10
    choices_apart,  # D07
    commands_apart,  # D08
    key_sets,  # D11
    placeholders,  # D12
    button_lengths,  # D13
    button_ids,  # D19
    retired_ids,  # D14
    changed_meanings,  # D15; D16 is `uncovered`, for it needs the chats that were run
    private_guards,  # D17
    private_sentences,  # D17
    entries_missing,  # F01
    entries_unknown,  # F02
    entries_twice,  # F03
    languages_agree,  # F04
    numbers_sourced,  # F05
    phrases_apart,  # F06
    asked_known,  # F07
)


def check_all(content: Content) -> tuple[Problem, ...]:
    """Every problem that any check finds, by file and line."""
    return tuple(sorted(problem for check in CHECKS for problem in check(content)))


def check_folder(folder: Path, today: date | None = None) -> tuple[Problem, ...]:
    """Every problem of everything below the folder, by file and line.

    Without `today` nothing is said about what has run out.
    """
    content, problems = load_content(folder)
    dated = check_calendar(folder, today)  # E01, A01 …
    return tuple(sorted({*problems, *check_all(content), *dated}))
