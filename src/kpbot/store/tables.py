"""The tables. Times are UTC; JSON columns hold the vocabulary of `kpbot.model`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from kpbot.store.fields import EncryptedJSON, EncryptedText


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
    sa.Column("content", EncryptedJSON("inbox.content"), nullable=False),
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
    sa.Column("state", EncryptedText("conversations.state"), nullable=False),
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
    sa.Column("record", EncryptedJSON("records.record"), nullable=False),
    sa.Column("summary", EncryptedText("records.summary"), nullable=False),
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
    sa.Column("message", EncryptedJSON("outbox.message"), nullable=False),
    sa.Column("state", sa.String(10), nullable=False, default="waiting"),
    sa.Column("due", Instant, nullable=False),
    sa.Column("leased_until", Instant),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("doubts", sa.Integer, nullable=False, default=0),
    sa.Column("failure", sa.String(200)),
    sa.Index("outbox_waiting", "state", "due"),
    sa.Index("outbox_order", "channel", "address", "id"),
)
"""Everything that goes or went out. States: waiting, sent, failed, doubtful.

`doubts` counts the sends of which nobody can know whether they arrived.
"""

timers = sa.Table(
    "timers",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("due", Instant, nullable=False, index=True),
)

cases = sa.Table(
    "cases",
    metadata,
    sa.Column("reference", sa.String(12), primary_key=True),
    sa.Column("conversation", sa.String(40), nullable=False, index=True),
    sa.Column("state", sa.String(20), nullable=False, index=True),
    sa.Column("desk", sa.String(60), nullable=False),
    sa.Column("advisor", sa.String(40)),
    sa.Column("opened", Instant, nullable=False, index=True),
    sa.Column("answer_due", Instant),
    sa.Column("answered", Instant),
    sa.Column("lease_until", Instant),
    sa.Column("snoozed_until", Instant),
    sa.Column("escalated", sa.Integer, nullable=False, default=0),
    sa.Column("closed", Instant),
    sa.Column("reason", sa.String(40)),
    sa.Column("version", sa.Integer, nullable=False),
)
"""What became of each record. `version` grows with each change: a change on an old one fails."""

case_entries = sa.Table(
    "case_entries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("reference", sa.String(12), nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("author", sa.String(60), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("text", EncryptedText("case_entries.text"), nullable=False, default=""),
)
"""What was said and done in a case, in order. Author: person, system, or an advisor's id."""

advisors = sa.Table(
    "advisors",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("email", sa.String(254), nullable=False, unique=True),
    sa.Column("role", sa.String(10), nullable=False),
    sa.Column("telegram", sa.String(40), unique=True),
    sa.Column("subject", sa.String(255), unique=True),
    sa.Column("password_hash", sa.String(200)),
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Column("created", Instant, nullable=False),
)
"""Who may work on cases. Role: advisor or admin; `subject`: who the login service says it is."""

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("advisor", sa.String(40), nullable=False, index=True),
    sa.Column("began", Instant, nullable=False),
    sa.Column("seen", Instant, nullable=False),
)
"""Who is logged in at the desk. Only a hash of what the browser holds is kept."""

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("scopes", sa.JSON, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("used", Instant),
)
"""The operator's own systems that may use the API."""

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("channel", sa.String(40), primary_key=True),
    sa.Column("address", sa.String(200), primary_key=True),
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("value", EncryptedText("notes.value"), nullable=False),
    sa.Column("conversation", sa.String(40), index=True),
)
"""What a channel must remember about an address: ids of messages, topics, who blocked it."""

counts = sa.Table(
    "counts",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("dialog", sa.String(60), primary_key=True),
    sa.Column("language", sa.String(5), primary_key=True),
    sa.Column("value", sa.String(80), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)
"""How often something happened on a day: names and numbers, nobody in it."""
