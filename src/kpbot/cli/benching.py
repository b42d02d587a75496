"""Benchmarks: figures as ratios within one run."""

from __future__ import annotations

from pathlib import Path

from kpbot.cli import common
from kpbot.cli.failing import WrongUse

PARTS = ("engine", "turn", "events", "reading", "telegram", "faq")


def bench(part: str, public: Path | None, *, as_json: bool) -> None:
    """The figures of the part, or of all, are on standard output."""
    settings = common.settings()
    chosen = PARTS if part == "all" else (part,)
    common.log_to_stderr("ERROR")
    if {"engine", "turn"} & set(chosen):
        from kpbot.bench.engine import run as run_engine

        run_engine(common.house(settings), chosen, as_json=as_json)
    if "events" in chosen:
        from kpbot.bench.events import run as run_events

        run_events(as_json=as_json)
    if "reading" in chosen:
        from kpbot.bench.reading import run as run_reading

        run_reading(common.house(settings), settings.content, as_json=as_json)
    if "telegram" in chosen:
        from kpbot.bench.telegram import run as run_telegram

        run_telegram(as_json=as_json)
    if "faq" not in chosen:
        return
    from kpbot.bench.faq import run as run_faq

    folder = public or settings.content.parent / "shared" / "eval" / "public"
    if folder.is_dir():
        run_faq(folder, as_json)
    elif part == "faq":
        raise WrongUse(f"There are no question sets in {folder}; name their folder with --public.")
