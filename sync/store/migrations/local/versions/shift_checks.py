"""What was found at this workplace before a shift."""

import sqlalchemy as sa
from alembic import op

revision = "l0030"
down_revision = "l0029"


def upgrade() -> None:
    op.create_table(
        "shift_check",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shift_check"),
    )
    op.create_index("ix_shift_check_at", "shift_check", ["at"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER shift_check_no_{change.lower()} BEFORE {change} ON shift_check "
            "BEGIN SELECT RAISE(ABORT, 'checks are only added'); END"
        )
