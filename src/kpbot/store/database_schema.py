"""The tables' version: made, checked, brought up to date. Alembic is imported only for the last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from kpbot.store.tables import metadata

if TYPE_CHECKING:  # imported where used: start-up time
    from alembic.config import Config

_FIRST = "0001"
"""What a database was before versions were written down."""
_LOCK = 0x6B70626F74
"""Key of the lock under which PostgreSQL's tables are made or changed: one process at a time."""
_version = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), primary_key=True),
)


class WrongSchema(sa.exc.InvalidRequestError):
    """This release cannot work with the database: the sentence says why and what to do."""


class OldSchema(WrongSchema):
    """The database was made by an earlier release."""

    def __init__(self, version: str) -> None:
        """`version` is what the database is at."""
        super().__init__(
            f"It is at version {version}, this release needs {newest()}. "
            "Make a backup, then call kpbot migrate"
        )
        self.version = version


def newest() -> str:
    """The version of this release."""
    versions = Path(__file__).parent / "migrations" / "versions"
    return max(path.name[1:5] for path in versions.glob("v[0-9]*.py"))


def make_or_check(connection: sa.Connection) -> None:
    """An empty database got its tables. Raises WrongSchema where they are not this release's."""
    _one_at_a_time(connection)
    version = version_of(connection)
    if version is None:
        metadata.create_all(connection)
        _stamp(connection, newest())
    elif version > newest():
        raise WrongSchema(
            f"It is at version {version}, made by a newer release of kpbot; "
            f"this one knows {newest()}"
        )
    elif version < newest():
        raise OldSchema(version)


def version_of(connection: sa.Connection) -> str | None:
    """The version the tables are at; None: there are no tables."""
    names = sa.inspect(connection).get_table_names()
    if _version.name in names:
        return connection.execute(sa.select(_version.c.version_num)).scalar_one_or_none()
    return _FIRST if "inbox" in names else None


def upgrade(connection: sa.Connection) -> None:
    """The tables are those of this release, and everything in them is kept."""
    from alembic import command  # noqa: PLC0415 (start-up time)

    _one_at_a_time(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
    if not sa.inspect(connection).has_table(_version.name):
        _stamp(connection, _FIRST)
    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: sa.Connection) -> Config:
    """What Alembic needs to work on this connection."""
    from alembic.config import Config  # noqa: PLC0415 (start-up time)

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "kpbot.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _stamp(connection: sa.Connection, version: str) -> None:
    _version.create(connection, checkfirst=True)
    connection.execute(_version.delete())
    connection.execute(_version.insert().values(version_num=version))


def _one_at_a_time(connection: sa.Connection) -> None:
    """Until this transaction ends nobody else makes or changes tables."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
