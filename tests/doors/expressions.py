"""Runs every compiled expression of the package over mean inputs: see test_regular_expressions."""

from __future__ import annotations

import contextlib
import importlib
import json
import pkgutil
import re
import resource
import sys
from collections.abc import Iterator

ALPHABET = "aA0 .,-:;@/_(+'\"<\n\tä\u0627\u0660x=*ß1#"
"""Of each kind that expressions ask for, at least one."""
PIECES = ("a.", "a-", "0.", "0,0", "a@", "a b", " \n", "1 ", "a@a.", "00:", "von ", "bis ", "xy")


def allow(seconds: int) -> None:
    """The kernel ends this process when it has used so much CPU time more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def inputs(length: int, pattern: str) -> Iterator[str]:
    """Long runs of what the expression may repeat, ended so that it cannot match."""
    literal = [*dict.fromkeys(re.findall(r"[A-Za-zäöüß\u0600-\u06ff]{2,}", pattern))][:6]
    for piece in (*ALPHABET, *PIECES, *literal, *(f"{each} " for each in literal)):
        run = piece * (length // len(piece))
        yield f"{run}\0!"
        yield f"\0{run}\ud7ff"


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every module's compiled expressions."""
    package = importlib.import_module("kpbot")
    for found in pkgutil.walk_packages(package.__path__, "kpbot."):
        if ".migrations" not in found.name and found.name != "kpbot.__main__":
            importlib.import_module(found.name)
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("kpbot"):
            continue
        for value in [*vars(module).values()]:
            for pattern in within(value, 0):
                yield name, pattern


def within(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    """The expressions in a value, in tables of them, and in what our own objects hold."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 5 and isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from within(each, depth + 1)
    elif depth < 5 and isinstance(value, dict):
        for each in value.values():
            yield from within(each, depth + 1)
    elif depth < 5 and type(value).__module__.startswith("kpbot") and not isinstance(value, type):
        held = [getattr(value, each, None) for each in getattr(type(value), "__slots__", ())]
        for each in [*held, *getattr(value, "__dict__", {}).values()]:
            yield from within(each, depth + 1)


def main() -> None:
    """One line for each expression, before it is tried."""
    length, seconds, *given = sys.argv[1:]
    chosen = [("given", re.compile(each)) for each in given] or expressions()
    tried: set[re.Pattern[str]] = set()
    for name, pattern in chosen:
        sys.stdout.write(json.dumps({"module": name, "pattern": pattern.pattern[:200]}) + "\n")
        sys.stdout.flush()
        if pattern in tried:
            continue
        tried.add(pattern)
        for text in inputs(int(length), pattern.pattern):
            allow(int(seconds))
            with contextlib.suppress(RecursionError):
                pattern.fullmatch(text)
                pattern.search(text)


main()
