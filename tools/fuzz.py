"""Fuzzes one reader with coverage, until it is stopped or the reader raises.

    python tools/fuzz.py PARSER [options of libFuzzer]

Needs atheris, which is no dependency: `uv pip install atheris`. The readers are those of
`tests/fuzz/parsers.py`; what is found is written into the corpus, where a test replays it for ever.
"""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests" / "fuzz"


def main() -> None:
    """It ends with the first input that raises."""
    sys.path.insert(0, str(TESTS))
    try:
        import atheris  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415
    except ImportError:
        sys.exit("tools/fuzz.py needs atheris: .venv/bin/uv pip install atheris")
    with atheris.instrument_imports(include=["kpbot"]):
        from parsers import PARSERS  # noqa: PLC0415

    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in PARSERS:
        sys.exit(f"Which reader? {', '.join(PARSERS)}")
    corpus = TESTS / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)

    def once(data: bytes) -> None:
        PARSERS[name].parse(data.decode(errors="replace"))

    options = [sys.argv[0], f"-artifact_prefix={corpus}/", *sys.argv[2:], str(corpus)]
    atheris.Setup(options, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
