"""Writes deploy/settings.example.env from the settings in the code; a test keeps it so."""

from __future__ import annotations

from pathlib import Path

from kpbot.settings import Settings

TARGET = Path(__file__).parents[1] / "deploy" / "settings.example.env"


def example() -> str:
    """Every setting with its explanation and, commented out, its default."""
    lines = ["# All settings of kpbot. Made by tools/settings_example.py; none is needed.", ""]
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = ",".join(map(str, default)) if isinstance(default, tuple) else default
        lines += [
            f"# {field.description}",
            f"#KPBOT_{name.upper()}={'' if shown is None else shown}",
            "",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(example(), encoding="utf-8")
