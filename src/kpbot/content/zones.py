"""The zones an event can be in."""

from __future__ import annotations

import zoneinfo
from functools import cache


@cache
def zone_names() -> frozenset[str]:
    """The names of all zones, as `Europe/Berlin`."""
    return frozenset(zoneinfo.available_timezones())
