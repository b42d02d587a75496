"""Lists and figures about cases as advisors read them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from kpbot.cases import Case
from kpbot.channels.staff import words
from kpbot.engine.card import STATES, moment
from kpbot.events import GERMANY

MOST = 12
"""Cases named in one part of the digest."""


def line(case: Case, desks: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The case in one line: reference, state, desk, who has it, since when."""
    who = names.get(case.advisor or "", "") or words.NOBODY
    desk = desks.get(case.desk, case.desk)
    parts = [case.reference, STATES[case.state], desk, who, f"seit {moment(case.opened)}"]
    if case.snoozed_until is not None:
        parts.append(f"zurückgestellt bis {moment(case.snoozed_until)}")
    return " · ".join(parts)


def statistics(cases: Sequence[Case], now: datetime) -> str:
    """How many cases are where, and how quickly they were answered."""
    open_ones = [case for case in cases if case.state != "closed"]
    waited = [
        (case.answered - case.opened).total_seconds() for case in cases if case.answered is not None
    ]
    monday = _midnight(now) - timedelta(days=now.astimezone(GERMANY).weekday())
    counts = {state: sum(case.state == state for case in open_ones) for state in STATES}
    counts |= {
        "snoozed": sum(case.snoozed_until is not None for case in open_ones),
        "overdue": sum(case.is_overdue(now) for case in open_ones),
        "closed": sum(case.closed is not None and case.closed >= monday for case in cases),
    }
    return words.STATS.format(
        **counts,
        median=duration(timedelta(seconds=median(waited))) if waited else words.NO_ANSWER_YET,
    )


def digest(
    cases: Sequence[Case], now: datetime, desks: Mapping[str, str], names: Mapping[str, str]
) -> str:
    """What waits today: what nobody has, what is overdue, what is to be looked at again."""
    open_ones = [case for case in cases if case.state != "closed"]
    day = now.astimezone(GERMANY)
    tonight = _midnight(now + timedelta(days=1))
    parts = [words.DIGEST.format(day=f"{day:%d.%m.%Y}")]
    if not open_ones:
        return "\n\n".join((*parts, words.NOTHING_OPEN))
    for heading, chosen in (
        (words.DIGEST_OPEN, [case for case in open_ones if case.advisor is None]),
        (words.DIGEST_OVERDUE, [case for case in open_ones if case.is_overdue(now)]),
        (
            words.DIGEST_SNOOZED,
            [c for c in open_ones if c.snoozed_until is not None and c.snoozed_until < tonight],
        ),
    ):
        if chosen:
            lines = [line(case, desks, names) for case in chosen[:MOST]]
            if len(chosen) > MOST:
                lines.append(words.MORE.format(count=len(chosen) - MOST))
            parts.append("\n".join((heading.format(count=len(chosen)), *lines)))
    taken = sum(case.advisor is not None for case in open_ones)
    return "\n\n".join((*parts, words.DIGEST_TAKEN.format(count=taken)))


def duration(time: timedelta) -> str:
    """The time in days, hours and minutes, as exactly as it matters."""
    minutes = round(time.total_seconds() / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} {'Tag' if days == 1 else 'Tage'} {hours} Std."
    return f"{hours} Std. {minutes} Min." if hours else f"{minutes} Min."


def _midnight(at: datetime) -> datetime:
    return at.astimezone(GERMANY).replace(hour=0, minute=0, second=0, microsecond=0)
