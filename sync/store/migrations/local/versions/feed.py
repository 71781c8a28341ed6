"""How far the feeds were taken; the centre's order of the calendar's edits; steps set aside."""

import sqlalchemy as sa
from alembic import op

revision = "l0016"
down_revision = "l0015"


def upgrade() -> None:
    op.create_table(
        "feed_mark",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed", name="pk_feed_mark"),
    )
    op.create_table(
        "city_order",
        sa.Column("edit_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edit_id"], ["city_edit.id"], name="fk_city_order_edit_id"),
        sa.PrimaryKeyConstraint("edit_id", name="pk_city_order"),
    )
    op.create_table(
        "event_aside",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("reason IN ('conflict', 'early')", name="ck_event_aside_reason"),
        sa.PrimaryKeyConstraint("id", name="pk_event_aside"),
    )
    op.create_index("ix_event_aside_message_id", "event_aside", ["message_id"])
