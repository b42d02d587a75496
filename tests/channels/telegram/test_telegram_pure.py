"""Without a server: what buttons carry, where texts are cut, how rows are laid, how fast."""

from __future__ import annotations

import itertools
import re
import unicodedata

import pytest
from bot_running import CHANNEL
from hypothesis import given
from hypothesis import strategies as st

from kpbot.channels.telegram.failures import Moved, refusal
from kpbot.channels.telegram.keyboards import Rows, keyboard, marked, toggled
from kpbot.channels.telegram.pacing import Pace
from kpbot.channels.telegram.payload import DONE, LONGEST, Payload, decode, encode
from kpbot.channels.telegram.splitting import LONGEST as LONGEST_TEXT
from kpbot.channels.telegram.splitting import split, units
from kpbot.model import COMMAND, Button, Outbound, Select

CONVERSATION = "0a1b2c3d4e5f"
IDS = st.text("abcdefghijklmnopqrstuvwxyz_0123456789:", min_size=1, max_size=20)


# What buttons carry


@given(turn=st.integers(0, 1_000_000), question=IDS, choice=IDS)
def test_a_button_says_what_it_was_made_of(turn: int, question: str, choice: str) -> None:
    data = encode(Payload(CONVERSATION, turn, question, choice))
    assert len(data.encode()) <= LONGEST
    assert decode(data) == Payload(CONVERSATION[:6], turn, question, choice)


@given(st.text(max_size=80))
def test_whatever_a_button_carries_is_read_or_refused(data: str) -> None:
    found = decode(data)
    assert found is None or found.turn >= 0


@pytest.mark.parametrize("data", ["", "x", "a.b", "a.1.q", "a.1..c", "a.Z.q.c", "1234567.1.q.c"])
def test_what_no_button_of_ours_carries_is_nothing(data: str) -> None:
    assert decode(data) is None


def test_bytes_count_and_not_characters() -> None:
    whole = Payload(CONVERSATION, 1, "q" * 20, "c" * 34)
    assert len(encode(whole)) == LONGEST
    with pytest.raises(ValueError, match="too long for a button: 65 bytes, at most 64"):
        encode(Payload(CONVERSATION, 1, "q" * 20, "c" * 33 + "é"))


@pytest.mark.parametrize(("question", "choice"), [("", "c"), ("q", ""), ("a.b", "c")])
def test_what_could_not_be_read_again_is_refused(question: str, choice: str) -> None:
    with pytest.raises(ValueError, match="No button can carry"):
        encode(Payload(CONVERSATION, 1, question, choice))


# Where texts are cut

PLAIN = ("a", "Wort", " ", "\n", "\n\n", "x" * 30)
MADE_OF_SEVERAL = ("😀", "👩\u200d👩\u200d👧", "👍🏽", "🇹🇳", "e\u0301", "بُّ")
TURNED = ("مدينة", "\u2067مدينة\u2069", "\u2066KP-7FQ2M\u2069", "\u2068", "\u2069")
PIECES = st.lists(st.sampled_from((*PLAIN, *MADE_OF_SEVERAL, *TURNED)), max_size=60)
_STEERING = re.compile("[\u2066-\u2069\\s]")


@given(PIECES)
def test_the_parts_are_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    parts = split(text, 40)
    assert _STEERING.sub("", "".join(parts)) == _STEERING.sub("", text)


@given(PIECES)
def test_no_part_is_too_long_empty_or_begins_inside_a_character(pieces: list[str]) -> None:
    for part in split("".join(pieces), 40):
        assert units(part) <= 40
        assert len(part.encode("utf-16-le")) // 2 == units(part)
        assert part.strip()
        first = part.lstrip("\u2066\u2067\u2068")[:1] or " "
        assert not unicodedata.category(first).startswith("M")
        assert first != "\u200d"


@given(PIECES)
def test_every_isolate_a_cut_opened_is_closed(pieces: list[str]) -> None:
    text = "".join(pieces)
    whole = _depth(text) == 0
    for part in split(text, 40):
        assert not whole or _depth(part) == 0


def _depth(text: str) -> int:
    depth = 0
    for character in text:
        depth += character in "\u2066\u2067\u2068"
        depth -= character == "\u2069" and depth > 0
    return depth


def test_a_text_is_cut_where_a_reader_pauses() -> None:
    first, second = "Absatz eins. " * 200, "Absatz zwei. " * 200
    parts = split(f"{first.strip()}\n\n{second.strip()}")
    assert parts == [first.strip(), second.strip()]
    assert split("a" * 3000 + "\n" + "b" * 3000) == ["a" * 3000, "b" * 3000]
    assert split("a" * 3000 + " " + "b" * 3000) == ["a" * 3000, "b" * 3000]


def test_units_are_those_of_utf_16() -> None:
    assert len(split("😀" * 2048)) == 1
    assert [units(part) for part in split("😀" * 2049)] == [LONGEST_TEXT, 2]


def test_text_without_any_pause_ends_all_the_same() -> None:
    assert "".join(split("\u0301" * 9000)) == "\u0301" * 9000
    assert split("\u2066" * 9000)


# How rows are laid


def message(*buttons: Button, select: Select | None = None) -> Outbound:
    return Outbound(CHANNEL, "1", 7, "de", "?", buttons, select, conversation=CONVERSATION)


def titles(rows: Rows) -> list[list[str]]:
    return [[title for title, _ in row] for row in rows]


def test_short_titles_stand_side_by_side_and_services_apart() -> None:
    rows = keyboard(
        message(
            Button("yes", "Ja", "consent"),
            Button("no", "Nein", "consent"),
            Button("back", "Zurück", COMMAND),
            Button("human", "Mit einem Menschen sprechen", COMMAND),
        )
    )
    assert titles(rows) == [["Ja", "Nein"], ["Zurück"], ["Mit einem Menschen sprechen"]]


def test_a_multi_select_is_marked_and_sent() -> None:
    rows = keyboard(
        message(
            Button("DE", "Deutschland", "wanted"),
            Button("MA", "Marokko", "wanted"),
            Button("skip", "Überspringen", "wanted"),
            Button("back", "Zurück", COMMAND),
            select=Select("wanted", 1, 2),
        )
    )
    assert titles(rows) == [
        ["Deutschland", "Marokko"],
        ["Auswahl senden"],
        ["Überspringen"],
        ["Zurück"],
    ]
    done = Payload(CONVERSATION[:6], 7, "wanted", DONE)
    assert marked(rows, done) == ()
    both = toggled(toggled(rows, rows[0][1][1]), rows[0][0][1])
    assert titles(both)[0] == ["✓ Deutschland", "✓ Marokko"]
    assert marked(both, done) == ("DE", "MA")
    assert toggled(both, rows[0][0][1]) == both, "the same press once more changes nothing"
    assert titles(toggled(both, both[0][0][1]))[0] == ["Deutschland", "✓ Marokko"]
    assert marked(both, Payload(CONVERSATION[:6], 6, "wanted", DONE)) == ()


def test_a_button_that_cannot_be_carried_is_left_out() -> None:
    rows = keyboard(message(Button("x" * 70, "Zu lang", "q"), Button("yes", "Ja", "q")))
    assert titles(rows) == [["Ja"]]


def test_the_language_of_the_program_only_orders_the_language_buttons() -> None:
    choose = [Button(f"language:{each}", each, COMMAND) for each in ("de", "fr", "ar", "en")]
    others = Button("yes", "Ja", "q")
    assert titles(keyboard(message(others, *choose), "ar"))[1][:2] == ["ar", "de"]
    assert titles(keyboard(message(others, *choose), "pt"))[1][:2] == ["de", "fr"]
    assert titles(keyboard(message(others, *choose), None))[1][:2] == ["de", "fr"]


# How fast it goes


def test_one_a_second_in_a_chat_after_a_small_burst() -> None:
    pace = Pace()
    now, at = 100.0, []
    while len(at) < 10:
        wait = pace.wait(1, now)
        if not wait:
            at.append(now)
        now += wait
    assert all(later - earlier >= 0.999 for earlier, later in itertools.pairwise(at[3:]))
    assert at[2] - at[0] < 0.1
    assert at[3] - at[0] >= 0.999


def test_thirty_a_second_over_all_chats() -> None:
    pace = Pace()
    now, at = 100.0, []
    for chat in range(1, 91):
        while wait := pace.wait(chat, now):
            now += wait
        at.append(now)
    assert all(later - earlier >= 0.999 for earlier, later in zip(at, at[30:], strict=False))
    assert at[-1] - at[0] < 3.1


def test_twenty_a_minute_in_a_group() -> None:
    pace = Pace()
    now, at = 100.0, []
    while len(at) < 41:
        wait = pace.wait(-1, now)
        if not wait:
            at.append(now)
        now += wait
    assert all(later - earlier >= 59.9 for earlier, later in zip(at, at[20:], strict=False))


def test_after_a_wait_that_telegram_asked_for_everybody_waits() -> None:
    pace = Pace()
    assert pace.wait(1, 100.0) == 0
    pace.quiet(7, 100.5)
    assert pace.wait(2, 101.0) == pytest.approx(6.5)
    assert pace.quiet_for(101.0) == pytest.approx(6.5)
    assert pace.wait(2, 107.5) == 0
    assert pace.quiet_for(107.5) == 0


def test_chats_that_may_send_anyway_are_forgotten() -> None:
    pace = Pace()
    for chat in range(1, 12_000):
        pace.wait(chat, float(chat))
    assert len(pace._next) < 11_000


# What refusals mean


def test_refusals_are_told_apart_and_keep_no_words() -> None:
    secret = {"ok": False, "description": "Forbidden: Sabine blocked the bot"}
    blocked = refusal(403, secret)
    assert (blocked.reason, blocked.never) == ("blocked", True)
    assert "Sabine" not in str(blocked)
    limited = refusal(429, {"parameters": {"retry_after": 9}})
    assert (limited.retry_after.total_seconds(), limited.doubtful) == (9, False)
    assert refusal(429, {}).retry_after.total_seconds() == 1
    moved = refusal(400, {"parameters": {"migrate_to_chat_id": -1005}})
    assert isinstance(moved, Moved)
    assert moved.chat == -1005
    assert refusal(400, {}).never
    assert not refusal(502, {}).doubtful
    assert refusal(504, {}).doubtful
    assert refusal(200, {}).doubtful
    assert not refusal(401, {}).never
