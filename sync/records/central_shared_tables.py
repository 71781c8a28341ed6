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

# The place in the local file is no part of what happened.
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

# The last link of each chain, moved on by a trigger: without it rows cut off at the end would not
# be missed.
audit_head = Table(
    "audit_head",
    metadata,
    Column("station_id", String(8), primary_key=True),
    Column("chain", Uuid, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# What is done in the centre itself, by one of its logins: a chain as those of the workplaces.
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

# When each body was mailed its stale entries last; a letter that was begun and not ended is begun
# again.
stale_letter = Table(
    "stale_letter",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
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


station = Table(
    "station",
    metadata,
    Column("station_id", String(4), primary_key=True),
    # empty from enrolment until the workplace's store has come for the first time
    Column("install_id", Uuid),
    Column("enrolled_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("login", Text),
    Column("disabled_at", DateTime(timezone=True)),
    # the run of a sender that may send, and how long no other store may take its place
    Column("session_id", Uuid),
    Column("lease_holder", Text),
    Column("leased_until", DateTime(timezone=True)),
    # the highest number given in the newest month, sent or not
    Column("counter_period", String(4)),
    Column("counter_high", Integer),
    # it takes in the messages of all workplaces and decides on them
    Column("reviews", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("login"),
)

operator = Table(
    "operator",
    metadata,
    Column("id", Uuid, primary_key=True),
    # the name of a login of PostgreSQL, which tells large letters from small ones
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("disabled_at", DateTime(timezone=True)),
    CheckConstraint(f"role IN ({', '.join(repr(role.value) for role in Role)})", name="role"),
    CheckConstraint("login = lower(login)", name="login"),
    UniqueConstraint("login"),
)

# How a person has set up the desk for herself, whole; read and written under her own login.
own_desk = Table(
    "own_desk",
    metadata,
    Column("operator_id", Uuid, ForeignKey("operator.id"), primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("octet_length(document::text) <= 65536", name="size"),
)

# The code that a workplace of this name has, for those that are not given one by a person.
workplace_name = Table(
    "workplace_name",
    metadata,
    Column("name", Text, primary_key=True),
    Column("station_id", String(4), nullable=False),
    Column("named_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("station_id"),
)

# A dump carries these rows into other clusters, where they mean nothing: each names its own.
succession = Table(
    "succession",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("system_identifier", Text, nullable=False),
    Column("timeline", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
