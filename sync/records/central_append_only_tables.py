"""Central tables: city edits, operator states, incidents, missed and scheduled calls, call locks.

Workplaces only add rows, except to ``call_claim``: it holds the current locks on phone numbers.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
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

# ``position`` is the order in which the centre took the edits: the later one holds.
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
    # the centre knows no person behind a workplace, but it knows what no other role may do
    CheckConstraint(replicated_tables.INCIDENT_BY, name="led"),
    CheckConstraint(replicated_tables.INCIDENT_CALL, name="call"),
    Index(None, "at"),
)


# What a workplace has done about a missed call of another one; no key to it, as of message_event.
missed_mark = added_table(
    replicated_tables.missed_mark,
    Index(None, "call_id"),
)

# Who calls a telephone, talks there or writes it down, now; functions of the owner write it, and it
# is brief.
call_claim = Table(
    "call_claim",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("station_id", String(4), ForeignKey("station.station_id"), nullable=False),
    Column("phone", Text, nullable=False),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    # what programs of the version before read: every stage but the first
    Column("is_talk", Boolean, nullable=False),
    Column("stage", Text, nullable=False, server_default=text("'calling'")),
    # of a talk that is being written down: what was missed after it is open to all
    Column("talked_at", DateTime(timezone=True)),
    Column("until", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"stage IN ({', '.join(repr(one.value) for one in ClaimStage)})", name="stage"),
    UniqueConstraint("phone"),
)

# What was promised, as it was promised; what became of it is told by the steps. Words and telephone
# are taken away at the end of their term and on request: then they are empty.
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

# A step of any workplace's promised call, under the workplace where it was taken.
planned_step = added_table(
    replicated_tables.planned_step,
    CheckConstraint(one_of("act", "talked", "not_reached", "not_needed", "reminded"), name="act"),
    CheckConstraint(replicated_tables.PLANNED_MOMENT, name="moment"),
    # who takes no calls says nothing of one
    CheckConstraint(one_of("by_role", "operator", "moderator", "supervisor"), name="by_role"),
    Index(None, "id"),
    Index(None, "call_id"),
)
