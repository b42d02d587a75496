"""JSON Lines on standard input, one JSON line out for each, in order, flushed at once."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from kpbot.cli.failing import WrongUse

Line = dict[str, Any]


def answer_lines(answer: Callable[[Line], object], *, timed: bool = False) -> None:
    """Every line of standard input has been answered by one line on standard output.

    `timed` adds the key `ms`, the milliseconds the answer took, to answers that are objects.
    Raises WrongUse for a line that is not a JSON object.
    """
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw.decode())
        except UnicodeDecodeError:
            raise WrongUse(f"Line {number} of standard input is not UTF-8.") from None
        except RecursionError:
            raise WrongUse(f"Line {number} of standard input is nested too deep.") from None
        except ValueError as error:
            raise WrongUse(f"Line {number} of standard input is not JSON: {error}.") from None
        if not isinstance(line, dict):
            raise WrongUse(f"Line {number} of standard input is not a JSON object.")
        started = time.perf_counter()
        result = answer(line)
        if timed and isinstance(result, dict):
            result = {**result, "ms": round((time.perf_counter() - started) * 1000, 3)}
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()
