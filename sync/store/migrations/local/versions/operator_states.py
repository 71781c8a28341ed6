"""What operators did at this workplace, a row for each change."""

import sqlalchemy as sa
from alembic import op

revision = "l0024"
down_revision = "l0023"


def upgrade() -> None:
    op.create_table(
        "operator_state",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("operator_name", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operator_state"),
    )
    op.create_index("ix_operator_state_at", "operator_state", ["at"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER operator_state_no_{change.lower()} BEFORE {change} ON operator_state "
            "BEGIN SELECT RAISE(ABORT, 'what was done is only added to'); END"
        )
