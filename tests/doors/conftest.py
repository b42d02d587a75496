"""The houses behind the doors are those of the other rooms' tests."""

from __future__ import annotations

import sys
from pathlib import Path

for _room in ("desk", "channels", "channels/web", "channels/telegram", "channels/staff"):
    sys.path.append(str(Path(__file__).parents[1] / _room))
