"""What the city settles for itself: days by order, years of the calendar, its rules."""

import sqlalchemy as sa
from alembic import op

revision = "l0007"
down_revision = "l0006"


def upgrade() -> None:
    op.create_table(
        "city_edit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(reason) <> ''", name="ck_city_edit_reason"),
        sa.PrimaryKeyConstraint("seq", name="pk_city_edit"),
        sa.UniqueConstraint("id", name="uq_city_edit_id"),
        sqlite_autoincrement=True,
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER city_edit_no_{change.lower()} BEFORE {change} ON city_edit "
            "BEGIN SELECT RAISE(ABORT, 'edits are only added'); END"
        )
