"""The tables. Times are UTC; JSON columns hold the vocabulary of `kpbot.model`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC instant, kept without a zone so that every database compares it alike."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 (the interface)
        """The instant as naive UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 (the interface)
        """The instant, aware again."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = sa.MetaData()

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("channel", sa.String(40), nullable=False),
    sa.Column("message_id", sa.String(200), nullable=False),
    sa.Column("conversation", sa.String(40), nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("failure", sa.String(200)),
    sa.UniqueConstraint("channel", "message_id"),
)
"""Everything that arrived. The unique key is what makes a second delivery harmless."""

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("channel", sa.String(40), nullable=False),
    sa.Column("person", sa.String(200), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("touched", Instant, nullable=False),
    sa.UniqueConstraint("channel", "person"),
)

records = sa.Table(
    "records",
    metadata,
    sa.Column("reference", sa.String(12), primary_key=True),
    sa.Column("conversation", sa.String(40), nullable=False, index=True),
    sa.Column("dialog", sa.String(60), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("outcome", sa.String(60), nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("record", sa.JSON, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("delete_on", sa.Date, nullable=False),
)
"""What was handed over, frozen."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("channel", sa.String(40), nullable=False),
    sa.Column("address", sa.String(200), nullable=False),
    sa.Column("conversation", sa.String(40), index=True),
    sa.Column("message", sa.JSON, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, default="waiting"),
    sa.Column("due", Instant, nullable=False),
    sa.Column("leased_until", Instant),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("failure", sa.String(200)),
    sa.Index("outbox_waiting", "state", "due"),
    sa.Index("outbox_order", "channel", "address", "id"),
)
"""Everything that goes or went out. States: waiting, sent, failed."""

timers = sa.Table(
    "timers",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("due", Instant, nullable=False, index=True),
)
