"""Incidents of this workplace and others, as what happened to them."""

import sqlalchemy as sa
from alembic import op

revision = "l0029"
down_revision = "l0028"


def upgrade() -> None:
    op.create_table(
        "incident_event",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("call_id", sa.String(length=36), nullable=True),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "act IN ('proposed', 'declared', 'edited', 'ended', 'call_linked')",
            name="ck_incident_event_act",
        ),
        sa.CheckConstraint(
            "act IN ('proposed', 'call_linked') OR by_role = 'supervisor'",
            name="ck_incident_event_led",
        ),
        sa.CheckConstraint(
            "(act = 'call_linked') = (call_id IS NOT NULL)", name="ck_incident_event_call"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incident_event"),
    )
    op.create_index("ix_incident_event_at", "incident_event", ["at"])
    op.create_index("ix_incident_event_call_id", "incident_event", ["call_id"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER incident_event_no_{change.lower()} BEFORE {change} ON incident_event "
            "BEGIN SELECT RAISE(ABORT, 'what happened to an incident is only added to'); END"
        )
