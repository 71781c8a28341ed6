"""What happened to messages, as the workplaces send it; rows are only added."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c0003"
down_revision = "c0002"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "message_event",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("by_role", sa.Text(), nullable=True),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(source IS NULL) = (by_id IS NOT NULL)", name="ck_message_event_doer"),
        sa.CheckConstraint("rev > 0", name="ck_message_event_rev"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_message_event_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_message_event"),
        sa.UniqueConstraint(
            "station_id",
            "period",
            "message_id",
            "seq",
            name="uq_message_event_station_id_period_message_id_seq",
        ),
    )
