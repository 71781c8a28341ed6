"""What was handed to the platform, how far it has come, and which worker holds it."""

import sqlalchemy as sa
from alembic import op

revision = "c0002"
down_revision = "c0001"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "platform_post",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_begun_at", moment, nullable=True),
        sa.Column("next_try_at", moment, nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("platform_id", sa.Text(), nullable=True),
        sa.Column("posted_at", moment, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("platform_status", sa.Text(), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("leased_by", sa.Uuid(), nullable=True),
        sa.Column("leased_until", moment, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'posting', 'token', 'posted', 'closed', 'rejected')",
            name="ck_platform_post_state",
        ),
        sa.ForeignKeyConstraint(
            ["station_id", "period", "message_id"],
            ["message.station_id", "message.period", "message.id"],
            name="fk_platform_post_station_id_period_message_id",
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "message_id", name="pk_platform_post"),
    )
    op.create_index("ix_platform_post_state_next_try_at", "platform_post", ["state", "next_try_at"])
    op.create_index("ix_message_received_at", "message", ["received_at"])
