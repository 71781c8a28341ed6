"""News of messages on their way to the platform."""

import sqlalchemy as sa
from alembic import op

revision = "l0008"
down_revision = "l0007"


def upgrade() -> None:
    op.create_table(
        "platform_news",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", sa.String(length=32), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'told', 'rejected', 'cancelled')", name="ck_platform_news_state"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["message_event.id"], name="fk_platform_news_event_id"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_platform_news_message_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_platform_news"),
        sa.UniqueConstraint("event_id", name="uq_platform_news_event_id"),
    )
    op.create_index(
        "ix_platform_news_waiting",
        "platform_news",
        ["message_id", "seq"],
        sqlite_where=sa.text("state = 'waiting'"),
    )
