"""Central tables: city edits, operator states, incidents, missed and scheduled calls, call locks.

Workplaces only add rows, except to ``call_claim``: it holds the current locks on phone numbers.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy import Identity as Numbered

from sync.records import replicated_tables
from sync.records.central_tables import added_table, central_type, metadata
from sync.records.table_rules import one_of
from sync.register.calls.missed import ClaimStage

# ``position`` is the order in which the central database received the edits; the later one is
# valid.
city_edit = Table(
    "city_edit",
    metadata,
    Column("station_id", String(4), primary_key=True),
    Column("period", String(4), primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("position", BigInteger, Numbered(), nullable=False),
    *(
        Column(column.name, central_type(column.type), nullable=False)
        for column in replicated_tables.city_edit.columns
        if column.name not in ("seq", "id")
    ),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("position"),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint("rev = 1", name="rev"),
    CheckConstraint("btrim(reason) <> ''", name="reason"),
)

operator_state = added_table(
    replicated_tables.operator_state,
    Index(None, "operator_id", "at"),
)

incident_event = added_table(
    replicated_tables.incident_event,
    CheckConstraint(
        one_of("act", "proposed", "declared", "edited", "ended", "call_linked"), name="act"
    ),
    # The database does not know the operator, but it can enforce which roles may add which events.
    CheckConstraint(replicated_tables.INCIDENT_BY, name="led"),
    CheckConstraint(replicated_tables.INCIDENT_CALL, name="call"),
    Index(None, "at"),
)


# Resolution of another workplace's missed call. No foreign key, for the same reason as
# ``message_event``.
missed_mark = added_table(
    replicated_tables.missed_mark,
    Index(None, "call_id"),
)

# Locks on phone numbers while an operator calls, talks or writes the record; short-lived. Written
# only by functions of the owner.
call_claim = Table(
    "call_claim",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("station_id", String(4), ForeignKey("station.station_id"), nullable=False),
    Column("phone", Text, nullable=False),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("stage", Text, nullable=False, server_default=text("'calling'")),
    # Time of the talk whose record is being written; calls missed after it are open to all.
    Column("talked_at", DateTime(timezone=True)),
    Column("until", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"stage IN ({', '.join(repr(one.value) for one in ClaimStage)})", name="stage"),
    UniqueConstraint("phone"),
)

# Scheduled callbacks as created; their outcome is in the events (``planned_step``). Note and phone
# number are erased on request and at the end of the retention period; they are then empty.
planned_call = Table(
    "planned_call",
    metadata,
    Column("station_id", String(4), primary_key=True),
    Column("period", String(4), primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("phone", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("for_id", Uuid),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by_id", Uuid),
    Column("made_by_name", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint("rev = 1", name="rev"),
    CheckConstraint("tries >= 0", name="tries"),
    Index(None, "id"),
    Index(None, "phone"),
)

# Event of a scheduled callback of any workplace, under the workplace that recorded it.
planned_step = added_table(
    replicated_tables.planned_step,
    CheckConstraint(one_of("act", "talked", "not_reached", "not_needed", "reminded"), name="act"),
    CheckConstraint(replicated_tables.PLANNED_MOMENT, name="moment"),
    # Only roles that take calls.
    CheckConstraint(one_of("by_role", "operator", "moderator", "supervisor"), name="by_role"),
    Index(None, "id"),
    Index(None, "call_id"),
)
