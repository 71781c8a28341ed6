"""Requests without a call are registered too, and so is each question of one call."""

import sqlalchemy as sa
from alembic import op

revision = "l0031"
down_revision = "l0030"


def upgrade() -> None:
    op.add_column("call_record", sa.Column("way", sa.Text(), nullable=True))
    op.add_column("call_record", sa.Column("part_of", sa.Text(), nullable=True))
    op.create_index(
        "ix_call_record_by_hand",
        "call_record",
        ["created_at"],
        sqlite_where=sa.text("way IS NOT NULL"),
    )
    op.create_index(
        "ix_call_record_part_of",
        "call_record",
        ["part_of"],
        sqlite_where=sa.text("part_of IS NOT NULL"),
    )
