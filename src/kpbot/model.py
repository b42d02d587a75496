"""The vocabulary of the house on one page."""

from typing import Literal

Language = Literal["de", "fr", "ar", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "fr", "ar", "en")
