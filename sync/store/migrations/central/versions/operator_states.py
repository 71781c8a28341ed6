"""What operators did at the workplaces, a row for each change."""

import sqlalchemy as sa
from alembic import op

revision = "c0021"
down_revision = "c0020"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "operator_state",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("operator_name", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rev = 1", name="ck_operator_state_rev"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_operator_state_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_operator_state"),
    )
    op.create_index("ix_operator_state_operator_id_at", "operator_state", ["operator_id", "at"])
