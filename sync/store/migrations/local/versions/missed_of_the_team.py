"""A call that was missed at another workplace waits here too, and can be dealt with from here.

What is known of calls of others does not say which of them were missed: it is asked for anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "l0045"
down_revision = "l0044"


def upgrade() -> None:
    op.add_column("known_call", sa.Column("answered_at", sa.String(length=32), nullable=True))
    op.add_column("known_call", sa.Column("is_missed", sa.Boolean(), nullable=True))
    op.create_index(
        "ix_known_call_missed",
        "known_call",
        ["at"],
        sqlite_where=sa.text("is_missed = 1 AND handled_at IS NULL"),
    )
    op.create_table(
        "missed_mark",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("call_station", sa.Text(), nullable=False),
        sa.Column("call_period", sa.Text(), nullable=False),
        sa.Column("call_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_missed_mark"),
        sa.UniqueConstraint("call_id", name="uq_missed_mark_call_id"),
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER missed_mark_no_{change.lower()} BEFORE {change} ON missed_mark "
            "BEGIN SELECT RAISE(ABORT, 'what was done about a missed call is only added to'); END"
        )
    op.execute("DELETE FROM feed_mark WHERE feed = 'history'")
