"""What goes wrong, and when: each fault is played for the next calls, or for a share of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

Kind = Literal[
    "refuse", "html", "slow", "drop_before", "drop_after", "malformed",
    "duplicate", "reverse", "poison", "wrong_secret",
]  # fmt: skip
Matches = Callable[[dict[str, Any]], bool]


@dataclass(frozen=True)
class Fault:
    """One way to fail. Made by the functions below."""

    kind: Kind
    code: int = 0
    description: str = ""
    retry_after: int = 0
    seconds: float = 0

    @classmethod
    def rate_limited(cls, retry_after: int) -> Fault:
        """429; nothing was sent."""
        sentence = f"Too Many Requests: retry after {retry_after}"
        return cls("refuse", 429, sentence, retry_after)

    @classmethod
    def server_error(cls, code: int = 500, *, html: bool = False) -> Fault:
        """500 or 502, as JSON or as the page of a proxy; nothing was sent."""
        sentence = {500: "Internal Server Error", 502: "Bad Gateway"}.get(code, "Server Error")
        return cls("html" if html else "refuse", code, sentence)

    @classmethod
    def refused(cls, code: int, description: str) -> Fault:
        """The code with the sentence; nothing was sent."""
        return cls("refuse", code, description)

    @classmethod
    def slow(cls, seconds: float) -> Fault:
        """The call is carried out at once, the answer comes after so many real seconds."""
        return cls("slow", seconds=seconds)

    @classmethod
    def dropped_before(cls) -> Fault:
        """The connection breaks; nothing was sent."""
        return cls("drop_before")

    @classmethod
    def dropped_after(cls) -> Fault:
        """The call is carried out, then the connection breaks without an answer."""
        return cls("drop_after")

    @classmethod
    def malformed(cls) -> Fault:
        """The call is carried out; its answer (or the body sent to a webhook) is broken JSON."""
        return cls("malformed")

    @classmethod
    def duplicate(cls) -> Fault:
        """`getUpdates`: every update twice in the answer. `webhook`: it is sent twice."""
        return cls("duplicate")

    @classmethod
    def reversed(cls) -> Fault:
        """`getUpdates`: the batch in the wrong order."""
        return cls("reverse")

    @classmethod
    def poison(cls) -> Fault:
        """`getUpdates`: an update nobody can parse stands before the others."""
        return cls("poison")

    @classmethod
    def wrong_secret(cls) -> Fault:
        """`webhook`: the secret header is another one."""
        return cls("wrong_secret")


@dataclass
class _Planned:
    method: str
    fault: Fault
    times: int | None
    share: float
    matches: Matches | None
    random: Random


@dataclass
class Faults:
    """The plan. Methods are named as in the Bot API; `webhook` is a delivery to a webhook."""

    _plan: list[_Planned] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def next(
        self, method: str, fault: Fault, times: int = 1, matches: Matches | None = None
    ) -> None:
        """The next calls of the method (`*`: any) whose parameters match will fail so."""
        self._add(_Planned(method, fault, times, 1, matches, Random(0)))  # noqa: S311 (a test)

    def share(
        self, method: str, fault: Fault, share: float, seed: int, matches: Matches | None = None
    ) -> None:
        """A share (0 to 1) of the calls will fail so, the same ones for the same seed."""
        self._add(_Planned(method, fault, None, share, matches, Random(seed)))  # noqa: S311

    def clear(self) -> None:
        """Nothing fails any more."""
        with self._lock:
            self._plan.clear()

    @property
    def left(self) -> int:
        """How many planned failures have not happened; a share counts as one."""
        with self._lock:
            return sum(1 if planned.times is None else planned.times for planned in self._plan)

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """What goes wrong with this call."""
        with self._lock:
            for planned in self._plan:
                if planned.method not in {"*", method}:
                    continue
                if planned.matches is not None and not planned.matches(params):
                    continue
                if planned.times is None:
                    if planned.random.random() >= planned.share:
                        continue
                else:
                    planned.times -= 1
                    if not planned.times:
                        self._plan.remove(planned)
                return planned.fault
        return None

    def _add(self, planned: _Planned) -> None:
        with self._lock:
            self._plan.append(planned)
