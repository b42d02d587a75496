"""Whether everything that was to be said arrived: once, or twice where nobody could know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile
from typing import Any

import sqlalchemy as sa

from kpbot.channels.telegram.splitting import split
from kpbot.model import Outbound
from kpbot.store.codec import message_from


def check_arrivals(rows: Sequence[sa.Row[Any]], arrived: Sequence[str]) -> int:
    """Each message of the outbox arrived, in order, at most once more than nobody doubts it.

    How many arrived twice. Toasts are looked at elsewhere: they are no messages. What was said in
    an enquiry that was cancelled has left the outbox.
    """
    wanted: Counter[str] = Counter()
    doubts: Counter[str] = Counter()
    order: list[str] = []
    toasts: set[str] = set()
    for row in rows:
        message = message_from(row.message)
        assert isinstance(message, Outbound)
        assert row.state == "sent", (row.state, row.failure)
        if message.toast:
            toasts.add(message.text)
            continue
        for part in split(message.text):
            wanted[part] += 1
            doubts[part] += min(row.doubts, 1)
            order.append(part)
    heard = [text for text in arrived if text not in toasts]
    forgotten = _left_out(_without_repeats(heard), _without_repeats(order))
    wanted.update(forgotten)
    times = Counter(heard)
    too_often = {
        text: n
        for text, n in times.items()
        if n > wanted[text] + doubts[text] and text not in forgotten
    }
    assert too_often == {}, "more than once, and nobody had a doubt"
    assert all(times[text] >= n for text, n in wanted.items()), "something is missing"
    return sum(times.values()) - sum(wanted.values())


def _left_out(heard: Sequence[str], order: Sequence[str]) -> Sequence[str]:
    """The one run of messages that arrived and is kept no more: a cancelled enquiry's words."""
    first = sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(heard, order, strict=False)))
    last = len(order) - first
    end = len(heard) - last
    assert list(heard[end:]) == list(order[first:]), "something is missing, or in another order"
    return heard[first:end]


def _without_repeats(texts: Iterable[str]) -> list[str]:
    return [text for text, _ in groupby(texts)]
