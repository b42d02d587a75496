"""The program, and one that has a handed over record in its store."""

from pathlib import Path

import pytest
from running import Kpbot


@pytest.fixture
def kpbot(tmp_path: Path) -> Kpbot:
    return Kpbot(tmp_path)
