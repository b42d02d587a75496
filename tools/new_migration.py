"""The next migration, written from what tables.py has and the migrations so far do not make.

usage: .venv/bin/python tools/new_migration.py "What it brings"

Read what it wrote: a column that must not be empty needs a `server_default` for the rows that are
there (a number is filled in), and a renamed column is told as one dropped and one added.
"""

import re
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from kpbot.store import database_schema


def main(message: str) -> None:
    """The file is in src/kpbot/store/migrations/versions; its path is printed."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        config = database_schema.alembic_config(connection)
        heads = ScriptDirectory.from_config(config).get_heads()
        if heads:
            command.upgrade(config, "head")
        number = f"{int(heads[0] if heads else 0) + 1:04}"
        made = command.revision(config, message, autogenerate=True, rev_id=number)
    if made is None or isinstance(made, list):
        raise SystemExit("Alembic made no file, or several.")
    draft = Path(made.path)
    slug = re.sub(r"\W+", "_", message.lower())[:40].strip("_")
    path = draft.rename(draft.with_name(f"v{number}_{slug}.py"))
    path.write_text(re.sub(r"    # ###.*\n", "", path.read_text()))
    subprocess.run([Path(sys.executable).with_name("ruff"), "format", "-q", path], check=True)  # noqa: S603 (our own)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1])
