"""Time zones come from the `tzdata` package: the system's own data lag behind the law."""

from __future__ import annotations

import zoneinfo
from functools import cache


def use_own_zones() -> None:
    """Every zone made from now on has the package's rules; zones made before are forgotten."""
    zoneinfo.reset_tzpath([])
    zoneinfo.ZoneInfo.clear_cache()
    zone_names.cache_clear()


@cache
def zone_names() -> frozenset[str]:
    """The names of all zones, as `Europe/Berlin`."""
    return frozenset(zoneinfo.available_timezones())
