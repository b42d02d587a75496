"""Buttons, instants and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from kpbot.cases import Case
from kpbot.channels.staff.figures import digest, duration, statistics
from kpbot.channels.staff.moments import digest_day, snoozed_until
from kpbot.channels.staff.rendering import desk_key, menu, news_pieces, usual_keyboard
from walk import NOW

CASE = Case("KP-7F3KQ", "c", "claimed", "desk_egypt", NOW, advisor="a")
DESKS = {"desk_egypt": "Ägypten", "d" * 60: "Sehr lang", "أ" * 40: "Arabisch"}


def test_what_a_button_carries_fits_into_64_bytes_and_is_told_apart() -> None:
    assert len({desk_key(desk) for desk in DESKS}) == len(DESKS)
    closed = replace(CASE, state="closed")
    boards = [menu(action, CASE, DESKS) for action in ("hand", "snooze", "close")]
    for board in [*boards, usual_keyboard(CASE), usual_keyboard(closed)]:
        assert board is not None
        for row in board.inline_keyboard:
            for button in row:
                assert 1 <= len(str(button.callback_data).encode()) <= 64


def test_what_a_quote_covers_is_counted_in_utf_16() -> None:
    (piece,) = news_pieces("KP-1", "😀.", "مرحبا 😀")
    encoded = piece.text.encode("utf-16-le")
    (entity,) = piece.entities
    covered = encoded[entity.offset * 2 : (entity.offset + entity.length) * 2]
    assert covered.decode("utf-16-le") == "مرحبا 😀"


@pytest.mark.parametrize(
    ("choice", "now", "until"),
    [
        ("hour", datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("morning", datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 25, 7, tzinfo=UTC)),
        # Half past eleven at night in Germany is still the day before.
        ("morning", datetime(2026, 7, 1, 21, 30, tzinfo=UTC), datetime(2026, 7, 2, 6, tzinfo=UTC)),
        ("morning", datetime(2026, 7, 1, 22, 30, tzinfo=UTC), datetime(2026, 7, 3, 6, tzinfo=UTC)),
        # The clocks go back on 25 October 2026, forward on 28 March 2027.
        ("days", datetime(2026, 10, 23, 9, tzinfo=UTC), datetime(2026, 10, 26, 7, tzinfo=UTC)),
        ("days", datetime(2027, 3, 26, 9, tzinfo=UTC), datetime(2027, 3, 29, 6, tzinfo=UTC)),
        ("week", datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 30, 7, tzinfo=UTC)),
        ("week", datetime(2026, 11, 30, 3, tzinfo=UTC), datetime(2026, 12, 7, 7, tzinfo=UTC)),
        ("never", datetime(2026, 11, 24, 9, tzinfo=UTC), None),
    ],
)
def test_put_off_means_german_mornings(choice: str, now: datetime, until: datetime | None) -> None:
    assert snoozed_until(choice, now) == until


@pytest.mark.parametrize(
    ("now", "last", "day"),
    [
        (datetime(2026, 11, 24, 6, 59, tzinfo=UTC), None, None),
        (datetime(2026, 11, 24, 7, 0, tzinfo=UTC), None, "2026-11-24"),
        (datetime(2026, 11, 24, 18, 0, tzinfo=UTC), "2026-11-23", "2026-11-24"),
        (datetime(2026, 11, 24, 18, 0, tzinfo=UTC), "2026-11-24", None),
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), None, None),
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), None, "2026-07-01"),
    ],
)
def test_the_digest_is_due_once_on_each_working_day(
    now: datetime, last: str | None, day: str | None
) -> None:
    assert digest_day(now, time(8), last) == day


def test_overdue_is_what_nobody_answered_in_time() -> None:
    late = replace(CASE, answer_due=NOW)
    assert late.is_overdue(NOW)
    assert not late.is_overdue(NOW - timedelta(seconds=1))
    assert replace(CASE, escalated=1, answer_due=NOW + timedelta(days=1)).is_overdue(NOW)
    assert not replace(late, answer_due=None).is_overdue(NOW)
    assert not replace(late, state="closed").is_overdue(NOW)


def test_the_week_of_what_was_closed_begins_on_monday_in_germany() -> None:
    sunday = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
    monday = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    closed = [replace(CASE, state="closed", closed=at) for at in (sunday, monday)]
    assert "Diese Woche abgeschlossen: 1" in statistics(closed, NOW)
    assert "noch keine Antwort" in statistics([], NOW)


def test_the_digest_names_what_waits_and_not_too_much() -> None:
    many = [replace(CASE, reference=f"KP-{n}", state="open", advisor=None) for n in range(14)]
    resting = replace(CASE, snoozed_until=NOW + timedelta(hours=3))
    later = replace(CASE, reference="KP-SPAET", snoozed_until=NOW + timedelta(days=1))
    text = digest([*many, resting, later], NOW, DESKS, {"a": "Anna"})
    assert "Bei niemandem (14):" in text
    assert "… und 2 weitere" in text
    assert "Heute wieder vorzulegen (1):\nKP-7F3KQ" in text
    assert "KP-SPAET" not in text
    assert "In Bearbeitung oder wartend: 2." in text
    assert digest([], NOW, DESKS, {}).endswith("Nichts ist offen.")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 Min."), (59, "59 Min."), (200, "3 Std. 20 Min."), (1440, "1 Tag 0 Std."),
     (4000, "2 Tage 18 Std.")],
)  # fmt: skip
def test_durations(minutes: int, text: str) -> None:
    assert duration(timedelta(minutes=minutes)) == text
