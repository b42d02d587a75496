"""The parsers lie beside the tests, and `tools/fuzz.py` uses them too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
