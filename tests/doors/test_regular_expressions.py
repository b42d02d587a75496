"""No expression of the package takes for ever, whatever it is given.

Every compiled expression runs over long, mean inputs in a process that the kernel ends when it has
used up its CPU time. No clock is read: an expression is linear enough, or the process is gone.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "kpbot"
WORKER = Path(__file__).with_name("expressions.py")
LENGTH = 2000
"""Characters of an input. A quadratic expression takes a hundredth of a second for it."""


def run(seconds: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(WORKER), str(LENGTH), str(seconds), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    )


@pytest.mark.slow
def test_every_expression_of_the_package_ends() -> None:
    ran = run(20)
    assert ran.returncode == 0, f"{ran.returncode}: {ran.stdout.splitlines()[-1:]} {ran.stderr}"
    tried = [json.loads(line) for line in ran.stdout.splitlines()]
    modules = {each["module"] for each in tried}
    assert len(tried) > 100
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        at_top = re.search(r"^_?[A-Z][A-Z_]* = re\.compile", path.read_text(), re.MULTILINE)
        assert not at_top or name in modules, f"the expressions of {name} were not tried"


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"\s*(\w+\s?)*$"])
def test_a_catastrophic_expression_would_be_found(pattern: str) -> None:
    ran = run(3, pattern)
    assert ran.returncode < 0, ran.stdout[-300:]
