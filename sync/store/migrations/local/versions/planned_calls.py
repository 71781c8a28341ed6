"""Calls that somebody is promised at a time."""

import sqlalchemy as sa
from alembic import op

revision = "l0034"
down_revision = "l0033"


def upgrade() -> None:
    op.create_table(
        "planned_call",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("for_id", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("done_at", sa.String(length=32), nullable=True),
        sa.Column("done_by_id", sa.String(length=36), nullable=True),
        sa.Column("done_by_name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_call")),
        sa.CheckConstraint(
            "outcome IN ('talked', 'not_needed')", name=op.f("ck_planned_call_outcome")
        ),
    )
    op.create_index(
        "ix_planned_call_open", "planned_call", ["at"], sqlite_where=sa.text("outcome IS NULL")
    )
