"""The languages the bot speaks."""

from __future__ import annotations

from typing import Literal

Language = Literal["de", "fr", "ar", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "fr", "ar", "en")
