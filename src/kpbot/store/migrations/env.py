"""How Alembic runs here: on a connection that is given, within its transaction."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.rewriter import Rewriter
from alembic.operations.ops import AddColumnOp

from kpbot.store.fields import EncryptedJSON, EncryptedText
from kpbot.store.tables import Instant, metadata

_writer = Rewriter()


@_writer.rewrites(AddColumnOp)
def _with_default(_: Any, __: Any, added: AddColumnOp) -> AddColumnOp:
    """The rows that are there need a value: the default that new rows get."""
    column = added.column
    if not column.nullable and column.default is not None and column.default.is_scalar:
        value = column.default.arg  # type: ignore[attr-defined]
        default = str(int(value)) if isinstance(value, int) else str(value)
        added.column.server_default = sa.DefaultClause(default)
    return added


def _render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """A migration names plain types only: it must mean the same whatever becomes of ours."""
    if kind != "type":
        return False
    plain = {Instant: "sa.DateTime()", EncryptedText: "sa.Text()", EncryptedJSON: "sa.JSON()"}
    return plain.get(type(item), False)


def _run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_item=_render,
        process_revision_directives=_writer,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
