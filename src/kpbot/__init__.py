"""kpbot: the first contact for municipal partnerships between Germany and North Africa."""

import zoneinfo

# Time zones come from the `tzdata` package: the system's own data lag behind the law.
zoneinfo.reset_tzpath([])
zoneinfo.ZoneInfo.clear_cache()
