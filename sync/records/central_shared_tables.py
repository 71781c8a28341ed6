"""Central tables: audit chains, shared documents, change log, workplaces, operators, takeovers."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy import Identity as Numbered
from sqlalchemy.dialects.postgresql import JSONB

from sync.records import replicated_tables
from sync.records.central_tables import central_type, metadata
from sync.records.table_rules import TransactionId, one_of
from sync.register.people.operators import Role

# Columns that describe only the local file are left out.
_AUDIT_COLUMNS = [
    column for column in replicated_tables.audit.columns if column.name not in ("row", "station_id")
]

audit = Table(
    "audit",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    *(
        Column(column.name, central_type(column.type), nullable=bool(column.nullable))
        for column in _AUDIT_COLUMNS
    ),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("station_id", "period", "id"),
    UniqueConstraint("station_id", "chain", "seq"),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint("rev = 1", name="rev"),
    CheckConstraint("seq > 0", name="seq"),
    CheckConstraint("(source IS NULL) = (by_id IS NOT NULL)", name="doer"),
    Index(None, "subject_id", "at"),
    Index(None, "by_id", "at"),
)

# Last link of each chain, updated by a trigger. It reveals rows cut off at the end.
audit_head = Table(
    "audit_head",
    metadata,
    Column("station_id", String(8), primary_key=True),
    Column("chain", Uuid, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# Actions in the central database by one of its logins: a chain like those of the workplaces.
central_audit = Table(
    "central_audit",
    metadata,
    Column("station_id", String(8), nullable=False),
    *(
        Column(
            column.name,
            central_type(column.type),
            nullable=bool(column.nullable) and column.name != "source",
        )
        for column in _AUDIT_COLUMNS
    ),
    PrimaryKeyConstraint("chain", "seq"),
    UniqueConstraint("id"),
    CheckConstraint("station_id = 'centre'", name="station_id"),
    CheckConstraint("by_id IS NULL", name="by_id"),
    CheckConstraint("seq > 0", name="seq"),
)


shared_content = Table(
    "shared_content",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# Every version of every document that workplaces receive from the central database; append-only.
# ``position`` is that of the document's first version, which preserves the order of lists. A closed
# row without a document is a tombstone. ``digest`` covers the document and its content.
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
    # Filled from the editor's login; other values are rejected.
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

# Time of the last mail with stale entries to each authority; an unfinished mail is sent again.
stale_letter = Table(
    "stale_letter",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
)

# Written by triggers. Readers follow the transaction id and not ``seq``, which is assigned before
# COMMIT: a lower one may become visible after a higher one.
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

# Position up to which the log was trimmed; a receiver with an older mark needs a full snapshot.
feed_floor = Table(
    "feed_floor",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("xid", TransactionId, nullable=False),
    Column("seq", BigInteger, nullable=False),
)


station = Table(
    "station",
    metadata,
    Column("station_id", String(4), primary_key=True),
    # NULL from enrolment until the first connection of the workplace's local database.
    Column("install_id", Uuid),
    Column("enrolled_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("login", Text),
    Column("disabled_at", DateTime(timezone=True)),
    # Session of the sender that holds the lease, and the end of the lease.
    Column("session_id", Uuid),
    Column("lease_holder", Text),
    Column("leased_until", DateTime(timezone=True)),
    # Highest number assigned in the latest month, sent or not.
    Column("counter_period", String(4)),
    Column("counter_high", Integer),
    # The workplace reviews the messages of all workplaces.
    Column("reviews", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("login"),
)

operator = Table(
    "operator",
    metadata,
    Column("id", Uuid, primary_key=True),
    # Name of a PostgreSQL login, which is case-sensitive.
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("disabled_at", DateTime(timezone=True)),
    CheckConstraint(f"role IN ({', '.join(repr(role.value) for role in Role)})", name="role"),
    CheckConstraint("login = lower(login)", name="login"),
    UniqueConstraint("login"),
)

# Preferences of an operator, complete; read and written with the operator's own login.
own_desk = Table(
    "own_desk",
    metadata,
    Column("operator_id", Uuid, ForeignKey("operator.id"), primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("octet_length(document::text) <= 65536", name="size"),
)

# Codes of workplaces by name, for workplaces without an assigned code.
workplace_name = Table(
    "workplace_name",
    metadata,
    Column("name", Text, primary_key=True),
    Column("station_id", String(4), nullable=False),
    Column("named_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("station_id"),
)

# A dump carries these rows into other clusters, where they must be ignored: each row names its
# cluster.
succession = Table(
    "succession",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("system_identifier", Text, nullable=False),
    Column("timeline", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
