"""The real program, run as people and programs run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).with_name("kpbot")


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaint(self) -> str:
        """The one sentence on standard error of a run that was used wrongly."""
        assert self.status == 2, self
        assert self.out == "", self
        assert self.err.startswith("kpbot: "), self
        assert "Traceback" not in self.err
        assert self.err.count("\n") == 1, self
        return self.err.removeprefix("kpbot: ").rstrip("\n")


class Kpbot:
    """The program with a data folder of its own and no other setting."""

    def __init__(self, folder: Path) -> None:
        """Nothing has run yet."""
        self.folder = folder
        self.url = f"sqlite:///{folder / 'kpbot.db'}"
        kept = {key: value for key, value in os.environ.items() if not key.startswith("KPBOT_")}
        self.environment = {**kept, "KPBOT_DATA_DIR": str(folder)}

    def __call__(
        self, *arguments: str, given: str | bytes = "", settings: dict[str, str] | None = None
    ) -> Ran:
        """The run with these arguments, standard input and settings."""
        done = subprocess.run(
            [PROGRAM, *arguments],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            check=False,
            cwd=self.folder,
            env={**self.environment, **(settings or {})},
            timeout=120,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def chat(self, *events: object, arguments: tuple[str, ...] = ()) -> list[Any]:
        """The answers to these events; a text is something said."""
        lines = [{"say": each} if isinstance(each, str) else each for each in events]
        given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        ran = self("chat", "--json", *arguments, given=given)
        assert ran.status == 0, ran
        assert ran.err == "", ran
        assert len(ran.lines) == len(events)
        return ran.lines
