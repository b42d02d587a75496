"""How much and how often: sizes, and rates for each session and client address."""

from __future__ import annotations

from kpbot.channels.limits import Buckets as Buckets  # noqa: PLC0414 (part of what is here)
from kpbot.channels.limits import Rate as Rate  # noqa: PLC0414 (the same)

LARGEST_BODY = 64 * 1024
"""Bytes of a request that are read."""
LONGEST_TEXT = 6000
"""Characters of a message that are taken; the bot reads the first 4000 and says so."""
MOST_STREAMS = 8
"""Streams one person may have open: tabs and devices."""

SESSION_RATE = Rate(burst=60, a_second=2)
CLIENT_RATE = Rate(burst=600, a_second=20)
"""A town hall shares one address, so it is wide; it stops scripts, not people."""
