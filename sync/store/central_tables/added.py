"""What workplaces only add to: edits of the city, states of operators, steps of incidents."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy import (
    Identity as Numbered,
)

from sync.store import record_tables
from sync.store.central_tables.columns import added_table, central_type, metadata
from sync.store.table_rules import one_of

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
        for column in record_tables.city_edit.columns
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
    record_tables.operator_state,
    Index(None, "operator_id", "at"),
)

incident_event = added_table(
    record_tables.incident_event,
    CheckConstraint(
        one_of("act", "proposed", "declared", "edited", "ended", "call_linked"), name="act"
    ),
    # the centre knows no person behind a workplace, but it knows what no other role may do
    CheckConstraint(record_tables.INCIDENT_BY, name="led"),
    CheckConstraint(record_tables.INCIDENT_CALL, name="call"),
    Index(None, "at"),
)
