"""What the centre gives to all workplaces: documents in their versions, and the feed of changes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy import (
    Identity as Numbered,
)
from sqlalchemy.dialects.postgresql import JSONB

from sync.store.central_tables.columns import metadata
from sync.store.table_rules import one_of
from sync.store.types import TransactionId

shared_content = Table(
    "shared_content",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# Every version of every document that workplaces take from the centre; rows are only added.
# ``position`` is that of the first version, so that lists keep their order. What is closed with no
# document is a tombstone. ``digest`` is that of the document and its content.
shared_document = Table(
    "shared_document",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, Numbered(), nullable=False),
    Column("document", JSONB),
    Column("content_sha256", String(64), ForeignKey("shared_content.sha256")),
    Column("digest", String(64), nullable=False),
    Column("closed_on", Date),
    # an editor's own login fills them in, and nobody can give other ones
    Column("by_name", Text, nullable=False, server_default=text("public.current_operator_name()")),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("by_id", Uuid, server_default=text("public.current_operator()")),
    Column("action", Text, nullable=False, server_default=text("'put'")),
    CheckConstraint(one_of("action", "put", "close", "restore"), name="action"),
    CheckConstraint(
        one_of("entity", "entry", "attachment", "synonym", "proposal", "setting", "template"),
        name="entity",
    ),
    CheckConstraint("ver > 0", name="ver"),
    CheckConstraint("document IS NOT NULL OR closed_on IS NOT NULL", name="gone"),
)

# Triggers write it. A reader goes by the transaction's number and not by ``seq``, which is given
# out before COMMIT: a lower one may become visible after a higher one.
feed_change = Table(
    "feed_change",
    metadata,
    Column("seq", BigInteger, Numbered(always=True), primary_key=True),
    Column("xid", TransactionId, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("feed", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("ver", Integer, nullable=False),
    Column("station_id", String(4)),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index(None, "feed", "xid", "seq"),
    Index(None, "at"),
)

# Up to where the log was thrown away; a mark below it needs the whole.
feed_floor = Table(
    "feed_floor",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("xid", TransactionId, nullable=False),
    Column("seq", BigInteger, nullable=False),
)
