"""Asks which locked dependencies have known weaknesses; one line where nobody can be asked.

Exit status 1 only where a weakness was found.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

BIN = Path(sys.executable).parent
NOT_REACHED = (
    "ConnectionError",
    "Failed to establish",
    "Max retries",
    "NameResolution",
    "ProxyError",
)


def main() -> int:
    """pip-audit over what uv.lock names, not over what happens to be installed."""
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "requirements.txt"
        exported = [BIN / "uv", "export", "--quiet", "--frozen", "--no-emit-project", "-o", locked]
        subprocess.run(  # noqa: S603 (our own program)
            exported, check=True, stdout=subprocess.DEVNULL
        )
        asked = subprocess.run(  # noqa: S603 (the same)
            [BIN / "pip-audit", "--disable-pip", "--progress-spinner", "off", "-r", locked],
            capture_output=True,
            text=True,
            check=False,
        )
    said = asked.stdout + asked.stderr
    if asked.returncode and any(each in said for each in NOT_REACHED):
        print("audit: not done, the list of known weaknesses cannot be reached from here.")  # noqa: T201
        return 0
    print(said.strip())  # noqa: T201
    return asked.returncode


if __name__ == "__main__":
    sys.exit(main())
