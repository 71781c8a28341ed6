"""Who works with this centre: workplaces, operators with their desks, and the cluster itself."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from sync.register.operators import Role
from sync.store.central_tables.columns import metadata

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
